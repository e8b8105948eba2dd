"""Accounts for each line of a guide, so that nothing an editor wrote is lost.

The account looks for the guide's lines in the printed page, and does not rely on what the reader
says it did: a line that the page does not contain is appended to it unchanged.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from sphinxext_revguide.importer.parts import ImportedGuide
from sphinxext_revguide.importer.recognise.heads import unit_head
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.label_evidence import key_of
from sphinxext_revguide.importer.recognise.labels import (
    fields_of,
    label_of,
    label_role,
    line_label,
    plain_fields,
)
from sphinxext_revguide.importer.recognise.lines import without_bullet
from sphinxext_revguide.importer.recognise.lock_words import locks, passages_to_keep
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.importer.recognise.values import read_hours, read_reduction, read_size
from sphinxext_revguide.importer.rewrite.bare_labels import fields_in_text
from sphinxext_revguide.importer.rewrite.exported_markup import plain_text
from sphinxext_revguide.importer.rewrite.fences import mark_of
from sphinxext_revguide.importer.rewrite.inferred_heads import title_in
from sphinxext_revguide.importer.rewrite.issue_tables import is_column
from sphinxext_revguide.importer.rewrite.letters import behind_bold_head
from sphinxext_revguide.importer.rewrite.remarks import (
    clauses_of_remark,
    end_of_wrapped,
    fields_of_remark,
    joined_text,
)
from sphinxext_revguide.importer.rewrite.repeated_labels import unmarked_label
from sphinxext_revguide.importer.rewrite.titles_below import NUMBER_ALONE, TITLES
from sphinxext_revguide.importer.write.printer import Printed
from sphinxext_revguide.markup.page_blocks import PAIR, every_block, read_page, samples_of

_WORD = re.compile(r"[^\W_]+")
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_ENTITY = re.compile(r"&sect;|\\(?=[!-/:-@\[-`{-~])")
_SPLIT = re.compile(
    r"\*\*|__|\||:(?:\s|$)|[;·•]\s|\s[-–—]\s|→|->|[()\[\]]|\{#|[❌✗✅✓]"
    r"|[“”„«»\"]|~~|\{[+~=-]{2}|[+~=-]{2}\}|~>"
    r"|</?(?:ins|del|u|s|b|strong|br)\b[^<>]{0,80}>"
)
_COUNT = re.compile(r"\|\s*#?[A-Z]{0,3}-?[0-9]{1,3}\.?\s*(?=\|)")
"""The number of a row of a table."""
_BOLD_COUNT = re.compile(r"^\*\*[0-9]{1,2}[.):]?(?:\*\*)?[ \t]+(?=\S)")
"""The number of an issue whose bold title is followed by text."""
_LISTED = re.compile(r"(?<=[:;,] )(?:and )?(?:\([0-9a-z]{1,2}\) )?")
"""What numbers or joins the items of a list in a sentence."""
_AND = re.compile(r"[ ]and[ ](?=(?:the|your)\b)")
"""What joins the last item of a list in a sentence to the one before it."""
_CALLOUT = re.compile(r"![\w-]+")
"""The kind of a callout."""
_TOGGLE = re.compile(r"</?(?:details|summary|aside)\b", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:details|summary|aside|strong|b|em|i)\b[^<>]{0,80}>", re.IGNORECASE)
"""Tags of an export, which the page replaces by a heading or nothing."""
_DIFF = re.compile(r"(?:@@|--- |\+\+\+ |diff |index |\\ No newline).*")
_AS = {"problem": "prose", "why": "prose", "": "prose", "before": "sample", "after": "sample"}
"""Where the text after a label went, by the role of the label; all other roles are options."""
_TEXTS = ("sample", "prose", "lock", "comment")
"""Where lines go that the page must contain as often as the guide does."""
_VALUES = (read_impact, read_hours, read_reduction, read_size)


@dataclass(frozen=True, slots=True)
class LineAccount:
    """Where a line went: ``where`` is empty if the page does not contain it."""

    line: int
    where: str
    issue: str = ""


def account(guide: ImportedGuide, printed: Sequence[Printed]) -> list[LineAccount]:
    """Return where each line of a guide that is not blank went.

    :returns: ``where`` is ``title``, ``option``, ``label``, ``sample``, ``prose``, ``heading``,
        ``lock``, ``comment``, ``mark`` (a fence, a rule, the rule of a table), or empty.
    """
    source = _joined(guide.source)
    parts = sorted(printed, key=lambda part: part.line)
    starts = [part.line for part in parts]
    regions = [_Region(part, guide) for part in parts]
    page = _Page("\n".join(part.text for part in printed))
    found = []
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        text = plain_text(line)
        text = _TAGS.sub(" ", text) if _TOGGLE.search(text) else text
        region = regions[max(0, bisect_right(starts, number) - 1)]
        where = region.where(text, number)
        if not where and region.part.kind != "issue":
            # A list of locked items may be in the middle of an issue.
            region = _issue_above(regions, number) or region
            where = region.where(text, number)
        where = where or page.where(text) or page.columns(guide.source[number - 1 : number + 1])
        unit = region.part.unit
        found.append(LineAccount(number, where, unit.issue.id if unit else ""))
    return list(_once_each(found, guide.source, page.words))


def _joined(source: Sequence[str]) -> list[str]:
    """Return the lines, with each line of a wrapped remark replaced by the whole remark."""
    found = list(source)
    place = 0
    while place < len(found):
        end = end_of_wrapped(source, place)
        if end and (text := joined_text(source[place:end])):
            found[place:end] = [text] * (end - place)
        place = max(end, place + 1)
    return found


def _once_each(
    found: Sequence[LineAccount], source: Sequence[str], words: str
) -> Iterator[LineAccount]:
    """Yield the accounts, with ``where`` empty for repeated lines that the page lacks."""
    needles = {line.line: words_of(source[line.line - 1]) for line in found if line.where in _TEXTS}
    often = Counter(needles.values())
    left = {
        needle: _count(needle, words)
        for needle, count in often.items()
        if count > 1 and len(needle.split()) > 2
    }
    for line in found:
        needle = needles.get(line.line, "")
        if needle in left:
            left[needle] -= 1
        # A line that the page does not contain as a whole was accounted for piece by piece.
        is_lost = left.get(needle, 0) < 0 and needle in words
        yield replace(line, where="") if is_lost else line


def _count(needle: str, words: str) -> int:
    """Return how often ``needle`` is in ``words``; two neighbours may share the blank between."""
    count, place = 0, words.find(needle)
    while place >= 0:
        count, place = count + 1, words.find(needle, place + len(needle) - 1)
    return count


def _issue_above(regions: Sequence[_Region], number: int) -> _Region | None:
    above = [region for region in regions if region.part.unit and region.part.line <= number]
    return above[-1] if above else None


def words_of(text: str) -> str:
    """Return the words of a text, with a blank around each, to search for in those of another."""
    return f" {' '.join(_WORD.findall(_ENTITY.sub('', text).casefold()))} "


@dataclass(frozen=True)
class _Page:
    """The whole page, since fields of the guide may be far below its head."""

    text: str

    @cached_property
    def words(self) -> str:
        return words_of(self.text)

    def where(self, text: str) -> str:
        needle = words_of(text)
        return "prose" if len(needle.split()) > 2 and needle in self.words else ""

    def columns(self, lines: Sequence[str]) -> str:
        """Return "label" for the head of a table whose rows all became something else, else ""."""
        if not lines[1:] or not lines[0].lstrip().startswith("|") or set(lines[1]) - set(" |:-"):
            return ""
        names = lines[0].strip(" |").split("|")
        held = all(is_column(name) or words_of(name) in self.words for name in names)
        return "label" if held else ""


class _Region:
    """The part of the page that some lines of a guide became."""

    def __init__(self, part: Printed, guide: ImportedGuide) -> None:
        self.part = part
        self.inferred = guide.inferred
        self.said = dict(_said(part))
        kind = "prose" if part.kind in ("guide", "issue") else part.kind
        self.lines = {line.strip(): kind for line in part.text.split("\n")}
        if part.unit:
            samples = (line for text in _samples(part.text) for line in text.split("\n"))
            self.lines.update((line.strip(), "sample") for line in samples)
        whole = guide.guide
        self.values: list[object] = [whole.baseline, whole.reduction, whole.effort]
        if part.unit:
            issue = part.unit.issue
            self.values = [issue.impact, issue.reduction, issue.effort]

    def where(self, text: str, number: int) -> str:
        """Return where a line went, "" if unknown."""
        needle = words_of(text)
        if not needle.strip() or _is_bare_fence(text):
            return "mark" if needle.strip() or text.isascii() else self._symbols(text)
        if self.part.unit and number == self.part.line and self._is_title(text):
            return "title"
        if self.part.unit and self._is_label(text):
            return "label"
        if found := self.lines.get(text.strip()) or self.lines.get(text.strip("> \t")):
            return found
        for kind, words in self.said.items():
            if needle in words:
                return kind
        if self.part.unit and _DIFF.fullmatch(text):
            return "mark"
        return self._in_pieces(text)

    def _symbols(self, text: str) -> str:
        """Return where a line without words went, "" if unknown."""
        bare = text.strip(" \t>-*")
        if bare in self.part.text:
            return "prose"
        return "label" if not bare or label_role(bare) else ""

    def _is_label(self, text: str) -> bool:
        """Return whether a line is nothing but known labels, whose remarks the part contains."""
        bare = text.strip().lstrip("#").strip(" |")
        known = all(is_column(cell) or self._role(cell) for cell in bare.split("|"))
        return known and self._holds_brackets(bare)

    def _is_title(self, text: str) -> bool:
        bold, rest = behind_bold_head(text)
        if bold and self._in_pieces(rest):
            return self._is_title(f"**{bold}**")
        bare = _BOX.sub("", without_bullet(_BOLD_COUNT.sub("**", text.strip())))
        head = unit_head(bare.strip("#").strip().rstrip(":"))
        title = head.title if head else title_in(bare.strip("#*: "))
        if NUMBER_ALONE.fullmatch(bare.strip("#: ")):
            return True
        return self._holds(title) or self._in_pieces(title) != ""

    def _holds(self, text: str) -> bool:
        needle = words_of(text)
        return not needle.strip() or any(needle in words for words in self.said.values())

    def _holds_brackets(self, label: str) -> bool:
        """Return whether the part contains the remark of a label such as "AFTER (spoken)"."""
        return self._holds(label.partition("(")[2])

    def _in_pieces(self, text: str) -> str:
        """Return where a line of known labels, values and texts went, "" if any is unknown."""
        bare = without_bullet(text.strip().lstrip(">").strip())
        if self._are_fields(bare) or self._is_row(bare):
            return "option"
        _lead, kept = passages_to_keep(bare)
        if kept and all(map(self._holds, kept)):
            return "lock"
        alone = [[label] for label in (label_of(bare), line_label(bare)) if label]
        for labels in (*alone, fields_of(bare), plain_fields(bare)):
            known = all(
                (label.role or self._role(label.words)) and self._holds_brackets(label.words)
                for label in labels
            )
            if labels and known and all(self._is_value(label.rest) for label in labels):
                said = [label for label in labels if label.rest]
                return _AS.get(self._role(said[0].words), "option") if said else "label"
        words, rest = unmarked_label(bare)
        is_known = self._role(words) and self._holds_brackets(words)
        if words and is_known and self._is_value(rest):
            return _AS.get(self._role(words), "option")
        shape = field_of_shape(bare)
        if shape and self._is_value(shape[1]):
            return "option"
        bare = _COUNT.sub("", bare)
        return self._in_parts(bare) or self._in_parts(_AND.sub(" ", bare))

    def _in_parts(self, text: str) -> str:
        """Return where a line went if each piece between its marks is a known label or a value."""
        where = "label"
        for piece in _SPLIT.split(_LISTED.sub("", text)):
            bare = piece.strip(" :.")
            if (
                _CALLOUT.fullmatch(bare)
                or (len(bare) == 1 and bare.isalpha())
                or key_of(piece) in TITLES
            ):
                continue  # "(b)" numbers an edit of an issue, and "(B)" an issue
            known = is_column(piece) or self._role(piece)
            if (known and self._holds_brackets(piece)) or locks(piece):
                continue
            if not self._is_value(piece) and not all(map(self._is_value, piece.split(","))):
                return ""
            where = where if not piece.strip() else "option"
        return where

    def _are_fields(self, text: str) -> bool:
        """Return whether a text is fields or clauses of a remark that all went somewhere."""
        found = (
            fields_in_text(text),
            list(fields_of_remark(text)),
            list(clauses_of_remark(text)),
        )
        return any(said and all(map(self._in_pieces, said)) for said in found)

    def _is_row(self, text: str) -> bool:
        """Return whether a text is a row of a label and its value: ``| Grade | 2 - serious |``."""
        name, _bar, value = text.strip("| ").partition("|")
        return bool(value) and bool(self._role(name)) and self._is_value(value)

    def _role(self, words: str) -> str:
        """Return the role of a label, by its words or as the reader inferred it; "" if unknown."""
        bare = words.strip(" *_:").strip()
        return label_role(words) or self.inferred.get(bare.casefold(), "")

    def _is_value(self, text: str) -> bool:
        if self._holds(text):
            return True
        hours = f"{text} hours"
        read = [reader(text) for reader in _VALUES] + [read_hours(hours)]
        return any(finding.whole and finding.value in self.values for finding in read)


def _is_bare_fence(text: str) -> bool:
    """Return whether a line is a fence mark with nothing but a language."""
    mark = mark_of(text)
    return mark is not None and bool(re.fullmatch(r"[\w+#.-]*", mark.info))


def _said(part: Printed) -> Iterator[tuple[str, str]]:
    """Yield the kinds of text in a printed part and the words of each, narrower kinds first."""
    options = takewhile(lambda line: line.startswith(":"), part.text.split("\n")[1:])
    if part.unit is None:
        yield ("prose" if part.kind == "guide" else part.kind), words_of(part.text)
        return
    yield "option", words_of("\n".join(options))
    yield "sample", words_of("\n".join(_samples(part.text)))
    yield "title", words_of(read_page(part.text).blocks[0].title)
    yield "prose", words_of(part.text)


def _samples(text: str) -> Iterator[str]:
    for block in every_block(read_page(text).blocks):
        if block.name == PAIR:
            yield from samples_of(block)
