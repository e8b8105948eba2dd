"""What authors did to a page stays when a second version of its guide is merged."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer import update_texts
from sphinxext_revguide.importer.likeness import alike
from sphinxext_revguide.importer.update import update_page
from tests.harbour_guide import AUTHORED, FIRST, PRAISED, changed, imported

FENCE = "```bash\nmake {{x}}\n```\n\n"


def test_a_fence_of_the_editor_s_above_an_issue_is_added_alone() -> None:
    second = changed(FIRST, ("### ISSUE #2", f"{FENCE}### ISSUE #2"), ("LOW", "HIGH"))
    page, reported = update_page(AUTHORED, imported(second))
    assert reported == [
        "issue 1: new: ```text make {{x}} ```",
        "issue 2: impact is now high (was low)",
    ]
    assert page.count("{revision-issue}") == AUTHORED.count("{revision-issue}")
    assert page.count("make {{x}}") == 1
    assert update_page(page, imported(second)) == (page, [])


def test_what_follows_a_fence_that_both_versions_have_is_updated() -> None:
    first = changed(FIRST, ("### ISSUE #2", f"{FENCE}### ISSUE #2"))
    second = changed(first, ("LOW", "HIGH"), ("One tug is always", "One tug is often"))
    page, reported = update_page(imported(first), imported(second))
    assert reported == [
        "issue 2: impact is now high (was low)",
        "issue 2: samples replaced; they said: One tug is always in the dock.",
    ]
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
