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
from sphinxext_revguide.importer.editor_changes import only_changes
from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.update import update_page, update_pages
from sphinxext_revguide.importer.update_base import said_on
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


def check_export(draw: Random, *, with_record: bool) -> None:
    """Let an editor change an export while the author changes the page, and merge both."""
    # Without a record, lines that found no place are those of the export or those of the page.
    firsts = [imported(guide) for guide in GUIDES]
    first = draw.choice([page for page in firsts if with_record or "## Unplaced" not in page])
    export = to_markdown(first)
    said = [*said_on(first), *said_on(imported(export))]
    record = ExportRecord.of(said if with_record else [])

    def merged(page: str, new: str) -> tuple[str, list[str]]:
        changes = only_changes(page, new, imported, is_export=with_record)
        assert changes is not None
        page, _others, reported = update_pages(page, *changes, exported=record)
        return page, reported

    page = authored(draw, first, additions=not with_record)
    assert merged(page, imported(export))[0] == page, "an export that nobody changed"
    new = imported(edited(draw, export))
    once, reported = merged(page, new)
    assert merged(once, new)[0] == once, f"twice is once: {reported}"
    for side, text in (("author", page), ("editor", new)):
        assert set(words_in(text)) <= set(words_in(once)), f"the {side} lost words: {reported}"


@fuzz(20)
@given(SEEDS)
def test_a_merge_of_an_export_loses_nothing(seed: int) -> None:
    check_export(drawn(seed), with_record=True)


@fuzz(20)
@given(SEEDS)
def test_a_merge_of_an_export_without_its_record_loses_nothing(seed: int) -> None:
    check_export(drawn(seed), with_record=False)


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
