"""The directive ``revision-pattern``: a pattern's own page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import ClassVar

from docutils import nodes
from sphinx.util.nodes import make_id

from sphinxext_revguide.book.records import PatternPage
from sphinxext_revguide.i18n import _
from sphinxext_revguide.markup.tree_attributes import QUOTATION
from sphinxext_revguide.model import SampleFormat
from sphinxext_revguide.nodes import label, revguide_pair, revguide_sample
from sphinxext_revguide.patterns import Pattern, signal_in_words
from sphinxext_revguide.patterns.language import Example, SignalUse
from sphinxext_revguide.sphinx.directives.base import RevguideDirective
from sphinxext_revguide.sphinx.directives.options import Option
from sphinxext_revguide.text.measure import count_content_lines, count_words


class RevisionPattern(RevguideDirective):
    """Shows a pattern: what it flags and why, examples, and what counts for and against it.

    The argument is the pattern's id. The place becomes the pattern's page, to which the role
    `revguide:pattern` leads. The body comes last.

    ```{revision-pattern} readiness-checklist
    ```
    """

    optional_arguments = 1
    known_options: ClassVar[tuple[Option, ...]] = ()

    def build(self) -> list[nodes.Node]:
        """Record that the pattern has a page; show it, and the body after it."""
        pattern = self.domain.library.patterns.get(self.title)
        if pattern is None:
            if not self.domain.library.lacks(self.title):
                return self.parse_body()
            hint = self.domain.library.hint(self.title, "see the list of patterns")
            self.problem("unknown_pattern", f"there is no pattern {self.title!r}; {hint}")
            return self.parse_body()
        node = self.located(nodes.container(classes=["revguide-pattern"]))
        anchor = make_id(self.env, self.state.document, "revision-pattern", pattern.id)
        node["ids"].append(anchor)
        self.state.document.note_explicit_target(node)
        self.domain.store.page(self.env.docname).patterns.append(
            PatternPage(pattern.id, pattern.title, self.env.docname, anchor)
        )
        node.extend(self._described(pattern))
        node.extend(self.parse_body())
        return [node]

    def _described(self, pattern: Pattern) -> Iterator[nodes.Node]:
        for name, text in (
            (_("What it flags"), pattern.what),
            (_("Why it hurts"), pattern.why),
            (_("What to do instead"), pattern.instead and _(pattern.instead)),
        ):
            yield label(name)
            yield nodes.paragraph(text, text)
        flagged = [example for example in pattern.examples if example.flagged]
        clean = [example for example in pattern.examples if not example.flagged]
        for left, right in zip_longest(flagged, clean):
            yield self._pair(left, right)
        uses = [form.signals_against for form in pattern.forms]
        against = _in_words(use for some in uses for use in some)
        if against:
            yield label(_("What counts against it"))
            yield against
        yield label(_("How to allow it"))
        yield self._allowed(pattern)

    def _pair(self, flagged: Example | None, clean: Example | None) -> nodes.Node:
        pair = revguide_pair(
            layout="", docname="", pair_line=0, pair_path="", classes=["revguide-pair"]
        )
        self.located(pair)
        pair += self._panel("before", _("Flagged"), flagged)
        pair += self._panel("after", _("Not flagged"), clean)
        return pair

    def _panel(self, role: str, name: str, example: Example | None) -> nodes.Node:
        text = example.text.strip("\n") if example else ""
        panel = revguide_sample(
            role=role,
            label="",
            name=name,
            words=count_words(text),
            text_lines=count_content_lines(text),
            missing=example is None,
            reason="",
            classes=["revguide-sample", f"revguide-{role}"],
            support_smartquotes=False,
        )
        panel[QUOTATION] = True
        self.located(panel)
        if example:
            panel.hold(text, SampleFormat.MARKDOWN)
        return panel

    def _allowed(self, pattern: Pattern) -> nodes.Node:
        before = "Wrap the passage in "
        paragraph = nodes.paragraph("", before)
        paragraph += nodes.literal("", "revision-allow")
        paragraph += nodes.Text(", or write this comment above it: ")
        paragraph += nodes.literal("", f"% revguide: allow {pattern.id} -- the reason")
        paragraph += nodes.Text(" (in reStructuredText ")
        paragraph += nodes.literal("", ".. revguide: allow")
        paragraph += nodes.Text("). To suppress it everywhere: ")
        paragraph += nodes.literal("", f'suppress_warnings = ["revguide.{pattern.id}"]')
        paragraph += nodes.Text(".")
        return paragraph


def _in_words(uses: Iterable[SignalUse]) -> nodes.bullet_list | None:
    descriptions = dict.fromkeys(signal_in_words(use) for use in uses)
    if not descriptions:
        return None
    listing = nodes.bullet_list()
    for text in descriptions:
        listing += nodes.list_item("", nodes.paragraph(text, text))
    return listing
