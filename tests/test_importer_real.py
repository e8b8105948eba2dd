"""The importer: real guides, where they are at hand."""

from __future__ import annotations

import re

import pytest

from sphinxext_revguide.estimates import Reduction, Size, Span
from sphinxext_revguide.importer import ImportedGuide, NotAGuideError, print_myst, read_guide
from tests.importing import INPUTS, lost_lines, texts


def real_guide(name: str) -> ImportedGuide:
    return read_guide(real_text(name), name=name)


def real_text(name: str) -> str:
    path = INPUTS / name
    if not path.is_file():
        pytest.skip(f"the real guide {name} is not beside this checkout")
    return path.read_text(encoding="utf-8")


def test_the_real_piped_field_guide() -> None:
    guide = real_guide("chapter-12.guide.md")
    assert [issue.issue.number for issue in guide.issues] == [1, 2, 3, 4, 5]
    assert [len(issue.issue.pairs) for issue in guide.issues] == [1] * 5
    missing = [issue.issue.pairs[0].after is None for issue in guide.issues]
    assert missing == [False, False, False, False, True]
    assert len(guide.locks) == 10
    assert guide.guide.baseline == Size(57000, 1419, 999)
    assert guide.guide.reduction == Reduction(25, 30)
    assert guide.guide.effort == Span(30, 35)
    (summary,) = [
        other_section for other_section in guide.other if other_section.title == "EXECUTIVE SUMMARY"
    ]
    assert len(re.findall(r"(?m)^\d+\. ", summary.text)) == 18
    assert any(
        "counts 10 issues, but the importer found 5" in problem.message
        for problem in guide.problems
    )


def test_the_real_guide_with_an_inverted_fence() -> None:
    guide = real_guide("chapter-12.pattern-feedback.md")
    assert [issue.issue.number for issue in guide.issues] == list(range(1, 11))
    for issue in guide.issues:
        (pair,) = issue.issue.pairs
        assert all(texts(pair))
        assert texts(pair)[0] != texts(pair)[1]
        assert "```" not in "".join(texts(pair))
        assert len(issue.notes) == 1
    assert [problem.line for problem in guide.problems if problem.subtype == "fence"] == [300]
    assert guide.other[0].line == 1
    assert guide.other[-1].line > 520


@pytest.mark.parametrize(
    ("name", "issues", "pairs", "locks"),
    [
        ("chapter-01.guide.md", 10, 11, 8),
        ("chapter-04.examples.md", 5, 5, 0),
        ("chapter-06.feedback.md", 10, 10, 0),
        ("chapter-08.guide.md", 10, 10, 13),
        ("chapter-10.pattern-feedback.md", 8, 8, 0),
        ("chapter-12.guide.md", 5, 5, 10),
        ("chapter-12.pattern-feedback.md", 10, 10, 0),
    ],
)
def test_every_real_guide_is_read_and_kept(name: str, issues: int, pairs: int, locks: int) -> None:
    guide = real_guide(name)
    assert len(guide.issues) == issues
    assert sum(len(issue.issue.pairs) for issue in guide.issues) == pairs
    assert len(guide.locks) == locks
    assert lost_lines(real_text(name), print_myst(guide, provenance=True)) == []


@pytest.mark.parametrize("name", ["chapter-01.manuscript.md", "chapter-12.manuscript.md"])
def test_a_real_manuscript_is_not_a_guide(name: str) -> None:
    text = real_text(name)
    with pytest.raises(NotAGuideError):
        read_guide(text)
