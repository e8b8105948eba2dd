"""Guides and chapters in notebooks of MyST-NB: lines are those of the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes

from sphinxext_revguide.cli import main
from sphinxext_revguide.markup.notebooks import markdown_lines
from tests.conftest import CHECKLIST, Book, needs
from tests.host_books import CODE, GUIDE, HEAD, MORE, PATTERN, SECTION, TOP, ipynb, line_of, places

NewBook = Callable[..., Book]
PASSAGE = "```{locked-passage} dues\nDues are paid\nbefore noon.\n```\n"
NOTEBOOK = {
    "index.md": "# Book\n\n```{toctree}\nchapter\nguide\n```\n",
    "guide.md": GUIDE,
}


def notebook_book(new_book: NewBook, files: dict[str, str]) -> Book:
    needs("myst_nb")
    book = new_book(NOTEBOOK | files)
    book.write(
        "conf.py",
        'extensions = ["myst_nb", "sphinxext_revguide"]\nnb_execution_mode = "off"\n'
        'suppress_warnings = ["myst-nb.lexer"]\n',
    )
    return book


@pytest.mark.parametrize("blank", [0, 1, 2, 5])
@pytest.mark.parametrize(
    "break_", [CODE, "+++\n", CODE + "\n" + CODE, '+++ {"tags": []}\n\n\n+++\n']
)
def test_lines_of_a_markdown_notebook(new_book: NewBook, break_: str, blank: int) -> None:
    gap = "\n" * blank
    text = f"{TOP}{gap}# Terminal\n\n{SECTION}\n{break_}{gap}{SECTION}\n{break_}{gap}{PASSAGE}"
    book = notebook_book(new_book, {"chapter.md": text})
    built = book.build()
    lines = [line_of(book, "chapter.md", HEAD, nth) for nth in (0, 1)]
    assert places(built, PATTERN) == [("chapter.md", line) for line in lines]
    passage = line_of(book, "chapter.md", "{locked-passage}")
    assert places(built, "revguide.passage") == [("chapter.md", passage)]
    assert 'class="revguide-issue' in built.read("guide.html")


@pytest.mark.parametrize("parallel", [1, 2])
def test_lines_of_a_notebook_are_those_of_its_file(new_book: NewBook, parallel: int) -> None:
    cells = ("# Terminal\n\nText.", "%time\n1 + 1", SECTION, SECTION, f"Last.\n\n{PASSAGE}")
    more = {f"{name}.md": f"---\norphan: true\n---\n{text}" for name, text in MORE.items()}
    book = notebook_book(new_book, {"chapter.ipynb": ipynb(*cells)} | more)
    built = book.build("revguide", parallel=parallel)
    lines = [line_of(book, "chapter.ipynb", HEAD, nth) for nth in (0, 1)]
    assert places(built, PATTERN) == [("chapter.ipynb", line) for line in lines]
    passage = line_of(book, "chapter.ipynb", "{locked-passage}")
    assert places(built, "revguide.passage") == [("chapter.ipynb", passage)]
    report = json.loads(built.read("revguide.json"))
    kept, missing = (entry["phrases"][0]["found"] for entry in report["locks"])
    assert kept == [{"docname": "chapter", "line": passage + 1}]
    assert missing == []
    where = report["issues"][0]["samples"][0]["where"]
    assert where == {"docname": "chapter", "line": line_of(book, "chapter.ipynb", "## Opening")}
    [size] = [row for row in report["chapters"] if row["docname"] == "chapter"]
    assert size["bytes"] == len("\n\n".join(cells).encode())


@pytest.mark.parametrize("shape", [{"indent": None}, {"joined": True}])
def test_a_notebook_in_another_shape_still_has_lines(
    new_book: NewBook, shape: dict[str, Any]
) -> None:
    text = ipynb("# Terminal", SECTION, PASSAGE, **shape)
    book = notebook_book(new_book, {"chapter.ipynb": text})
    built = book.build()
    line = line_of(book, "chapter.ipynb", HEAD)
    assert places(built, PATTERN) == [("chapter.ipynb", line)]
    assert len(places(built, "revguide.locked")) == 1


def test_an_allowance_in_a_notebook_covers_what_it_should(new_book: NewBook) -> None:
    allow = "% revguide: allow readiness-checklist -- the harbour master's form\n\n"
    wrapped = f"````{{revision-allow}} readiness-checklist\n:reason: a form\n\n{CHECKLIST}\n````\n"
    cells = ("# Terminal", allow + CHECKLIST, SECTION, f"## Winter readiness\n\n{wrapped}")
    for name, text in {
        "chapter.ipynb": ipynb(*cells),
        "chapter.md": TOP + f"\n{CODE}\n\n".join(cells),
    }.items():
        book = notebook_book(new_book, {name: text})
        built = book.build()
        assert places(built, PATTERN) == [(name, line_of(book, name, HEAD, 1))]
        assert not places(built, "revguide.allowance")


def test_a_guide_in_a_notebook(new_book: NewBook) -> None:
    guide = GUIDE.replace(
        "\n````{revision-issue} Another", f"\n{CODE}\n\n````{{revision-issue}} Another"
    )
    book = notebook_book(
        new_book, {"chapter.md": f"# Terminal\n\n{SECTION}", "guide.md": TOP + guide}
    )
    built = book.build()
    issues = [line_of(book, "guide.md", "{revision-issue}", nth) for nth in (0, 1)]
    assert [issue.line for issue in built.domain.book.issues] == issues
    assert [issue.pairs[0].line for issue in built.domain.book.issues if issue.pairs] == [
        line_of(book, "guide.md", "{before-after}")
    ]
    lock = line_of(book, "guide.md", "a lighthouse")
    assert ("guide.md", lock) in places(built, "revguide.locked")
    assert places(built, "revguide.option") == [
        ("guide.md", line_of(book, "guide.md", ":effort: some"))
    ]
    assert "revguide-lock" in built.read("guide.html")


def test_a_page_of_markdown_keeps_its_lines_beside_notebooks(new_book: NewBook) -> None:
    book = notebook_book(new_book, {"chapter.md": f"# Terminal\n\n{SECTION}\n{PASSAGE}"})
    built = book.build()
    assert places(built, PATTERN) == [("chapter.md", line_of(book, "chapter.md", HEAD))]
    [section] = [
        node.line
        for node in built.doctree("chapter").findall(nodes.section)
        if node.astext().startswith("Opening")
    ]
    assert section == line_of(book, "chapter.md", "## Opening")


@pytest.mark.parametrize("empty", [[], "", [""]])
def test_an_empty_cell_has_its_place(new_book: NewBook, empty: object) -> None:
    notebook = json.loads(ipynb("# Terminal", "% code", SECTION))
    notebook["cells"][1]["source"] = empty
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": empty})
    book = notebook_book(new_book, {"chapter.ipynb": json.dumps(notebook, indent=1)})
    assert places(book.build(), PATTERN) == [
        ("chapter.ipynb", line_of(book, "chapter.ipynb", HEAD))
    ]


def test_a_notebook_as_a_page_of_markdown() -> None:
    text = ipynb("# Terminal\n\nWords.", "%a\n```\n# b", "## Later")
    lines = markdown_lines(text)
    assert [line for _number, line in lines] == [
        "# Terminal", "", "Words.", "", "````", "%a", "```", "# b", "````", "", "## Later", "",
    ]  # fmt: skip
    file = text.splitlines()
    assert all(
        json.dumps(line)[1:-1] in file[number - 1] for number, line in lines if "`" not in line
    )
    assert markdown_lines("no notebook") == []
    raw = text.replace('"code"', '"raw"')
    assert "%a" not in [line for _number, line in markdown_lines(raw)]


def test_a_pattern_is_explained_at_a_line_of_a_notebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "chapter.ipynb"
    page.write_text(ipynb("# Terminal", "%code", SECTION), "utf-8")
    lines = page.read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if HEAD in text)
    assert main(["patterns", "explain", f"{page}:{line}"]) == 0
    shown = capsys.readouterr().out
    assert f"readiness-checklist: flagged ({page}:{line}-" in shown


@pytest.mark.parametrize("cells", ['[{"cell_type": "code"}]', '[["code"]]', "3", "[3]"])
def test_cells_of_another_shape_have_no_lines(cells: str) -> None:
    assert markdown_lines(f'{{"cells": {cells}}}') == []
