"""The pages in a real browser: tabs, links, print, review, marks.

Skipped, saying so, where Chromium is not installed, unless REVGUIDE_BROWSER says it must be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sphinxext_revguide.cli import main
from tests.themes import GUIDE, Pages, build, needs_browser, rebuild

pytestmark = needs_browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    yield page
    page.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return build(tmp_path_factory.mktemp("pages"), "furo")


def top(page: Page, selector: str) -> float:
    found: float = page.locator(selector).first.evaluate("node => node.getBoundingClientRect().top")
    return found


# Every theme


@pytest.mark.parametrize("name", ["guide.html", "index.html", "harbour.html"])
def test_no_page_scrolls_sideways_or_complains(browser: Browser, themed: Pages, name: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    reported: list[str] = []
    page.on("pageerror", lambda error: reported.append(str(error)))
    page.on("console", lambda one: reported.append(one.text) if one.type == "error" else None)
    page.goto(themed.url(name))
    wide = page.evaluate(
        "[...document.querySelectorAll('[class*=revguide-]')]"
        ".filter(node => !node.closest('.revguide-scroll') && !node.closest('[hidden]'))"
        ".filter(node => node.getBoundingClientRect().right > innerWidth)"
        ".map(node => node.className)"
    )
    assert wide == []
    # pydata's own switch for its second sidebar stands out by three pixels on any page.
    assert page.evaluate("document.documentElement.scrollWidth") <= 393
    # So does it complain that no mode was chosen yet.
    assert [text for text in reported if "Got invalid theme mode" not in text] == []
    page.close()


def test_tabs_work_in_every_theme(page: Page, themed: Pages) -> None:
    page.goto(themed.url())
    card = page.locator(".revguide-card").first
    before, after = (card.get_by_role("tab").nth(index) for index in (0, 1))
    assert before.inner_text() == "Before"
    expect(card.get_by_text("Before: As the draft had it, at some length")).to_be_visible()
    after.click()
    expect(after).to_have_attribute("aria-selected", "true")
    expect(card.get_by_text("The gangway lowers in 30 seconds")).to_be_visible()
    expect(card.get_by_role("cell", name="Gangway")).not_to_be_visible()


# Tabs


def test_keyboard(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    card = page.locator(".revguide-card").nth(1)
    card.scroll_into_view_if_needed()
    tabs = card.get_by_role("tab")
    expect(tabs).to_have_count(4)
    assert [one.inner_text() for one in tabs.all()] == [
        "Before",
        "After",
        "Side by side",
        "Changes",
    ]
    tabs.nth(0).focus()
    for key, index in (
        ("ArrowRight", 1),
        ("End", 3),
        ("ArrowRight", 0),
        ("ArrowLeft", 3),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        expect(tabs.nth(index)).to_be_focused()
        expect(tabs.nth(index)).to_have_attribute("aria-selected", "true")
        assert [one.get_attribute("tabindex") for one in tabs.all()].count("0") == 1
    page.keyboard.press("Tab")
    panel = page.locator(f"#{tabs.nth(0).get_attribute('aria-controls')}")
    expect(panel).to_be_focused()
    expect(panel).to_have_attribute("role", "tabpanel")
    expect(panel).to_have_attribute("aria-labelledby", tabs.nth(0).get_attribute("id") or "")


def test_arrow_keys_follow_the_direction_of_writing(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    page.evaluate("document.documentElement.dir = 'rtl'")
    tabs = page.locator(".revguide-card").first.get_by_role("tab")
    tabs.nth(0).focus()
    page.keyboard.press("ArrowLeft")
    expect(tabs.nth(1)).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_changes_are_marked_as_such(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    card = page.locator(".revguide-card").nth(1)
    card.get_by_role("tab", name="Changes").click()
    panel = card.locator(".revguide-changes")
    for tag, text in (
        ("ins", "The two tugs wait inside of the"),
        ("del", "Two tugs wait inside the"),
    ):
        shown = panel.locator(".revguide-quoted").evaluate(
            "(node, tag) => { const copy = node.cloneNode(true);"
            "copy.querySelectorAll(tag).forEach(one => one.remove()); return copy.textContent }",
            tag,
        )
        assert text in shown
    # Where nearly every word is another, the view would be confetti; it says so.
    first = page.locator(".revguide-card").first
    first.get_by_role("tab", name="Changes").click()
    expect(first.get_by_text("The two texts share too few words")).to_be_visible()
    expect(first.locator("ins")).to_have_count(0)


def test_a_click_never_moves_the_card(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    for index in (0, 2):
        card = page.locator(".revguide-card").nth(index)
        for tab in card.get_by_role("tab").all()[::-1]:
            tab.scroll_into_view_if_needed()
            page.evaluate("scrollBy(0, 60)")
            was = tab.evaluate("node => node.getBoundingClientRect().top")
            tab.evaluate("node => node.click()")
            assert abs(tab.evaluate("node => node.getBoundingClientRect().top") - was) <= 1


@pytest.mark.parametrize(
    "fragment", ["#revision-issue-g-1-after", "#:~:text=lowers%20in%2030%20seconds%20since"]
)
def test_links_open_a_hidden_panel(page: Page, pages: Pages, fragment: str) -> None:
    page.goto(pages.url() + fragment)
    text = page.get_by_text("The gangway lowers in 30 seconds since")
    expect(text).to_be_visible()
    expect(text).to_be_in_viewport()
    expect(page.locator(".revguide-card").first.get_by_role("tab").nth(1)).to_have_attribute(
        "aria-selected", "true"
    )


def test_a_change_of_the_address_opens_a_hidden_panel(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    page.evaluate("location.hash = 'revision-issue-g-3-after'")
    expect(page.get_by_text("A sentence, hidden at first.")).to_be_in_viewport()


def test_an_invalid_address_stops_nothing(page: Page, pages: Pages) -> None:
    page.goto(pages.url() + "#%")
    card = page.locator(".revguide-card").first
    expect(card.get_by_role("tab").first).to_be_visible()
    expect(card.get_by_role("group", name="Your decision")).to_be_visible()


def test_without_javascript_all_is_there(browser: Browser, themed: Pages) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(themed.url())
    for text in ("Before: As the draft had it", "After: As somebody would tell it"):
        expect(page.locator(".revguide-sample > p", has_text=text)).to_be_visible()
    expect(page.get_by_role("cell", name="Gangway").first).to_be_visible()
    expect(page.get_by_text("The gangway lowers in 30 seconds")).to_be_visible()
    expect(page.get_by_text("A sentence, hidden at first.")).to_be_visible()
    assert page.locator(".revguide-pair input:visible").count() == 0
    context.close()


def test_paper_shows_both(page: Page, themed: Pages) -> None:
    page.goto(themed.url())
    page.emulate_media(media="print")
    card = page.locator(".revguide-card").first
    expect(card.get_by_text("The gangway lowers in 30 seconds")).to_be_visible()
    expect(card.get_by_role("cell", name="Gangway")).to_be_visible()
    expect(card.locator(".revguide-sample > p", has_text="After: As somebody")).to_be_visible()
    expect(card.get_by_role("tab")).to_have_count(0)
    for heading in page.locator("[role=heading]:visible").all():
        assert heading.inner_text().strip()


def beside(page: Page) -> bool:
    """Return whether the first two samples that are shown stand side by side."""
    left, right = (page.locator(".revguide-sample:visible").nth(n).bounding_box() for n in (0, 1))
    assert left is not None
    assert right is not None
    return abs(left["y"] - right["y"]) <= 1 and left["x"] + left["width"] <= right["x"]


def test_side_by_side_is_remembered(browser: Browser, pages: Pages) -> None:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.goto(pages.url())
    card = page.locator(".revguide-card").first
    card.scroll_into_view_if_needed()
    both = card.get_by_role("tab", name="Side by side")
    both.scroll_into_view_if_needed()
    was = top(page, ".rg-bar")
    both.click()
    assert abs(top(page, ".rg-bar") - was) <= 1
    page.reload()
    card.scroll_into_view_if_needed()
    expect(both).to_have_attribute("aria-selected", "true")
    assert beside(page)
    card.get_by_role("tab", name="Before").click()
    page.reload()
    card.scroll_into_view_if_needed()
    expect(both).to_have_attribute("aria-selected", "false")
    context.close()


def test_on_a_phone_the_samples_are_stacked(browser: Browser, pages: Pages) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(pages.url())
    card = page.locator(".revguide-card").first
    card.scroll_into_view_if_needed()
    card.get_by_role("tab", name="Both").click()
    upper, lower = (card.locator(".revguide-sample").nth(n).bounding_box() for n in (0, 1))
    assert upper is not None
    assert lower is not None
    assert upper["y"] + upper["height"] <= lower["y"]
    assert upper["x"] == lower["x"]
    page.close()


@pytest.mark.parametrize("width", [900, 1300])
def test_full_width_gives_back_what_it_took(browser: Browser, pages: Pages, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(pages.url())
    card = page.locator(".revguide-card").first
    card.get_by_role("tab", name="Side by side").click()
    opener = card.get_by_role("button", name="Full width")
    opener.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("cell", name="Gangway")).to_be_visible()
    left, right = (dialog.locator(".revguide-sample").nth(n).bounding_box() for n in (0, 1))
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    expect(dialog.get_by_text("Issue 1: A checklist without a doubt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    expect(card.get_by_role("tab").nth(2)).to_have_attribute("aria-selected", "true")
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(n => n.id)).size") == (
        page.locator("[id]").count()
    )
    page.close()


# The overview


def test_issues_are_sorted_and_filtered(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    table = page.locator("table.revguide-issues")
    rows = table.locator("tbody tr")

    def numbers() -> list[str]:
        return [row.locator("td").first.inner_text() for row in rows.all() if row.is_visible()]

    table.get_by_role("button", name="Work").click()
    expect(table.get_by_role("columnheader", name="Work")).to_have_attribute(
        "aria-sort", "ascending"
    )
    assert numbers() == ["3", "2", "1"]  # none given, 30 minutes, 2 hours
    table.get_by_role("button", name="Impact").click()
    assert numbers() == ["1", "2", "3"]
    table.get_by_role("button", name="Impact").click()
    assert numbers() == ["3", "2", "1"]
    form = page.locator(".rg-filter")
    form.get_by_label("Status").select_option(label="Accepted")
    assert numbers() == ["2"]
    expect(form.locator("output")).to_have_text("1 of 3 issues")
    form.get_by_label("Status").select_option("")
    form.get_by_label("Only issues still in the book").check()
    assert numbers() == ["1"]
    expect(page.locator(".revguide-card:visible")).to_have_count(1)
    page.reload()
    assert numbers() == ["1"]
    form.get_by_role("button", name="Clear filters").click()
    expect(form.locator("output")).to_have_text("3 issues")
    form.get_by_label("Work").select_option(label="up to 30 min")
    assert numbers() == ["2"]
    form.get_by_label("Work").select_option("")
    form.get_by_label("Search").fill("wide")
    assert numbers() == ["3"]


def test_links_of_a_card_lead_to_the_very_place(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    page.locator(".revguide-card .rg-places > summary").first.click()
    page.locator(".revguide-card .rg-places a", has_text="Line 5").first.click()
    page.wait_for_url("**/harbour.html#revguide-*")
    reason = page.locator(":target")
    expect(reason).to_be_in_viewport()
    # It is in a mark, which has opened, before the whole passage.
    passage = page.locator(".revguide-flagged", has=reason)
    expect(passage.locator("details.revguide-mark")).to_have_attribute("open", "")
    assert "Gangway" in passage.locator("table").inner_text()


def test_who_follows_a_link_may_scroll_away_at_once(page: Page, pages: Pages) -> None:
    """Cards are laid out when near, so the script holds a target in place for some frames."""
    page.goto(pages.url())
    # The press comes once the link is followed, not before the browser tells the page of it.
    page.evaluate("""() => new Promise((done) => {
        addEventListener("hashchange", () => done());
        location.hash = [...document.querySelectorAll("section[id]")].pop().id;
    })""")
    page.keyboard.press("Control+Home")
    page.wait_for_timeout(700)
    assert page.evaluate("scrollY") == 0


def test_locked_phrases_are_shown_where_they_stand(page: Page, pages: Pages) -> None:
    page.goto(pages.url())
    link = page.locator(".revguide-locked a").first
    assert (link.get_attribute("href") or "").endswith(":~:text=before%20noon")
    missing = page.locator(".revguide-locked li", has_text="Missing")
    expect(missing.get_by_text("“a lighthouse” is not in any chapter.")).to_be_visible()


# Chapters


def test_marks_can_be_opened_and_switched_off(browser: Browser, pages: Pages) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages.url("harbour.html"))
    mark = page.locator("details.revguide-mark")
    expect(mark).to_have_count(1)  # the sample and the pattern are one passage
    mark.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(mark.get_by_role("link", name="Issue 1: A checklist")).to_be_visible()
    expect(mark.get_by_text("1 of 1")).to_be_visible()
    expect(page.get_by_text("Locked, please do not change: dues")).to_be_visible()
    switch = page.get_by_role("checkbox", name="Show marks")
    expect(switch).to_be_checked()
    switch.uncheck()
    expect(mark).not_to_be_visible()
    page.reload()
    expect(mark).not_to_be_visible()
    expect(switch).not_to_be_checked()
    page.get_by_role("link", name="Go to the first").click()
    page.reload()
    expect(mark).to_be_visible()  # a link to a mark shows it
    context.close()


def test_marks_work_without_scripts(browser: Browser, pages: Pages) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages.url("harbour.html"))
    mark = page.locator("details.revguide-mark")
    page.get_by_role("link", name="Go to the first").click()
    expect(mark.get_by_role("link", name="Issue 1: A checklist")).to_be_visible()
    page.get_by_role("checkbox", name="Show marks").uncheck()
    expect(mark).not_to_be_visible()
    context.close()


def test_the_search_quotes_a_chapter_without_its_marks(page: Page, pages: Pages) -> None:
    page.goto(pages.url("search.html"))
    text = page.evaluate(
        "html => Search.htmlToText(html)",
        (pages.outdir / "harbour.html").read_text(encoding="utf-8"),
    )
    assert "Before the season opens" in text
    assert "to revise" not in text
    assert "Readiness checklist" not in text


# The review


def test_the_round_trip(browser: Browser, tmp_path: Path) -> None:
    pages = build(tmp_path, "furo")
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.goto(pages.url())
    bar = page.get_by_role("region", name="Your review")
    expect(bar.get_by_role("status")).to_have_text("0 of 3 reviewed")
    first, second, third = (page.locator(f"div[data-issue='g-{one}']") for one in (1, 2, 3))
    first.get_by_label("Accept").check()
    first.get_by_label("Comment").fill("Yes, <b>now</b>.")
    second.get_by_label("Reject").check()
    third.get_by_label("Ask for changes").check()
    third.get_by_role("button", name="Undo").click()
    expect(bar.get_by_role("status")).to_have_text("2 of 3 reviewed")
    page.reload()
    expect(first.get_by_label("Accept")).to_be_checked()
    expect(first.get_by_label("Comment")).to_have_value("Yes, <b>now</b>.")
    expect(bar.get_by_role("status")).to_have_text("2 of 3 reviewed")
    bar.get_by_role("button", name="Next issue").click()
    expect(third).to_be_in_viewport()
    with page.expect_download() as download:
        bar.get_by_role("button", name="Download review").click()
        dialog = page.get_by_role("dialog", name="Your name")
        dialog.get_by_role("button", name="Download review").click()
    file = tmp_path / "review.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert [one["issue"] for one in saved["decisions"]] == ["g-1", "g-2"]

    assert main(["review", "apply", str(file), str(pages.srcdir), "--write"]) == 0
    wanted = GUIDE.replace(
        ":patterns: readiness-checklist\n",
        ":patterns: readiness-checklist\n:status: accepted\n:note: Yes, <b>now</b>.\n",
    ).replace("30 min\n:status: accepted", "30 min\n:status: rejected")
    assert (pages.srcdir / "guide.md").read_text(encoding="utf-8") == wanted

    # The guide is built again; one card says something else now.
    (pages.srcdir / "guide.md").write_text(wanted.replace("A word too many.", "Two words."))
    rebuild(pages)
    page.goto(pages.url())
    expect(first.get_by_label("Accept")).to_be_checked()
    expect(first.locator(".revguide-note")).to_be_visible()
    expect(second.get_by_text("This issue has changed since your review")).to_be_visible()
    expect(bar.get_by_role("status")).to_have_text("1 of 3 reviewed")
    context.close()
