"""What recurs over the issues of a guide is a label, in whatever form, and means what it shows."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import ImportedGuide, NotAGuideError, read_guide
from sphinxext_revguide.importer.recognise.label_evidence import Record, key_of, meanings
from sphinxext_revguide.model import Impact
from tests.importing import accounted, pairs_of, read

TITLES = ("Pump", "Cold", "Nets")
OLD = (
    "The pump was being started by us in the morning.",
    "It is very, very cold in there at night.",
    "The nets, which are old, are mended by Ines.",
)
NEW = (
    "We started the pump in the morning.",
    "It is cold in there at night.",
    "Ines mends the old nets.",
)
WORRY = (
    "Nobody acts in this sentence.",
    "One of the two words is enough.",
    "A clause is in the way.",
)
GAIN = ("The reader sees who acts.", "The reader is not shouted at.", "The reader sees Ines first.")
COUNTS = ("nine paragraphs", "about 20 places", "once, on page 4")
LEVELS = ("high", "low", "medium")


def issues(form: str) -> str:
    """Write three issues in a form."""
    rows = zip(TITLES, OLD, NEW, WORRY, GAIN, COUNTS, LEVELS, strict=True)
    return "".join(
        form.format(
            n=n, c="ABC"[n - 1], title=title, old=old, new=new, worry=worry, gain=gain,
            count=count, level=level,
        )
        for n, (title, old, new, worry, gain, count, level) in enumerate(rows, 1)
    )  # fmt: skip


def check(guide: ImportedGuide) -> None:
    assert [issue.issue.title for issue in guide.issues] == [*TITLES]
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))


# Labels in several forms

TABLE = """\
### D.{n}

| | |
|---|---|
| **Point** | {title} |
| **Grade** | {level} |
| **Where and how often** | {count} |
| **Difficulty** | {worry} |
| **Text in MS.** | {old} |
| **Text we propose** | {new} |
| **Effect on student** | {gain} |
| **Author time** | 1½ hours |

"""
ITEMS = """\
### {n}. {title}

- Weight: {level}
- Seen: {count}
- Labour: 1½ hours

{worry}

- 📄 Your text

    {old}

- ✏️ My version

    {new}

🎯 **Reader payoff:** {gain}

"""
HEADINGS = """\
## {n}. {title}

### Complaint

{worry}

### Proof

> {old}

### Relief

> {new}

### Merit

{gain}

### Bookkeeping

- Level: {level}
- Cases: {count}
- Labour: 1½ hours

"""
RUN_IN = """\
---

Knot {n}) {title}

What happens. {worry}

Weight. {level}
Reach. {count}

“{old}”

→ “{new}”

Upshot. {gain}
Labour. 1½ hours

"""
BOLD_LED = """\
**({c}) {title}.** {worry}

[severity {level}] [{count}] [takes 1½ hours]

Exhibit:

```text
{old}
```

Cure:

```text
{new}
```

Reader's profit: {gain}

"""
CARDS = """\
---

CARD {n}
TITLE: {title}
RANK: {level}
SEEN: {count}
FAULT: {worry}
WAS: {old}
WILL BE: {new}
POINT OF IT: {gain}
TAKES: 1½ hours

