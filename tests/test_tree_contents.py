"""Walks of document trees of our own, compared with those of docutils."""

from __future__ import annotations

from docutils import nodes
from docutils.core import publish_doctree

from sphinxext_revguide.markup.tree_contents import elements_in, text_in

TREE = publish_doctree(
    "Title\n=====\n\nA *word*, a |picture| and an escaped\\ blank.\n\n"
    "- one\n\n  more\n- two\n\n.. |picture| image:: a.png\n   :alt: kite\n"
)


def test_elements_are_found_in_their_order() -> None:
    assert elements_in(TREE) == list(TREE.findall(nodes.Element))


def test_texts_are_those_of_docutils() -> None:
    nulls = nodes.paragraph("", "", nodes.Text("a\0 b\0*c"))
    for node in [*TREE.findall(), nulls]:
        assert text_in(node) == node.astext()


def test_a_comment_is_no_part_of_a_text() -> None:
    tree = publish_doctree("- A quay.\n\n  .. a comment\n\n  A pier.\n")
    assert text_in(tree).split() == ["A", "quay.", "A", "pier."]


def test_the_number_of_a_footnote_is_no_part_of_a_text() -> None:
    tree = publish_doctree("A network\\ [1]_ of *piers* [#a]_.\n\n.. [1] Rain.\n.. [#a] Hail.\n")
    assert text_in(tree.children[0]) == "A network of piers ."
