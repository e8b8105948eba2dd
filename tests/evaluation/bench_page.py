"""Measures a page of many cards in a browser: run by ``make bench-page``.

The same samples are shown twice: as cards, and as plain sphinx-design tab-sets. For each page, in
Chromium: its size, when it was loaded, and how long the main thread was ever held.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.themes import CHROMIUM, FLAGS, TABLE

CONF = 'extensions = ["myst_parser", "sphinxext_revguide"]\nhtml_theme = "furo"\n'
AFTER = (
    "Four hundred lifejackets are on board, and the gangway lowered at its fourth try. "
    "What nearly kept the terminal shut was a ticket gate that nobody had counted.\n\n"
)
ISSUE = """\
````{{revision-issue}} Checklist {number} without a doubt
:impact: high
:effort: 2 h

Everything passed.

```{{before-after}}
{before}
+++

{after}
```

The reader wants to know where to look.
````

"""
TABS = """\
## Checklist {number} without a doubt

Everything passed.

````{{tab-set}}
```{{tab-item}} Before
{before}
```
```{{tab-item}} After
{after}
```
````

The reader wants to know where to look.

"""
WATCH = """
window.held = [];
new PerformanceObserver(list => list.getEntries().forEach(one => held.push(one.duration)))
    .observe({type: "longtask", buffered: true});
"""


def build(folder: Path, cards: int) -> Path:
    """Write and build the two pages, and return where they are."""
    source, out = folder / "source", folder / "out"
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    pages = {
        "cards": (
            "# Cards\n\n```{revision-guide} g\n:chapters: index\n:effort: 60 h\n```\n\n",
            ISSUE,
        ),
        "tabs": ("# Tabs\n\n", TABS),
    }
    for name, (head, form) in pages.items():
        parts = [
            form.format(number=number, before=TABLE, after=AFTER * 5) for number in range(cards)
        ]
        (source / f"{name}.md").write_text(head + "".join(parts), encoding="utf-8")
    index = "# Book\n\n```{toctree}\ncards\ntabs\n```\n"
    (source / "index.md").write_text(index, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "sphinx", "-Q", source, out], check=True)
    return out


def look(browser: Browser, page_url: str) -> dict[str, float]:
    """Load a page and return what it took, in milliseconds."""
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.add_init_script(WATCH)
    page.goto(page_url)
    page.wait_for_timeout(1500)
    told: dict[str, Any] = page.evaluate(
        "({loaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,"
        " held: Math.max(0, ...held), sum: held.reduce((a, b) => a + b, 0)})"
    )
    tabs = page.locator("[role=tab], .sd-tab-label")
    clicked = tabs.nth(1).evaluate(
        "node => { const start = performance.now(); node.click(); node.offsetTop;"
        " return performance.now() - start }"
    )
    page.close()
    return {**told, "click": clicked}


def main() -> None:
    """Print medians, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = build(Path(folder), options.cards)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        runs: dict[str, list[dict[str, float]]] = {"cards": [], "tabs": []}
        for _round in range(options.rounds):
            for name, told in runs.items():
                told.append(look(browser, (out / f"{name}.html").as_uri()))
        browser.close()
        print(f"{options.cards} cards, medians of {options.rounds}, in ms")
        print(f"{'':26}{'cards':>10}{'tabs':>10}{'ratio':>8}")
        sizes = {name: (out / f"{name}.html").stat().st_size / 1000 for name in runs}
        print(_line("size (kB)", sizes))
        for key, label in (
            ("loaded", "content loaded"), ("held", "longest task"), ("sum", "long tasks in all"),
            ("click", "a click on a tab"),
        ):  # fmt: skip
            print(_line(label, {name: _median(told, key) for name, told in runs.items()}))


def _median(told: list[dict[str, float]], key: str) -> float:
    return statistics.median(one[key] for one in told)


def _line(label: str, values: dict[str, float]) -> str:
    ratio = values["cards"] / values["tabs"] if values["tabs"] else 0
    shown = f"{ratio:8.2f}" if ratio else f"{'-':>8}"
    return f"{label:26}{values['cards']:10.1f}{values['tabs']:10.1f}{shown}"


if __name__ == "__main__":
    main()
