"""The words of the interface, which go through Sphinx's message catalogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translation, translators

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CATALOG = "sphinxext_revguide"
LOCALE = Path(__file__).parent / "locale"

_ = get_translation(CATALOG)
"""Translate a text of the interface into the book's language."""


def setup_interface(app: Sphinx) -> None:
    """Offer the shipped translations.

    A process may read several books: the words of the one before are not those of this one.
    """
    translators.pop(("general", CATALOG), None)
    app.add_message_catalog(CATALOG, str(LOCALE))


def _n(text: str) -> str:
    """Mark a text for translation that is translated where it is shown."""
    return text


IMPACTS = {
    "critical": _n("critical"),
    "high": _n("high"),
    "medium-high": _n("medium-high"),
    "medium": _n("medium"),
    "low": _n("low"),
}
STATUSES = {
    "open": _n("open"),
    "change-requested": _n("changes requested"),
    "accepted": _n("accepted"),
    "applied": _n("applied"),
    "deferred": _n("deferred"),
    "rejected": _n("rejected"),
}
PROGRESS = {
    "standing": _n("still there"),
    "partly": _n("partly there"),
    "applied": _n("rewritten"),
    "gone": _n("removed"),
    "not-found": _n("not found"),
    "unknown": _n("cannot be checked"),
}
