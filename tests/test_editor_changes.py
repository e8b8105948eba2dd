"""What an editor changed in an export is merged once, however often it is merged."""

from __future__ import annotations

import re

import pytest

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.editor_changes import only_changes
from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.update import update_pages
from sphinxext_revguide.importer.update_base import said_on
from tests.harbour_guide import FIRST, changed

LOST = ExportRecord()
LABEL = "**MUST PRESERVE:**\n"


def imported(text: str) -> str:
    guide = read_guide(text, name="g.md", guide_id="ch-01", chapter="/ch01")
    return print_myst(with_patterns(guide))


def merged(page: str, text: str, record: ExportRecord = LOST) -> str:
    changes = only_changes(page, imported(text), imported, is_export=bool(record))
    assert changes is not None
    return update_pages(page, *changes, exported=record)[0]


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


@pytest.mark.parametrize("own", ["export: yes", "**Export:** yes"])
def test_a_guess_that_an_author_took_apart_does_not_grow(own: str) -> None:
    page = changed(imported(FIRST), ("% A guess", f"\n{own}\n% A guess"))
    assert merged(page, to_markdown(page)) == page
    once = merged(page, FIRST)
    assert once == page, "the editor's version has no line that the page lacks"


def test_issues_do_not_get_the_numbers_of_an_export() -> None:
    page = imported(FIRST).replace(":number: 3\n", "")
    new = "### ISSUE #6: Fog\n\nNobody sees it.\n\n### ISSUE #3"
    text = changed(to_markdown(page), ("### ISSUE #3", new))
    once = merged(page, text)
    assert re.findall(":number: (.)", once) == ["1", "2", "6"]
    assert merged(once, text) == once
    own = changed(text, ("### ISSUE #3: A cheerful", "### ISSUE #9: A cheerful"))
    assert re.findall(":number: (.)", merged(page, own)) == ["1", "2", "6", "9"]


def in_tab(page: str) -> str:
    """Return a page with its last issue in a tab."""
    head, rest = page.split("`````{revision-issue} A cheerful")
    issue, rest = rest.split("\n`````\n", maxsplit=1)
    opening = "::::{tab-set}\n\n:::{tab-item} End\n\n`````{revision-issue} A cheerful"
    return f"{head}{opening}{issue}\n`````\n\n:::\n\n::::\n{rest}"


def test_an_issue_in_a_tab_is_exported_and_changed_there() -> None:
    page = in_tab(imported(FIRST))
    export = to_markdown(page)
    assert "### ISSUE #3: A cheerful ending" in export
    assert not {"{tab-item}", "{revision-issue}"} & set(export.split())
    text = changed(export, ("from 1962", "from 1963"))
    once = merged(page, text)
    assert once == changed(page, ("from 1962", "from 1963"))
    assert merged(once, text) == once


def test_issues_that_the_editor_moved_are_not_torn_apart() -> None:
    table = "| mine |\n|---|\n| 1 |\n\n"
    page = changed(imported(FIRST), ("## Locked", f"{table}## Locked"))
    head, first, second, third = to_markdown(page).replace(table, "").split("### ISSUE")
    third, rest = third.split("## Locked")
    text = "### ISSUE".join([head, second, third, first]) + "## Locked" + rest
    once = merged(page, text)
    assert once.count("{revision-issue}") == 3
    assert "withdrawn" not in once
    assert table in once
    assert merged(once, text) == once


def test_a_sample_without_a_text_is_not_exported() -> None:
    page = changed(imported(FIRST), ("\nThe harbour is ready for the future.\n", ""))
    export = to_markdown(page)
    assert "Lived" in export.split("ISSUE #3")[1]
    assert "BEFORE" not in export.split("ISSUE #3")[1]
    assert "Unplaced" not in imported(export)


def test_an_issue_of_another_guide_of_the_page_is_new_to_this_one() -> None:
    samples = "#### BEFORE\n\n```\nPilots wait.\n```\n\n#### AFTER\n\n```\nHansen waits.\n```\n"
    issue = f"Nobody asked them.\n\n{samples}"
    other = imported(f"# Quay\n\n### ISSUE #4: Pilots\n\n{issue}").replace(
        "guide} ch-01", "guide} q"
    )
    page = f"{imported(FIRST)}\n{other[other.index('`') :]}"
    text = f"{FIRST}\n### ISSUE #4: Pilots\n\n{issue}"
    once = merged(page, text)
    assert once.count("{revision-issue} Pilots") == 2
    assert merged(once, text) == once


def test_a_withdrawn_issue_is_no_news_in_an_export() -> None:
    page = changed(imported(FIRST), (":number: 2\n", ":number: 2\n:withdrawn: yes\n"))
    record = ExportRecord.of(said_on(page))
    back = imported(FIRST)
    assert update_pages(page, back, back, exported=record)[0] == page
    assert update_pages(page, back)[0] == back, "a second version has the issue again"


def test_a_line_of_the_editor_has_no_place_in_a_directive_of_the_author() -> None:
    head = "# Guide\n\n```{revision-guide} ch-01\n```\n\n"
    page, base = (f"{head}```{fence}\nThe crane is old.\n```\n" for fence in ("{note}", "text"))
    new = base.replace("The crane", "See the list.\nThe crane")
    changes = only_changes(page, new, lambda _export: base, is_export=True)
    assert changes == (new, base)
