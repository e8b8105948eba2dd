"""A second version of a guide is merged into its page; what authors did there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import print_myst, read_guide, update_texts
from sphinxext_revguide.importer.likeness import alike
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


FENCE = "```bash\nmake {{x}}\n```\n\n"
PRAISED = "The tugs are praised."


def test_a_fence_of_the_editor_s_above_an_issue_is_added_alone() -> None:
    second = changed(FIRST, ("### ISSUE #2", f"{FENCE}### ISSUE #2"), ("LOW", "HIGH"))
    page, reported = update_page(AUTHORED, imported(second))
    assert reported == ["issue 1: new: ```text", "issue 2: impact is now high (was low)"]
    assert page.count("{revision-issue}") == AUTHORED.count("{revision-issue}")
    assert page.count("make {{x}}") == 1
    assert update_page(page, imported(second)) == (page, [])


def test_what_follows_a_fence_that_both_versions_have_is_updated() -> None:
    first = changed(FIRST, ("### ISSUE #2", f"{FENCE}### ISSUE #2"))
    second = changed(first, ("LOW", "HIGH"), ("One tug is always", "One tug is often"))
    page, reported = update_page(imported(first), imported(second))
    assert reported == ["issue 2: impact is now high (was low)", "issue 2: samples replaced"]
    assert page == imported(second)


def test_options_between_dashes_are_options() -> None:
    mine = changed(AUTHORED, (":number: 1\n", "---\nnumber: 1\nstatus: rejected\n---\n"))
    mine = mine.replace(":patterns: mlops-tables\n:budget: depth 4\n", "", 1)
    mine = mine.replace(":impact: high\n:reduction: 20-30%\n:status: accepted\n", "", 1)
    page, reported = update_page(mine, imported(changed(FIRST, ("HIGH", "LOW"))))
    assert "status: rejected\nimpact: low\nreduction: 20-30%\n---\n" in page
    assert "issue 1: impact is now low (was not given)" in reported


def test_a_comment_of_the_author_s_replaces_no_text() -> None:
    mine = AUTHORED.replace(PRAISED, f"% {PRAISED} Really?")
    page, _reported = update_page(mine, imported(FIRST))
    assert f"\n\n{PRAISED}\n\n" in page
    assert f"% {PRAISED} Really?" in page


def test_a_text_in_other_words_is_there_twice_until_somebody_decides() -> None:
    mine = changed(AUTHORED, (PRAISED, "The tugs get praise."))
    page, reported = update_page(mine, imported(FIRST))
    assert reported == [
        "issue 2: the guide says this in other words; the page has both, keep one: "
        "The tugs get praise. / The tugs are praised."
    ]
    assert page == mine.replace("The tugs get praise.", f"The tugs get praise.\n\n{PRAISED}")
    assert update_page(page, imported(FIRST)) == (page, [])


def test_words_that_the_editor_adds_to_a_text_replace_it() -> None:
    second = changed(FIRST, ("The tugs are praised.", "The tugs are often praised."))
    page, reported = update_page(AUTHORED, imported(second))
    assert page == AUTHORED.replace(PRAISED, "The tugs are often praised.")
    assert reported == ["issue 2: now says: The tugs are often praised."]


def test_a_line_of_the_author_s_in_a_sample_stays() -> None:
    mine = changed(
        AUTHORED, ("One tug is always in the dock.", "One tug is always in the dock.\n\nMine.")
    )
    page, reported = update_page(mine, imported(FIRST))
    assert page == mine
    assert reported == ["issue 2: kept, and not in the guide: Mine."]
    second = imported(changed(FIRST, ("in the dock", "in dry dock")))
    page, reported = update_page(mine, second)
    assert "Mine." in page
    assert "One tug is always in dry dock." in page
    assert [line.partition(";")[0] for line in reported] == ["issue 2: the guide has other samples"]
    assert update_page(page, second)[0] == page


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


# What authors do to pages


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_the_author_s_stay(end: str) -> None:
    mine = AUTHORED.replace("\n", end)
    assert update_page(mine, imported(FIRST)) == (mine, [])
    second = changed(FIRST, ("LOW", "HIGH"), ("## LOCKED", "Read it twice.\n\n## LOCKED"))
    page, _reported = update_page(mine, imported(second))
    merged, _reported = update_page(AUTHORED, imported(second))
    assert page == merged.replace("\n", end)


@pytest.mark.parametrize("mark", ["~~~~~~", "::::::", "``````"])
def test_an_issue_in_other_marks_is_updated(mark: str) -> None:
    head, body, tail = AUTHORED.rpartition("`````{revision-issue} A cheerful")
    issue, rest = tail.split("\n`````\n", maxsplit=1)
    mine = f"{head}{mark}{body.lstrip('`')}{issue}\n{mark}\n{rest}"
    page, reported = update_page(mine, imported(changed(FIRST, ("MEDIUM", "HIGH"))))
    assert page == mine.replace(":impact: medium", ":impact: high")
    assert reported == ["issue 3: impact is now high (was medium)"]


def test_an_issue_in_a_tab_is_updated_there() -> None:
    head, rest = AUTHORED.split("`````{revision-issue} Tugs")
    issue, rest = rest.split("\n`````\n", maxsplit=1)
    tab = "::::{tab-set}\n:::{tab-item} Tugs\n"
    mine = f"{head}{tab}`````{{revision-issue}} Tugs{issue}\n`````\n:::\n::::\n{rest}"
    page, reported = update_page(mine, imported(changed(FIRST, ("LOW", "HIGH"))))
    assert page == mine.replace(":impact: low", ":impact: high")
    assert reported == ["issue 2: impact is now high (was low)"]


def test_an_example_of_an_issue_is_no_issue() -> None:
    example = "``````{code-block} md\n`````{revision-issue} Tugs that never fail\n`````\n``````\n"
    mine = AUTHORED.replace("## ", f"{example}\n## ", 1)
    assert mine != AUTHORED
    assert update_page(mine, imported(FIRST)) == (mine, [])


def test_issues_that_the_author_moved_stay_there() -> None:
    head, first, second, third = AUTHORED.split("`````{revision-issue}")
    third, rest = third.split("\n`````\n", maxsplit=1)
    issues = [f"{third}\n`````\n\n", second, first]
    mine = "`````{revision-issue}".join([head, *issues]) + rest
    assert update_page(mine, imported(FIRST)) == (mine, [])
    page, _reported = update_page(mine, imported(changed(FIRST, ("LOW", "HIGH"))))
    assert page == mine.replace(":impact: low", ":impact: high")


def test_issues_that_the_editor_renumbered_are_the_same() -> None:
    second = changed(FIRST, ("#1", "#x"), ("#2", "#1"), ("#x", "#2"))
    page, reported = update_page(AUTHORED, imported(second))
    assert reported == [
        "issue 1: number is now 2 (was 1)", "issue 2: number is now 1 (was 2)",
    ]  # fmt: skip
    assert "withdrawn" not in page


def test_another_guide_of_the_page_is_left_alone() -> None:
    other = "```{revision-guide} quay\n```\n\n```{revision-issue} Tugs that never fail\n```\n"
    mine = f"{AUTHORED}\n{other}"
    page, reported = update_page(mine, imported(changed(FIRST, ("LOW", "HIGH"))))
    assert page == mine.replace(":impact: low", ":impact: high")
    assert reported == ["issue 2: impact is now high (was low)"]


def test_an_inserted_sample_cannot_close_its_fence() -> None:
    tug = "One tug is always in the dock."
    second = changed(FIRST, (f"```\n{tug}\n```", f"`````\n{tug}\n````\nx\n````\n`````"))
    page, reported = update_page(AUTHORED, imported(second))
    assert reported == ["issue 2: samples replaced"]
    assert update_page(page, imported(second)) == (page, [])
    assert page.count("{before-after}") == AUTHORED.count("{before-after}")


def test_only_texts_that_may_be_the_same_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for size in (100, 200):
        paragraphs = "\n\n".join(f"Paragraph a{n} says b{n} and c{n}." for n in range(size))
        first = changed(FIRST, (PRAISED, paragraphs))
        second = first.replace(" says ", " tells of ")
        compared: list[int] = []
        monkeypatch.setattr(
            update_texts, "alike", lambda one, other, c=compared: c.append(1) or alike(one, other)
        )
        page, _reported = update_page(imported(first), imported(second))
        assert all(f"a{n} tells of" in page for n in range(size))
        counts.append(len(compared))
    assert counts[1] < 2.5 * counts[0]


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


OTHER = """\
# Guide to the lights

