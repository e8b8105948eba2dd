"""A small guide, reviews of it as files contain them, and the command that applies them."""

from __future__ import annotations

import json

from sphinxext_revguide.cli import main
from sphinxext_revguide.markup.review_file import Decision
from sphinxext_revguide.model import Issue
from tests.conftest import Book

MYST = """\
# Guide

```{revision-guide} g
```

````{revision-issue} One
:impact: high
:status: open

Problem.

```{before-after}
a
+++
b
```
````

````{revision-issue} Two

Problem.
````
"""


def review(*decisions: Decision) -> str:
    fields = ("issue", "digest", "decision", "comment")
    said = [{name: getattr(decision, name) for name in fields} for decision in decisions]
    return json.dumps({"format": "revguide-review", "version": 1, "decisions": said})


def issues(book: Book) -> dict[str, Issue]:
    return {issue.id: issue for issue in book.build("dummy").domain.book.issues}


def by(name: str, *decisions: Decision) -> str:
    """Return a review of the present format."""
    said = [
        {
            "issue": decision.issue,
            "digest": decision.digest,
            "decision": decision.decision,
            "comment": decision.comment,
            "date": decision.date,
        }
        for decision in decisions
    ]
    return json.dumps(
        {"format": "revguide-review", "version": 2, "reviewer": name, "decisions": said}
    )


def run_all(book: Book, reviews: dict[str, str], *options: str) -> int:
    files = []
    for name, text in reviews.items():
        file = book.srcdir.parent / name
        file.write_text(text, encoding="utf-8")
        files.append(str(file))
    return main(["review", "apply", *files, str(book.srcdir), *options])


def run(book: Book, text: str, *options: str) -> int:
    file = book.srcdir.parent / "review.json"
    file.write_text(text, encoding="utf-8")
    return main(["review", "apply", str(file), str(book.srcdir), *options])
