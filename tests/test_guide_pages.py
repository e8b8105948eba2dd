"""Pages of guides and chapters in a browser: the table of issues, links, marks, the review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sphinxext_revguide.cli import main
from tests.themes import GUIDE, Pages, build, needs_browser, rebuild

pytestmark = needs_browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return build(tmp_path_factory.mktemp("guide-pages"), "furo")


# The overview


def test_a_column_about_which_no_issue_says_anything_is_hidden(page: Page, tmp_path: Path) -> None:
    pages = build(tmp_path, "furo")
    headings = page.locator("table.revguide-issues").get_by_role("columnheader")
    names = ["No.", "Issue", "Impact", "Status", "Shorter", "Work", "In the book"]
    page.goto(pages.url())
    expect(headings).to_have_text(names)
    path = pages.srcdir / "guide.md"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    given = (":impact:", ":reduction:")
    path.write_text("".join(one for one in lines if not one.startswith(given)), "utf-8")
    rebuild(pages)
    page.reload()
    expect(headings).to_have_text([name for name in names if name not in ("Impact", "Shorter")])


ORDER = """line => {
    const range = document.createRange();
    const [title, count] = [line.querySelector('strong'), line.querySelector('span')];
    range.setStart(count.firstChild, 0);
    range.setEnd(count.firstChild, 1);
    return range.getBoundingClientRect().left - title.getBoundingClientRect().right;
}"""
"""How far the number of findings is to the right of the title of their chapter, in pixels."""


def test_a_title_from_right_to_left_stays_before_its_number(page: Page, tmp_path: Path) -> None:
    pages = build(tmp_path, "furo")
    chapter = pages.srcdir / "harbour.md"
    text = chapter.read_text("utf-8").split("\n", 1)[1]
    chapter.write_text(f"# الميناء\n{text}", "utf-8")
    rebuild(pages)
    page.goto(pages.url())
    line = page.locator(".rg-group > summary", has_text="الميناء")
    assert 0 < line.evaluate(ORDER) < 20


def test_numbers_stand_beside_titles_from_right_to_left(browser: Browser, pages: Pages) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(pages.url())
    page.evaluate("document.documentElement.dir = 'rtl'")
    number, title = (
        page.locator(".revguide-issues tbody tr").first.locator(f"td:nth-child({column})")
        for column in (1, 2)
    )
    beside, before = title.bounding_box(), number.bounding_box()
    assert beside is not None
    assert before is not None
    assert beside["x"] + beside["width"] <= before["x"]
    page.close()


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
    first, second, third = (page.locator(f"div[data-issue='g-{entry}']") for entry in (1, 2, 3))
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
    assert [entry["issue"] for entry in saved["decisions"]] == ["g-1", "g-2"]

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
