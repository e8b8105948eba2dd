"""Numbers, ranges and lists in the language of the book, for all pages.

Numbers follow the rules of the interface's language: without a translation into the language of the
book, words and numbers are English.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sphinxext_revguide.estimates import Reduction, Size, Span
from sphinxext_revguide.i18n import _

_ABOUT = 20
"""From this number of hours on, tenths of an hour are omitted."""
_FIRST_GROUPED = 1000
"""The first number that has a mark between its digits."""
WORD_FOR_WORD, ALMOST, MOSTLY = 0.995, 0.9, 0.6
"""How much of a text is still there, from these shares on."""


def number(value: float) -> str:
    """Return a number with at most one decimal, its thousands grouped."""
    # Translators: the locale whose numbers the translation uses, such as "de".
    return _decimal(round(value, 1), str(_("en")))


@lru_cache(maxsize=1024)
def _decimal(value: float, locale: str) -> str:
    if 0 <= value < _FIRST_GROUPED and value == int(value):
        return str(int(value))  # the same in all languages; their rules take long to load
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale))


def ranged(span: Span) -> str:
    """Return a range, or one number if both ends read the same."""
    low, high = number(span.low), number(span.high)
    return low if low == high else f"{low}–{high}"


def hours(span: Span) -> str:
    """Return hours, or minutes if it is less than an hour."""
    if span.high < 1:
        return _("%s\N{NO-BREAK SPACE}min") % ranged(
            Span(round(60 * span.low), round(60 * span.high))
        )
    digits = 0 if span.high >= _ABOUT else 1
    return _("%s\N{NO-BREAK SPACE}h") % ranged(
        Span(round(span.low, digits), round(span.high, digits))
    )


def reduction(span: Reduction) -> str:
    """Return by how much a text should become shorter."""
    return (_("%s words") if span.in_words else _("%s%%")) % ranged(span)


def changed(reduction: float) -> str:
    """Return by how much a text has become shorter, in percent; negative if it has grown."""
    if abs(reduction) < 0.5:
        return _("not shorter yet")
    share = _("%s%%") % number(round(abs(reduction)))
    return (_("%s shorter") if reduction > 0 else _("%s longer")) % share


def shorter(span: Reduction) -> str:
    """Return a goal: by how much a text should become shorter."""
    return _("%s shorter") % reduction(span)


def share(found: float) -> str:
    """Return how much of a text was found, in words."""
    if found >= WORD_FOR_WORD:
        return _("word for word")
    if found >= ALMOST:
        return _("almost word for word")
    text = _("for the most part (%s)") if found >= MOSTLY else _("in part (%s)")
    return text % (_("%s%%") % number(round(100 * found)))


def and_more(count: int) -> str:
    """Return how many items of a list are omitted, in words."""
    return _("and %s more") % number(count)


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun.

    :param one: the text for a single one, ``%s`` for the number; ``many``: for all other counts.
    """
    return (one if count == 1 else many) % number(count)


def words(count: int) -> str:
    """Return a number of words."""
    return counted(count, _("%s word"), _("%s words"))


def findings(count: int) -> str:
    """Return a number of findings."""
    return counted(count, _("%s finding"), _("%s findings"))


def passages(count: int) -> str:
    """Return a number of passages, each of which may have several findings."""
    return counted(count, _("%s passage"), _("%s passages"))


def chapters(count: int) -> str:
    """Return a number of chapters."""
    return counted(count, _("%s chapter"), _("%s chapters"))


def issues(count: int) -> str:
    """Return a number of issues."""
    return counted(count, _("%s issue"), _("%s issues"))


def size(measured: Size) -> str:
    """Return the size of a chapter, as far as it is known."""
    parts = []
    if measured.bytes is not None:
        parts.append(_("%s\N{NO-BREAK SPACE}kB") % number(measured.bytes / 1000))
    if measured.lines is not None:
        parts.append(counted(measured.lines, _("%s line"), _("%s lines")))
    if measured.content_lines is not None:
        count = measured.content_lines
        parts.append(counted(count, _("%s line with text"), _("%s lines with text")))
    if measured.words is not None:
        parts.append(words(measured.words))
    return ", ".join(parts)


def listed(parts: Sequence[str]) -> str:
    """Join the parts of a list, the last one with "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%s and %s") % (", ".join(parts[:-1]), parts[-1])


def runs(numbers: Sequence[int | str]) -> list[str]:
    """Return sorted numbers, three or more consecutive ones as a range: 1, 2, 3, 5 -> 1–3, 5."""
    found: list[list[int | str]] = []
    for index in dict.fromkeys(numbers):
        last = found[-1][-1] if found else None
        if isinstance(index, int) and isinstance(last, int) and index == last + 1:
            found[-1].append(index)
        else:
            found.append([index])
    shown: list[str] = []
    for run in found:
        long = len(run) > 2
        shown += [f"{run[0]}–{run[-1]}"] if long else map(str, run)
    return shown


def capitalised(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
