"""Pairs of samples: tabs where a browser can switch them, labelled frames in order elsewhere."""

from __future__ import annotations

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import Layout
from sphinxext_revguide.nodes import interface_text, label, revguide_pair, revguide_sample
from sphinxext_revguide.render import words
from sphinxext_revguide.render.changes import changes
from sphinxext_revguide.render.elements import box
from sphinxext_revguide.render.sample_places import facts_changed, sizes
from sphinxext_revguide.render.summary_strip import icon_text
from sphinxext_revguide.render.tabs import tab_set

Panel = tuple[str, nodes.Element]
"""A label, and what stands under it."""


def to_switch(pair: revguide_pair, layout: str) -> list[nodes.Element]:
    """Return tabs, and below them how long the samples are.

    The pair says which view it opens with, and why it has no view of changes where it has none.
    """
    samples = list(pair.findall(revguide_sample))
    panels = [_titled(sample, nodes.container) for sample in samples]
    reason = "missing"
    if not any(sample["missing"] for sample in samples):
        change, reason = changes(*(panel for _label, panel in panels))
        if change is not None:
            panels.append((_("Changes"), change))
    for _label, panel in panels:
        _wrap_tables(panel)
    view = {Layout.TABS: "before", Layout.SIDE_BY_SIDE: "both"}.get(Layout(layout), "")
    pair["attributes"] = {"data-view": view} if view else {}
    if reason:
        pair["attributes"]["data-why"] = reason
    length = interface_text(sizes(pair), "rg-sizes", "rg-i", "rg-words")
    return [tab_set(panels), length]


def in_frames(pair: revguide_pair) -> list[nodes.Element]:
    """Return labelled frames, in reading order, below how long the samples are."""
    samples = list(pair.findall(revguide_sample))
    frames = [_framed(*_titled(sample, nodes.container)) for sample in samples]
    return [interface_text(sizes(pair), "rg-sizes"), *frames]


def in_order(pair: revguide_pair) -> list[nodes.Element]:
    """Return labelled block quotes, which are set off in plain text and in manual pages too."""
    shown: list[nodes.Element] = []
    for sample in pair.findall(revguide_sample):
        text, panel = _titled(sample, nodes.block_quote)
        length = [] if sample["missing"] else [interface_text(words.words(sample["words"]))]
        quote = nodes.container(classes=panel["classes"], ids=panel["ids"])
        quote.source, quote.line = panel.source, panel.line
        quote += [label(text), *length, *panel.children]
        shown.append(quote)
    return shown


def _titled(sample: revguide_sample, quotation: type[nodes.Element]) -> Panel:
    """Return a sample's label and its panel, with the sample in a node of the given kind.

    What is known of the sample follows it, in paragraphs.
    """
    name = _("Before") if sample["role"] == "before" else _("After")
    text = f"{name}: {sample['label']}" if sample["label"] else name
    text = sample.get("name", text)
    panel = nodes.container(
        classes=list(sample["classes"]), ids=sample.get("anchors", []), panel=sample["role"]
    )
    panel.source, panel.line = sample.source, sample.line
    if sample["role"] == "before":
        # What an editor wants gone is not what readers should find.
        panel["classes"].append("no-search")
    if sample["missing"]:
        panel["classes"].append("revguide-missing")
        panel += interface_text(_missing(sample), "rg-quiet")
        return _("%s (missing)") % text, panel
    children = list(sample.children)
    where = children.pop(0) if sample.get("has_where") else None
    quoted = quotation("", *children, classes=["revguide-quoted"])
    quoted["support_smartquotes"] = False
    panel += quoted
    told = nodes.paragraph(classes=["rg-meta"], translatable=False)
    told += where.children if isinstance(where, nodes.Element) else []
    for fact, icon in facts_changed(sample.get("facts", {})):
        told += [*([nodes.Text(" ")] if told.children else []), icon_text(fact, icon)]
    if told.children:
        panel += told
    return text, panel


def _missing(sample: revguide_sample) -> str:
    if sample["role"] == "before":
        return _("The guide quotes no old text for this passage.")
    if sample["reason"]:
        reason = str(sample["reason"]).rstrip(".")
        return _("The guide has no new text for this passage: %s.") % reason
    return _("The guide has no new text for this passage yet.")


def _wrap_tables(panel: nodes.Element) -> None:
    """Let wide tables scroll by themselves, by keyboard too."""
    for table in list(panel.findall(nodes.table)):
        around = box(
            "div", classes="revguide-scroll", role="group", tabindex="0", aria_label=_("Table")
        )
        table.replace_self(around)
        around += table


def _framed(text: str, panel: nodes.Element) -> nodes.admonition:
    """Return a panel in a frame with its label: an admonition, which every builder draws."""
    frame = nodes.admonition(classes=["revguide-frame", *panel["classes"]], ids=panel["ids"])
    frame.source, frame.line = panel.source, panel.line
    frame += nodes.title(text, text, translatable=False)
    frame.extend(panel.children)
    return frame
