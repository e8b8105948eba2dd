"""A pattern file with a mistake: that is reported, and nothing that only follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived.baseline_state import BASELINE_FILE
from sphinxext_revguide.book.derived.verdicts import VERDICT_FILE
from sphinxext_revguide.cli import main
from sphinxext_revguide.patterns import load_files, load_library
from sphinxext_revguide.patterns.loader import load_text
from tests.conftest import Book

NewBook = Callable[..., Book]

OWN = """\
[[pattern]]
id = "own-hedges"
title = "Hedges"
what = "a"
why = "b"
instead = "c"

[[pattern.form]]
shape = "list"
needs = [{ signal = "says", lexicon = "hedges" }]

[lexicon.hedges]
words = ["perhaps"]
"""
FINDS = OWN.replace('"list"', '"list"\nthreshold = 1.0').replace('"says",', '"says", weight = 2,')
"""The same, with a score that its one word reaches."""
PAGES = {
    "md": """\
        # Book

        ```{revision-guide} g
        ```

        ```{revision-issue} Hedges
        :patterns: own-hedges

        Too many.
        ```

        ```{revision-pattern} own-hedges
        ```

        % revguide: allow own-hedges -- they are quoted

        Some text.
        """,
    "rst": """\
        Book
        ====

        .. revision-guide:: g

        .. revision-issue:: Hedges
           :patterns: own-hedges

           Too many.

        .. revision-pattern:: own-hedges

        .. revguide: allow own-hedges -- they are quoted

        Some text.
        """,
}
CONF = 'revguide_patterns = ["own.toml"]\nrevguide_flag = ["own-hedges"]\n'
VERDICT = {
    "fingerprint": "0" * 16, "verdict": "no-finding", "reason": "It is quoted.", "by": "Ann",
    "date": "2026-05-01", "pattern": "own-hedges", "docname": "index", "section": "Book",
    "content": "1" * 16,
}  # fmt: skip
BROKEN = {
    "syntax": (OWN.replace('"Hedges"', '"Hedges'), 3, "the file is not valid TOML"),
    "a mistake": (OWN.replace("why = ", "wyh = "), 5, "unknown key 'wyh'"),
    "an empty lexicon": (OWN.replace('"perhaps"', ""), 13, "lexicon 'hedges' is empty; add words"),
    "a broken lexicon": (OWN.replace("words", "wrods"), 13, "unknown key 'wrods'"),
    "a shape": (OWN.replace('"list"', '"lst"'), 9, "shape 'lst'"),
    "a signal": (OWN.replace('"says"', '"sayz"'), 10, "'sayz', which does not exist"),
    "no file": (None, 1, "the pattern file cannot be read"),
}


def written(book: Book, text: str | None) -> Path:
    path = book.srcdir / "own.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    (book.srcdir / VERDICT_FILE).write_text(json.dumps(VERDICT) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("kind", ["md", "rst"])
def test_only_the_mistake_of_a_pattern_file_is_reported(
    new_book: NewBook, kind: str, name: str
) -> None:
    text, line, message = BROKEN[name]
    book = new_book({f"index.{kind}": PAGES[kind]}, CONF)
    written(book, text)
    reported = book.build().warnings
    assert {warning.type for warning in reported} == {"revguide.pattern_file"}
    about = [(each.path, each.line) for each in reported if message in each.text]
    assert about == [("own.toml", line)]


def test_a_name_that_no_pattern_file_has_is_reported(new_book: NewBook) -> None:
    page = PAGES["md"].replace(":patterns: own-hedges", ":patterns: own-hegdes")
    book = new_book({"index.md": page}, CONF)
    written(book, BROKEN["syntax"][0])
    reported = {warning.type: warning.text for warning in book.build().warnings}
    assert set(reported) == {"revguide.pattern_file", "revguide.unknown_pattern"}
    assert "there is no pattern 'own-hegdes'" in reported["revguide.unknown_pattern"]


def test_a_misspelled_name_is_reported_while_a_file_cannot_be_read(new_book: NewBook) -> None:
    page = PAGES["md"].replace(":patterns: own-hedges", ":patterns: readiness-chekclist, own-list")
    book = new_book({"index.md": page}, CONF)
    written(book, None)
    reported = {warning.type: warning.text for warning in book.build().warnings}
    assert set(reported) == {"revguide.pattern_file", "revguide.unknown_pattern"}
    assert (
        "there is no pattern 'readiness-chekclist'; did you mean 'readiness-checklist'? "
        "A pattern file that cannot be read may define it, too"
    ) in reported["revguide.unknown_pattern"]


def test_a_pattern_with_a_mistake_in_one_form_finds_nothing(new_book: NewBook) -> None:
    second = (
        '[[pattern.form]]\nshape = "list"\nneeds = [{ signal = "itemz" }, { signal = "items" }]\n'
    )
    book = new_book({"index.md": "# Quay\n\n- perhaps a pier\n- a mole\n"}, CONF)
    own = FINDS.replace("[lexicon", f"{second}\n[lexicon", 1)
    book.write("own.toml", own.replace("itemz", "items"))
    assert book.build("dummy", revguide_flag=["own-hedges"]).types() == ["revguide.own-hedges"]
    book.write("own.toml", own)
    built = book.build("dummy", revguide_flag=["own-hedges"])
    assert built.types() == ["revguide.pattern_file"]


@pytest.mark.parametrize("name", ["readiness-checklist-2", "cost-review", "own-hedges"])
def test_another_name_may_be_in_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    library, _problems = load_files([tmp_path / "none.toml"], load_library())
    assert not library.lacks(name)
    assert library.is_left_out(name)


def test_verdicts_on_a_pattern_that_is_left_out_are_not_pruned(new_book: NewBook) -> None:
    book = new_book({"index.md": PAGES["md"]}, CONF)
    written(book, BROKEN["syntax"][0])
    assert main(["verdict", "--prune", "--source", str(book.srcdir)]) == 0
    assert "own-hedges" in (book.srcdir / VERDICT_FILE).read_text()
    written(book, OWN)
    assert main(["verdict", "--prune", "--source", str(book.srcdir)]) == 0
    assert "own-hedges" not in (book.srcdir / VERDICT_FILE).read_text()


@pytest.mark.parametrize("empty", ["words = []", "weights = {}", 'weights = ""', "words = ['']"])
def test_a_lexicon_without_a_word_is_no_lexicon(tmp_path: Path, empty: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace('words = ["perhaps"]', empty), encoding="utf-8")
    library, problems = load_files([path], load_library())
    assert [(problem.path, problem.line) for problem in problems] == [(str(path), 13)]
    assert "own-hedges" not in library.patterns
    assert "hedges" not in library.lexicons


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (None, 1, "cannot be read"),
        ("[[pattern]]\nid = 'x'\ntitle = \n", 3, "not valid TOML"),
        (("[[pattern]]\nid = 'x'\ntitel = 'T'\ntitle = 'T'\nwhat = 'w'\nwhy = 'w'\n"
         "instead = 'i'\nform = []\n"), 3, "did you mean 'title'?"),
        ("[[pattern]]\nid = 'x'\ntitle = 'T'\n", 2, "has no 'what'"),
        (("[[pattern]]\nid = 'x'\ntitle = 'T'\nwhat = 'w'\nwhy = 'w'\ninstead = 'i'\n\n"
         "[[pattern.form]]\nshape = 'list'\nneeds = [{ signal = 'sayz' }]\n"), 10, "'says'"),
        (("[[pattern]]\nid = 'x'\ntitle = 'T'\nwhat = 'w'\nwhy = 'w'\ninstead = 'i'\n\n"
         "[[pattern.form]]\nshape = 'lst'\n"), 9, "not one of table"),
        (("[[pattern]]\nid = 'x'\ntitle = 'T'\nwhat = 'w'\nwhy = 'w'\ninstead = 'i'\n\n"
         "[[pattern.form]]\nshape = 'list'\nneeds = [{ signal = 'says', lexicon = 'decisoin' }]\n"),
         10, "did you mean 'decision'?"),
    ],
)  # fmt: skip
def test_a_pattern_file_with_a_mistake(
    new_book: NewBook, text: str | None, line: int, words: str
) -> None:
    book = new_book({"index.md": "# B\n"})
    if text is not None:
        (book.srcdir / "own.toml").write_text(text, encoding="utf-8")
    built = book.build(revguide_patterns=["own.toml"])
    reported = [build_warning for build_warning in built.warnings if words in build_warning.text]
    assert [
        (build_warning.path, build_warning.line, build_warning.type) for build_warning in reported
    ] == [("own.toml", line, "revguide.pattern_file")]


def test_an_update_of_the_baseline_keeps_what_a_mistake_leaves_out(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = 'revguide_patterns = ["own.toml"]\nrevguide_flag = ["own-hedges"]\n'
    page = "# Quay\n\n- perhaps a pier\n- a mole\n"
    book = new_book({"index.md": page, "own.toml": FINDS}, conf)
    source = str(book.srcdir)
    assert main(["baseline", source]) == 0
    baseline = (book.srcdir / BASELINE_FILE).read_text("utf-8")
    assert baseline.count("own-hedges") == 1
    book.write("own.toml", FINDS.replace('"list"', '"lst"'))
    assert main(["baseline", source, "--update"]) == 0
    assert (book.srcdir / BASELINE_FILE).read_text("utf-8") == baseline
    book.write("own.toml", FINDS)
    book.write("index.md", "# Quay\n\n- a mole\n")
    capsys.readouterr()
    assert main(["baseline", source, "--update"]) == 0
    assert "1 fixed and removed; 0 known" in capsys.readouterr().out


TWO = f"""{OWN}
[[pattern]]
id = "other"
title = "t"
what = "w"
why = "y"
instead = "i"

[[pattern.form]]
shape = "list"
threshold = 1.0

[[pattern.form]]
shape = "list"
needs = [{{ signal = "says", weight = 1, lexicon = "hedges" }}]
against = [{{ signal = "friction", weight = 2 }}]
threshold = 3.0

[[pattern.example]]
text = "one"
flagged = true

[[pattern.example]]
text = "two"
flagged = false
"""


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("threshold = 3.0", "threshold = 'x'", "threshold = 'x'"),
        ("weight = 2", "weight = nan", "weight = nan"),
        ('id = "other"', 'id = "own-hedges"', 'id = "own-hedges"'),
        ("flagged = false", "", "[[pattern.example]]"),
    ],
)
def test_a_mistake_in_the_second_of_two_tables_has_its_line(
    right: str, wrong: str, line: str
) -> None:
    text = TWO.replace(right, wrong)
    _library, (problem,) = load_text("own.toml", text, load_library())
    last = max(i for i, one in enumerate(text.split("\n"), 1) if line in one)
    assert problem.line == last
