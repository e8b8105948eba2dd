"""Guides with labels, columns and sentences of their own: read by what repeats in them."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer import NotAGuideError, read_guide
from tests.importing import pairs_of, read

OLD = ("The pump was being started by us.", "It is very, very cold there.")
NEW = ("We started the pump.", "It is cold there.")


def _guesses(text: str) -> list[str]:
    return [problem.message for problem in read(text).problems if problem.subtype == "guess"]


def _labelled(head: str, sample: str) -> str:
    """Write two issues, each with a title and two samples in a form."""
    issues = [
        f"{head.format(number=count, title=title)}\n\n{sample.format(old=old, new=new)}\n"
        for count, (title, old, new) in enumerate(zip(("Pump", "Cold"), OLD, NEW, strict=True), 1)
    ]
    return "# Notes\n\nHello.\n\n## All of them\n\n" + "\n".join(issues)


HEADS = ["### {title}", "### Sheet {number}: {title}", "**LEAF {number}. {title}**"]
FORMS = [
    "**Found:**\n\n> {old}\n\n**Leaves as:**\n\n> {new}",
    "Found:\n\n```\n{old}\n```\n\nLeaves as:\n\n```\n{new}\n```",
    "- Found: “{old}”\n- Leaves as: “{new}”",
    "- **Found:** ~~{old}~~\n- **Leaves as:** **{new}**",
    "Found: „{old}“\n\nLeaves as: «\xa0{new}\xa0»",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("form", FORMS)
def test_labels_that_repeat_with_quoted_texts(head: str, form: str) -> None:
    text = _labelled(head, form)
    guide = read(text)
    assert [issue.issue.title for issue in guide.issues] == ["Pump", "Cold"]
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert _guesses(text) == [
        "“Found” and “Leaves as” were read as BEFORE and AFTER because more than one issue uses "
        "them with quoted text; check that this is right"
    ]


@pytest.mark.parametrize(
    "form", ["> ~~{old}~~\n>\n> **{new}**", "> ~~{old}~~\n> {new}", "> ~~{old}~~→ {new}"]
)
def test_struck_out_text_with_its_replacement(form: str) -> None:
    guide = read(_labelled("**§ {number}, {title}**", form))
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))


def test_struck_out_lines_keep_their_numbers() -> None:
    form = "> ~~{old}\n> Twice.~~\n>\n> **{new}\n> Once.**"
    pair = read(_labelled("**§ {number}, {title}**", form)).issues[0].issue.pairs[0]
    assert (pair.before and pair.before.text) == f"{OLD[0]}\nTwice."
    assert (pair.after and pair.after.text) == f"{NEW[0]}\nOnce."


def test_sentences_that_repeat() -> None:
    items = (
        f'{n}. **9:{n}.** For "{o}" put "{w}" Quick.'
        for n, o, w in zip("13", OLD, NEW, strict=True)
    )
    first, third = items
    second = "2. **9:2.** Move this to the end."
    text = "\n\n".join(("# Notes", first, second, third, "Let it stand:", "- the cat\n"))
    guide = read(text)
    assert [issue.issue.number for issue in guide.issues] == [1, 2, 3]
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [lock.text for lock in guide.locks] == ["the cat"]


def test_labels_in_the_items_of_a_numbered_list() -> None:
    items = (
        f"{n}. **Door {n}**\n\n   Found: “{o}”\n\n   Leaves as: “{w}”\n"
        for n, o, w in zip("12", OLD, NEW, strict=True)
    )
    guide = read("# Notes\n\n" + "\n".join(items))
    assert [issue.issue.title for issue in guide.issues] == ["Door 1", "Door 2"]
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))


def test_numbered_sections_around_the_issues_are_none() -> None:
    text = "# Notes\n\n## 1. Greeting\n\nHello.\n\n"
    for number, (old, new) in enumerate(zip(OLD, NEW, strict=True), 2):
        text += f"## {number}. Part\n\nFound: “{old}”\n\nLeaves as: “{new}”\n\n"
    guide = read(f"{text}## 4. Farewell\n\nBye.\n")
    assert [issue.issue.number for issue in guide.issues] == [2, 3]


@pytest.mark.parametrize("between", ["and", "rather than", "not"])
def test_sentences_that_replace_nothing(between: str) -> None:
    items = "\n".join(
        f'{n}. See "{o}" {between} "{w}" here.' for n, o, w in zip("12", OLD, NEW, strict=True)
    )
    with pytest.raises(NotAGuideError):
        read_guide(f"# Notes\n\n{items}\n")


COLUMNS = f"""\
# Notes

