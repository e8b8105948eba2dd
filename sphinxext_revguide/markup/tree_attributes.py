"""Attributes that mark parts of a document tree."""

from __future__ import annotations

QUOTATION = "revguide_quotation"
"""Marks an element whose content is a quotation and not the book's own prose."""
LOCKED = "revguide_locked"
"""Marks a container of a locked passage, in which nothing is flagged."""
LINES_FROM = "revguide_lines_from"
"""Of what a directive returns, while a page is read: lines of fences that begin from here on have
yet to be corrected."""
