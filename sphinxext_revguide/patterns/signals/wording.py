"""Signals of wording: titles, sentences, claims, closings, testimony."""

from __future__ import annotations

import math
import re

from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.hints import DIGIT, hint
from sphinxext_revguide.patterns.outline import Paragraph
from sphinxext_revguide.patterns.sentence_features import split
from sphinxext_revguide.patterns.signals.registry import Found, listed, signal, slow, up_to
from sphinxext_revguide.text.in_words import short
from sphinxext_revguide.text.late_patterns import late

_FRICTION = (
    "friction-contrast", "friction-tradeoff", "friction-failure", "friction-people",
    "friction-uncertainty",
)  # fmt: skip
_DENIED = "friction-denied"
"""Who says that nobody objected admits nothing."""
_HOLLOW = "friction-hollow"
"""Who says that no plan is perfect admits nothing either."""


@signal
def title(context: Context, *, lexicon: str = "", above: int = 9) -> Found | None:
    """The heading, or one above it, contains a word of the lexicon."""
    found = context.found_in_headings(lexicon, above=above)
    return Found(1, f"the heading mentions {listed(found.values())}") if found else None


@up_to("most")
@signal
def says(context: Context, *, lexicon: str = "", least: int = 1, most: int = 3) -> Found | None:
    """Sentences contain words of the lexicon; counts the different ones.

    If a paragraph is judged, those in it count, and otherwise all of the section.
    """
    found: dict[str, str] = {}
    if isinstance(context.block, Paragraph):
        found = context.found(lexicon, [context.block.text])
    elif context.has(lexicon):
        pseudo = [section.title for section in context.sections if section.pseudo]
        found = context.found(lexicon, [*context.prose, *pseudo])
    if len(found) < least:
        return None
    facts = {"words": tuple(found.values())}
    return Found(min(len(found), most), f"the text says {listed(found.values())}", facts=facts)


@up_to(math.inf)
@signal
def weighed(
    context: Context, *, lexicon: str = "", least: float = -99.0, size: int = 0
) -> Found | None:
    """Adds up the weights of all words in a lexicon, positive and negative.

    The sum is divided by the square root of the length in hundreds of words, so that texts of
    different lengths can be compared. Fewer words and symbols than ``size`` say nothing.
    """
    strength = context.strength(lexicon)
    if strength < least or context.size < size:
        return None
    reading = context.reading
    return Found(
        strength, weights=lambda: reading.scales.weights(reading.bag(context.members), lexicon)
    )


_SHARE = late(r"(?<![\d./])(\d{1,3})\s?(?:/|of|out of)\s?(\d{1,3})(?![\d/]|\.\d)")


@signal
def claim(context: Context) -> Found | None:
    """The text claims a full score: "5/5", "all five criteria are met"."""
    return context.once_of_sections(_claimed)


def _claimed(context: Context) -> Found | None:
    for text in context.prose:
        has_digit = context.reading.hints(text) & DIGIT
        for match in _SHARE.finditer(text) if has_digit else ():
            if match[1] == match[2] != "0":
                return Found(1, f"the text claims {match[0]}", facts={"quote": match[0]})
        if context.matches("full-claim", text):
            said = next(iter(context.found("full-claim", [text]).values()))
            return Found(1, "the text claims that all is met", facts={"quote": said})
    return None


@signal
def closing(context: Context, *, lexicon: str = "") -> Found | None:
    """A line gives a decision or a summary: "Decision: ...", "Bottom line: ...", "is adopted"."""
    for text in context.prose:
        if context.matches(lexicon, text):
            return Found(1, f"it closes with “{short(text)}”")
    return None


@slow
@up_to(math.inf)
@signal
def friction(context: Context, *, most: int = 2) -> Found | None:
    """The section names a difficulty: a caveat, a failure, a dispute, a doubt, a cost.

    Strength is the square of their number, up to ``most``: smooth texts hardly ever name two.
    Where the section itself has nothing, one thing in a section beside it counts.
    """
    found = _resisting(context, context.members)
    if not found:
        found = _resisting(context, context.beside)[:1]
    if not found:
        return None
    return Found(
        min(len(found), most) ** 2,
        f"the text admits {listed(found)}",
        facts={"words": tuple(found)},
    )


