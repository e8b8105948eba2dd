"""Labels without a bold mark that repeat under most heads -> bold labels.

"Reason: nobody waits" is a sentence where it stands once, and a label where every issue has one.
Where the words of such a label say nothing, its place may: what always stands with a passage below
a BEFORE is the AFTER.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.read.blocks import Block
from sphinxext_revguide.importer.read.heads import bold_unit
from sphinxext_revguide.importer.read.labels import fields_of, label_role
from sphinxext_revguide.importer.read.lines import END, HEADING, Line
from sphinxext_revguide.model import Problem

_LABEL = re.compile(
    r"(?:([*_]{1,3})([^\W\d_][\w'’ /-]{0,40}?)(?:[.:?]\1|\1:)|([^\W\d_][\w'’ /-]{1,40}?):)"
    r"(?:[ \t]+(\S.*))?"
)
_ALONE = re.compile(r"([*_]{1,3})([^\W\d_][\w'’ /-]{1,40}?)\1()()")
_LETTERHEAD = frozenset({
    "to", "from", "cc", "date", "re", "subject", "dear", "note", "nb", "ps", "tip", "warning",
})  # fmt: skip
_UNDERLINE = re.compile(r"={3,}|-{4,}")
_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]\.?")
_MIN = 2
_GUESSED = re.compile(r"\*\*(BEFORE|AFTER) \(([^()]+)\):\*\*")
_SIDES = ("before", "after")
_PAST = frozenset({"was", "formerly", "old", "before"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A label: its words, what follows on its line, its section, and whether a passage does."""

    words: str
    rest: str
    section: int
    quotes: bool
    bold: bool

    @property
    def key(self) -> str:
        """The words, to be compared."""
        return self.words.casefold()


def unmarked_label(text: str) -> tuple[str, str]:
    """Return the words of such a label at the beginning of a line, and what follows them."""
    match = _LABEL.fullmatch(text.strip())
    return ((match[2] or match[3]).strip(), match[4] or "") if match else ("", "")


def with_repeated_labels(lines: Sequence[Line]) -> list[Line]:
    """Return lines with such labels in bold, each as a paragraph of its own."""
    labels = _labels(lines)
    sections: dict[str, set[int]] = defaultdict(set)
    for label in labels.values():
        sections[label.key].add(label.section)
    most = max(map(len, sections.values()), default=0)
    repeated = {
        words for words, own in sections.items() if len(own) >= _MIN and 2 * len(own) >= most
    }
    if not any(map(label_role, repeated)):
        return list(lines)
    sides = _by_place([label for label in labels.values() if label.key in repeated])
    found: list[Line] = []
    for index, line in enumerate(lines):
        here = labels.get(index)
        side = sides.get(here.key, "") if here else ""
        if here is None or here.key not in repeated or (here.bold and not side):
            found.append(line)
            continue
        name = f"{side.upper()} ({here.words})" if side else here.words
        found += (Line("", 0), Line(f"**{name}:** {here.rest}".rstrip(), line.number))
    return found


def guesses_by_place(blocks: Sequence[Block], source: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each label of an issue that was read as a sample for its place alone.

    :param blocks: the blocks of the issue.
    :param source: the lines of the guide.
    """
    for line in (line for block in blocks for line in block.lines if line.number):
        match = _GUESSED.match(line.text)
        if match and unmarked_label(source[line.number - 1])[0] == match[2]:
            message = (
                f"“{match[2]}” was read as {match[1]}, because of its place among the labels; "
                "check that this is right"
            )
            yield Problem(line.number, message, "guess")


def _labels(lines: Sequence[Line]) -> dict[int, _Found]:
    section = 0
    labels: dict[int, _Found] = {}
    above = ""
    for index, line in enumerate(lines):
        text = line.text.rstrip()
        below = next((other.text for other in lines[index + 1 : index + 3] if other.text), "")
        underlined = bool(_UNDERLINE.fullmatch(below)) and not above.strip()
        if HEADING.fullmatch(text) or text == END or bold_unit(text) or underlined:
            section += 1
            above = ""
            continue
        match = _LABEL.fullmatch(text) or _ALONE.fullmatch(text)
        begins = not above.strip() or above.startswith("\0") or index - 1 in labels
        above = line.text
        if not section or match is None or not begins:
            continue
        words, rest = (match[2] or match[3]).strip(), match[4] or ""
        alone = match.re is _ALONE
        if words.casefold() in _LETTERHEAD or (alone and not label_role(words)):
            continue
        quotes = bool(
            _QUOTED.fullmatch(rest)
            if rest
            else below[:1] in (">", "\0") or (_QUOTED.fullmatch(below.strip()))
        )
        bold = match[1] in ("**", "__") and bool(fields_of(text))
        labels[index] = _Found(words, rest, section, quotes, bold)
    return labels


def _by_place(labels: Sequence[_Found]) -> dict[str, str]:
    """Return which samples labels announce whose words say nothing: their places may."""
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
        # "Now" is a BEFORE beside "Better", and the AFTER of "Was".
        sides |= {past: "before", "now": "after"}
    return sides
