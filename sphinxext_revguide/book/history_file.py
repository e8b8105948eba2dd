"""The history of a book: measurements of its guides and patterns at each commit, in a file.

``revguide-history.json`` in the source directory is written by ``sphinx-revguide history``. Each
commit is an object on its own line, so that version control merges what two people add.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sphinxext_revguide.files import other_version, read_json, read_record, replace_text
from sphinxext_revguide.model import Problem
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.in_words import cause

HISTORY_FILE = "revguide-history.json"
VERSION = 1


@record(frozen=True, slots=True)
class GuideNumbers:
    """A guide's chapters at a commit.

    ``words`` is their length, ``samples`` the number of BEFOREs searched for, and ``present`` how
    many of them are still in the chapters, completely or in part; ``low`` and ``high`` are the
    hours of the issues of these samples. ``findings`` counts the passages of each pattern.
    """

    words: int
    samples: int
    present: int
    low: float
    high: float
    findings: dict[str, int]


@record(frozen=True, slots=True)
class CommitNumbers:
    """A commit, its date as ``2027-01-31``, and the numbers of each guide by its id.

    ``words`` is the length of all chapters; a chapter of several guides counts once.
    """

    commit: str
    date: str
    guides: dict[str, GuideNumbers]
    words: int


def read_history(path: Path) -> tuple[list[CommitNumbers], Problem | None]:
    """Read the file, oldest commit first; without a file there is no history.

    :returns: the commits that can be read, and the first mistake in the file.
    """
    try:
        data: Any = read_json(read_record(path))
        if data["version"] != VERSION:
            message = f"the history is {other_version(data['version'], VERSION)}"
            return [], Problem(1, message, "history", str(path))
        return [_commit(commit) for commit in data["commits"]], None
    except FileNotFoundError:
        return [], None
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = "write it again with 'sphinx-revguide history'"
        message = f"the history cannot be read ({cause(error)}); {remedy}"
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        return [], Problem(line, message, "history", str(path))


def _commit(data: dict[str, Any]) -> CommitNumbers:
    guides = {
        str(name): GuideNumbers(
            words=int(numbers["words"]),
            samples=int(numbers["samples"]),
            present=int(numbers["present"]),
            low=float(numbers["low"]),
            high=float(numbers["high"]),
            findings={str(key): int(count) for key, count in numbers["findings"].items()},
        )
        for name, numbers in data["guides"].items()
    }
    # A file of an older release has the length of the chapters of each guide alone.
    words = data.get("words", sum(numbers.words for numbers in guides.values()))
    return CommitNumbers(str(data["commit"]), str(data["date"]), guides, int(words))


def write_history(path: Path, commits: Sequence[CommitNumbers]) -> None:
    """Write the file.

    :raises OSError: if it cannot be written; the old content stays.
    """
    lines = [json.dumps(asdict(commit), sort_keys=True) for commit in commits]
    body = ",\n".join(lines)
    replace_text(path, f'{{"version": {VERSION}, "commits": [\n{body}\n]}}\n')
