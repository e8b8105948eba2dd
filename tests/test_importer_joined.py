"""Guides whose fields stand apart from their issues, or in notations of their own."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import NotAGuideError, read_guide
from sphinxext_revguide.importer.recognise.heads import impact_above
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.model import Impact
from tests.importing import pairs_of, read

OLD = ("The pump was being started by us.", "It is very, very cold there.", "We went there by bus.")
NEW = ("We started the pump.", "It is cold there.", "We went by bus.")
TITLES = ("PUMPS", "COLD", "THE BUS")
PAIRS = list(zip(OLD, NEW, strict=True))

TYPED = """NOTES ON CHAPTER TWO

Hello.


LEAVE ALONE

- The last line


""" + "".join(
    f"""No. {number} -- {title}

How bad: Very
How many: {number} places

WHAT IS WRONG. Too many words,
and nobody acts.

NOW READS (p. {number})
"{old}"

SHOULD READ
"{new}"

BECAUSE nobody waits.


"""
    for number, (title, old, new) in enumerate(zip(TITLES, OLD, NEW, strict=True), 1)
)


def test_labels_in_capitals_recur_and_titles_do_not() -> None:
    guide = read(TYPED)
    assert [issue.issue.title for issue in guide.issues] == [*TITLES]
    assert pairs_of(guide) == PAIRS
    assert {issue.problem for issue in guide.issues} == {"Too many words,\nand nobody acts."}
    assert {issue.why for issue in guide.issues} == {"nobody waits."}
    assert [issue.issue.frequency for issue in guide.issues] == ["1 places", "2 places", "3 places"]
    assert [lock.text for lock in guide.locks] == ["The last line"]


def test_fields_with_two_colons() -> None:
    issues = "".join(
        f"## {number}. {title}\n\nimpact:: 4/5\ntime:: 2 h\n\nA problem.\n\n"
        f"> [!quote] Draft\n> {old}\n\n> [!check] Rewrite\n> {new}\n\n"
        for number, (title, old, new) in enumerate(zip(TITLES, OLD, NEW, strict=True), 1)
    )
    guide = read(f"# Notes\n\n{issues}")
    assert pairs_of(guide) == PAIRS
    for issue in guide.issues:
        assert issue.issue.impact is Impact.HIGH
        assert issue.issue.effort == Span(2, 2)
        assert issue.problem == "A problem."


def _detailed(head: str) -> str:
    """Write issues with their samples only, each below a heading in a form."""
    return "".join(
        f"### {head.format(letter=letter, title=title)}\n\n**Original, p. 5**\n\n> {old}\n\n"
        f"**Recast**\n\n> {new}\n\n"
        for letter, title, old, new in zip("ABC", TITLES, OLD, NEW, strict=True)
    )


@pytest.mark.parametrize(
    ("table", "head"),
    [
        (
            "| Ref | Finding | Priority | Trim |\n|---|---|---|---|\n"
            "| B | Other words | Low | 20 words |\n| A | For these | High | 30 words |\n",
            "{letter}. {title}",
        ),
        (
            "| Finding | Priority | Trim |\n|---|---|---|\n"
            "| COLD | Low | 20 words |\n| PUMPS | High | 30 words |\n",
            "{letter}. {title}",
        ),
    ],
    ids=["letter", "title"],
)
def test_an_overview_is_joined_by_letter_or_title(table: str, head: str) -> None:
    guide = read(f"# Notes\n\n{table}\n## Details\n\n{_detailed(head)}")
    assert pairs_of(guide) == PAIRS
    assert [issue.issue.impact for issue in guide.issues] == [Impact.HIGH, Impact.LOW, None]
    assert [str(issue.issue.reduction or "") for issue in guide.issues] == [
        "30 words", "20 words", "",
    ]  # fmt: skip
    before = guide.issues[0].issue.pairs[0].before
    assert before is not None
    assert before.label == "p. 5"


def test_a_remark_behind_the_title_of_an_item() -> None:
    items = "".join(
        f"{number}. **{title}** — grave; ¶{number}\n\n   Too long.\n\n"
        f"   - ¶{number}: for “{old}” read “{new}”\n   - *Why it matters:* nobody waits.\n\n"
        for number, (title, old, new) in enumerate(zip(TITLES, OLD, NEW, strict=True), 1)
    )
    guide = read(f"# Notes\n\n## What to do\n\n{items}")
    assert pairs_of(guide) == PAIRS
    for number, issue in enumerate(guide.issues, 1):
        assert (issue.issue.impact, issue.issue.frequency) == (Impact.HIGH, f"¶{number}")
        assert (issue.problem, issue.why) == ("Too long.", "nobody waits.")


def test_the_only_clause_without_a_name_is_how_often() -> None:
    places = ("§3.1, i.e. the opening", "a dozen or so", "6")
    issues = "".join(
        f"### E{number}. {title}\n\n*{place} · 30 words fewer · 2 hours*\n\n"
        f"Manuscript:\n\n> {old}\n\nRevision:\n\n> {new}\n\n"
        for number, (title, place, old, new) in enumerate(
            zip(TITLES, places, OLD, NEW, strict=True), 1
        )
    )
    guide = read(f"# Notes\n\n## Essential\n\n{issues}")
    assert [issue.issue.frequency for issue in guide.issues] == [*places]
    assert {str(issue.issue.reduction) for issue in guide.issues} == {"30 words"}
    assert {issue.issue.impact for issue in guide.issues} == {Impact.CRITICAL}


@pytest.mark.parametrize(
    ("heading", "impact"),
    [
        ("Essential", Impact.CRITICAL),
        ("Pile 1: Has to happen", Impact.CRITICAL),
        ("Pile 2: Really ought to", Impact.HIGH),
        ("If there's time", Impact.LOW),
        ("A", None),
        ("Essential reading", None),
        ("The major works", None),
    ],
)
def test_a_group_may_have_the_impact_for_its_name(heading: str, impact: Impact | None) -> None:
    assert impact_above(heading) is impact


def test_an_adverb_is_an_impact_only_alone() -> None:
    assert read_impact("Rather").value is Impact.MEDIUM
    assert read_impact("Rather long sentences").value is None


WORKBOOK = """# Workbook

