"""Random editors and authors change a guide and its page; nothing of either is lost.

``REVGUIDE_FUZZ=100`` tries a hundred times as many.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.update import update_page
from sphinxext_revguide.markup.page_blocks import ISSUE, every_block, read_page
from tests.fuzzing import PIECES, fuzz
from tests.harbour_guide import FIRST
from tests.updating import authored, edited, words_in

FOLDERS = [Path(__file__).parent / name for name in ("guides", "importer_data")]
GUIDES = [FIRST, *(path.read_text("utf-8") for f in FOLDERS for path in sorted(f.glob("*.md")))]
SEEDS = st.integers(0, 2**32)


@cache
def imported(text: str) -> str:
    return print_myst(with_patterns(read_guide(text, name="guide.md")))


def current_titles(page: str) -> list[str]:
    """Return the titles of the issues that a page does not mark as withdrawn."""
    issues = [block for block in every_block(read_page(page).blocks) if block.name == ISSUE]
    return [issue.title for issue in issues if "withdrawn" not in issue.options]


def drawn(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- the same edits every time


def check(draw: Random, *, with_base: bool) -> None:
    """Let both change a guide, and merge what they have made of it."""
    guide = draw.choice(GUIDES)
    first = imported(guide)
    base = first if with_base else ""
    page = authored(draw, first, additions=not with_base)
    assert update_page(page, first, base)[0] == page, "the same guide changes no byte"
    new = imported(edited(draw, guide))
    merged, reported = update_page(page, new, base)
    assert update_page(merged, new, base)[0] == merged, f"twice is once: {reported}"
    for side, text in (("author", page), ("editor", new)):
        assert set(words_in(text)) <= set(words_in(merged)), f"the {side} lost words: {reported}"
    if not with_base:
        assert current_titles(new) == [
            title for title in current_titles(new) if title in current_titles(merged)
        ]
        assert len(current_titles(merged)) == len(current_titles(new))


@fuzz(60)
@given(SEEDS)
def test_a_merge_loses_nothing(seed: int) -> None:
    check(drawn(seed), with_base=False)


@fuzz(60)
@given(SEEDS)
def test_a_merge_with_the_earlier_version_loses_nothing(seed: int) -> None:
    check(drawn(seed), with_base=True)


@fuzz(200)
@given(SEEDS)
def test_a_page_is_printed_as_it_was_read(seed: int) -> None:
    draw = drawn(seed)
    ends = ["\n", "\n\n", "\r\n", "\r", "\n \n"]
    page = "".join(draw.choice(PIECES) + draw.choice(ends) for _ in range(draw.randrange(30)))
    assert read_page(page).print() == page


@pytest.mark.parametrize("seed", [30, 46, 142, 187, 230, 263, 2**32])
def test_seeds_that_once_failed(seed: int) -> None:
    for with_base in (False, True):
        check(drawn(seed), with_base=with_base)
