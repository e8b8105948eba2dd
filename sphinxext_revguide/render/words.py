"""Measurements in words, for pages and warnings."""

from __future__ import annotations

from sphinxext_revguide.model import Span
from sphinxext_revguide.promises import Hours, Measured, Promises, Samples

_UNITS = {"bytes": "bytes", "lines": "lines", "content_lines": "content lines", "words": "words"}

Fact = tuple[str, str, str]
"""A key, a label, and what is told."""


def promises_in_words(promises: Promises) -> list[Fact]:
    """Return what a guide promised against what is measured, as labelled facts."""
    facts: list[Fact] = []
    sizes = "; ".join(map(size_in_words, promises.sizes))
    if sizes:
        facts.append(("size", "Size now", sizes))
    if promises.samples.before:
        facts.append(("samples", "Samples", _samples(promises.samples)))
    if promises.hours.issues.high or promises.hours.estimated:
        facts.append(("hours", "Hours", _hours(promises.hours)))
    return facts


def size_in_words(size: Measured) -> str:
    """Return a size, and where it is known what it was and what was promised."""
    text = f"{size.now:,} {_UNITS[size.unit]}"
    if size.baseline is None or size.reduction is None:
        return text
    text += f", {_change(size.reduction)} of {size.baseline:,}"
    if size.target:
        low, high = (f"{int(one):,}" for one in (size.target.low, size.target.high))
        text += f" ({low if low == high else f'{low} to {high}'} promised)"
    return text


def _change(reduction: float) -> str:
    if not reduction:
        return "no less"
    return f"{abs(reduction):g} % {'less' if reduction > 0 else 'more'}"


def _samples(samples: Samples) -> str:
    text = f"{samples.before:,} words before, {samples.after:,} after"
    if samples.promised and samples.reduction is not None:
        change = _change(samples.reduction) if samples.reduction > -100 else _times(samples)
        text += f": {change}, where {samples.promised} % less is promised"
    return text


def _times(samples: Samples) -> str:
    return f"{samples.after / samples.before:.1f} times as many"


def _hours(hours: Hours) -> str:
    parts = [f"{hours.estimated} estimated for the guide"] if hours.estimated else []
    if hours.issues.high:
        issues, done, left = map(_rounded, (hours.issues, hours.done, hours.left))
        parts.append(f"{issues} for its issues: {done} done, {left} left")
    return "; ".join(parts)


def _rounded(span: Span) -> Span:
    return Span(round(span.low, 1), round(span.high, 1))
