"""A reviewer's decisions, taken away from the built pages -> the guide's source.

Only the options ``status`` and ``note`` of an issue are written; every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sphinxext_revguide.files import other_version, read_json
from sphinxext_revguide.model import Issue, Status

FORMAT = "revguide-review"
VERSION = 1

_STATUS = {"accept": Status.ACCEPTED, "change": Status.OPEN, "reject": Status.REJECTED}
_OPENING = re.compile(r"\s*(?:(?:`{3,}|~{3,}|:{3,})\s*\{revision-issue\}|\.\.\s+revision-issue::)")
_FIELD = re.compile(r"\s*:(?P<key>[a-z][\w-]*):(?:\s|$)")


class ReviewError(ValueError):
    """The text is no review; the message says what was expected."""


class UnfitError(ValueError):
    """A decision does not fit what it is about; the message says why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of one issue.

    ``decision`` is accept, change, reject, or empty where there is only a comment. ``digest`` is
    that of the issue as it was shown.
    """

    issue: str
    digest: str
    decision: str
    comment: str

    @property
    def options(self) -> dict[str, str]:
        """The options of the issue that follow."""
        options = {"status": _STATUS[self.decision].value} if self.decision else {}
        comment = " ".join(self.comment.split())
        return options | ({"note": comment} if comment else {})


def read_review(text: str) -> list[Decision]:
    """Read the file that a reviewer saved.

    :raises ReviewError: if it is none, or of a version that is not known.
    """
    try:
        data = read_json(text)
        if data["format"] != FORMAT:
            told = f"{data['format']!r}"[:40] if isinstance(data["format"], str) else "no text"
            msg = f"it is no review: 'format' is {told}, expected {FORMAT!r}"
            raise ReviewError(msg)
        if data["version"] != VERSION:
            msg = f"it is {other_version(data['version'], VERSION)}"
            raise ReviewError(msg)
        return [_decision(one) for one in data["decisions"]]
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, ReviewError):
            raise
        msg = f"it is no review that was saved from a guide's page ({error!r})"
        raise ReviewError(msg) from error


def _decision(one: dict[str, object]) -> Decision:
    decision = str(one["decision"])
    if decision and decision not in _STATUS:
        msg = f"{decision!r} is no decision; known are {', '.join(_STATUS)}"
        raise ReviewError(msg)
    return Decision(str(one["issue"]), str(one["digest"]), decision, str(one["comment"]))


def apply(text: str, issue: Issue, decision: Decision) -> str:
    """Write a decision into the source of a page.

    :param text: the page, with whatever line ends it has.
    :raises UnfitError: if the issue has changed since, or is not where it should be.
    """
    if issue.digest != decision.digest:
        msg = "it has changed since it was reviewed; look at its card again"
        raise UnfitError(msg)
    return set_options(text, issue, decision.options)


def set_options(text: str, issue: Issue, options: Mapping[str, str]) -> str:
    """Give options of an issue a value in the source of its page, and leave every other byte.

    :param text: the page, with whatever line ends it has.
    :raises UnfitError: if the issue is not where it should be.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    start = issue.line - 1
    if not 0 <= start < len(lines) or not _OPENING.match(lines[start]):
        msg = f"line {issue.line} of its page does not open it; is it in an included file?"
        raise UnfitError(msg)
    for key, value in options.items():
        _set(lines, start, key, value)
    return "".join(lines)


def _set(lines: list[str], start: int, key: str, value: str) -> None:
    """Give an option of the directive at ``start`` a value, in place of the one it has."""
    first, last, yaml = _options(lines, start)
    end = _line_end(lines[start])
    for index in range(first, last):
        before, found, _old = lines[index].partition(f"{key}:" if yaml else f":{key}:")
        if found and not before.strip():
            stop = index + 1
            while stop < last and not yaml and not _FIELD.match(lines[stop]):
                stop += 1  # a value of several lines
            lines[index:stop] = [f"{before}{found} {value}{end}"]
            return
    indent = _indent(lines, start, first, last)
    if not lines[last - 1].endswith(("\n", "\r")):
        lines[last - 1] += end
    lines.insert(last, f"{indent}{key}: {value}{end}" if yaml else f"{indent}:{key}: {value}{end}")


def _options(lines: Sequence[str], start: int) -> tuple[int, int, bool]:
    """Return where the options of a directive begin and end, and whether they are YAML."""
    is_rst = lines[start].lstrip().startswith("..")
    first = start + 1
    if not is_rst and first < len(lines) and lines[first].strip() == "---":
        closing = range(first + 1, len(lines))
        last = next((i for i in closing if lines[i].strip() == "---"), first + 1)
        return first + 1, last, True
    while is_rst and first < len(lines) and lines[first].strip() and not _FIELD.match(lines[first]):
        first += 1  # a title of several lines
    last = first
    while last < len(lines) and (
        _FIELD.match(lines[last]) or (is_rst and last > first and lines[last].strip())
    ):
        last += 1
    return first, last, False


def _indent(lines: Sequence[str], start: int, first: int, last: int) -> str:
    model = lines[first] if last > first else lines[start]
    blanks = model[: len(model) - len(model.lstrip())]
    return blanks + ("   " if last == first and lines[start].lstrip().startswith("..") else "")


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :] or "\n"
