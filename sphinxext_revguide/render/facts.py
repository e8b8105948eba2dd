"""What a card or a guide says of itself in brief: an option's value -> labelled words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes

from sphinxext_revguide.i18n import IMPACTS, STATUSES, _, _n
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.model import Span

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
    """Return the fact that an option of a directive is, for :func:`facts`."""
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
    if option == "chapters":
        return ", ".join(value)
    if option == "reduction":
        return f"{value}%"
    if option == "effort":
        return _effort(value)
    if option == "budget":
        return ", ".join(_("%s: at most %d") % (term, most) for term, most in value)
    if option == "withdrawn" and value in ("", "yes"):
        return str(_("the newest guide has it no more"))
    return str(value)


def _effort(hours: Span) -> str:
    if hours.high < 1:
        return str(_("%d min") % round(hours.low * 60))
    return str(_("%s h") % hours)
