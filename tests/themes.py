"""The six themes, a book that shows everything, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
REQUIRED = os.environ.get("REVGUIDE_BROWSER") == "required"
"""Set where tests of pages must not be skipped."""
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="Chromium is not installed"
)

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

THEMES = (
    "alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme",
    "sphinx_immaterial",
)  # fmt: skip
DARK = {
    "furo": "document.body.dataset.theme = 'dark'",
    "pydata_sphinx_theme": "document.documentElement.dataset.theme = 'dark'",
    "sphinx_book_theme": "document.documentElement.dataset.theme = 'dark'",
    "sphinx_immaterial": "document.body.dataset.mdColorScheme = 'slate'",
}
"""How a theme is switched to dark, where it can be."""

TABLE = """\
| Check | Required | State |
|---|---|---|
| Gangway | lowers in 30 s | ✅ Pass |
| Lifejackets | 400 | ✅ Pass |
| Ticket gates | 12 of 12 | ✅ Pass |
"""
WIDE = "| " + " | ".join(f"a rather long heading {n}" for n in range(8)) + " |"
LONG = "\n\n".join(f"Paragraph {n} of a text that is much longer than its twin." for n in range(40))

CHAPTER = f"""\
# The harbour

Before the season opens, the terminal is checked.

{TABLE}
**Ready to open.**

```{{locked-passage}} dues
Dues are paid before noon.
```
"""

GUIDE = f"""\
# Guide

```{{revision-guide}} g
:chapters: harbour
:baseline: 900 bytes, 40 lines
:reduction: 25-30%
:effort: 6 h
```

```{{locked-preserve}}
- When dues are paid: `before noon`
- What was never there: `a lighthouse`
- The tone
```

````{{revision-issue}} A checklist without a doubt
:impact: critical
:frequency: 2 places
:reduction: 40-50%
:effort: 2 h
:patterns: readiness-checklist

Everything passed, and nobody says what nearly did not.

```{{before-after}}
:before: As the draft had it, at some length
:after: As somebody would tell it

{TABLE}
+++

The gangway lowers in 30 seconds since its fourth try; 400 lifejackets are on board.

{LONG}
```

The reader wants to know where to look.
````

````{{revision-issue}} A light edit
:impact: medium
:effort: 30 min
:status: accepted

A word too many.

```{{before-after}}
The two tugs wait inside of the mole for the pilot, and 3 boats lie behind them.

+++

Two tugs wait inside the mole for a pilot. 3 boats lie behind them.
```
````

````{{revision-issue}} A wide table
:impact: low
:status: applied

It does not fit.

```{{before-after}}
{WIDE}
{"|---" * 8}|
{WIDE}

+++

A sentence, hidden at first.
```
````
"""

INDEX = """\
# Book

```{toctree}
harbour
guide
plain
```

```{revision-overview}
```
"""

PLAIN = """\
# A page without any of it

It leads [elsewhere](https://example.org/).

## Second

Text.
"""

FILES = {"index.md": INDEX, "guide.md": GUIDE, "harbour.md": CHAPTER, "plain.md": PLAIN}


@dataclass(frozen=True, slots=True)
class Pages:
    """A built book in one theme."""

    theme: str
    outdir: Path
    srcdir: Path

    def url(self, name: str = "guide.html") -> str:
        """Return the address of a page."""
        return (self.outdir / name).as_uri()


def build(root: Path, theme: str) -> Pages:
    """Build the book in a theme."""
    from tests.conftest import Book  # which imports this module

    book = Book(root)
    conf = (book.srcdir / "conf.py").read_text(encoding="utf-8")
    if theme == "sphinx_immaterial":
        # Its fonts would come from the network.
        conf += 'extensions.append("sphinx_immaterial")\nhtml_theme_options = {"font": False}\n'
    book.write("conf.py", conf)
    for name, text in FILES.items():
        book.write(name, text)
    pages = Pages(theme, root / "html", book.srcdir)
    rebuild(pages)
    return pages


def rebuild(pages: Pages) -> None:
    """Build the book again, in a process of its own: sphinx-immaterial changes Sphinx for good."""
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-D", f"html_theme={pages.theme}",
         pages.srcdir, pages.outdir],
        check=True, capture_output=True,
    )  # fmt: skip
