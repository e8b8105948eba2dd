"""Clauses about what a passage claims, built from the facts that signals counted or quoted.

A clause says what was counted and nothing more. If a signal is uncertain, so is its clause: it does
not say that figures improve if their direction is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.i18n import _
from sphinxext_revguide.patterns.columns import column, name_of, width
from sphinxext_revguide.patterns.outline import Listing, Table
from sphinxext_revguide.patterns.sentences.quoting import quoted, shortened
from sphinxext_revguide.text.in_words import short
from sphinxext_revguide.text.late_patterns import late

if TYPE_CHECKING:
    from sphinxext_revguide.patterns.context import Context
    from sphinxext_revguide.patterns.outline import Block, Section

Facts = Mapping[str, Any]
Clause = Callable[["Context", Facts], str]

CLAUSES: dict[str, Clause] = {}
"""Signal -> a clause that begins a sentence, made of the facts of the signal."""


def _of(signal: str) -> Callable[[Clause], Clause]:
    def keep(clause: Clause) -> Clause:
        CLAUSES[signal] = clause
        return clause

    return keep


def _filled(template: str, where: str, facts: Facts) -> str:
    """Fill a template; the template itself quotes an author's texts."""
    shown = {
        name: quoted(value) if isinstance(value, tuple | list)
        else shortened(value) if isinstance(value, str) else value
        for name, value in facts.items()
    }  # fmt: skip
    return template % (shown | {"where": where})


def _in_table(context: Context, template: str, facts: Facts) -> str:
    return _filled(template, place(context, Table), facts)


def _in_text(context: Context, template: str, facts: Facts) -> str:
    return _filled(template, place(context), facts)


# Places


def place(context: Context, kind: type[Block] | None = None) -> str:
    """Return where a construct is: "in the table under “Readiness”".

    :param kind: the subject of the sentence: a table, a list, or the text as a whole.
    """
    if context.term or len(context.members) == len(context.outline.sections) > 1:
        return _("on this page")
    of_kind = [
        (section, block)
        for section in context.sections
        for block in section.blocks
        if kind is not None and isinstance(block, kind)
    ]
    if kind is not None and isinstance(context.block, kind):
        of_kind = [(context.section, context.block)]
    section = of_kind[0][0] if len(of_kind) == 1 else context.section
    title = _title(context, section)
    several = len(of_kind) > 1
    if kind is Table and of_kind:
        return _in_a_table(title, several=several)
    if kind is Listing and of_kind:
        return _in_a_list(title, several=several)
    return _("under “%s”") % title if title else _("here")


def _in_a_table(title: str, *, several: bool) -> str:
    if not title:
        return _("in a table") if several else _("in the table")
    return (_("in a table under “%s”") if several else _("in the table under “%s”")) % title


def _in_a_list(title: str, *, several: bool) -> str:
    if not title:
        return _("in a list") if several else _("in the list")
    return (_("in a list under “%s”") if several else _("in the list under “%s”")) % title


def _title(context: Context, section: Section) -> str:
    """Return the title of a section, or the nearest one above it."""
    index = next(
        at for at, other_section in enumerate(context.outline.sections) if other_section is section
    )
    titles = [section.title, *(section.title for section in context.outline.ancestors(index))]
    return short(next(filter(None, titles), ""))


# Tables


@_of("positive_column")
def _positive(context: Context, facts: Facts) -> str:
    some = _(
        "%(count)d of %(total)d results under “%(column)s” %(where)s are positive and no other is "
        "clearly negative"
    )
    every = _("All %(count)d results under “%(column)s” %(where)s are positive")
    return _in_table(context, every if facts["count"] == facts["total"] else some, facts)


@_of("perfect_ratio")
def _perfect(context: Context, facts: Facts) -> str:
    equal = _("%(columns)s %(where)s show the same numbers in all %(count)d rows")
    full = _("All %(count)d rows %(where)s show the full count")
    return _in_table(context, equal if facts.get("columns") else full, facts)


@_of("improving")
def _improving(context: Context, facts: Facts) -> str:
    if facts["count"] == facts["rows"]:
        template = _("All %(count)d measures %(where)s improve and none gets worse")
    elif facts["count"] == 1:
        template = _("One of %(rows)d measures %(where)s improves and none clearly gets worse")
    else:
        template = _("%(count)d of %(rows)d measures %(where)s improve and none clearly gets worse")
    return _in_table(context, template, facts)


