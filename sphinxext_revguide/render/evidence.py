"""Evidence of a finding -> sentences that a reader understands, in the language of the book.

Reports, the cache and the command line hold evidence as signals write it, in English and short.
Pages show it here: one row for each form that a signal writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sphinxext_revguide.i18n import _, _n
from sphinxext_revguide.render.words import capitalised, listed
from sphinxext_revguide.text.late_patterns import late

_FORMS = {
    "columns {words}": _n("Columns with typical names: %(words)s."),
    "column {words} explains each row": _n("The column %(words)s explains each row."),
    "typical wording: {words}": _n("Words that are typical of such texts: %(words)s."),
    "it is about {words}": _n("Words of this subject: %(words)s."),
    "wording against it: {words}": _n("Words that are rare in such texts: %(words)s."),
    "the heading mentions {words}": _n("The heading has %(words)s."),
    "the text says {words}": _n("The text says %(words)s."),
    "it says {words}": _n("The text says %(words)s."),
    "the text claims that all is met": _n("The text claims that everything is met."),
    "the text claims {quote}": _n("The text claims %(quote)s."),
    "the text admits {words}": _n("The text admits something: %(words)s."),
    "it closes with {words}": _n("It ends with %(words)s."),
    "it begins with {words}": _n("It begins with %(words)s."),
    "it begins {words}": _n("It begins with %(words)s."),
    "it asks {words}": _n("It asks %(words)s."),
    "it sums up: {words}": _n("It sums up: %(words)s."),
    "it addresses the reader: {words}": _n("It addresses the reader: %(words)s."),
    "it weighs {words}": _n("The rows weigh %(words)s."),
    "it ends in a list": _n("It ends with a list."),
    "it ends the page": _n("It is the end of the page."),
    "it is prose throughout": _n("It has neither table nor list."),
    "not everything is positive: {words}": _n("Not every result is good: %(words)s."),
    "somebody is quoted: {quote}": _n("Somebody is quoted: %(quote)s."),
    "one side wins: {words}": _n("A sentence names the winner: %(words)s."),
    "it sets {words} against each other": _n("It compares %(words)s."),
    "{words} appears in {count} of {total} rows under {of}": _n(
        "%(words)s in %(count)s of %(total)s rows under %(of)s."
    ),
    "a mark appears in {count} of {total} rows under {of}": _n(
        "A mark in %(count)s of %(total)s rows under %(of)s."
    ),
    "{count} of {total} rows set the sides against each other": _n(
        "%(count)s of %(total)s rows set one side against the other."
    ),
    "{count} of {total} measures get better, and none clearly gets worse": _n(
        "%(count)s of %(total)s measures get better, and none clearly gets worse."
    ),
    "{words} got worse": _n("Worse than before: %(words)s."),
    "{count} of {total} rows under {of} are gains": _n(
        "%(count)s of %(total)s rows under %(of)s are gains."
    ),
    "{words} rise through {count} rows without a dip": _n(
        "%(words)s: rising through %(count)s rows without a dip."
    ),
    "{count} of {total} cells under {of} are positive": _n(
        "%(count)s of %(total)s cells under %(of)s are positive."
    ),
    "the counts are equal in {count} of {total} rows": _n(
        "%(count)s of %(total)s rows reach what is required."
    ),
    "{count} of {total} rows have full marks": _n("%(count)s of %(total)s rows have full marks."),
    "{count} of {total} steps are timed to the minute": _n(
        "%(count)s of %(total)s steps have a fixed time."
    ),
    "{count} of {total} activities": _n("%(count)s of %(total)s rows say what is done."),
    "{count} of {total} cells are figures": _n("%(count)s of %(total)s cells are numbers."),
    "{count} of {total} items are ticked": _n("%(count)s of %(total)s items are ticked."),
    "{count} of {total} entries are {size} words or fewer": _n(
        "%(count)s of %(total)s entries have at most %(size)s words."
    ),
    "{count} of {total} headings begin with {words}": _n(
        "%(count)s of %(total)s headings begin with %(words)s."
    ),
    "{count} of {total} headings are a label and a colon": _n(
        "%(count)s of %(total)s headings are a label and a colon."
    ),
    "{count} of {total} headings are numbered: {words}": _n(
        "%(count)s of %(total)s headings are numbered, such as %(words)s."
    ),
    "a matrix of yes and no": _n("The cells say yes or no."),
    "{count} rows and their total": _n("Rows before the total: %(count)s."),
    "{count} steps in a row: {words}": _n("Steps in a row: %(count)s, such as %(words)s."),
    "{count} named steps: {words}": _n("Steps with a name: %(count)s, such as %(words)s."),
    "{count} entries with the same fields: {words}": _n(
        "Entries with the same fields: %(count)s, each with %(words)s."
    ),
    "{count} sections have the same structure: {words}": _n(
        "Sections with the same structure: %(count)s, such as %(words)s."
    ),
    "{count} exact figures: {words}": _n("Exact numbers: %(count)s, such as %(words)s."),
    "{count} even steps": _n("Steps of equal length: %(count)s."),
    "{count} numbered stages": _n("Numbered stages: %(count)s."),
    "{count} steps branch": _n("Steps that branch: %(count)s."),
    "{count} pieces of code": _n("Pieces of code: %(count)s."),
    "{count} links": _n("Links: %(count)s."),
    "{count} cells are sentences": _n("Cells with a whole sentence: %(count)s."),
    "{count} places to fill in": _n("Places to fill in: %(count)s."),
    "{count} emoji: {quote}": _n("Emoji: %(count)s (%(quote)s)."),
    "{count}% of the words are in {tables}": _n("%(count)s%% of the words are in tables."),
    "{count}% of the words are in {lists}": _n("%(count)s%% of the words are in lists."),
    "{count} tables in {total} words": _n("Tables: %(count)s in %(total)s words."),
    "{count} lists in {total} words": _n("Lists: %(count)s in %(total)s words."),
    "a list of {count} items": _n("Items in the list: %(count)s."),
    "{words} occurs {count} times; {total} are allowed": _n(
        "%(words)s: found %(count)s times, allowed %(total)s times."
    ),
    "{count} amounts of money": _n("Amounts of money: %(count)s."),
    "{count} percentages": _n("Percentages: %(count)s."),
    "{count} levels of 90% or more": _n("Levels of 90%% or more: %(count)s."),
    "{count} durations": _n("Durations: %(count)s."),
    "{count} periods": _n("Periods: %(count)s."),
    "{count} exact figures": _n("Exact numbers: %(count)s."),
    "{count} ranges": _n("Ranges: %(count)s."),
    "{count} limits": _n("Limits: %(count)s."),
    "{count} changes": _n("Changes: %(count)s."),
    "{count} times after the start": _n("Times after the start: %(count)s."),
    "{count} times of day": _n("Times of day: %(count)s."),
    "{count} times {words}": _n("Found %(count)s times: %(words)s."),
    "{count} figures": _n("Numbers: %(count)s."),
}
"""What a signal writes -> what a page says."""
_PARTS = {
    "count": r"(?P<count>\d+)",
    "total": r"(?P<total>\d+)",
    "size": r"(?P<size>\d+)",
    "tables": r"[\d,]+ tables?",
    "lists": r"[\d,]+ lists?",
    "words": r"(?P<words>[^“]*“.+|[^“”]+)",
    "of": r"(?P<of>“.+”)",
    "quote": r"(?P<quote>.+)",
}
FORMS = tuple(
    (
        tuple(re.split(r"\{\w+\}", form)),
        late(re.escape(form).replace(r"\{", "{").replace(r"\}", "}").format(**_PARTS), re.DOTALL),
        text,
    )
    for form, text in _FORMS.items()
)
"""What is in each text of a form, the form, and what a page says; the first one that fits counts.

