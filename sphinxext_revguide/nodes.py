"""The nodes of a guide, between what an author writes and what a builder shows.

Each is a docutils container, so that every builder can show it without knowing it; the package
``render`` turns them into what suits a builder once the whole book is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes

from sphinxext_revguide.markup.quotation import quote
from sphinxext_revguide.model import SampleFormat

GUIDE_PARTS = frozenset(
    {"revguide-guide", "revguide-issue", "revguide-locked", "revguide-pair", "revguide-book"}
)
"""Classes of the parts of a guide on a page, which a release build omits."""
PLACE = "place"
"""The type of a reference to a line of a chapter."""
CARD = "card"
"""The type of a reference to a guide or to the card of an issue, whatever else has its id."""


class revguide_pair(nodes.container):  # noqa: N801 -- docutils names visitors after the class
    """A BEFORE and an AFTER: two :class:`revguide_sample`.

    Attributes: ``layout`` (may be empty), ``docname``, ``pair_path`` and ``pair_line``.
    """


class _InCatalogs(nodes.container, addnodes.translatable):
    """A part with messages in the author's catalogs, kept in its attribute ``messages``."""

    def extract_original_messages(self) -> Sequence[str]:
        """Return what was kept."""
        messages: list[str] = self.get("messages", [])
        return messages


