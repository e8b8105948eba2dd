"""Verdicts on findings, by people or by a judge: finding or no finding.

``revguide-verdicts.json`` in the source directory is committed; :func:`record_verdicts` is the one
place that writes it. Each verdict has its own line, which ends in a comma as the version
stands last; so version control merges what two people record, and the file stays JSON.
"""

from __future__ import annotations

import datetime
import json
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import asdict, field, replace
from io import StringIO
from pathlib import Path
from typing import Any

from sphinxext_revguide.book.compare import compare
from sphinxext_revguide.files import (
    Mistakes,
    merge_mark,
    other_version,
    read_json,
    read_record,
    replace_text,
)
from sphinxext_revguide.model import Finding, Problem
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.control_characters import json_text
from sphinxext_revguide.text.in_words import cause
from sphinxext_revguide.text.late_patterns import late

VERDICT_FILE = "revguide-verdicts.json"
VERSION = 1
NO_FINDING = "no-finding"
FINDING = "finding"
VERDICTS = (NO_FINDING, FINDING)
_NAMED = late(r'"(?:version|fingerprint"\s*:\s*(?P<name>"(?:[^"\\]|\\.)*"))')
"""The version of a file, or a fingerprint as it is written."""
_REMEDY = "correct it, or restore the file from version control"


class VerdictError(ValueError):
    """A verdict or the file cannot be used; the message says why and what to do."""


@record(frozen=True, slots=True)
class Verdict:
    """What somebody decided about a finding.

    ``verdict`` is one of :data:`VERDICTS`; ``by`` and ``date`` (ISO 8601) may be empty.
    ``pattern``, ``docname``, ``section`` and ``content`` are those of the finding, which is
    recognised by them after small edits, as in a baseline. ``line`` is the 1-based line of the
    file, or 0.
    """

    fingerprint: str
    verdict: str
    reason: str
    by: str = ""
    date: str = ""
    pattern: str = ""
    docname: str = ""
    section: str = ""
    content: str = ""
    line: int = 0

    @property
    def dismisses(self) -> bool:
        """Whether builds do not warn about the finding."""
        return self.verdict == NO_FINDING

    @property
    def in_words(self) -> str:
        """The finding that it is about, without a line."""
        return self.about.in_words if self.pattern else f"finding {self.fingerprint}"

    @property
    def about(self) -> Finding:
        """The finding that it is about, as far as it is recorded."""
        return Finding(
            pattern=self.pattern,
            docname=self.docname,
            section=self.section,
            content=self.content,
            fingerprint=self.fingerprint,
        )


def verdict_on(
    finding: Finding, verdict: str, reason: str, *, by: str = "", date: str = ""
) -> Verdict:
    """Return a verdict on a finding of a book.

    :param verdict: one of :data:`VERDICTS`.
    :param date: ISO 8601, such as 2027-01-31.
    :raises VerdictError: if the verdict is not one of them, or no reason is given.
    """
    return _checked(
        Verdict(
            fingerprint=finding.fingerprint,
            verdict=verdict,
            reason=" ".join(reason.split()),
            by=" ".join(by.split()),
            date=date,
            pattern=finding.pattern,
            docname=finding.docname,
            section=finding.section,
            content=finding.content,
        )
    )


