"""Of matches that lie over each other: which one is reported."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from sphinxext_revguide.patterns.language import Library, Match, Pattern, Reasons
from sphinxext_revguide.patterns.overlaps import (
    CLEARLY,
    resolve_overlaps,
    without_introductions,
)
from sphinxext_revguide.patterns.standalone_page import outline_of_page

LIBRARY = Library(
    {
        "a": Pattern("a", "A", "", "", "", yields_to=()),
        "b": Pattern("b", "B", "", "", "", yields_to=("a",)),
        "c": Pattern("c", "C", "", "", "", yields_to=("b",)),
        "d": Pattern("d", "D", "", "", "", yields_to=("e",)),
        "e": Pattern("e", "E", "", "", "", yields_to=("d",)),
    },
    {},
)


def match(
    pattern: str,
    lines: tuple[int, int] = (1, 9),
    *,
    score: float = 2.0,
    source: str = "page.md",
    preference: int = 0,
    subject: float | None = None,
    term: str = "",
    members: tuple[int, ...] = (),
) -> Match:
    return Match(
        pattern, source, *lines, str, Reasons, score, 1.0, "", "", preference, subject, term,
        members, bool(members),
    )  # fmt: skip


def reported(*matches: Match) -> list[Match]:
    """Return what is reported, by pattern; the order of the matches does not matter."""
    found = [
        sorted(resolve_overlaps(order, LIBRARY), key=lambda match: match.pattern)
        for order in permutations(matches)
    ]
    assert all(section == found[0] for section in found)
    return found[0]


def test_one_yields_where_lines_are_shared() -> None:
    a, b = match("a", (1, 4)), match("b", (4, 9))
    assert reported(a, b) == [a]


@pytest.mark.parametrize(
    "other", [match("b", (5, 9)), match("b", (1, 4), source="part.md"), match("b", term="tide")]
)
def test_what_does_not_overlap_is_reported_as_well(other: Match) -> None:
    a = match("a", (1, 4))
    assert reported(a, other) == [a, other]


def test_what_is_beaten_beats_nothing() -> None:
    a, b, c = match("a"), match("b"), match("c")
    assert reported(a, b, c) == [a, c]
    assert reported(b, c) == [b]


def test_of_two_that_yield_to_each_other_the_better_is_reported() -> None:
    assert reported(match("d", score=2), match("e", score=3)) == [match("e", score=3)]


def test_of_one_pattern_the_preferred_shape_then_the_score_then_the_place() -> None:
    first = match("a", (1, 5), preference=0, score=1)
    assert reported(first, match("a", (4, 8), preference=1, score=9)) == [first]
    better = match("a", (4, 8), score=2)
    assert reported(match("a", (1, 5), score=1), better) == [better]
    assert reported(match("a", (4, 8)), match("a", (1, 5))) == [match("a", (1, 5))]


def test_of_two_equal_matches_the_first_is_reported() -> None:
    first = match("a", members=(1,))
    second = replace(first, subject=1.0)
    for found in ([first, second], [second, first]):
        assert [*resolve_overlaps(found, LIBRARY)] == found[:1]


@pytest.mark.parametrize(("more", "expected"), [(0.1, "c"), (0.0, "b"), (-9.0, "b")])
def test_who_is_clearly_more_of_its_subject_need_not_yield(more: float, expected: str) -> None:
    b, c = match("b", subject=1.0), match("c", subject=1.0 + CLEARLY + more)
    assert [entry.pattern for entry in reported(b, c)] == [expected]


def test_who_yields_to_none_loses_to_what_is_clearly_more_of_its_subject() -> None:
    a, d = match("a", subject=1.0), match("d", subject=1.1 + CLEARLY)
    assert reported(a, d) == [d]


def test_without_a_subject_none_is_more_of_it() -> None:
    a, c = match("a", subject=9.0), match("c")
    assert reported(a, c) == [a, c]


def test_whole_sections_overlap_where_they_share_one() -> None:
    a, b = match("a", (1, 4), members=(1, 2)), match("b", (6, 9), members=(2, 3))
    assert reported(a, b) == [a]
    b = match("b", (4, 9), members=(3,))
    assert reported(a, b) == [a, b]
    assert reported(a, match("b", (3, 3))) == [a]  # a paragraph inside
    assert reported(a, match("b", (8, 9), members=(1, 2))) == [a]
    assert reported(match("b", (1, 9), members=(1,)), match("a", (1, 4))) == [match("a", (1, 4))]


def test_a_section_overlaps_what_it_includes() -> None:
    section = match("b", (1, 9), members=(1,))
    inside = replace(match("a", (40, 44), source="part.md", members=(1,)), whole_sections=False)
    elsewhere = replace(inside, members=(2,))
    assert reported(section, inside) == [inside]
    assert reported(section, elsewhere) == [elsewhere, section]
    assert reported(replace(section, term="tide"), inside) == [
        inside,
        replace(section, term="tide"),
    ]
    same_file = replace(elsewhere, source="page.md")
    assert reported(section, same_file) == [same_file, section]


@pytest.mark.parametrize(
    ("pattern", "strict", "lead", "kept"),
    [
        ("a", 9.0, 2 * CLEARLY, 1),
        ("a", 9.0, CLEARLY, 2),  # not clearly better
        ("a", 1.0, 2 * CLEARLY, 2),  # the strict limit finds the introduction, too
        ("b", 9.0, 2 * CLEARLY, 2),
    ],
)
def test_an_introduction_is_left_out_where_its_subsection_is_clearly_better(
    pattern: str, strict: float, lead: float, kept: int
) -> None:
    text = "# Page\n\n## Checks\n\nThese were made.\n\n### Gangway\n\nAll passed.\n"
    outline = outline_of_page(Path("page.md"), text)
    titles = [section.title for section in outline.sections]
    above, below = titles.index("Checks"), titles.index("Gangway")
    introduction = replace(match("a", (1, 3), members=(above,)), score=1.0, strict=strict)
    subsection = replace(match(pattern, (5, 7), members=(below,)), score=1.0 + lead, strict=strict)
    assert [*without_introductions([introduction, subsection], outline)] == (
        [introduction, subsection][2 - kept :]
    )


@pytest.mark.parametrize("kind", ["table", "two sections", "no title", "other term", "tables"])
def test_only_a_section_is_an_introduction_and_to_sections(kind: str) -> None:
    text = "Before.\n\n# Page\n\n## Checks\n\nThese.\n\n### Gangway\n\nAll passed.\n"
    outline = outline_of_page(Path("page.md"), text)
    titles = [section.title for section in outline.sections]
    first, above, below = 0, titles.index("Checks"), titles.index("Gangway")
    over = replace(match("a", (5, 7), members=(above,)), score=1.0, strict=9.0)
    under = replace(match("a", (9, 11), members=(below,)), score=9.0, strict=9.0)
    changed = {
        "table": (replace(over, whole_sections=False), under),
        "two sections": (replace(over, members=(above, below)), under),
        "no title": (replace(over, members=(first,)), under),
        "other term": (over, replace(under, term="tide")),
        "tables": (over, replace(under, whole_sections=False)),
    }
    found = changed[kind]
    kept = [*without_introductions(found, outline)]
    assert kept == ([under] if kind == "no title" else [*found])


def test_what_only_a_beaten_match_beats_beats_others_again() -> None:
    first, second = match("a", (1, 5), score=5), match("a", (4, 10), score=4)
    b, c = match("b", (8, 12), score=2), match("c", (11, 15), score=3)
    assert reported(second, b) == [second]
    assert reported(b, c) == [b]
    assert reported(first, second, b, c) == [first, b]


def test_what_one_of_two_beats_stays_beaten_when_the_other_is_gone() -> None:
    a, gone, here = match("a", (1, 9), score=5), match("b", (8, 12)), match("b", (14, 20))
    c = match("c", (11, 15), score=3)
    assert reported(a, gone, here, c) == [a, here]
