"""Learns the weights of the operations pack: run by ``make fit``.

Two things are learned, both linear, both written as readable numbers:

- lexicons of weights: which words speak for and against a pattern (one lexicon a pattern), and
  which speak for and against all of them (``voice``). Only words of several domains are learned,
  so that no field's vocabulary is;
- the weights of the signals in ``operations.toml``, never of the wrong sign, and each threshold.

The weights of signals are learned on lexicon scores that come from other domains than the text's
own.
Only the part "fit" of the corpus and of the documentation is looked at.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import sphinxext_revguide.patterns as package
from sphinxext_revguide.patterns import load_library
from sphinxext_revguide.patterns.context import Context, Reading
from sphinxext_revguide.patterns.engine import judge, look
from sphinxext_revguide.patterns.language import Library, Pattern, SignalUse
from sphinxext_revguide.patterns.lexicons import tokens
from sphinxext_revguide.patterns.outline import Outline
from sphinxext_revguide.patterns.shapes import contexts
from tests.evaluation.corpus import Text, texts
from tests.evaluation.documentation import pages

PACKS = Path(package.__file__).parent / "packs"
FOLDS = 4
"""How many groups of domains take turns in being left out."""
DOMAINS = 3
"""A word is learned only if it stands in texts of so many domains."""
SECTIONS = 30_000
"""How many sections of documentation are looked through for hard ones."""
EASY = 2500
"""How many are learned from whatever they are."""
HARD = 250
"""How many are learned from for each subject because they resemble it."""
NEARLY = 1.0
"""How near to a threshold documentation may come without being learned from again."""
SMALLEST = 0.05
"""Weights below this are not worth their line."""
PULL = 0.004
"""How hard weights are held to what was set by hand."""
BETWEEN = 0.45
"""Where, between thresholds that do equally well, the one that is taken lies."""
SUBJECT_BETWEEN = 0.6
"""Where, between the texts of other subjects and its own, the limit of a subject lies."""
FALSE_ALARMS = 0.06
"""The share of clean texts that a threshold may let through, where recall is to be had for it."""

WARM = 0.3
"""How much a flagged text counts that is told as clean ones are: with more, those are flagged."""

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_SIGNS = ("?", '"', ";")


@dataclass(frozen=True)
class Unit:
    """A text, or a section of documentation: its words, and what signals see of it."""

    context: Context
    words: frozenset[str]
    text: Text | None = None

    @property
    def scale(self) -> float:
        """What a sum of weights is divided by, as the signal ``weighed`` does."""
        return float(max(1.0, self.context.size / 100) ** 0.5)


def unit(outline: Outline, library: Library, members: Sequence[int], text: Text | None) -> Unit:
    """Make a unit of the sections of a page."""
    context = Context(
        Reading(outline, library.vocabulary, library.scales), library.lexicons, tuple(members)
    )
    found: set[str] = set()
    for one in context.texts:
        said = tokens(one)
        plain = [bool(_WORD.fullmatch(word)) for word in said]
        found.update(word for word, good in zip(said, plain, strict=True) if good or word in _SIGNS)
        for index in range(len(said) - 1):
            if plain[index] and plain[index + 1]:
                found.add(f"{said[index]} {said[index + 1]}")
    return Unit(context, frozenset(found), text)


def of_texts(some: Iterable[Text], library: Library) -> list[Unit]:
    """Make a unit of each text."""
    units = []
    for text in some:
        outline = text.outline
        units.append(unit(outline, library, range(len(outline.sections)), text))
    return units


def of_documentation(library: Library, part: str, most: int) -> list[Unit]:
    """Make units of sections of documentation: those that resemble the texts, and as many others.

    What resembles them is told by the words alone, so that it does not depend on an earlier fit
    of the signals. Which others are taken is drawn at random, but always alike.
    """
    found = [
        (outline, index)
        for _name, outline in pages(part)
        for index, section in enumerate(outline.sections)
        if 30 <= section.words <= 600
    ]
    random.Random(7).shuffle(found)  # noqa: S311 -- a sample
    return [unit(outline, library, [index], None) for outline, index in found[:most]]


def hardest(units: Sequence[Unit], some: Sequence[Unit], ids: Sequence[str]) -> list[Unit]:
    """Return the units of documentation that look most like texts of a subject, by their words."""
    few = some[:EASY]
    chosen = {id(one): one for one in few}
    for pattern in ids:
        learned = learn_words(units, few, Wanted(pattern, of_subject=True))
        ranked = sorted(some, key=lambda one: -said(one, learned))
        chosen.update((id(one), one) for one in ranked[:HARD])
    return list(chosen.values())


def vocabulary(units: Iterable[Unit]) -> dict[str, int]:
    """Return the words that stand in texts of several domains, numbered."""
    domains: dict[str, set[str]] = defaultdict(set)
    for one in units:
        if one.text is not None:
            for word in one.words:
                domains[word].add(one.text.domain)
    common = sorted(word for word, where in domains.items() if len(where) >= DOMAINS)
    return {word: index for index, word in enumerate(common)}


def matrix(units: Sequence[Unit], words: dict[str, int]) -> csr_matrix:
    """Return which words stand in which units, scaled as the signal ``weighed`` scales."""
    rows, columns, values = [], [], []
    for row, one in enumerate(units):
        for word in one.words:
            if word in words:
                rows.append(row)
                columns.append(words[word])
                values.append(1 / one.scale)
    return csr_matrix((values, (rows, columns)), shape=(len(units), len(words)))


def learn_words(
    units: Sequence[Unit], documentation: Sequence[Unit], wanted: Wanted
) -> dict[str, float]:
    """Learn which words tell the wanted units from the others: word -> weight."""
    words = vocabulary(units)
    every = [*units, *(documentation if wanted.documentation else ())]
    labels = [wanted.label(one) for one in every]
    kept = [index for index, (_label, weight) in enumerate(labels) if weight]
    y = np.array([labels[index][0] for index in kept])
    weight = np.array([labels[index][1] for index in kept])
    model = LogisticRegression(C=wanted.freedom, max_iter=500)
    model.fit(matrix([every[index] for index in kept], words), y, sample_weight=weight)
    return {word: float(model.coef_[0][index]) for word, index in words.items()}


@dataclass(frozen=True)
class Wanted:
    """What is to be learned: a pattern's subject, or what is flagged of it; without id, of all."""

    pattern: str
    of_subject: bool = False

    @property
    def freedom(self) -> float:
        """How freely weights may grow: scikit-learn's C."""
        return (2.0 if self.of_subject else 0.3) if self.pattern else 0.15

    @property
    def documentation(self) -> bool:
        """Whether documentation is something to tell it from."""
        return bool(self.pattern)

    def label(self, one: Unit) -> tuple[bool, float]:
        """Return whether a unit is wanted, and how much it counts."""
        if one.text is None:
            return False, 0.05
        mine = not self.pattern or one.text.pattern == self.pattern
        if one.text.voice == "warm" and not self.of_subject:
            return True, WARM if mine else 0.0
        if not self.of_subject:
            return one.text.flagged and mine, 1.0 if mine else 0.0 if one.text.flagged else 0.1
        # A clean text of the pattern is of its subject or not, as its writer liked.
        return mine, (8.0 if one.text.flagged else 0.0) if mine else 1.0


