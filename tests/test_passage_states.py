"""What has become of locked passages, compared with what is recorded; plain data, no builds."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sphinxext_revguide.book.derived.locked_passages import (
    LOCK_FILE,
    PassageState,
    Recorded,
    difference,
    passage_states,
)
from sphinxext_revguide.files import MOST_REPORTED
from sphinxext_revguide.model import LockedPassage
from sphinxext_revguide.text.word_index import Source

MOLE = "The mole is long, and nobody walks it in a gale."
PIER = "Dues are paid at the customs house before noon."
LAMP = "The lamp was lit at dusk by the keeper of the light."


def locked(name: str, text: str, docname: str = "harbour", line: int = 4) -> LockedPassage:
    return LockedPassage(name, docname, f"{docname}.md", line, line + 2, text)


def states(
    passages: list[LockedPassage],
    recorded: Mapping[str, Recorded],
    chapters: Mapping[str, str] | None = None,
) -> list[PassageState]:
    """Compare passages with recorded ones, in chapters with these texts."""
    chapters = chapters or {"sea": "# Sea\n", "harbour": "# Harbour\n"}
    sources = {name: (Source(f"{name}.md", text),) for name, text in chapters.items()}
    return passage_states(passages, recorded, sources, {name: f"{name}.md" for name in chapters})


def in_brief(found: list[PassageState]) -> list[tuple[str, str, str, int]]:
    return [(state.name, state.state, state.path, state.line) for state in found]


RECORDED = {"mole": Recorded("harbour", MOLE)}


@pytest.mark.parametrize(
    ("passage", "state", "said"),
    [
        (locked("mole", MOLE), "kept", ""),
        (locked("mole", MOLE.replace("long", "short")), "edited", "“long,” is now “short,”"),
        (locked("mole", MOLE, "sea"), "moved", "has moved here from 'harbour'"),
        (locked("quay", MOLE), "renamed", "was called 'mole'"),
    ],
)
def test_the_state_of_a_passage(passage: LockedPassage, state: str, said: str) -> None:
    found = states([passage], RECORDED)
    assert in_brief(found) == [(passage.name, state, passage.path, 4)]
    assert said in found[0].message
    assert bool(found[0].message) == bool(said)
    assert ("put it back, or record it" in found[0].message) == (state == "edited")


def test_a_passage_that_is_not_recorded() -> None:
    [found] = states([locked("pier", PIER)], {})
    assert (found.state, found.what) == ("unrecorded", "locked passage 'pier' is not recorded")
    assert found.remedy == "record it with 'sphinx-revguide lock'"


def test_a_copy_of_a_passage_that_stays_is_not_renamed() -> None:
    found = states([locked("mole", MOLE), locked("copy", MOLE, "sea")], RECORDED)
    assert in_brief(found) == [
        ("copy", "unrecorded", "sea.md", 4), ("mole", "kept", "harbour.md", 4),
    ]  # fmt: skip


def test_a_passage_is_renamed_only_from_one_of_its_words() -> None:
    recorded = {"lamp": Recorded("sea", LAMP), **RECORDED}
    found = states([locked("quay", MOLE)], recorded)
    assert in_brief(found) == [
        ("lamp", "missing", "sea.md", 1),
        ("quay", "renamed", "harbour.md", 4),
    ]
    assert "was called 'mole'" in found[1].message


def test_a_passage_of_the_words_of_one_that_stays_is_missing() -> None:
    recorded = {"twin": Recorded("sea", MOLE), **RECORDED}
    found = states([locked("mole", MOLE)], recorded)
    assert [(state.name, state.state) for state in found] == [
        ("mole", "kept"), ("twin", "missing"),
    ]  # fmt: skip
    assert found[1].message.startswith(
        "locked passage 'twin' of 'sea' is missing; put it back, lock it again"
    )


def test_a_passage_that_is_no_longer_locked_is_looked_for_in_the_book() -> None:
    chapters = {"sea": f"# Sea\n\nText.\n\n{MOLE}\n", "harbour": f"# Harbour\n\n{MOLE}\n"}
    [found] = states([], RECORDED, chapters)
    assert (found.state, found.path, found.line) == ("unlocked", "harbour.md", 3)
    assert found.what == "passage 'mole' is no longer locked, but is still here"


def test_a_passage_of_a_page_that_is_gone_is_missing_from_the_file() -> None:
    assert in_brief(states([], {"mole": Recorded("gone", MOLE)})) == [
        ("mole", "missing", LOCK_FILE, 1)
    ]


def test_many_missing_passages_are_counted() -> None:
    recorded = {f"p{number:03}": Recorded("sea", LAMP) for number in range(MOST_REPORTED + 2)}
    *found, last = states([], recorded)
    assert len(found) == MOST_REPORTED
    assert {state.path for state in found} == {"sea.md"}
    assert in_brief([last]) == [(f"p{MOST_REPORTED:03}", "missing", LOCK_FILE, 1)]
    assert last.what == "2 more recorded passages are missing or no longer locked"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("a b c d e f g h", ""),
        ("a X c d e f g h", "“b” is now “X”"),
        ("a c d e f g h", "“b” is gone"),
        ("a b c d e f g h i j", "“i j” is new"),
        ("a X c Y e Z g h", "“b” is now “X”; “d” is now “Y”; “f” is now “Z”"),
        ("a X c Y e Z g W", "“b” is now “X”; “d” is now “Y”; “f” is now “Z”; and 1 more change"),
    ],
)
def test_changed_words_are_listed(new: str, said: str) -> None:
    assert difference("a b c d e f g h", new) == said


def test_differences_of_very_long_texts_are_not_listed() -> None:
    long = "word " * 20_000
    assert difference(long, f"{long} more") == "it is too long to list the differences"
