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
PATTERNS = (
    _n("Overused term"),
    _n("Checkpoint box"),
    _n("Headings by formula"),
    _n("Decorative emoji"),
    _n("False precision"),
    _n("Interactive prompt"),
    _n("Scaffolding"),
    _n("Sections of one mould"),
    _n("Too many tables"),
    _n("Stock phrases"),
    _n("Cross-reference clutter"),
    _n("Metadata on top"),
    _n("Numbered hierarchy"),
    _n("Hedging"),
    _n("Summary in bullets at the end"),
    _n("Too many bullets"),
    _n("Readiness checklist"),
    _n("Smooth before-and-after table"),
    _n("Clinical incident response"),
    _n("Improvement as a smooth cadence"),
    _n("Comparison as a sales pitch"),
    _n("Drift as a list of thresholds"),
    _n("Test won without resistance"),
    _n("Go/no-go without stakes"),
    _n("Post-mortem as a form"),
    _n("Triumphant ending"),
    _n("Thresholds without a reason"),
    _n("Service levels without consequence"),
    _n("Capacity planned to the last digit"),
    _n("Interchangeable runbook entries"),
    _n("Costs without an argument"),
)
"""The titles of the patterns that are shipped; pages show them translated."""
