"""The facts ledger: which facts of a BEFORE its AFTER keeps, loses and adds.

A fact is a number, a date, a name, a quotation, the target of a link, or code. Sentences are also
compared by two things that they state: whether something is denied, and how strongly it is
required. This is done only where most of their words are the same, because the words of a sentence
that was rewritten do not tell whether it states the opposite.

Word lists are data, in ``facts-ledger-en.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.measure import plain_typography
from sphinxext_revguide.text.proper_names import (
    SENTENCE,
    names_in,
    ordinary_words,
    without_marks,
    words_in,
    words_of_english,
)
from sphinxext_revguide.text.quantities import counting_words_in, figures_in

KINDS = ("number", "date", "name", "quotation", "link", "code", "negation", "strength")
"""The kinds of facts, in the order in which they are shown."""
SAME_SENTENCE = 0.6
"""Share of words that two sentences must have in common to be the same statement. Of the real
pairs measured, sentences that were rewritten share less than half of theirs."""
_MAX_SENTENCES = 300
"""More sentences than this are not compared pairwise: the time grows with the product."""
_LONGEST_QUOTATION = 1000
"""Characters; a longer one results from a mark that was never closed."""

_FENCE = late(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)
_ROLE = late(r"(?:\{[\w:+-]{1,60}\}|:[\w:+-]{1,60}:)(`{1,2})([^`\n]+)\1")
_CODE = late(r"(`{1,2})([^`\n]+)\1(?!_)")
_LINK = late(
    r"\]\(\s*<?([^)\s>]+)[^)\n]*\)|`[^`<\n]*<([^>`\n]+)>`__?|<((?:https?|mailto):[^>\s]+)>"
)
_URL = late(r"\bhttps?://[^\s)>\]\"'`|]+")
_TARGET = late(r"<([^<>\n]+)>\s*$")
_QUOTED = late(r'"([^"\n]+)"')
_RULE = late(r"^[\s|:+=~^-]+$", re.MULTILINE)
_SOFT_BREAK = late(r"(?<=[\w,;)'\"])[ \t]*\n(?=[ \t]*[\w(\"'])")
"""The end of a line inside a paragraph."""
_DASH = re.compile(r"(?<=\w)\N{EM DASH}(?=\w)")
_CAN_NOT = late(r"\bcan not\b(?! only\b)")
_YEAR = r"(?:1[89]|20)\d\d"
_HAS_YEAR = re.compile(_YEAR)
_LETTERS = re.compile(r"\w+")


@record(frozen=True, slots=True)
class Fact:
    """A fact as it is written, and the key by which it is compared with others of its kind."""

    kind: str
    text: str
    key: tuple[str, ...]


@record(frozen=True, slots=True)
class Shift:
    """A statement that both texts make, but differently.

    ``kind`` is negation or strength; ``before`` and ``after`` are the words that differ, empty if a
    text has none, and ``sentence`` is the sentence of the AFTER.
    """

    kind: str
    before: str
    after: str
    sentence: str


@record(frozen=True, slots=True)
class Ledger:
    """What an AFTER does to the facts of its BEFORE, each fact once and in order of place."""

    kept: tuple[Fact, ...] = ()
    lost: tuple[Fact, ...] = ()
    new: tuple[Fact, ...] = ()
    shifts: tuple[Shift, ...] = ()

    @property
    def loses(self) -> bool:
        """Whether a fact is missing or a statement has changed."""
        return bool(self.lost or self.shifts)


def ledger(before: str, after: str, terms: Collection[str] = ()) -> Ledger:
    """Compare the facts of two texts.

    :param before: Markdown or reStructuredText, as quoted or as it is in a chapter.
    :param after: the text that replaces it.
    :param terms: names that the book defines, such as in its glossary; they are found everywhere.
    """
    return _compared(before, after, tuple(terms))


# A card, the report and the warnings compare the same samples; an editor does at each keystroke.
@lru_cache(maxsize=1024)
def _compared(before: str, after: str, terms: tuple[str, ...]) -> Ledger:
    old_text, new_text = _plain(before), _plain(after)
    rests = [_without_code(text)[0] for text in (old_text, new_text)]
    ordinary = ordinary_words(*rests)
    # A name inside a sentence is also a name at the beginning of a sentence.
    inner = (name for rest in rests for name, _key in names_in(rest, terms, ordinary))
    known = {*terms, *inner}
    old, new = (list(facts_in(text, known, ordinary)) for text in (old_text, new_text))
    there, were = _by_kind(new), _by_kind(old)
    kept: list[Fact] = []
    lost: list[Fact] = []
    for fact in _once(old):
        (kept if _holds(there, fact) else lost).append(fact)
    added = [fact for fact in _once(new) if not _holds(were, fact)]
    return Ledger(tuple(kept), tuple(lost), tuple(added), tuple(_shifts(old_text, new_text)))


def as_lists(found: Ledger) -> dict[str, list[list[str]]]:
    """Return a ledger as lists of texts, for a tree or a report.

    :returns: ``kept``, ``lost`` and ``new`` with the kind and the text of each fact; ``shifts``
        with the kind of each statement, the words of both texts, and the sentence.
    """
    return {
        "kept": [[fact.kind, fact.text] for fact in found.kept],
        "lost": [[fact.kind, fact.text] for fact in found.lost],
        "new": [[fact.kind, fact.text] for fact in found.new],
        "shifts": [
            [shift.kind, shift.before, shift.after, shift.sentence] for shift in found.shifts
        ],
    }


def facts_in(
    text: str, known: Collection[str] = (), ordinary: Collection[str] | None = None
) -> Iterator[Fact]:
    """Yield the facts of a text, kind by kind.

    :param known: names that count even where they open a sentence.
    :param ordinary: words that are no names; default: those that the text mostly writes small.
    """
    rest, literal = _without_code(_plain(text))
    if ordinary is None:
        ordinary = ordinary_words(rest)
    for kind, value in literal:
        yield Fact(kind, value, tuple(value.split()))
    for match in _QUOTED.finditer(rest):
        words = words_in(match[1])
        if len(words) > 1 and len(match[1]) <= _LONGEST_QUOTATION:
            yield Fact("quotation", match[1].strip(), tuple(word.lower() for word in words))
    dates = list(_dates_in(rest))
    yield from (Fact("date", match[0], _date_key(match)) for match in dates)
    undated = _date_pattern().sub(" ", rest) if dates else rest
    for figure in figures_in(undated):
        if figure.key not in _TOO_COMMON:
            yield Fact("number", figure.text, figure.key)
    for said, value in counting_words_in(undated):
        yield Fact("number", said, ("counting", value))
    for name, key in names_in(undated, known, ordinary):
        yield Fact("name", name, key)


def _plain(text: str) -> str:
    # Plain typography has one dash, which may be inside a word.
    return plain_typography(_DASH.sub(" \N{EM DASH} ", text))


_TOO_COMMON = (("", "1"), ("", "0"))
"""*One* is mostly a pronoun; a row of zeros says little."""


def _by_kind(facts: Iterable[Fact]) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for fact in facts:
        found.setdefault(fact.kind, set()).add(fact.key)
    return found


def _once(facts: Iterable[Fact]) -> list[Fact]:
    first: dict[tuple[str, tuple[str, ...]], Fact] = {}
    for fact in facts:
        first.setdefault((fact.kind, fact.key), fact)
    return list(first.values())


def _holds(there: Mapping[str, set[tuple[str, ...]]], fact: Fact) -> bool:
    """Return whether a text contains a fact; a part of a name is enough: *Shah* for *Dr Shah*."""
    keys = there.get(fact.kind, set())
    if fact.key in keys:
        return True
    if fact.kind != "name":
        return False
    parts = set(fact.key)
    # An acronym does not stand for the whole name: a *VPN* is not *Giant Swarm VPN*.
    acronyms = {word.lower() for word in fact.text.split() if word.isupper()}
    return any(
        (parts <= set(key) or parts >= set(key)) and not parts & set(key) <= acronyms
        for key in keys
    )


# Code and links


# Facts, inner names and statements are looked for in the same text.
@lru_cache(maxsize=8)
def _without_code(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a text without code and link targets, and the removed parts with their kinds."""
    found: list[tuple[str, str]] = []

    def take(kind: str, value: str) -> str:
        value = " ".join(value.split())
        if value:
            found.append((kind, value))
        return " "

    def role(match: re.Match[str]) -> str:
        target = _TARGET.search(match[2])
        take("link", target[1] if target else match[2])
        return match[2][: target.start()] if target else " "

    text = _FENCE.sub(lambda match: take("code", match[2]), text)
    text = _ROLE.sub(role, text)
    text = _LINK.sub(lambda match: take("link", match[1] or match[2] or match[3]) + "]", text)
    text = _URL.sub(lambda match: take("link", match[0].rstrip(".,;:!?")), text)
    text = _CODE.sub(lambda match: take("code", match[2]), text)
    return text.replace("[", " ").replace("]", " "), tuple(found)


