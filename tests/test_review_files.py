"""Review files that are loaded into a page, in a browser: nobody's decision is mixed up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from sphinxext_revguide.cli import main
from tests.reviewing import bar, card, decided, saved, visit
from tests.themes import Pages, build, needs_browser, rebuild

pytestmark = needs_browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return build(tmp_path_factory.mktemp("review-files"), "furo")


def load(page: Page, *files: Path) -> Locator:
    bar(page).get_by_role("button", name="Options").click()
    dialog = page.get_by_role("dialog", name="Options of the review")
    dialog.get_by_label("Load a review").set_input_files(files)
    return dialog


def review_of(page: Page, path: Path, name: str, decision: str, **more: str) -> Path:
    digest = card(page, 1).get_attribute("data-digest")
    one = {"issue": "g-1", "digest": digest, "decision": decision, "comment": "Why?", **more}
    data = {"format": "revguide-review", "version": 2, "book": "Book", "reviewer": name}
    path.write_text(json.dumps({**data, "decisions": [one]}), "utf-8")
    return path


def test_a_colleague_is_shown_beside_and_never_mixed_in(
    context: BrowserContext, pages: Pages, tmp_path: Path
) -> None:
    page = visit(context, pages.url())
    card(page, 1).get_by_label("Accept").check()
    dialog = load(page, review_of(page, tmp_path / "b.json", "Ben <b>", "reject"))
    # Screen readers announce what happens in an output, and count the items of a list.
    expect(dialog.get_by_role("status")).to_have_text("Loaded 1 decision by Ben <b>")
    expect(dialog.get_by_role("list").get_by_role("listitem")).to_contain_text("Ben <b>")
    dialog.get_by_role("button", name="Close").click()
    page.reload()
    expect(card(page, 1).get_by_text("Ben <b>: Reject, “Why?”")).to_be_visible()
    expect(card(page, 1).get_by_label("Accept")).to_be_checked()
    assert decided(page) == {"g-1": ("accept", "")}
    bar(page).get_by_role("button", name="Options").click()
    page.get_by_role("button", name="Remove: Ben <b>").click()
    expect(card(page, 1).get_by_text("Ben <b>: Reject")).to_have_count(0)


def test_ones_own_file_is_merged_by_time(
    context: BrowserContext, pages: Pages, tmp_path: Path
) -> None:
    page = visit(context, pages.url())
    page.evaluate("localStorage.setItem('revguide:2:name', 'Ann')")
    page.reload()
    card(page, 1).get_by_label("Accept").check()
    load(page, review_of(page, tmp_path / "a.json", "Ann", "reject", date="2020-01-01"))
    page.keyboard.press("Escape")
    expect(card(page, 1).get_by_label("Accept")).to_be_checked()
    load(page, review_of(page, tmp_path / "b.json", "Ann", "reject", date="2099-01-01"))
    page.keyboard.press("Escape")
    expect(card(page, 1).get_by_label("Reject")).to_be_checked()
    expect(card(page, 1).get_by_label("Comment")).to_have_value("Why?")
    card(page, 1).get_by_role("button", name="Undo").click()
    expect(card(page, 1).get_by_label("Accept")).to_be_checked()


def test_a_name_is_written_as_the_guide_shows_it(
    context: BrowserContext, pages: Pages, tmp_path: Path
) -> None:
    page = visit(context, pages.url())
    card(page, 1).get_by_label("Accept").check()
    assert saved(page, "Ann: the; pilot")["reviewer"] == "Ann the pilot"
    file = review_of(page, tmp_path / "a.json", "Ann: the; pilot", "reject", date="2099-01-01")
    load(page, file)
    page.keyboard.press("Escape")
    expect(card(page, 1).get_by_label("Reject")).to_be_checked()


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("{", "x.json: This file is not a review."),
        ('{"format": "revguide-review", "version": 9}', "x.json: This file is not a review."),
        (
            '{"format": "revguide-review", "version": 1, "book": "Other", "decisions": []}',
            "x.json: This review is for another book: Other",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_refused(
    context: BrowserContext, pages: Pages, tmp_path: Path, text: str, reported: str
) -> None:
    page = visit(context, pages.url())
    (tmp_path / "x.json").write_text(text, "utf-8")
    dialog = load(page, tmp_path / "x.json")
    expect(dialog.get_by_text(reported)).to_be_visible()


def test_the_rebuilt_guide_names_who_decided_and_who_was_overruled(
    context: BrowserContext, tmp_path: Path
) -> None:
    pages = build(tmp_path, "furo")
    page = visit(context, pages.url())
    card(page, 1).get_by_label("Accept").check()
    card(page, 3).get_by_label("Accept").check()
    (tmp_path / "ann.json").write_text(json.dumps(saved(page, "Ann")), "utf-8")
    review_of(page, tmp_path / "ben.json", "Ben", "reject")
    files = [str(tmp_path / name) for name in ("ann.json", "ben.json")]
    command = ["review", "apply", *files, str(pages.srcdir), "--prefer", "Ben", "--write"]
    assert main(command) == 0
    rebuild(pages)
    page.reload()
    one = card(page, 1)
    expect(one.get_by_text("Ann accepted this (20")).to_be_visible()
    expect(one.get_by_text("Ben rejected this")).to_be_visible()
    expect(one.get_by_text("Ben: Why?")).to_be_visible()
    overruled = "Overruled: the status is “rejected”. Ben decided otherwise."
    expect(one.get_by_text(overruled)).to_be_visible()
    expect(card(page, 3).get_by_text("Overruled")).to_have_count(0)
