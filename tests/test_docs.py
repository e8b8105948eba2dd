"""The documentation as a whole: it builds without a warning, can be searched, and fits any screen.

What its snippets say is tested in ``test_docs_snippets.py``, its tutorial in ``test_tutorial.py``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sphinxext_revguide.cli import command_parser
from sphinxext_revguide.config import VALUES
from sphinxext_revguide.patterns import load_library
from sphinxext_revguide.report.report_schema import report_schema
from sphinxext_revguide.report.subtypes import SUBTYPES
from sphinxext_revguide.sphinx.directives import DIRECTIVES
from sphinxext_revguide.sphinx.domain import RevguideDomain
from tests.snippets import DOCS, ROOT
from tests.test_accessibility import AXE, violations
from tests.themes import CHROMIUM, FLAGS, needs_browser

OF_EACH_KIND = (
    "index.html",
    "tutorial.html",
    "how-to/review-a-guide.html",
    "reference/command-line.html",
    "reference/directives.html",
    "reference/patterns/readiness-checklist.html",
    "explanation/how-it-works.html",
)

CAPTION = 'aria-required-attr: .caption[role="heading"]'
"""Sphinx gives the captions of a toctree the role of a heading, and no level."""


def sphinx(out: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options, str(DOCS), str(out)],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, built as `make docs-check` builds them."""
    out = tmp_path_factory.mktemp("docs")
    done = sphinx(out, "-W", "--keep-going", "-n", DOCS_CHECK="1")
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_make_docs_check_is_what_is_tested() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "DOCS_CHECK=1 $(BIN)/sphinx-build -W --keep-going -n -b html docs" in makefile


def test_only_the_demonstration_warns(built: Path) -> None:
    """And it does: the build that everybody makes shows the warnings."""
    done = sphinx(built / "again")
    reported = [line for line in done.stderr.splitlines() if line.strip()]
    chapter = f"{DOCS / 'book' / 'running-agents-at-scale.md'}:"
    assert len(reported) == 12
    assert [line for line in reported if not line.startswith(chapter)] == []


# The reference is whole


def text_of(built: Path, page: str) -> str:
    html = (built / page).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_the_reference_names_all_that_there_is(built: Path) -> None:
    directives = text_of(built, "reference/directives.html")
    assert DIRECTIVES
    for name, directive in DIRECTIVES.items():
        assert f'id="{name}"' in (built / "reference/directives.html").read_text(encoding="utf-8")
        assert [
            option.name for option in directive.known_options if option.name not in directives
        ] == []
    assert [role for role in RevguideDomain.roles if f"revguide:{role}" not in directives] == []
    configuration = text_of(built, "reference/configuration.html")
    assert [value.name for value in VALUES if value.name not in configuration] == []
    warnings = text_of(built, "reference/warnings.html")
    assert [entry for entry in SUBTYPES if f"revguide.{entry}" not in warnings] == []
    report = text_of(built, "reference/report.html")
    assert [key for key in report_schema()["properties"] if key not in report] == []
    commands = text_of(built, "reference/command-line.html")
    (below,) = (action for action in command_parser()._actions if action.dest == "==SUPPRESS==")
    assert [
        choice for choice in below.choices or () if f"sphinx-revguide {choice}" not in commands
    ] == []
    patterns = load_library().patterns
    assert patterns
    for name in patterns:
        assert (built / f"reference/patterns/{name}.html").exists()


def test_every_key_of_the_report_says_what_it_is() -> None:
    assert list(_undescribed(report_schema(), "")) == []


def _undescribed(value: object, above: str) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _undescribed(entry, above)
    elif isinstance(value, dict):
        for name, item in value.get("properties", {}).items():
            if not item.get("description"):
                yield f"{above}.{name}"
            yield from _undescribed(item, f"{above}.{name}")
        for key in ("items", "oneOf"):
            yield from _undescribed(value.get(key), above)


def test_links_of_the_readme_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)[^)]*\)|^\[\w+\]: (\S+)$", text, re.MULTILINE)
    paths = [unquote(link or other) for link, other in links if "://" not in (link or other)]
    assert len(paths) > 4
    assert [path for path in paths if not (ROOT / path).exists()] == []


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, "--allow-file-access-from-files"]
        )
        yield browser
        browser.close()


def pages(built: Path) -> list[str]:
    """Return all pages, of patterns one."""
    names = (path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    alike = re.compile(r"reference/patterns/(?!readiness)|again/|_static/|genindex")
    return sorted(name for name in names if not alike.match(name))


def see(browser: Browser, path: Path, width: int, scheme: Literal["light", "dark"]) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(path.as_uri())
    return page


@needs_browser
def test_no_page_scrolls_sideways(built: Path, browser: Browser) -> None:
    names = pages(built)
    assert len(names) > 25
    wide = []
    for name in names:
        page = see(browser, built / name, 390, "light")
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(name)
        page.close()
    assert wide == []


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1300])
def test_axe_finds_nothing(
    built: Path, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    found = []
    for name in OF_EACH_KIND:
        page = see(browser, built / name, width, scheme)
        page.add_style_tag(content="* { transition: none !important }")
        page.evaluate(AXE)
        reported, _waived = violations(page, "furo")
        found += [f"{name}: {entry}" for entry in reported if not entry.startswith(CAPTION)]
        page.close()
    assert found == []


@needs_browser
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("ratchet", "Report only new findings"),
        ("baseline", "Report only new findings"),
        ("SARIF", "Set up CI"),
        ("readiness checklist", "Readiness checklist"),
        ("revguide_layout", "Configuration"),
    ],
)
def test_search_finds_the_page(built: Path, browser: Browser, words: str, title: str) -> None:
    page = see(browser, built / "search.html", 1300, "light")
    page.get_by_label("Search").first.fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li a", has_text=title).first).to_be_visible()
    page.close()


@needs_browser
def test_one_choice_of_markup_switches_all_examples(built: Path, browser: Browser) -> None:
    page = see(browser, built / "reference/directives.html", 1300, "light")
    shown = page.get_by_text(".. revision-guide:: harbour")
    expect(shown).to_be_hidden()
    page.locator("label.sd-tab-label", has_text="reStructuredText").last.click()
    expect(shown).to_be_visible()
    page.close()


def test_the_pictures_are_those_of_the_script() -> None:
    """Neither missing, nor left over, nor heavy."""
    script = (DOCS / "screenshots.py").read_text(encoding="utf-8")
    taken = set(re.findall(r'Shot\("(\w+)"', script))
    there = {path.stem: path.stat().st_size for path in (DOCS / "_static").glob("*.png")}
    assert set(there) == taken
    assert max(there.values()) < 100_000
    shown = "".join(path.read_text(encoding="utf-8") for path in [*DOCS.glob("*.md"),
                    *DOCS.glob("how-to/*.md"), ROOT / "README.md"])  # fmt: skip
    assert {name for name in taken if f"_static/{name}.png" not in shown} == set()
