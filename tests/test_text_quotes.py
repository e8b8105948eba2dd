"""Where words stand that a reader quoted from a page."""

from __future__ import annotations

import pytest

from sphinxext_revguide.text.text_quote import place_of_quote
from sphinxext_revguide.text.word_index import Source

PAGE = """\
# The harbour

The gangway lowers in 30 seconds since
its *fourth* try. Nobody waits.

Every boat waits for the pilot, and the pilot waits for the tide before noon.

At night the gangway lowers in 30 seconds too.
"""
SOURCES = [Source("harbour.md", PAGE)]


def test_line_breaks_and_markup_make_no_difference() -> None:
    found = place_of_quote("30 seconds since its fourth try.", "lowers in ", " Nobody", SOURCES)
    assert found == ("harbour.md", 3, True)


@pytest.mark.parametrize(
    ("prefix", "suffix", "line"),
    [("The ", " since its", 3), ("night the ", " too. ", 8), ("", "", 3)],
)
def test_the_words_around_tell_two_places_apart(prefix: str, suffix: str, line: int) -> None:
    found = place_of_quote("gangway lowers in 30 seconds", prefix, suffix, SOURCES)
    assert found == ("harbour.md", line, True)


def test_small_edits_are_followed_and_said() -> None:
    quoted = "Every single boat waits for the pilot, and the pilot waits for a tide before noon."
    assert place_of_quote(quoted, "", "", SOURCES) == ("harbour.md", 6, False)


@pytest.mark.parametrize("exact", ["The lighthouse keeper counts ships from his tower", "", "…"])
def test_words_that_are_gone_have_no_place(exact: str) -> None:
    assert place_of_quote(exact, "The ", " since", SOURCES) is None
