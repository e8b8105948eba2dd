"""``sphinx-revguide patterns``, and how mistakes in pattern files are reported."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

import sphinxext_revguide.patterns as package
from sphinxext_revguide.cli import main
from sphinxext_revguide.patterns import load_files, load_library
from sphinxext_revguide.patterns.loader import load_text
from sphinxext_revguide.patterns.schema import pattern_schema

PACKAGE = Path(package.__file__).parent

OWN = """
[[pattern]]
id = "praise-list"
title = "List of praise"
what = "A list whose items only praise."
why = "Praise without a case persuades nobody."
instead = "Keep the one item that you can show."

[[pattern.form]]
shape = "list"
threshold = 2.0
needs = [{ signal = "says", weight = 1, lexicon = "praise", least = 2 }]
against = [{ signal = "friction", weight = 1.5 }]

[[pattern.example]]
flagged = true
text = '''
- A world-class harbour
- Seamless mooring
'''

[[pattern.example]]
flagged = false
text = '''
- A harbour for nine boats
- Mooring that takes two people
'''

[lexicon.praise]
words = ["world-class", "seamless*"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_list(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "list", "--patterns", str(own)]) == 0
    lines = capsys.readouterr().out.splitlines()
    ids = [line.split()[0] for line in lines]
    assert ids == sorted([*load_library().patterns, "praise-list"])
    assert main(["patterns", "list", "--family", "endings"]) == 0
    few = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in few] == ["summary-list-ending", "triumphant-ending"]


def test_the_examples_of_a_file_are_its_tests(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["patterns", "test", str(own)]) == 0
    assert capsys.readouterr().out == "2 of 2 examples pass\n"
    own.write_text(OWN.replace("flagged = false", "flagged = true"), encoding="utf-8")
    assert main(["patterns", "test", str(own)]) == 1
    assert capsys.readouterr().out == (
        f"{own}:22: example 2 of praise-list should be flagged and is not: "
        "no passage of its shape has all the signals that it needs\n1 of 2 examples pass\n"
    )


def test_the_shipped_examples_behave(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "test"]) == 0
    done, _of, every, *_rest = capsys.readouterr().out.split()
    assert done == every
    assert int(every) >= 2 * len(load_library().patterns)


