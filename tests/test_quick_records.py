"""Records behave like frozen dataclasses with slots."""

from __future__ import annotations

import copy
import pickle
from dataclasses import field, fields, replace
from functools import cached_property
from typing import Any

import pytest

from sphinxext_revguide.quick_records import record


@record(frozen=True, slots=True)
class Place:
    """A record with fields that are not shown, not compared, or not hashed."""

    path: str
    line: int = 1
    note: str = field(default="", compare=False)
    parts: list[str] = field(default_factory=list, hash=False, repr=False)


@record(frozen=True, slots=True)
class Named:
    """A record with one field and a string of its own."""

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"


@record(frozen=True, slots=True)
class Other:
    """Another record with the same field."""

    name: str


@record(frozen=True, slots=True)
class Nothing:
    """A record without a field."""


@record(frozen=True, slots=False)
class Doubled:
    """A record with a value that is computed when it is first needed."""

    number: int
    parts: list[str] = field(default_factory=list)

    @cached_property
    def twice(self) -> int:
        return 2 * self.number


def test_a_record_without_slots_keeps_cached_properties() -> None:
    one = Doubled(2)
    assert one.twice is one.twice == 4
    assert vars(one) == {"number": 2, "parts": [], "twice": 4}
    assert one == Doubled(2)
    assert copy.deepcopy(one) == replace(one)


def test_records_are_compared_by_their_values() -> None:
    assert Place("a.md", 2, "one") == Place("a.md", 2, "two")
    assert Place("a.md", 2) != Place("a.md", 3)
    assert Named("a") == Named("a")
    other: object = Other("a")
    assert Named("a") != other
    assert Nothing() == Nothing()


def test_equal_records_have_one_hash() -> None:
    assert len({Place("a.md", parts=["b"]), Place("a.md", parts=["b"]), Place("b.md")}) == 2
    assert len({Named("a"), Named("a")}) == 1
    assert hash(Place("a.md", parts=["b"])) == hash(Place("a.md", parts=["c"]))


def test_a_record_is_shown_like_a_dataclass() -> None:
    assert repr(Place("a.md", 2, parts=["b"])) == "Place(path='a.md', line=2, note='')"
    assert repr(Named("a")) == "<a>"
    assert repr(Nothing()) == "Nothing()"


def test_a_record_is_pickled_without_the_names_of_its_fields() -> None:
    place = Place("a.md", 2, "note", ["b"])
    assert b"parts" not in pickle.dumps(place)
    back = copy.deepcopy(place)
    assert [getattr(back, one.name) for one in fields(back)] == ["a.md", 2, "note", ["b"]]
    assert copy.copy(place) == place


def test_a_record_can_be_replaced_and_has_no_other_attributes() -> None:
    assert replace(Place("a.md"), line=3) == Place("a.md", 3)
    assert not hasattr(Place("a.md"), "__dict__")
    match Place("a.md", 4):
        case Place(path, line):
            assert (path, line) == ("a.md", 4)


def test_what_is_not_frozen_is_no_record() -> None:
    with pytest.raises(ValueError, match=r"use dataclasses\.dataclass"):
        record(frozen=False, slots=True)


def test_a_record_is_created_by_position_and_by_name() -> None:
    assert Place(path="a.md", parts=["b"]) == Place("a.md", 1, "", ["b"])
    assert Place("a.md").parts is not Place("a.md").parts
    with pytest.raises(TypeError, match=r"Place\.__init__\(\) missing 1 required .*'path'"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'column'"):
        Place("a.md", column=3)  # type: ignore[call-arg]


def test_nothing_is_compiled_before_a_record_is_created(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    execute = exec

    def watched(text: str, *scopes: Any) -> None:
        compiled.append(text)
        execute(text, *scopes)

    monkeypatch.setattr("builtins.exec", watched)

    @record(frozen=True, slots=True)
    class Late:
        """A record of which none is created before the end."""

        name: str

    assert [one.name for one in fields(Late)] == ["name"]
    # Since Python 3.13, dataclasses executes a text that defines no method, too.
    assert not [text for text in compiled if "def __init__" in text]
    assert Late("tide").name == "tide"
    assert len([text for text in compiled if "def __init__" in text]) == 1