| N | Fault | Found | Leaves as |
|---|---|---|---|
| 1 | Pump | “{OLD[0]}” | “{NEW[0]}” |
| 2 | Cold | “{OLD[1]}” | “{NEW[1]}” |
| 3 | Tools | the list of tools | Cut it to five. |
"""


def test_columns_that_quote_texts() -> None:
    guide = read(COLUMNS)
    assert [issue.issue.title for issue in guide.issues] == ["Pump", "Cold", "Tools"]
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert _guesses(COLUMNS) == [
        "the columns “Found” and “Leaves as” were read as BEFORE and AFTER because of the "
        "texts in most rows; check that this is right"
    ]


def test_neighbouring_columns_with_two_versions_of_a_sentence() -> None:
    rows = [
        ("Pump", "The pump was started by our crew.", "Our crew started the pump."),
        ("Cold", "It is very, very cold in there.", "It is cold in there."),
        ("Source", "They say nobody came home.", "*Author to name the source.*"),
    ]
    table = "".join(f"| {n} | {' | '.join(row)} |\n" for n, row in enumerate(rows, 1))
    guide = read(f"# Notes\n\n| N | Matter | Copy has | Make it |\n|---|---|---|---|\n{table}")
    assert [issue.issue.title for issue in guide.issues] == ["Pump", "Cold", "Source"]
    asked = ("They say nobody came home.", "[Author to name the source.]")
    assert pairs_of(guide) == [*(row[1:] for row in rows[:2]), asked]


def test_neighbouring_columns_of_other_texts_are_no_samples() -> None:
    table = (
        "| 1 | Open the gate of the mole | The gate stays open all day |\n"
        "| 2 | Light the lamp at dusk | A red lamp burns until dawn |\n"
    )
    with pytest.raises(NotAGuideError):
        read_guide(f"# Notes\n\n| N | Task | Result |\n|---|---|---|\n{table}")


def test_a_label_that_may_be_either_follows_the_other_one() -> None:
    guide = read(_labelled("**Leaf {number} — {title}**", "Was: “{old}”\nNow: “{new}”"))
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))


def test_diffs_under_headings_that_repeat() -> None:
    form = "Why.\n\n```diff\n- {old}\n+ {new}\n```\n\nSeen: often"
    text = _labelled("### Habit {number}: {title}", form)
    assert pairs_of(read(text)) == list(zip(OLD, NEW, strict=True))
    assert _guesses(text) == [
        "diffs were read as BEFORE and AFTER because more than one issue contains them; check that "
        "this is right"
    ]


def test_columns_of_rows_without_numbers_are_no_issues() -> None:
    with pytest.raises(NotAGuideError):
        read_guide(COLUMNS.replace("| 1 |", "| x |"))


def test_an_issue_without_samples_beside_others() -> None:
    text = _labelled("### {title}", FORMS[0]) + "\n### Order\n\nMove the end to the beginning.\n"
    guide = read(text + "\n## Thanks\n\nBye.\n")
    assert [issue.issue.title for issue in guide.issues] == ["Pump", "Cold", "Order"]


def test_a_numbered_issue_between_others_has_no_samples() -> None:
    samples = "Existing:\n\n> old words\n\nProposed:\n\n> new words\n"
    text = f"# Notes\n\n## 2 Works\n\n### 2.1 Door\n\n{samples}\n### 2.2 Wall\n\nMove it.\n\n"
    guide = read(f"{text}### 2.3 Roof\n\n{samples}")
    assert [issue.issue.title for issue in guide.issues] == ["Door", "Wall", "Roof"]


def test_one_issue_repeats_nothing() -> None:
    text = _labelled("### {title}", FORMS[0]).partition("### Cold")[0]
    with pytest.raises(NotAGuideError):
        read_guide(text)


@pytest.mark.parametrize(
    "form",
    [
        "Request:\n\n```json\n{old}\n```\n\nResponse:\n\n```json\n{new}\n```",
        "Request:\n\n```\n$ run {old}\n```\n\nResponse:\n\n```\n$ run {new}\n```",
        "Question: “Who opened the gate?”\n\nAnswer: “{new}”",
        "After: “{old}”\n\nFound: “{new}”",
        "One: “{old}”\n\nTwo: “{new}”\n\nThree: “{new}”",
        "Found: {old}\n\nLeaves as: {new}",
    ],
)
def test_what_repeats_and_is_no_pair(form: str) -> None:
    with pytest.raises(NotAGuideError):
        read_guide(_labelled("### {title}", form))


@pytest.mark.parametrize("heading", ["Let these stand", "Bitte nicht anfassen", "Ne pas toucher"])
def test_headings_of_what_stays(heading: str) -> None:
    text = _labelled("### {title}", FORMS[0])
    guide = read(f"{text}\n## {heading}\n\n- the cat\n- the dog\n")
    assert [lock.text for lock in guide.locks] == ["the cat", "the dog"]


@pytest.mark.parametrize(
    "sentence",
    ["No changes are to be made to:", "Please note: no edit whatever may be made to these:"],
)
def test_sentences_that_forbid_changes_announce_what_stays(sentence: str) -> None:
    text = _labelled("### {title}", FORMS[0])
    guide = read(f"{text}\n## The old part\n\n{sentence}\n\n- the cat\n- the dog\n")
    assert [lock.text for lock in guide.locks] == ["the cat", "the dog"]


def test_lettered_lines_of_one_paragraph_are_one_item_each() -> None:
    text = _labelled("### {title}", FORMS[0])
    guide = read(f"{text}\n## Do not change\n\n(a) the cat,\nwho sleeps;\n(b) the dog.\n")
    assert [lock.text for lock in guide.locks] == ["(a) the cat, who sleeps;", "(b) the dog."]
