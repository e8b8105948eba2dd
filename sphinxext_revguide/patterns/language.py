"""The data model of patterns: what a pattern file may contain.

Nothing here knows how a file is read (``loader``) or how a signal is found (``signals``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Any

from sphinxext_revguide.near_names import did_you_mean, nearest_name
from sphinxext_revguide.patterns.hollow import shipped
from sphinxext_revguide.patterns.known_texts import KnownTexts
from sphinxext_revguide.patterns.lexicons import Lexicon, Vocabulary, term_lexicon
from sphinxext_revguide.patterns.scales import Bag, Scales
from sphinxext_revguide.quick_records import record

UNSAID = "function-words"
"""The lexicon of words that have weights but are not listed, as they mean nothing to a reader."""
_ROUNDING = 1e-9
"""An upper bound for the rounding error of sums of floats."""


@record(frozen=True, slots=True)
class SignalUse:
    """A signal as a pattern uses it: ``weight`` per unit of its strength.

    ``strongest`` is its maximum strength, and ``is_slow`` says whether searching for it takes long.
    """

    signal: str
    weight: float
    params: Mapping[str, Any] = field(default_factory=dict)
    strongest: float = math.inf
    is_slow: bool = False

    @property
    def most(self) -> float:
        """The maximum that it adds to a score."""
        is_limited = self.weight >= 0 and 0 <= self.strongest < math.inf
        return self.weight * self.strongest if is_limited else math.inf

    @property
    def most_against(self) -> float:
        """The maximum that it adds to a score if it is subtracted: 0 unless negative."""
        may_be_below = self.weight < 0 or self.strongest < 0 or self.signal == "weighed"
        return math.inf if may_be_below else 0.0


@record(frozen=True, slots=True)
class Step:
    """A signal to search for, by its ``place`` among those for and against.

    Its strength is multiplied by ``weight``. ``left`` is the maximum that this signal and all
    following ones can add to the score.
    """

    use: SignalUse
    weight: float
    left: float
    place: int = 0


def _when_looked_for(step: tuple[int, Step]) -> tuple[bool, bool]:
    """Return a sort key: most scores stay below the threshold because of what is not found."""
    return step[1].left == 0, step[1].use.is_slow


@record(frozen=True, slots=False)
class Form:
    """One form in which a pattern occurs.

    ``needs`` are signals that must be present. ``about`` signals decide whether the construct is
    about the pattern's subject: their sum must reach ``subject``. Then ``signals_for`` and
    ``signals_against`` are summed up.

    ``threshold`` applies where an editor has reported the pattern, ``strict`` everywhere else.
    ``shapes`` are the kinds of constructs that are searched; of overlapping ones, the one named
    first is reported.
    """

    shapes: tuple[str, ...]
    threshold: float
    needs: tuple[SignalUse, ...]
    subject: float
    about: tuple[SignalUse, ...]
    signals_for: tuple[SignalUse, ...]
    signals_against: tuple[SignalUse, ...]
    strict: float = 0.0

    @cached_property
    def lexicons(self) -> frozenset[str]:
        """The lexicons that must have entries in a construct for the form to match."""
        return frozenset(
            str(use.params["lexicon"])
            for use in self.needs
            if "lexicon" in use.params and use.signal != "weighed" and use.params.get("least", 1)
        )

    @cached_property
    def least_weights(self) -> tuple[tuple[str, float], ...]:
        """The minimum weight of a construct in a lexicon that the needs of the form require."""
        return tuple(
            (str(use.params.get("lexicon", "")), float(use.params["least"]))
            for use in self.needs
            if use.signal == "weighed" and "least" in use.params
        )

    @cached_property
    def enough_weights(self) -> tuple[tuple[str, float], ...]:
        """The minimum weight of a construct in a lexicon for the score to reach the threshold.

        It assumes that all other signals are as strong as they can be.
        """
        others = sum(
            use.most for use in (*self.needs, *self.signals_for) if use.signal != "weighed"
        )
        weighed = [use for use in (*self.needs, *self.signals_for) if use.signal == "weighed"]
        if self.about or len(weighed) != 1 or not self.least_weights or weighed[0].weight <= 0:
            return self.least_weights
        [(lexicon, least)] = self.least_weights
        rest = (self.threshold - others) / weighed[0].weight - _ROUNDING
        return ((lexicon, max(least, rest)),)

    @cached_property
    def needs_in_order(self) -> tuple[int, ...]:
        """The indices of ``needs`` in the order in which they are searched for."""
        return tuple(sorted(range(len(self.needs)), key=lambda place: self.needs[place].is_slow))

    @cached_property
    def in_order(self) -> tuple[Step, ...]:
        """``signals_for`` and ``signals_against`` in the order in which they are searched for."""
        steps = [Step(use, use.weight, use.most) for use in self.signals_for]
        steps += [Step(use, -use.weight, use.most_against) for use in self.signals_against]
        left, found = _ROUNDING, []
        for place, step in sorted(enumerate(steps), key=_when_looked_for)[::-1]:
            left += step.left
            found.append(replace(step, place=place, left=left))
        return tuple(found[::-1])

    @cached_property
    def heeds_testimony(self) -> bool:
        """Whether testimony counts against the form; it does not for patterns that count things."""
        return any(use.signal == "friction" for use in self.signals_against)

    @property
    def uses(self) -> tuple[SignalUse, ...]:
        """All signals of the form."""
        return (*self.needs, *self.about, *self.signals_for, *self.signals_against)


@record(frozen=True, slots=True)
class Example:
    """A text in Markdown that a pattern flags or does not flag (with a budget of terms)."""

    text: str
    flagged: bool
    budget: Mapping[str, int] = field(default_factory=dict)


@record(frozen=True, slots=True)
class Pattern:
    """A pattern: what it is, why it does harm, what to write instead, and how it is recognised."""

    id: str
    title: str
    what: str
    why: str
    instead: str
    family: str = ""
    forms: tuple[Form, ...] = ()
    examples: tuple[Example, ...] = ()
    yields_to: tuple[str, ...] = ()

    @property
    def of_pages(self) -> bool:
        """Whether the pattern only measures how much of something a page contains."""
        return all(set(form.shapes) <= {"page", "term"} for form in self.forms)


@record(frozen=True, slots=True)
class Reasons:
    """The evidence for and against a match, and the signals against it that found nothing."""

    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    excuses: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Match:
    """A passage that matches a pattern.

    ``say`` returns its sentence and ``explain`` the reasons. Both take longer than finding the
    match and are not needed for every match. ``score`` reaches ``threshold``, and maybe ``strict``.
    ``key`` is the basis of the fingerprint, ``section`` the titles above the passage, and
    ``members`` are the sections that were judged. Of overlapping matches, the one with the higher
    ``subject`` is reported; of the same pattern, the one with the lower ``preference``. If
    ``excused_by`` contains sentences that testify, the match is not a finding.
    """

    pattern: str
    source: str
    line: int
    end_line: int
    say: Callable[[], str] = field(compare=False)
    explain: Callable[[], Reasons] = field(compare=False)
    score: float
    threshold: float
    key: str
    section: str = ""
    preference: int = 0
    subject: float | None = None
    term: str = ""
    members: tuple[int, ...] = ()
    whole_sections: bool = False
    excused_by: tuple[str, ...] = ()
    strict: float = 0.0

    @property
    def message(self) -> str:
        """The title of the pattern and one sentence on why it was found, without a full stop."""
        return self.say()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence for the match."""
        return self.explain().evidence

    @property
    def against(self) -> tuple[str, ...]:
        """The evidence against the match."""
        return self.explain().against

    @property
    def excuses(self) -> tuple[str, ...]:
        """What would count against the match if it were there."""
        return self.explain().excuses

    @property
    def is_found(self) -> bool:
        """Whether the match is about the subject, reaches the threshold and is not excused."""
        if self.excused_by or self.score < self.threshold:
            return False
        return self.subject is None or self.subject >= 0

    @property
    def is_strict(self) -> bool:
        """Whether the score is enough if no issue names the pattern."""
        return self.score >= self.strict


