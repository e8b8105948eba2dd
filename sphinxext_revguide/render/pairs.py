"""Pairs of samples: tabs where a browser can switch them, labelled frames in order elsewhere."""

from __future__ import annotations

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import Layout
from sphinxext_revguide.nodes import interface_text, label, revguide_pair, revguide_sample
from sphinxext_revguide.render.changes import changes
from sphinxext_revguide.render.elements import box
from sphinxext_revguide.render.tabs import tab_set

Panel = tuple[str, nodes.Element]
"""A label, and what stands under it."""


def to_switch(pair: revguide_pair, layout: str) -> list[nodes.Element]:
    """Return tabs, or frames where that is the layout, and what changes between the samples."""
    samples = list(pair.findall(revguide_sample))
    panels = [_titled(sample, nodes.container) for sample in samples]
    change = None
    if not any(sample["missing"] for sample in samples):
        change = changes(*(panel for _label, panel in panels))
    for _label, panel in panels:
        _wrap_tables(panel)
    if change is not None:
        panels.append((_("Changes"), change))
    if layout == Layout.TABS:
        return [tab_set(panels)]
    pair["classes"].append(f"revguide-{layout}")
    return [_framed(text, panel) for text, panel in panels]


def in_frames(pair: revguide_pair) -> list[nodes.Element]:
    """Return labelled frames, in reading order."""
    samples = list(pair.findall(revguide_sample))
    return [_framed(*_titled(sample, nodes.container)) for sample in samples]


def in_order(pair: revguide_pair) -> list[nodes.Element]:
    """Return labelled block quotes, which are set off in plain text and in manual pages too."""
    samples = list(pair.findall(revguide_sample))
    return [_labelled(*_titled(sample, nodes.block_quote)) for sample in samples]


def _titled(sample: revguide_sample, quotation: type[nodes.Element]) -> Panel:
    """Return a sample's label and its panel, with the sample in a node of the given kind."""
    name = _("Before") if sample["role"] == "before" else _("After")
    text = f"{name}: {sample['label']}" if sample["label"] else name
    text = sample.get("name", text)
    panel = nodes.container(classes=list(sample["classes"]), ids=sample.get("anchors", []))
    panel.source, panel.line = sample.source, sample.line
    if sample["role"] == "before":
        # What an editor wants gone is not what readers should find.
        panel["classes"].append("no-search")
    if sample["missing"]:
        told = _("Missing from the guide.")
        if sample["reason"]:
            told = _("Missing from the guide: %s.") % sample["reason"]
        panel["classes"].append("revguide-missing")
        panel += interface_text(told, "revguide-length")
        return _("%s (missing)") % text, panel
    panel += interface_text(_length(sample["words"], sample["text_lines"]), "revguide-length")
    panel += _facts(sample.get("facts", {}))
    children = list(sample.children)
    if sample.get("has_where"):
        panel += children.pop(0)
    quoted = quotation("", *children, classes=["revguide-quoted"])
    quoted["support_smartquotes"] = False
    panel += quoted
    return text, panel


def _length(words: int, lines: int) -> str:
    told_words = _("%d word") if words == 1 else _("%d words")
    told_lines = _("on %d line") if lines == 1 else _("on %d lines")
    return f"{told_words % words} {told_lines % lines}"


def _facts(facts: dict[str, list[list[str]]]) -> list[nodes.paragraph]:
    """Say which facts of the BEFORE an AFTER keeps, loses and adds, where there are any."""
    names = {"kept": _("kept"), "lost": _("lost"), "new": _("new")}
    told = [
        f"{name}: {', '.join(text for _kind, text in facts[key])}"
        for key, name in names.items()
        if facts.get(key)
    ]
    for _kind, before, after, sentence in facts.get("shifts", []):
        changed = _("“%(before)s” became “%(after)s” in “%(sentence)s”")
        words = {"before": before or "–", "after": after or "–", "sentence": sentence}
        told.append(changed % words)
    text = _("Facts %s.") % "; ".join(told)
    return [interface_text(text, "revguide-ledger")] if told else []


def _wrap_tables(panel: nodes.Element) -> None:
    """Let wide tables scroll by themselves, by keyboard too."""
    for table in list(panel.findall(nodes.table)):
        around = box(
            "div", classes="revguide-scroll", role="group", tabindex="0", aria_label=_("Table")
        )
        table.replace_self(around)
        around += table


def _labelled(text: str, panel: nodes.Element) -> nodes.Element:
    """Return a panel below its label, with what is told of it in one paragraph."""
    told = [node for node in panel.children if isinstance(node, nodes.paragraph)]
    paragraph = nodes.paragraph(classes=["revguide-told"], translatable=False)
    for number, node in enumerate(told):
        between = " " if paragraph.astext().endswith(".") else ". "
        paragraph += [*([nodes.Text(between)] if number else []), *node.children]
    shown = nodes.container(classes=panel["classes"], ids=panel["ids"])
    shown.source, shown.line = panel.source, panel.line
    shown += [label(text), paragraph, *panel.children[len(told) :]]
    return shown


def _framed(text: str, panel: nodes.Element) -> nodes.admonition:
    """Return a panel in a frame with its label: an admonition, which every builder draws."""
    frame = nodes.admonition(classes=["revguide-frame", *panel["classes"]], ids=panel["ids"])
    frame.source, frame.line = panel.source, panel.line
    frame += nodes.title(text, text, translatable=False)
    frame.extend(panel.children)
    return frame
