"""Each pattern has two limits; which one holds depends on who asks, and an author may move it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.patterns import load_files, load_library
from tests.conftest import Book, Built

NewBook = Callable[..., Book]

OWN = """[[pattern]]
id = "asks"
title = "Asks"
what = "A question."
why = "It is open."
instead = "Answer it."

[[pattern.form]]
shape = "section"
threshold = 1.0
strict = 2.0
for = [
  { signal = "questions", weight = 1.5 },
  { signal = "code", weight = 1 },
]
"""
CODE = "```\nmoor\n```\n"
INDEX = "# Book\n\n```{toctree}\nnear\nsure\nguide\n```\n"
NEAR = "# Near\n\nWho pays for the pilot?\n"
SURE = f"# Sure\n\nWho pays for the tug?\n\n{CODE}"
GUIDE = """# Guide

```{revision-guide} harbour
:chapters: near
```

````{revision-issue} Questions
:patterns: asks

Answer them.
````
"""


def book(new_book: NewBook, guide: str = GUIDE, **config: object) -> Built:
    files = {"index.md": INDEX, "near.md": NEAR, "sure.md": SURE, "guide.md": guide}
    values = {"revguide_patterns": ["own.toml"], **config}
    conf = "".join(f"{name} = {value!r}\n" for name, value in values.items())
    return new_book({**files, "own.toml": OWN}, conf).build("revguide")


def findings(built: Built) -> dict[str, tuple[bool, str]]:
    report = json.loads(built.read("revguide.json"))
    return {
        entry["docname"]: (entry["flagged"], entry["limit"])
        for entry in report["findings"]
        if entry["pattern"] == "asks"
    }


def test_an_issue_looks_at_the_sensitive_limit_and_a_sweep_at_the_strict_one(
    new_book: NewBook,
) -> None:
    assert findings(book(new_book)) == {"near": (True, "sensitive"), "sure": (False, "strict")}
    swept = book(new_book, guide="# Guide\n", revguide_flag=["asks"])
    assert findings(swept) == {"near": (False, "sensitive"), "sure": (True, "strict")}


def test_an_issue_may_look_at_the_strict_limit(new_book: NewBook) -> None:
    strict = GUIDE.replace(":patterns: asks", ":patterns: asks\n:sensitivity: strict")
    assert findings(book(new_book, strict))["near"] == (False, "sensitive")
    sure = strict.replace(":chapters: near", ":chapters: sure")
    assert findings(book(new_book, sure))["sure"] == (True, "strict")
    wrong = book(new_book, GUIDE.replace(":patterns: asks", ":sensitivity: loud"))
    assert [
        build_warning.line
        for build_warning in wrong.warnings
        if "'loud' is unknown" in build_warning.text
    ] == [8]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("strict", {"sure": (True, "strict")}),
        ("sensitive", {"near": (True, "strict"), "sure": (True, "strict")}),
        (1, {"sure": (False, "sensitive")}),
        (-0.5, {"near": (True, "strict"), "sure": (True, "strict")}),
        (2, {}),
    ],
)
def test_an_author_moves_the_limits(new_book: NewBook, wanted: object, expected: object) -> None:
    flag = ["asks"]
    built = book(new_book, "# Guide\n", revguide_flag=flag, revguide_sensitivity={"asks": wanted})
    assert findings(built) == expected


def test_what_is_not_understood_is_reported_and_the_rest_kept(new_book: NewBook) -> None:
    wanted = {"asks": "strict", "go-no-go": "loud", "term-overuse": True}
    built = book(new_book, revguide_sensitivity=wanted)
    reported = [
        build_warning.text
        for build_warning in built.warnings
        if build_warning.type == "revguide.config"
    ]
    assert len(reported) == 2
    assert "revguide_sensitivity['go-no-go'] is 'loud', which is not valid" in reported[0]
    assert findings(built) == {"sure": (False, "strict")}


def test_a_strict_limit_below_the_other_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace("strict = 2.0", "strict = 0.5"), encoding="utf-8")
    library, problems = load_files([path], load_library())
    assert [(problem.line, problem.message) for problem in problems] == [
        (11, "'strict' of pattern 'asks' is 0.5, below its threshold of 1; raise it")
    ]
    assert library.patterns["asks"].forms[0].strict == 1.0