def test_explain(tmp_path: Path, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n- A world-class harbour\n- Seamless mooring\n", encoding="utf-8")
    arguments = ["--patterns", str(own), "--pattern", "praise-list"]
    assert main(["patterns", "explain", f"{page}:4", *arguments]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"praise-list: flagged ({page}:3-4)",
        "  score 2, flagged from 2",
        "  List of praise: The text under “Page” says “world-class” and “seamless”",
        "  + the text says “world-class”, “seamless”",
        "  it would be excused by, for example:",
        "    The section names a difficulty: a caveat, a failure, a dispute, a doubt, a cost",
    ]
    assert main(["patterns", "explain", f"{page}:400", *arguments]) == 0
    assert "no pattern applies to this line; the page has 4 lines" in capsys.readouterr().out


def test_explain_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.rst"
    page.write_text("Page\n====\n\nThe drift of sand fills the harbour mouth.\n", encoding="utf-8")
    assert main(["patterns", "explain", f"{page}:4"]) == 0
    out = capsys.readouterr().out
    assert ": flagged" not in out


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        (["explain", "nowhere"], "write PAGE:LINE"),
        (["explain", "nowhere.md:1"], "cannot be read"),
        (["explain", "x.md:1", "--pattern", "hedgin"], "did you mean 'hedging'"),
        (["test", "nowhere.toml"], "nowhere.toml: the pattern file cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused(
    arguments: list[str], reported: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["patterns", *arguments]) == 2
    assert reported in capsys.readouterr().err


MISTAKES = [
    ('shape = "list"', 'shape = "lst"', 10, "shape 'lst'"),
    ("threshold = 2.0", "treshold = 2.0", 11, "did you mean 'threshold'?"),
    ('signal = "says"', 'signal = "say"', 12, "did you mean 'says'?"),
    ('lexicon = "praise"', 'lexicon = "prase"', 12, "did you mean 'praise'?"),
    ("least = 2", 'least = "two"', 12, "must be a whole number"),
    ('signal = "friction"', 'signal = "quantities", kind = "mony"', 13, "did you mean 'money'?"),
    ('words = ["world-class", "seamless*"]', "words = [1]", 30, "not a word"),
    ('words = ["world-class", "seamless*"]', "wrods = []", 30, "did you mean 'words'?"),
    ('id = "praise-list"', 'id = "Praise list"', 3, "joined by hyphens"),
    ('what = "A list whose items only praise."', "", 3, "has no 'what'"),
    ("flagged = false", 'flagged = false\nbudget = { Tide = "x" }', 24, "whole numbers"),
    (', lexicon = "praise"', "", 12, "has no 'lexicon'"),
    ("[lexicon.praise]", "[lexicon.other]", 12, "there is no lexicon 'praise'"),
    ("[[pattern.form]]", "[pattern.form]", 9, "write [[pattern.form]]"),
    (
        '[{ signal = "friction", weight = 1.5 }]',
        '{ signal = "friction", weight = 1.5 }',
        13,
        "write against = [{ ... }]",
    ),
    ("[lexicon.praise]", '[budget]\nxy = 1\n"tide" = "x"\n[lexicon.praise]', 31, "of 'tide'"),
    ("[lexicon.praise]", '[budget]\n"" = 3\n[lexicon.praise]', 29, "a budget has no term"),
    ('id = "praise-list"', "id = 3", 3, "pattern 3 must be a string"),
    ('shape = "list"', "shape = []", 10, "has no shape; name one of table, list"),
    (
        '[{ signal = "friction", weight = 1.5 }]',
        '["friction"]',
        13,
        "a signal under 'against' of pattern 'praise-list' is not a table",
    ),
    ('signal = "friction", ', "", 13, "a table under 'against' of pattern 'praise-list' has no"),
]


@pytest.mark.parametrize(("good", "bad", "line", "reported"), MISTAKES)
def test_a_mistake_is_reported_at_its_line(
    own: Path, good: str, bad: str, line: int, reported: str
) -> None:
    assert good in OWN
    own.write_text(OWN.replace(good, bad), encoding="utf-8")
    library, problems = load_files([own], load_library())
    assert [(problem.line, reported in problem.message) for problem in problems][:1] == [
        (line, True)
    ], problems
    assert set(load_library().patterns) <= set(library.patterns)


OTHER_MISTAKES = [
    ("budget = 3", 1, "'budget' in the file must be a table"),
    ("pattern = ['x']", 1, "a pattern is not a table"),
    ("[lexicon]\nx = 3\npraise = ['good']", 2, "lexicon 'x' is not a table; write [lexicon.x]"),
    ("[lexicon]\nx.words = ['y']\npraise = ['good']", 3, "lexicon 'praise' is not a table"),
    (
        "[[pattern]]\nid = 'a'\ntitle = 'a'\nwhat = 'a'\nwhy = 'a'\ninstead = 'a'\nform = []",
        7,
        "pattern 'a' has no form, so it finds nothing; add one",
    ),
    (
        "[[pattern]]\nid = 'a'\ntitle = 'a'\nwhat = 'a'\nwhy = 'a'\ninstead = 'a'\n"
        "yields_to = ['hedgin']\n[[pattern.form]]\nshape = 'list'",
        7,
        "there is no pattern 'hedgin' to yield to; did you mean 'hedging'?",
    ),
]


@pytest.mark.parametrize(("text", "line", "message"), OTHER_MISTAKES)
def test_nothing_in_a_file_is_left_out_silently(text: str, line: int, message: str) -> None:
    _library, problems = load_text("own.toml", text, load_library())
    first = problems[0]
    assert first.line == line
    assert first.message.startswith(message)
    assert "1,000,000" not in first.message


def test_a_pattern_may_yield_to_one_that_follows() -> None:
    other = OWN.replace("praise-list", "other").replace("[lexicon.praise]", "[lexicon.others]")
    text = OWN.replace("[[pattern.form]]", 'yields_to = ["other"]\n[[pattern.form]]', 1)
    library, problems = load_text("own.toml", text + other, load_library())
    assert problems == ()
    assert library.patterns["praise-list"].yields_to == ("other",)


@pytest.mark.parametrize("word", ["seam*less", "* harbour", "*less"])
def test_a_star_that_finds_nothing_is_reported(own: Path, word: str) -> None:
    own.write_text(OWN.replace("seamless*", word), encoding="utf-8")
    library, problems = load_files([own], load_library())
    assert [(problem.line, f"the '*' of {word!r}" in problem.message) for problem in problems] == [
        (30, True)
    ]
    assert "praise-list" in library.patterns


@pytest.mark.parametrize("word", ["seamless *", "a * harbour", "sea* moor*"])
def test_a_star_that_stands_for_an_ending_or_a_word_is_not_reported(own: Path, word: str) -> None:
    own.write_text(OWN.replace("seamless*", word), encoding="utf-8")
    assert load_files([own], load_library())[1] == ()


def test_the_published_schema_is_the_code_s() -> None:
    published = json.loads((PACKAGE / "schema.json").read_text(encoding="utf-8"))
    assert published == pattern_schema()


@pytest.mark.parametrize("path", sorted((PACKAGE / "packs").glob("*.toml")), ids=lambda p: p.name)
def test_the_packs_follow_the_schema(path: Path) -> None:
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), pattern_schema())


def test_the_schema_knows_mistakes() -> None:
    for good, bad, _line, _reported in MISTAKES:
        if "lexicon" not in good:  # a schema knows no names of lexicons
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(tomllib.loads(OWN.replace(good, bad)), pattern_schema())
    jsonschema.validate(tomllib.loads(OWN), pattern_schema())