def today() -> str:
    """Return today's date, in UTC."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def _checked(verdict: Verdict) -> Verdict:
    if not verdict.fingerprint:
        msg = "it has no fingerprint"
        raise VerdictError(msg)
    if verdict.verdict not in VERDICTS:
        msg = f"its verdict is {verdict.verdict[:40]!r}, not {' or '.join(VERDICTS)}"
        raise VerdictError(msg)
    if not verdict.reason.strip():
        msg = "it gives no reason"
        raise VerdictError(msg)
    return verdict


@record(frozen=True, slots=True)
class VerdictFile:
    """The recorded verdicts, their file, and the mistakes in it.

    ``damage`` is the first problem because of which the file cannot be rewritten without losing
    entries.
    """

    path: Path | None = None
    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[Problem, ...] = ()
    damage: Problem | None = None


@record(frozen=True, slots=True)
class VerdictState:
    """The verdicts of a book: those that match a finding, by its fingerprint, and the rest."""

    file: VerdictFile = field(default_factory=VerdictFile)
    fitting: Mapping[str, Verdict] = field(default_factory=dict)
    unused: tuple[Verdict, ...] = ()

    def is_dismissed(self, finding: Finding) -> bool:
        """Return whether somebody decided that a finding is a false positive."""
        verdict = self.fitting.get(finding.fingerprint)
        return verdict is not None and verdict.dismisses


def read_verdicts(path: Path | None) -> VerdictFile:
    """Read the verdict file; without a file there are no verdicts.

    An entry that cannot be read becomes a problem and is left out. If a merge left a conflict, both
    sides count. Of two verdicts on a finding, the later one counts, or, if both have the same date,
    the one that keeps the warning.
    """
    try:
        text = read_record(path) if path else ""
    except FileNotFoundError:
        return VerdictFile(path)
    except (OSError, ValueError) as error:
        message = f"{VERDICT_FILE} cannot be read ({cause(error)}); restore it from version control"
        problem = Problem(1, message, "verdict", str(path))
        return VerdictFile(path, (), (problem,), problem)
    reading = _Reading(str(path))
    found = list(reading.verdicts(text)) if text.strip() else []
    once: dict[str, Verdict] = {}
    for verdict in found:
        other = once.setdefault(verdict.fingerprint, verdict)
        if other.verdict != verdict.verdict:
            reading.mistakes.report(
                verdict.line,
                f"the finding {verdict.fingerprint} has a different verdict on line {other.line}; "
                "remove one of the two",
            )
        once[verdict.fingerprint] = max(
            other, verdict, key=lambda verdict: (verdict.date, not verdict.dismisses)
        )
    return VerdictFile(path, tuple(once.values()), tuple(reading.mistakes.problems), reading.damage)


class _Reading:
    """Reads the text of a verdict file and collects its mistakes."""

    def __init__(self, path: str) -> None:
        self.mistakes = Mistakes("verdict", path)
        self.damage: Problem | None = None

    def _lose(self, line: int, message: str) -> None:
        problem = self.mistakes.report(line, f"{message}; {_REMEDY}")
        self.damage = self.damage or problem

    def verdicts(self, text: str) -> Iterator[Verdict]:
        """Yield the verdicts of a text; none if it has another version."""
        found = []
        for line, entry in self._entries(text):
            if isinstance(entry, dict) and "version" in entry:
                if entry["version"] == VERSION:
                    continue
                message = f"{VERDICT_FILE} is {other_version(entry['version'], VERSION)}"
                self.mistakes.problems.clear()
                self.damage = self.mistakes.report(line, message)
                return
            if self.mistakes.is_hopeless:
                break
            try:
                found.append(_verdict(entry, line))
            except VerdictError as error:
                self._lose(line, f"an entry of {VERDICT_FILE} is ignored, because {error}")
        yield from found

    def _entries(self, text: str) -> Iterator[tuple[int, Any]]:
        """Yield the entries with their lines; from a damaged file, those that can be read."""
        marked = merge_mark(text)
        if not marked:
            try:
                data = read_json(text)
            except ValueError as error:
                line = getattr(error, "lineno", 1)
                self._lose(
                    line, f"{VERDICT_FILE} cannot be parsed as JSON here; its other lines are used"
                )
            else:
                listed = data if isinstance(data, list) else [data]
                yield from _with_lines(text, listed)
                return
        else:
            self.mistakes.report(
                marked, f"{VERDICT_FILE} contains merge conflict markers; resolve the conflict"
            )
        for number, line in enumerate(StringIO(text), 1):
            if line.lstrip().startswith("{") and not self.mistakes.is_hopeless:
                try:
                    yield number, read_json(line.strip().removesuffix(","))
                except ValueError:
                    if not marked:
                        self.mistakes.count += 1
                    else:
                        self._lose(number, f"a line of {VERDICT_FILE} is not valid JSON")


def _with_lines(text: str, entries: Iterable[object]) -> Iterator[tuple[int, object]]:
    """Yield entries with the lines in which the file names their fingerprint, or the version."""
    places: dict[str, deque[int]] = {}
    line = end = 0
    for match in _NAMED.finditer(text):
        line, end = line + text.count("\n", end, match.start()), match.start()
        places.setdefault(match["name"] or "version", deque()).append(line + 1)
    for entry in entries:
        name = str(entry.get("fingerprint", "version")) if isinstance(entry, dict) else ""
        lines = places.get(json.dumps(name, ensure_ascii=False), places.get(name, deque((1,))))
        yield lines.popleft() if len(lines) > 1 else lines[0], entry


def _verdict(entry: object, line: int) -> Verdict:
    """Return a verdict.

    :raises VerdictError: if the entry is not one.
    """
    if not isinstance(entry, dict):
        msg = "it is not an object"
        raise VerdictError(msg)
    values = {name: entry.get(name, "") for name in Verdict.__slots__ if name != "line"}
    wrong = [name for name, value in values.items() if not isinstance(value, str)]
    if wrong:
        msg = f"its {wrong[0]} is not a string"
        raise VerdictError(msg)
    return _checked(Verdict(**values, line=line))


def record_verdicts(
    path: Path, verdicts: Iterable[Verdict], known: VerdictState | None = None
) -> None:
    """Add verdicts to the file; a new one replaces an older one on the same finding.

    :param known: the state of the file, so that a verdict on a finding whose words have changed
        since is also replaced.
    :raises VerdictError: if the file is damaged or of another version; it stays as it is.
    :raises OSError: if the file cannot be written; the old content stays.
    """
    new = {verdict.fingerprint: _checked(verdict) for verdict in verdicts}
    fitting = known.fitting if known else {}
    replaced = {fitting[name].fingerprint for name in new if name in fitting}
    now = {verdict.fingerprint: name for name, verdict in fitting.items()}
    kept: list[Verdict] = []
    for verdict in _kept(path, replaced):
        if verdict.fingerprint not in new:
            kept.append(verdict)
        elif verdict.fingerprint in now:
            # Its finding has another fingerprint since an equal passage was added before it.
            kept.append(replace(verdict, fingerprint=now[verdict.fingerprint]))
    _write(path, [*kept, *new.values()])


def remove_verdicts(path: Path, fingerprints: Iterable[str]) -> None:
    """Remove verdicts from the file.

    :raises VerdictError: if the file is damaged or of another version; it stays as it is.
    :raises OSError: if the file cannot be written; the old content stays.
    """
    _write(path, _kept(path, set(fingerprints)))


def _kept(path: Path, gone: Container[str]) -> list[Verdict]:
    file = read_verdicts(path)
    if file.damage is not None:
        msg = f"{path}:{file.damage.line}: {file.damage.message}"
        raise VerdictError(msg)
    return [verdict for verdict in file.verdicts if verdict.fingerprint not in gone]


def _write(path: Path, verdicts: Iterable[Verdict]) -> None:
    entries: list[dict[str, object]] = []
    for verdict in sorted(
        verdicts, key=lambda verdict: (verdict.docname, verdict.pattern, verdict.fingerprint)
    ):
        entry = asdict(verdict)
        del entry["line"]
        entries.append({name: value for name, value in entry.items() if value})
    lines = [json_text(row) for row in [*entries, {"version": VERSION}]]
    replace_text(path, "[\n" + ",\n".join(lines) + "\n]\n")


def verdict_state(
    file: VerdictFile,
    findings: Iterable[Finding],
    docnames: Iterable[str],
    was_looked_for: Callable[[Finding], bool],
) -> VerdictState:
    """Find the finding that each verdict is about, as a baseline finds its own.

    :param docnames: the pages there are now; any other page may have been renamed.
    :param was_looked_for: returns whether a finding would be among them if the book had it; not if
        a mistake left out its pattern, or if another build shows more of its page.
    """
    if not file.verdicts:
        return VerdictState(file)
    here = {finding.fingerprint: finding for finding in findings}
    # A fingerprint does not tell equal passages apart: the first one in the book has it.
    fitting = {
        verdict.fingerprint: verdict
        for verdict in file.verdicts
        if not verdict.content and verdict.fingerprint in here
    }
    rest = {
        verdict.fingerprint: verdict
        for verdict in file.verdicts
        if verdict.fingerprint not in fitting
    }
    left = [finding for name, finding in here.items() if name not in fitting]
    found = compare((verdict.about for verdict in rest.values()), left, docnames)
    fitting |= {now.fingerprint: rest[old.fingerprint] for old, now in found.same}
    gone = filter(was_looked_for, found.fixed)
    unused = tuple(rest[finding.fingerprint] for finding in gone)
    return VerdictState(file, fitting, unused)
