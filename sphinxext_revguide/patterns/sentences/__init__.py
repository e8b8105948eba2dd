"""One sentence about a finding, as an editor would write it, in the language of the book.

It says what the passage claims, where, and what nobody wrote there; it is built from what signals
counted or quoted (``Found.facts``). Words and their weights are evidence, which is kept apart.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from math import fsum
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.i18n import _
from sphinxext_revguide.patterns.sentences.claims import CLAUSES, figures, place
from sphinxext_revguide.patterns.sentences.quoting import shortened
from sphinxext_revguide.patterns.sentences.templates import TEMPLATES, Template, Use
from sphinxext_revguide.patterns.signals.registry import SIGNALS
from sphinxext_revguide.patterns.testimony import best_said
from sphinxext_revguide.text.late_patterns import late

if TYPE_CHECKING:
    from sphinxext_revguide.patterns.context import Context
    from sphinxext_revguide.patterns.language import Form, Pattern
    from sphinxext_revguide.patterns.signals.registry import Found

_FRICTION = "friction-"
_EMPTY = ("friction-denied", "friction-hollow")
"""Lexicons of words that admit something, and of words that only sound like it."""
_TOLD = 3
"""Maximum number of pieces of evidence listed if there is nothing better."""
_TELLING = 5
"""Minimum number of words of a sentence that is quoted."""
_SENTENCES = late(r"(?<=[.!?])\s+")


def sentence(pattern: Pattern, form: Form, context: Context, evidence: Sequence[str]) -> str:
    """Return why a construct shows a pattern, in one sentence without its full stop.

    :param evidence: the evidence for it, for an author's own pattern without counted facts.
    """
    template = TEMPLATES.get(pattern.id)
    signals = "; ".join(evidence[:_TOLD])
    if template is None:
        named = ((use.signal, use.params) for use in form.uses)
        return next(_claims(context, named), "") or signals
    claim = next(_claims(context, template.facts), "")
    claim = claim or (_reading(template, form, context) if template.reads else signals)
    if not template.missing or _is_admitted(template, context):
        return claim
    return _("%(claim)s, and %(missing)s") % {"claim": claim, "missing": _(template.missing)}


def _claims(context: Context, uses: Iterable[Use]) -> Iterator[str]:
    for signal, params in uses:
        if signal == "figures":
            sentence = figures(context, **params)
            if sentence:
                yield sentence
        elif signal in CLAUSES:
            found = _look(context, signal, params)
            if found is not None and found.facts:
                yield CLAUSES[signal](context, found.facts)


def _look(context: Context, signal: str, params: Mapping[str, Any]) -> Found | None:
    """Return what a signal finds; None if the library lacks its lexicon."""
    if params.get("lexicon", next(iter(context.lexicons), "")) not in context.lexicons:
        return None
    return SIGNALS[signal](context, **params)


def _is_admitted(template: Template, context: Context) -> bool:
    """Return whether something is admitted, even if it is not enough to excuse a passage."""
    if any(_look(context, signal, params) for signal, params in template.unless):
        return True
    return bool(best_said(context).said) or context.once_of_sections(_names_friction)


def _names_friction(context: Context) -> bool:
    names = [
        lexicon
        for lexicon in context.lexicons
        if lexicon.startswith(_FRICTION) and lexicon not in _EMPTY
    ]
    return any(
        context.matches(name, text)
        for text in context.prose
        if not any(context.matches(name, text) for name in _EMPTY)
        for name in names
    )


def _reading(template: Template, form: Form, context: Context) -> str:
    """Return what a passage reads like, with its most typical sentence."""
    claim = _(template.reads) % {"where": place(context)}
    quote = _most_typical(form, context)
    if not quote:
        return claim
    return _("%(claim)s: “%(quote)s”") % {"claim": claim, "quote": shortened(quote)}


def _most_typical(form: Form, context: Context) -> str:
    """Return the sentence whose words weigh most for a form, if any."""
    weights: dict[str, float] = {}
    for use in (*form.needs, *form.signals_for):
        found = _look(context, use.signal, use.params)
        if found is not None and found.weights is not None:
            for word, weight in found.weights().items():
                weights[word] = weights.get(word, 0) + weight * use.weight
    sentences = [
        part
        for text in context.prose
        for part in _SENTENCES.split(text)
        if len(part.split()) >= _TELLING
    ]
    best = max(sentences, key=lambda evidence: _weight(context, evidence, weights), default="")
    return best if _weight(context, best, weights) > 0 else ""


def _weight(context: Context, text: str, weights: Mapping[str, float]) -> float:
    tokens = context.reading.tokens(text)
    said: Set[str] = {
        *tokens,
        *(f"{neighbours} {two}" for neighbours, two in itertools.pairwise(tokens)),
    }
    # Not `sum`: a set has another order in each process, and ties would be broken by it.
    return fsum(weights.get(words, 0.0) for words in said)
