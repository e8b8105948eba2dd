"""The line "Since you last looked" in a real browser: what has changed in the book since then."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.reviewing import FORBID, REFUSE
from tests.themes import Pages, build, needs_browser, rebuild

pytestmark = needs_browser


@pytest.fixture
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return build(tmp_path_factory.mktemp("since"), "alabaster")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB")
    yield context
    context.close()


def revise(pages: Pages) -> None:
    """Rewrite the chapter as the first issue wants it, and settle the second one."""
    chapter, guide = pages.srcdir / "harbour.md", pages.srcdir / "guide.md"
    text = re.sub(r"\|.*\|\n", "", chapter.read_text("utf-8"))
    chapter.write_text(text.replace("**Ready to open.**", "Gate 7 stuck."), encoding="utf-8")
    settled = guide.read_text("utf-8").replace(":status: accepted", ":status: applied")
    guide.write_text(settled, encoding="utf-8")
    rebuild(pages)


def visit(context: BrowserContext, pages: Pages, name: str = "guide.html") -> Page:
    page = context.new_page()
    page.goto(pages.url(name))
    return page


def line(page: Page) -> Locator:
    return page.get_by_text("Since you last looked")


@pytest.mark.parametrize(
    ("name", "first", "second"), [("guide.html", "1", "2"), ("index.html", "g-1", "g-2")]
)
def test_what_changed_between_two_visits(
    context: BrowserContext, pages: Pages, name: str, first: str, second: str
) -> None:
    expect(line(visit(context, pages, name))).to_have_count(0)
    revise(pages)
    page = visit(context, pages, name)
    said = line(page).text_content() or ""
    assert re.fullmatch(
        r"Since you last looked \([\w ]+\): "
        rf"1 issue applied \({second}\), 1 old text gone \({first}\), 1 finding gone \({first}\), "
        r"\d+ fewer words",
        said,
    )
    page.reload()
    expect(line(page)).to_have_text(said)
    line(page).get_by_role("link", name=first).first.click()
    assert page.url == f"{pages.url()}#revision-issue-g-1"
    expect(line(visit(context, pages, name))).to_have_count(0)


@pytest.mark.parametrize("script", [REFUSE, FORBID])
def test_a_browser_that_keeps_nothing_shows_nothing(
    context: BrowserContext, pages: Pages, script: str
) -> None:
    expect(line(visit(context, pages))).to_have_count(0)
    revise(pages)
    context.add_init_script(script)
    page = visit(context, pages)
    expect(line(page)).to_have_count(0)
    expect(page.locator(".revguide-since")).to_be_hidden()


def test_what_is_not_understood_counts_as_no_visit(context: BrowserContext, pages: Pages) -> None:
    page = visit(context, pages)
    for text in ("{", "null", '{"issues": 3}'):
        page.evaluate(
            "text => Object.keys(localStorage).filter((key) => key.startsWith('revguide:since:'))"
            ".forEach((key) => localStorage.setItem(key, text))",
            text,
        )
        expect(line(visit(context, pages))).to_have_count(0)
    revise(pages)
    expect(line(visit(context, pages))).to_have_count(1)
