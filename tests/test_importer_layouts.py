"""Layouts of guides: callouts, exports, nested lists, definitions, capitals, tables, changes."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import ImportedGuide, print_myst, read_guide
from sphinxext_revguide.model import Impact
from tests.importing import pairs_of

OLD = ("The gate is opened by us.", "The bell is rung by us.")
NEW = ("We open the gate.", "We ring the bell.")
TITLES = ["Nobody acts", "Still nobody"]


def _read(text: str) -> ImportedGuide:
    """Read a guide and see that every line of it found its place."""
    guide = read_guide(text)
    assert "Unplaced lines" not in print_myst(guide)
    return guide


def _all_right(guide: ImportedGuide) -> None:
    """Check titles, samples and fields of both issues."""
    assert [one.issue.title for one in guide.issues] == TITLES
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [one.issue.impact for one in guide.issues] == [Impact.HIGH, Impact.LOW]
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]
    assert [one.issue.effort for one in guide.issues] == [Span(0.5, 0.5), Span(1, 1)]
    assert [one.problem for one in guide.issues] == ["Who does it?"] * 2
    assert [one.why for one in guide.issues] == ["Readers want a person."] * 2


def _guide(form: str, joint: str = "\n\n") -> str:
    values = zip("12", TITLES, OLD, NEW, ("high", "low"), "42", ("30 min", "1 h"), strict=True)
    return joint.join(
        form.format(n=n, title=title, old=old, new=new, impact=impact, count=count, time=time)
        for n, title, old, new, impact, count, time in values
    )


CALLOUT = """\
> [!bug] {title}
> **Impact:** {impact}
> **Count:** {count} times
>
> Who does it?

> [!quote] Now
> {old}

> [!success] Better
> {new}

> [!question] Why it matters
> Readers want a person.

> [!todo] Work: {time}"""
NESTED_CALLOUT = """\
> [!bug]- {title}
> **Impact:** {impact}
> **Count:** {count} times
> **Time:** {time}
>
> Who does it?
>
> > [!failure]
> > {old}
>
> > [!success]
> > {new}
>
> **Why:** Readers want a person."""
MKDOCS = """\
!!! bug "{title}"
    **Impact:** {impact}
    **Count:** {count} times
    **Time:** {time}

    Who does it?

!!! quote "Before"
    {old}

!!! success "After"
    {new}

**Why:** Readers want a person."""


@pytest.mark.parametrize("form", [CALLOUT, NESTED_CALLOUT, MKDOCS])
def test_callouts_are_issues_and_their_parts(form: str) -> None:
    guide = _read(f"# Notes\n\n{_guide(form)}\n")
    _all_right(guide)


def test_callouts_that_list_what_must_stay() -> None:
    text = f"# Notes\n\n{_guide(CALLOUT)}\n\n> [!tip] Please keep\n> - The bell in the fog\n"
    assert [lock.text for lock in _read(text).locks] == ["The bell in the fog"]


def test_another_callout_stays_a_quotation() -> None:
    guide = _read(f"# Notes\n\n> [!info] Read this\n> Two points.\n\n{_guide(CALLOUT)}\n")
    assert "> \\[!info] Read this" in print_myst(guide)


NESTED = """\
{n}. **{title}** [{impact}]
    - freq: {count} times
    - prob: Who does it?
    - old: "{old}"
    - new:
        - "{new}"
    - why: Readers want a person.
    - est: {time}
"""
QUESTIONS = """\
- **{title}**
  - How bad? {impact}
  - How many? {count} times
  - What goes wrong: Who does it?
  - Now it says:
    > {old}
  - It might say:
    > {new}
  - So that: Readers want a person.
  - Give it {time}."""


@pytest.mark.parametrize(("form", "joint"), [(NESTED, "\n"), (QUESTIONS, "\n")])
def test_nested_lists_with_labels_are_issues(form: str, joint: str) -> None:
    _all_right(_read(f"# Notes\n\n## Points\n\n{_guide(form, joint)}\n"))


def test_a_fence_below_a_label_in_a_nested_list() -> None:
    form = (
        "- **{title}**\n  - Old:\n\n    ```\n    {old}\n    ```\n"
        "  - New:\n\n    ```\n    {new}\n    ```"
    )
    assert pairs_of(_read(f"# N\n\n## P\n\n{_guide(form, chr(10))}\n")) == list(
        zip(OLD, NEW, strict=True)
    )


DEFINITIONS = """\
## Finding {n} -- {title}

Level of concern
: {impact}

Seen
: {count} times

Hours
: {time}

Who does it?

Original passage
: {old}

Revised passage
: {new}