@_of("gains")
def _gains(context: Context, facts: Facts) -> str:
    some = _(
        "%(count)d of %(total)d entries under “%(column)s” %(where)s are gains and no other is "
        "clearly a loss"
    )
    every = _("All %(count)d entries under “%(column)s” %(where)s are gains")
    return _in_table(context, every if facts["count"] == facts["total"] else some, facts)


_SIGNS = late(r"[^\w\s.,:;%&/+()'\"-]")
_NAMES_A_WINNER = late(r"\b(?:winner|wins?|won|better|best|leader|preferred)\b", re.IGNORECASE)
"""Other columns, such as "Result", say something of each row that need not be a victory."""


@_of("winner")
def _winner(context: Context, facts: Facts) -> str:
    if "quote" in facts:
        template = _("The text %(where)s names a winner: “%(quote)s”")
        return _in_text(context, template, facts)
    every = facts["count"] == facts["total"]
    name = _SIGNS.sub("", facts["name"]).strip()
    facts = {**facts, "name": (name,)}
    if not name:
        some = _("%(count)d of %(total)d rows %(where)s are ticked under “%(column)s”")
        template = (
            _("All %(count)d rows %(where)s are ticked under “%(column)s”") if every else some
        )
    elif _NAMES_A_WINNER.search(facts["column"]):
        some = _("%(name)s wins %(count)d of %(total)d rows %(where)s and loses none")
        template = _("%(name)s wins all %(count)d rows %(where)s") if every else some
    else:
        some = _("%(count)d of %(total)d rows %(where)s say %(name)s under “%(column)s”")
        every_row = _("All %(count)d rows %(where)s say %(name)s under “%(column)s”")
        template = every_row if every else some
    return _in_table(context, template, facts)


@_of("sides")
def _sides(context: Context, facts: Facts) -> str:
    if "count" not in facts:
        template = _("The text %(where)s sets %(sides)s against each other")
        return _in_text(context, template, facts)
    some = _("%(count)d of %(total)d rows %(where)s set %(sides)s against each other")
    every = _("All %(count)d rows %(where)s set %(sides)s against each other")
    return _in_table(context, every if facts["count"] == facts["total"] else some, facts)


@_of("rising")
def _rising(context: Context, facts: Facts) -> str:
    template = _(
        "The numbers under %(columns)s %(where)s rise through %(count)d rows without a dip"
    )
    return _in_table(context, template, facts)


@_of("offset_column")
def _timed(context: Context, facts: Facts) -> str:
    if facts["count"] < facts["total"]:
        template = _("%(count)d of %(total)d steps %(where)s have a fixed time")
    elif facts.get("minutes"):
        template = _("%(count)d steps %(where)s are each timed to the minute")
    else:
        template = _("%(count)d steps %(where)s each have a fixed time")
    return _in_table(context, template, facts)


@_of("totalled")
def _totalled(context: Context, facts: Facts) -> str:
    kind = Table if context.tables else Listing
    template = _("%(count)d entries %(where)s end in a total")
    return _filled(template, place(context, kind), facts)


# Lists and sections


@_of("ticked")
def _ticked(context: Context, facts: Facts) -> str:
    template = _("All %(count)d items %(where)s are ticked or reported as done")
    return _filled(template, place(context, Listing), facts)


@_of("labelled_steps")
@_of("sequence")
def _sequence(context: Context, facts: Facts) -> str:
    return _in_text(
        context, _("%(count)d entries %(where)s follow one another, among them %(words)s"), facts
    )


@_of("counted")
def _counted(context: Context, facts: Facts) -> str:
    return _in_text(
        context, _("%(count)d entries %(where)s are numbered in ascending order"), facts
    )


@_of("staged")
def _staged(context: Context, facts: Facts) -> str:
    return _in_text(context, _("%(count)d sections %(where)s are numbered stages"), facts)


@_of("same_fields")
def _same_fields(context: Context, facts: Facts) -> str:
    same = _("%(count)d entries %(where)s have the same fields, among them %(words)s")
    recurring = _("The same fields recur %(where)s at least %(least)d times: %(words)s")
    return _in_text(context, recurring if "least" in facts else same, facts)


@_of("placeholders")
def _placeholders(context: Context, facts: Facts) -> str:
    return _in_text(context, _("%(count)d places %(where)s are left to be filled in"), facts)


# Sentences


@_of("claim")
def _claim(context: Context, facts: Facts) -> str:
    return _in_text(context, _("The text %(where)s claims “%(quote)s”"), facts)


@_of("says")
@_of("says_or_titles")
def _says(context: Context, facts: Facts) -> str:
    return _in_text(context, _("The text %(where)s says %(words)s"), facts)