VOICE = Wanted("")


@dataclass
class Weights:
    """What was learned of a form: weights of its signals, both thresholds, the gate of its need."""

    about: list[float]
    signals: list[float]
    subject: float
    threshold: float
    gate: float


def said(one: Unit, learned: dict[str, float]) -> float:
    """Return what the words of a unit weigh."""
    return sum(learned.get(word, 0.0) for word in one.words) / one.scale


def out_of_domain(
    units: Sequence[Unit], documentation: Sequence[Unit], wanted: Wanted
) -> np.ndarray:
    """Return what words weigh in each unit, learned from the texts of other domains only.

    Sections of documentation get the mean of all; they are of no domain.
    """
    domains = sorted({one.text.domain for one in units if one.text})
    scores = np.zeros(len(units) + len(documentation))
    for fold in range(FOLDS):
        left_out = set(domains[fold::FOLDS])
        others = [one for one in units if one.text and one.text.domain not in left_out]
        learned = learn_words(others, documentation, wanted)
        for index, one in enumerate(units):
            if one.text and one.text.domain in left_out:
                scores[index] = said(one, learned)
        for index, one in enumerate(documentation):
            scores[len(units) + index] += said(one, learned) / FOLDS
    return scores


def strengths(uses: Sequence[SignalUse], one: Unit, sign: float = 1.0) -> list[float]:
    """Return how strong each signal is in a unit."""
    return [sign * _strength(use, one) for use in uses]