# Dates


@cache
def _date_pattern() -> re.Pattern[str]:
    words = words_of_english()["dates"]
    months = "|".join(
        f"{name[:3]}(?:{name[3:]}|\\.)?" if name != "may" else "may" for name in words["months"]
    )
    whole = "|".join(words["months"])
    weekdays = "|".join(words["weekdays"])
    nth = r"\d{1,2})(?:st|nd|rd|th)?"
    return re.compile(
        rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
        rf"|\b(?P<day>{nth}(?: of)? (?P<month>{months})\b(?:,? (?P<year>{_YEAR}))?"
        rf"|\b(?P<month2>{months}) (?P<day2>{nth}\b(?!\d|:)(?:,? (?P<year2>{_YEAR}))?"
        rf"|\b(?P<month3>{months}) (?P<year3>{_YEAR})\b"
        rf"|\b(?P<weekday>{weekdays})s?\b"
        rf"|(?<![\w/.])(?P<slashed>\d{{1,2}}/\d{{1,2}}/{_YEAR}|\d{{1,2}}\.\d{{1,2}}\.{_YEAR})\b"
        rf"|\b(?P<lone>(?!may\b|march\b)(?:(?:{whole})\b|(?:{months})(?<!\.)(?= )))"
        rf"|(?<![\w.,$€£])(?P<alone>{_YEAR})(?![\w%]|[.,]\d| ?(?:hours|items|people|requests))",
        re.IGNORECASE,
    )


