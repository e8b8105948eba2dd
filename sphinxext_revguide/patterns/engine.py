"""Computes the score of every pattern for the constructs of a page."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from sphinxext_revguide.model import FileLine
from sphinxext_revguide.patterns.context import Context, Reading, texts_with_places
from sphinxext_revguide.patterns.known_texts import KnownTexts
from sphinxext_revguide.patterns.language import (
    UNSAID,
    Form,
    Library,
    Match,
    Pattern,
    Reasons,
    SignalUse,
)
from sphinxext_revguide.patterns.lexicons import Lexicon, term_lexicon
from sphinxext_revguide.patterns.outline import Listing, Outline, Table
from sphinxext_revguide.patterns.overlaps import resolve_overlaps, without_introductions
from sphinxext_revguide.patterns.scales import Bag
from sphinxext_revguide.patterns.sentences import sentence
from sphinxext_revguide.patterns.shapes import contexts
from sphinxext_revguide.patterns.signals import SIGNALS, Found, Weights, listed
from sphinxext_revguide.patterns.testimony import excuse

_NAMED = 4
"""Maximum number of weighted words in a list of evidence."""


def detect(
    outline: Outline, library: Library, known: KnownTexts[Bag] | None = None
) -> tuple[Match, ...]:
    """Search for every pattern of the library.

    :param outline: a page, or a quoted sample.
    :param known: the cache of the library, which saves time if many of the texts have been read
        before; it does not change the result.
    :returns: the matches by line. Of two overlapping matches, the one whose pattern the other
        yields to is kept; of two of the same pattern, the one whose shape the pattern names first.
    """
    found = [match for match in weigh(outline, library, known) if match.is_found]
    reported = without_introductions([*resolve_overlaps(found, library)], outline)
    return tuple(sorted(reported, key=lambda match: (match.line, match.pattern)))


def weigh(
    outline: Outline,
    library: Library,
    known: KnownTexts[Bag] | None = None,
    *,
    all_of_them: bool = False,
) -> Iterator[Match]:
    """Yield a match for each construct that meets the needs of a pattern, found or not.

    :param known: see :func:`detect`.
    :param all_of_them: also yield matches that cannot reach the threshold, with all their signals.
    """
    reading = Reading(outline, known or library.known_texts(), library.scales)
    shaped = contexts(reading, library)
    everywhere = reading.lexicons(tuple(range(len(outline.sections))))
    for pattern in library.patterns.values():
        for form in pattern.forms:
            if not form.lexicons <= everywhere:
                continue
            for preference, shape in enumerate(form.shapes):
                for context in _may_show(form, shaped[shape], reading, whole=all_of_them):
                    judgement = judge(form, context, whole=all_of_them)
                    if judgement is not None and (all_of_them or judgement.score >= form.threshold):
                        yield _match(pattern, form, context, preference, judgement)


def _may_show(
    form: Form, contexts: list[Context], reading: Reading, *, whole: bool
) -> list[Context]:
    """Return the contexts that may meet a form's needs, judged by their words alone.

    :param whole: also return contexts whose score cannot reach the threshold.
    """
    if form.lexicons:
        contexts = [context for context in contexts if form.lexicons <= context.present]
    for lexicon, least in form.least_weights if whole else form.enough_weights:
        place = reading.scales.place(lexicon)
        contexts = [context for context in contexts if context.strengths[place] >= least]
    return contexts


@dataclass
class Judgement:
    """The score of a form in one context, with the evidence for and against it.

    ``about`` and ``weights`` return the weights of single words, for the subject and the score.
    ``place`` is the first more exact one that a signal found.
    """

    score: float = 0.0
    subject: float | None = None
    evidence: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    about: list[Callable[[], Weights]] = field(default_factory=list)
    weights: list[Callable[[], Weights]] = field(default_factory=list)
    place: FileLine | None = None

    def add(self, found: Found, weight: float) -> None:
        """Add evidence for the pattern."""
        self.score += weight * found.strength
        self.evidence.append(found.words)
        self.place = self.place or found.place
        if found.weights is not None:
            (self.weights if weight else self.about).append(found.weights)

    def subtract(self, found: Found, weight: float) -> None:
        """Subtract evidence against the pattern."""
        self.score -= weight * found.strength
        self.against.append(found.words)

    def in_words(self, unsaid: Container[str]) -> tuple[list[str], list[str]]:
        """Return the evidence for and against the pattern in words.

        :param unsaid: words that have a weight but mean nothing to a reader.
        """
        weights = _summed(self.weights)
        about = listed(_heaviest(_summed(self.about), unsaid))
        those = listed(_heaviest(weights, unsaid))
        other = listed(_heaviest({word: -weight for word, weight in weights.items()}, unsaid))
        evidence = [
            f"it is about {about}" if about else "",
            *self.evidence,
            f"typical wording: {those}" if those else "",
        ]
        against = [*self.against, f"wording against it: {other}" if other else ""]
        return _once_each(evidence), _once_each(against)


def _summed(weights: Iterable[Callable[[], Weights]]) -> Weights:
    total: Counter[str] = Counter()
    for weight in weights:
        total.update(weight())
    return total


def _heaviest(weights: Weights, unsaid: Container[str]) -> list[str]:
    """Return the words with the highest positive weights, without those in ``unsaid``."""
    ranked = sorted(weights, key=lambda word: (-weights[word], word))
    return [
        word
        for word in ranked
        if weights[word] > 0
        and any(len(part) > 1 and part.isalpha() and part not in unsaid for part in word.split())
    ][:_NAMED]


def _once_each(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def find_terms(
    outline: Outline, terms: Iterable[str], relative: Callable[[str], str] = str
) -> dict[str, tuple[FileLine, ...]]:
    """Return where each term occurs on a page, outside code and quotations, in reading order.

    :param relative: returns the path of a file as reports name it.
    """
    names = {term_lexicon(term): term for term in terms}
    library = Library({}, {}, dict.fromkeys(names.values(), 0))
    reading = Reading(outline, library.known_texts(), library.scales)
    found: dict[str, list[FileLine]] = {term: [] for term in names.values()}
    for text, (source, line) in contexts(reading, library)["page"][0].texts_with_places:
        for name in reading.hits(text):
            said = reading.every(library.named[name], text)
            found[names[name]] += [(relative(source), line)] * len(said)
    return {term: tuple(places) for term, places in found.items()}


def judge(form: Form, context: Context, *, whole: bool = False) -> Judgement | None:
    """Judge a construct by the signals of a form.

    :param whole: look at all signals even if the score can no longer reach the threshold.
    :returns: ``None`` if a need is not met, or if the score cannot reach the threshold.
    """
    judgement = _needed(form, context)
    if judgement is None:
        return None
    if form.about:
        judgement.subject = _subject(form, context, judgement.evidence)
        if judgement.subject < 0 and not whole:
            return None
    seen: list[Found | None] = [None] * len(form.in_order)
    total = judgement.score
    for step in form.in_order:
        if total + step.left < form.threshold and not whole:
            return None
        found = seen[step.place] = look(step.use, context)
        if found is not None:
            total += step.weight * found.strength
    return _summed_up(judgement, form, seen, whole=whole)


def _summed_up(
    judgement: Judgement, form: Form, seen: list[Found | None], *, whole: bool
) -> Judgement | None:
    """Add up what the signals found, in the order of the form: the order affects rounding."""
    of_those_for = len(form.signals_for)
    for use, found in zip(form.signals_for, seen[:of_those_for], strict=True):
        if found is not None:
            judgement.add(found, use.weight)
    for use, found in zip(form.signals_against, seen[of_those_for:], strict=True):
        if judgement.score < form.threshold and not whole:
            return None
        if found is not None:
            judgement.subtract(found, use.weight)
    return judgement


def _needed(form: Form, context: Context) -> Judgement | None:
    """Return the judgement of a form's needs, ``None`` if one is not met.

    Most constructs fail the first need, so that this is fast.
    """
    seen: dict[int, Found] = {}
    for place in form.needs_in_order:
        found = look(form.needs[place], context)
        if found is None:
            return None
        seen[place] = found
    judgement = Judgement()
    for place, use in enumerate(form.needs):
        judgement.add(seen[place], use.weight)
    return judgement


def _subject(form: Form, context: Context, evidence: list[str]) -> float:
    """Return how clearly a construct is about a form's subject, and append the evidence."""
    total = -form.subject
    for use in form.about:
        found = look(use, context)
        if found is not None:
            total += use.weight * found.strength
            evidence.append(found.words)
    return total


