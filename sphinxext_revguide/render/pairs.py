"""Pairs of samples: tabs where a browser can switch them, labelled frames in order elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import Layout
from sphinxext_revguide.nodes import (
    interface_text,
    label,
    revguide_box,
    revguide_pair,
    revguide_sample,
    revguide_span,
)
from sphinxext_revguide.render import words
from sphinxext_revguide.render.changes import changes
from sphinxext_revguide.render.elements import box
from sphinxext_revguide.render.sample_places import facts_changed, sizes
from sphinxext_revguide.render.summary_strip import icon_text

Panel = tuple[str, nodes.Element]
"""A label and its content."""


def to_switch(pair: revguide_pair, layout: str) -> list[nodes.Element]:
    """Return panels that a script makes tabs of, and below them how long the samples are.

    The pair says which view it opens with, and why it has no view of changes where it has none;
    mostly the samples share too few words, which is not said again in each card.
    """
    samples = list(pair.findall(revguide_sample))
    panels = [_titled(sample, revguide_box, known=_line_by_line) for sample in samples]
    reason = "missing"
    if all(sample.is_text for sample in samples):
        change, reason = changes(*(panel for _label, panel in panels))
        if change is not None:
            panels.append((_("Changes"), change))
    for number, (text, panel) in enumerate(panels):
        _let_tables_scroll(panel)
        panel.insert(0, box("p", nodes.Text(text)))
        if number:
            # A search in the page and a link to a text in it find what is hidden like this.
            panel["attributes"] = {"hidden": "until-found"}
    view = {Layout.STACKED: "stacked", Layout.SIDE_BY_SIDE: "both"}.get(Layout(layout), "")
    pair["attributes"] = {"data-view": view} if view else {}
    if reason not in ("", "few"):
        pair["attributes"]["data-why"] = reason
    return [*(panel for _label, panel in panels), interface_text(sizes(pair))]


def in_frames(pair: revguide_pair) -> list[nodes.Element]:
    """Return labelled frames, in reading order, below the lengths of the samples."""
    samples = list(pair.findall(revguide_sample))
    frames = [_framed(*_titled(sample, nodes.container)) for sample in samples]
    return [interface_text(sizes(pair), "rg-sizes"), *frames]


def in_order(pair: revguide_pair) -> list[nodes.Element]:
    """Return labelled block quotes, which stand out in plain text and manual pages too."""
    shown: list[nodes.Element] = []
    for sample in pair.findall(revguide_sample):
        text, panel = _titled(sample, nodes.block_quote)
        length = [] if sample["missing"] else [interface_text(words.words(sample["words"]))]
        quote = nodes.container(classes=panel["classes"], ids=panel["ids"])
        quote.source, quote.line = panel.source, panel.line
        quote += [label(text), *length, *panel.children]
        shown.append(quote)
    return shown


def _titled(
    sample: revguide_sample,
    quotation: type[nodes.Element],
    *,
    known: Callable[[revguide_sample, Sequence[nodes.Node]], list[nodes.Element]] | None = None,
) -> Panel:
    """Return a sample's label and its panel, with the sample in a node of the given kind.

    What is known of the sample follows it, as ``known`` makes it: by default in one paragraph.
    """
    name = _("Before") if sample["role"] == "before" else _("After")
    text = f"{name}: {sample['label']}" if sample["label"] else name
    text = sample.get("name", text)
    panel = revguide_box(classes=list(sample["classes"]), ids=sample.get("anchors", []))
    panel.source, panel.line = sample.source, sample.line
    if sample["role"] == "before":
        # Searches should not find text that the editor wants removed.
        panel["classes"].append("no-search")
    if sample["missing"]:
        panel["classes"].append("revguide-missing")
        panel += interface_text(_missing(sample), "rg-quiet")
        return _("%s (missing)") % text, panel
    where = sample.children[0] if sample.get("has_where") else None
    quoted = quotation("", *sample.quoted(), classes=["revguide-quoted"])
    quoted["support_smartquotes"] = False
    panel += quoted
    found = where.children if isinstance(where, nodes.Element) else ()
    panel += (known or _in_a_row)(sample, found)
    return text, panel


def _in_a_row(sample: revguide_sample, where: Sequence[nodes.Node]) -> list[nodes.Element]:
    """Return a paragraph with what is known about a sample, if anything."""
    paragraph = nodes.paragraph(classes=["rg-meta"], translatable=False)
    paragraph += where
    for fact, icon in facts_changed(sample.get("facts", {})):
        paragraph += [*([nodes.Text(" · ")] if paragraph.children else []), icon_text(fact, icon)]
    return [paragraph] if paragraph.children else []


def _line_by_line(sample: revguide_sample, where: Sequence[nodes.Node]) -> list[nodes.Element]:
    """Return a paragraph with an icon for each fact that is known about a sample."""
    known: list[nodes.Element] = []
    for part in [*where, *(icon_text(*fact) for fact in facts_changed(sample.get("facts", {})))]:
        if isinstance(part, revguide_span):
            icon = part["classes"][-1]
            known.append(interface_text(part.astext(), icon))
        else:
            known[-1] += part
    return known


def _missing(sample: revguide_sample) -> str:
    if sample["role"] == "before":
        return _("The guide quotes no old text for this passage.")
    if sample["reason"]:
        reason = str(sample["reason"]).rstrip(".")
        return _("The guide has no new text for this passage: %s.") % reason
    return _("The guide has no new text for this passage yet.")


def _let_tables_scroll(panel: nodes.Element) -> None:
    """Make wide tables scrollable, also by keyboard."""
    scrolls = {"role": "group", "tabindex": "0", "aria-label": _("Table")}
    for table in list(panel.findall(nodes.table)):
        around = table.parent
        if not isinstance(around, revguide_box) or len(around.children) > 1:
            around = revguide_box()
            table.parent.replace(table, around)
            around += table
        around["classes"].append("revguide-scroll")
        around["attributes"] = scrolls


def _framed(text: str, panel: nodes.Element) -> nodes.admonition:
    """Return a panel in a frame with its label: an admonition, which every builder draws."""
    frame = nodes.admonition(classes=["revguide-frame", *panel["classes"]], ids=panel["ids"])
    frame.source, frame.line = panel.source, panel.line
    frame += nodes.title(text, text, translatable=False)
    frame.extend(panel.children)
    return frame
