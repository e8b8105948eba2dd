"""Matches the issues of a new version with those on the page, and keeps their numbers unique."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio, token_set_ratio

from sphinxext_revguide.importer.likeness import alike, best_matches
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.markup.page_blocks import (
    GUIDE,
    ISSUE,
    LOCKED,
    PAIR,
    Block,
    Page,
    every_block,
    samples_of,
)

EDITORS_OPTIONS = (*(field.name for field in ISSUE_FIELDS if field.by_editor), "baseline")
"""Options that the editor decides; all others are the author's."""
_SAME_TITLE = 85
_SIMILAR_TITLE = 60
"""Minimum similarity (percent) of the titles or samples of one issue, and of its titles if the
number is the same."""
_READERS = {field.name: field.parse for field in ISSUE_FIELDS}


def match_issues(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[Block, Block]]:
    """Return the issues that two versions share, as pairs of the old and the new one."""
    return best_matches(old, new, _identity, _likeness)


def same_value(name: str, one: str, other: str) -> bool:
    """Return whether two values of an option mean the same."""
    if " ".join(one.split()) == " ".join(other.split()):
        return True
    read = _READERS.get(name)
    try:
        return read is not None and bool(read(one) == read(other))
    except ValueError:
        return False


def renumber_withdrawn(issues: Sequence[Block]) -> list[str]:
    """Give withdrawn issues unique numbers.

    :returns: a line for each changed number.
    """
    numbers = [issue.options.get("number") for issue in issues if "withdrawn" not in issue.options]
    used = set(numbers)
    last = max((leading_number(number) for number in used if number), default=0)
    report = []
    for issue in issues:
        options = issue.options
        number = options.get("number")
        if "withdrawn" not in options or number is None:
            continue
        if number in used:
            last += 1
            report.append(f"issue {number}, withdrawn: is now issue {last}")
            number = str(last)
            issue.set_option("number", number)
        used.add(number)
    return report


def _identity(issue: Block) -> str:
    befores = [samples_of(block)[0][:500] for block in issue.body if block.name == PAIR]
    return "\n".join([f"#{issue.options.get('number')}", issue.title, *befores])


def _likeness(mine: Block, other: Block) -> float:
    title = max(ratio(mine.title, other.title), token_set_ratio(mine.title, other.title) - 5)
    samples = max(
        (
            alike(samples_of(one)[0], samples_of(two)[0])
            for one in mine.body
            for two in other.body
            if one.name == two.name == PAIR
        ),
        default=0.0,
    )
    same_number = mine.options.get("number") == other.options.get("number")
    if title >= (_SIMILAR_TITLE if same_number else _SAME_TITLE) or samples >= _SAME_TITLE:
        return title + samples + same_number
    return 0.0


def blocks_of_guide(page: Page, guide: Block) -> list[Block]:
    """Return the blocks of a page that are a part of a guide, in order."""
    found = []
    current: Block | None = None
    skipped: set[int] = set()
    for block in every_block(page.blocks):
        current = block if block.name == GUIDE else current
        owner = block.options.get("guide") if block.name == ISSUE else None
        is_own = owner == guide.title if owner else current in (None, guide)
        if not is_own and block.name == ISSUE:
            skipped.update(id(inner) for inner in every_block([block]))
        if is_own and id(block) not in skipped:
            found.append(block)
    return found


def blocks_elsewhere(page: Page, guide: Block) -> list[Block]:
    """Return the issues of another page that name the guide, and the blocks in them."""
    issues = [block for block in every_block(page.blocks) if block.name == ISSUE]
    own = [issue for issue in issues if issue.options.get("guide") == "-".join(guide.title.split())]
    return list(every_block(own))


def is_wrap(block: Block) -> bool:
    """Return whether a directive, such as a tab, only contains parts of a guide."""
    return bool(block.body) and block.name not in (GUIDE, ISSUE, LOCKED)


def name_and_title(block: Block) -> tuple[str, str]:
    """Return what identifies a directive: its name and title."""
    return block.name, block.title


def issue_name(issue: Block) -> str:
    """Return the name of an issue in a report: its number, or its title if it has none."""
    number = issue.options.get("number")
    return f"issue {number}" if number else f"issue “{issue.title}”"


def said_by(issue: Block) -> tuple[str, str]:
    """Return the editor's texts in an issue, without its number and other facts."""
    return issue.title, issue.inside