def look(use: SignalUse, context: Context) -> Found | None:
    """Return what a signal finds in a context."""
    return SIGNALS[use.signal](context, **use.params)


def _match(
    pattern: Pattern, form: Form, context: Context, preference: int, judgement: Judgement
) -> Match:
    """Return a match with its place; its evidence is computed on demand."""
    source, line, end_line = _place(context, judgement.place)
    unsaid = context.lexicons.get(UNSAID, Lexicon(UNSAID)).weights

    @cache
    def explain() -> Reasons:
        evidence, against = judgement.in_words(unsaid)
        return Reasons(tuple(evidence), tuple(against), tuple(_excuses(form, context)))

    return Match(
        pattern=pattern.id,
        source=source,
        line=line,
        end_line=end_line,
        say=lambda: f"{pattern.title}: {sentence(pattern, form, context, explain().evidence)}",
        explain=explain,
        score=round(judgement.score, 2),
        threshold=form.threshold,
        strict=form.strict,
        key=_key(context),
        section=context.term or _titles_over(context),
        preference=preference,
        subject=_subject_of(form, judgement),
        term=context.term,
        members=context.members,
        whole_sections=context.block is None,
        excused_by=_excused_by(form, context, judgement),
    )


def _excused_by(form: Form, context: Context, judgement: Judgement) -> tuple[str, ...]:
    """Return the sentences that excuse a construct which would otherwise be a finding."""
    enough = judgement.score >= form.threshold
    if not (enough and (judgement.subject or 0) >= 0 and form.heeds_testimony):
        return ()
    found = excuse(context)
    return found.said if found else ()


