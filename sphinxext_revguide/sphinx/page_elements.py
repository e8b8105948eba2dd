"""What the elements of a page say about it: its sections, its references, its parts of guides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinxext_revguide.markup.tree_attributes import LOCKED


def _is_styled(node: nodes.Element) -> bool:
    """Return whether a node has a class of our style sheet."""
    names = node.attributes["classes"]
    return bool(names) and any(name.startswith("revguide-") for name in names)


def is_part(node: nodes.Element) -> bool:
    """Return whether a node is part of a guide, or contains a locked passage."""
    return node.tagname.startswith("revguide") or LOCKED in node.attributes or _is_styled(node)


def sections_in(
    elements: Iterable[nodes.Element], relative: Callable[[str], str]
) -> Iterator[tuple[str, int, str]]:
    """Yield the file, the line and the anchor of each section.

    :param relative: returns the path of a file as reports name it.
    """
    for section in elements:
        if isinstance(section, nodes.section) and section["ids"] and section.line:
            yield relative(section.source or ""), section.line, section["ids"][0]


def references_in(elements: Iterable[nodes.Element], own: str) -> Iterator[tuple[str, str, str]]:
    """Yield the domain, type and target of each reference that may lead to a guide.

    :param own: the name of the domain of guides.
    """
    for node in elements:
        if isinstance(node, pending_xref):
            domain, kind = str(node.get("refdomain") or ""), str(node.get("reftype", ""))
            if domain == own or kind in ("any", "myst"):
                yield domain, kind, str(node.get("reftarget", ""))
        # MyST makes references of its links `[](#target)` when pages have been processed.
        elif isinstance(node, nodes.reference) and str(node.get("refuri", "")).startswith("#"):
            yield "", "myst", node["refuri"][1:]
