"""The summary in Markdown: its states, and its length."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.report.entries import Json
from sphinxext_revguide.report.formats import FORMATS
from tests.conftest import CONF, TERMINAL, Book


def test_markdown_tells_known_findings_from_none(new_book: Callable[..., Book]) -> None:
    book = new_book({"index.md": TERMINAL})
    book.write("conf.py", CONF + 'revguide_flag = ["readiness-checklist"]\n')
    assert main(["baseline", str(book.srcdir)]) == 0
    report = book.build("revguide", revguide_reports=["markdown"]).read("revguide.md")
    assert "No new findings, 1 known, in 1 chapter." in report


@pytest.mark.parametrize("words", [1, 2_000])
def test_the_summary_is_short_enough_for_a_comment(words: int) -> None:
    """GitHub refuses a comment of more than 65,536 characters."""
    report: Json = {
        "guides": [], "problems": [], "patterns": [], "chapters": [{"path": "a.md"}],
        "issues": [
            {"id": f"g-{number}", "guide": "g", "title": "title " * words, "impact": "low",
             "status": "open"}
            for number in range(30)
        ],
        "findings": [
            {"pattern": "standing", "path": "a.md", "line": number, "end_line": number + 1,
             "message": "Old text", "fingerprint": f"{number:016}", "issues": [f"g-{number}"],
             "flagged": True,
             "replacement": {"line": number, "end_line": number + 1, "text": "word\n" * words}}
            for number in range(30)
        ],
    }  # fmt: skip
    summary = FORMATS["markdown"].render(report, "")
    assert len(summary) <= 65_536
    listed, suggested = summary.count("**standing**"), summary.count("```suggestion")
    assert (listed, suggested) == ((30, 10) if words == 1 else (1, 2))
    assert (f"- and {30 - listed} more\n" in summary) == (listed < 30)
    assert f"\n{30 - suggested} more are in the report as JSON.\n" in summary