def _subject_of(form: Form, judgement: Judgement) -> float | None:
    """Return how clearly a match is about the subject, as the logarithm of the odds.

    The score of a form that weighs all words is already on that scale.
    """
    if judgement.subject is None and form.least_weights:
        return judgement.score - form.threshold
    return judgement.subject


def _excuses(form: Form, context: Context) -> Iterator[str]:
    """Yield in words the signals against the pattern that found nothing."""
    for use in form.signals_against:
        if look(use, context) is None:
            yield sys.intern(signal_in_words(use))  # pickled once, however many findings name it


def signal_in_words(use: SignalUse) -> str:
    """Return what a signal searches for, and in which lexicon, as a sentence without full stop."""
    text = (SIGNALS[use.signal].__doc__ or use.signal).splitlines()[0].rstrip(".").replace("``", "")
    text = text.partition(";")[0]  # the rest is about parameters
    lexicon = use.params.get("lexicon")
    kind = use.params.get("kind")
    if lexicon and "the lexicon" in text:
        return text.replace("the lexicon", f"the lexicon “{lexicon}”")
    return f"{text} ({lexicon or kind})" if lexicon or kind else text


def _place(context: Context, first: FileLine | None) -> tuple[str, int, int]:
    """Return the file, line and last line: of the table or list if there is one, or the sections.

    :param first: the place that a signal found, if one is more exact. The lines begin there; its
        file may be one that the page includes.
    """
    heart = context.block or _heart(context)
    if heart is not None:
        source, line = first or (heart.source, heart.line)
        if source == heart.source and line <= heart.end_line:
            return source, line, heart.end_line
    sections = context.sections
    filled = (section for section in sections if section.title or section.blocks)
    source, line = first or next(filled, context.section).begins
    return source, line, max([line, *(section.last_line(source) for section in sections)])


def _heart(context: Context) -> Table | Listing | None:
    """Return the first table of a single section, or else its first list."""
    if len(context.members) > 1:
        return None
    blocks = context.section.blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    listings = [block for block in blocks if isinstance(block, Listing)]
    return tables[0] if tables else listings[0] if listings else None


def _key(context: Context) -> str:
    """Return the words that identify a construct; for a whole page only its title.

    Findings about a whole page keep their identity while the page changes.
    """
    title = next((section.title for section in context.outline.sections if section.title), "")
    if context.term:
        return f"{title}\0{context.term}"
    if _is_whole_page(context):
        return title
    return _said(context)


def _titles_over(context: Context) -> str:
    """Return the titles of the sections; nothing for a page, which may have a hundred of them."""
    return "" if _is_whole_page(context) else context.headings(above=0)


def _is_whole_page(context: Context) -> bool:
    return len(context.members) == len(context.outline.sections) > 1


def _said(context: Context) -> str:
    """Return the words of the table or list if there is one, or of the sections.

    Titles are used only if there is nothing else.
    """
    heart = context.block or _heart(context)
    of_sections = [block for section in context.sections for block in section.blocks]
    blocks = of_sections if heart is None else [heart]
    said = "\0".join(text for block in blocks for text, _place in texts_with_places(block))
    return said or context.titles