Reader's gain
: Readers want a person."""


def test_terms_with_definitions_are_labels() -> None:
    _all_right(_read(f"# Notes\n\n{_guide(DEFINITIONS)}\n"))


CAPITALS = """\
PROBLEM {n}: {title}
Rating: {impact}
Tally: {count} times
Reckon with: {time}

Who does it?

MANUSCRIPT:
"{old}"

MY VERSION:
"{new}"

GROUNDS: Readers want a person."""


def test_lines_in_capitals_are_headings_where_there_are_no_others() -> None:
    text = _guide(CAPITALS).replace("Nobody acts", "NOBODY ACTS")
    text = text.replace("Still nobody", "STILL NOBODY")
    guide = _read(f"MEMORANDUM\n\n{text}\n\nPROTECT\n- The bell in the fog\n")
    assert guide.guide.title == "Memorandum"
    assert [lock.text for lock in guide.locks] == ["The bell in the fog"]
    _all_right_but_case(guide)


def _all_right_but_case(guide: ImportedGuide) -> None:
    assert [one.issue.title.capitalize() for one in guide.issues] == TITLES
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]


PANDOC = """\
### **Priority {n}: {title}** {{#h.p{n} .c7}}

+--------------------+------------+
| **How serious**    | {impact}   |
+--------------------+------------+
| **How many times** | {count} times |
+--------------------+------------+
| **Editing time**   | {time}     |
+--------------------+------------+

[Who does it?]{{.c1}}

**Current text**

“{old}”

**Proposed text**

[“{new}”]{{.c1 .underline}}

**Reader benefit**

[Readers want a person.]{{.c1}}"""


def test_attributes_of_pandoc_are_no_text() -> None:
    text = _guide(PANDOC)
    for row in ("| high   |", "| low   |"):
        text = text.replace(row, f"{row[:-1].rstrip():<13}|")
    text = text.replace("4 times |", "4 times    |").replace("2 times |", "2 times    |")
    text = text.replace("| 30 min     |", "| 30 min     |").replace("| 1 h     |", "| 1 h        |")
    guide = _read(f"# [Chapter 4]{{.c12}} {{#top .c3}}\n\n{text}\n")
    assert guide.guide.title == "Chapter 4"
    _all_right(guide)


def test_a_text_about_attributes_keeps_them() -> None:
    text = f"# Notes\n\nWrite [red]{{.red}} so.\n\n{_guide(CALLOUT)}\n"
    assert "[red]\\{.red}" in print_myst(read_guide(text))


HTML = """\
<details>
<summary><b>R{n}</b> {title}</summary>

<table>
<tr><th>Damage</th><td>{impact}</td></tr>
<tr><th>Hits</th><td>{count} times</td></tr>
<tr><th>Effort</th><td>{time}</td></tr>
</table>

<p>Who does it?</p>

```diff
- {old}
+ {new}
```

_Rationale:_ Readers want a person.

