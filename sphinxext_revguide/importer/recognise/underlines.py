"""Distinguishes hyphens that underline a heading from those that are a rule."""

from __future__ import annotations

from sphinxext_revguide.importer.recognise.heads import bold_unit, unit_head
from sphinxext_revguide.importer.recognise.labels import heading_label


def underlines(hyphens: str, text: str) -> bool:
    """Return whether a line of hyphens makes the text above it a heading, and is not a rule."""
    if not hyphens or hyphens.strip("-"):
        return False
    if len(hyphens) > 3 and abs(len(hyphens) - len(text.strip())) <= 2:
        # Nobody draws a rule as long as the text above it.
        return True
    return bool(unit_head(text) or bold_unit(text) or heading_label(text))
