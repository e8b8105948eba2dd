"""The tutorial, typed in by a machine: every file, every command, and the output that it shows."""

from __future__ import annotations

from pathlib import Path

from tests.snippets import DOCS, snippets
from tests.typed_in import type_in


def test_every_command_says_what_is_shown(tmp_path: Path) -> None:
    shown = [
        snippet
        for snippet in snippets(DOCS / "tutorial.md")
        if not snippet.language.startswith("{")
    ]
    typed = type_in(shown, tmp_path)
    assert (typed.files, typed.commands) == (5, 8)
    page = (typed.folder / "_build/html/guide.html").read_text(encoding="utf-8")
    assert "Issue 1: A checklist without a doubt" in page
