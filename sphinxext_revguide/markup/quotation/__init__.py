"""A quoted text -> inert nodes.

A sample is a quotation: whatever is in it, nothing of it may become part of the book. It is
therefore read apart from the page, by a parser that knows neither directives nor roles, neither
references nor raw HTML, and the nodes that come out carry no identifier that a page could own.
"""

from __future__ import annotations

from docutils import nodes

from sphinxext_revguide.markup.quotation.markdown_sample import plain, quote_markdown
from sphinxext_revguide.markup.quotation.rst_sample import quote_rst
from sphinxext_revguide.model import SampleFormat

__all__ = ["quote"]


def quote(text: str, sample_format: SampleFormat, *, source: str, line: int) -> list[nodes.Node]:
    """Read a sample and return nodes that show it exactly and do nothing else.

    :param text: the sample.
    :param source: path of the file in which the sample stands.
    :param line: 1-based line of the sample's first line in that file; every returned body
        element carries its own line.
    """
    if not text.strip():
        return []
    if sample_format is SampleFormat.MARKDOWN:
        return quote_markdown(text, source=source, line=line)
    if sample_format is SampleFormat.RST:
        return quote_rst(text, source=source, line=line)
    return [plain(text, source=source, line=line)]
