"""What an editor changed in an export is merged once, however often it is merged."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.editor_changes import only_changes
from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.update import update_pages
from tests.harbour_guide import FIRST

LABEL = "**MUST PRESERVE:**\n"


def imported(text: str) -> str:
    return print_myst(read_guide(text, name="g.md", guide_id="ch-01", chapter="/ch01"))


def merged(page: str, text: str) -> str:
    changes = only_changes(page, text, imported(text), imported)
    assert changes is not None
    return update_pages(page, *changes)[0]


@pytest.mark.parametrize("above", ["# Revision", "**Document:**", LABEL])
def test_a_label_that_is_there_twice_is_merged_once(above: str) -> None:
    page = imported(FIRST)
    export = to_markdown(page)
    text = export.replace(above, f"{LABEL}\n{above}", 1)
    assert text.count(LABEL) == 2
    once = merged(page, text)
    assert merged(once, text) == once
    assert "Document:" not in once


def test_a_repeated_title_does_not_bring_the_lines_of_the_export_onto_the_page() -> None:
    page = imported(FIRST)
    title, rest = to_markdown(page).split("\n", 1)
    text = f"{title}\n{title}\n{rest}"
    once = merged(page, text)
    assert merged(once, text) == once
