"""The controls of a review, as parts of the page's ``template``: see ``script_parts``."""

from __future__ import annotations

from html import escape

from sphinxext_revguide.i18n import _


def review_parts() -> list[str]:
    """Return the controls of a card, the word in a row of the table, and the bar, as HTML."""
    return [_yours(), _controls(), _bar()]


def _yours() -> str:
    words = {
        "accept": _("You accepted this"),
        "change": _("You asked for changes"),
        "reject": _("You rejected this"),
        "comment": _("You commented"),
        "stale": _("Changed since your review"),
    }
    return f'<span class="rg-yours rg-quiet"{_data(words)}></span>'


def _controls() -> str:
    decisions = {
        "accept": _("Accept"),
        "change": _("Ask for changes"),
        "reject": _("Reject"),
    }
    radios = "".join(
        f'<label class="rg-button rg-i rg-{name}">'
        f'<input type="radio" value="{name}">{escape(text)}</label>'
        for name, text in decisions.items()
    )
    states = {
        "none": _("Not reviewed yet"),
        "accept": _("You accepted this"),
        "change": _("You asked for changes"),
        "reject": _("You rejected this"),
        "comment": _("You left a comment"),
        "stale": _("This issue has changed since your review"),
    }
    hint = escape(_("Optional: what should be different?"))
    name, undo, comment = escape(_("Your decision")), escape(_("Undo")), escape(_("Comment"))
    return (
        f'<fieldset class="rg-review rg-flow"><legend>{name}</legend>'
        f'<div class="rg-flow">{radios}</div>'
        f'<button type="button" class="rg-button rg-plain">{undo}</button>'
        f'<span class="rg-state rg-small rg-quiet rg-end"{_data(states)}></span>'
        f'<label>{comment}<textarea rows="1" placeholder="{hint}"></textarea></label>'
        "</fieldset>"
    )


def _bar() -> str:
    warnings = {
        "refused": _(
            "This browser does not store your review: it is lost when you leave this page, "
            "so download it first."
        )
    }
    counts = {"left": _("%s of %s reviewed"), "done": _("All %s reviewed")}
    name, onward, take = (
        escape(_("Your review")),
        escape(_("Next issue")),
        escape(_("Download review")),
    )
    return (
        f'<div class="rg-review-bar rg-flow" role="region" aria-label="{name}">'
        f"<output{_data(counts)}></output>"
        f'<span class="rg-lost rg-i rg-small" role="alert"{_data(warnings)}></span>'
        f'<button type="button" class="rg-button rg-primary">{onward}</button>'
        f'<button type="button" class="rg-button rg-i rg-save">{take}</button></div>'
    )


def _data(words: dict[str, str]) -> str:
    return "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
