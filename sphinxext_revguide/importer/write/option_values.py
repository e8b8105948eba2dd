"""Quantities as the options of directives read them."""

from __future__ import annotations

from sphinxext_revguide.model import Size, Span


def hours_text(span: Span) -> str:
    """Write hours the way the directives read them: minutes where hours would be broken."""
    low, high = span.low * 60, span.high * 60
    if span.low * 4 % 1 == 0 and span.high * 4 % 1 == 0 and span.high >= 1:
        return f"{span} h"
    return f"{Span(round(low, 2), round(high, 2))} min"


def size_text(size: Size) -> str:
    """Write a size the way the directives read it, without rounding."""
    parts = []
    if size.bytes is not None:
        whole = size.bytes % 100 == 0 and size.bytes < 10**8
        parts.append(f"{size.bytes / 1000:g} KB" if whole else f"{size.bytes} bytes")
    if size.lines is not None:
        parts.append(f"{size.lines} lines")
    if size.content_lines is not None:
        parts.append(f"{size.content_lines} content lines")
    return ", ".join(parts)
