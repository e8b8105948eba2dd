"""Pairs of samples: tabs where a browser can switch them, labelled frames in order elsewhere."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.model import Layout
from sphinxext_revguide.nodes import interface_text, revguide_pair, revguide_sample
from sphinxext_revguide.render.tabs import tab_set

_BROWSED = ("html", "dirhtml", "singlehtml")
"""Builders whose pages come with sphinx-design's files. EPUB and JSON pages do not."""


class ShowPairsAsTabs(SphinxPostTransform):
    """Turns pairs into sphinx-design tabs, before sphinx-design's own transform (200)."""

    default_priority = 150
    builders = _BROWSED

    def run(self, **_kwargs: Any) -> None:
        """Replace every pair of the page."""
        for pair in list(self.document.findall(revguide_pair)):
            panels = [_titled(sample, nodes.container) for sample in pair.findall(revguide_sample)]
            layout = Layout(pair["layout"] or self.config.revguide_layout)
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
        for pair in list(self.document.findall(revguide_pair)):
            samples = list(pair.findall(revguide_sample))
            # A block quote is set off in plain text and in manual pages too.
            _replace(pair, [_framed(*_titled(sample, nodes.block_quote)) for sample in samples])


def _replace(pair: revguide_pair, children: list[nodes.Element]) -> None:
    """Put a plain container in place of the pair: writers of plain docutils know no other."""
    shown = nodes.container("", *children, classes=list(pair["classes"]))
    shown.source, shown.line = pair.source, pair.line
    pair.replace_self(shown)


def _titled(sample: revguide_sample, quotation: type[nodes.Element]) -> tuple[str, nodes.container]:
    """Return a sample's label and its panel, with the sample in a node of the given kind."""
    name = "Before" if sample["role"] == "before" else "After"
    text = f"{name}: {sample['label']}" if sample["label"] else name
    text = sample.get("name", text)
    panel = nodes.container(classes=list(sample["classes"]))
    panel.source, panel.line = sample.source, sample.line
    if sample["role"] == "before":
        # What an editor wants gone is not what readers should find.
        panel["classes"].append("no-search")
    if sample["missing"]:
        reason = f": {sample['reason']}" if sample["reason"] else ""
        panel["classes"].append("revguide-missing")
        panel += interface_text(f"Missing from the guide{reason}.", "revguide-length")
        return f"{text} (missing)", panel
    words, lines = sample["words"], sample["text_lines"]
    length = f"{words} word{'s' * (words != 1)} on {lines} line{'s' * (lines != 1)}"
    panel += interface_text(length, "revguide-length")
    panel += _figures(sample.get("figures", []))
    children = list(sample.children)
    if sample.get("has_where"):
        panel += children.pop(0)
    quoted = quotation("", *children, classes=["revguide-quoted"])
    quoted["support_smartquotes"] = False
    panel += quoted
    return text, panel


def _figures(figures: list[list[str]]) -> list[nodes.paragraph]:
    """Say what has become of the figures of the BEFORE, where there are any."""
    told = [
        f"{name}: {', '.join(written)}"
        for name, written in zip(("kept", "dropped", "added"), figures, strict=False)
        if written
    ]
    return [interface_text(f"Figures {'; '.join(told)}.", "revguide-figures")] if told else []


def _framed(text: str, panel: nodes.container) -> nodes.admonition:
    """Return a panel in a frame with its label: an admonition, which every builder draws."""
    frame = nodes.admonition(classes=["revguide-frame", *panel["classes"]])
    frame.source, frame.line = panel.source, panel.line
    frame += nodes.title(text, text, translatable=False)
    frame.extend(panel.children)
    return frame