_MISSPELLING = 85.0
"""The minimum similarity, in percent, of a misspelled name to the right one."""


def _is_misspelling(name: str, known: Iterable[str]) -> bool:
    """Return whether a name has as many words as a known one and nearly the same letters."""
    alike = [other for other in known if other.count("-") == name.count("-")]
    return bool(nearest_name(name, alike, alike=_MISSPELLING))


@record(frozen=True, slots=False)
class Library:
    """Patterns and lexicons by name, and how often a term may occur on a page.

    ``written`` are the ids of patterns in the author's files, including those with a mistake;
    ``is_partial`` says that a file could not be read.
    """

    patterns: Mapping[str, Pattern]
    lexicons: Mapping[str, Lexicon]
    budgets: Mapping[str, int] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    is_partial: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all patterns, sorted."""
        return tuple(sorted(self.patterns))

    def lacks(self, name: str) -> bool:
        """Return whether no pattern has this name, unless a mistake in a file may be the cause.

        A file that cannot be read may define any name; then only a misspelling of a known name is
        considered missing.
        """
        if name in self.patterns or name in self.written:
            return False
        return not self.is_partial or _is_misspelling(name, self.patterns)

    def hint(self, name: str, otherwise: str) -> str:
        """Return the remedy for a name that the library lacks: a similar name if there is one."""
        hint = did_you_mean(name, self.ids, otherwise)
        if self.is_partial:
            return f"{hint} A pattern file that cannot be read may define it, too"
        return hint

    def is_left_out(self, name: str) -> bool:
        """Return whether a pattern may be missing because of a mistake in a file."""
        return name not in self.patterns and (self.is_partial or name in self.written)

    @cached_property
    def named(self) -> Mapping[str, Lexicon]:
        """All lexicons by name, including those of terms with a budget."""
        names = {term_lexicon(term): term for term in self.budgets}
        return {**self.lexicons, **{name: Lexicon(name, {names[name]: 1.0}) for name in names}}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All lexicons that a signal may use, ready to be searched for in one pass."""
        uses = (
            use for pattern in self.patterns.values() for form in pattern.forms for use in form.uses
        )
        left_out = {UNSAID} - {use.params.get("lexicon") for use in uses}
        return Vocabulary(
            {name: lexicon for name, lexicon in self.named.items() if name not in left_out}
        )

    def known_texts(self) -> KnownTexts[Bag]:
        """Return an empty cache for texts."""
        return KnownTexts(self.vocabulary, shipped().left, self.scales.bag)

    @cached_property
    def scales(self) -> Scales:
        """All graded lexicons, ready to weigh texts in one pass."""
        return Scales(self.lexicons)
