"""An editor's guide becomes a page, and nothing of it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_revguide.estimates import Reduction, Span
from sphinxext_revguide.importer import NotAGuideError, as_json, print_myst, read_guide
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.model import Impact
from tests.conftest import Book

NewBook = Callable[..., Book]

GUIDES = Path(__file__).parent / "guides"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(GUIDES.glob("*.md"))}
"""A small guide of each format, by the name of its file."""
PIPED = TEXTS["piped"]
FENCES = TEXTS["three-fences"]

EVERYTHING = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "substitution", "tasklist",
]  # fmt: skip


def lost_lines(guide: str, page: str) -> list[str]:
    """The lines with a letter or digit that are not in the page, comments counted as lines."""
    kept = {line.strip() for line in page.splitlines()}
    kept |= {line.removeprefix("% ").strip() for line in page.splitlines()}
    return [
        line
        for line in guide.replace("\r\n", "\n").split("\n")
        if re.search(r"\w", line)
        and line.strip() not in kept
        and not re.match(r"\s*(?:`{3}|~{3})", line)
    ]


def lines_with(text: str, words: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), 1) if words in line]


def test_piped_fields() -> None:
    guide = read_guide(PIPED)
    assert guide.guide.id == "chapter-3"
    assert guide.guide.reduction == Reduction(20, 25)
    assert guide.guide.effort == Span(10, 12)
    size = guide.guide.baseline
    assert size is not None
    assert (size.bytes, size.lines, size.content_lines) == (21000, 1210, 640)
    assert [lock.text for lock in guide.locks] == [
        "The tide table of `Halmsund`", "The pilots' jokes",
    ]  # fmt: skip
    assert [lock.phrases for lock in guide.locks] == [("Halmsund",), ()]
    first, second, third = guide.issues
    assert first.issue.impact is Impact.CRITICAL
    assert first.issue.frequency == "2 tables"
    assert first.issue.reduction == Reduction(30, 40)
    assert first.issue.effort == Span(2, 3)
    assert first.problem == "Ships stand in rows, and no ship ever does."
    assert first.why == "Wind is the point."
    [pair] = first.issue.pairs
    assert pair.before is not None
    assert pair.before.text.endswith("| 1 | Ada |\n\n---\n\n+++")
    assert (pair.before.label, pair.before.line) == ("As drafted", 34)
    assert second.issue.effort == Span(0.75, 0.75)
    [pair] = second.issue.pairs
    assert pair.before is not None
    assert pair.before.text == 'text with a fence\n\n```python\nprint("inside")\n```'
    [pair] = third.issue.pairs
    assert pair.after is None
    assert "the file ends" in pair.missing


def test_hours_are_reported_as_people_write_them() -> None:
    pair = "#### BEFORE\nThe old gate.\n\n#### AFTER\nThe gate.\n"
    issue = "### ISSUE #{}: Gates\n**Effort:** {}\n\n" + pair
    guide = "# Guide\n\n**Estimated Implementation:** 4 h\n\n"
    text = guide + issue.format(1, "25 min") + "\n" + issue.format(2, "2 h")
    messages = [problem.message for problem in read_guide(text).problems]
    assert any("add up to 2.4 h (2 of 2 issues" in message for message in messages)


def test_what_is_odd_is_reported_with_its_line() -> None:
    problems = [(problem.line, problem.message) for problem in read_guide(PIPED).problems]

    def reported(words: str) -> list[int]:
        return [line for line, message in problems if words in message]

    assert reported("counts 4 issues, but the importer found 3") == lines_with(PIPED, "## 4 ")
    assert reported("'some' was kept as text") == lines_with(PIPED, "SEVERE")
    assert reported(
        "longer than its BEFORE (18 and 5 words), but the guide promises a reduction of 30-40%"
    ) == [47]
    assert reported("add up to 2.75-3.75 h (2 of 3 issues state them)") == lines_with(
        PIPED, "Estimated"
    )
    assert reported("the AFTER is missing: the file ends") == lines_with(
        PIPED, "#### AFTER (Foggy)"
    )
    # No option can hold the label of an AFTER that is missing.
    assert reported("was not recognised") == lines_with(PIPED, "#### AFTER (Foggy)")
    assert len(problems) == 6


def test_a_broken_fence_is_repaired() -> None:
    guide = read_guide(FENCES)
    samples = [(pair.before, pair.after) for unit in guide.issues for pair in unit.issue.pairs]
    texts = [(before and before.text, after and after.text) for before, after in samples]
    assert texts[0] == (
        "Readers arrive, are served, and leave.", "Readers arrive at five past four, all of them.",
    )  # fmt: skip
    assert texts[1][0] == "Before two."
    assert str(texts[1][1]).startswith("After two begins well, and then:\n\n1. **The se")
    assert texts[2] == ("Before three.", "After three.")
    [problem] = guide.problems
    assert problem.line == lines_with(FENCES, "The seContinuing")[0]
    assert "never closed" in problem.message
    assert "Excerpt three." in "\n".join(note.source for note in guide.issues[2].notes)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("extensions", [[], EVERYTHING])
def test_the_page_loses_nothing_and_builds_clean(
    new_book: NewBook, text: str, extensions: list[str]
) -> None:
    page = print_myst(read_guide(text), provenance=True)
    assert lost_lines(text, page) == []
    book = new_book()
    (book.srcdir / "index.md").write_text(page, encoding="utf-8")
    built = book.build("dummy", myst_enable_extensions=extensions)
    # The locked phrase is in no chapter, as there is none.
    assert [kind for kind in built.types() if kind != "revguide.locked"] == []
    issues = built.domain.book.issues
    expected = [unit.issue for unit in read_guide(text).issues]
    assert expected
    for issue, wanted in zip(issues, expected, strict=True):
        assert [(p.before and p.before.text, p.after and p.after.text) for p in issue.pairs] == [
            (p.before and p.before.text, p.after and p.after.text) for p in wanted.pairs
        ]
        assert (issue.number, issue.impact, issue.reduction, issue.effort) == (
            wanted.number, wanted.impact, wanted.reduction, wanted.effort,
        )  # fmt: skip


def test_windows_line_ends_and_a_mark_make_no_difference() -> None:
    other = read_guide("\ufeff" + PIPED.replace("\n", "\r\n"))
    assert as_json(other) == as_json(read_guide(PIPED))


@pytest.mark.parametrize("text", ["", "# A chapter\n\nProse.\n", "```\nopen", "### **1. Title**\n"])
def test_a_text_that_is_not_a_guide(text: str) -> None:
    with pytest.raises(NotAGuideError, match="expected"):
        read_guide(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_guide_loses_no_line(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(list(TEXTS.values()))).split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["drop", "cut", "double", "insert"]))
        if change == "drop":
            del lines[index]
        elif change == "cut":
            lines[index] = lines[index][: len(lines[index]) // 2]
        elif change == "double":
            lines.insert(index, lines[index])
        else:
            new = ["```", "````", "***", "% x", "+++", ":::{a}", "    deep", "| a |", "## B", "- q"]
            lines.insert(index, data.draw(st.sampled_from(new)))
    text = "\n".join(lines)
    try:
        page = print_myst(read_guide(text), provenance=True)
    except NotAGuideError:
        return
    assert lost_lines(text, page) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_importer(text: str) -> None:
    try:
        print_myst(read_guide(text))
    except NotAGuideError:
        return


def test_the_real_piped_guide(shared: Path, new_book: NewBook) -> None:
    path = shared / "inputs" / "chapter-12.guide.md"
    guide = read_guide(path.read_text(encoding="utf-8"))
    assert len(guide.issues) == 5
    assert len(guide.locks) == 10
    complete = [p for unit in guide.issues for p in unit.issue.pairs if p.before and p.after]
    assert len(complete) == 4
    assert guide.issues[4].issue.pairs[0].after is None
    other = "\n".join(a["text"] for a in as_json(guide)["other"])
    assert len(re.findall(r"(?m)^\d+\. ", other)) == 18
    _builds_clean(path, new_book)
    assert [unit.issue.patterns for unit in with_patterns(guide).issues] == [
        ("readiness-checklist",),
        ("mlops-tables",),
        ("clinical-incident-response",),
        ("improvement-cadence",),
        ("platform-comparison",),
    ]


def test_the_real_guide_with_a_broken_fence(shared: Path, new_book: NewBook) -> None:
    path = shared / "inputs" / "chapter-12.pattern-feedback.md"
    guide = read_guide(path.read_text(encoding="utf-8"))
    pairs = [pair for unit in guide.issues for pair in unit.issue.pairs]
    assert len(guide.issues) == len(pairs) == 10
    for pair in pairs:
        assert pair.before is not None
        assert pair.after is not None
        assert "###" not in pair.before.text + pair.after.text
    assert [problem.line for problem in guide.problems] == [300]
    _builds_clean(path, new_book)


def _builds_clean(path: Path, new_book: NewBook) -> None:
    text = path.read_text(encoding="utf-8")
    page = print_myst(read_guide(text), provenance=True)
    assert lost_lines(text, page) == []
    book = new_book()
    (book.srcdir / "index.md").write_text(page, encoding="utf-8")
    assert book.build("dummy").warnings == []
    assert book.build("dummy", myst_enable_extensions=EVERYTHING, freshenv=True).warnings == []
