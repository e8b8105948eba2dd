"""Guides of other houses: memos, letters, tracking sheets, outlines and exports of notes."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import ImportedGuide, as_json, read_guide
from sphinxext_revguide.model import Impact
from tests.importing import texts


def read(text: str) -> ImportedGuide:
    """Read a guide and see that each of its lines has a place."""
    guide = read_guide(text, name="guide.md")
    assert [a for a in as_json(guide)["lines"] if a["where"] in ("", "appended")] == []
    return guide


def titles(guide: ImportedGuide) -> list[str]:
    return [issue.issue.title for issue in guide.issues]


def pairs(guide: ImportedGuide) -> list[list[tuple[str, str]]]:
    return [[texts(pair) for pair in issue.issue.pairs] for issue in guide.issues]


def locked(guide: ImportedGuide) -> list[str]:
    return [lock.text for lock in guide.locks]


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
    guide = read(MEMO.format(head=head, problem=problem, before=before, after=after))
    assert guide.guide.title == "MEMO"
    assert titles(guide) == ["The gate", "The bell"]
    assert pairs(guide)[0] == [("The gate is opened.", "Berta opens the gate.")]
    ((pair,),) = [issue.issue.pairs for issue in guide.issues[1:]]
    assert pair.before is not None
    assert pair.after is not None
    assert pair.before.instruction
    assert pair.after.instruction


def test_the_head_of_a_letter_is_no_pair() -> None:
    guide = read(MEMO.format(head="Item", problem="Problem", before="Current", after="Revised"))
    assert not [problem for problem in guide.problems if problem.subtype == "outside"]


def test_an_issue_without_a_label_is_read_between_two_that_have_samples() -> None:
    diff = "```diff\n- {}\n+ {}\n```\n"
    guide = read(
        f"# Changes\n\n## 1. Gate\n\n{diff.format('a b', 'c d')}\n## 2. Bell\n\nRing it "
        f"twice.\n\n## 3. Box\n\n{diff.format('e f', 'g h')}\n## 4. Thanks\n\nTo all.\n"
    )
    assert titles(guide) == ["Gate", "Bell", "Box"]


# Tracking sheets

SHEET = """\
# Sheet of chapter 2

| {number} | Para | Issue | Existing text | Revised text | Priority | {effort} | Remarks |
|---|---|---|---|---|---|---|---|
| 1 | 2.1 | The gate | The gate is opened. | Berta opens the gate. | P1 | 30 | She is proud |
| 2 | 2.2 | The bell | (in all sections) | Ring it twice. | P2 | 90 | |
| 3 | 2.3 | The box | The box is red. | Author to say why. | P3 | 5 | |
| | | | | | **Total** | **125** | |

## {locked}

