"""Comments on the words of a chapter, and findings that a reviewer dismisses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from sphinxext_revguide.cli import main
from tests.reviewing import bar, saved
from tests.themes import TABLE, Pages, build, needs_browser, rebuild

pytestmark = needs_browser


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return build(tmp_path, "furo")


def open_mark(page: Page, pages: Pages) -> Locator:
    page.goto(pages.url("harbour.html"))
    mark = page.locator("details.revguide-mark").first
    mark.locator("summary").first.click()
    expect(mark.get_by_role("button", name="Comment on these words")).to_be_visible()
    return mark


def select(page: Page, text: str) -> None:
    """Select words of a cell, as a reader's pointer does."""
    page.get_by_role("cell", name=text, exact=True).first.evaluate(
        "node => { const range = document.createRange(); range.selectNodeContents(node);"
        "getSelection().removeAllRanges(); getSelection().addRange(range) }"
    )


def edit(pages: Pages, old: str, new: str) -> None:
    path = pages.srcdir / "harbour.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    rebuild(pages)


def test_a_comment_on_words_survives_small_edits_and_says_where_it_cannot(
    context: BrowserContext, pages: Pages
) -> None:
    page = context.new_page()
    mark = open_mark(page, pages)
    select(page, "lowers in 30 s")
    mark.get_by_role("button", name="Comment on these words").click()
    comment = page.get_by_label("Comment “lowers in 30 s”")
    expect(comment).to_be_focused()
    comment.fill("Measured by whom?")
    expect(bar(page).get_by_role("status")).to_have_text("Comments on chapters: 1")
    [passage] = saved(page, "Ann")["passages"]
    assert passage["docname"] == "harbour"
    assert passage["comment"] == "Measured by whom?"
    assert passage["quote"]["exact"] == "lowers in 30 s"
    assert passage["quote"]["prefix"].endswith("Gangway ")
    assert passage["quote"]["suffix"].startswith(" ✅ Pass")

    edit(pages, "lowers in 30 s", "lowers within 30 s")
    page.reload()
    listed = page.locator(".rg-comments li")
    expect(listed).to_have_count(1)
    expect(listed.get_by_role("textbox")).to_have_value("Measured by whom?")
    expect(page.get_by_text("no longer on this page")).to_have_count(0)
    assert page.evaluate("[...[...CSS.highlights.get('rg-comment')][0].toString()].join('')") == (
        "lowers within 30 s"
    )

    edit(pages, "| Gangway | lowers within 30 s | ✅ Pass |", "| Mole | stands | ✅ Pass |")
    page.reload()
    expect(listed.get_by_text("“lowers in 30 s” (no longer on this page)")).to_be_visible()
    expect(listed.get_by_role("textbox")).to_have_value("Measured by whom?")


def test_a_passage_as_a_whole(context: BrowserContext, pages: Pages) -> None:
    page = context.new_page()
    mark = open_mark(page, pages)
    mark.get_by_role("button", name="Comment on these words").click()
    page.locator(".rg-comments textarea").fill("All of it?")
    [passage] = saved(page)["passages"]
    assert passage["quote"]["exact"].startswith("Check Required State Gangway lowers in 30 s")
    page.locator(".rg-comments").get_by_role("button", name="Undo").click()
    expect(bar(page).get_by_role("status")).to_have_text("Comments on chapters: 0")
    expect(bar(page).get_by_role("button", name="Download review")).to_be_disabled()