### ISSUE #7: Lamps without keepers

#### BEFORE

```
All the lamps along the breakwater burn reliably through every night of the year.
```

#### AFTER

```
Two lamps are out.
```
"""


def test_another_guide_is_merged_only_if_that_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide, page = tmp_path / "lights.md", tmp_path / "page.md"
    guide.write_text(OTHER, encoding="utf-8")
    page.write_text(AUTHORED, encoding="utf-8")
    command = ["import", str(guide), "--output", str(page), "--update"]
    assert main(command) == 2
    assert f"{page}: none of its 3 issues is in this guide" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == AUTHORED

    assert main([*command, "--force"]) == 0
    assert "Lamps without keepers" in page.read_text(encoding="utf-8")


def test_the_program_with_an_earlier_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, page = tmp_path / "v1.md", tmp_path / "v2.md", tmp_path / "page.md"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(FIRST.replace(PRAISED, "The tugs get praise."), encoding="utf-8")
    assert main(["import", str(first), "--output", str(page)]) == 0
    command = ["import", str(second), "--output", str(page), "--base", str(first)]
    assert main(command) == 2
    assert "add '--update'" in capsys.readouterr().err
    assert main([*command, "--update"]) == 0
    assert PRAISED not in page.read_text(encoding="utf-8")
    assert "issue 2: now says: The tugs get praise." in capsys.readouterr().out
    first.write_text("Nothing.\n", encoding="utf-8")
    assert main([*command, "--update"]) == 2
    assert str(first) in capsys.readouterr().err


def test_issues_on_other_pages_of_the_book_are_updated_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "conf.py").touch()
    page, moved, guide = tmp_path / "page.md", tmp_path / "more" / "tugs.md", tmp_path / "_g.txt"
    head, rest = AUTHORED.split("`````{revision-issue} Tugs")
    issue, rest = rest.split("\n`````\n", maxsplit=1)
    page.write_text(head + rest, encoding="utf-8")
    moved.parent.mkdir()
    tugs = f"# Tugs\n\n`````{{revision-issue}} Tugs{issue}\n`````\n"
    tugs = tugs.replace(":number: 2\n", ":number: 2\n:guide: harbour\n")
    moved.write_bytes(tugs.replace("\n", "\r\n").encode())
    guide.write_text(FIRST.replace("LOW", "HIGH"), encoding="utf-8")
    command = ["import", str(guide), "--guide-id", "harbour", "--output", str(page), "--update"]
    assert main(command) == 0
    assert page.read_text(encoding="utf-8") == head + rest
    expected = tugs.replace(":impact: low", ":impact: high").replace("\n", "\r\n")
    assert moved.read_bytes() == expected.encode()
    assert capsys.readouterr().out == (
        f"issue 2: impact is now high (was low)\n{page}, {moved}: 1 change\n"
    )


def test_a_guide_that_is_merged_into_a_book_reports_what_it_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, guide = tmp_path / "book", tmp_path / "harbour.md"
    book.mkdir()
    (book / "harbour.md").write_text("# The harbour\n\nText.\n", encoding="utf-8")
    guide.write_text(FIRST, encoding="utf-8")
    command = ["import", str(guide), "--into", str(book), "--chapter", "harbour.md=harbour"]
    assert main(command) == 0
    page = next((book / "revision-guides").glob("*.md"))
    capsys.readouterr()
    guide.write_text(FIRST.replace("LOW", "HIGH"), encoding="utf-8")
    assert main([*command, "--update"]) == 0
    assert f"{page}: issue 2: impact is now high (was low)\n" in capsys.readouterr().err
    assert ":impact: high" in page.read_text(encoding="utf-8")
