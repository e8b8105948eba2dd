"""The supported versions, each in an environment of its own: ``make matrix``.

A cell installs the package and its test tools, runs tests, and writes its row into
``docs/reference/supported-versions.md``. ``make matrix CELLS="lowest newest"`` runs some of them.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import nox

TABLE = Path("docs", "reference", "supported-versions.md")
SHOWN = ("Sphinx", "docutils", "myst-parser", "sphinx-design", "markdown-it-py", "rapidfuzz")
ALSO = (
    "alabaster", "furo", "pydata-sphinx-theme", "sphinx-book-theme", "sphinx-rtd-theme",
    "sphinx-immaterial", "myst-nb", "jupyter-book",
)  # fmt: skip
ALL, BOOKS, HOSTS = "all", "books", "hosts"
SELECTED = {
    ALL: ("-m", "not browser", "--ignore", "tests/test_hostile.py", "tests"),
    BOOKS: ("-m", "builds and not browser", "tests"),
    HOSTS: ("tests/test_hosts.py", "tests/test_notebooks.py", "tests/test_themes.py"),
}
"""Tests in a browser, and of how long a text may take, are left to ``make test``."""
NEVER = "; sys_platform == 'never'"
"""Overrides a requirement so that it is not installed."""

nox.options.default_venv_backend = "uv"
if "PYENV_ROOT" in os.environ:
    # Without it, pyenv answers for one Python only.
    found = Path(os.environ["PYENV_ROOT"], "versions").glob("3.1[1-9]*")
    os.environ.setdefault("PYENV_VERSION", ":".join(sorted(path.name for path in found)))


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination of versions.

    ``required`` are hosts whose tests may not be skipped; ``override`` holds requirements that
    stand above what other packages ask for.
    """

    name: str
    python: str
    what: tuple[str, ...] = (".[test]",)
    fixed: tuple[str, ...] = ()
    lowest: bool = False
    override: tuple[str, ...] = ()
    tests: str = ALL
    required: tuple[str, ...] = ("myst_nb",)


CELLS = (
    Cell("lowest", "3.11", lowest=True),
    # The last of the series: MyST-Parser 4 and sphinx-design 0.6 ask for Sphinx below 9.
    Cell(
        "sphinx-8.2",
        "3.12",
        fixed=("sphinx~=8.2.0", "docutils~=0.21.0", "myst-parser~=4.0", "sphinx-design~=0.6.1"),
        tests=BOOKS,
    ),
    Cell(
        "sphinx-9.0",
        "3.11",
        fixed=("sphinx~=9.0.0", "docutils~=0.22.0", "myst-parser~=5.0.0", "sphinx-design~=0.7.0"),
        tests=BOOKS,
    ),
    Cell("sphinx-9.1", "3.12", fixed=("sphinx~=9.1.0",), tests=BOOKS),
    Cell("newest", "3.13"),
    Cell(
        "docutils-0.23",
        "3.13",
        fixed=("docutils~=0.23.0",),
        # The one asks for docutils below 0.23, the other for a pydata-sphinx-theme of its own.
        override=("sphinx-rtd-theme" + NEVER, "sphinx-book-theme" + NEVER),
        tests=BOOKS,
    ),
    Cell(
        "rest-only",
        "3.13",
        what=(".", "pytest", "pytest-xdist", "hypothesis", "playwright", "pytest-asyncio"),
        tests=HOSTS,
        required=(),
    ),
    Cell(
        "jupyter-book-1",
        "3.11",
        what=(".[test]", "jupyter-book<2"),
        # Jupyter Book 1.0.4 asks for Sphinx 7.
        override=("sphinx>=8.2,<10", "myst-parser>=4", "jupyter-book>=1,<2"),
        tests=HOSTS,
        required=("jupyter_book", "myst_nb"),
    ),
)


def run(session: nox.Session, cell: Cell) -> None:
    """Install a cell, run its tests and write its row."""
    tmp = Path(session.create_tmp()).resolve()
    above: list[str] = []
    if cell.override:
        (tmp / "override.txt").write_text("\n".join(cell.override), encoding="utf-8")
        above = ["--override", str(tmp / "override.txt")]
    if cell.lowest:
        # Only what the package itself asks for; the tools that test it may be new.
        session.install("--resolution", "lowest-direct", "--editable", ".")
    session.install(*above, "--editable", *cell.what, *cell.fixed)
    versions = installed(session)
    results = tmp / "results.xml"
    results.unlink(missing_ok=True)
    try:
        session.run(
            "python", "-m", "pytest", "-n", "2", "-q", f"--junit-xml={results}",
            *(session.posargs or SELECTED[cell.tests]),
            # Not in the repository: books of tests would belong to it.
            env={"REVGUIDE_REQUIRED": " ".join(cell.required), "TMPDIR": tempfile.gettempdir()},
        )  # fmt: skip
    finally:
        if results.exists() and not session.posargs:
            write_row(cell, row(cell, versions, results))


def installed(session: nox.Session) -> dict[str, str]:
    """Return the versions of what is installed, by normalized name."""
    listed = session.run_install(
        "uv", "pip", "list", "-q", "--format", "json", silent=True, external=True
    )
    python = session.run_install(
        "python", "-c", "import platform as p; print(p.python_version())", silent=True
    )
    found = {normal(one["name"]): one["version"] for one in json.loads(str(listed))}
    return found | {"python": str(python).strip()}


def normal(name: str) -> str:
    """Return a package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def row(cell: Cell, versions: dict[str, str], results: Path) -> str:
    """Return a row of the table: versions, and how many tests passed, failed and were skipped."""
    suite = next(ET.parse(results).getroot().iter("testsuite"))  # noqa: S314 # pytest's own
    tests, skipped, failed, errors = (
        int(suite.get(name, 0)) for name in ("tests", "skipped", "failures", "errors")
    )
    also = [f"{name} {versions[name]}" for name in map(normal, ALSO) if name in versions]
    fields = [
        f"`{cell.name}`",
        versions["python"],
        *(versions.get(normal(name), "absent") for name in SHOWN),
        cell.tests,
        *map(str, (tests - skipped - failed - errors, failed + errors, skipped)),
        ", ".join(also) or "none",
    ]
    return "| " + " | ".join(fields) + " |"


def write_row(cell: Cell, text: str) -> None:
    """Put a cell's row in its place; the rows of other cells stay."""
    page = TABLE.read_text(encoding="utf-8")
    before, start, rest = page.partition("<!-- cells -->\n")
    table, end, after = rest.partition("<!-- end of cells -->\n")
    rows = {line.split("|")[1].strip(): line for line in table.splitlines() if line[2:3] == "`"}
    rows[f"`{cell.name}`"] = text
    order = [f"`{one.name}`" for one in CELLS]
    head = ["Cell", "Python", *SHOWN, "Tests", "Passed", "Failed", "Skipped", "Also installed"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += [rows[name] for name in order if name in rows]
    TABLE.write_text(
        before + start + "\n" + "\n".join(lines) + "\n\n" + end + after, encoding="utf-8"
    )


for one in CELLS:
    session = partial(run, cell=one)
    session.__doc__ = f"Run {one.tests} on Python {one.python}."
    nox.session(session, name=one.name, python=one.python)
