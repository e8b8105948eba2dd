"""Parts of pages that only some builds show: those in ``only`` and ``ifconfig``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import new_document
from sphinx.ext.ifconfig import ifconfig, process_ifconfig_nodes

from sphinxext_revguide.book.records import Condition
from sphinxext_revguide.markup.readable_text import condition_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def conditions(
    elements: Sequence[nodes.Element],
    relative: Callable[[str], str],
    holds: Callable[[str, str], bool],
) -> Iterator[Condition]:
    """Yield the parts of a page that only some builds show.

    :param elements: all elements of the page's tree, in their order.
    :param relative: returns the path of a file as reports name it, also for included files.
    :param holds: returns whether this build shows the content of a condition.
    """
    for node in elements:
        condition = condition_of(node)
        if condition is not None:
            inside = [*node.findall(nodes.Element)]
            anchors = frozenset(name for element in inside for name in element["ids"])
            source, line = node.source or "", node.line or 0
            end = _line_after(node, source, line)
            yield Condition(*condition, relative(source), line, end, anchors, holds(*condition))


def shown_part(document: nodes.document, holds: Callable[[str, str], bool]) -> nodes.document:
    """Return a page without the parts that this build does not show, if it has any."""

    def hidden(tree: nodes.document) -> list[nodes.Element]:
        elements = tree.findall(nodes.Element)
        return [
            element for element in elements if (said := condition_of(element)) and not holds(*said)
        ]

    if not hidden(document):
        return document
    shown = document.deepcopy()
    for part in hidden(shown):
        part.parent.remove(part)
    return shown


def _line_after(node: nodes.Element, source: str, line: int) -> int:
    """Return the last line before what follows a node in its file, or 0 if nothing does."""
    after = node.next_node(nodes.Element, descend=False, siblings=True, ascend=True)
    while after is not None:
        if after.line and after.line > line and after.source == source:
            return after.line - 1
        after = after.next_node(nodes.Element, ascend=True)
    return 0


def conditions_of(app: Sphinx) -> Callable[[str, str], bool]:
    """Return the function that tells whether a build shows the content of a condition."""

    @cache
    def holds(kind: str, expression: str) -> bool:
        return _holds_only(app, expression) if kind == "only" else _holds_ifconfig(app, expression)

    return holds


def _holds_only(app: Sphinx, expression: str) -> bool:
    try:
        return app.tags.eval_condition(expression)
    except Exception:  # noqa: BLE001 -- as in Sphinx, which warns and keeps the content
        return True


def _holds_ifconfig(app: Sphinx, expression: str) -> bool:
    """Let Sphinx evaluate the expression, which is Python with the names of the configuration."""
    document = new_document("")
    # Sphinx reports an expression that fails when it comes to the page.
    document.reporter.report_level = document.reporter.SEVERE_LEVEL
    document += ifconfig("", nodes.paragraph(), expr=expression)
    process_ifconfig_nodes(app, document, "")
    return isinstance(document.next_node(), nodes.paragraph)
