"""Text that Sphinx reads from elsewhere is judged like any other, with its own file and lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Book, needs
from tests.host_books import ipynb

NewBook = Callable[..., Book]

BEFORE = (
    "The gangway lowers in thirty seconds, and every lifejacket was counted twice on that morning."
)
AFTER = "On Tuesday the gangway stuck for the third time; a deckhand kicked the winch."
TABLE = {
    "md": "| Check | State |\n|---|---|\n| Gangway | ✅ Pass |\n| Gates | ✅ Pass |\n"
    "| Marshals | ✅ Pass |\n\nAll checks are satisfied.\n",
    "rst": ".. list-table::\n   :header-rows: 1\n\n   * - Check\n     - State\n   * - Gangway\n"
    "     - ✅ Pass\n   * - Gates\n     - ✅ Pass\n   * - Marshals\n     - ✅ Pass\n\n"
    "All checks are satisfied.\n",
}
GUIDE = f"""\
# Guide

```{{revision-guide}} ferry
:chapters: CHAPTER
```

````{{revision-issue}} Gangway
:patterns: readiness-checklist

```{{before-after}}
{BEFORE}

+++

{AFTER}
```
````

```{{locked-preserve}}
- `Dues are paid before noon`
```
"""


def chapter(suffix: str) -> str:
    title = "# Harbour\n" if suffix == "md" else "Harbour\n=======\n"
    return f"{title}\nDues *are paid* before noon.\n\n{BEFORE}\n\n{TABLE[suffix]}"


def book_in_repository(new_book: NewBook, docname: str) -> Book:
    """Return a book whose source directory is a folder of a repository."""
    book = new_book(
        {
            "index.md": f"# Book\n\n```{{toctree}}\nguide\n{docname}\n```\n",
            "guide.md": GUIDE.replace("CHAPTER", docname),
        }
    )
    (book.srcdir.parent / ".git").mkdir()
    return book


def outside(book: Book, name: str, suffix: str) -> Path:
    path = book.srcdir.parent / f"{name}.{suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_text(chapter(suffix), encoding="utf-8")
    return path


def include(book: Book, suffix: str) -> tuple[str, str]:
    outside(book, "README", suffix)
    text = "```{include} ../README.md\n```\n" if suffix == "md" else ".. include:: ../README.rst\n"
    book.write(f"harbour.{suffix}", text)
    return "harbour", f"../README.{suffix}"


def linked_file(book: Book, suffix: str) -> tuple[str, str]:
    path = outside(book, "README", suffix)
    (book.srcdir / f"harbour.{suffix}").symlink_to(path)
    return "harbour", f"harbour.{suffix}"


def linked_folder(book: Book, suffix: str) -> tuple[str, str]:
    outside(book, "texts/harbour", suffix)
    (book.srcdir / "chapters").symlink_to(book.srcdir.parent / "texts")
    return "chapters/harbour", f"chapters/harbour.{suffix}"


@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize(
    ("place", "docname"),
    [(include, "harbour"), (linked_file, "harbour"), (linked_folder, "chapters/harbour")],
)
def test_text_from_outside_is_checked(
    new_book: NewBook, suffix: str, place: Callable[[Book, str], tuple[str, str]], docname: str
) -> None:
    book = book_in_repository(new_book, docname)
    name, path = place(book, suffix)
    built = book.build("revguide", revguide_reports=["gitlab", "github"])
    report: Any = json.loads(built.read("revguide.json"))
    text = chapter(suffix).split("\n")
    standing = text.index(BEFORE) + 1
    [lock] = report["locks"]
    dues = text.index("Dues *are paid* before noon.") + 1
    assert lock["phrases"][0]["found"] == [{"docname": name, "line": dues}]
    assert report["issues"][0]["progress"] == "standing"
    places = {entry["pattern"]: (entry["path"], entry["line"]) for entry in report["findings"]}
    assert places["standing"] == (path, standing)
    assert places["readiness-checklist"][0] == path
    in_repository = path.removeprefix("../") if path.startswith("../") else f"src/{path}"
    named = {load["location"]["path"] for load in json.loads(built.read("revguide-gitlab.json"))}
    assert named == {in_repository, "src/guide.md"}


HIDDEN = {
    "md": {
        "ifconfig": "```{ifconfig} not printed == 'yes'\nTEXT\n```",
        "ifconfig that fails": "```{ifconfig} no_such_name\nTEXT\n```",
        "only": "```{only} latex\nTEXT\n```",
        "comment": "% TEXT",
        "html comment": "<!-- TEXT -->",
    },
    "rst": {
        "ifconfig": ".. ifconfig:: not printed == 'yes'\n\n   TEXT",
        "only": ".. only:: latex\n\n   TEXT",
        "comment": ".. TEXT",
    },
}
SHOWN = {
    "md": {
        "ifconfig": "```{ifconfig} printed == 'yes'\nTEXT\n```",
        "only": "```{only} html\nTEXT\n```",
    },
    "rst": {
        "ifconfig": ".. ifconfig:: printed == 'yes'\n\n   TEXT",
        "only": ".. only:: html\n\n   TEXT",
    },
}
CONF = (
    'extensions.append("sphinx.ext.ifconfig")\n'
    'def setup(app): app.add_config_value("printed", "yes", "env")\n'
)


def parts(
    table: dict[str, dict[str, str]],
) -> list[tuple[str, str, str]]:
    return [(suffix, kind, text) for suffix, kinds in table.items() for kind, text in kinds.items()]


def conditional_book(new_book: NewBook, suffix: str, part: str) -> Book:
    title = "# Harbour\n" if suffix == "md" else "Harbour\n=======\n"
    text = f"{BEFORE} Dues are paid before noon."
    return new_book(
        {
            "index.md": "# Book\n\n```{toctree}\nguide\nharbour\n```\n",
            "guide.md": GUIDE.replace("CHAPTER", "harbour"),
            f"harbour.{suffix}": f"{title}\n{part.replace('TEXT', text)}\n\nThe end.\n",
        },
        conf=CONF,
    )


def verdicts(book: Book, builder: str) -> tuple[str, str]:
    made = book.build(builder).domain.book
    return made.progress(made.issues[0]), made.lock_states[0].state


@pytest.mark.parametrize(("suffix", "kind", "part"), parts(HIDDEN))
@pytest.mark.parametrize("builder", ["html", "revguide"])
def test_what_a_build_leaves_out_is_not_there(
    new_book: NewBook, suffix: str, kind: str, part: str, builder: str
) -> None:
    book = conditional_book(new_book, suffix, part)
    assert verdicts(book, builder) == ("not-found", "missing")


@pytest.mark.parametrize(("suffix", "kind", "part"), parts(SHOWN))
@pytest.mark.parametrize("builder", ["html", "revguide"])
def test_what_a_build_shows_is_there(
    new_book: NewBook, suffix: str, kind: str, part: str, builder: str
) -> None:
    book = conditional_book(new_book, suffix, part)
    assert verdicts(book, builder) == ("standing", "kept")


def test_a_page_is_read_again_by_a_builder_that_shows_other_parts(new_book: NewBook) -> None:
    book = conditional_book(new_book, "md", SHOWN["md"]["only"])
    assert verdicts(book, "html") == ("standing", "kept")
    assert verdicts(book, "latex") == ("not-found", "missing")
    assert verdicts(book, "html") == ("standing", "kept")


def test_words_of_a_notebook_are_those_that_readers_read(new_book: NewBook) -> None:
    needs("myst_nb")
    book = new_book(
        {
            "index.md": "# Book\n\n```{toctree}\nguide\nharbour\n```\n",
            "guide.md": GUIDE.replace("CHAPTER", "harbour")
            + "\n```{locked-preserve}\n- `the winch is oiled`\n```\n",
            "harbour.ipynb": ipynb(
                "# Harbour\n\n% the winch is oiled",
                "%time\n1 + 1",
                f"Dues [are *paid*](x.md) before\nnoon[^a].\n\n{BEFORE}\n\n[^a]: Always.",
            ),
        }
    )
    book.write(
        "conf.py", 'extensions = ["myst_nb", "sphinxext_revguide"]\nnb_execution_mode = "off"\n'
    )
    report: Any = json.loads(book.build("revguide").read("revguide.json"))
    lines = (book.srcdir / "harbour.ipynb").read_text(encoding="utf-8").split("\n")
    found = {entry["text"]: entry["phrases"][0]["found"] for entry in report["locks"]}
    dues, standing = (
        next(number for number, line in enumerate(lines, 1) if start in line)
        for start in ("Dues", "The gangway")
    )
    assert [entry["line"] for entry in found["Dues are paid before noon"]] == [dues]
    assert found["the winch is oiled"] == []
    assert report["issues"][0]["samples"][0]["where"]["line"] == standing