_SEEN: dict[tuple[int, str], float] = {}


def _strength(use: SignalUse, one: Unit) -> float:
    """Return how strong a signal is in a unit; patterns share many, so each is asked once."""
    key = (id(one), f"{use.signal} {sorted(use.params.items())}")
    if key not in _SEEN:
        seen = look(use, one.context)
        _SEEN[key] = seen.strength if seen else 0.0
    return _SEEN[key]


NEAR = 0.8
"""Documentation that comes so near to both thresholds tells that other pages will pass them."""
RAISED = {"improvement-cadence": 0.6, "ab-test-victory": 0.6}
"""By so much the limit of a subject is raised by hand: hours of opening are a week as well, and
measures before and after a change are no test of two versions."""
ROOM = 0.5
"""So far below both limits all documentation that is learned from has to stay: other pages, of
which there are many more, come nearer."""
RECAP = 9.0
"""A recap of what was covered is not the passage itself."""
FLOORS = {
    "friction": 1.6, "explained": 2.0, "quoted": 1.5, "losing": 9.0, "troubled_cells": 0.4,
    "placeholders": 0.5, "title": 0.3, "says": 0.3, "head": 0.3, "conditionals": 0.2,
    "questions": 0.4, "code": 0.3, "positive_column": 0.6, "claim": 0.6, "winner": 0.8,
    "weighed": 0.2,
}  # fmt: skip
"""The least that a signal weighs: the corpus is small enough to be told apart without what an
editor looks at first, and texts elsewhere are not."""


def learn_signals(
    x: np.ndarray,
    prior: np.ndarray,
    uses: Sequence[SignalUse],
    labels: Sequence[tuple[bool, float]],
) -> tuple[list[float], np.ndarray]:
    """Learn weights, none below its floor, near the prior ones.

    :param x: a row of strengths for each unit, in the order of the signals.
    :returns: the weights, rounded, and the sum of each row with them.
    """
    y = np.array([label for label, _weight in labels])
    weight = np.array([weight for _label, weight in labels])
    weight = weight / weight.sum()

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        margin = x @ parameters[1:] + parameters[0]
        error = weight * (1 / (1 + np.exp(-margin)) - y)
        value = float((weight * np.logaddexp(0, np.where(y, -margin, margin))).sum())
        value += PULL / 2 * float(((parameters[1:] - prior) ** 2).sum())
        return value, np.r_[error.sum(), x.T @ error + PULL * (parameters[1:] - prior)]

    bounds = [(None, None), *((_floor(use), max(4.0, _floor(use))) for use in uses)]
    best = minimize(loss, np.r_[-2.0, prior], jac=True, bounds=bounds, method="L-BFGS-B").x
    learned = [round(float(one), 2) if one >= SMALLEST else 0.0 for one in best[1:]]
    return learned, x @ np.array(learned)


def _floor(use: SignalUse) -> float:
    if use.params.get("lexicon") == "checkpoint":
        return RECAP
    return FLOORS.get(use.signal, 0.0)


