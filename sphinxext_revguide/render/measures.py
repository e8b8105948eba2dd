"""Measurements in words, for pages and warnings."""

from __future__ import annotations

from sphinxext_revguide.book.derived.promises import Hours, Measured, Promises, Samples
from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import Span

Fact = tuple[str, str, str, float | None]
"""A key, a label, what is told, and what share of a promise is kept, where that is known."""


def promises_in_words(promises: Promises) -> list[Fact]:
    """Return what a guide promised against what is measured, as labelled facts."""
    facts: list[Fact] = []
    sizes = "; ".join(map(size_in_words, promises.sizes))
    if sizes:
        facts.append(("size", _("Size now"), sizes, _saved(promises.sizes)))
    if promises.samples.before:
        facts.append(("samples", _("Samples"), _samples(promises.samples), None))
    if promises.hours.issues.high or promises.hours.estimated:
        share = promises.hours.done.high / (promises.hours.issues.high or 1)
        facts.append(("hours", _("Hours"), _hours(promises.hours), share))
    return facts


def _saved(sizes: tuple[Measured, ...]) -> float | None:
    """Return how much of the promised reduction is reached, by the first measure that has one."""
    for size in sizes:
        if size.baseline and size.target and size.baseline > size.target.high:
            return (size.baseline - size.now) / (size.baseline - size.target.high)
    return None


def size_in_words(size: Measured) -> str:
    """Return a size, and where it is known what it was and what was promised."""
    text = f"{size.now:,} {measure_name(size.unit)}"
    if size.baseline is None or size.reduction is None:
        return text
    of = _("of")
    text += f", {_change(size.reduction)} {of} {size.baseline:,}"
    if size.target:
        low, high = (f"{int(one):,}" for one in (size.target.low, size.target.high))
        promised = low if low == high else _("%s to %s") % (low, high)
        promise = _("%s promised") % promised
        text += f" ({promise})"
    return text


def measure_name(name: str) -> str:
    """Return what a measure counts."""
    return {
        "bytes": _("bytes"),
        "lines": _("lines"),
        "content_lines": _("content lines"),
        "words": _("words"),
    }[name]


def _change(reduction: float) -> str:
    if not reduction:
        return _("no less")
    text = _("%s %% less") if reduction > 0 else _("%s %% more")
    return text % f"{abs(reduction):g}"


def _samples(samples: Samples) -> str:
    text = _("%s words before, %s after") % (f"{samples.before:,}", f"{samples.after:,}")
    if samples.promised and samples.reduction is not None:
        change = _change(samples.reduction) if samples.reduction > -100 else _times(samples)
        text += _(": %s, where %s %% less is promised") % (change, samples.promised)
    return text


def _times(samples: Samples) -> str:
    return _("%.1f times as many") % (samples.after / samples.before)


def _hours(hours: Hours) -> str:
    parts = [_("%s estimated for the guide") % hours.estimated] if hours.estimated else []
    if hours.issues.high:
        told = tuple(map(_rounded, (hours.issues, hours.done, hours.left)))
        parts.append(_("%s for its issues: %s done, %s left") % told)
    elif hours.left.high:
        parts.append(_("all of it left, as no issue gives hours"))
    return "; ".join(parts)


def _rounded(span: Span) -> Span:
    return Span(round(span.low, 1), round(span.high, 1))
