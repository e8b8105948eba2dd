"""Writes labels with an inferred meaning as ``**Meaning (words of the guide):**``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sphinxext_revguide.importer.recognise.labels import label_role, place_behind
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.model import Problem

_NAMES = {
    "before": "BEFORE",
    "after": "AFTER",
    "problem": "Problem",
    "why": "Why",
    "severity": "Severity",
    "impact": "Impact",
    "frequency": "Frequency",
    "reduction": "Reduction",
    "effort": "Time",
}
_WRITTEN = re.compile(rf"\*\*({'|'.join(_NAMES.values())}) \(([^()]+)\):\*\*")
_ROLES = {name: role for role, name in _NAMES.items()}
_REMARK = re.compile(r"\(([^()]{2,60})\)")


def written_name(role: str, words: str) -> str:
    """Return the text of a label that tells the reader of issues what it means.

    :param role: the meaning of the label, "" if unknown.
    :param words: the words of the label in the guide.
    """
    bare = words.strip(" .*_:")
    name = _NAMES.get(role, "")
    if not name:
        return bare
    if label_role(bare) != role:
        return f"{name} ({_plain(bare)})"
    if role not in ("before", "after"):
        return bare
    found = _REMARK.search(bare)
    remark = found[1] if found else place_behind(bare)
    return f"{name} ({remark})" if remark else name


def _plain(words: str) -> str:
    """Return words without brackets, since they will stand in brackets."""
    return " ".join(re.sub(r"[()]", " ", re.sub(r"\s*\(([^()]*)\)", r", \1", words)).split())


def inferred_names(lines: Iterable[Line], source: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the words, the role and the line of each label whose meaning was inferred.

    :param lines: the rewritten lines of an issue.
    :param source: the original lines of the guide.
    """
    for line in lines:
        match = _WRITTEN.match(line.text) if line.number else None
        if match and f"{match[1]} (" not in source[line.number - 1]:
            yield match[2], _ROLES[match[1]], line.number


def guesses(names: Sequence[tuple[str, str, int]]) -> Iterator[Problem]:
    """Yield a problem for every inferred label of a sample, and one for each other label's words.

    :param names: what :func:`inferred_names` yielded.
    """
    seen: set[str] = set()
    for words, role, line in names:
        if role in ("before", "after") or words.casefold() not in seen:
            seen.add(words.casefold())
            message = (
                f"“{words}” was read as {_NAMES[role]}, because of its place among the labels; "
                "check that this is right"
                if role in ("before", "after")
                else f"“{words}” was read as {_NAMES[role]}, because of its words, its values or "
                "its place; check that this is right"
            )
            yield Problem(line, message, "guess")
