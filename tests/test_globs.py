"""Globs of chapters mean what they mean in a toctree."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sphinx.util.matching import compile_matchers

from sphinxext_revguide.text.globs import matching


@pytest.mark.filterwarnings("ignore:Possible .* at position:FutureWarning")
@settings(max_examples=1500)
@given(st.text("ab-/*?[]!", min_size=1, max_size=7), st.text("ab-/]!", max_size=5))
def test_a_glob_matches_what_it_matches_for_sphinx(glob: str, docname: str) -> None:
    assume("[!]" not in glob)  # Sphinx ends the set there
    try:
        (matches,) = compile_matchers([glob])
    except re.error:
        assume(False)
    assert matching([glob], [docname]) == ([docname] if matches(docname) else [])


@pytest.mark.parametrize(
    ("glob", "matched"),
    [
        ("part-[12]", ["part-1", "part-2"]),
        ("part-[1-3]", ["part-1", "part-2"]),
        ("part-[!12]", ["part-x"]),
        ("part-[2-1]", []),
        ("part-?", ["part-1", "part-2", "part-x"]),
        ("*", ["part-1", "part-2", "part-x"]),
        ("**", ["part-1", "part-2", "part-x", "deep/part-1"]),
    ],
)
def test_what_a_glob_matches(glob: str, matched: list[str]) -> None:
    assert matching([glob], ["part-1", "part-2", "part-x", "deep/part-1"]) == matched