def _resisting(context: Context, members: tuple[int, ...]) -> list[str]:
    """Return the words that resist, sentence by sentence, hollow ones and denials aside."""
    if not members:
        return []
    present = context.reading.lexicons(members)
    if present.isdisjoint(_FRICTION):
        return []
    hits = context.reading.hits
    texts = [
        text
        for index in members
        for text in context.reading.testimony(index)
        if not hits(text).keys().isdisjoint(_FRICTION)
    ]
    if _DENIED in present:
        texts = [text for text in texts if not context.matches(_DENIED, text)]
    if _HOLLOW in present:
        texts = [
            sentence for text in texts for sentence in _sentences(context, text)
            if not context.matches(_HOLLOW, sentence)
        ]  # fmt: skip
    found: list[str] = []
    for name in filter(present.__contains__, _FRICTION):
        found.extend(list(context.found(name, texts).values())[:2])
    return found


def _sentences(context: Context, text: str) -> list[str]:
    return context.reading.once(text, _cut) if context.matches(_HOLLOW, text) else [text]


def _cut(text: str) -> list[str]:
    return re.split(r"(?<=[.!?;])\s+", text)


@slow
@up_to("most")
@signal
def conditionals(context: Context, *, most: int = 2) -> Found | None:
    """Steps have conditions: "if", "unless", "otherwise"."""
    if not context.has("branch"):
        return None
    texts = [t for t in context.testimony if context.matches("branch", t)]
    return Found(min(len(texts), most), f"{len(texts)} steps branch") if texts else None


@signal
def code(context: Context) -> Found | None:
    """There is code in the section."""
    count = sum(section.code_blocks for section in context.sections)
    return Found(1, f"{count} pieces of code") if count else None


@signal
def links(context: Context) -> Found | None:
    """There are links in the section."""
    count = sum(section.links for section in context.sections)
    return Found(1, f"{count} links") if count else None


@slow
@signal
def quoted(context: Context) -> Found | None:
    """The text quotes somebody."""
    for text in context.testimony:
        match = re.search(r"\"[^\"]{8,200}[.,?!]\"|\"[A-Z][^\"]{12,200}\"", text)
        if match:
            return Found(1, f"somebody is quoted: {short(match[0])}")
    return None


_ASKS = late(
    r"\w\?(?!\s*\W{0,4}\s*(?:yes|no|done|ok|true|tbd|pass(?:ed)?|✅|✔|✓|❌)(?!\w))", re.IGNORECASE
)
"""A question whose answer follows at once is the item of a checklist."""


@signal
def questions(context: Context) -> Found | None:
    """A sentence asks a question."""
    text = next((text for text in context.prose if _ASKS.search(text)), None)
    if text is None:
        return None
    asked = next((sentence for sentence in split(text) if _ASKS.search(sentence)), text)
    return Found(1, f"it asks “{short(asked)}”")


@signal
def long_cells(context: Context, *, words: int = 8, least: int = 2) -> Found | None:
    """Cells contain whole sentences."""
    count = sum(len(cell.split()) >= words for cell in context.cells)
    return Found(1, f"{count} cells are sentences") if count >= least else None


_TICK = late(r"^\W*\[[xX✓✔]\](?=\s|$)")
_BLANK = late(
    r"\[(?![\d ]+\])(?!sic\])[^\]]{0,60}\]|_{3,}|\.{4,}|<[a-z][\w -]{0,30}>|\b(?:xx:xx|hh:mm)\b",
    re.IGNORECASE,
)
"""A number in brackets is a citation."""
_BLANKS = hint("< xx hh")
_EMPTY_BOX = re.compile(r"\[ ?\]")


def _is_blank(context: Context, text: str) -> bool:
    """Return whether a text is there to be filled in; a box that is ticked is filled in."""
    if "[" not in text:
        return not text.strip() or _has_blank(context, text) or context.matches("placeholder", text)
    shown = _TICK.sub("", text)
    if not shown.strip():
        return shown == text
    return _BLANK.search(shown) is not None or _EMPTY_BOX.search(shown) is not None


def _has_blank(context: Context, text: str) -> bool:
    may_have = context.reading.hints(text) & _BLANKS or "___" in text or "...." in text
    return bool(may_have) and _BLANK.search(text) is not None


@slow
@signal
def placeholders(context: Context, *, share: float = 0.3) -> Found | None:
    """Much of the text is to be filled in: brackets, dots, empty boxes, empty cells."""
    texts = [*context.prose, *(cell for cell in context.cells)]
    blank = sum(_is_blank(context, text) for text in texts)
    if not texts or blank < share * len(texts) or blank < 2:
        return None
    return Found(1, f"{blank} places to fill in", facts={"count": blank})


@signal
def last(context: Context) -> Found | None:
    """The construct is at the end of the page."""
    own = max(context.members)
    rest = context.outline.sections[own + 1 :]
    return None if any(section.blocks for section in rest) else Found(1, "it ends the page")


@signal
def prose_only(context: Context) -> Found | None:
    """There is neither a table nor a list."""
    return None if context.tables or context.listings else Found(1, "it is prose throughout")
