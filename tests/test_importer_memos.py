"""Memos, letters and notes: headings, sentences and toggles say what is what."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.model import Impact
from tests.importing import accounted, locked, pairs_by_issue, titles

# Memos: the parts of an issue are headings below it

MEMO = """\
# MEMO

**TO:** Ines
**FROM:** Berta
**DATE:** 4 May
**RE:** the chapter of the lock

## {head} 1: The gate

### {problem}

Nobody opens it.

### {before}

"The gate is opened."

### {after}

"Berta opens the gate."

### Expected effect

Good.

## {head} 2: The bell

### {problem}

It rings all night.

### {before}

Not quoted, as it is everywhere.

### Proposed action

Let it ring twice, and say so in each section.
"""


@pytest.mark.parametrize("head", ["Item", "Point", "Comment", "Issue"])
@pytest.mark.parametrize(
    ("problem", "before", "after"),
    [
        ("Problem", "Current text", "Proposed text"),
        ("Concern", "Existing wording", "Suggested wording"),
        ("What is wrong", "Reads now", "Should read"),
        ("Issue", "Original", "Revised"),
    ],
)
def test_headings_below_an_issue_are_its_parts(
    head: str, problem: str, before: str, after: str
) -> None:
    guide = accounted(MEMO.format(head=head, problem=problem, before=before, after=after))
    assert guide.guide.title == "MEMO"
    assert titles(guide) == ["The gate", "The bell"]
    assert pairs_by_issue(guide)[0] == [("The gate is opened.", "Berta opens the gate.")]
    ((pair,),) = [issue.issue.pairs for issue in guide.issues[1:]]
    assert pair.before is not None
    assert pair.after is not None
    assert pair.before.instruction
    assert pair.after.instruction


def test_the_head_of_a_letter_is_no_pair() -> None:
    guide = accounted(
        MEMO.format(head="Item", problem="Problem", before="Current", after="Revised")
    )
    assert not [problem for problem in guide.problems if problem.subtype == "outside"]


def test_an_issue_without_a_label_is_read_between_two_that_have_samples() -> None:
    diff = "```diff\n- {}\n+ {}\n```\n"
    guide = accounted(
        f"# Changes\n\n## 1. Gate\n\n{diff.format('a b', 'c d')}\n## 2. Bell\n\nRing it "
        f"twice.\n\n## 3. Box\n\n{diff.format('e f', 'g h')}\n## 4. Thanks\n\nTo all.\n"
    )
    assert titles(guide) == ["Gate", "Bell", "Box"]


# Letters and notes: a sentence announces what is quoted

POINTS = """\
Dear Ines,

thank you for the chapter.

1. **The gate.** Nobody opens it. {before}

   > The gate is opened.

   {after}

   > Berta opens the gate.

2. **The bell.** It is in there too often. {before}

   > It rings.

   {after}

   > It rings twice.

   That is all.

3. **The word "tide".** Please strike it.

Be well,

Berta
"""


@pytest.mark.parametrize(
    "before",
    ["Where you have", "At present it reads:", "You write:", "I refer to this one:", "Instead of"],
)
@pytest.mark.parametrize(
    "after", ["I should put", "May I suggest:", "let us have", "Better:", "How about:", "If so:"]
)
@pytest.mark.parametrize("margin", [True, False])
def test_sentences_announce_the_quotations_of_a_letter(
    before: str, after: str, margin: bool
) -> None:
    text = POINTS.format(before=before, after=after)
    guide = accounted(text if margin else text.replace("\n   ", "\n"))
    assert titles(guide) == ["The gate", "The bell", 'The word "tide"']
    assert pairs_by_issue(guide) == [
        [("The gate is opened.", "Berta opens the gate.")],
        [("It rings.", "It rings twice.")],
        [],
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("An old song:", "And another one:"),
        ("I would write", "Where you have"),
        ("You write:", "And you write:"),
    ],
)
def test_quotations_of_other_sentences_stay_text(first: str, second: str) -> None:
    gate, bell = POINTS.split("2. ")
    known = gate.format(before="You write:", after="Better:")
    guide = accounted(f"{known}2. {bell.format(before=first, after=second)}")
    assert pairs_by_issue(guide) == [[("The gate is opened.", "Berta opens the gate.")], [], []]


TOGGLES = """\
# Notes for Ines

<aside>
👋 Open them one by one.

</aside>

## First

<details>
<summary><strong>The gate</strong></summary>

Now it says:

> The gate is opened.

Better:

> Berta opens the gate.

**Impact:** huge

</details>

<details>
<summary>The bell</summary>

It rings all night.

**Time to fix:** 20 min

</details>

<details><summary>Thanks</summary>
To all.
</details>

<aside>
🔒 **Don't touch**

- the story of the tide
- the table

</aside>

- [ ] Send it back
"""


def test_toggles_are_issues_and_callouts_say_what_must_stay() -> None:
    guide = accounted(TOGGLES)
    assert titles(guide) == ["The gate", "The bell"]
    assert pairs_by_issue(guide) == [[("The gate is opened.", "Berta opens the gate.")], []]
    assert [issue.issue.impact for issue in guide.issues] == [Impact.HIGH, None]
    assert guide.issues[1].issue.effort == Span(1 / 3, 1 / 3)
    assert locked(guide) == ["the story of the tide", "the table"]
    assert "Thanks" in [section.title for section in guide.other]


def test_toggles_inside_an_issue_are_its_samples() -> None:
    guide = accounted(
        "# G\n\n### Issue 1: Bells\n\n<details><summary>Before</summary>\n\n> old\n\n</details>\n\n"
        "<details>\n<summary>After</summary>\n\n> new\n\n</details>\n"
    )
    assert pairs_by_issue(guide) == [[("old", "new")]]
