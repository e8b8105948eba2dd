"""Pages are clean, and every line of a guide has its place in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import NotAGuideError, as_json, print_myst, read_guide
from sphinxext_revguide.importer.recognise.casing import Casing
from sphinxext_revguide.importer.write.account import account, words_of
from sphinxext_revguide.importer.write.printer import Printed, print_parts
from sphinxext_revguide.markup.page_blocks import every_block, read_page, samples_of
from tests.importing import INPUTS, lost_lines

GUIDE = """# Guide to the orchard

**Current Metrics:** 57 KB | 1,419 lines | 999 lines of content
**Estimated Implementation:** 6-8 hours

## LOCKED PASSAGES

- The `old well` stays

## WHAT TO CHANGE

### Issue #1 of 2: Ladders
**Impact:** HIGH | **Frequency:** 3 ladders | **Reduction:** 20%

**Problem:** They lean against nothing.

#### BEFORE (As drafted)
```markdown
All ladders are safe.
```

#### AFTER
```markdown
One rung is gone.
```

**Implementation Time:** 45 min

### Issue #2: Apples
**Severity:** P3

| Before | After |
|---|---|
| Ripe | Nearly ripe |
"""


def places(text: str) -> dict[str, str]:
    found = as_json(read_guide(text))
    lines = text.split("\n")
    return {lines[entry["line"] - 1]: entry["where"] for entry in found["lines"]}


def test_a_page_says_nothing_twice() -> None:
    page = print_myst(read_guide(GUIDE, name="orchard.md"))
    assert "% " not in page
    assert "BEFORE" not in page
    assert page.startswith(
        "# Guide to the orchard\n\n````{revision-guide} orchard\n"
        ":baseline: 57 KB, 1419 lines, 999 content lines\n:effort: 6-8 h\n````\n\n"
        "## Locked passages\n\n```{locked-preserve}\n- The `old well` stays\n```\n\n"
        "## What to change\n\n`````{revision-issue} Ladders\n:number: 1\n"
    )
    assert "They lean against nothing.\n\n````{before-after}\n:before: As drafted\n\n" in page


def test_provenance_keeps_the_lines_as_comments() -> None:
    page = print_myst(read_guide(GUIDE), provenance=True)
    assert lost_lines(GUIDE, page) == []
    assert "\n% **Impact:** HIGH | **Frequency:** 3 ladders | **Reduction:** 20%\n" in page


def test_the_command_has_the_option(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text(GUIDE, encoding="utf-8")
    output = tmp_path / "page.md"
    argv = ["import", str(tmp_path / "guide.md"), "--output", str(output)]
    assert main(argv) == 0
    assert "% " not in output.read_text(encoding="utf-8")
    assert main([*argv, "--force", "--provenance"]) == 0
    assert "% **Severity:** P3" in output.read_text(encoding="utf-8")


def test_the_account_says_where_each_line_went() -> None:
    went = places(GUIDE)
    assert [went[line] for line in GUIDE.split("\n") if line.strip()] == [
        "prose", "option", "option", "heading", "lock", "heading", "title", "option", "prose",
        "label", "mark", "sample", "mark", "label", "mark", "sample", "mark", "option", "title",
        "option", "label", "mark", "sample",
    ]  # fmt: skip


def test_the_account_knows_the_issue_of_a_line() -> None:
    lines = as_json(read_guide(GUIDE, name="orchard.md"))["lines"]
    own = {item["line"]: item["issue"] for item in lines}
    assert (own[1], own[12], own[13]) == (None, "orchard-1", "orchard-1")
    assert own[len(GUIDE.split("\n")) - 1] == "orchard-2"


def test_what_no_part_says_is_under_its_own_heading() -> None:
    fence = '```python title="rungs.py" linenos'
    guide = read_guide(GUIDE.replace("```markdown\nAll", f"{fence}\nAll"))
    page = print_myst(guide)
    assert page.endswith(f"## Unplaced lines\n\n````text\n{fence}\n````\n")
    (problem,) = [problem for problem in guide.problems if problem.subtype == "unplaced"]
    assert problem.line == GUIDE.split("\n").index("```markdown") + 1
    assert "“Unplaced lines” at the end of the page" in problem.message
    assert [a["line"] for a in as_json(guide)["lines"] if a["where"] == "appended"] == [
        problem.line
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("LOCKED PASSAGES - DO NOT TOUCH", "Locked passages - do not touch"),
        ("WHAT TARN™ DOES", "What TARN™ does"),
        ("PART TWO: THE FAQ", "Part two: The FAQ"),
        ("A/B TESTS", "A/B tests"),
        ("FAQ", "FAQ"),
        ("INTRODUCTION", "Introduction"),
        ("Part 1: NOTES FOR ALL", "Part 1: Notes for all"),
        ("Notes on the FAQ", "Notes on the FAQ"),
    ],
)
def test_titles_in_capitals_are_written_as_usual(title: str, shown: str) -> None:
    casing = Casing([title, "Read the FAQ first, the parts and notes follow."])
    assert casing.normal(title) == shown


PIECES = st.sampled_from([
    "### Issue {n}: @", "## **EXAMPLE {n}: @**", "**BEFORE:**", "**AFTER:**", "**AFTER (@):**",
    "#### BEFORE (@)", "```", "```text", "```python", "@ @ @.", "> @ @", "- @", "- **Before:** @",
    "**Problem:** @", "**Why:** @ @", "**@:** @", "**Impact:** high - @", "**Impact:** @",
    "**Impact:** HIGH | **Reduction:** 20%", "**Time:** 2 h and @", "**Time:** 45 min", "***",
    "| Before | After |\n|---|---|\n| @ | @ |", "| @ | @ |\n|---|---|\n| @ | @ |", "## @ @",
    "## LOCKED: @", "❌ @", "✅ @", "% @", "<!-- @ -->", "1. @", "Before: @", "After: @", "",
    "**Current Metrics:** 57 KB | @", "BEFORE: @", "```diff\n- @\n+ @\n```", "    @", "$@$",
])  # fmt: skip


@given(st.lists(PIECES, min_size=4, max_size=25))
def test_no_word_is_lost(pieces: list[str]) -> None:
    parts = "\n".join(["# Guide", "", *pieces, "", "### Issue 9: Last", "**BEFORE:**", "```", "a"])
    words: list[str] = []

    def word(_match: re.Match[str]) -> str:
        words.append(f"w{len(words)}w")
        return words[-1]

    text = re.sub("@", word, parts).replace("{n}", "3")
    try:
        page = print_myst(read_guide(text))
    except NotAGuideError:
        return
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("path", sorted(INPUTS.glob("*e*.md")), ids=lambda path: path.name)
def test_no_line_of_a_real_guide_is_appended(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    try:
        guide = read_guide(text, name=path.name)
    except NotAGuideError:
        pytest.skip("is not a guide")
    assert not re.search(r"(?m)^% ", print_myst(guide))
    assert {a["where"] for a in as_json(guide)["lines"]} <= {
        "title", "option", "label", "sample", "prose", "heading", "lock", "comment", "mark",
    }  # fmt: skip


# What a page no longer says is missed

LOCAL = sorted(
    path
    for name in ("guides", "importer_data")
    for path in (Path(__file__).parent / name).glob("*")
)


def without_each_line(parts: list[Printed]) -> Iterator[tuple[str, list[Printed]]]:
    """Yield each line of a sample, with the printed parts that lack it."""
    for place, part in enumerate(parts):
        pairs = [b for b in every_block(read_page(part.text).blocks) if b.name == "before-after"]
        said = {line for pair in pairs for text in samples_of(pair) for line in text.split("\n")}
        lines = part.text.split("\n")
        for number, line in enumerate(lines):
            # A line that looks like a field is accounted for by the value alone.
            if line in said and len(words_of(line).split()) > 2 and line[0] != ":":
                text = "\n".join([*lines[:number], *lines[number + 1 :]])
                yield line, [*parts[:place], replace(part, text=text), *parts[place + 1 :]]


@pytest.mark.parametrize("path", LOCAL, ids=lambda path: path.name)
def test_a_line_of_a_sample_that_is_not_printed_is_missed(path: Path) -> None:
    guide = read_guide(path.read_text(encoding="utf-8"), name=path.name)
    parts = print_parts(guide)
    lost = sum(not line.where for line in account(guide, parts))
    tried = [line for line, _parts in without_each_line(parts)]
    assert tried
    missed = [
        line
        for line, fewer in without_each_line(parts)
        if sum(not each.where for each in account(guide, fewer)) > lost
    ]
    assert missed == tried


def test_a_line_is_accounted_for_once_for_each_time() -> None:
    text = GUIDE.replace("One rung is gone.", "One rung is gone.\nOne rung is gone.")
    guide = read_guide(text, name="orchard.md")
    parts = print_parts(guide)
    fewer = [replace(part, text=part.text.replace("One rung is gone.\n", "", 1)) for part in parts]
    assert all(line.where for line in account(guide, parts))
    lost = [line.line for line in account(guide, fewer) if not line.where]
    assert lost == [text.split("\n").index("One rung is gone.") + 2]
