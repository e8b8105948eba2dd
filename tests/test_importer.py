"""The importer: a guide with piped fields, and any text: nothing is lost."""

from __future__ import annotations

import json

import pytest

from sphinxext_revguide.estimates import Reduction, Size, Span
from sphinxext_revguide.importer import (
    NotAGuideError,
    as_json,
    print_myst,
    read_guide,
)
from sphinxext_revguide.model import Impact
from tests.importing import DATA, guide_of, lost_lines, reported, texts

# A guide with piped fields


def test_header_fields_become_the_guides_figures() -> None:
    guide = guide_of("harbour.guide.md").guide
    assert guide.id == "harbour"
    assert guide.title == "Harbour chapter 3 revision guide"
    assert guide.line == 1
    assert guide.baseline == Size(bytes=12000, lines=1240, content_lines=310)
    assert guide.reduction == Reduction(20, 25)
    assert guide.effort == Span(10, 12)


def test_piped_fields_and_lone_fields_of_an_issue() -> None:
    first, second, third = (issue.issue for issue in guide_of("harbour.guide.md").issues)
    assert [issue.number for issue in (first, second, third)] == [1, 2, 3]
    assert first.title == "Berth Tables, from `slots` to Skippers"
    assert first.line == 32
    assert first.impact is Impact.CRITICAL
    assert first.frequency == "3-4 tables"
    assert first.reduction == Reduction(40, 45)
    assert first.effort == Span(2, 3)
    assert second.effort == Span(0.75, 0.75)
    assert third.impact is Impact.MEDIUM_HIGH
    assert third.effort is None


def test_problem_and_reason_come_without_their_labels() -> None:
    first = guide_of("harbour.guide.md").issues[0]
    assert first.problem == "Every berth is listed, and nobody is seen mooring."
    assert first.why == "A reader who has felt the keel touch remembers the depth."
    assert first.notes == ()


def test_samples_are_exact_and_know_their_lines() -> None:
    text = (DATA / "harbour.guide.md").read_text(encoding="utf-8")
    for issue in guide_of("harbour.guide.md").issues:
        for pair in issue.issue.pairs:
            for sample in filter(None, (pair.before, pair.after)):
                height = sample.text.count("\n") + 1
                lines = text.split("\n")[sample.line - 1 : sample.line - 1 + height]
                assert "\n".join(lines) == sample.text
    first = guide_of("harbour.guide.md").issues[0].issue.pairs[0]
    assert first.before is not None
    assert first.after is not None
    assert (first.before.label, first.before.line) == ("Harbour Master Style", 39)
    assert (first.after.label, first.after.line) == ("Seen from the Boat", 52)
    assert first.before.text.startswith("**Berths on the north quay**\n\n| Berth")


def test_a_file_that_ends_at_the_after_says_so() -> None:
    guide = guide_of("harbour.guide.md")
    (pair,) = guide.issues[2].issue.pairs
    assert pair.after is None
    assert pair.missing == "the file ends at line 98"
    assert ":missing: the file ends at line 98" in print_myst(guide)
    assert any("AFTER is missing" in message for message in reported(guide, 98))


def test_locked_items_keep_their_phrases() -> None:
    locks = guide_of("harbour.guide.md").locks
    assert [lock.line for lock in locks] == [24, 25, 26]
    assert locks[0].text == "The tide table of `Port Ellery`"
    assert locks[0].phrases == ("Port Ellery",)
    assert locks[2].phrases == ()
    assert {lock.guide for lock in locks} == {"harbour"}


def test_problems_are_reported_with_their_lines() -> None:
    guide = guide_of("harbour.guide.md")
    assert any(
        "counts 4 issues, but the importer found 3" in entry for entry in reported(guide, 30)
    )
    assert any("'Tidal' is unknown" in entry for entry in reported(guide, 67))
    assert any("longer than its BEFORE (19 and 4 words)" in entry for entry in reported(guide, 78))
    (hours,) = reported(guide, 7)
    assert "2.75-3.75 h (2 of 3 issues" in hours
    assert "10-12 h" in hours


def test_an_unknown_impact_stays_visible_as_text() -> None:
    printed = print_myst(guide_of("harbour.guide.md"))
    assert "\n**Impact:** Tidal | **Frequency:** 2 calls | **Reduction:** 10%\n" in printed