| {number} | Item | Reason |
|---|---|---|
| 1 | The sentence "The tide was early that year." | It is the best one |
| 2 | All times in the table | Checked by Ines |
"""


@pytest.mark.parametrize("number", ["Sl. No.", "S.No", "Sr. No.", "No.", "#", "Ref.", "S/N"])
@pytest.mark.parametrize(
    ("effort", "first"),
    [
        ("Effort (min)", Span(0.5, 0.5)),
        ("Effort (hours)", Span(30, 30)),
        ("Time in minutes", Span(0.5, 0.5)),
    ],
)
def test_the_rows_of_a_tracking_sheet(number: str, effort: str, first: Span) -> None:
    heading = "Not to be changed"
    guide = read(SHEET.format(number=number, effort=effort, locked=heading))
    assert titles(guide) == ["The gate", "The bell", "The box"]
    issue = guide.issues[0].issue
    if effort.startswith("Effort"):
        assert (issue.impact, issue.effort) == (Impact.CRITICAL, first)
    assert pairs(guide)[0] == [("The gate is opened.", "Berta opens the gate.")]
    instructions = [
        (pair.before.instruction, pair.after.instruction)
        for issue in guide.issues[1:]
        for pair in issue.issue.pairs
        if pair.before and pair.after
    ]
    assert instructions == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "cell", ["Delete the old files first.", "Remove the lid.", "Cut the rope with a knife."]
)
def test_an_order_of_the_book_itself_is_a_text(cell: str) -> None:
    text = SHEET.format(number="No.", effort="Effort (min)", locked="Locked")
    guide = read(text.replace("Author to say why.", cell))
    assert pairs(guide)[2] == [("The box is red.", cell)]


# What must stay


@pytest.mark.parametrize(
    "heading",
    [
        "Not to be changed",
        "Matters not to be altered",
        "What remains as it is",
        "Please leave alone",
        "Leave exactly as they stand",
        "Passed, hands off",
        "Off limits",
        "Must stand",
        "Don't touch",
    ],
)
def test_a_table_below_a_heading_of_what_must_stay(heading: str) -> None:
    guide = read(SHEET.format(number="No.", effort="Effort (min)", locked=heading))
    assert locked(guide) == [
        'The sentence "The tide was early that year." – It is the best one',
        "All times in the table – Checked by Ines",
    ]
    assert guide.locks[0].phrases == ("The tide was early that year.",)


ISSUES = "### Issue 1: Bells\n\n**Before:**\n\n> old\n\n**After:**\n\n> new\n"
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
    guide = read(f"# G\n\n{own if place == 'above' else ''}{ISSUES}\n{own * (place == 'below')}")
    assert locked(guide) == ["the story of the tide", "the table"]
    assert titles(guide) == ["Bells"]


@pytest.mark.parametrize(
    "announcement", ["I leave the order to you:", "It remains to be said:", "These must change:"]
)
def test_another_sentence_above_a_list_announces_nothing(announcement: str) -> None:
    guide = read(f"# G\n\n{announcement}\n\n{ITEMS}\n{ISSUES}")
    assert locked(guide) == []


@pytest.mark.parametrize("marks", [("(a)", "(b)"), ("(i)", "(ii)"), ("(1)", "(2)")])
def test_lettered_paragraphs_are_items(marks: tuple[str, str]) -> None:
    first, second = marks
    guide = read(
        f"# G\n\n{ISSUES}\n## Not to be altered\n\nThe following stay:\n\n{first} the tide;\n\n"
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
    guide = read(OUTLINE)
    assert titles(guide) == ["The gate", "The bell"]
    assert locked(guide) == ["B1. The story of the tide."]
    assert [section.title for section in guide.other][-1] == "C. Order of work"


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
    guide = read(text if margin else text.replace("\n   ", "\n"))
    assert titles(guide) == ["The gate", "The bell", 'The word "tide"']
    assert pairs(guide) == [
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
    guide = read(f"{known}2. {bell.format(before=first, after=second)}")
    assert pairs(guide) == [[("The gate is opened.", "Berta opens the gate.")], [], []]


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
    guide = read(TOGGLES)
    assert titles(guide) == ["The gate", "The bell"]
    assert pairs(guide) == [[("The gate is opened.", "Berta opens the gate.")], []]
    assert [issue.issue.impact for issue in guide.issues] == [Impact.HIGH, None]
    assert guide.issues[1].issue.effort == Span(1 / 3, 1 / 3)
    assert locked(guide) == ["the story of the tide", "the table"]
    assert "Thanks" in [section.title for section in guide.other]


def test_toggles_inside_an_issue_are_its_samples() -> None:
    guide = read(
        "# G\n\n### Issue 1: Bells\n\n<details><summary>Before</summary>\n\n> old\n\n</details>\n\n"
        "<details>\n<summary>After</summary>\n\n> new\n\n</details>\n"
    )
    assert pairs(guide) == [[("old", "new")]]


# Comments that an export lists below the text

COMMENTED = """\
# The harbour

What follows is chapter 2.

Berta came late. The gate is opened.{a} She waited.

It rings.{b} The box is red and full of ropes.{c}

The tide was early that year.{d}

**Comments**

{first}{on_a}Nobody opens it. Try "Berta opens the gate." Or whoever it was.

> **Berta**, 5 May
> ok

{second}{on_b}It rings often. Better: "It rings twice."

{third}{on_c}We know the box. Cut this.