def learn_form(
    pattern: Pattern,
    units: Sequence[Unit],
    documentation: Sequence[Unit],
    voice: np.ndarray,
) -> Weights:
    """Learn the weights and both thresholds of a pattern's form."""
    form = pattern.forms[0]
    every = [*units, *documentation]
    subject = Wanted(pattern.id, of_subject=True)
    judged = Wanted(pattern.id, of_subject=False)

    about = np.array([strengths(form.about, one) for one in every])
    about[:, 0] = out_of_domain(units, documentation, subject)
    prior = np.array([1.0] + [0.3] * (about.shape[1] - 1))
    of_subject, subjects = learn_signals(
        about, prior, form.about, [subject.label(one) for one in every]
    )

    told = np.array(
        [
            strengths(form.signals_for, one) + strengths(form.signals_against, one, -1.0)
            for one in every
        ]
    )
    judging = [*form.signals_for, *form.signals_against]
    told[:, 0], told[:, 1] = voice, out_of_domain(units, documentation, judged)
    for index, use in enumerate(judging):
        if use.params.get("lexicon") == f"about-{pattern.id}":
            told[:, index] = about[:, 0]
    prior = np.array([1.5, 1.0] + [0.4] * (told.shape[1] - 2))
    weights, scores = learn_signals(told, prior, judging, [judged.label(one) for one in every])
    return _thresholds(pattern.id, every, of_subject, subjects, weights, scores, about[:, 0])


def _sets_limits(one: Unit) -> bool:
    return one.text is not None and one.text.flagged and one.text.voice != "warm"


def _thresholds(
    pattern: str,
    every: Sequence[Unit],
    of_subject: list[float],
    subjects: np.ndarray,
    weights: list[float],
    scores: np.ndarray,
    words: np.ndarray,
) -> Weights:
    """Set both thresholds so that clean texts let few through and documentation almost none."""
    own = np.array([one.text is not None and one.text.pattern == pattern for one in every])
    flagged = own & np.array([_sets_limits(one) for one in every])
    clean = own & np.array([one.text is not None and not one.text.flagged for one in every])
    rest = np.array([one.text is None for one in every])
    best: tuple[float, float, list[float]] = (-9.0, 0.0, [])
    others = float(np.quantile(subjects[~own], 0.998))
    for low in np.quantile(subjects[flagged], [0.0, 0.02, 0.04, 0.06, 0.08]):
        middle = max(low - 0.05, others + (low - others) * SUBJECT_BETWEEN)
        limit = float(np.floor(min(middle, low) * 10) / 10)
        for threshold in np.arange(-3.0, 8.0, 0.1):
            hit = (subjects >= limit) & (scores >= threshold)
            recall, alarms = hit[flagged].mean(), hit[clean].mean()
            value = recall - 0.7 * alarms - 4 * max(0.0, alarms - FALSE_ALARMS)
            value -= 0.05 * hit[rest].sum()
            near = (subjects >= limit - NEAR) & (scores >= threshold - NEAR)
            value -= 0.01 * near[rest].sum()
            if value > best[0]:
                best = (value, limit, [float(threshold)])
            elif value == best[0] and limit == best[1]:
                best[2].append(float(threshold))
    _value, limit, equal = best
    threshold = round(equal[0] + (equal[-1] - equal[0]) * BETWEEN, 1)
    hit = (subjects >= limit) & (scores >= threshold)
    print(
        f"{pattern:28} recall {hit[flagged].mean():.2f}  alarms {hit[clean].mean():.2f}  "
        f"documentation {int(hit[rest].sum())} of {int(rest.sum())}"
    )
    gate = float(np.floor((np.quantile(words[flagged], 0.005) - 1.0) * 10) / 10)
    return Weights(of_subject, weights, limit, threshold, gate)


def main() -> None:
    """Learn, write the packs; learn again with the documentation that was flagged, and write."""
    library = load_library()
    units = of_texts(texts("fit"), library)
    operations = [one for one in library.patterns.values() if one.forms and one.forms[0].about]
    many = of_documentation(library, "fit", SECTIONS)
    documentation = hardest(units, many, [pattern.id for pattern in operations])
    for last in (False, True):
        learned = learn(operations, units, documentation)
        load_library.cache_clear()
        if not last:
            documentation += flagged_by_mistake(load_library(), many)
    write_weights(with_room(learned, load_library()))


