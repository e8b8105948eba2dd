"""A review in a real browser: nothing that a reviewer marks is lost or falsified."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.reviewing import FORBID, REFUSE, bar, card, count, decided, saved, visit
from tests.themes import Pages, build, needs_browser, rebuild

pytestmark = needs_browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return build(tmp_path_factory.mktemp("review"), "furo")


def test_two_tabs_lose_nothing_of_each_other(context: BrowserContext, pages: Pages) -> None:
    first, second = visit(context, pages.url()), visit(context, pages.url())
    card(first, 1).get_by_label("Accept").check()
    card(second, 2).get_by_label("Reject").check()
    card(first, 1).get_by_label("Comment").fill("Yes.")
    for page in (first, second):
        expect(count(page)).to_have_text("2 of 3 reviewed")
        expect(card(page, 1).get_by_label("Comment")).to_have_value("Yes.")
        assert decided(page) == {"g-1": ("accept", "Yes."), "g-2": ("reject", "")}
    second.reload()
    expect(card(second, 1).get_by_label("Accept")).to_be_checked()
    expect(card(second, 2).get_by_label("Reject")).to_be_checked()


def test_two_tabs_on_one_card(context: BrowserContext, pages: Pages) -> None:
    first, second = visit(context, pages.url()), visit(context, pages.url())
    card(first, 1).get_by_label("Comment").fill("A word.")
    card(second, 1).get_by_label("Ask for changes").check()
    expect(card(first, 1).get_by_label("Ask for changes")).to_be_checked()
    card(first, 1).get_by_label("Comment").fill("Two words.")
    first.reload()
    assert decided(first) == {"g-1": ("change", "Two words.")}


def test_a_late_event_writes_over_nothing_newer(context: BrowserContext, pages: Pages) -> None:
    """An event arrives after its change; by then another window may have written again."""
    page = visit(context, pages.url())
    card(page, 1).get_by_label("Ask for changes").check()
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((key) => key.includes('g-1'));
            const ours = localStorage.getItem(key), { time, ...rest } = JSON.parse(ours);
            const write = (comment, time) => JSON.stringify({ ...rest, comment, time });
            localStorage.setItem(key, write('Newer.', time + 9));
            const late = { key, newValue: write('Older.', time - 9) };
            dispatchEvent(new StorageEvent('storage', late));
        }"""
    )
    expect(card(page, 1).get_by_label("Comment")).to_have_value("Newer.")
    page.reload()
    assert decided(page) == {"g-1": ("change", "Newer.")}


def test_a_window_that_heard_of_nothing_reads_before_it_writes(
    context: BrowserContext, pages: Pages
) -> None:
    deaf = context.new_page()
    deaf.add_init_script(
        "const add = window.addEventListener; window.addEventListener = function (name, ...rest) {"
        "if (!['storage', 'focus', 'pageshow'].includes(name)) add.call(this, name, ...rest) }"
    )
    deaf.goto(pages.url())
    expect(card(deaf, 3).get_by_role("radio")).to_have_count(3)
    other = visit(context, pages.url())
    card(other, 1).get_by_label("Reject").check()
    card(deaf, 1).get_by_label("Comment").fill("Not so.")
    deaf.reload()
    assert decided(deaf) == {"g-1": ("reject", "Not so.")}


@pytest.mark.parametrize("script", [REFUSE, FORBID])
def test_refused_storage_is_said_at_once_and_the_review_is_kept(
    context: BrowserContext, pages: Pages, script: str
) -> None:
    context.add_init_script(script)
    page = visit(context, pages.url())
    expect(bar(page).get_by_role("alert")).to_contain_text("does not store your review")
    card(page, 1).get_by_label("Accept").check()
    card(page, 1).get_by_label("Comment").fill("Kept.")
    expect(count(page)).to_have_text("1 of 3 reviewed")
    assert decided(page) == {"g-1": ("accept", "Kept.")}


