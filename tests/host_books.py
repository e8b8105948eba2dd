"""What the books of other hosts hold: a guide, more pages and notebooks."""

from __future__ import annotations

import json
from typing import Any

from tests.conftest import CHECKLIST, Book, Built

HEAD = "| Check | Required"
PATTERN = "revguide.readiness-checklist"

GUIDE = f"""\
# Guide

```{{revision-guide}} ferry
:chapters: chapter*
```

```{{locked-preserve}}
- When dues are paid: `dues are paid before noon`
- What was never there: `a lighthouse`
```

`````{{revision-issue}} A checklist without a doubt
:impact: high
:patterns: readiness-checklist

The problem.

````{{before-after}}
## Opening readiness

{CHECKLIST}
+++

One gate **sticks**; somebody says so.
````
`````

````{{revision-issue}} Another
:effort: some
````
"""


MORE = {f"more{n}": "A page\n======\n" for n in range(6)}
"""Sphinx reads in several processes from six pages on."""


def line_of(book: Book, name: str, text: str, nth: int = 0) -> int:
    """Return the 1-based line of a file on which a text stands for the nth time."""
    lines = (book.srcdir / name).read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if text in line][nth]


def places(built: Built, kind: str) -> list[tuple[str, int]]:
    return [
        (build_warning.path, build_warning.line)
        for build_warning in built.warnings
        if build_warning.type == kind
    ]


# MyST-NB

TOP = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
CODE = "```{code-cell}\n1 + 1\n```\n"
SECTION = f"## Opening readiness\n\n{CHECKLIST}"


def ipynb(*cells: str, indent: int | None = 1, joined: bool = False) -> str:
    """Return a notebook; a cell that begins with ``%`` is code."""

    def cell(text: str) -> dict[str, Any]:
        source = text if joined else text.splitlines(keepends=True)
        if not text.startswith("%"):
            return {"cell_type": "markdown", "metadata": {}, "source": source}
        more: dict[str, Any] = {"execution_count": None, "outputs": []}
        return {"cell_type": "code", "metadata": {}, "source": source, **more}

    spec = {"name": "python3", "display_name": "Python", "language": "python"}
    notebook = {
        "cells": [cell(text) for text in cells],
        "metadata": {"kernelspec": spec},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(notebook, indent=indent)
