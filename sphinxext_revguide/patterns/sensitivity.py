"""Moves the thresholds of patterns as ``revguide_sensitivity`` requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sphinxext_revguide.model import Limit
from sphinxext_revguide.patterns.language import Form, Library

Sensitivity = str | float
"""The name of the threshold that applies everywhere, or a number to add to both thresholds."""
ALL = "*"
"""The key for all other patterns."""


def is_sensitivity(value: object) -> bool:
    """Return whether a value is a sensitivity."""
    if isinstance(value, str):
        return value in tuple(Limit)
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 100


def with_sensitivity(library: Library, wanted: Mapping[str, Sensitivity]) -> Library:
    """Return a library with other thresholds.

    :param wanted: by pattern id, or ``*``: ``strict`` or ``sensitive`` to use one threshold
        everywhere, or a number to add to both; with a positive number fewer passages are found.
    """
    if not wanted:
        return library
    patterns = dict(library.patterns)
    for name, pattern in library.patterns.items():
        value = wanted.get(name, wanted.get(ALL))
        if value is not None:
            patterns[name] = replace(
                pattern, forms=tuple(_moved(form, value) for form in pattern.forms)
            )
    return replace(library, patterns=patterns)


def _moved(form: Form, value: Sensitivity) -> Form:
    if value == Limit.STRICT:
        return replace(form, threshold=form.strict)
    if value == Limit.SENSITIVE:
        return replace(form, strict=form.threshold)
    return replace(form, threshold=form.threshold + float(value), strict=form.strict + float(value))
