"""What is kept between builds: its shape has a version, and data of another shape is discarded."""

from __future__ import annotations

import dataclasses
import hashlib
import pickle
from collections.abc import Callable, Iterator
from enum import Enum, StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from sphinxext_revguide.book.store import DATA_SHAPE, DATA_VERSION, StoredData
from sphinxext_revguide.cli import main
from sphinxext_revguide.cli.book_cache import cache_folder
from tests.conftest import Book

NewBook = Callable[..., Book]

CHAPTER = "# Tides\n\nSecurity: 5/5 ✅\n\nThe ferry waits for nobody.\n"
INDEX = "# Harbour\n\n```{toctree}\ntides\nguide\n```\n"
GUIDE = """# Guide

```{revision-guide} harbour
:chapters: tides
```

```{locked-preserve}
- The ferry: `waits for somebody`
```
"""


def fields_of(root: Any) -> list[str]:
    """Return a line for each field of each record that a type reaches."""
    found: dict[str, str] = {}
    waiting, seen = [root], set()
    while waiting:
        kind = waiting.pop()
        if get_args(kind):
            waiting += [get_origin(kind), *get_args(kind)]
        if not isinstance(kind, type) or kind in seen:
            continue
        seen.add(kind)
        for name, annotation in _members(kind):
            found[f"{kind.__qualname__}.{name}"] = _named(annotation)
            waiting.append(annotation)
    # The order of the fields counts: records with slots are pickled without names.
    return [f"{name}: {kind}" for name, kind in found.items()]


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    if issubclass(kind, Enum):
        yield from ((enum.name, enum.value) for enum in kind)
    elif dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        yield from ((field.name, hints[field.name]) for field in dataclasses.fields(kind))
    elif is_typeddict(kind):
        yield from get_type_hints(kind).items()


def _named(annotation: Any) -> str:
    """Return a type in words that are the same in all versions of Python."""
    arguments = [_named(get_arg) for get_arg in get_args(annotation)]
    if isinstance(annotation, UnionType):
        return " | ".join(arguments)
    if arguments:
        return f"{_named(get_origin(annotation))}[{', '.join(arguments)}]"
    return annotation.__qualname__ if isinstance(annotation, type) else str(annotation)


def shape(version: int, root: Any) -> str:
    text = "\n".join([str(version), *fields_of(root)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_the_version_is_raised_with_every_change_of_a_record() -> None:
    due = DATA_VERSION + 1
    assert shape(DATA_VERSION, StoredData) == DATA_SHAPE, (
        "a pickled record has changed: in book/store.py set "
        f'DATA_VERSION = {due} and DATA_SHAPE = "{shape(due, StoredData)}"'
    )


class Side(StrEnum):
    LEFT = "left"


@dataclasses.dataclass
class Inner:
    side: Side | None
    names: tuple[str, ...]


class Outer(TypedDict):
    inner: dict[str, list[Inner]]


def test_a_change_in_a_record_deep_inside_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fields_of(Outer) == [
        "Outer.inner: dict[str, list[Inner]]",
        "Inner.side: Side | NoneType",
        "Inner.names: tuple[str, Ellipsis]",
        "Side.LEFT: left",
    ]
    before = shape(1, Outer)
    monkeypatch.setattr(Side.LEFT, "_value_", "port")
    assert shape(1, Outer) != before
    assert shape(2, Outer) != shape(1, Outer)


def test_all_records_are_reached() -> None:
    records = {line.partition(".")[0] for line in fields_of(StoredData)}
    assert {"Page", "Guide", "Issue", "Sample", "Span", "Impact", "Finding"} <= records
    assert {"Allowance", "LockedPassage", "PairState", "Passage", "Tracked"} <= records


def _of_moved_module(content: bytes) -> bytes:
    """Make a pickle one of a release whose records were in a module that is gone."""
    now, then = b"sphinxext_revguide.book.records", b"sphinxext_revguide.gone.records"
    assert now in content
    return content.replace(now, then)


def _of_other_version(content: bytes) -> bytes:
    env = pickle.loads(content)  # noqa: S301 -- written by this test
    env.domaindata["revguide"]["version"] = DATA_VERSION - 1
    env.domaindata["revguide"]["pages"] = {"tides": "of another shape"}
    return pickle.dumps(env)


def _cut_off(content: bytes) -> bytes:
    return content[: len(content) // 2]


AGES = pytest.mark.parametrize("aged", [_of_moved_module, _of_other_version, _cut_off])


@AGES
def test_a_build_discards_what_another_release_kept(new_book: NewBook, aged: Any) -> None:
    book = new_book({"index.md": INDEX, "tides.md": CHAPTER, "guide.md": GUIDE})
    first = book.build("html")
    kept = first.app.doctreedir / "environment.pickle"
    kept.write_bytes(aged(kept.read_bytes()))
    again = book.build("html")
    assert again.warnings == first.warnings
    assert [build_warning.type for build_warning in again.warnings] == ["revguide.locked"]
    assert sorted(again.domain.book.pages) == ["guide", "index", "tides"]


@AGES
def test_a_check_discards_what_another_release_kept(
    new_book: NewBook, aged: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": INDEX, "tides.md": CHAPTER, "guide.md": GUIDE})
    guide = str(Path(book.srcdir) / "guide.md")
    assert main(["check", guide]) == 1
    first = capsys.readouterr()
    kept = cache_folder(book.srcdir) / "environment.pickle"
    kept.write_bytes(aged(kept.read_bytes()))
    assert main(["check", guide]) == 1
    assert capsys.readouterr() == first
    assert "waits for somebody" in first.out
