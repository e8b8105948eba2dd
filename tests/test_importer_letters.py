"""Letters: bold heads, fields in brackets, and passages and locks in sentences."""

from __future__ import annotations

import pytest

from tests.importing import ONE_ISSUE, accounted, locked, pairs_by_issue, titles

LETTER = """\
Dear Ann,

I liked it. Here is what I would change.

**A. The stove is lit twice** (grave; two pages, pp. 3 and 9; saves some 40 words; one morning)

First you light it, and then you describe it.

You write on page 3: “The stove had been lit by somebody before.”

I would print: “Bo had lit the stove.”

*What the reader loses: the beginning of the day.*

**B. The soup is cold** (tiresome; the whole end; saves nothing; 20 minutes)

It was hot on page 4.

You write: “The soup, as was said, was by now rather cold.” I would move that up and say: “The soup
was cold.”

You write: “All the same, they ate it in the end.” Strike it; nothing is lost.

*What the reader loses: his appetite, and his trust.*

**C. The dog is called Tom and Tim** (small; 9 times)

You write: “Tim barked at Tom, who was himself.” I would print: “Tom barked at himself.”

Please do not touch the following: (1) the letter of the aunt; (2) the word “stove”; and (3) the
last line, which made me laugh.

It should measure this at the end. No more than 900 words. One dog.

Yours, Bo
"""


def test_a_letter_with_bold_heads_remarks_and_passages_in_its_sentences() -> None:
    guide = accounted(LETTER)
    assert titles(guide) == [
        "The stove is lit twice", "The soup is cold", "The dog is called Tom and Tim",
    ]  # fmt: skip
    assert pairs_by_issue(guide) == [
        [("The stove had been lit by somebody before.", "Bo had lit the stove.")],
        [
            ("The soup, as was said, was by now rather cold.", "The soup was cold."),
            ("All the same, they ate it in the end.", "[Strike it; nothing is lost.]"),
        ],
        [("Tim barked at Tom, who was himself.", "Tom barked at himself.")],
    ]
    assert [one.issue.frequency for one in guide.issues] == [
        "two pages, pp. 3 and 9", "the whole end", "9 times",
    ]  # fmt: skip
    assert guide.issues[1].why == "his appetite, and his trust."
    assert "**Impact:** tiresome" in [note.text for note in guide.issues[1].notes]


def test_a_sentence_lists_what_must_stay_below_the_last_issue() -> None:
    guide = accounted(LETTER)
    assert locked(guide) == [
        "the letter of the aunt", "the word “stove”", "the last line, which made me laugh",
    ]  # fmt: skip
    assert "No more than 900 words" in guide.other[-1].text


@pytest.mark.parametrize(
    "text",
    [
        "Please keep the ferry: it is late; nobody minds.",
        "The bells ring: early; late; and in between.",
        "Do not touch the rope: it is wet, it is old and it is ours.",
    ],
)
def test_other_sentences_list_nothing_that_must_stay(text: str) -> None:
    assert locked(accounted(f"# Notes\n\n{text}\n\n{ONE_ISSUE}")) == []
