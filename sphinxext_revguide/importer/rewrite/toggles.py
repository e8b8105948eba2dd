"""Rewrites the toggles and callouts of an export as headings, sections and labels.

A toggle with fields or samples is an issue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinxext_revguide.importer.recognise.heads import opens_unit, unit_head
from sphinxext_revguide.importer.recognise.labels import (
    fields_of,
    label_role,
    plain_label,
    sample_role,
)
from sphinxext_revguide.importer.recognise.lines import END, Line
from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape

_OPENS = re.compile(r"\s*<details[^<>]{0,80}>\s*(.*)", re.IGNORECASE)
_CLOSES = re.compile(r"\s*</details>\s*", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*<summary>(.*?)</summary>\s*(.*)", re.IGNORECASE)
_CALLOUT = re.compile(r"\s*</?aside>\s*", re.IGNORECASE)
_TAG = re.compile(r"</?(?:strong|b|em|i|u|span|mark)\b[^<>]{0,80}>", re.IGNORECASE)
_BOLD_PART = re.compile(
    r"(?:<(?:b|strong)>|\*\*)(.*?)(?:</(?:b|strong)>|\*\*)[ ]?(.*)", re.IGNORECASE
)
_DASHES = re.compile(r"[ ]?[–—|·•][ ]|[ ]-[ ]|⏱|,[ ](?=should|could)")
_KEY = re.compile(r"([A-Z]{1,3}[- ]?)[0-9]{1,3}\b")
_BOLD = re.compile(r"(?:[^\w\s*]{1,4}\s*)?\*\*([^*]+)\*\*:?")


def without_toggles(lines: Sequence[Line]) -> list[Line]:
    """Rewrite each toggle as an issue, a section or a label, and callouts of what must stay."""
    lines = _without_callouts(lines)
    toggles = list(_toggles(lines))
    own = any(opens_unit(line.text) for line in lines)
    named = [toggle for toggle in toggles if unit_head(toggle.title)]
    labelled = {toggle for toggle in toggles if toggle.has_labels(lines)}
    keys = {toggle.key for toggle in labelled if toggle.key}
    like_issues = [toggle for toggle in toggles if toggle in labelled or toggle.key in keys]
    are_issues = not own and (
        len(named) > 1 or (len(like_issues) > 1 and 2 * len(like_issues) >= len(toggles))
    )
    found: list[Line] = []
    done = count = 0
    for toggle in toggles:
        role = sample_role(toggle.title)
        if not are_issues and not role:
            continue
        found += lines[done : toggle.start]
        head = lines[toggle.start + toggle.above - 1].number
        is_issue = not role and (toggle in named or (not named and toggle in like_issues))
        count += is_issue
        title = f"ISSUE #{count}: {toggle.title}" if is_issue and not named else toggle.title
        found += apart(Line(f"**{role.upper()}:**" if role else f"### {title}", head))
        for text in (*toggle.fields, toggle.rest):
            found += apart(Line(text, head)) if text else ()
        found += lines[toggle.start + toggle.above : toggle.end]
        found += apart(Line("" if role else END, 0))
        done = toggle.end + 1
    return [*found, *lines[done:]]


class _Toggle:
    """A toggle: its first and last line, the number of lines of its title, and its title."""

    def __init__(self, start: int, above: int, end: int, summary: re.Match[str]) -> None:
        self.start, self.above, self.end = start, above, end
        whole = summary[1].replace("**", "")
        self.fields: list[str] = []
        bold = _BOLD_PART.fullmatch(summary[1].strip())
        parts = [part for part in _DASHES.split(bold[2]) if part.strip()] if bold else []
        shapes = [field_of_shape(part) for part in parts]
        if bold and parts and all(shapes):
            self.fields = [f"**{shape[0]}:** {shape[1]}" for shape in shapes if shape]
            whole = bold[1]
        self.title = " ".join(_TAG.sub("", whole).split())
        self.rest = summary[2].strip()

    @property
    def key(self) -> str:
        """The letters by which an editor numbers issues, as in "R3"; "" if the title has none."""
        match = _KEY.match(self.title)
        return match[1] if match else ""

    def has_labels(self, lines: Sequence[Line]) -> bool:
        """Return whether the toggle contains a field or a sample."""
        own = (line.text for line in lines[self.start + self.above : self.end])
        if self.fields:
            return True
        return any(
            any(label.role for label in fields_of(text)) or plain_label(text) or _is_row(text)
            for text in own
        )


def _is_row(text: str) -> bool:
    """Return whether a line is a row of a table that begins with a label of an issue."""
    return text.startswith("|") and bool(label_role(text.strip("| ").partition("|")[0].strip()))


def _toggles(lines: Sequence[Line]) -> list[_Toggle]:
    """Return the toggles that are not inside another one."""
    found: list[_Toggle] = []
    depth = start = 0
    for index, line in enumerate(lines):
        if _OPENS.fullmatch(line.text):
            start = start if depth else index
            depth += 1
        elif depth and _CLOSES.fullmatch(line.text):
            depth -= 1
            toggle = None if depth else _toggle(lines, start, index)
            found += [toggle] if toggle else []
    return found


def _toggle(lines: Sequence[Line], start: int, end: int) -> _Toggle | None:
    opening = _OPENS.fullmatch(lines[start].text)
    same = _SUMMARY.fullmatch(opening[1]) if opening else None
    below = _SUMMARY.fullmatch(lines[start + 1].text) if start + 1 < end else None
    summary = same or below
    if summary is None or not _TAG.sub("", summary[1]).strip():
        return None
    return _Toggle(start, 1 if same else 2, end, summary)


def _without_callouts(lines: Sequence[Line]) -> list[Line]:
    """Rewrite callouts of what must stay as sections, and all others as texts."""
    found: list[Line] = []
    inside = locked = False
    for line in lines:
        if _CALLOUT.fullmatch(line.text):
            found += apart(Line(END if locked else "", 0))
            inside, locked = "/" not in line.text, False
            continue
        bold = _BOLD.fullmatch(line.text.strip()) if inside else None
        if bold and locks(bold[1]):
            locked = True
            found += [*apart(Line(END, 0)), *apart(Line(f"## {bold[1]}", line.number))]
        else:
            found.append(line)
    return found
