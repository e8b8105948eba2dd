"""Locked passages: what was recorded, compared with what the book says now.

``revguide-lock.json`` in the source directory is committed; ``sphinx-revguide lock`` writes it.
Each passage has its own line, which ends in a comma as the version stands last; so what two
people record is merged by version control, by ``merge=union`` even in one place, and stays JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinxext_revguide.files import (
    MOST_REPORTED,
    merge_mark,
    other_version,
    read_json,
    read_record,
    replace_text,
)
from sphinxext_revguide.model import LockedPassage, Problem
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.alignment import aligned, comparable
from sphinxext_revguide.text.control_characters import json_text
from sphinxext_revguide.text.in_words import cause, counted
from sphinxext_revguide.text.measure import plain_typography
from sphinxext_revguide.text.quote_finder import Sought, Tracked, search_all
from sphinxext_revguide.text.word_index import Source

LOCK_FILE = "revguide-lock.json"
VERSION = 2
_STILL_THERE = 0.9
"""If at least this share of its words is found, a passage is unlocked rather than missing."""
_ANEW = "record it again with 'sphinx-revguide lock'"
_SHOWN = 3
"""Maximum number of changed words that a message lists."""


def normalised(text: str) -> str:
    """Return a text without the differences that line breaks and typography make."""
    return " ".join(re.sub(r"-{2,}", "-", plain_typography(text)).split())


@record(frozen=True, slots=True)
class Recorded:
    """A passage as the lock file contains it."""

    docname: str
    text: str


@record(frozen=True, slots=True)
class PassageState:
    """What happened to a locked passage.

    ``state`` is kept, edited, moved, renamed, unrecorded, unlocked or missing; ``what`` describes
    it and ``remedy`` says what to do. Both are empty if the passage is kept.
    """

    name: str
    state: str
    path: str
    line: int
    what: str = ""
    remedy: str = ""

    @property
    def message(self) -> str:
        """What happened, and the remedy."""
        return f"{self.what}; {self.remedy}" if self.what else ""


def read_lock_file(path: Path) -> tuple[dict[str, Recorded], Problem | None]:
    """Read the lock file; without one nothing is recorded.

    :returns: the passages by name, and the mistakes in the file. If a merge left a conflict, both
        sides are used; of a passage that both record, the first entry.
    """
    try:
        text = read_record(path)
        marked = merge_mark(text)
        entries = _lines(text) if marked else _entries(read_json(text))
        found: dict[str, Recorded] = {}
        twice = ""
        for name, recorded in entries:
            if found.setdefault(name, recorded) != recorded:
                twice = twice or name
    except FileNotFoundError:
        return {}, None
    except _OtherVersionError as error:
        return {}, Problem(1, f"{LOCK_FILE} is {error}", "lock_file", str(path))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = f"restore it from version control, or {_ANEW}"
        message = f"{LOCK_FILE} cannot be read ({cause(error)}); {remedy}"
        return {}, Problem(getattr(error, "lineno", 1), message, "lock_file", str(path))
    message = ""
    if marked:
        message = (
            f"{LOCK_FILE} contains merge conflict markers; both sides are used. Resolve the "
            "conflict, or "
        )
    elif twice:
        message = (
            f"{LOCK_FILE} contains passage {twice!r} twice with different words; remove one, or "
        )
    line = marked or _line_of(twice, text)
    problem = Problem(line, f"{message}{_ANEW}", "lock_file", str(path)) if message else None
    return found, problem


def _line_of(name: str, text: str) -> int:
    """Return the 1-based line of the last entry with a name, or 1 if it is written otherwise."""
    entry = f'{{"name": {json_text(name)},'
    lines = enumerate(text.split("\n"), 1)
    return max((number for number, line in lines if line.startswith(entry)), default=1)


class _OtherVersionError(ValueError):
    """The file is of a version that is not read here."""


def _entries(data: Any) -> Iterator[tuple[str, Recorded]]:
    """Yield the passages of a lock file, in the current form or that of version 1."""
    if isinstance(data, dict):
        if data["version"] != 1:
            raise _OtherVersionError(other_version(data["version"], VERSION))
        for name, item in data["passages"].items():
            yield name, _recorded(item)
        return
    versions = [entry["version"] for entry in data if "version" in entry]
    if versions != [VERSION] * max(len(versions), 1):
        version = next((version for version in versions if version != VERSION), None)
        raise _OtherVersionError(other_version(version, VERSION))
    for entry in data:
        if "version" not in entry:
            yield str(entry["name"]), _recorded(entry)


def _lines(text: str) -> Iterator[tuple[str, Recorded]]:
    """Yield what the lines of both sides of a conflict record."""
    for line in text.split("\n"):
        if line.startswith('{"name"'):
            one = read_json(line.strip().removesuffix(","))
            yield str(one["name"]), _recorded(one)


def _recorded(one: Any) -> Recorded:
    return Recorded(str(one["docname"]), str(one["text"]))


def write_lock_file(path: Path, passages: list[LockedPassage]) -> None:
    """Record passages: one per line and sorted, so that version control merges them.

    :raises OSError: if the file cannot be written; the old content stays.
    """
    entries: list[dict[str, object]] = [
        {"name": locked.name, "docname": locked.docname, "text": locked.text}
        for locked in sorted(passages, key=lambda locked: locked.name)
    ]
    lines = [json_text(row) for row in [*entries, {"version": VERSION}]]
    replace_text(path, "[\n" + ",\n".join(lines) + "\n]\n")


def passage_states(
    passages: Iterable[LockedPassage],
    recorded: Mapping[str, Recorded],
    sources: Mapping[str, Sequence[Source]],
    paths: Mapping[str, str],
) -> list[PassageState]:
    """Compare the passages of a book with the recorded ones.

    :param sources: the files that each page is made of, in which missing passages are searched for:
        the first :data:`MOST_REPORTED`; the others are counted in one state.
    :param paths: the file of each page, relative to the source directory.
    """
    here = {passage.name: passage for passage in passages}
    gone = {name: record for name, record in recorded.items() if name not in here}
    states = [_state(passage, recorded, gone) for passage in here.values()]
    renamed = {passage.text for passage in here.values() if passage.name not in recorded}
    left = {name: record for name, record in gone.items() if record.text not in renamed}
    more = list(left)[MOST_REPORTED:]
    if more:
        left = {name: left[name] for name in list(left)[:MOST_REPORTED]}
        message = f"{counted(len(more), 'more recorded passage')} are missing or no longer locked"
        remedy = "put them back, or record what is locked with 'sphinx-revguide lock'"
        states.append(PassageState(more[0], "missing", LOCK_FILE, 1, message, remedy))
    if left:
        sought = {name: Sought(record.text, None) for name, record in left.items()}
        files = [(docname, source) for docname in sorted(paths) for source in sources[docname]]
        search_all([(files, [*sought.values()])])
        for name, record in left.items():
            path = paths.get(record.docname, LOCK_FILE)
            states.append(_gone(name, record, sought[name].best, path))
    return sorted(states, key=lambda state: state.name)


def _state(
    passage: LockedPassage, recorded: Mapping[str, Recorded], gone: dict[str, Recorded]
) -> PassageState:
    known = recorded.get(passage.name)
    state, message = "kept", ""
    if known is None:
        was = next((name for name, recorded in gone.items() if recorded.text == passage.text), None)
        state = "renamed" if was else "unrecorded"
        message = f"was called {was!r}" if was else "is not recorded"
    elif known.text != passage.text:
        state, message = "edited", f"has been edited: {difference(known.text, passage.text)}"
    elif known.docname != passage.docname:
        state, message = "moved", f"has moved here from {known.docname!r}"
    if not message:
        return PassageState(passage.name, state, passage.path, passage.line)
    what = f"locked passage {passage.name!r} {message}"
    undo = "put it back, or record it" if state == "edited" else "record it"
    remedy = f"{undo} with 'sphinx-revguide lock'"
    return PassageState(passage.name, state, passage.path, passage.line, what, remedy)


def _gone(name: str, recorded: Recorded, found: Tracked, path: str) -> PassageState:
    remedy = "lock it again, or record the change with 'sphinx-revguide lock'"
    if found.share >= _STILL_THERE:
        place = found.passages[0]
        what = f"passage {name!r} is no longer locked, but is still here"
        return PassageState(name, "unlocked", place.path, place.line, what, remedy)
    what = f"locked passage {name!r} of {recorded.docname!r} is missing"
    return PassageState(name, "missing", path, 1, what, f"put it back, {remedy}")


def difference(old: str, new: str) -> str:
    """Describe which words of a text have changed, up to a maximum."""
    before, after = old.split(), new.split()
    if not comparable(before, after):
        return "it is too long to list the differences"
    changes = list(_changes(before, after))
    shown = "; ".join(changes[:_SHOWN])
    left = len(changes) - _SHOWN
    return f"{shown}; and {counted(left, 'more change')}" if left > 0 else shown


def _changes(before: list[str], after: list[str]) -> Iterator[str]:
    out: list[str] = []
    into: list[str] = []
    for opcode in [*aligned(before, after), None]:
        if opcode is not None and opcode.tag != "equal":
            out += before[opcode.src_start : opcode.src_end]
            into += after[opcode.dest_start : opcode.dest_end]
            continue
        old, new = " ".join(out), " ".join(into)
        if old and new:
            yield f"“{old}” is now “{new}”"
        elif old or new:
            yield f"“{old}” is gone" if old else f"“{new}” is new"
        out, into = [], []
