"""Every snippet that the documentation shows does what it says, in MyST and in reST.

``{example}`` is MyST shown in both languages: both are built, and say the same. The tutorial and
the README have tests of their own that type them in.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shlex
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from docutils import nodes
from sphinx.cmd.build import get_parser

from sphinxext_revguide.cli import command_parser, main
from sphinxext_revguide.config import VALUES
from sphinxext_revguide.importer import read_guide
from sphinxext_revguide.markup.review_file import read_review
from sphinxext_revguide.nodes import revguide_sample
from sphinxext_revguide.patterns import load_files, load_library
from sphinxext_revguide.sphinx.directives import DIRECTIVES
from tests.conftest import Book, Built
from tests.snippets import DOCS, ROOT, Snippet, all_snippets

sys.path.insert(0, str(DOCS))
from twins import as_rst

NewBook = Callable[..., Book]

ALL = all_snippets()
OURS = re.compile(rf"\{{(?:{'|'.join(DIRECTIVES)})\}}|% revguide:")

HARBOUR = (
    "# Harbour\n\nRoom for nine boats; the depth is 9.5 metres, at the quays 9.5 m and 12 m.\n"
)
OPENED = "```{revision-guide} harbour\n:chapters: harbour\n```\n\n"
NOT_VALUES = {"extensions", "external_toc_path", "nb_execution_mode"}
"""What Sphinx reads by itself, and values of extensions that are not installed for the tests:
sphinx-external-toc and MyST-NB."""
OTHER_PROGRAMS = {"cat", "cd", "gh", "git", "mkdir", "pip", "python3", "reviewdog", "."}


def of(*languages: str) -> list[Snippet]:
    found = [snippet for snippet in ALL if snippet.language in languages]
    assert found, languages
    return found


def test_no_snippet_is_of_a_kind_that_nothing_looks_at() -> None:
    shown_only = {"html", "lisp", "lua", "text"}
    page = {
        "{include}", "{literalinclude}", "{toctree}", "{image}", "{raw}", "{only}", "{code-block}",
        *(f"{{{name}}}" for name in DIRECTIVES),
    }  # fmt: skip
    tested = {"console", "json", "markdown", "md", "python", "toml", "yaml", "{example}"}
    assert {snippet.language for snippet in ALL} - shown_only - page == tested


# Directives


def page_of(snippet: Snippet) -> str:
    """Return a page that contains a snippet, with what a reader has around it."""
    text = snippet.text
    if "{before-after}" in text and "{revision-issue}" not in text:
        text = f"`````{{revision-issue}} Title\n{text}\n`````\n"
    belongs = ("{revision-issue}" in text) or ("{locked-preserve}" in text)
    opened = OPENED if belongs and "{revision-guide}" not in text else ""
    return f"# Page\n\n{opened}{text}"


def build(new_book: NewBook, name: str, page: str) -> Built:
    index = "# Index\n\n```{toctree}\nharbour\npage\n```\n"
    book = new_book(
        {"index.md": index, "harbour.md": HARBOUR, name: page},
        conf='revguide_flag = ["readiness-checklist"]',
    )
    if "locked-passage" in page:
        assert main(["lock", str(book.srcdir)]) == 0
    return book.build()


@pytest.mark.parametrize("snippet", of("{example}"), ids=str)
def test_an_example_says_the_same_in_both_languages(new_book: NewBook, snippet: Snippet) -> None:
    assert OURS.search(snippet.text)
    page = page_of(snippet)
    myst = build(new_book, "page.md", page)
    rst = build(new_book, "page.rst", as_rst(page) + "\n")
    assert (myst.warnings, rst.warnings) == ([], [])
    assert records(rst) == records(myst)
    assert tree(rst.doctree("page")) == tree(myst.doctree("page"))


def records(built: Built) -> list[object]:
    """Return what a page leaves in the domain, but for places and the languages' own markup."""
    page = built.domain.book.pages["page"]
    issues = [
        replace(
            issue, line=0, path="", digest="",
            pairs=tuple(
                replace(
                    pair, line=0, path="",
                    before=pair.before and replace(pair.before, line=0, text=""),
                    after=pair.after and replace(pair.after, line=0, text=""),
                )
                for pair in issue.pairs
            ),
        )
        for issue in page.issues
    ]  # fmt: skip
    guides = [
        replace(guide, line=0, path="", chapters_line=0)
        for guide in built.domain.book.guides
        if guide.docname == "page"
    ]
    locks = [(lock.guide, lock.text, lock.phrases) for lock in page.locks]
    passages = [(locked.name, locked.text) for locked in page.passages]
    allowances = [
        (allowance.patterns, allowance.reason, allowance.until) for allowance in page.allowances
    ]
    patterns = [pattern_page.id for pattern_page in page.patterns]
    found: list[object] = [issues, guides, locks, passages, allowances, patterns, page.shows_book]
    assert any(found)
    return found


def tree(document: nodes.document) -> list[str]:
    """Return the tree in one line a node, samples as drawn: its type, classes and text."""
    for sample in list(document.findall(revguide_sample)):
        sample[:] = sample.quoted()
    lines = []
    for node in document.findall():
        depth, above = 0, node.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        if isinstance(node, nodes.Text):
            words = " ".join(node.astext().split())
            lines += [f"{depth} {words}"] * bool(words)
        elif isinstance(node, nodes.Element) and not isinstance(
            node, nodes.colspec | nodes.comment
        ):
            classes = [entry for entry in node["classes"] if entry.startswith("revguide")]
            lines.append(f"{depth} {type(node).__name__} {classes}")
    return lines


