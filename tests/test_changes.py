"""The view of changes: both samples can be read from it."""

from __future__ import annotations

from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.nodes import revguide_span
from sphinxext_revguide.render.changes import changes

WORDS = st.lists(
    st.sampled_from(["ferry", "tug", "two", "3", "boats,", "wait.", "(here)", "½", "mole's"]),
    min_size=1,
    max_size=12,
).map(" ".join)
TEXTS = st.lists(WORDS, min_size=1, max_size=4)


def panel(paragraphs: list[str]) -> nodes.container:
    quoted = nodes.container("", *(nodes.paragraph(text, text) for text in paragraphs))
    return nodes.container("", quoted)


def without(shown: nodes.Element, tag: str) -> str:
    copy = shown.deepcopy()
    for node in list(copy.findall(revguide_span)):
        if node["tag"] == tag:
            node.parent.remove(node)
    return copy.children[0].astext()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(before: list[str], after: list[str]) -> None:
    shown, why = changes(panel(before), panel(after))
    assert (shown is None) == bool(why)
    if shown is None:
        return
    assert "".join(without(shown, "ins").split()) == "".join(" ".join(before).split())
    assert "".join(without(shown, "del").split()) == "".join(" ".join(after).split())


def test_what_is_shown_and_what_is_not() -> None:
    text = ["Two tugs wait for the pilot inside the mole."]
    assert changes(panel(text), panel(text)) == (None, "none")
    other = panel(["Nothing at all of it stays."])
    assert changes(panel(text), other) == (None, "few")
    shown, _why = changes(panel(text), panel(["Two tugs wait for a pilot inside the mole."]))
    assert shown is not None
    assert [(node["tag"], node.astext()) for node in shown.findall(revguide_span)] == [
        ("del", "the"),
        ("ins", "a"),
    ]


def edits(before: str, after: str) -> list[tuple[str, str]]:
    shown, _why = changes(panel([before]), panel([after]))
    assert shown is not None
    return [(node["tag"], node.astext()) for node in shown.findall(revguide_span)]


def test_words_replaced_in_a_row_are_one_edit() -> None:
    assert edits(
        "The gangway lowers in thirty seconds and everything passes as the team expected.",
        "The gangway lowers in thirty seconds since its fourth try, as the team expected.",
    ) == [("del", "and everything passes"), ("ins", "since its fourth try,")]


def test_a_word_that_stays_between_longer_edits_belongs_to_them() -> None:
    assert edits(
        "All tugs wait outside the mole for the old pilot boat to return, and nobody asks why.",
        "All tugs sail far beyond the green light of a buoy to return, and nobody asks why.",
    ) == [
        ("del", "wait outside the mole for the old pilot boat"),
        ("ins", "sail far beyond the green light of a buoy"),
    ]


def test_a_word_that_stays_between_single_words_stays() -> None:
    assert edits(
        "Two tugs wait for the pilot inside the mole.", "Two tugs wait for a pilot at the mole."
    ) == [
        ("del", "the"),
        ("ins", "a"),
        ("del", "inside"),
        ("ins", "at"),
    ]


def test_lines_that_are_wrapped_differently_are_one_paragraph() -> None:
    def lines(*texts: str) -> nodes.container:
        block = nodes.line_block("", *(nodes.line(text, text) for text in texts))
        return nodes.container("", nodes.container("", block))

    shown, _why = changes(
        lines("Two tugs wait", "for the pilot inside the mole."),
        lines("Two tugs wait for a", "pilot inside the mole."),
    )
    assert shown is not None
    assert next(node.astext() for node in shown.findall(nodes.paragraph)) == (
        "Two tugs wait for thea pilot inside the mole."
    )