{fourth}{on_d}No note, I love this.
"""


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    ("mark", "head"),
    [
        ("[{}]", "[{}] **Ines**, 4 May, 9:42\n"),
        ("[{}]", "[{}]"),
        ("\\[{}\\]", "\\[{}\\] "),
        ("[DR{}]", "Comment [DR{}]: "),
    ],
)
def test_comments_are_issues_about_the_passages_that_they_mark(
    mark: str, head: str, quoted: bool
) -> None:
    marks = "1234" if "DR" in mark else "abcd"
    passages = [
        "The gate is opened.",
        "It rings.",
        "The box is red and full of ropes.",
        "The tide was early that year.",
    ]
    end = "" if head.endswith("\n") else "I mean this.\n"
    heads = dict(zip(("first", "second", "third", "fourth"), marks, strict=True))
    on = {f"on_{name}": f'{end}On: "{text}"\n' for name, text in zip("abcd", passages, strict=True)}
    text = COMMENTED.format(
        **{name: mark.format(own) for name, own in zip("abcd", marks, strict=True)},
        **{name: head.format(own) for name, own in heads.items()},
        **(on if quoted else dict.fromkeys(on, "")),
    )
    guide = read(text)
    assert titles(guide) == [passage.rstrip(".") for passage in passages[:3]]
    assert pairs(guide) == [
        [("The gate is opened.", "Berta opens the gate.")],
        [("It rings.", "It rings twice.")],
        [("The box is red and full of ropes.", "[Delete.]")],
    ]


def test_references_in_brackets_are_no_comments() -> None:
    guide = read(f"# G\n\nSee [a], [b] and [c].\n\n{ISSUES}\n[a] One\n\n[b] Two\n\n[c] Three\n")
    assert titles(guide) == ["Bells"]


# Tickets, tables of two columns, lists of errors

TICKET = """\
## DOC-{number}: {title}

- **Priority:** High
- **Estimate:** 30m
- **{before}:** "{old}"
- **{after}:** "{new}"

"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As-is", "To-be"),
        ("What you wrote", "What I’d write"),
        ("Text", "How about"),
        ("Now", "Better"),
    ],
)
def test_tickets_keep_their_keys(before: str, after: str) -> None:
    words = {"before": before, "after": after}
    first = TICKET.format(number=11, title="The gate", old="It opens.", new="Berta opens.", **words)
    second = TICKET.format(number=12, title="The bell", old="It rings.", new="Ring it.", **words)
    guide = read(f"# Tickets\n\n{first}{second}## Thanks\n\nTo all.\n")
    assert titles(guide) == ["DOC-11: The gate", "DOC-12: The bell"]
    assert pairs(guide) == [[("It opens.", "Berta opens.")], [("It rings.", "Ring it.")]]
    assert {issue.issue.effort for issue in guide.issues} == {Span(0.5, 0.5)}


@pytest.mark.parametrize("head", ["| | |", "| Field | Value |", "| Where | p. 4 |"])
@pytest.mark.parametrize(("before", "after"), [("Now", "Better"), ("Current text", "Proposed")])
def test_the_rows_of_a_table_are_labels(head: str, before: str, after: str) -> None:
    rows = f"| {before} | It rings. |\n| {after} | It rings twice. |\n| Time | 10 min |\n"
    guide = read(f"# G\n\n## 1. Bell\n\n{head}\n|---|---|\n{rows}\n## Thanks\n\nTo all.\n")
    assert pairs(guide) == [[("It rings.", "It rings twice.")]]
    assert guide.issues[0].issue.effort == Span(1 / 6, 1 / 6)


@pytest.mark.parametrize(("before", "after"), [("For", "Read"), ("Delete", "Insert")])
def test_a_list_of_errors_has_no_titles(before: str, after: str) -> None:
    rows = "| 4 | The gate opens. | Berta opens it. |\n| 5 | It rings. | It rings twice. |\n"
    guide = read(f"# Errors\n\n| Page | {before} | {after} |\n|---|---|---|\n{rows}")
    assert titles(guide) == ["The gate opens.", "It rings."]
    assert pairs(guide) == [
        [("The gate opens.", "Berta opens it.")],
        [("It rings.", "It rings twice.")],
    ]