class revguide_sample(_InCatalogs):  # noqa: N801
    """One sample of a pair, a quotation.

    It is kept as a single text until a page is written: until then, all that Sphinx does to a page
    takes longer, the more nodes the page has.

    Its label is in the author's catalogs, its text too where ``in_catalogs`` is true; then it is
    read at once, and a translation is read as a quotation again.

    Attributes: ``markup`` (a :class:`SampleFormat`, as long as the sample has not been read),
    ``role`` ("before" or "after"), ``label`` (the editor's words for it, may be empty), ``words``
    and ``text_lines`` (its measured length), ``missing`` (true for a sample that was not given),
    ``instruction`` (true if it says what to do, see :class:`sphinxext_revguide.model.Sample`),
    ``has_where`` (true once its first child says where it is), ``facts`` (of an AFTER: its ledger,
    see ``text.facts_ledger.as_lists``), ``messages`` (what catalogs hold).
    """

    @property
    def is_text(self) -> bool:
        """Whether it quotes a text, which can be compared with another one."""
        return not (self["missing"] or self.get("instruction"))

    def hold(self, text: str, markup: SampleFormat) -> None:
        """Take the text of the sample; ``source`` and ``line`` say where it begins."""
        self.append(nodes.Text(text))
        self["markup"] = markup.value
        if self.get("in_catalogs"):
            self[:] = self.quoted()
            del self["markup"]

    def quoted(self) -> list[nodes.Node]:
        """Return the nodes that show the sample."""
        children = self.children[1:] if self.get("has_where") else self.children
        if "markup" not in self:
            return list(children)
        text = "".join(child.astext() for child in children)
        markup = SampleFormat(self["markup"])
        read = quote(text, markup, source=self.source or "", line=self.line or 0)
        for block in _blocks(read):
            block["translatable"] = False
        return read

    def preserve_original_messages(self) -> None:
        """Keep what is to be translated; Sphinx calls this before anything is."""
        texts = [_message(block) for block in self._blocks()] if self.get("in_catalogs") else []
        written = [self["label"], self.get("reason", ""), *texts]
        self["messages"] = [text for text in dict.fromkeys(written) if text]

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put a translation in place of what it translates."""
        for name in ("label", "reason"):
            if self.get(name) == original_message:
                self[name] = translated_message
        if self.get("in_catalogs"):
            for block in [
                text_element
                for text_element in self._blocks()
                if _message(text_element) == original_message
            ]:
                _translate(block, translated_message)

    def _blocks(self) -> list[nodes.TextElement]:
        """Return the parts that are translated one by one, as everywhere in a book."""
        return [block for block in _blocks(self.children) if "message" not in block]


class revguide_facts(_InCatalogs):  # noqa: N801
    """The facts of an issue or a guide; shown when a page is written.

    Its frequency, which is free text, is in the author's catalogs.

    Attributes: ``facts`` (pairs of an option's name and its value), ``messages``.
    """

    def preserve_original_messages(self) -> None:
        """Keep what is to be translated; Sphinx calls this before anything is."""
        self["messages"] = [value for name, value in self["facts"] if name == "frequency"]

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put a translation in place of what it translates."""
        self["facts"] = [
            (
                name,
                translated_message if (name, value) == ("frequency", original_message) else value,
            )
            for name, value in self["facts"]
        ]


class revguide_part(nodes.container):  # noqa: N801
    """The text before or after the samples of a card.

    Attribute ``part``: "problem" or "why".
    """


class revguide_overview(nodes.container):  # noqa: N801
    """Where a guide's table of issues is inserted.

    Attributes: ``guide`` (its id) and ``card`` (where the guide is).
    """


class revguide_book(nodes.container):  # noqa: N801
    """Where the overview of the whole book is inserted.

    Attribute ``since``: what an earlier report flagged, or
    None.
    """


class revguide_found(nodes.container):  # noqa: N801
    """The place on a card for the passages that are still found.

    Attribute ``card``: where the card is.
    """


class revguide_lock(nodes.inline):  # noqa: N801
    """The place in a locked item that says whether it is kept.

    Attributes: ``docname``, ``item`` (its text), ``item_path`` and ``item_line``.
    """


class revguide_box(nodes.container):  # noqa: N801
    """A container with an HTML element of its own.

    Attributes: ``tag`` (default: div) and ``attributes`` (of the HTML element). Other builders
    show what is inside.
    """


class revguide_span(nodes.inline):  # noqa: N801
    """The same within a line; its ``tag`` defaults to span."""


class revguide_aside(nodes.Invisible, nodes.Element):  # noqa: N801
    """What a review adds to a chapter, and is not part of the chapter's text.

    Attributes: ``shown`` (its nodes, which are no children), ``opens`` (whether a passage begins
    after it) and ``closes`` (whether one ends there).
    """


class revguide_card(revguide_box):  # noqa: N801
    """The card of an issue. Attributes: ``card`` (where it is) and ``number``."""


def _blocks(content: Sequence[nodes.Node]) -> list[nodes.TextElement]:
    """Return the blocks of text in some content."""
    return [
        block
        for node in content
        for block in node.findall(nodes.TextElement)
        if not isinstance(block, nodes.Inline)
    ]


def _message(block: nodes.TextElement) -> str:
    return " ".join((block.rawsource or block.astext()).split("\n"))


def _translate(block: nodes.TextElement, translation: str) -> None:
    """Fill a part of a sample with its translation, which is a quotation, too."""
    block["message"] = True
    read = quote(
        translation, SampleFormat.MARKDOWN, source=block.source or "", line=block.line or 0
    )
    only = read[0] if len(read) == 1 else None
    if isinstance(block, nodes.literal_block) or not isinstance(only, nodes.paragraph):
        block[:] = [nodes.Text(translation)]
    elif "revguide-heading" in block["classes"]:
        block[:] = [nodes.strong("", "", *only.children)]
    else:
        block[:] = only.children


def label(text: str, *classes: str) -> nodes.paragraph:
    """Return a bold line of the interface, which is not in the author's message catalogs."""
    paragraph = nodes.paragraph(classes=["revguide-label", *classes], translatable=False)
    paragraph += nodes.strong(text, text)
    return paragraph


def interface_text(text: str, *classes: str) -> nodes.paragraph:
    """Return a plain line of the interface, which is not in the author's message catalogs."""
    return nodes.paragraph(text, text, classes=list(classes), translatable=False)


def says_more_than_titles(node: nodes.Element) -> bool:
    """Return whether a node contains text of its own that is shown and is not a title."""
    silent = nodes.title, nodes.subtitle, nodes.rubric, nodes.target, nodes.Invisible
    return isinstance(node, nodes.TextElement) and not isinstance(node, silent)
