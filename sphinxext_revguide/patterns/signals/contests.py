"""Signals of comparisons: sides, and one side that wins."""

from __future__ import annotations

import re

from sphinxext_revguide.patterns.columns import column, name_of, width
from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.hints import hint
from sphinxext_revguide.patterns.outline import Table
from sphinxext_revguide.patterns.signals.registry import Found, listed, signal
from sphinxext_revguide.text.in_words import short
from sphinxext_revguide.text.late_patterns import late


@signal
def winner(context: Context) -> Found | None:
    """One side wins, in a column that names the winner (ties aside) or in a sentence."""
    for table in context.tables:
        found = _winning_side(context, table)
        if found is not None:
            return found
    if context.tables:
        return None
    for text in context.prose:
        if not context.reading.hints(text) & _VICTORY:
            continue
        for sentence in context.reading.once(text, _won):
            quote = short(sentence)
            return Found(1, f"one side wins: “{quote}”", facts={"quote": sentence})
    return None


_VICTORY = hint(
    "win wins won beat beats outperforms outperformed outscored surpassed ahead top winner better"
)
_WON = late(
    r"\b(?:wins?|won|beats?|beat|outperform(?:s|ed)|outscored|surpassed|came out (?:ahead|on top)"
    r"|(?:is|was) (?:the )?(?:clear )?winner|(?:is|was|proved|performed|did) "
    r"(?:clearly |significantly |consistently )?better"
    r"|ahead (?:on|in) (?:every|all|each))\b",
    re.IGNORECASE,
)
_LOST_OR_OPEN = late(
    r"\b(?:not|never|neither|nobody|none|no|nor|hardly|if|whether|would|could|should|but|although"
    r"|n't)\b|n't\b|\?",
    re.IGNORECASE,
)


def _won(text: str) -> list[str]:
    """Return the sentences in which a side wins, and nothing is denied, asked or conceded."""
    if not _WON.search(text):
        return []
    sentences = re.split(r"(?<=[.!?;])\s", text)
    return [
        sentence
        for sentence in sentences
        if _WON.search(sentence) and not _LOST_OR_OPEN.search(sentence)
    ]


def _winning_side(context: Context, table: Table) -> Found | None:
    if len(table.rows) < 3:
        return None
    for index, name in enumerate(table.head):
        if not context.matches("column-winner", name):
            continue
        cells = column(table, index)
        ties = sum(context.matches("tie", cell) for cell in cells)
        decided = [cell for cell in cells if not context.matches("tie", cell)]
        won = {re.sub(r"[^\w.]", "", cell.lower()) for cell in decided}
        marked = sum(context.matches("polarity-mark", cell) for cell in cells)
        if (len(won) == 1 or marked + ties == len(cells)) and ties < len(cells) / 2 + 0.1:
            count = len(cells) - ties
            side = decided[0].strip() if len(won) == 1 and won != {""} else ""
            facts = {
                "count": count,
                "total": len(cells),
                "column": name_of(table, index),
                "name": side,
            }
            shown = f"“{side}”" if side else "a mark"
            words = (
                f"{shown} appears in {count} of {len(cells)} rows under “{name_of(table, index)}”"
            )
            return Found(1, words, facts=facts)
    return None


@signal
def sides(context: Context, *, rows: int = 3, most: int = 4) -> Found | None:
    """Two or three options are compared: row by row, in a heading, or in a sentence."""
    for table in context.tables:
        if len(table.rows) < rows or not 3 <= width(table) <= most:
            continue
        unequal = sum(len(set(row.cells[1:])) > 1 for row in table.rows)
        if unequal >= 0.7 * len(table.rows):
            words = f"{unequal} of {len(table.rows)} rows set the sides against each other"
            named = tuple(name_of(table, index) for index in range(1, width(table)))
            facts = {"count": unequal, "total": len(table.rows), "sides": named}
            return Found(1, words, facts=facts)
    return None if context.tables else _sides_in_words(context)


_AGAINST = late(
    r"(?<![\w'-])(\w[\w'-]{0,39}(?: [\w'-]{1,40}){0,2}) (?:vs\b\.?|versus) "
    r"(\w[\w'-]{0,39}(?: [\w'-]{1,40}){0,2})",
    re.IGNORECASE,
)
_BETWEEN = late(
    r"\b(?:choos\w{1,9}|chose|choice|decid\w{1,9}|decision|differences?|compar\w{1,9}|weigh\w{0,9}"
    r"|torn) between "
    r"((?:\w[\w'-]{0,39}\s){1,4}?)and (\w[\w'-]{0,39}(?: \w[\w'-]{0,39}){0,3})",
    re.IGNORECASE,
)


def _sides_in_words(context: Context) -> Found | None:
    texts = [
        *(section.title for section in context.sections),
        *context.headings(above=1).split(" / "),
    ]
    for text in dict.fromkeys([*texts, *context.prose]):
        named = context.reading.once(text, _opposed)
        if named:
            shown = listed(named)
            return Found(1, f"it sets {shown} against each other", facts={"sides": tuple(named)})
    return None


def _opposed(text: str) -> list[str]:
    """Return the two sides that a text sets against each other, nothing if it sets none."""
    lower = text.lower()
    # These searches are expensive, and hardly any text contains one of the words.
    match = _AGAINST.search(text) if " vs" in lower or " versus " in lower else None
    if match is None and " between " in lower:
        match = _BETWEEN.search(text)
    if match is None or match[0][-1].isdigit():
        return []
    return [match[1].strip(), match[2].strip()]
