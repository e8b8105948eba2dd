"""Attributes that mark parts of a document tree."""

from __future__ import annotations

QUOTATION = "revguide_quotation"
"""Of an element whose content is a quotation and not the book's own prose."""
LOCKED = "revguide_locked"
"""Of a container that contains a locked passage; nothing in it is flagged."""
LINES_FROM = "revguide_lines_from"
"""Of what a directive returns, while a page is read: lines of fences that begin from here on have
yet to be corrected."""
