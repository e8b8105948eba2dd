"""The facts at the top of a card or guide: labelled values of options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes

from sphinxext_revguide.i18n import IMPACTS, STATUSES, _, _n
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.render import words
from sphinxext_revguide.render.badges import impact_badge, status_badge
from sphinxext_revguide.render.elements import box, span

_LABELS = {
    "chapters": _n("Chapters"),
    "baseline": _n("Size when reviewed"),
    **{field.name: field.label for field in ISSUE_FIELDS if field.label},
}
"""Option -> its label on a card."""


def facts(pairs: Iterable[tuple[str, str, Sequence[nodes.Node]]]) -> nodes.field_list:
    """Return labelled facts: (key, label, content) each, in every builder's own form.

    The content carries no ``translatable`` of its own: Sphinx unwraps inline nodes that do.
    """
    fields = nodes.field_list(classes=["revguide-facts"])
    for key, name, content in pairs:
        body = nodes.paragraph("", "", *content, translatable=False)
        field = nodes.field(
            "",
            nodes.field_name(name, name, translatable=False),
            nodes.field_body("", body, classes=[f"revguide-fact-{key}"]),
        )
        fields += field
    return fields


def labelled(option: str, value: Any) -> tuple[str, str, list[nodes.Node]]:
    """Return the fact of an option of a directive, for :func:`facts`."""
    return option, _(_LABELS[option]), _content(option, value)


def _content(option: str, value: Any) -> list[nodes.Node]:
    if option in ("impact", "status"):
        names = IMPACTS if option == "impact" else STATUSES
        name = str(_(names[value.value]))
        badge = ["revguide-badge", f"revguide-{option}-{value.value}"]
        return [nodes.inline(name, name, classes=badge)]
    if option == "patterns":
        ids = dict.fromkeys(value)
        literals = [[nodes.Text(", "), nodes.literal(name, name)] for name in ids]
        return [node for parts in literals for node in parts][1:]
    text = _words(option, value)
    return [nodes.Text(text) if option == "frequency" else nodes.inline(text, text)]


def _words(option: str, value: Any) -> str:
    match option:
        case "chapters":
            return ", ".join(value)
        case "baseline":
            return words.size(value)
        case "reduction":
            return words.shorter(value)
        case "effort":
            return words.hours(value)
        case "budget":
            return ", ".join(_("%s: at most %d") % (term, most) for term, most in value)
        case "withdrawn" if value == "yes":
            return _("dropped from the latest guide")
    return str(value)


def facts_line(given: Iterable[tuple[str, Any]], library: Library) -> revguide_box:
    """Return the facts of a card in one row, each worded so that it needs no label."""
    shown = box("p", classes="rg-facts")
    plain: list[str] = []
    tags: list[nodes.Node] = []
    for option, value in given:
        if option == "impact":
            shown.insert(0, impact_badge(value))
        elif option == "status":
            shown += status_badge(value)
        elif option == "patterns":
            for name in dict.fromkeys(value):
                title = _(library.patterns[name].title) if name in library.patterns else name
                tags.append(span("span", title, classes="rg-tag", title=name))
        else:
            plain.append(_in_a_row(option, value))
    if plain:
        shown += nodes.Text(" · ".join(plain))
    shown += tags
    return shown


def _in_a_row(option: str, value: Any) -> str:
    text = _words(option, value)
    if option == "frequency":
        return _("Seen in %s") % text.replace("-", "–")
    if option == "effort":
        return _("%s of work") % text
    return text if option == "reduction" else f"{_(_LABELS[option])}: {text}"