def test_a_finding_is_dismissed_with_a_reason(
    context: BrowserContext, pages: Pages, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = context.new_page()
    mark = open_mark(page, pages)
    mark.get_by_role("button", name="Not a finding").first.click()
    page.get_by_label("Why is this not a finding?").fill("The regulator wrote\nthis table.")
    expect(bar(page).get_by_role("status")).to_have_text("Dismissed findings: 1")
    mark.get_by_role("button", name="Comment on these words").click()
    page.locator(".rg-comments textarea").fill("Keep it.")
    expect(bar(page).get_by_role("status")).to_have_text(
        "Comments on chapters: 1 · Dismissed findings: 1"
    )
    file = tmp_path / "review.json"
    file.write_text(json.dumps(saved(page, "Ann")), "utf-8")
    page.reload()
    page.locator("details.revguide-mark summary").first.click()
    expect(page.get_by_label("Why is this not a finding?")).to_have_value(
        "The regulator wrote\nthis table."
    )
    # The guide's page hands over what was said in the chapter, too.
    page.goto(pages.url())
    expect(page.get_by_role("radio")).to_have_count(9)
    assert len(saved(page)["findings"]) == len(saved(page)["passages"]) == 1

    verdicts = pages.srcdir / "revguide-verdicts.json"
    assert main(["review", "apply", str(file), str(pages.srcdir)]) == 0
    assert not verdicts.exists()
    reported = capfd.readouterr()
    assert "harbour.md:5: Ann on “Check Required State" in reported.out
    assert "“Keep it.”" in reported.out
    assert "harbour.md:5: Readiness checklist" in reported.out
    assert main(["review", "apply", str(file), str(pages.srcdir), "--write"]) == 0
    [entry, _version] = json.loads(verdicts.read_text("utf-8"))
    assert entry["verdict"] == "no-finding"
    assert entry["reason"] == "The regulator wrote this table."
    assert entry["by"] == "Ann"
    assert TABLE.splitlines()[0] in (pages.srcdir / "harbour.md").read_text("utf-8")


def test_ones_own_file_restores_comments_and_dismissals(
    context: BrowserContext, pages: Pages, tmp_path: Path
) -> None:
    """As on another machine, or after the browser's storage was cleared."""
    page = context.new_page()
    mark = open_mark(page, pages)
    mark.get_by_role("button", name="Not a finding").first.click()
    page.get_by_label("Why is this not a finding?").fill("The regulator wrote it.")
    mark.get_by_role("button", name="Comment on these words").click()
    page.locator(".rg-comments textarea").fill("Keep it.")
    file = tmp_path / "review.json"
    review = saved(page, "Ann")
    file.write_text(json.dumps(review), "utf-8")
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator(".rg-comments")).to_have_count(0)
    page.goto(pages.url())
    for name in ("", "Ann"):  # first as a colleague's file, then as one's own; both add it once
        bar(page).get_by_role("button", name="Options").click()
        dialog = page.get_by_role("dialog", name="Options of the review")
        dialog.get_by_label("Your name").fill(name)
        dialog.get_by_label("Load a review").set_input_files(file)
        expect(dialog.get_by_role("status")).to_contain_text("Loaded 0 decisions by Ann")
        dialog.get_by_label("Your name").fill("Ann")
        dialog.get_by_role("button", name="Close").click()
    again = saved(page)
    assert (again["passages"], again["findings"]) == (review["passages"], review["findings"])
    mark = open_mark(page, pages)
    expect(page.locator(".rg-comments li textarea")).to_have_value("Keep it.")
    expect(page.get_by_label("Why is this not a finding?")).to_have_value("The regulator wrote it.")


def test_a_mark_that_a_link_opens_shows_what_was_dismissed(
    context: BrowserContext, pages: Pages
) -> None:
    page = context.new_page()
    mark = open_mark(page, pages)
    mark.get_by_role("button", name="Not a finding").first.click()
    page.get_by_label("Why is this not a finding?").fill("The regulator wrote it.")
    page.close()
    page = context.new_page()
    page.add_init_script(
        "new MutationObserver(() => { const one = document.querySelector('.revguide-mark');"
        "if (one) one.open = true }).observe(document, { childList: true, subtree: true })"
    )
    page.goto(pages.url("harbour.html"))
    expect(page.get_by_label("Why is this not a finding?")).to_have_value("The regulator wrote it.")
