"""Values of conf.py that cannot be used: one warning each, and the build goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Book

NewBook = Callable[..., Book]


def test_configuration_that_is_not_understood(new_book: NewBook) -> None:
    book = new_book({"index.md": "# B\n"})
    built = book.build(revguide_layout="tab", revguide_flag=["mlops-tabels"])
    assert built.types() == ["revguide.config", "revguide.unknown_pattern"]
    assert "did you mean 'mlops-tables'?" in built.warnings[1].text


@pytest.mark.parametrize(
    ("value", "given", "wanted"),
    [
        ("revguide_baseline", None, "the name of a file"),
        ("revguide_verdicts", 3, "the name of a file"),
        ("revguide_flag", None, "a list of strings"),
        ("revguide_patterns", 3, "a list of strings"),
        ("revguide_reports", {"sarif": True}, "a list of strings"),
    ],
)
def test_a_value_of_the_wrong_type_stops_no_build(
    new_book: NewBook, value: str, given: Any, wanted: str
) -> None:
    built = new_book({"index.md": "# B\n"}).build(**{value: given})
    assert built.types() == ["revguide.config"]
    assert f"{value} is {given!r}, which is not valid; write {wanted}" in built.warnings[0].text


@pytest.mark.parametrize("value", [[Path("own.toml"), 3], ("own.toml", None), Path("own.toml")])
def test_of_a_list_with_other_values_the_names_are_used(new_book: NewBook, value: Any) -> None:
    book = new_book({"index.md": "# B\n"})
    (book.srcdir / "own.toml").write_text("[budget]\nTide = 0\nGate = 'x'\n")
    built = book.build(revguide_patterns=value)
    assert built.types() == ["revguide.config", "revguide.pattern_file"]
    assert built.warnings[1].path == "own.toml"


def test_sensitivity_names_patterns_that_exist(new_book: NewBook) -> None:
    wanted = {"cost-itemisation": "strict", "*": 1}
    built = new_book({"index.md": "# B\n"}).build(revguide_sensitivity=wanted)
    assert built.types() == ["revguide.unknown_pattern"]
    assert "revguide_sensitivity in conf.py names 'cost-itemisation'" in built.warnings[0].text
    assert "did you mean 'cost-itemization'?" in built.warnings[0].text


def test_a_value_that_is_not_a_list_is_reported_and_used(new_book: NewBook) -> None:
    chapter = "# Page\n\n**Your quick check:** Does your harbour meet all six needs?\n"
    book = new_book({"index.md": chapter}, conf='revguide_flag = "interactive-prompt"\n')
    reported = book.build().warnings
    assert [build_warning.type for build_warning in reported] == [
        "revguide.config",
        "revguide.interactive-prompt",
    ]
    assert "write a list of strings" in reported[0].text
