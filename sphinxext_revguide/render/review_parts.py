"""The controls of a review, as parts of the page's ``template``: see ``script_parts``."""

from __future__ import annotations

from html import escape

from sphinxext_revguide.i18n import STATUSES, _


def card_parts() -> list[str]:
    """Return the controls of a card and the word in a row of the table, as HTML."""
    return [_yours(), _controls(), _facet()]


def review_parts() -> list[str]:
    """Return the bar, its dialogs and what the scripts say, as HTML."""
    return [_bar(), _ask(), _options(), _words()]


def passage_parts() -> list[str]:
    """Return the controls for comments on passages of a chapter, as HTML."""
    words = {
        "add": _("Comment on these words"),
        "comment": _("Comment"),
        "hint": _("What should the author know?"),
        "dismiss": _("Not a finding"),
        "why": _("Why is this not a finding?"),
        "why-hint": _("The author records the reason, and builds no longer warn about it."),
        "gone": _("(no longer on this page)"),
        "yours": _("Your comments on this page"),
    }
    field = (
        '<div class="rg-passage"><label><textarea rows="1"></textarea></label>'
        f'<button type="button" class="rg-button rg-plain">{escape(_("Undo"))}</button></div>'
    )
    return [field, f'<span class="rg-passage-words"{_data(words)}></span>']


def _yours() -> str:
    words = {
        "accept": _("You accepted this"),
        "change": _("You asked for changes"),
        "reject": _("You rejected this"),
        "comment": _("You commented"),
        "stale": _("Changed since your review"),
    }
    return f'<span class="rg-yours rg-quiet"{_data(words)}></span>'


def _facet() -> str:
    choices = {"": _("Any"), "left": _("Not reviewed by me"), "done": _("Reviewed by me")}
    options = "".join(
        f'<option value="{value}">{escape(text)}</option>' for value, text in choices.items()
    )
    return (
        f'<label class="rg-in rg-facet"><span>{escape(_("Your review"))}</span>'
        f'<select name="review">{options}</select></label>'
    )


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
        ),
        "failed": _(
            "A part of this page could not be loaded. Your review is kept; go online and try again."
        ),
    }
    counts = {
        "left": _("%s of %s reviewed"),
        "done": _("All %s reviewed"),
        "written": _("Comments on chapters: %s"),
        "dismissed": _("Dismissed findings: %s"),
    }
    name, onward, take = (
        escape(_("Your review")),
        escape(_("Next issue")),
        escape(_("Download review")),
    )
    options = escape(_("Options"))
    return (
        f'<div class="rg-review-bar rg-flow" role="region" aria-label="{name}">'
        f"<output{_data(counts)}></output>"
        f'<span class="rg-lost rg-i rg-small" role="alert"{_data(warnings)}></span>'
        f'<button type="button" class="rg-button rg-primary">{onward}</button>'
        f'<button type="button" class="rg-button rg-i rg-save">{take}</button>'
        f'<button type="button" class="rg-button rg-plain">{options}</button></div>'
    )


def _ask() -> str:
    name = escape(_("Your name"))
    why = escape(_("The author sees it beside your decisions. It stays in this browser."))
    take, cancel = escape(_("Download review")), escape(_("Cancel"))
    return (
        f'<dialog class="rg-ask" aria-label="{name}"><form method="dialog">'
        f'<label>{name}<input class="rg-text" name="name" autocomplete="name" maxlength="60">'
        f'</label><p class="rg-small rg-quiet">{why}</p><div class="rg-flow">'
        f'<button class="rg-button rg-primary" value="ok">{take}</button>'
        f'<button class="rg-button" value="" formnovalidate>{cancel}</button>'
        "</div></form></dialog>"
    )


def _options() -> str:
    keys = {
        "j, k": _("Next and previous issue"),
        "1, 2, 3": _("Accept, ask for changes, reject"),
        "c": _("Comment"),
        "u": _("Undo"),
        "?": _("This help"),
    }
    rows = "".join(
        f"<dt>{' '.join(f'<kbd>{part}</kbd>' for part in names.split(', '))}</dt>"
        f"<dd>{escape(text)}</dd>"
        for names, text in keys.items()
    )
    title = escape(_("Options of the review"))
    load = escape(_("Load a review"))
    use, close = escape(_("Use these keys")), escape(_("Close"))
    hint = escape(_("Your own is merged with what is here; a colleague’s is shown beside yours."))
    return (
        f'<dialog class="rg-ask rg-options" aria-label="{title}"><form method="dialog">'
        f"<label>{escape(_('Your name'))}"
        '<input class="rg-text" autocomplete="name" maxlength="60"></label>'
        f'<label>{load}<input type="file" accept=".json" multiple></label>'
        f'<p class="rg-small rg-quiet">{hint}</p><output></output><ul class="rg-small"></ul>'
        f'<dl>{rows}</dl><label class="rg-line"><input type="checkbox"> '
        f'{use}</label><div class="rg-flow">'
        f'<button class="rg-button rg-primary rg-end">{close}</button>'
        "</div></form></dialog>"
    )


def _words() -> str:
    """Return the texts of the script for reviewers, and the status that fits each decision."""
    words = {
        "accept": _("Accept"),
        "change": _("Ask for changes"),
        "reject": _("Reject"),
        "because": _("Changed: %s"),
        "title": _("title"),
        "problem": _("problem"),
        "before": _("text before"),
        "after": _("text after"),
        "why": _("why it matters"),
        "facts": _("facts"),
        "stale": _("before the last change"),
        "loaded": _("Loaded %s decisions by %s"),
        "loaded-one": _("Loaded %s decision by %s"),
        "none": _("This file is not a review."),
        "other": _("This review is for another book: %s"),
        "you": _("you"),
        "remove": _("Remove"),
        "overruled": _("Overruled: the status is “%s”. %s decided otherwise."),
        "overruled-by-author": _("Overruled: the status is “%s”."),
        "fits": " ".join(
            (
                "accept:accepted", "accept:applied", "accept:deferred", "accept:open",
                "change:change-requested", "change:applied", "change:open",
                "reject:rejected", "reject:open",
            )
        ),
        **{f"is{name.replace('-', '')}": _(text) for name, text in STATUSES.items()},
    }  # fmt: skip
    return f'<span class="rg-said"{_data(words)}></span>'


def _data(words: dict[str, str]) -> str:
    return "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
