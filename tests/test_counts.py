"""What is counted, and its name, are the same on every page, in the report and for the command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sphinxext_revguide.cli import main
from tests.baselines import GANGWAY
from tests.conftest import Book

NewBook = Callable[..., Book]

GUIDE = """\
# Guide

```{revision-guide} g
:chapters: harbour
```

````{revision-issue} A checklist without a doubt
:patterns: readiness-checklist

All is well.

```{before-after}
BEFORE
+++
Gate 7 sticks.
```
````
"""


@pytest.fixture
def book(new_book: NewBook) -> Book:
    index = "# B\n\n```{toctree}\nharbour\nguide\n```\n\n```{revision-overview}\n```\n"
    book = new_book({"index.md": index, "harbour.md": f"# Harbour\n\nText.\n\n{GANGWAY}"})
    table = "\n".join(line for line in GANGWAY.splitlines() if line.startswith("|"))
    (book.srcdir / "guide.md").write_text(GUIDE.replace("BEFORE", table))
    return book


def counts(text: str) -> list[str]:
    return re.findall(r"\d+ (?:finding|place|passage)s?", text)


def test_two_findings_in_one_passage_are_counted_alike(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built = book.build("html")
    assert len(built.warnings) == 2
    pages = {
        name: BeautifulSoup(built.read(f"{name}.html"), "html.parser")
        for name in ("index", "harbour", "guide")
    }
    bar = pages["harbour"].select_one(".revguide-marks-bar strong")
    assert bar is not None
    assert bar.text == "2 findings to revise in 1 passage"
    assert len(pages["harbour"].select(".revguide-mark")) == 1
    for name in ("index", "guide"):
        found = counts(pages[name].select_one("article, .body, main").get_text(" "))  # type: ignore[union-attr]
        assert found
        assert set(found) == {"2 findings"}
    report = json.loads(book.build("revguide").read("revguide.json"))
    assert sum(finding["flagged"] for finding in report["findings"]) == 2
    capsys.readouterr()
    path = tmp_path / "revguide.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    assert main(["report", "markdown", str(path)]) == 0
    assert counts(capsys.readouterr().out)[0] == "2 findings"
