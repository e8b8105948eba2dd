"""The new issues and sections of a second version are put in order on the page of its guide."""

from __future__ import annotations

import re

import pytest

from sphinxext_revguide.importer.update import update_page
from tests.harbour_guide import changed, imported

TITLES = {
    "A": "Apples and oranges",
    "B": "Boats in winter",
    "C": "Cranes at night",
    "D": "Docks under water",
    "E": "Eels everywhere",
    "F": "Fog on Monday",
}
LOCKS = "## LOCKED\n\n- The name `Agnes Lund`\n"


def version(*parts: str) -> str:
    """Return the page of a guide; a part is an issue, as in ``1A B``, or Markdown."""
    return imported("# Revision guide: the harbour\n\n" + "\n".join(map(part_of, parts)))


def part_of(part: str) -> str:
    issue = re.fullmatch(r"(\w+) ([A-F])", part)
    if issue is None:
        return part
    title = TITLES[issue[2]]
    name, *_rest = title.split()
    return (
        f"### ISSUE #{issue[1]}: {title}\n\n**Impact:** LOW\n\n{name} are the problem.\n\n"
        f"#### BEFORE\n\n```\n{name}, {name} and {name}.\n```\n"
    )


def order(page: str) -> str:
    """Return the issues and sections of a page; ``-`` marks withdrawn issues."""
    found = re.finditer(
        r"\{revision-issue\} (\w).*\n((?:[:\w].*\n)*)|^## (\w+)|^\W+(locked)", page, re.MULTILINE
    )
    return " ".join(_name(match) for match in found)


def _name(match: re.Match[str]) -> str:
    title, options, section, locked = match.groups()
    number = re.search(":number: (.*)", options or "")
    if not title or not number:
        return section or locked
    return f"{number[1]}{title}{'-' * ('withdrawn' in options)}"


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["1A 2B 3C", "1A 2B", "1A 2B 4D"], "1A 2B 3C- 4D"),
        (["1A 2B 3C", "1A 2B", "1A 2B 4D 5E"], "1A 2B 3C- 4D 5E"),
        (["1A 2B 3C", "1A 2B", "1A 2B 5E 4D"], "1A 2B 3C- 5E 4D"),
        (["1A 2B 3C 4D", "1A 2B", "1A 2B 5E"], "1A 2B 3C- 4D- 5E"),
        (["1A 2B 3C 5E", "1A 2B", "1A 2B 4D 6F"], "1A 2B 3C- 4D 5E- 6F"),
        (["1A 2B 3C", "2B 3C", "2B 3C 4D"], "1A- 2B 3C 4D"),
        (["1A 2B 3C", "1A 3C", "1A 3C 4D"], "1A 2B- 3C 4D"),
        (["1A 2B", "3C 4D"], "1A- 2B- 3C 4D"),
        (["1A 1aB 2C", "1A 2C", "1A 1bD 2C"], "1A 1aB- 1bD 2C"),
        (["1A 9B", "1A", "1A 10C"], "1A 9B- 10C"),
        (["1A 10B", "1A", "1A 9C"], "1A 9C 10B-"),
    ],
)  # fmt: skip
def test_a_new_issue_is_behind_withdrawn_ones_of_lower_numbers(
    versions: list[str], expected: str
) -> None:
    assert order(merged(versions)) == expected


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["1A 2B 3C", "1A 2B 3D"], "1A 2B 3D 4C-"),
        (["1A 2B 3C", "1A 2B 3D 4E"], "1A 2B 3D 4E 5C-"),
        (["1A 2B 3C", "1A 2B", "1A 2B 3D 4E"], "1A 2B 3D 4E 5C-"),
        (["1A 2B 3C", "1A 2D 3C"], "1A 2D 4B- 3C"),
        (["1A 2B 3C", "1A 2C", "1A 2C 3D"], "1A 4B- 2C 3D"),
        (["1A 1aB 2C", "1A 1aD 2C"], "1A 1aD 3B- 2C"),
    ],
)  # fmt: skip
def test_a_withdrawn_issue_has_no_number_of_a_new_one(versions: list[str], expected: str) -> None:
    page = merged(versions)
    assert order(page) == expected
    last = version(*issues_in(versions[-1]))
    assert update_page(page, last) == (page, [])


def merged(versions: list[str]) -> str:
    page = version(*issues_in(versions[0]))
    for each in versions[1:]:
        page, _reported = update_page(page, version(*issues_in(each)))
    return page


def issues_in(text: str) -> list[str]:
    return [f"{issue[:-1]} {issue[-1]}" for issue in text.split()]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (["1 A", "2 B", "## Tides\n\nThey turn.\n", "4 D"], "1A 2B 3C- Tides 4D"),
        (["1 A", "2 B", "4 D", "## Tides\n\nThey turn.\n"], "1A 2B 3C- 4D Tides"),
        (["1 A", "2 B", LOCKS], "1A 2B 3C- Locked locked"),
        (["1 A", "2 B", "4 D", LOCKS], "1A 2B 3C- 4D Locked locked"),
        (["## Tides\n\nThey turn.\n", "1 A", "2 B"], "Tides 1A 2B 3C-"),
    ],
)  # fmt: skip
def test_a_new_section_begins_behind_the_withdrawn_issues_of_the_last(
    second: list[str], expected: str
) -> None:
    page, _reported = update_page(version("1 A", "2 B", "3 C"), version(*second))
    assert order(page) == expected


def test_a_new_section_begins_above_a_withdrawn_issue_at_the_top() -> None:
    page, _reported = update_page(version("1 A", "2 B"), version("## Tides\n\nThey turn.\n", "2 B"))
    assert order(page) == "Tides 1A- 2B"


def test_a_new_issue_is_behind_a_withdrawn_one_in_a_tab_below_a_note() -> None:
    head, second = version("1 A", "2 B").split("\n\n`````{revision-issue} Boats")
    note = "```{note}\nBoats?\n```"
    tab = "::::::{tab-set}\n:::::{tab-item} B\n`````{revision-issue} Boats"
    mine = f"{head}\n\n{note}\n\n{tab}{second}:::::\n::::::\n"
    page, _reported = update_page(mine, version("1 A", "3 C"))
    assert order(page) == "1A 2B- 3C"
    assert page.index("\n::::::\n") < page.index("Cranes")


def test_a_new_issue_stays_above_the_heading_of_a_withdrawn_one() -> None:
    page = version("1 A", "2 B")
    mine = changed(page, ("`````{revision-issue} Boats", "## Later\n\n`````{revision-issue} Boats"))
    merged_page, _reported = update_page(mine, version("1 A", "3 C"))
    assert order(merged_page) == "1A 3C Later 2B-"


def test_an_issue_of_the_author_s_without_a_number_stays_below_a_new_one() -> None:
    page = version("1 A", "2 B")
    mine = changed(page, (":number: 2\n", ""))
    first = version("1 A")
    merged_page, _reported = update_page(mine, version("1 A", "3 C"), first)
    assert merged_page.index("Cranes") < merged_page.index("Boats")
