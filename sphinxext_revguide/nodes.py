"""The nodes of a guide, between what an author writes and what a builder shows.

Each is a docutils container, so that every builder can show it without knowing it; the rooms
``render`` turns them into what suits a builder once the whole book is known.
"""

from __future__ import annotations

from docutils import nodes

GUIDE_PARTS = frozenset(
    {"revguide-guide", "revguide-issue", "revguide-locked", "revguide-pair", "revguide-book"}
)
"""Classes of what a guide puts into a page, which a release build leaves out."""


class revguide_pair(nodes.container):  # noqa: N801 -- docutils names visitors after the class
    """A BEFORE and an AFTER: two :class:`revguide_sample`.

    Attributes: ``layout`` (may be empty), ``docname`` and ``pair_line``.
    """


class revguide_sample(nodes.container):  # noqa: N801
    """One sample of a pair, a quotation.

    Attributes: ``role`` ("before" or "after"), ``label`` (the editor's words for it, may be
    empty), ``words`` and ``text_lines`` (its measured length), ``missing`` (true for a sample
    that was not given), ``has_where`` (true once its first child says where it stands),
    ``figures`` (of an AFTER: those it keeps, drops and adds).
    """


class revguide_overview(nodes.container):  # noqa: N801
    """Where a guide's table of issues comes to stand. Attribute ``guide``."""


class revguide_book(nodes.container):  # noqa: N801
    """Where the overview of the whole book comes to stand.

    Attribute ``since``: what an earlier report flagged, or
    None.
    """


class revguide_chart(nodes.container):  # noqa: N801
    """Where a chart is drawn, on pages that are browsed. Attributes ``title`` and ``bars``."""


class revguide_found(nodes.container):  # noqa: N801
    """Where an issue's card says what is still found. Attribute ``issue``."""


class revguide_lock(nodes.inline):  # noqa: N801
    """Where a locked item says whether it is kept.

    Attributes: ``docname``, ``item`` (its text) and ``item_line``.
    """


class revguide_box(nodes.container):  # noqa: N801
    """A container with an HTML element of its own.

    Attributes: ``tag`` (default: div) and ``attributes`` (of the HTML element). Other builders
    show what is inside.
    """


class revguide_span(nodes.inline):  # noqa: N801
    """The same within a line; its ``tag`` defaults to span."""


class revguide_card(revguide_box):  # noqa: N801
    """The card of an issue. Attributes: ``issue`` (its id) and ``digest`` (of what it says)."""


def label(text: str, *classes: str) -> nodes.paragraph:
    """Return a line of the interface: bold, and kept out of the author's message catalogs."""
    paragraph = nodes.paragraph(classes=["revguide-label", *classes], translatable=False)
    paragraph += nodes.strong(text, text)
    return paragraph


def interface_text(text: str, *classes: str) -> nodes.paragraph:
    """Return a plain line of the interface, kept out of the author's message catalogs."""
    return nodes.paragraph(text, text, classes=list(classes), translatable=False)


def facts(pairs: list[tuple[str, str, list[nodes.Node]]]) -> nodes.field_list:
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