def test_the_page_has_the_shape_that_authors_write() -> None:
    printed = print_myst(
        read_guide(
            (DATA / "harbour.guide.md").read_text(encoding="utf-8"),
            guide_id="tides",
            chapter="coast/tides",
        )
    )
    assert printed.startswith(
        "# Harbour chapter 3 revision guide\n\n````{revision-guide} tides\n"
        ":chapters: coast/tides\n"
        ":baseline: 12 KB, 1240 lines, 310 content lines\n"
        ":reduction: 20-25%\n"
        ":effort: 10-12 h\n\n"
    )
    assert "\n## Locked editorial preferences\n" in printed
    assert "\n```{locked-preserve}\n- ✅ The tide table of `Port Ellery`\n" in printed
    # A title with backticks needs an opening of tildes.
    assert "\n~~~~~{revision-issue} Berth Tables, from `slots` to Skippers\n:number: 1\n" in printed
    assert (
        "\n`````{revision-issue} Radio Calls Without Voices\n"
        ":number: 2\n:frequency: 2 calls\n:reduction: 10%\n:effort: 45 min\n:status: open\n"
    ) in printed
    assert (
        "\n````{before-after}\n:before: Form\n:after: Spoken\n\n"
        "Call sign, position, request.\n\n+++\n\n"
    ) in printed


def test_a_separator_line_in_a_sample_gets_a_longer_separator() -> None:
    printed = print_myst(guide_of("harbour.guide.md"))
    assert printed.count(":separator: ++++\n") == 1
    assert "\n\n++++\n\n**N1, at dusk**" in printed


# Any text


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ends: str) -> None:
    text = (DATA / "harbour.guide.md").read_text(encoding="utf-8")
    other = read_guide("\ufeff" + text.replace("\n", ends), name="harbour.guide.md")
    assert print_myst(other) == print_myst(guide_of("harbour.guide.md"))
    assert other.problems == guide_of("harbour.guide.md").problems


def test_a_form_feed_does_not_move_lines() -> None:
    text = "# T\n\x0c\n\x0c### ISSUE #1: T\n### ISSUE #2: U\n**BEFORE:**\n```\na\x0cb\n```\n"
    guide = read_guide(text)
    assert guide.issues[-1].issue.line == 4
    assert texts(guide.issues[-1].issue.pairs[0])[0] == "a\x0cb"
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "# A chapter\n\nText.\n", "### ISSUE #1: T\n\nNo sample.\n", "```\n"]
)
def test_what_is_not_a_guide(text: str) -> None:
    with pytest.raises(NotAGuideError, match="expected"):
        read_guide(text)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"guide_id": "my id"}, "my-id"),
        ({"name": "tides.guide.md", "chapter": "coast/tide"}, "tides"),
        ({"name": "guide.md", "chapter": "coast/tide"}, "tide"),
        ({"name": "feedback.md", "chapter": "coast/tide"}, "tide"),
        ({"name": "stdin", "chapter": "coast/tide"}, "tide"),
        ({}, "chapter-4"),
    ],
)
def test_what_a_guide_is_called(arguments: dict[str, str], expected: str) -> None:
    text = "# Chapter 4\n### ISSUE #1: T\n**BEFORE:**\n```\na\n```\n"
    assert read_guide(text, **arguments).guide.id == expected


@pytest.mark.parametrize("name", ["harbour.guide.md", "library.patterns.md", "museum.hostile.md"])
def test_no_line_is_lost(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert lost_lines(text, print_myst(guide_of(name), provenance=True)) == []


def test_json_is_complete_and_deterministic() -> None:
    found = as_json(guide_of("harbour.guide.md"))
    assert list(found) == ["guides", "issues", "locks", "other", "problems", "lines"]
    assert json.dumps(found) == json.dumps(as_json(guide_of("harbour.guide.md")))
    first, _, third = found["issues"]
    assert first["reduction"] == {"min": 40, "max": 45, "unit": "percent"}
    assert first["effort_hours"] == {"min": 2, "max": 3}
    assert first["before"] == first["samples"][0]["before"]
    assert first["samples"][0]["before_label"] == "Harbour Master Style"
    assert first["samples"][0]["before_line"] == 39
    assert first["samples"][0]["after_line"] == 52
    assert third["after"] is None
    assert found["guides"][0]["baseline"] == {
        "bytes": 12000, "lines": 1240, "content_lines": 310, "words": None,
    }  # fmt: skip
    assert {tuple(problem) for problem in found["problems"]} == {("line", "message")}


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_line_that_myst_breaks_is_shown_letter_by_letter(mark: str) -> None:
    """In a directive, what follows the mark would begin a line: a comment that nobody sees."""
    reported = f"It stays.{mark}% It would vanish."
    samples = "**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```\nb\n```\n"
    text = f"# G\n\n### ISSUE #1: T\n\n{reported}\n\n{samples}"
    assert f"```text\n{reported}\n```" in print_myst(read_guide(text))
