"""Finds what a guide says about its chapter as a whole: its length, the reduction and the effort.

These facts are in rows of tables, in items and lines with a label, and in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.recognise.amount_words import SHARES
from sphinxext_revguide.importer.recognise.values import read_hours, read_reduction

_THEN = re.compile(
    r"\b(?:wanted|allowed|goal|target|aim|room|then|required|limit|max\w*|most|after\w*|new|next"
    r"|wish|should|would|desired|revised|down to|cut|lose|out|sav\w+|remov\w+|trim\w*|reduc\w+"
    r"|back|less|fewer|go)\b",
    re.IGNORECASE,
)
"""Words about a length that the chapter does not have yet, or about what is to be cut."""
_LENGTH = re.compile(
    r"\b(?:words?|word[ -]count|length|size|extent|manuscript|now|at present)\b", re.IGNORECASE
)
_LESS = re.compile(
    r"\b(?:cut\w*|reduc\w+|trim\w*|shorten\w*|shorter|los(?:es?|ing|t)|leaner"
    r"|less(?! like| than| of)|slimm?\w*|sav\w+"
    r"|tighten\w*|(?:taken?|come|go) out|shrink\w*|shave|gone"
    r"|(?:should|can|could|must|ha(?:s|ve) to) go"
    r"|target|goal|aim)\b|[-–−] ?[0-9]{1,2} ?%",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:time|effort|hours?|budget|work|labou?r|workload|estimate[ds]?|est|duration|takes?)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:in all|all told|all in all|altogether|in total|total"
    r"|(?:taken|put|added) together|overall"
    r"|(?:the|this) (?:whole|lot|revision|round|work)|whole (?:thing|chapter|lot|job)"
    r"|everything|all of (?:it|this)"
    r"|of your time|the work at|budget)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:sections?|paragraphs?|sentences?|pages?|steps?|lists?|examples?|box(?:es)?|captions?"
    r"|items?|issues?|points?|findings?|each|per(?! ?cent)"
    r"|first|second|third|last|chapters? [0-9]+ and)\b",
    re.IGNORECASE,
)
"""Words of texts about a part of the chapter."""
_COUNT = r"([0-9]{1,3}(?:[,. \u00a0\u202f][0-9]{3})+|[0-9]{3,6})"
_ABOUT = (
    r"(?:(?:about|some|around|roughly|just over|just under|nearly|almost|close to|c\.|~|≈)\s?)?"
)
_WORDS_NOW = re.compile(
    rf"\b(?:runs? (?:to|at)|at"
    rf"|stands? at|comes? to|amounts? to|is|are|has|have|counts?|now|at present"
    rf"|currently|presently|today|measures|weighs in at|length(?: is)?)[ :]+"
    rf"(?:now |at |currently |presently )?"
    rf"{_ABOUT}{_COUNT} (?:words|w|wds)\b",
    re.IGNORECASE,
)
_WORDS_LONG = re.compile(
    rf"{_COUNT} (?:words|w|wds)(?: long| now| today| at present| as it stands| by my count)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"{_ABOUT}{_COUNT}(?:\s*(?:words?|w|wds)\b)?(?![0-9])", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])(?<!\b[Ee]st\.)(?<!\bapprox\.)(?<!\bca\.)\s+|\s+[·•|]\s+")
_NOW = re.compile(r"\b(?:now|present|currently?|today|is|actual|draft)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:should|could|cut|to be)\b", re.IGNORECASE)
_WANTED = re.compile(
    r"\b(?:aim\w*|target\w*|goal|limit\w*|ideal\w*|want\w*|wish\w*|like|desired|would|must|cap"
    r"|keep|get|bring|land|stop|end up|max\w*|most)\b",
    re.IGNORECASE,
)
"""Words of a clause in which a length is a goal."""
_PRESENT = re.compile(r"\b(?:now|present\w*|current\w*|today)\b", re.IGNORECASE)
_AT_MOST = re.compile(r"[\s,(]*(?:at (?:the )?most|max\w*|or (?:less|fewer))\b", re.IGNORECASE)
_LEAST = 500
"""A text with fewer words is not a chapter."""
_SHORT = 60
"""A label with more characters is a sentence."""
_LONGEST = 2000

_SHARE = re.compile(
    rf"\b(?:an?|one)[ ]({'|'.join(SHARES)})\b(?![ ](?:an|of an|time)\b)", re.IGNORECASE
)

Fact = tuple[str, str]
"""A field of the guide, ``baseline``, ``reduction`` or ``effort``, and the text that states it."""


def facts_of_text(text: str) -> Iterator[Fact]:
    """Yield the facts about the chapter as a whole that the sentences of a text state."""
    if len(text) > _LONGEST:
        return
    sized = bool(_size_in(text))
    for sentence in _SENTENCE.split(text):
        name, colon, value = sentence.partition(":")
        row = list(facts_of_row(name, [value])) if colon and len(name) <= _SHORT else []
        yield from row or _facts_of_sentence(sentence, sized=sized)


def facts_of_row(name: str, values: Sequence[str], heads: Sequence[str] = ()) -> Iterator[Fact]:
    """Yield the facts about the chapter as a whole that a label and its values state.

    :param heads: the heads of the values' columns; a length under a head such as "Now" wins.
    """
    bare = name.strip(" *_|")
    if not bare or len(bare) > _SHORT:
        return
    if _LENGTH.search(bare) and not _THEN.search(bare):
        own = [value for value, head in zip(values, heads, strict=False) if _NOW.search(head)]
        number = next((match for value in own or values if (match := _match_count(value))), None)
        if number and _AT_MOST.match(number.string, number.end()):
            return
        if number and int(_figures(number[1])) >= _LEAST:
            yield "baseline", f"{_figures(number[1])} words"
            return
    if _LESS.search(bare):
        yield from (("reduction", share) for value in values if _is_share(share := _share(value)))
    if _WORK.search(bare):
        yield from (("effort", value) for value in values if read_hours(value).value)


def _share(text: str) -> str:
    """Replace fractions in words, such as "a fifth", by percentages."""
    return _SHARE.sub(lambda match: f"{SHARES[match[1].casefold()]}%", text)


def _is_share(text: str) -> bool:
    found = read_reduction(text).value
    return found is not None and not found.in_words


def _match_count(value: str) -> re.Match[str] | None:
    return _NUMBER.match(value.strip(" *_~"))


def _figures(number: str) -> str:
    return re.sub(r"\D", "", number)


def _size_in(text: str) -> int:
    """Return how many words the chapter has according to a text, 0 if the text does not say."""
    for match in (*_WORDS_NOW.finditer(text), *_WORDS_LONG.finditer(text)):
        above = text[: match.start()]
        if _PART.search(above) or _NOT_YET.search(above):
            return 0
        clause = re.split(r"[,.;!?]\s", text[: match.end()])[-1]
        is_wanted = _WANTED.search(clause) and not _PRESENT.search(clause)
        if is_wanted or _AT_MOST.match(text, match.end()):
            continue
        words = int(_figures(match[1]))
        return words if words >= _LEAST else 0
    return 0


def _facts_of_sentence(sentence: str, *, sized: bool) -> Iterator[Fact]:
    """Yield the facts that a sentence states.

    :param sized: whether its paragraph states the length of the chapter: any hours are then for
        the whole chapter.
    """
    if words := _size_in(sentence):
        yield "baseline", f"{words} words"
    for clause in re.split(r",\s+(?!\d)", sentence):
        share = _share(clause)
        if _LESS.search(clause) and not _PART.search(clause) and _is_share(share):
            yield "reduction", share
    if (
        (sized or _ALL.search(sentence))
        and not _PART.search(sentence)
        and _WORK.search(sentence)
        and read_hours(sentence).value
    ):
        yield "effort", sentence
