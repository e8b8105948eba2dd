"""Numbers of issues: whole numbers, and labels such as 1A or 2.3."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.update import update_page
from sphinxext_revguide.issue_numbers import number_key, parse_issue_number
from tests.conftest import Book

NewBook = Callable[..., Book]

GUIDE = """# Guide to the lighthouse

## First round

### Issue 1A: Opening
**Current text:**
```
The lamp is the heart of every coast.
```
### Recommendation 1A: Somebody climbs
**REWRITE:**
```
Ines counted the stairs, and lost count.
```
**Time required:** 45 minutes

### Issue 1B: Second paragraph
**Current text:**
```
Few lamps are ready.
```
**REWRITE:**
```
Most lamps are not.
```

### Issue 10: Last one
**BEFORE:**
```
It burned all night.
```
**AFTER:**
```
It burned until four.
```

### Issue 2.3: A part
**BEFORE:**
```
The keeper slept well.
```
**AFTER:**
```
The keeper slept.
```
"""
PAGE = """# Guide

```{{revision-guide}} coast
```

{issues}
"""
ISSUE = """````{{revision-issue}} Issue called {number}
:number: {number}

Words of {number}.
````
"""


def test_labels_are_sorted_as_people_count() -> None:
    ordered: list[int | str] = [1, "1A", "1b", 2, "2.3", "2.10", "2A", 3, 10, "10a", "A1", "B1"]
    assert sorted(sorted(ordered, key=str), key=number_key) == ordered


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), (" 12 ", 12), ("1A", "1A"), ("12b", "12b"), ("2.3", "2.3"), ("2.3a", "2.3a"),
     ("B4", "B4"), ("1-2", "1-2")],
)  # fmt: skip
def test_a_number_is_whole_or_a_label(text: str, number: int | str) -> None:
    assert parse_issue_number(text) == number


@pytest.mark.parametrize("text", ["0", "", "first", "1 A", "-1", "1.", "1,5", "9" * 10])
def test_other_texts_are_not_numbers(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 1, 1A or 2\.3"):
        parse_issue_number(text)


def test_labels_of_a_guide_stay(new_book: NewBook) -> None:
    guide = read_guide(GUIDE, name="tower.md")
    assert [issue.issue.number for issue in guide.issues] == ["1A", "1B", 10, "2.3"]
    assert [len(issue.issue.pairs) for issue in guide.issues] == [1, 1, 1, 1]
    first = guide.issues[0].issue
    assert first.pairs[0].after is not None
    assert first.effort is not None
    assert first.effort.low == 0.75
    pages = {"index.md": "# Coast\n\n```{toctree}\nguide\n```\n", "guide.md": print_myst(guide)}
    built = new_book(pages).build("dummy")
    issues = built.domain.book.issues
    assert [issue.id for issue in issues] == ["tower-1A", "tower-1B", "tower-2.3", "tower-10"]
    assert [issue.number for issue in issues] == ["1A", "1B", "2.3", 10]
    assert not [build_warning for build_warning in built.warnings if "number" in build_warning.text]


def test_labels_survive_export_and_update() -> None:
    page = print_myst(read_guide(GUIDE, name="tower.md"))
    again = read_guide(to_markdown(page), name="tower.md")
    assert [issue.issue.number for issue in again.issues] == ["1A", "1B", 10, "2.3"]
    merged, changes = update_page(page.replace(":number: 1B", ":number: 1B\n:note: mine"), page)
    assert ":note: mine" in merged
    assert changes == []


def test_a_label_is_a_target_and_a_heading(new_book: NewBook) -> None:
    text = PAGE.format(issues="\n".join(ISSUE.format(number=entry) for entry in ("2", "1A", "1")))
    index = "# Coast\n\nSee {revguide:issue}`coast-1A`.\n\n```{toctree}\nguide\n```\n"
    built = new_book({"index.md": index, "guide.md": text}).build("html")
    assert built.warnings == []
    assert "Issue 1A: " in built.read("guide.html")
    assert "guide.html#revision-issue-coast-1a" in built.read("index.html").lower()
    assert [issue.number for issue in built.domain.book.issues] == [1, "1A", 2]


def test_reports_give_whole_numbers_as_numbers(new_book: NewBook) -> None:
    text = PAGE.format(issues="\n".join(ISSUE.format(number=entry) for entry in ("1A", "2")))
    built = new_book({"index.md": text}).build("revguide")
    report = json.loads(built.read("revguide.json"))
    assert [row["number"] for row in report["issues"]] == ["1A", 2]


def test_a_review_is_applied_to_a_labelled_issue(new_book: NewBook, tmp_path: Path) -> None:
    book = new_book({"index.md": PAGE.format(issues=ISSUE.format(number="1A"))})
    (issue,) = book.build("dummy").domain.book.issues
    decision = {"issue": "coast-1A", "digest": issue.digest, "decision": "accept", "comment": ""}
    review = tmp_path / "review.json"
    review.write_text(
        json.dumps({"format": "revguide-review", "version": 1, "decisions": [decision]}),
        encoding="utf-8",
    )
    assert main(["review", "apply", str(review), str(book.srcdir), "--write"]) == 0
    assert ":status: accepted" in (book.srcdir / "index.md").read_text(encoding="utf-8")


def test_a_bad_number_is_reported_with_its_remedy(new_book: NewBook) -> None:
    text = PAGE.format(issues=ISSUE.format(number="first"))
    (reported,) = new_book({"index.md": text}).build("dummy").warnings
    assert (reported.path, reported.line) == ("index.md", 7)
    assert "'first' is not the number of an issue; write 1, 1A or 2.3" in reported.text


def test_the_next_number_follows_a_label(new_book: NewBook) -> None:
    issues = ISSUE.format(number="3b") + "\n````{revision-issue} Without\nWords.\n````\n"
    built = new_book({"index.md": PAGE.format(issues=issues)}).build("dummy")
    assert [issue.number for issue in built.domain.book.issues] == ["3b", 4]
