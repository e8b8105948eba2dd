"""Locked passages: what was recorded of them, and what the book says now.

``revguide-lock.json`` in the source directory is committed; ``sphinx-revguide lock`` writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.alignment import aligned, comparable
from sphinxext_revguide.files import replace_text
from sphinxext_revguide.measure import plain_typography
from sphinxext_revguide.model import LockedPassage, Problem
from sphinxext_revguide.tracking import track

if TYPE_CHECKING:
    from sphinxext_revguide.domain import RevguideDomain

LOCK_FILE = "revguide-lock.json"
VERSION = 1
_STILL_THERE = 0.9
"""From this share of its words on, a passage without its directive is unlocked, not missing."""
_SHOWN = 3
"""So many changes of words are told."""


def normalised(text: str) -> str:
    """Return a text so that line breaks and typography make no difference."""
    return " ".join(re.sub(r"-{2,}", "-", plain_typography(text)).split())


@dataclass(frozen=True, slots=True)
class Recorded:
    """A passage as the lock file holds it."""

    docname: str
    text: str


@dataclass(frozen=True, slots=True)
class PassageState:
    """What has become of a locked passage.

    ``state`` is kept, edited, moved, renamed, unrecorded, unlocked or missing; ``message`` says
    what is to be done, and is empty where it is kept.
    """

    name: str
    state: str
    path: str
    line: int
    message: str = ""


def read_lock_file(path: Path) -> tuple[dict[str, Recorded], Problem | None]:
    """Read the lock file; without one nothing is recorded.

    :returns: the passages by name, and what is wrong with the file.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        passages = data["passages"]
        if data["version"] != VERSION:
            message = f"{LOCK_FILE} is of version {data['version']!r}; this release reads {VERSION}"
            return {}, Problem(1, message, "lock_file", str(path))
        found = {
            str(name): Recorded(str(one["docname"]), str(one["text"]))
            for name, one in passages.items()
        }
    except FileNotFoundError:
        return {}, None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = (
            f"{LOCK_FILE} cannot be read ({error}); take it from version control, or record anew "
            "with 'sphinx-revguide lock'"
        )
        return {}, Problem(getattr(error, "lineno", 1), message, "lock_file", str(path))
    return found, None


def write_lock_file(path: Path, passages: list[LockedPassage]) -> None:
    """Record passages: one a block and sorted, so that version control merges them.

    :raises OSError: if the file cannot be written; what was there stays.
    """
    recorded = {one.name: {"docname": one.docname, "text": one.text} for one in passages}
    data = {"version": VERSION, "passages": dict(sorted(recorded.items()))}
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    replace_text(path, text)


def passage_states(domain: RevguideDomain, recorded: dict[str, Recorded]) -> list[PassageState]:
    """Compare the passages of the book with those that are recorded."""
    here = {one.name: one for one in domain.passages()}
    gone = {name: one for name, one in recorded.items() if name not in here}
    states = [_state(passage, recorded, gone) for passage in here.values()]
    renamed = {one.text for one in here.values() if one.name not in recorded}
    for name, one in gone.items():
        if one.text not in renamed:
            states.append(_gone(domain, name, one))
    return sorted(states, key=lambda one: one.name)


def _state(
    passage: LockedPassage, recorded: dict[str, Recorded], gone: dict[str, Recorded]
) -> PassageState:
    known = recorded.get(passage.name)
    state, message = "kept", ""
    if known is None:
        was = next((name for name, one in gone.items() if one.text == passage.text), None)
        state = "renamed" if was else "unrecorded"
        message = f"was called {was!r}" if was else "is not recorded"
    elif known.text != passage.text:
        state, message = "edited", f"has been edited: {difference(known.text, passage.text)}"
    elif known.docname != passage.docname:
        state, message = "moved", f"has moved here from {known.docname!r}"
    if message:
        undo = "put it back, or record it" if state == "edited" else "record it"
        message = f"locked passage {passage.name!r} {message}; {undo} with 'sphinx-revguide lock'"
    return PassageState(passage.name, state, passage.path, passage.line, message)


def _gone(domain: RevguideDomain, name: str, recorded: Recorded) -> PassageState:
    sources = [(page, source) for page in sorted(domain.pages) for source in domain.sources(page)]
    found = track(recorded.text, None, sources)
    remedy = "lock it again, or record that with 'sphinx-revguide lock'"
    if found.share >= _STILL_THERE:
        place = found.passages[0]
        message = f"passage {name!r} is no longer locked, and stands here; {remedy}"
        return PassageState(name, "unlocked", place.path, place.line, message)
    message = (
        f"locked passage {name!r} of {recorded.docname!r} is missing; put it back, or {remedy}"
    )
    path = domain.pages[recorded.docname].path if recorded.docname in domain.pages else LOCK_FILE
    return PassageState(name, "missing", path, 1, message)


def difference(old: str, new: str) -> str:
    """Return in words which words of a text have changed, the first few of them."""
    before, after = old.split(), new.split()
    if not comparable(before, after):
        return "it is too long to say in which words"
    changes = list(_changes(before, after))
    shown = "; ".join(changes[:_SHOWN])
    left = len(changes) - _SHOWN
    return f"{shown}; and {left} more change{'s' * (left != 1)}" if left > 0 else shown


def _changes(before: list[str], after: list[str]) -> Iterator[str]:
    out: list[str] = []
    into: list[str] = []
    for one in [*aligned(before, after), None]:
        if one is not None and one.tag != "equal":
            out += before[one.src_start : one.src_end]
            into += after[one.dest_start : one.dest_end]
            continue
        old, new = " ".join(out), " ".join(into)
        if old and new:
            yield f"“{old}” is now “{new}”"
        elif old or new:
            yield f"“{old}” is gone" if old else f"“{new}” is new"
        out, into = [], []
