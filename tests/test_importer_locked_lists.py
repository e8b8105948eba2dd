"""What must stay: below a heading, a sentence, or the last issue."""

from __future__ import annotations

import pytest

from tests.importing import ONE_ISSUE, SAMPLES, accounted, locked, pairs_by_issue, read, titles

ITEMS = "- the story of the tide\n- the table\n"


@pytest.mark.parametrize(
    "announcement",
    [
        "And now the rest. Please leave these exactly as they stand:",
        "Some passages must not be altered:",
        "**Please leave alone, even if somebody complains:**",
        "The following remain as they are:",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_sentence_announces_what_must_stay(announcement: str, place: str) -> None:
    own = f"{announcement}\n\n{ITEMS}\n"
    guide = accounted(
        f"# G\n\n{own if place == 'above' else ''}{ONE_ISSUE}\n{own * (place == 'below')}"
    )
    assert locked(guide) == ["the story of the tide", "the table"]
    assert titles(guide) == ["Bells"]


@pytest.mark.parametrize(
    "announcement", ["I leave the order to you:", "It remains to be said:", "These must change:"]
)
def test_another_sentence_above_a_list_announces_nothing(announcement: str) -> None:
    guide = accounted(f"# G\n\n{announcement}\n\n{ITEMS}\n{ONE_ISSUE}")
    assert locked(guide) == []


@pytest.mark.parametrize("marks", [("(a)", "(b)"), ("(i)", "(ii)"), ("(1)", "(2)")])
def test_lettered_paragraphs_are_items(marks: tuple[str, str]) -> None:
    first, second = marks
    guide = accounted(
        f"# G\n\n{ONE_ISSUE}\n## Not to be altered\n\nThe following stay:\n\n{first} the tide;\n\n"
        f"{second} the table.\n\n## End\n\n{first} no more\n"
    )
    assert locked(guide) == [f"{first} the tide;", f"{second} the table."]


OUTLINE = """\
# Outline

- **A. Order**
  - **A1. The gate**
    - Old: "The gate is opened."
    - New: "Berta opens the gate."
    - Effort: ten minutes
  - **A2. The bell**
    - Old: "It rings."
    - New: "It rings twice."
- **B. What remains as it is**
  - B1. The story of the tide.
- **C. Order of work**
  - First A2
"""


def test_an_outline_ends_with_what_must_stay() -> None:
    guide = accounted(OUTLINE)
    assert titles(guide) == ["The gate", "The bell"]
    assert locked(guide) == ["B1. The story of the tide."]
    assert [section.title for section in guide.other][-1] == "C. Order of work"


# Locks in a section below the last issue, and samples that everyday words announce

REMARKS = """\
# Remarks

## 1. The gate

Nobody opens it.

{before}

> The gate is opened.

{after}

> Berta opens the gate.

---

### {heading}

- The bell in the fog
- The last page
"""


@pytest.mark.parametrize(
    ("before", "after"), [("*Reads:*", "*Change to:*"), ("*You have:*", "*What about:*")]
)
@pytest.mark.parametrize("heading", ["Please leave these alone", "Left alone on request"])
def test_what_stays_is_listed_below_the_last_issue(before: str, after: str, heading: str) -> None:
    guide = accounted(REMARKS.format(before=before, after=after, heading=heading))
    assert pairs_by_issue(guide) == [[("The gate is opened.", "Berta opens the gate.")]]
    assert locked(guide) == ["The bell in the fog", "The last page"]


@pytest.mark.parametrize(
    "heading",
    ["What I do not want touched", "I would not like these changed", "I don't want to see it cut"],
)
def test_what_an_editor_does_not_want_changed(heading: str) -> None:
    guide = read(f"# Guide\n\n### Issue 1: Bells\n\n{SAMPLES}\n## {heading}\n\n- The map.\n")
    assert [lock.text for lock in guide.locks] == ["The map."]
