"""Rewrites labels without a bold mark as bold labels if they recur under most heads.

"Reason: nobody waits" is a sentence if it occurs once, and a label if every issue has one. If the
words of a label say nothing, its place may: a label that always stands with a passage below a
BEFORE introduces the AFTER.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sphinxext_revguide.importer.recognise.heads import begins_section
from sphinxext_revguide.importer.recognise.label_evidence import Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.labels import column_role, fields_of, label_role
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.recognise.table_cells import RULE, cells_of

_LABEL = re.compile(
    r"(?:[^\w\s*_|>#`\\\"“'(\[-]{1,4}[ \t]*)?"
    r"(?:([*_]{1,3})([^\W\d_][\w'’ /-]{0,40}?(?:\([^()]{1,40}\))?)(?:[.:?]\1|\1:)"
    r"|([^\W\d_][\w'’ /-]{1,40}?(?:[ ]?\([^()]{1,40}\)|, (?:pp?|page|line)\.? [0-9–-]{1,9})?):)"
    r"(?:[ \t]+(\S.*))?"
)
_BULLET = re.compile(r"[-*+•][ \t]+")
_WHOLE = re.compile(r"([*_])(?!\1)([^*_]+)\1")
"""A label and its text, both emphasized."""
_RUN_IN = re.compile(r"()([A-Z][\w'’]{1,20}(?: [\w'’]{1,15}){0,3})[.?][ \t]+()(\S.*)")
_OPENING = re.compile(
    r"([*_]{0,2})((?:[\w'’]+ ){0,4}?because)\1()[ ,]+(\S.*)",
    re.IGNORECASE,
)
"""The first words of a sentence that states a reason in each issue: "Worth it because"."""
_ALONE = re.compile(r"([*_]{1,3})([^\W\d_][\w'’ /-]{1,40}?)\1()()")
_PLACE = re.compile(
    r"(?:and |also |then )?(?:on |at |in |from )?"
    r"(?:pp?|pages?|sections?|para(?:graph)?s?|lines?|chapters?|scenes?|slides?) [0-9]{1,4}",
    re.IGNORECASE,
)
"""A label that only says where a passage is."""
_LETTERHEAD = frozenset({
    "to", "from", "cc", "date", "re", "subject", "dear", "note", "nb", "ps", "tip", "warning",
})  # fmt: skip
_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]\.?")
_MIN = 2
_FIELDS = 3
_NEAR = 4
_SIDES = ("before", "after")
_PAST = frozenset({"was", "formerly", "old", "before"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A label: its words, the text after it, its section, and whether it has a quoted passage.

    ``value`` is the text after it, or else below it. ``kind`` is ``item`` for an item of a list,
    ``run-in`` for words that end with a full stop, ``column`` for the head of a column, and
    otherwise "".
    """

    words: str
    rest: str
    section: int
    quotes: bool
    bold: bool
    value: str
    kind: str

    @property
    def key(self) -> str:
        """The words in the form in which labels are compared."""
        return key_of(self.words)


def unmarked_label(text: str) -> tuple[str, str]:
    """Return the words of such a label at the beginning of a line, and the text after them."""
    bare = text.strip()
    match = _LABEL.fullmatch(bare) or _RUN_IN.fullmatch(bare) or _OPENING.fullmatch(bare)
    return ((match[2] or match[3]).strip(), match[4] or "") if match else ("", "")


def with_repeated_labels(lines: Sequence[Line]) -> list[Line]:
    """Return lines with such labels in bold, each as a paragraph of its own."""
    labels = _labels(lines)
    sections: dict[str, set[int]] = defaultdict(set)
    for label in labels.values():
        sections[label.key].add(label.section)
    most = max(map(len, sections.values()), default=0)
    run_in = {label.key for label in labels.values() if label.kind == "run-in"}
    repeated = {
        words
        for words, own in sections.items()
        if len(own) >= (_MIN + 1 if words in run_in else _MIN) and 2 * len(own) >= most
    }
    own = [label for label in labels.values() if label.key in repeated]
    roles = _inferred(own)
    known = any(label_role(label.key) for label in own if not label.kind)
    placed = _placed(labels)
    if not roles and not known and not placed:
        return list(lines)
    items = {label.key for label in own if label.kind == "item" and label.key in roles}
    found: list[Line] = []
    for index, line in enumerate(lines):
        here = labels.get(index)
        if here and index in placed:
            found += apart(Line(f"**{written_name(placed[index], here.words)}:**", line.number))
            continue
        role = roles.get(here.key, "") if here else ""
        stays = here is None or here.key not in repeated
        stays = stays or (not role and (not known or (here is not None and here.bold)))
        if here is None or stays or (here.kind and not _is_label(here, roles, items)):
            found.append(line)
            continue
        name = written_name(role, here.words)
        found += (Line("", 0), Line(f"**{name}:** {here.rest}".rstrip(), line.number))
    return found


def _is_label(label: _Found, roles: Mapping[str, str], items: Collection[str]) -> bool:
    """Return whether an item of a list, or the first words of a text, are a label."""
    if label.kind == "column":
        return False
    role = roles.get(label.key) or label_role(label.words)
    return bool(items) and bool(role) if label.kind == "item" else bool(role)


