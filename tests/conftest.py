"""Small books, written by the test that needs them and built by Sphinx."""

from __future__ import annotations

import atexit
import functools
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent
from typing import Any

import hypothesis
import pytest
from docutils import nodes
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sphinx.builders.html import _assets
from sphinx.config import Config
from sphinx.locale import translators
from sphinx.testing.util import SphinxTestApp

from sphinxext_revguide.sphinx.domain import RevguideDomain
from tests.deprecations import recorded
from tests.themes import CHROMIUM, FLAGS, THEMES, Pages, build

# Sphinx colours what it writes where CI is set; what tests read of a process is to be plain.
os.environ["NO_COLOR"] = "1"
os.environ.pop("FORCE_COLOR", None)

# What commands cache of books is to be gone with the tests.
if "REVGUIDE_CACHE" not in os.environ:
    os.environ["REVGUIDE_CACHE"] = tempfile.mkdtemp(prefix="revguide-cache-")
    atexit.register(shutil.rmtree, os.environ["REVGUIDE_CACHE"], ignore_errors=True)

# The same texts in every run; `pytest --hypothesis-profile=default` draws new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")

CONF = 'extensions = ["myst_parser", "sphinxext_revguide"]\nproject = "Book"\n'
CHECKLIST = """\
| Check | Required | Observed | State |
|---|---|---|---|
| Gangway | 90 s | 74 s | Passed |
| Gates | 12 | 12 | Passed |
| Marshals | 100 % | 100 % | Passed |

All checks are satisfied.
"""
"""Shows the pattern ``readiness-checklist``."""
TERMINAL = f"""
# Terminal

## Opening readiness

{CHECKLIST}"""

RST_CHECKLIST = """\
=========  ========  ========  ======
Check      Required  Observed  State
=========  ========  ========  ======
Gangway    90 s      74 s      Passed
Gates      12        12        Passed
Marshals   100 %     100 %     Passed
=========  ========  ========  ======

All checks are satisfied.
"""
"""A checklist in reST, all of whose results are positive."""

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class BuildWarning:
    """One warning of a build: its place relative to the source directory, text and type."""

    path: str
    line: int
    text: str
    type: str


_WARNING = re.compile(r"(?:(?P<path>[^\n:]*)(?::(?P<line>\d+))?: )?(?:WARNING|ERROR): (?P<text>.*)")


@dataclass
class Built:
    """A built book."""

    app: SphinxTestApp
    srcdir: Path
    outdir: Path
    output: str
    warnings: list[BuildWarning] = field(default_factory=list)

    @property
    def domain(self) -> RevguideDomain:
        return RevguideDomain.of(self.app.env)

    def read(self, name: str) -> str:
        return (self.outdir / name).read_text(encoding="utf-8")

    def doctree(self, docname: str) -> nodes.document:
        return self.app.env.get_doctree(docname)

    def types(self) -> list[str]:
        return [build_warning.type for build_warning in self.warnings]


class Book:
    """Files on disk that can be edited and built again."""

    def __init__(self, root: Path) -> None:
        self.srcdir = root / "src"
        self.srcdir.mkdir(parents=True)
        self.write("conf.py", CONF)

    def write(self, name: str, text: str) -> None:
        path = self.srcdir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def build(
        self,
        builder: str = "html",
        *,
        parallel: int = 1,
        freshenv: bool = False,
        folder: str = "build",
        **overrides: Any,
    ) -> Built:
        # Sphinx expects one build a process: it keeps checksums of files, and extensions add the
        # suffixes that they read to the one default.
        _assets._file_checksum_inner.cache_clear()
        _forget_suffixes()
        app = SphinxTestApp(
            buildername=builder,
            srcdir=self.srcdir,
            builddir=self.srcdir.parent / folder,
            freshenv=freshenv,
            confoverrides=overrides,
            parallel=parallel,
        )
        try:
            app.build()
        finally:
            # Each application registers docutils' nodes again; two at a time would warn.
            app.cleanup()
        output = _ESCAPE.sub("", app.warning.getvalue())
        return Built(app, self.srcdir, Path(app.outdir), output, _parse(output, self.srcdir))


def _forget_suffixes() -> None:
    suffixes = Config.config_values["source_suffix"].default
    for suffix in set(suffixes) - {".rst"}:
        del suffixes[suffix]


def _parse(output: str, srcdir: Path) -> list[BuildWarning]:
    reported = []
    for line in output.splitlines():
        match = _WARNING.fullmatch(line)
        if match is None:
            continue
        path = match["path"] or ""
        relative = Path(path).relative_to(srcdir).as_posix() if path.startswith("/") else path
        text, _, kind = match["text"].rpartition(" [")
        reported.append(BuildWarning(relative, int(match["line"] or 0), text, kind.rstrip("]")))
    return reported


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that build a book, and those that look at pages in a browser."""
    marks = {"new_book": "builds", "browser": "browser"}
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in marks:
                item.add_marker(marks[fixture])


@pytest.fixture(autouse=True)
def _no_parser_left() -> Iterator[None]:
    """Let no test read notebooks because one before it loaded MyST-NB: commands build too."""
    yield
    _forget_suffixes()


@pytest.fixture(autouse=True)
def _no_language_left() -> Iterator[None]:
    """Let no test speak the language of a book that one before it built: Sphinx keeps it."""
    yield
    translators.clear()


@pytest.fixture(autouse=True)
def _nothing_deprecated() -> Iterator[None]:
    """Fail where the package's own code uses something deprecated."""
    with recorded() as found:
        yield
    assert not found, "deprecated: " + "; ".join(found)


def needs(module: str, *, present: bool | None = None) -> None:
    """Skip a test where a package is not installed, or fail if REVGUIDE_REQUIRED names it."""
    if find_spec(module) is not None if present is None else present:
        return
    if module in os.environ.get("REVGUIDE_REQUIRED", "").split():
        pytest.fail(f"{module} is required here, and is not installed")
    pytest.skip(f"{module} is not installed")


def counts_late(kind: str) -> bool:
    """Return whether the lines of an included file count from two: MyST-Parser before 5.2."""
    myst = tuple(int(part) for part in version("myst-parser").split(".")[:2])
    return kind == "md" and myst < (5, 2)


@pytest.fixture
def new_book(tmp_path: Path) -> Callable[..., Book]:
    """Return a function that writes a book: ``new_book({"index.md": "..."})``."""
    count = itertools.count()

    def make(files: dict[str, str] | None = None, conf: str = "") -> Book:
        book = Book(tmp_path / f"book{next(count)}")
        if conf:
            book.write("conf.py", CONF + dedent(conf))
        for name, text in (files or {}).items():
            book.write(name, text)
        return book

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real guides and chapters; it is not part of the project."""
    path = Path(__file__).parents[1].parent / "shared"
    if not (path / "inputs").is_dir():
        pytest.skip("the real guides are not beside this checkout (../shared is absent)")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, for a module whose ``pytestmark`` is ``needs_browser``."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own for each test."""
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    yield page
    page.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A context of its own for each test: nothing is stored in it."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="session")
def theme_build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Pages]:
    """Return a function that builds the book of ``tests/themes.py`` once in each theme."""

    @functools.cache
    def built(theme: str) -> Pages:
        needs(theme)
        return build(tmp_path_factory.mktemp(theme), theme)

    return built


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, theme_build: Callable[[str], Pages]) -> Pages:
    """The book in each theme, for tests that only read its pages."""
    return theme_build(request.param)
