"""The elements that scripts add to a page, written once per page in the book's language.

They are in a ``template``, which is neither shown nor searched, and not in the doctree, from which
descriptions, feeds and search excerpts are made. Scripts clone what they need, so a page of 300
cards contains each control once.
"""

from __future__ import annotations

from html import escape

from sphinxext_revguide.i18n import _
from sphinxext_revguide.render.review_parts import card_parts, passage_parts, review_parts


def script_parts(*, has_cards: bool, has_marks: bool) -> str:
    """Return the ``template`` of a page, as HTML.

    :param has_cards: whether to include the controls of cards: comparing samples, reviewing. The
        controls of tables are always included.
    :param has_marks: whether to include the controls of marks: comments on passages.
    """
    parts = [_sort_button()]
    if has_cards:
        parts += [_view_switch(), _dialog(), _no_changes(), _rest_button(), *card_parts()]
    if has_cards or has_marks:
        parts += review_parts()
    if has_marks:
        parts += passage_parts()
    return f'<template class="rg-parts">{"".join(parts)}</template>\n'


def _sort_button() -> str:
    return '<button type="button" class="rg-sort"></button>'


def _rest_button() -> str:
    text = escape(_("Show all %s issues"))
    return f'<button type="button" class="rg-button rg-rest">{text}</button>'


def _no_changes() -> str:
    """Return the text that replaces a view of changes, with the reason."""
    reasons = {
        "few": _("The two texts share too few words to show their changes."),
        "none": _("The two texts have the same words."),
        "long": _("The two texts are too long to show their changes."),
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in reasons.items())
    return (
        f'<div class="revguide-sample revguide-changes rg-why"{data}>'
        '<div class="rg-quiet"></div></div>'
    )


def _view_switch() -> str:
    wide, narrow = escape(_("Side by side")), escape(_("Both"))
    views = {
        "before": escape(_("Before")),
        "after": escape(_("After")),
        "both": f"<span>{wide}</span><span>{narrow}</span>",
        "changes": escape(_("Changes")),
    }
    tabs = "".join(
        f'<button type="button" role="tab" class="rg-tab" value="{view}">{text}</button>'
        for view, text in views.items()
    )
    name = escape(_("Which text to show"))
    full = escape(_("Full width"))
    return (
        '<div class="rg-bar rg-flow">'
        f'<div class="rg-switch" role="tablist" aria-label="{name}">{tabs}</div>'
        f'<button type="button" class="rg-button rg-i rg-full rg-end">{full}</button></div>'
    )


def _dialog() -> str:
    name, close = escape(_("Full width")), escape(_("Close"))
    return (
        f'<dialog class="rg-dialog" aria-label="{name}"><form method="dialog" class="rg-flow">'
        f'<strong></strong><button class="rg-button rg-end">{close}</button></form></dialog>'
    )