</details>"""


def test_blocks_of_html_are_markdown() -> None:
    text = f"# Notes\n\n{_guide(HTML)}\n\n<h2>Keep as is</h2>\n\n<ul>\n<li>The bell</li>\n</ul>\n"
    guide = _read(text)
    assert [one.issue.title for one in guide.issues] == [
        f"R{n} {title}" for n, title in enumerate(TITLES, 1)
    ]
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]
    assert [one.why for one in guide.issues] == ["Readers want a person."] * 2
    assert [lock.text for lock in guide.locks] == ["The bell"]


def test_an_overview_calls_its_columns_as_it_likes() -> None:
    table = (
        "| No. | What is wrong | Severity | How often | Time needed |\n|---|---|---|---|---|\n"
        "| 1 | Nobody acts | Major | 4 times | 30 min |\n"
        "| 2 | Still nobody | Minor | 2 times | 1 h |\n"
    )
    form = (
        "### {n}. {title}\n\nWho does it?\n\n**As printed**\n\n> {old}\n\n**My suggestion**\n\n"
        "> {new}\n\n**Why bother:** Readers want a person."
    )
    _all_right(_read(f"# Notes\n\n{table}\n## Details\n\n{_guide(form)}\n"))


def test_each_row_of_passages_is_a_pair() -> None:
    rows = "\n".join(f"| {old} | {new} |" for old, new in zip(OLD, NEW, strict=True))
    guide = _read(f"# N\n\n### Issue 1: A\n\n| Now | Instead |\n|---|---|\n{rows}\n")
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [pair.before.line for pair in guide.issues[0].issue.pairs if pair.before] == [7, 8]


@pytest.mark.parametrize(
    "passage",
    [
        "The gate ~~is opened by~~ **opens for** Berta.",
        "> The gate ~~is opened by~~ ++opens for++ Berta.",
        "The gate {~~is opened by~>opens for~~} Berta.",
        "The gate {--is opened by--}{++opens for++} Berta.",
    ],
)
def test_a_passage_with_its_changes_marked_is_a_pair(passage: str) -> None:
    guide = _read(f"# N\n\n### Issue 1: A\n\nWho?\n\n{passage}\n\n### Issue 2: B\n\n{passage}\n")
    pair = ("The gate is opened by Berta.", "The gate opens for Berta.")
    assert pairs_of(guide) == [pair, pair]


def test_fields_in_brackets_behind_a_bold_head() -> None:
    form = (
        "**Note {n} -- {title}** ({impact}; {count} times; {time})\n\nWho does it?\n\n"
        '*Your text:* "{old}"\n\n*Suggested:* "{new}"\n\n*Reasoning:* Readers want a person.'
    )
    _all_right(_read(f"# Notes\n\n{_guide(form)}\n"))


def test_headings_that_count_in_words() -> None:
    form = "## {n}: {title}\n\nWho does it?\n\nYou write:\n\n> {old}\n\nI would write:\n\n> {new}"
    text = _guide(form).replace("## 1", "## First").replace("## 2", "## Second")
    guide = _read(f"Dear Jana,\n\nthanks.\n\n{text}\n")
    assert [(one.issue.number, one.issue.title) for one in guide.issues] == [
        (1, "Nobody acts"), (2, "Still nobody"),
    ]  # fmt: skip
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))


def test_headings_of_a_number_alone_are_called_by_the_overview() -> None:
    table = (
        "| # | Issue | P | freq | time |\n|---|---|---|---|---|\n"
        "| 1 | Nobody acts | high | 4 times | 30 min |\n"
        "| 2 | Still nobody | low | 2 times | 1 h |\n"
    )
    form = (
        "### #{n}\n\nWho does it?\n\n**Was:**\n\n> {old}\n\n**Now:**\n\n> {new}\n\n"
        "*Why:* Readers want a person."
    )
    _all_right(_read(f"# Notes\n\n{table}\n## Details\n\n{_guide(form)}\n"))


EDITS = """\
    {n}. **{title}**
        * damage: {impact}
        * where: {count} times
        * diagnosis: Who does it?
        * edit:
            * The gate ~~is opened by us~~ <ins>opens for Berta</ins> at six.
        * rationale: Readers want a person.
        * time: {time}"""


def test_a_guide_that_is_one_nested_list() -> None:
    text = (
        "# Notes\n\n* **Overview**\n    * Strong.\n\n* **Items**\n"
        + _guide(EDITS, "\n")
        + "\n\n* **Untouchable**\n    * The bell\n"
    )
    guide = _read(text)
    assert [one.issue.title for one in guide.issues] == TITLES
    assert (
        pairs_of(guide)
        == [("The gate is opened by us at six.", "The gate opens for Berta at six.")] * 2
    )
    assert [one.issue.effort for one in guide.issues] == [Span(0.5, 0.5), Span(1, 1)]
    assert [one.why for one in guide.issues] == ["Readers want a person."] * 2
    assert [lock.text for lock in guide.locks] == ["The bell"]


TOGGLE = """\
<details>
<summary><b>[{impact}] {title}</b> – {count} times – ⏱ {time}</summary>

Who does it?

<table>
<tr><th>As is</th><th>To be</th></tr>
<tr><td>

{old}
Twice.

</td><td>

{new}
Once.

</td></tr>
</table>

<b>Why bother:</b> Readers want a person.

</details>"""


def test_toggles_with_fields_in_their_titles_and_tables_of_html() -> None:
    guide = _read(f"# Notes\n\n{_guide(TOGGLE)}\n")
    pairs = [(f"{old}\nTwice.", f"{new}\nOnce.") for old, new in zip(OLD, NEW, strict=True)]
    assert pairs_of(guide) == pairs
    assert [one.issue.title for one in guide.issues] == TITLES
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]
    assert [one.issue.impact for one in guide.issues] == [Impact.HIGH, Impact.LOW]


def test_sentences_that_are_fields() -> None:
    form = (
        "### {n}. {title}\n\nBig problem. Four pages. Who does it?\n\n"
        "| now | instead |\n|---|---|\n"
        "| {old} | {new} |\n\nAllow an hour."
    )
    guide = _read(f"# Notes\n\n{_guide(form)}\n")
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    for one in guide.issues:
        assert (one.issue.impact, one.issue.effort) == (Impact.HIGH, Span(1, 1))
        assert (one.issue.frequency, one.why) == ("Four pages", "")


def test_a_table_of_an_export_stays_a_table() -> None:
    grid = "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n"
    text = f"# Notes\n\n{_guide(CALLOUT)}\n\n## Other\n\n{grid}"
    assert "| a | b |\n|---|---|\n| c | d |" in print_myst(read_guide(text))