## Tab 1: Log

| ID | Issue | Grade | Description | Consequence for reader | Saving (words) | Time needed |
|---|---|---|---|---|---|---|
| HF-1 | Pump | A | It takes too long to begin. | Nobody waits for it. | 70 | 3 h |
| HF-2 | Cold | B | It is said twice in a row. | Nobody believes it any more. | 45 | 30 min |

## Tab 2: Line edits

| Issue ID | Page | As it stands | Make it |
|---|---|---|---|
| HF-2 | 4 | It is very, very cold there. | It is cold there. |
| HF-1 | 3 | The pump was being started by us. | We started the pump. |
| HF-2 | 9 | We went there by bus. | Delete it. |
{more}"""


def test_samples_of_another_table_are_joined_by_number() -> None:
    guide = read(WORKBOOK.format(more=""))
    assert [issue.issue.title for issue in guide.issues] == ["Pump", "Cold"]
    assert [len(issue.issue.pairs) for issue in guide.issues] == [1, 2]
    assert pairs_of(guide)[0] == PAIRS[0]
    first = guide.issues[0]
    assert (first.problem, first.why) == ("It takes too long to begin.", "Nobody waits for it.")
    assert (first.issue.impact, first.issue.effort) == (Impact.CRITICAL, Span(3, 3))
    assert str(first.issue.reduction) == "70 words"
    before, after = guide.issues[1].issue.pairs[1].before, guide.issues[1].issue.pairs[1].after
    assert before is not None
    assert after is not None
    assert (before.label, after.instruction) == ("Page 9", True)


def test_a_sample_of_no_issue_stays_in_its_table() -> None:
    texts = "".join(
        f"| HF-{number} | {number} | Old text number {number} here. | New text {number} here. |\n"
        for number in (1, 1, 2, 7)
    )
    guide = read(WORKBOOK.format(more=texts))
    assert sum(len(issue.issue.pairs) for issue in guide.issues) == 6
    [other] = [section for section in guide.other if "HF-7" in section.text]
    assert "| Issue ID |" in other.text
    assert "HF-1" not in other.text


def test_samples_that_no_table_names_are_no_issues() -> None:
    text = (
        WORKBOOK.format(more="").replace("| HF-2 | 4", "| X | 4").replace("| HF-1 | 3", "| Y | 3")
    )
    with pytest.raises(NotAGuideError):
        read_guide(text)