def _labels(lines: Sequence[Line]) -> dict[int, _Found]:
    section = 0
    labels: dict[int, _Found] = {}
    above = ""
    for index, line in enumerate(lines):
        text = line.text.rstrip()
        below = next((other.text for other in lines[index + 1 : index + 3] if other.text), "")
        if begins_section(text):
            section += 1
            above = ""
            continue
        bullet = _BULLET.match(text)
        bare = text[bullet.end() :] if bullet else text
        bare = whole[2] if (whole := _WHOLE.fullmatch(bare)) else bare
        match = (
            _LABEL.fullmatch(bare)
            or _RUN_IN.fullmatch(bare)
            or _OPENING.fullmatch(bare)
            or _ALONE.fullmatch(text)
        )
        begins = bullet or not above.strip() or above.startswith("\0") or index - 1 in labels
        above = line.text
        if section and text.startswith("|") and RULE.fullmatch(below):
            labels |= dict(_columns(lines, index, section))
        if not section or match is None or not begins:
            continue
        words, rest = (match[2] or match[3]).strip(), match[4] or ""
        alone = match.re is _ALONE
        kind = "item" if bullet else "run-in" if match.re in (_RUN_IN, _OPENING) else ""
        known = not alone or label_role(words) or _PLACE.fullmatch(words)
        if words.casefold() in _LETTERHEAD or not known:
            continue
        if not rest and _is_led(lines, index + 1):
            continue
        quotes = bool(
            _QUOTED.fullmatch(rest)
            if rest
            else below[:1] in (">", "\0") or (_QUOTED.fullmatch(below.strip()))
        )
        bold = not kind and match[1] in ("**", "__") and bool(fields_of(text))
        labels[index] = _Found(words, rest, section, quotes, bold, rest or below.strip(" >"), kind)
    return labels


def _placed(labels: Mapping[int, _Found]) -> dict[int, str]:
    """Return the sides of labels that only say where a passage is, and of the labels below them.

    Those have to introduce the text that replaces the passage.
    """
    sides: dict[int, str] = {}
    for (first, label), (second, other) in pairwise(labels.items()):
        beside = label.section == other.section and label.quotes and other.quotes
        beside = beside and not label.rest and not other.rest
        if beside and _PLACE.fullmatch(label.words) and label_role(other.words) == "after":
            sides |= {first: "before", second: "after"}
    return sides


def _is_led(lines: Sequence[Line], place: int) -> bool:
    """Return whether the next text is the label of a sample, to which the line above only leads."""
    near = lines[place : place + _NEAR]
    below = next((line.text for line in near if line.text.strip()), "")
    return below.startswith(("**BEFORE", "**AFTER"))


def _columns(lines: Sequence[Line], index: int, section: int) -> Iterator[tuple[int, _Found]]:
    """Yield the columns of samples in a table as labels, if it has one for each side."""
    if index + 2 >= len(lines):
        return
    heads, row = (cells_of(lines[place].text) for place in (index, index + 2))
    roles = list(map(column_role, heads))
    if all(roles.count(side) == 1 for side in _SIDES) and len(row) == len(heads):
        for place, side in enumerate(_SIDES):
            text = row[roles.index(side)]
            yield index + place, _Found(side, text, section, True, False, text, "column")


def _inferred(labels: Sequence[_Found]) -> dict[str, str]:
    """Return what labels without known words mean, if known ones recur with them.

    The known ones must be a BEFORE and an AFTER, or several fields.
    """
    sides = _by_place(labels)
    records = {label.key: Record(label.words, "", 0).key for label in labels}
    roles = meanings(
        Record(label.words, label.value, label.section, label.quotes) for label in labels
    )
    known = {key: roles.get(record, "") for key, record in records.items()} | sides
    said = {label_role(key) for key in known} - {"", *_SIDES}
    if not {*_SIDES} <= {*known.values()} and len(said) < _FIELDS:
        return sides
    inferred = {key: role for key, role in known.items() if role and role != label_role(key)}
    if {*_SIDES} & {*inferred.values()}:
        # Labels with known words introduce samples as well, even without a mark.
        inferred |= {key: role for key, role in known.items() if role in _SIDES}
    return sides | inferred


def _by_place(labels: Sequence[_Found]) -> dict[str, str]:
    """Return the sides of labels without known words, by their places next to other labels."""
    order: dict[int, list[_Found]] = defaultdict(list)
    for label in labels:
        if label.quotes or label_role(label.words) in _SIDES:
            order[label.section].append(label)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for own in order.values():
        roles = [label_role(label.words) for label in own]
        for place, (label, role) in enumerate(zip(own, roles, strict=True)):
            if role:
                continue
            if "after" not in roles and place and roles[place - 1] == "before":
                counts[label.key, "after"] += 1
            elif "before" not in roles and roles[place + 1 : place + 2] == ["after"]:
                counts[label.key, "before"] += 1
    sides = {key: side for (key, side), count in counts.items() if count >= _MIN}
    keys = [label.key for label in labels]
    past = next((key for key in keys if key in _PAST), "")
    if past and "now" in keys and keys.index(past) < keys.index("now"):
        # "Now" means BEFORE next to "Better", but AFTER next to "Was".
        sides |= {past: "before", "now": "after"}
    return sides