LOG = """\
# Copyedit log

| {number} | Loc | Original | {after} | {why} | Mins |
|---|---|---|---|---|---|
| {key}1 | p4 | It opens. | Berta opens it. | agency | 5 |
| {key}2 | p5 | — | Add a map. | readers get lost | 60 |

**STET list**

| Loc | Text |
|---|---|
| p1 | The tide |
"""


@pytest.mark.parametrize(
    ("number", "key"), [("Ref", "CE-0"), ("No.", ""), ("Query", "AQ"), ("#", "")]
)
@pytest.mark.parametrize("after", ["Edit", "Revised"])
@pytest.mark.parametrize("why", ["Rationale", "Remarks"])
def test_the_rows_of_a_log(number: str, key: str, after: str, why: str) -> None:
    guide = read(LOG.format(number=number, key=key, after=after, why=why))
    called = why == "Rationale"
    first = ["agency", "readers get lost"] if called else ["It opens.", "Add a map."]
    assert titles(guide) == first
    assert pairs(guide)[0] == [("It opens.", "Berta opens it.")]
    (added,) = guide.issues[1].issue.pairs
    assert added.before is None or added.before.instruction
    assert guide.issues[1].issue.effort == Span(1, 1)
    assert locked(guide) == ["p1 – The tide"]


@pytest.mark.parametrize(("before", "after"), [("Draft", "Rework"), ("Original", "Turn it into")])
def test_italic_words_above_quotations(before: str, after: str) -> None:
    text = f"*{before}*\n\n> It rings.\n\n*{after}*\n\n> It rings twice.\n"
    guide = read(f"# G\n\n## 1 | Bell\n\n{text}\n## Don’t you dare change\n\n- the tide\n")
    assert pairs(guide) == [[("It rings.", "It rings twice.")]]
    assert locked(guide) == ["the tide"]


# Lists of which each item says its pair

SAYS = {
    "arrow": 'p. 4: "The gate is opened." -> "Berta opens the gate." (she does)',
    "change": 'Change "The gate is opened." to "Berta opens the gate."',
    "suggest": 'The sentence "The gate is opened." is weak. Suggest: "Berta opens the gate."',
    "strike": "~~The gate is opened.~~ **Berta opens the gate.** She does.",
}


@pytest.mark.parametrize("says", SAYS)
@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "- ", "**{}.** ", "**AQ{}** (p. 4): "])
def test_each_item_of_a_list_says_its_pair(says: str, mark: str) -> None:
    items = "\n\n".join(f"{mark.format(number)}{SAYS[says]}" for number in (1, 2))
    third = mark.format(3)
    guide = read(
        f"Dear Ines,\n\nsome things:\n\n{items}\n\n{third}Paint the box.\n\nYours, Berta\n"
    )
    pair = ("The gate is opened.", "Berta opens the gate.")
    assert pairs(guide) == [[pair], [pair], []]


@pytest.mark.parametrize("says", SAYS)
def test_titles_that_run_into_the_text_are_counted_in_each_section(says: str) -> None:
    items = f"**1. The gate.** {SAYS[says]}\n\n**2. The bell.** {SAYS[says]}\n\n"
    guide = read(f"# G\n\n## Major\n\n{items}## Minor\n\n**1. The box.** Paint it.\n")
    assert titles(guide) == ["The gate", "The bell", "The box"]


def test_a_list_in_a_section_of_a_guide_opens_no_issues() -> None:
    items = f"1. {SAYS['change']}\n2. {SAYS['change']}\n3. Paint the box.\n"
    bells = "### Bells\n\n**Before:** old\n\n**After:** new\n"
    guide = read(f"# G\n\n{bells}\n## Small things\n\n{items}")
    assert titles(guide) == ["Bells"]


def test_tags_in_a_text_are_kept() -> None:
    guide = read(f"# The <b>harbour</b> in <i>May</i>\n\nSome <b>bold</b> words.\n\n{ISSUES}")
    assert guide.guide.title == "The <b>harbour</b> in <i>May</i>"


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
    guide = read(REMARKS.format(before=before, after=after, heading=heading))
    assert pairs(guide) == [[("The gate is opened.", "Berta opens the gate.")]]
    assert locked(guide) == ["The bell in the fog", "The last page"]
