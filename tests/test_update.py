"""A second version of a guide is merged into its page; what authors did there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.update import NoPageError, update_page
from tests.conftest import Book

DATA = Path(__file__).parent / "importer_data"
GUIDES = sorted(DATA.glob("*.md"))

FIRST = """\
# Revision guide: the harbour

**Current size:** 40 KB, 900 lines

### ISSUE #1: Depths without doubt

**Impact:** HIGH | **Reduction:** 20-30%

The table says everything is deep.

#### BEFORE (Drafted)

```
The depth is 9.5 metres everywhere.
```

#### AFTER (Sounded)

```
We sounded twice, and at the mole it was eight.
```

**Why:** Ships go aground on tables.

### ISSUE #2: Tugs that never fail

**Impact:** LOW | **Reduction:** 10%

The tugs are praised.

#### BEFORE (Drafted)

```
Both tugs are always ready.
```

#### AFTER (Lived)

```
One tug is always in the dock.
```

### ISSUE #3: A cheerful ending

**Impact:** MEDIUM | **Reduction:** 50%

#### BEFORE (Drafted)

```
The harbour is ready for the future.
```

#### AFTER (Lived)

```
The crane is from 1962.
```

## LOCKED

- ✅ The name `Agnes Lund`
"""


def imported(text: str) -> str:
    return print_myst(read_guide(text, name="harbour.md"))


def changed(page: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new, 1)
    return page


AUTHORED = changed(
    imported(FIRST),
    (":number: 1\n", ":number: 1\n:patterns: mlops-tables\n:budget: depth 4\n"),
    (":status: open", ":status: accepted"),
    ("The tugs are praised.", "The tugs are praised.\n\nI know, and I like it that way. (Author)"),
    ("# Revision guide: the harbour", "# Guide for us"),
)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_the_same_version_changes_nothing(path: Path) -> None:
    page = imported(path.read_text(encoding="utf-8"))
    assert update_page(page, page) == (page, [])


def test_the_same_version_leaves_the_author_s_words_alone() -> None:
    page, reported = update_page(AUTHORED, imported(FIRST))
    assert page == AUTHORED
    assert reported == []


def test_a_changed_sample_is_replaced_and_nothing_else() -> None:
    second = changed(FIRST, ("We sounded twice, and at", "We sounded three times. At"))
    page, reported = update_page(AUTHORED, imported(second))
    assert page == AUTHORED.replace("We sounded twice, and at", "We sounded three times. At")
    assert reported == ["issue 1: samples replaced"]


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


def test_the_label_of_a_sample_is_the_editor_s() -> None:
    page, reported = update_page(
        AUTHORED, imported(changed(FIRST, ("AFTER (Sounded)", "AFTER (Felt)")))
    )
    assert ":after: Felt" in page
    assert reported == ["issue 1: samples replaced"]


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


def test_the_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide, page = tmp_path / "harbour.md", tmp_path / "page.md"
    guide.write_text(FIRST, encoding="utf-8")
    command = ["import", str(guide), "--output", str(page), "--update"]
    assert main(command) == 0
    capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr().out == f"{page}: no changes\n"
    guide.write_text(FIRST.replace("LOW", "HIGH"), encoding="utf-8")
    assert main(command) == 0
    out = capsys.readouterr().out
    assert out == f"issue 2: impact is now high (was low)\n{page}: 1 change\n"
    page.write_text("# Mine\n", encoding="utf-8")
    assert main(command) == 2
    assert page.read_text(encoding="utf-8") == "# Mine\n"
    assert main(["import", str(guide), "--update"]) == 2
