"""Quoted reStructuredText -> inert nodes.

The sample is read by docutils into a document of its own, with every directive and role
replaced by one that shows its source. What cannot be read without a complaint is shown as it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser
from docutils.parsers.rst.states import Inliner
from docutils.utils import Reporter, new_document
from sphinx.util.docutils import CustomReSTDispatcher

from sphinxext_revguide.markup.nesting import MAX_BLOCKS, MAX_INLINE, deeper_than
from sphinxext_revguide.markup.quotation.markdown_sample import plain, rule

_NEVER = 5
"""Above the highest level of docutils' system messages: nothing is printed, nothing raised."""

_SHOWN_AS_SOURCE = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.footnote,
    nodes.citation,
    nodes.target,
    nodes.pending,
    nodes.raw,
    nodes.image,
    nodes.figure,
)
_INLINE_SOURCE = (
    nodes.reference,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.substitution_reference,
    nodes.problematic,
)


class _ShownDirective(Directive):
    """Stands for any directive: shows what was written."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        block = nodes.literal_block(self.block_text, self.block_text, language="none")
        block.source, block.line = self.state_machine.get_source_and_line(self.lineno)
        return [block]


def _shown_role(
    _name: str,
    rawtext: str,
    _text: str,
    _lineno: int,
    _inliner: Inliner,
    _options: dict[str, Any] | None = None,
    _content: Sequence[str] = (),
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    return [nodes.Text(rawtext)], []


class _NothingRuns(CustomReSTDispatcher):
    def directive(
        self,
        _directive_name: str,
        _language_module: ModuleType,
        _document: nodes.document,
    ) -> tuple[type[Directive], list[nodes.system_message]]:
        return _ShownDirective, []

    def role(
        self,
        _role_name: str,
        _language_module: ModuleType,
        _lineno: int,
        _reporter: Reporter,
    ) -> tuple[Any, list[nodes.system_message]]:
        return _shown_role, []


def quote_rst(text: str, *, source: str, line: int) -> list[nodes.Node]:
    """Return the nodes of a reST sample; see :func:`sphinxext_revguide.markup.quotation.quote`."""
    settings = get_default_settings(Parser)
    settings.report_level = settings.halt_level = _NEVER
    settings.warning_stream = io.StringIO()
    settings.raw_enabled = settings.file_insertion_enabled = False
    settings.smart_quotes = False
    document = new_document(source, settings)
    with _NothingRuns():
        try:
            Parser().parse(text, document)
        except RecursionError:
            return [plain(text, source=source, line=line)]
    too_deep = deeper_than(document, MAX_BLOCKS + MAX_INLINE)
    if too_deep or any(True for _ in document.findall(_is_complaint)):
        return [plain(text, source=source, line=line)]
    for node in list(document.findall(nodes.Element)):
        if node.line is not None:
            node.line += line - 1
        node.source = source
    for block in document.findall(nodes.doctest_block):
        # As Sphinx does where it reads a page.
        block["classes"].append("doctest")
    _make_inert(document, text.split("\n"), line)
    if _words(document.astext()) != _words(text):
        # An escape or an enumerator has taken letters with it.
        return [plain(text, source=source, line=line)]
    return list(document.children)


def _is_complaint(node: nodes.Node) -> bool:
    return isinstance(node, nodes.system_message | nodes.problematic)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _make_inert(document: nodes.document, lines: list[str], first_line: int) -> None:
    for node in list(document.findall(nodes.Element)):
        if isinstance(node, nodes.document) or node.parent is None:
            continue
        for attribute in ("ids", "names", "dupnames", "backrefs"):
            if node.get(attribute):
                node[attribute] = []
        if isinstance(node, _INLINE_SOURCE):
            node.replace_self(nodes.Text(node.rawsource or node.astext()))
        elif isinstance(node, _SHOWN_AS_SOURCE):
            _show_source(node, lines, first_line)
        elif isinstance(node, nodes.transition):
            mark = rule("----")
            mark.source, mark.line = node.source, node.line
            node.replace_self(mark)
        elif isinstance(node, nodes.title):
            heading = nodes.paragraph(node.rawsource, classes=["revguide-heading"])
            heading.append(nodes.strong("", "", *node.children))
            # docutils gives a title the line of its underline.
            heading.source, heading.line = node.source, (node.line or first_line + 1) - 1
            node.replace_self(heading)
    for section in reversed(list(document.findall(nodes.section))):
        section.replace_self(section.children)


def _show_source(node: nodes.Element, lines: list[str], first_line: int) -> None:
    """Replace explicit markup by the very lines that it was written in."""
    if isinstance(node.parent, nodes.TextElement):
        # The target of an embedded address is part of its reference, which is shown already.
        embedded = isinstance(node, nodes.target) and "refuri" in node
        node.replace_self([] if embedded else nodes.Text(node.rawsource or node.astext()))
        return
    start = (node.line or first_line) - first_line
    while start > 0 and not lines[start].lstrip().startswith((".. ", "..", "__")):
        start -= 1
    end = start + 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent
    ):
        end += 1
    source = "\n".join(lines[start:end]).rstrip()
    block = nodes.literal_block(source, source, language="none")
    block.source, block.line = node.source, first_line + start
    node.replace_self(block)
