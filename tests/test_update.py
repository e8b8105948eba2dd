"""A second version of a guide is merged into its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_revguide.importer.update import NoPageError, update_page
from tests.conftest import Book
from tests.harbour_guide import AUTHORED, FIRST, PRAISED, changed, imported

DATA = Path(__file__).parent / "importer_data"

GUIDES = sorted(DATA.glob("*.md"))


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_the_same_version_changes_nothing(path: Path) -> None:
    page = imported(path.read_text(encoding="utf-8"))
    assert update_page(page, page) == (page, [])


def test_the_same_version_leaves_the_author_s_words_alone() -> None:
    page, reported = update_page(AUTHORED, imported(FIRST))
    assert page == AUTHORED
    assert reported == []


def test_the_title_of_the_page_is_the_author_s() -> None:
    mine = changed(AUTHORED, ("# Revision guide: the harbour", "# Guide for us"))
    kept = "the page: title kept; in the guide it is: Revision guide: the harbour"
    assert update_page(mine, imported(FIRST)) == (mine, [kept])
    assert update_page(mine, imported(FIRST), imported(FIRST)) == (mine, [])
    second = changed(FIRST, ("# Revision guide: the harbour", "# The quays"))
    report = ["the page: title kept; in the guide it is: The quays"]
    assert update_page(mine, imported(second), imported(FIRST)) == (mine, report)


def test_a_changed_sample_is_replaced_and_nothing_else() -> None:
    second = changed(FIRST, ("We sounded twice, and at", "We sounded three times. At"))
    page, reported = update_page(AUTHORED, imported(second))
    assert page == AUTHORED.replace("We sounded twice, and at", "We sounded three times. At")
    assert reported == [
        "issue 1: samples replaced; they said: We sounded twice, and at the mole it was eight."
    ]


def test_a_layout_of_the_author_s_stays_with_a_replaced_sample() -> None:
    mine = changed(AUTHORED, (":before: Drafted", ":layout: stacked\n:before: Drafted"))
    second = changed(FIRST, ("9.5 metres", "9.8 metres"))
    page, _reported = update_page(mine, imported(second))
    assert "9.8 metres" in page
    assert page.count(":layout: stacked") == 1


def test_facts_of_the_editor_s_are_brought_up_to_date() -> None:
    second = changed(FIRST, ("HIGH", "CRITICAL"), ("40 KB", "44 KB"), ("20-30%", "25%"))
    page, reported = update_page(AUTHORED, imported(second))
    assert reported == [
        "the guide: baseline is now 44 KB, 900 lines (was 40 KB, 900 lines)",
        "issue 1: impact is now critical (was high)",
        "issue 1: reduction is now 25% (was 20-30%)",
    ]
    assert ":status: accepted" in page
    assert ":patterns: mlops-tables\n:budget: depth 4\n" in page


def test_a_new_issue_is_added_in_its_place() -> None:
    new = (
        "### ISSUE #2: Pilots without faces\n\n#### BEFORE (Drafted)\n\n```\nPilotage is "
        "compulsory.\n```\n\n#### AFTER (Lived)\n\n```\nHansen boards at four.\n```\n\n"
    )
    second = changed(
        FIRST, ("### ISSUE #3", "### ISSUE #4"), ("### ISSUE #2", "### ISSUE #3"),
        ("### ISSUE #3", f"{new}### ISSUE #3"),
    )  # fmt: skip
    page, reported = update_page(AUTHORED, imported(second))
    assert reported == [
        "the page: new: issue 2, “Pilots without faces”",
        "issue 2: number is now 3 (was 2)",
        "issue 3: number is now 4 (was 3)",
    ]
    places = [page.index(title) for title in ("Depths", "Pilots without", "Tugs", "A cheerful")]
    assert places == sorted(places)
    assert "I know, and I like it that way. (Author)" in page


def test_a_vanished_issue_is_marked_and_kept() -> None:
    head, rest = FIRST.split("### ISSUE #2")
    second = head + "### ISSUE #2" + rest.split("### ISSUE #3")[1]
    page, reported = update_page(AUTHORED, imported(second))
    assert reported == [
        "issue 3: number is now 2 (was 3)",
        "issue 2: is no longer in the guide; marked as withdrawn",
        "issue 2, withdrawn: is now issue 3",
    ]
    assert page.count(":withdrawn: yes") == 1
    assert "Both tugs are always ready." in page
    assert "I know, and I like it that way. (Author)" in page
    assert update_page(page, imported(second)) == (page, [])
    again, reported = update_page(page, imported(FIRST))
    assert ":withdrawn:" not in again
    assert "issue 3: is in the guide again" in reported


def test_new_words_and_locked_items_are_added() -> None:
    second = changed(
        FIRST,
        ("The tugs are praised.", "The tugs are praised.\n\nTheir crews are not mentioned."),
        ("- ✅ The name `Agnes Lund`", "- ✅ The name `Agnes Lund`\n- ✅ The year `1962`"),
    )
    page, reported = update_page(AUTHORED, imported(second))
    assert "issue 2: new: Their crews are not mentioned." in reported
    assert any(line.startswith("locked: new: ") and "1962" in line for line in reported)
    assert page.index("Their crews") > page.index("The tugs are praised.")
    assert "I know, and I like it that way. (Author)" in page


def test_a_report_says_what_is_no_longer_on_the_page() -> None:
    mine = changed(
        AUTHORED, ("One tug is always", "One tug is mostly"), ("} Tugs that", "} Our tugs that"),
        (":after: Lived", ":after: Heard"),
    )  # fmt: skip
    page, reported = update_page(mine, imported(FIRST))
    assert page == AUTHORED
    assert reported == [
        "issue 2: title is now “Tugs that never fail” (was “Our tugs that never fail”)",
        "issue 2: samples replaced; they said: One tug is mostly in the dock.",
        "issue 2: after is now Lived (was Heard)",
    ]


def test_the_label_of_a_sample_is_the_editor_s() -> None:
    page, reported = update_page(
        AUTHORED, imported(changed(FIRST, ("AFTER (Sounded)", "AFTER (Felt)")))
    )
    assert page == AUTHORED.replace(":after: Sounded", ":after: Felt")
    assert reported == ["issue 1: after is now Felt (was Sounded)"]


def test_blank_lines_of_the_author_s_stay() -> None:
    mine = AUTHORED.replace("\n\n`````{", "\n\n\n\n`````{")
    page, reported = update_page(mine, imported(changed(FIRST, ("LOW", "HIGH"))))
    assert reported == ["issue 2: impact is now high (was low)"]
    assert page == mine.replace(":impact: low", ":impact: high")


def test_a_new_text_goes_where_the_editor_has_it() -> None:
    second = changed(
        FIRST,
        ("**Current size:**", "Read it on the mole.\n\n**Current size:**"),
        ("**Reduction:** 50%\n", "**Reduction:** 50%\n\nNobody believes it.\n"),
    )
    page, reported = update_page(AUTHORED, imported(second))
    assert "the guide: new: Read it on the mole." in reported
    assert "issue 3: new: Nobody believes it." in reported
    first, _issue, rest = page.partition("{revision-issue}")
    assert "Read it on the mole." in first.partition("{revision-guide}")[2]
    ending = rest.partition("A cheerful ending")[2]
    assert ending.index("Nobody believes it.") < ending.index("{before-after}")


def test_a_merged_page_builds_and_shows_what_is_withdrawn(tmp_path: Path) -> None:
    second = FIRST.split("### ISSUE #2", maxsplit=1)[0].replace("HIGH", "LOW")
    page, _reported = update_page(AUTHORED, imported(second))
    book = Book(tmp_path / "book")
    book.write("index.md", page)
    built = book.build("text")
    assert {build_warning.type for build_warning in built.warnings} <= {
        "revguide.locked",
        "revguide.sample",
    }
    text = " ".join(built.read("index.txt").split())
    assert text.count("dropped from the latest guide") == 2


def test_an_author_may_say_why_an_issue_is_withdrawn(tmp_path: Path) -> None:
    book = Book(tmp_path / "book")
    issue = "```{revision-issue} Gone\n:withdrawn: Ada took it back\n\nText.\n```\n"
    book.write("index.md", f"# Guide\n\n```{{revision-guide}} harbour\n```\n\n{issue}")
    text = " ".join(book.build("text").read("index.txt").split())
    assert "Withdrawn:** Ada took it back" in text
    assert "dropped from the latest guide" not in text


def test_a_page_without_a_guide_is_refused() -> None:
    with pytest.raises(NoPageError, match="has no 'revision-guide'"):
        update_page("# Mine\n", imported(FIRST))
    with pytest.raises(NoPageError, match="is written in reST"):
        update_page("Mine\n====\n\n.. revision-guide:: harbour\n", imported(FIRST))


# With the earlier version of the guide


def test_a_base_tells_an_editor_s_words_from_an_author_s() -> None:
    second = changed(FIRST, (PRAISED, "The tugs get praise."))
    page, reported = update_page(AUTHORED, imported(second), imported(FIRST))
    assert page == AUTHORED.replace(PRAISED, "The tugs get praise.")
    assert reported == ["issue 2: now says: The tugs get praise."]


def test_with_a_base_an_author_s_words_stay_alone() -> None:
    mine = changed(
        AUTHORED,
        (PRAISED, "The tugs get praise."),
        ("One tug is always in the dock.", "One tug is never at sea."),
        (":impact: high", ":impact: low"),
        ("Ships go aground on tables.\n", ""),
    )
    assert update_page(mine, imported(FIRST), imported(FIRST)) == (mine, [])


def test_with_a_base_an_author_s_issues_are_neither_withdrawn_nor_brought_back() -> None:
    own = "```{revision-issue} Mine\n:number: 9\n\nLook.\n```\n\n"
    head, rest = AUTHORED.split("`````{revision-issue} Tugs")
    third = rest.partition("`````{revision-issue} A cheerful")[2]
    mine = f"{head}{own}`````{{revision-issue}} A cheerful{third}"
    page, reported = update_page(mine, imported(FIRST), imported(FIRST))
    assert page == mine
    assert reported == ["issue 2: left out, as it was removed from the page"]


def test_with_a_base_both_samples_stay_where_both_changed_them() -> None:
    mine = changed(AUTHORED, ("One tug is always in the dock.", "One tug is never at sea."))
    second = imported(changed(FIRST, ("One tug is always in the dock.", "No tug ever works.")))
    page, reported = update_page(mine, second, imported(FIRST))
    assert "One tug is never at sea." in page
    assert "No tug ever works." in page
    assert [line.partition(";")[0] for line in reported] == ["issue 2: the guide has other samples"]
    assert update_page(page, second, imported(FIRST))[0] == page
