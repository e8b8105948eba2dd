"""Translates texts of the interface with Sphinx's message catalogs."""

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
    """Add the shipped translations.

    A process may read several books: translations for an earlier book are discarded.
    """
    translators.pop(("general", CATALOG), None)
    app.add_message_catalog(CATALOG, str(LOCALE))


def _n(text: str) -> str:
    """Mark a text that is translated where it is shown."""
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
PATTERNS = (
    _n("Overused term"),
    _n("Checkpoint box"),
    _n("Formulaic headings"),
    _n("Decorative emoji"),
    _n("False precision"),
    _n("Interactive prompt"),
    _n("Scaffolding"),
    _n("Identical section structure"),
    _n("Too many tables"),
    _n("Stock phrases"),
    _n("Cross-reference clutter"),
    _n("Metadata at the top"),
    _n("Numbered hierarchy"),
    _n("Hedging"),
    _n("Closing bullet summary"),
    _n("Too many bullets"),
    _n("Readiness checklist"),
    _n("Smooth before-and-after table"),
    _n("Clinical incident response"),
    _n("Frictionless improvement cycle"),
    _n("Comparison as a sales pitch"),
    _n("Drift as a list of thresholds"),
    _n("Uncontested test result"),
    _n("Go/no-go without stakes"),
    _n("Post-mortem as a form"),
    _n("Triumphant ending"),
    _n("Thresholds without a reason"),
    _n("Service levels without consequences"),
    _n("Capacity planned to the last digit"),
    _n("Interchangeable runbook entries"),
    _n("Costs without an argument"),
)
"""The titles of the shipped patterns; pages show them translated."""
ADVICE = (
    _n("Introduce it once. After that, write “it” or “these needs”, or say what it does."),
    _n("Cut it, or join the two sections with one sentence."),
    _n("Mix statements, questions and names; say in the heading what happens."),
    _n("Write the word, or nothing."),
    _n(
        "Round figures that only illustrate; keep the digits of what was measured, and name the "
        "source."
    ),
    _n("Make the point; let the reader apply it."),
    _n("Cut the announcement and begin with what it announces."),
    _n(
        "Begin one section with a scene and another with its consequence; merge those that say "
        "the same."
    ),
    _n(
        "Keep the tables in which readers look things up; replace each of the others with two "
        "sentences."
    ),
    _n("Say the thing itself, or cut the sentence."),
    _n("Keep the references that a reader needs in order to go on; cut the rest."),
    _n("Keep it in the front matter, where tools find it and readers do not see it."),
    _n("Let the builder number what needs numbers; give the rest names."),
    _n("Say what holds, and name the case in which it does not."),
    _n("End with the last thing worth saying."),
    _n("Write sentences that say why; keep lists for things that are counted."),
    _n(
        "Describe the meeting. Name the criterion that nearly failed, the argument about it and "
        "the condition that was set."
    ),
    _n(
        "Keep the figures that decided the matter, and say what the change broke, who resisted it "
        "and what it costs to run."
    ),
    _n(
        "Describe one night as it was: what was unknown, which call came late, what the procedure "
        "did not cover."
    ),
    _n(
        "Show one week: what was wanted at the start, who wanted something else, what was left at "
        "the end."
    ),
    _n(
        "Say when each choice is the wrong one, what was not known, and what the choice has cost "
        "since."
    ),
    _n(
        "Say which window is compared with which baseline, how many samples there are, how often "
        "the alarm was false, and how long the last real drift went unnoticed."
    ),
    _n(
        "Say what spoke against the winner: the users who disliked it, the measure that did not "
        "move, the size of the sample."
    ),
    _n("Say what a no would have cost, who leaned towards it, and which condition was set."),
    _n(
        "Describe one incident: who knew what and when, what was not said, what the review "
        "changed and what it could not."
    ),
    _n("End with what is open: what may fail first, what was not solved, what to watch."),
    _n(
        "For each limit, name the event that led to it, what a false alarm costs, and what was "
        "tried before."
    ),
    _n("Say who is hurt when a target is missed, after how long, and what is paid for it."),
    _n(
        "Give ranges and scenarios, say what was guessed, and compare an earlier plan with what "
        "happened."
    ),
    _n(
        "Write out the one that matters: the commands, the choices, the trap, the last time it "
        "was used."
    ),
    _n("Name the two items that were disputed, what they buy, and what would happen without them."),
)
"""The advice of the shipped patterns; pages show it translated."""
