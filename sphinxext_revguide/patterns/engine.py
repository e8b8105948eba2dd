"""Weighs the signals of every pattern over the constructs of a page."""

from __future__ import annotations

from collections.abc import Iterator

from sphinxext_revguide.outline import Listing, Outline, Paragraph, Table
from sphinxext_revguide.patterns.language import Form, Library, Match, Pattern, SignalUse
from sphinxext_revguide.patterns.signals import SIGNALS, Context, Found

SHAPES = ("table", "list", "section", "stages")
"""What a pattern can be looked for in: a table, a list, a section, a run of numbered stages."""

_TOLD = 3
"""A warning tells the first reasons; the report has them all."""


def detect(outline: Outline, library: Library) -> tuple[Match, ...]:
    """Look for every pattern of the library.

    :param outline: a page, or a quoted sample.
    :returns: the matches by line; of two that lie over each other, the one that the other's
        pattern yields to, and of one pattern the better one.
    """
    contexts = {shape: list(_contexts(outline, library, shape)) for shape in SHAPES}
    found = [
        match
        for pattern in library.patterns.values()
        for form in pattern.forms
        for context in contexts[form.shape]
        if (match := _judge(pattern, form, context)) is not None
    ]
    return tuple(sorted(_the_most_specific(found, library), key=lambda m: (m.line, m.pattern)))


def _contexts(outline: Outline, library: Library, shape: str) -> Iterator[Context]:
    if shape == "stages":
        yield from _staged(outline, library)
        return
    for index, section in enumerate(outline.sections):
        if shape == "section":
            if any(isinstance(block, Paragraph | Listing) for block in section.blocks):
                yield Context(outline, index, None, library.lexicons)
            continue
        wanted = Table if shape == "table" else Listing
        for block in section.blocks:
            if isinstance(block, wanted) and not _is_form(block, library):
                yield Context(outline, index, block, library.lexicons)


def _staged(outline: Outline, library: Library) -> Iterator[Context]:
    lexicon = library.lexicons.get("stage")
    groups: dict[tuple[int, int], list[int]] = {}
    for index, section in enumerate(outline.sections):
        if lexicon is not None and section.title and lexicon.matches(section.title):
            groups.setdefault((section.parent, section.level), []).append(index)
    for stages in groups.values():
        yield Context(outline, stages[0], None, library.lexicons, stages)


def _is_form(block: Table | Listing, library: Library) -> bool:
    """Tell whether a construct is a blank form: nearly a third of it is there to be filled in."""
    lexicon = library.lexicons.get("placeholder")
    if isinstance(block, Table):
        texts = [cell for row in block.rows for cell in row.cells[1:]]
    else:
        texts = [item.text for item in block.items]
    blank = sum(bool(lexicon and lexicon.matches(text)) for text in texts)
    return bool(texts) and blank >= 0.3 * len(texts)


def _judge(pattern: Pattern, form: Form, context: Context) -> Match | None:
    score = 0.0
    evidence: list[str] = []
    for use in form.needs:
        found = _look(use, context)
        if found is None:
            return None
        score += use.weight * found.strength
        evidence.append(found.words)
    for use in form.signals_for:
        found = _look(use, context)
        if found is not None:
            score += use.weight * found.strength
            evidence.append(found.words)
    against: list[str] = []
    for use in form.signals_against:
        if score < form.threshold:
            return None
        found = _look(use, context)
        if found is not None:
            score -= use.weight * found.strength
            against.append(found.words)
    if score < form.threshold:
        return None
    return _match(pattern, form, context, score, evidence, against)


def _look(use: SignalUse, context: Context) -> Found | None:
    return SIGNALS[use.signal](context, **use.params)


def _match(
    pattern: Pattern,
    form: Form,
    context: Context,
    score: float,
    evidence: list[str],
    against: list[str],
) -> Match:
    """Say where the pattern shows, and why."""
    section, block = context.section, context.block
    if block is not None:
        line, end_line = block.line, block.end_line
    elif context.stages:
        line, end_line = section.line, context.sections[-1].end_line
    else:
        line, end_line = section.blocks[0].line, section.end_line
        if section.title:
            line = section.line
    excuse = f", although {'; '.join(against)}" if against else ", and nothing there says otherwise"
    return Match(
        pattern=pattern.id,
        source=(block.source if block is not None else "") or section.source,
        line=line,
        end_line=end_line,
        message=f"{pattern.title}: {'; '.join(evidence[:_TOLD])}{excuse}",
        evidence=tuple(evidence),
        against=tuple(against),
        score=round(score, 2),
        threshold=form.threshold,
        key=f"{context.titles}\0{_without_lines(context)}",
    )


def _without_lines(context: Context) -> str:
    """Return the words of a construct, whatever lines they stand on."""
    if isinstance(context.block, Table):
        rows = [row.cells for row in context.block.rows]
        return repr((context.block.head, rows))
    if isinstance(context.block, Listing):
        return repr([item.text for item in context.block.items])
    return repr(context.prose)


def _the_most_specific(found: list[Match], library: Library) -> Iterator[Match]:
    for match in found:
        yields_to = library.patterns[match.pattern].yields_to
        beaten = any(
            other is not match
            and _overlap(match, other)
            and (
                other.pattern in yields_to
                or (other.pattern == match.pattern and _rank(other) > _rank(match))
            )
            for other in found
        )
        if not beaten:
            yield match


def _overlap(one: Match, other: Match) -> bool:
    same_file = one.source == other.source
    return same_file and one.line <= other.end_line and other.line <= one.end_line


def _rank(match: Match) -> tuple[int, float, int]:
    """The wider construct first, then the better score, then the earlier place."""
    return (match.end_line - match.line, match.score, -match.line)
