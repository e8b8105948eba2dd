"""Rewrites passages with marked changes as pairs, without and with the changes.

"The gate ~~is opened by~~ **opens for** Berta", or the same in CriticMarkup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from sphinxext_revguide.importer.recognise.heads import opens_unit
from sphinxext_revguide.importer.recognise.labels import fields_of, sample_role
from sphinxext_revguide.importer.recognise.lines import HEADING, Line
from sphinxext_revguide.importer.recognise.pair_lines import pair_lines

_CHANGE = re.compile(r"~~([^~]+)~~(?:[ ]?(?:→|->)?[ ]?(?:\*\*([^*]+)\*\*|\+\+([^+]+)\+\+))?")
_ADDED = re.compile(r"\+\+([^+]+)\+\+")


def _marked_text(start: str, end: str) -> str:
    """Return an expression for a text between two marks without either; it takes one pass."""
    # No possessive quantifier: Python before 3.11.5 matches those of groups wrongly.
    return rf"{start}((?:(?!{start}|{end}).)*){end}"


_CRITIC = (
    (re.compile(_marked_text(r"\{~~", "~>") + r"((?:(?!\{~~|~~\}).)*)~~\}"), r"~~\1~~++\2++"),
    (re.compile(_marked_text(r"\{--", r"--\}")), r"~~\1~~"),
    (re.compile(_marked_text(r"\{\+\+", r"\+\+\}")), r"++\1++"),
    (re.compile(_marked_text("<(?:del|s|strike)>", "</(?:del|s|strike)>")), r"~~\1~~"),
    (re.compile(_marked_text("<(?:ins|u)>", "</(?:ins|u)>")), r"++\1++"),
)
_QUOTE = re.compile(r" {0,3}> ?")
_SENTENCE = 4
_MIN = 2
"""If fewer words stay, the whole passage is replaced."""


def with_tracked_changes(lines: Sequence[Line]) -> list[Line]:
    """Rewrite each paragraph or quotation that contains a marked change as a pair."""
    found: list[Line] = []
    texts = [line.text for line in lines]
    # A text without issues and labels is a chapter that an editor changed, not a guide.
    inside = not any(map(opens_unit, texts)) and any(map(fields_of, texts))
    for blank, group in groupby(lines, key=lambda line: not line.text.strip()):
        own = list(group)
        inside = inside or any(opens_unit(line.text) for line in own)
        pair = None if blank or not inside else _pair(own)
        if pair is None:
            found += own
            continue
        number = own[0].number
        old, new = ([Line(text, number) for text in side] for side in pair)
        found += pair_lines(old, new)
    return found


def _pair(lines: Sequence[Line]) -> tuple[list[str], list[str]] | None:
    """Return both versions of a passage, or None if no change is marked inside it."""
    if any(HEADING.fullmatch(line.text) or "|" in line.text[:2] for line in lines):
        return None
    quoted = all(_QUOTE.match(line.text) for line in lines)
    texts = [_QUOTE.sub("", line.text, count=1) if quoted else line.text for line in lines]
    text = "\n".join(texts)
    text = _in_short_marks(text)
    labels = fields_of(text.split("\n")[0])
    if labels and len(labels) == 1 and sample_role(labels[0].words):
        text = "\n".join([labels[0].rest, *text.split("\n")[1:]]).strip()
    elif labels or text.startswith(("- ", "* ", "\0")):
        return None
    if not _has_partial_changes(text):
        return None
    before = _ADDED.sub("", _CHANGE.sub(lambda change: change[1], text))
    after = _ADDED.sub(
        lambda added: added[1], _CHANGE.sub(lambda change: change[2] or change[3] or "", text)
    )
    return _tidied(before), _tidied(after)


def has_changes(text: str) -> bool:
    """Return whether a text marks changes in sentences of which the rest stays."""
    return _has_partial_changes(_in_short_marks(text))


def _in_short_marks(text: str) -> str:
    """Return a text with all marks of changes written as ``~~old~~`` and ``++new++``."""
    for form, marks in _CRITIC:
        text = form.sub(marks, text)
    return text


def _has_partial_changes(text: str) -> bool:
    """Return whether the changes are parts of sentences of which the rest stays."""
    changes = list(_CHANGE.finditer(text))
    rest = _ADDED.sub(" ", _CHANGE.sub(" ", text))
    if not changes or len(re.findall(r"\w+", rest)) < _MIN:
        return False
    replaced = any(change[2] or change[3] for change in changes) or bool(_ADDED.search(text))
    begins = text[: changes[0].start()].strip()
    marked = any(change[3] for change in changes) or (not replaced and bool(begins))
    if marked and len(re.findall(r"\w+", rest)) >= _SENTENCE:
        return True
    within = [
        text[: change.start()].rstrip()[-1:] not in ("", ".", "!", "?", ":", ">", "”", '"')
        or change[1][:1].islower()
        for change in changes
    ]
    return replaced and any(within)


def _tidied(text: str) -> list[str]:
    tidy = re.sub(r"(?<=\S) {2,}", " ", text)
    return re.sub(r" +(?=[.,;:!?])", "", tidy).strip().split("\n")