@pytest.mark.parametrize(
    "snippet",
    [snippet for snippet in of("md") if OURS.search(snippet.text)],
    ids=str,
)
def test_a_page_of_directives_is_understood(new_book: NewBook, snippet: Snippet) -> None:
    reported = build(new_book, "page.md", page_of(snippet)).types()
    # Here the chapters are others, so that there is nothing to flag.
    assert reported == []


@pytest.mark.parametrize("snippet", of("markdown"), ids=str)
def test_an_editor_s_guide_is_imported(snippet: Snippet) -> None:
    guide = read_guide(snippet.text, name="GUIDE.md")
    assert [issue.issue.title for issue in guide.issues] == ["A checklist without a doubt"]
    assert all(pair.before and pair.after for issue in guide.issues for pair in issue.issue.pairs)
    assert guide.problems == ()


# Files


OTHER_TOML = re.compile(r"# [\w-]+\.toml\n")
"""How files of other programs begin; a pattern file needs no name."""


@pytest.mark.parametrize(
    "snippet", [each for each in of("toml") if OTHER_TOML.match(each.text)], ids=str
)
def test_a_file_of_another_program_is_valid_toml(snippet: Snippet) -> None:
    assert tomllib.loads(snippet.text)


@pytest.mark.parametrize(
    "snippet", [each for each in of("toml") if not OTHER_TOML.match(each.text)], ids=str
)
def test_a_pattern_file_has_no_mistake(tmp_path: Path, snippet: Snippet) -> None:
    path = tmp_path / "patterns.toml"
    path.write_text(snippet.text, encoding="utf-8")
    shipped = load_library()
    library, problems = load_files([path], shipped)
    assert problems == ()
    assert len(library.patterns) > len(shipped.patterns) or library.budgets
    assert main(["patterns", "test", str(path)]) == 0


@pytest.mark.parametrize("snippet", of("python"), ids=str)
def test_a_configuration_contains_known_values(new_book: NewBook, snippet: Snippet) -> None:
    values = new_book({"index.md": "# Index\n"}).build("dummy").app.config
    names = list(_assigned(ast.parse(snippet.text)))
    assert names
    assert [name for name in names if name not in values and name not in NOT_VALUES] == []
    exec(compile(snippet.text, str(snippet), "exec"), {})  # noqa: S102 -- it is our own


def _assigned(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


# Commands


def commands() -> Iterator[tuple[str, str]]:
    """Yield each command that is shown, with its place: in consoles, and in files of CI systems."""
    for snippet in of("console"):
        for command in re.findall(r"^\$ (.+)$", snippet.text, re.MULTILINE):
            yield str(snippet), command
    for snippet in of("yaml"):
        for command in _scripts(yaml.safe_load(snippet.text)):
            yield str(snippet), command
    for snippet in of("json"):
        settings = json.loads(snippet.text)
        words = [word for word in (*_task(settings), *_server(settings)) if word]
        if words:
            yield str(snippet), " ".join(words)
        else:
            assert read_review(snippet.text).decisions, snippet


def _task(settings: dict[str, Any]) -> list[str]:
    """Return the command of a task, from the settings of an editor."""
    command = settings.get("command")
    return [command, *settings.get("args", ())] if command else []


def _server(settings: dict[str, Any]) -> list[str]:
    """Return the command of a language server, from the settings of an editor."""
    command = settings.get("glspc.server.command")
    return [command, *settings["glspc.server.commandArguments"]] if command else []


def _scripts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _scripts(entry)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("run", "script"):
                yield from [item] if isinstance(item, str) else item
            elif key == "entry":
                # pre-commit gives it the files.
                yield f"{item} harbour.md"
            else:
                yield from _scripts(item)


@pytest.mark.parametrize(("place", "command"), list(commands()))
def test_a_command_is_one_that_exists(
    place: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(command.partition("#")[0])
    while re.match(r"[A-Z_]+=", words[0]):
        del words[0]
    program, arguments = words[0], words[1:]
    for stop in ("<", ">", ">>", "|"):
        if stop in arguments:
            arguments = arguments[: arguments.index(stop)]
    if program == "sphinx-revguide":
        assert command_parser().parse_args(arguments).run
    elif program == "sphinx-build":
        given = get_parser().parse_args(arguments)
        assert given.sourcedir
        assert all("=" in entry for entry in given.define)
    elif program == "jupyter-book":
        assert arguments == ["config", "sphinx", "."]
    elif program == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert {argument for argument in arguments if "=" not in argument} <= set(targets)
    else:
        assert program in OTHER_PROGRAMS, place


@pytest.mark.parametrize("snippet", of("yaml"), ids=str)
def test_values_in_a_jupyter_book_s_configuration_exist(snippet: Snippet) -> None:
    settings = yaml.safe_load(snippet.text).get("sphinx", {})
    names = {value.name for value in VALUES}
    assert set(settings) <= {"extra_extensions", "config"}
    assert {
        setting for setting in settings.get("config", ()) if setting.startswith("revguide")
    } <= names


def test_a_command_that_does_not_exist_would_be_found() -> None:
    with pytest.raises((SystemExit, argparse.ArgumentError)):
        command_parser().parse_args(["baselines", "docs"])
    with pytest.raises(SystemExit):
        get_parser().parse_args(["--no-such-option", "docs", "out"])


# The translation itself


def test_what_is_not_closed_is_not_translated() -> None:
    with pytest.raises(ValueError, match="nothing closes"):
        as_rst("```{revision-guide} harbour\n:chapters: harbour\n")