def with_room(learned: dict[str, Weights], library: Library) -> dict[str, Weights]:
    """Raise both limits of patterns that documentation comes too near to, by what is lacking."""
    nearest = dict.fromkeys(learned, -ROOM)
    for _name, outline in pages("fit"):
        reading = Reading(outline, library.vocabulary, library.scales)
        shaped = contexts(reading, library)
        for name in learned:
            form = library.patterns[name].forms[0]
            for shape in form.shapes:
                for context in shaped[shape]:
                    found = judge(form, context, whole=True)
                    if found is not None and found.subject is not None:
                        near = min(found.subject, found.score - form.threshold)
                        nearest[name] = max(nearest[name], near)
    for name, more in RAISED.items():
        learned[name] = replace(learned[name], subject=round(learned[name].subject + more, 1))
    for name, near in nearest.items():
        more = round(near + ROOM, 1)
        if more:
            print(f"{name:28} both limits raised by {more}")
            one = learned[name]
            subject, threshold = round(one.subject + more, 1), round(one.threshold + more, 1)
            learned[name] = replace(one, subject=subject, threshold=threshold)
    return learned


def learn(
    operations: Sequence[Pattern], units: Sequence[Unit], documentation: Sequence[Unit]
) -> dict[str, Weights]:
    """Learn from texts and documentation, write the packs, and return what was learned."""
    voice = out_of_domain(units, documentation, VOICE)
    lexicons = {"voice": learn_words(units, documentation, VOICE)}
    learned = {}
    for pattern in operations:
        for name, of_subject in ((f"about-{pattern.id}", True), (pattern.id, False)):
            wanted = Wanted(pattern.id, of_subject=of_subject)
            lexicons[name] = learn_words(units, documentation, wanted)
        learned[pattern.id] = learn_form(pattern, units, documentation, voice)
    write_lexicons(lexicons)
    write_weights(learned)
    return learned


def flagged_by_mistake(library: Library, some: Sequence[Unit]) -> list[Unit]:
    """Return the units of documentation that the patterns flag, several times over to count."""
    forms = [form for one in library.patterns.values() for form in one.forms if form.about]
    found = []
    for one in some:
        outline, members = one.context.outline, one.context.members
        reading = Reading(outline, library.vocabulary, library.scales)
        context = Context(reading, library.lexicons, members)
        judged = (judge(form, context) for form in forms)
        if any(
            one is not None and one.score >= form.threshold - NEARLY
            for form, one in zip(forms, judged, strict=True)
        ):
            found.append(one)
    print(f"{len(found)} sections of documentation flagged, or nearly, and learned from")
    return found * 5


def write_lexicons(lexicons: dict[str, dict[str, float]]) -> None:
    """Write the lexicons of weights, the strongest word first."""
    lines = [
        "# Written by `make fit`: words that speak for (above zero) and against a pattern,",
        "# and in `voice` for and against all of them.",
    ]
    for name, weights in lexicons.items():
        lines += ["", f"[lexicon.{name}]", "weights = '''"]
        kept = {word: round(value, 2) for word, value in weights.items() if abs(value) >= SMALLEST}
        for word, value in sorted(kept.items(), key=lambda pair: (-abs(pair[1]), pair[0])):
            lines.append(f"{word} {value}")
        lines.append("'''")
    (PACKS / "operations-weights.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_weights(learned: dict[str, Weights]) -> None:
    """Write weights and thresholds into operations.toml, leaving all else as it is."""
    path = PACKS / "operations.toml"
    parts = re.split(r"(?m)^(?=\[\[pattern\]\]$)", path.read_text(encoding="utf-8"))
    for index, part in enumerate(parts):
        name = re.search(r'(?m)^id = "([\w-]+)"', part)
        if name and name[1] in learned:
            parts[index] = _with_weights(part, learned[name[1]])
    path.write_text("".join(parts), encoding="utf-8")


def _with_weights(part: str, weights: Weights) -> str:
    """Return the TOML of a pattern with what was learned."""
    part = re.sub(r"(?m)^subject = .*", f"subject = {weights.subject}", part, count=1)
    part = re.sub(r"(?m)^threshold = .*", f"threshold = {weights.threshold}", part, count=1)
    part = re.sub(r"least = -?[\d.]+ }\]", f"least = {weights.gate} }}]", part, count=1)
    head, rest = part.split("\nabout = [", 1)
    end = rest.index("\n[[pattern.", 1)
    values = iter([*weights.about, *weights.signals])
    body = re.sub(r"weight = [\d.]+", lambda _found: f"weight = {next(values)}", rest[:end])
    return f"{head}\nabout = [{body}{rest[end:]}"


if __name__ == "__main__":
    main()
