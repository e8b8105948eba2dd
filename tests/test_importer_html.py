"""Guides with HTML, and with what Pandoc and other exports add to Markdown."""

from __future__ import annotations

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.model import Impact
from tests.gate_guide import CALLOUT, NEW, OLD, TITLES, check_gate_guide, gate_guide, read_placed
from tests.importing import pairs_of

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
    text = gate_guide(PANDOC)
    for row in ("| high   |", "| low   |"):
        text = text.replace(row, f"{row[:-1].rstrip():<13}|")
    text = text.replace("4 times |", "4 times    |").replace("2 times |", "2 times    |")
    text = text.replace("| 30 min     |", "| 30 min     |").replace("| 1 h     |", "| 1 h        |")
    guide = read_placed(f"# [Chapter 4]{{.c12}} {{#top .c3}}\n\n{text}\n")
    assert guide.guide.title == "Chapter 4"
    check_gate_guide(guide)


def test_a_text_about_attributes_keeps_them() -> None:
    text = f"# Notes\n\nWrite [red]{{.red}} so.\n\n{gate_guide(CALLOUT)}\n"
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
    text = (
        f"# Notes\n\n{gate_guide(HTML)}\n\n<h2>Keep as is</h2>\n\n<ul>\n<li>The bell</li>\n</ul>\n"
    )
    guide = read_placed(text)
    assert [one.issue.title for one in guide.issues] == [
        f"R{n} {title}" for n, title in enumerate(TITLES, 1)
    ]
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]
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
    guide = read_placed(f"# Notes\n\n{gate_guide(TOGGLE)}\n")
    pairs = [(f"{old}\nTwice.", f"{new}\nOnce.") for old, new in zip(OLD, NEW, strict=True)]
    assert pairs_of(guide) == pairs
    assert [one.issue.title for one in guide.issues] == TITLES
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]
    assert [one.issue.impact for one in guide.issues] == [Impact.HIGH, Impact.LOW]


def test_a_table_of_an_export_stays_a_table() -> None:
    grid = "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n"
    text = f"# Notes\n\n{gate_guide(CALLOUT)}\n\n## Other\n\n{grid}"
    assert "| a | b |\n|---|---|\n| c | d |" in print_myst(read_guide(text))
