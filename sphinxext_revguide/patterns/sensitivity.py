"""Moves the limits of patterns, as an author requests in ``revguide_sensitivity``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sphinxext_revguide.model import Limit
from sphinxext_revguide.patterns.language import Form, Library

Sensitivity = str | float
"""The name of a limit that applies everywhere, or a number to add to both limits."""
ALL = "*"
"""The key for all patterns that are not named."""


def is_sensitivity(value: object) -> bool:
    """Return whether a value is a sensitivity."""
    if isinstance(value, str):
        return value in tuple(Limit)
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 100


def with_sensitivity(library: Library, wanted: Mapping[str, Sensitivity]) -> Library:
    """Return a library whose limits are moved.

    :param wanted: by pattern id, or ``*``: ``strict`` or ``sensitive`` to use one limit everywhere,
        or a number to add to both limits; with a positive number fewer passages are found.
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