"""


@pytest.mark.parametrize("form", [TABLE, ITEMS, HEADINGS, RUN_IN, BOLD_LED, CARDS])
def test_labels_of_an_editor_s_own(form: str) -> None:
    guide = accounted(f"# Notes\n\nDear Ann,\n\n{issues(form)}")
    check(guide)
    assert [one.issue.frequency for one in guide.issues] == [*COUNTS]
    assert [one.issue.impact for one in guide.issues] == [Impact.HIGH, Impact.LOW, Impact.MEDIUM]
    assert [one.issue.effort for one in guide.issues] == [Span(1.5, 1.5)] * 3
    assert [one.problem for one in guide.issues] == [*WORRY]
    assert [one.why for one in guide.issues] == [*GAIN]


def test_a_label_that_was_understood_by_evidence_is_reported() -> None:
    problems = read(f"# Notes\n\n{issues(TABLE)}").problems
    messages = [problem.message for problem in problems if problem.subtype == "guess"]
    assert "“Difficulty” was read as Problem" not in " ".join(messages)  # a known word
    assert (
        "“Effect on student” was read as Why, because of its words, its values or its place; check "
        "that this is right"
    ) in messages
    assert sum("Effect on student" in message for message in messages) == 1


def test_several_samples_in_a_table_of_labels() -> None:
    rows = "| Existing text (a) | {old} |\n| New text (a) | {new} |\n"
    more = rows.replace("(a)", "(b)").format(old="It is so.", new="So it is.")
    text = issues(f"### {{n}}. {{title}}\n\n| Attribute | Detail |\n|---|---|\n{rows}{more}\n")
    assert [len(one.issue.pairs) for one in read(f"# Notes\n\n{text}").issues] == [2, 2, 2]


def test_columns_of_an_editor_s_own() -> None:
    head = "| No | Matter | Weight | Seen where | The page says | Say instead | For whose sake |\n"
    row = "| {n} | {title} | {level} | {count} | {old} | {new} | {gain} |\n"
    guide = read(f"# Notes\n\n{head}{'|---' * 7}|\n{issues(row)}")
    check(guide)
    assert [one.issue.frequency for one in guide.issues] == [*COUNTS]


# Where issues begin and end


@pytest.mark.parametrize(
    "head",
    [
        "### Issue {c}: {title}",
        "### Stage {c} – {title}",
        "**{title}**",
        "**{c}. {title}.** {worry}",
        "({n}) {title}",
        "## Concern: {title}",
    ],
)
def test_heads_are_found_by_what_is_below_them(head: str) -> None:
    form = f"{head}\n\nPresent text:\n\n> {{old}}\n\nSuggested text:\n\n> {{new}}\n\n"
    guide = read(f"# Notes\n\n## 1. Greeting\n\nHello, and welcome.\n\n{issues(form)}")
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert all(title in one.issue.title for title, one in zip(TITLES, guide.issues, strict=True))


def test_known_words_that_find_fewer_issues_give_way() -> None:
    tables = "| Original | Suggested |\n|---|---|\n| {old} | {new} |\n"
    form = f"### **Round {{c}}: {{title}}**\n\n* **The issue:** {{worry}}\n\n{tables}\n"
    text = f"# Notes\n\n## **1. Overview**\n\nGood.\n\n## **2. Round**\n\n{issues(form)}"
    check(read(text))


@pytest.mark.parametrize(
    "form",
    [
        "## {title}\n\n> {worry}\n\n> {gain}\n\n",
        "## {title}\n\n### Request\n\n> {worry}\n\n### Response\n\n> {gain}\n\n",
        "## {title}\n\n| Owner | Ann |\n|---|---|\n| Status | {level} |\n| Due | {count} |\n\n",
        "**{title}.** {worry} {gain}\n\n",
        "## {title}\n\n- Time: 2 hours\n- Level: {level}\n- Topic: {worry}\n\n",
        "Ann: {old}\n\nBen: {gain}\n\n## {title}\n\n",
    ],
)
def test_what_recurs_and_is_no_guide(form: str) -> None:
    with pytest.raises(NotAGuideError):
        read_guide(f"# Notes\n\n{issues(form)}")


def test_two_pairs_among_many_sections_make_no_guide() -> None:
    pairs = issues("## {title}\n\n> {old}\n\n> {new}\n\n")
    rest = "".join(f"## Of the {word}\n\nA text of its own.\n\n" for word in "abcdefghijklmnop")
    with pytest.raises(NotAGuideError):
        read_guide(f"# Notes\n\n{pairs}{rest}")


# Evidence


def records(words: str, *values: str) -> list[Record]:
    return [Record(words, value, section) for section, value in enumerate(values)]


@pytest.mark.parametrize(
    ("words", "values", "role"),
    [
        ("Labour needed here", ("20 min", "1 hour", "2 hours"), "effort"),
        ("Labour needed here", ("Ann did it all", "Ben did it all", "Cid did it all"), ""),
        ("Clock", ("20 min", "1 hour", "2 hours"), "effort"),
        ("Words recovered", ("240", "180", "40"), "reduction"),
        ("Grade of it", ("high", "low", "high"), "severity"),
        ("Grade of it", ("see the list of all of them", "the same", "none so far"), ""),
        ("Whatever", ("high", "low", "high"), "severity"),
        ("Whatever", ("red", "blue", "red"), ""),
        ("Where seen", ("9 places", "twice", "all of it"), "frequency"),
    ],
)
def test_hints_need_values_that_fit(words: str, values: tuple[str, ...], role: str) -> None:
    assert meanings(records(words, *values)).get(key_of(words), "") == role


def test_versions_of_a_text_are_samples_and_their_neighbours_reasons() -> None:
    found = [
        record
        for rows in zip(
            records("Alpha", *WORRY), records("Beta", *OLD), records("Gamma", *NEW),
            records("Delta", *GAIN), records("Owner", *GAIN), strict=True,
        )
        for record in rows
    ]  # fmt: skip
    assert meanings(found) == {
        "alpha": "problem", "beta": "before", "gamma": "after", "delta": "why"
    }  # fmt: skip


def test_a_label_of_one_issue_means_nothing() -> None:
    assert meanings(records("Labour", "20 min")) == {}
