"""What a guide promised, compared with what was measured, in words."""

from __future__ import annotations

from sphinxext_revguide.book.derived.promises import Hours, Measured, Promises, Samples
from sphinxext_revguide.i18n import _
from sphinxext_revguide.render import words

Fact = tuple[str, str, str]
"""A key, a label, and the reported value."""


def promises_in_words(promises: Promises) -> list[Fact]:
    """Return what a guide promised, compared with what is measured, as labelled facts."""
    facts: list[Fact] = []
    sizes = "; ".join(map(_size, promises.sizes))
    if sizes:
        facts.append(("size", _("Length now"), sizes))
    samples = samples_in_words(promises.samples)
    if samples:
        facts.append(("samples", _("Samples"), samples))
    hours = _hours(promises.hours)
    if hours:
        facts.append(("hours", _("Work left"), hours))
    return facts


def _size(size: Measured) -> str:
    """Return a size, with the earlier and the promised size if they are known."""
    text = f"{words.number(size.now)} {measure_name(size.unit)}"
    if size.baseline is None or size.reduction is None:
        return text
    changed = words.changed(size.reduction)
    sentence = _("%s, %s (%s at review)") % (text, changed, words.number(size.baseline))
    if size.target:
        goal = _("goal %s") % words.ranged(size.target)
        sentence += f", {goal}"
    return sentence


def measure_name(name: str) -> str:
    """Return the name of a measure."""
    return {
        "bytes": _("bytes"),
        "lines": _("lines"),
        "content_lines": _("content lines"),
        "words": _("words"),
    }[name]


def samples_in_words(samples: Samples) -> str:
    """Return whether the new texts keep the promises of the issues; nothing without promises."""
    if not samples.promised or samples.reduction is None:
        return ""
    sentence = _(
        "The new texts have %s words where the old ones have %s: %s. The issues promise %s."
    )
    return sentence % (
        words.number(samples.after),
        words.number(samples.before),
        words.changed(samples.reduction),
        words.shorter(samples.promised),
    )


def _hours(hours: Hours) -> str:
    planned = hours.issues if hours.issues.high else hours.estimated
    if planned is None or not planned.high:
        return ""
    left = words.hours(hours.left) if hours.left.high else _("None")
    of = _("of %s planned") % words.hours(planned)
    return f"{left}, {of}"