@cache
def _words_of_dates() -> frozenset[str]:
    words = words_of_english()["dates"]
    months, weekdays = words["months"], words["weekdays"]
    return frozenset(
        [*months, *(name[:3] for name in months), *weekdays, *(f"{name}s" for name in weekdays)]
    )


def _dates_in(text: str) -> Iterable[re.Match[str]]:
    """Find the dates of a text; each names a year, a month or a day of the week."""
    if _HAS_YEAR.search(text) or not _words_of_dates().isdisjoint(
        _LETTERS.findall(text.casefold())
    ):
        return _date_pattern().finditer(text)
    return ()


def _date_key(match: re.Match[str]) -> tuple[str, ...]:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return year, str(int(month)), str(int(day))
    if match["weekday"]:
        return (match["weekday"].lower(),)
    if match["alone"] or match["slashed"]:
        return (match["alone"] or match["slashed"],)
    name = match["month"] or match["month2"] or match["month3"] or match["lone"]
    stems = [month[:3] for month in words_of_english()["dates"]["months"]]
    month = str(stems.index(name[:3].lower()) + 1)
    return (
        match["year"] or match["year2"] or match["year3"] or "",
        month,
        match["day"] or match["day2"] or "",
    )


# Statements


def _shifts(before: str, after: str) -> Iterator[Shift]:
    """Yield the statements that two texts make differently."""
    old, new = _statements(before), _statements(after)
    if len(old) > _MAX_SENTENCES or len(new) > _MAX_SENTENCES:
        return
    left = [words for words in new if words not in old]
    for words in old:
        if words in new:
            continue
        share, best = max(((_likeness(words, other), other) for other in left), default=(0.0, []))
        if share < SAME_SENTENCE:
            continue
        sentence = " ".join(best)
        denied, denied_now = _negations(words), _negations(best)
        if len(denied) != len(denied_now):
            yield Shift("negation", ", ".join(denied), ", ".join(denied_now), sentence)
        was, now = _strength(words), _strength(best)
        gone, come = list((was - now).elements()), list((now - was).elements())
        if gone and come and gone[0][0] != come[0][0]:
            yield Shift("strength", gone[0][1], come[0][1], sentence)


def _likeness(one: list[str], other: list[str]) -> float:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SAME_SENTENCE * longer:
        return 0.0
    from rapidfuzz.distance import LCSseq

    return 2 * LCSseq.similarity(one, other) / (shorter + longer)


def _statements(text: str) -> list[list[str]]:
    rest, _literal = _without_code(text)
    plain = _SOFT_BREAK.sub(" ", without_marks(_RULE.sub("", rest)))
    plain = _CAN_NOT.sub("cannot", plain)
    sentences = (
        [word.lower() for word in words_in(part)] for part in SENTENCE.split(plain) if part
    )
    return [words for words in sentences if len(words) > 2]


def _negations(words: list[str]) -> list[str]:
    text = " ".join(words)
    for phrase in words_of_english()["no_negation"]:
        text = text.replace(phrase, "")
    denying = set(words_of_english()["negations"])
    return [word for word in text.split() if word in denying]


def _strength(words: list[str]) -> Counter[tuple[int, str]]:
    """Return the words by which a sentence requires something, each with how strongly.

    0 is the strongest; a word inside a longer one of the list, as in *must not*, does not count.
    """
    text = f" {' '.join(words)} "
    found: list[tuple[int, str]] = []
    levels = enumerate(words_of_english()["strength"])
    known = [(word, level) for level, row in levels for word in row["words"]]
    for word, level in sorted(known, key=lambda pair: -len(pair[0])):
        count = text.count(f" {word} ")
        if count:
            found += [(level, word)] * count
            text = text.replace(f" {word} ", " | ")
    return Counter(sorted(found))
