"""Pairs of samples: tabs where a browser can switch them, labelled frames in order elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.domain import BROWSED
from sphinxext_revguide.interface import _
from sphinxext_revguide.model import Layout, Mode
from sphinxext_revguide.nodes import interface_text, revguide_pair, revguide_sample
from sphinxext_revguide.render.changes import changes
from sphinxext_revguide.render.elements import box
from sphinxext_revguide.render.tabs import tab_set

if TYPE_CHECKING:
    from sphinxext_revguide.domain import RevguideDomain

Panel = tuple[str, nodes.Element]
"""A label, and what stands under it."""


class ShowPairsAsTabs(SphinxPostTransform):
    """Turns pairs into sphinx-design tabs, before sphinx-design's own transform (200)."""

    default_priority = 150
    builders = BROWSED

    def run(self, **_kwargs: Any) -> None:
        """Replace every pair of the page."""
        if self.config.revguide_mode == Mode.RELEASE or not _may_hold_pairs(self):
            return
        for pair in list(self.document.findall(revguide_pair)):
            samples = list(pair.findall(revguide_sample))
            panels = [_titled(sample, nodes.container) for sample in samples]
            layout = Layout(pair["layout"] or self.config.revguide_layout)
            change = None
            if not any(sample["missing"] for sample in samples):
                change = changes(*(panel for _label, panel in panels))
            for _label, panel in panels:
                _wrap_tables(panel)
            if change is not None:
                panels.append((_("Changes"), change))
            if layout is Layout.TABS:
                _replace(pair, [tab_set(panels)])
            else:
                pair["classes"].append(f"revguide-{layout.value}")
                _replace(pair, [_framed(text, panel) for text, panel in panels])


class ShowPairsInOrder(SphinxPostTransform):
    """Turns what pairs are left into labelled frames, in reading order."""

    default_priority = 151

    def run(self, **_kwargs: Any) -> None:
        """Replace every pair that has not become tabs."""
        if not _may_hold_pairs(self):
            return
        for pair in list(self.document.findall(revguide_pair)):
            samples = list(pair.findall(revguide_sample))
            # A block quote is set off in plain text and in manual pages too.
            _replace(pair, [_framed(*_titled(sample, nodes.block_quote)) for sample in samples])


def _may_hold_pairs(transform: SphinxPostTransform) -> bool:
    domain = cast("RevguideDomain", transform.env.domains["revguide"])
    return domain.may_hold_parts(transform.env.current_document.docname)


def _replace(pair: revguide_pair, children: list[nodes.Element]) -> None:
    """Put a plain container in place of the pair: writers of plain docutils know no other."""
    shown = nodes.container("", *children, classes=list(pair["classes"]))
    shown.source, shown.line = pair.source, pair.line
    pair.replace_self(shown)


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
    panel += _figures(sample.get("figures", []))
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


def _figures(figures: list[list[str]]) -> list[nodes.paragraph]:
    """Say what has become of the figures of the BEFORE, where there are any."""
    names = (_("kept"), _("dropped"), _("added"))
    told = [
        f"{name}: {', '.join(written)}"
        for name, written in zip(names, figures, strict=False)
        if written
    ]
    text = _("Figures %s.") % "; ".join(told)
    return [interface_text(text, "revguide-figures")] if told else []


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