def test_a_storage_that_fills_up_is_said_and_tried_again(
    context: BrowserContext, pages: Pages
) -> None:
    page = visit(context, pages.url())
    expect(bar(page).get_by_role("alert")).to_have_count(0)
    page.evaluate("() => { window.was = Storage.prototype.setItem }")
    page.evaluate(f"() => {{ {REFUSE} }}")
    card(page, 1).get_by_label("Accept").check()
    expect(bar(page).get_by_role("alert")).to_contain_text("does not store your review")
    page.evaluate("() => { Storage.prototype.setItem = window.was }")
    card(page, 2).get_by_label("Reject").check()
    expect(bar(page).get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(card(page, 1).get_by_label("Accept")).to_be_checked()
    expect(card(page, 2).get_by_label("Reject")).to_be_checked()


def test_versions_and_books_of_one_host_share_nothing(
    context: BrowserContext, pages: Pages, tmp_path: Path
) -> None:
    """All pages of the file scheme have one storage, as all of one host have."""
    for name in ("v1", "v2"):
        shutil.copytree(pages.outdir, tmp_path / name)
    first = visit(context, (tmp_path / "v1" / "guide.html").as_uri())
    card(first, 1).get_by_label("Accept").check()
    second = visit(context, (tmp_path / "v2" / "guide.html").as_uri())
    expect(count(second)).to_have_text("0 of 3 reviewed")
    expect(bar(second).get_by_role("button", name="Download review")).to_be_disabled()
    first.reload()
    expect(count(first)).to_have_text("1 of 3 reviewed")


def test_marks_of_an_earlier_release_are_moved(context: BrowserContext, pages: Pages) -> None:
    page = visit(context, pages.url())
    digest = card(page, 1).get_attribute("data-digest")
    old = {
        "g-1": {"decision": "accept", "comment": "Old.", "digest": digest},
        "g-2": {"decision": "reject", "comment": "Other.", "digest": "000000000000"},
        "x-1": {"decision": "reject", "comment": "", "digest": "0"},
    }
    page.evaluate("text => localStorage.setItem('revguide:Book:review', text)", json.dumps(old))
    page.reload()
    expect(card(page, 1).get_by_label("Accept")).to_be_checked()
    expect(card(page, 1).get_by_label("Comment")).to_have_value("Old.")
    expect(card(page, 2).get_by_text("This issue has changed since your review")).to_be_visible()
    expect(count(page)).to_have_text("1 of 3 reviewed")
    left = page.evaluate("localStorage.getItem('revguide:Book:review')")
    assert list(json.loads(left)) == ["x-1"]  # another book's


def test_a_comment_on_a_changed_card_revives_no_verdict(
    context: BrowserContext, tmp_path: Path
) -> None:
    pages = build(tmp_path, "furo")
    page = visit(context, pages.url())
    card(page, 2).get_by_label("Accept").check()
    card(page, 2).get_by_label("Comment").fill("As it was.")
    source = pages.srcdir / "guide.md"
    source.write_text(source.read_text("utf-8").replace("A word too many.", "Two words."), "utf-8")
    rebuild(pages)
    page.reload()
    stale = card(page, 2).get_by_text("This issue has changed since your review")
    expect(stale).to_contain_text("Accept, “As it was.”")
    expect(card(page, 2).get_by_text("Changed: problem")).to_be_visible()
    card(page, 2).get_by_label("Comment").fill("Now I wonder.")
    expect(stale).to_be_visible()
    expect(card(page, 2).get_by_label("Accept")).not_to_be_checked()
    expect(count(page)).to_have_text("0 of 3 reviewed")
    page.reload()
    expect(stale).to_be_visible()
    assert decided(page) == {"g-2": ("", "Now I wonder.")}
    card(page, 2).get_by_label("Reject").check()
    expect(stale).to_have_count(0)
    expect(count(page)).to_have_text("1 of 3 reviewed")


def test_a_renumbered_card_keeps_its_marks(context: BrowserContext, tmp_path: Path) -> None:
    pages = build(tmp_path, "furo")
    page = visit(context, pages.url())
    digest = card(page, 2).get_attribute("data-digest")
    card(page, 1).get_by_label("Accept").check()
    card(page, 2).get_by_label("Reject").check()
    card(page, 2).get_by_label("Comment").fill("Not so.")
    space = page.evaluate("window.revguideReview.SPACE")
    said = {"issue": "g-2", "digest": digest, "decision": "change", "comment": "Hm.", "date": ""}
    colleague = [f"{space}@Ben", json.dumps([said])]
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", colleague)
    source = pages.srcdir / "guide.md"
    text = source.read_text("utf-8")
    new = "```{revision-issue} Another\n:impact: low\n\nA new problem.\n```\n\n"
    start = text.index("````{revision-issue}")
    source.write_text(text[:start] + new + text[start:], "utf-8")
    rebuild(pages)
    page.reload()
    expect(count(page)).to_have_text("2 of 4 reviewed")
    expect(card(page, 2).get_by_label("Accept")).to_be_checked()
    expect(card(page, 3).get_by_label("Reject")).to_be_checked()
    expect(card(page, 3).get_by_text("Ben: Ask for changes, “Hm.”", exact=True)).to_be_visible()
    expect(page.get_by_text("Ben: ")).to_have_count(1)
    expect(page.get_by_text("This issue has changed since your review")).to_have_count(0)
    assert decided(page) == {"g-2": ("accept", ""), "g-3": ("reject", "Not so.")}
    source.write_text(text, "utf-8")
    rebuild(pages)
    page.reload()
    expect(count(page)).to_have_text("2 of 3 reviewed")
    assert decided(page) == {"g-1": ("accept", ""), "g-2": ("reject", "Not so.")}


@pytest.mark.parametrize("key", ["Space", "ArrowDown", "ArrowRight", "Enter"])
def test_no_key_after_next_decides(context: BrowserContext, pages: Pages, key: str) -> None:
    page = visit(context, pages.url())
    bar(page).get_by_role("button", name="Next issue").click()
    expect(page.locator(":focus")).to_contain_text("A checklist without a doubt")
    page.keyboard.press(key)
    expect(count(page)).to_have_text("0 of 3 reviewed")
    expect(bar(page).get_by_role("button", name="Download review")).to_be_disabled()


def test_next_reaches_every_card(context: BrowserContext, pages: Pages) -> None:
    page = visit(context, pages.url())
    for number in (1, 2, 3, 1):
        bar(page).get_by_role("button", name="Next issue").click()
        expect(page.locator(":focus")).to_contain_text(f"Issue {number}")


def test_undo_goes_back_step_by_step_and_survives_a_reload(
    context: BrowserContext, pages: Pages
) -> None:
    page = visit(context, pages.url())
    one = card(page, 1)
    undo = one.get_by_role("button", name="Undo")
    expect(undo).to_have_count(0)
    one.get_by_label("Accept").check()
    one.get_by_label("Comment").press_sequentially("Fine")
    one.get_by_label("Reject").check()
    page.reload()
    undo.click()
    expect(one.get_by_label("Accept")).to_be_checked()
    expect(one.get_by_label("Comment")).to_have_value("Fine")
    undo.click()
    expect(one.get_by_label("Comment")).to_have_value("")
    expect(one.get_by_label("Accept")).to_be_checked()
    undo.click()
    expect(count(page)).to_have_text("0 of 3 reviewed")
    expect(undo).to_have_count(0)


def test_paper_shows_what_was_decided(context: BrowserContext, pages: Pages) -> None:
    page = visit(context, pages.url())
    card(page, 1).get_by_label("Accept").check()
    card(page, 1).get_by_label("Comment").fill("Printed.")
    card(page, 2).get_by_label("Reject").check()
    page.emulate_media(media="print")
    for number, label, shown in ((1, "Accept", True), (1, "Reject", False), (2, "Reject", True)):
        word = card(page, number).locator(".rg-review").get_by_text(label, exact=True)
        expect(word).to_be_visible(visible=shown)
    expect(card(page, 1).locator("textarea")).to_be_visible()
    expect(card(page, 2).locator("textarea")).to_be_hidden()
    expect(card(page, 3).locator(".rg-review")).to_be_hidden()
    expect(page.locator(".rg-review-bar")).to_be_hidden()


def test_controls_are_named_with_their_issue(context: BrowserContext, pages: Pages) -> None:
    page = visit(context, pages.url())
    groups = page.get_by_role("group", name="Your decision: ")
    expect(groups).to_have_count(3)
    expect(page.get_by_role("group", name="Your decision: Issue 2: A light edit")).to_be_visible()
    names = page.get_by_role("radio").evaluate_all("all => all.map(one => one.name)")
    assert len(set(names)) == 3


def test_the_name_is_asked_once_and_written_with_dates(
    context: BrowserContext, pages: Pages
) -> None:
    page = visit(context, pages.url())
    card(page, 1).get_by_label("Accept").check()
    data = saved(page, " Ann ")
    assert (data["version"], data["reviewer"]) == (2, "Ann")
    assert data["decisions"][0]["date"][:2] == "20"
    page.reload()
    with page.expect_download():
        bar(page).get_by_role("button", name="Download review").click()


def test_keys(context: BrowserContext, pages: Pages) -> None:
    page = visit(context, pages.url())
    page.keyboard.press("1")  # no card has the focus: nothing is decided
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_contain_text("A checklist without a doubt")
    expect(count(page)).to_have_text("0 of 3 reviewed")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(card(page, 2).get_by_label("Ask for changes")).to_be_checked()
    page.keyboard.press("3")
    page.keyboard.press("c")
    page.keyboard.type("j1 is text here")
    expect(card(page, 2).get_by_label("Comment")).to_have_value("j1 is text here")
    expect(card(page, 2).get_by_label("Reject")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Options of the review")
    expect(dialog.get_by_text("Next and previous issue")).to_be_visible()
    dialog.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("1")
    expect(count(page)).to_have_text("1 of 3 reviewed")


def test_a_part_that_cannot_be_loaded_is_said_and_loaded_later(
    context: BrowserContext, pages: Pages
) -> None:
    page = context.new_page()
    page.route("**/revguide-review-more.js*", lambda route: route.abort())
    page.goto(pages.url())
    card(page, 1).get_by_text("Accept", exact=True).click()
    bar(page).get_by_role("button", name="Download review").click()
    expect(bar(page).get_by_role("alert")).to_contain_text("could not be loaded")
    page.unroute("**/revguide-review-more.js*")
    assert decided(page) == {"g-1": ("accept", "")}


def test_the_table_says_what_is_reviewed_and_the_filter_keeps_it(
    context: BrowserContext, pages: Pages
) -> None:
    page = visit(context, pages.url())
    card(page, 2).get_by_label("Accept").check()
    rows = page.locator("table.revguide-issues tbody tr")
    expect(rows.nth(1)).to_contain_text("You accepted this")
    page.get_by_role("combobox", name="Your review").select_option("Not reviewed by me")
    expect(rows.nth(1)).to_be_hidden()
    expect(card(page, 2)).to_be_hidden()
    expect(card(page, 3)).to_be_visible()
    page.reload()
    expect(page.get_by_role("combobox", name="Your review")).to_have_value("left")
    expect(card(page, 2)).to_be_hidden()
    page.keyboard.press("Control+Home")
    page.wait_for_timeout(500)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_contain_text("A wide table")