Most forms are never compiled, because no text contains their words.
"""
# Words of an author may contain words in quotation marks.
_QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)*)”")
_COLUMNS = late(rf"columns? {_QUOTED.pattern}(?:, {_QUOTED.pattern})*(?: …)?")


def evidence_in_words(evidence: Iterable[str]) -> list[str]:
    """Return pieces of evidence as sentences; all columns with typical names share one.

    :param evidence: texts of signals, in English, as ``Finding.evidence`` holds them.
    """
    texts = list(evidence)
    columns = [text for text in texts if _COLUMNS.fullmatch(text)]
    if columns:
        names = [f"“{name}”" for text in columns for name in _QUOTED.findall(text)]
        first = texts.index(columns[0])
        rest = [text for text in texts[first:] if text not in columns]
        texts = [*texts[:first], f"columns {', '.join(dict.fromkeys(names))}", *rest]
    return list(dict.fromkeys(_sentence(text) for text in texts))


def _sentence(text: str) -> str:
    for literal, form, template in FORMS:
        found = form.fullmatch(text) if all(part in text for part in literal) else None
        if found:
            return str(_(template)) % {
                name: _words(part) if name in {"words", "of"} else part
                for name, part in found.groupdict().items()
            }
    # A text that none of our signals writes.
    return capitalised(text) if text[-1:] in {"", *".!?…"} else f"{capitalised(text)}."


def _words(named: str) -> str:
    """Return quoted words, listed with the quotation marks of the book's language."""
    return listed([_("“%s”") % word.rstrip(".") for word in _QUOTED.findall(named)]) or named
