"""Guides whose editors call or order things in another way."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import print_myst, read_guide
from tests.importing import lost_lines, texts

HEAD = "# Revision guide for chapter 7\n\n"


def test_an_issue_may_have_its_samples_in_a_table_alone() -> None:
    text = (
        f"{HEAD}### Issue 1: Lamps\n\n| Before | After |\n|---|---|\n| All lit. | Nine did. |\n"
        "\n### Issue 2: Words\n\n| As drafted | Suggested fix |\n|---|---|\n| Soon | By Tuesday |\n"
    )
    guide = read_guide(text)
    found = [texts(pair) for issue in guide.issues for pair in issue.issue.pairs]
    assert found == [("All lit.", "Nine did."), ("Soon", "By Tuesday")]
    assert guide.problems == ()


def test_a_table_of_data_makes_no_guide() -> None:
    text = f"{HEAD}### Issue 1: Results\n\n| Boat | Time |\n|---|---|\n| A | 3 |\n"
    with pytest.raises(ValueError, match="not a revision guide"):
        read_guide(text)


def test_a_before_that_breaks_off_and_begins_again_needs_no_after() -> None:
    text = (
        f"{HEAD}## **EXAMPLE 1: CLOSING**\n\n### **BEFORE:**\n\n```markdown\nYou have reached\n\n"
        "## **EXAMPLE 1 (CONTINUED): CLOSING**\n\n### **BEFORE:**\n\n```markdown\nYou have reached "
        "the harbour.\n```\n\n### **AFTER:**\n\n```markdown\nThe rocks move.\n```\n"
    )
    guide = read_guide(text)
    assert len(guide.issues) == 1
    pairs = [texts(pair) for pair in guide.issues[0].issue.pairs]
    assert pairs == [("You have reached the harbour.", "The rocks move.")]
    assert not [problem for problem in guide.problems if "AFTER is missing" in problem.message]
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


def test_the_expected_time_is_the_effort() -> None:
    text = (
        f"{HEAD}### Issue 1: Labels\n**BEFORE:**\n```\nCrew 1.\n```\n**AFTER:**\n```\nWe.\n```\n"
        "**Expected Time:** 2-3 hours\n"
    )
    assert read_guide(text).issues[0].issue.effort == Span(2, 3)


@pytest.mark.parametrize("word", ["Suggested fix", "Recommendation", "Corrected", "Rewrite to"])
def test_other_words_for_the_after(word: str) -> None:
    text = (
        f"{HEAD}### Issue 1: Dates\n**Current text:**\n```\nIn 2012.\n```\n**{word}:**\n```\n"
        "In 2011.\n```\n"
    )
    assert texts(read_guide(text).issues[0].issue.pairs[0]) == ("In 2012.", "In 2011.")