@_of("opens")
def _opens(context: Context, facts: Facts) -> str:
    if facts["quote"] == context.section.title:
        return _filled(_("A section has the heading “%(quote)s”"), "", facts)
    return _in_text(context, _("A block %(where)s begins with “%(quote)s”"), facts)


@_of("asks_reader")
def _asks(context: Context, facts: Facts) -> str:
    if facts["quote"] == context.section.title:
        return _filled(_("A heading addresses the reader: “%(quote)s”"), "", facts)
    return _in_text(context, _("The reader is addressed %(where)s: “%(quote)s”"), facts)


@_of("negated_contrast")
def _contrast(context: Context, facts: Facts) -> str:
    template = _(
        "%(count)d sentences %(where)s have the form “not this, but that”, such as “%(quote)s”"
    )
    return _in_text(context, template, facts)


# Whole pages


@_of("over_budget")
def _over_budget(_context: Context, facts: Facts) -> str:
    return overuse(facts["term"], facts["count"], facts["budget"])


def overuse(term: str, count: int, allowed: int) -> str:
    """Return the sentence about a term that occurs more often than its budget allows."""
    template = _("“%(term)s” occurs %(count)d times on this page; the budget is %(budget)d")
    return template % {"term": term, "count": count, "budget": allowed}


@_of("occurrences")
def _occurrences(context: Context, facts: Facts) -> str:
    return _in_text(
        context, _("%(count)d such phrases occur %(where)s, among them %(words)s"), facts
    )


@_of("emoji")
def _emoji(context: Context, facts: Facts) -> str:
    return _in_text(context, _("There are %(count)d emoji %(where)s: %(kinds)s"), facts)


@_of("exact_figures")
def _exact(context: Context, facts: Facts) -> str:
    template = _("%(count)d numbers %(where)s are exact to the last digit, such as %(words)s")
    return _in_text(context, template, facts)


@_of("alike_headings")
def _alike_headings(context: Context, facts: Facts) -> str:
    return _in_text(
        context, _("%(count)d of %(total)d headings %(where)s begin with “%(word)s”"), facts
    )


@_of("colon_headings")
def _colon_headings(context: Context, facts: Facts) -> str:
    template = _(
        "%(count)d of %(total)d headings %(where)s consist of a label, a colon and an explanation"
    )
    return _in_text(context, template, facts)


@_of("numbered_headings")
def _numbered_headings(context: Context, facts: Facts) -> str:
    template = _("%(count)d of %(total)d headings %(where)s are numbered, such as “%(quote)s”")
    return _in_text(context, template, facts)


@_of("alike_siblings")
def _alike_siblings(context: Context, facts: Facts) -> str:
    return _in_text(
        context,
        _("%(count)d sections %(where)s have the same structure, among them %(words)s"),
        facts,
    )


@_of("share_of_words")
def _share(context: Context, facts: Facts) -> str:
    tables = _("%(percent)d%% of the words %(where)s are in its %(count)d tables")
    lists = _("%(percent)d%% of the words %(where)s are in its %(count)d lists")
    return _in_text(context, tables if facts["of"] == "tables" else lists, facts)


@_of("fields_on_top")
def _fields_on_top(_context: Context, facts: Facts) -> str:
    return _filled(_("The page begins with labelled lines: %(words)s"), "", facts)


@_of("ends_in_list")
def _ends_in_list(context: Context, facts: Facts) -> str:
    return _in_text(context, _("The text %(where)s ends in a list of %(count)d items"), facts)


# Figures in every row


def figures(context: Context, *, lexicon: str = "") -> str:
    """Return a clause about the figures in every row or item, if all have one.

    :param lexicon: the names of the columns; default: all columns but the first.
    """
    for table in context.tables:
        names = [
            name_of(table, index)
            for index in range(1, width(table))
            if not lexicon or context.matches(lexicon, name_of(table, index))
            if all(_DIGIT.search(cell) for cell in column(table, index))
        ]
        if names and len(table.rows) > 1:
            template = _("All %(count)d rows %(where)s give a number under %(columns)s")
            facts = {"count": len(table.rows), "columns": tuple(names)}
            return _in_table(context, template, facts)
    for listing in context.listings:
        if len(listing.items) > 1 and all(_DIGIT.search(item.text) for item in listing.items):
            template = _("All %(count)d items %(where)s give a number")
            facts = {"count": len(listing.items)}
            return _filled(template, place(context, Listing), facts)
    return ""


_DIGIT = re.compile(r"\d")
