"""Measures pages of many cards in a browser: run by ``make bench-page``.

The same samples are shown twice: as cards, and as plain sphinx-design tab-sets. A third page is the
overview of a book with 30 guides. For each page, in Chromium: its size, its elements once it is
idle, its layout shift and its longest task; for cards also what a reader does. Times are the best
of several runs; the processor time of a task does not count what other programs take.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

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
GUIDES = 30
GUIDE = """\
# Guide {number}

```{{revision-guide}} g{number}
:chapters: chapter{number}
:effort: 8 h
```

"""
FLAGGED = """\
````{{revision-issue}} Checklist {number} without a doubt
:impact: high
:patterns: readiness-checklist

Everything passed.
````

"""
WATCH = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => {
    if (!one.hadRecentInput) shift += one.value;
})).observe({type: "layout-shift", buffered: true});
"""
LOOK = """() => ({
    loaded: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    shift, elements: document.getElementsByTagName("*").length,
})"""
ACT = """async (act) => {
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const start = performance.now();
    new Function(act)();
    await frame();
    await frame();
    return performance.now() - start;
}"""
TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
KEY = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}))"
SEARCH = """
const field = document.querySelector('.rg-filter [name=text]');
field.value = '%s';
field.dispatchEvent(new Event('input', {bubbles: true}));
"""
ACTS = {
    "a tab": "document.querySelectorAll('[role=tab]')[1].click()",
    "side by side, all pairs": "document.querySelector('.rg-tab[value=both]').click()",
    "the first verdict": "document.querySelector('.rg-review [value=accept]').click()",
    "a later verdict": "document.querySelector('.rg-review [value=reject]').click()",
    "the first filter": SEARCH % "13",
    "a later filter": SEARCH % "7",
    "no filter": SEARCH % "",
    "the first sort": "document.querySelectorAll('.rg-sort')[1].click()",
    "a later sort": "document.querySelectorAll('.rg-sort')[1].click()",
    "all rows": "document.querySelector('.rg-rest').click()",
    "j": KEY % "j",
    "k": KEY % "k",
}
"""What a reader does -> the script that does it."""


def build(folder: Path, cards: int) -> Path:
    """Write and build the pages, and return where they are."""
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
    for number in range(GUIDES):
        issues = [FLAGGED.format(number=index) for index in range(cards // GUIDES)]
        guide = GUIDE.format(number=number) + "".join(issues)
        (source / f"guide{number}.md").write_text(guide, encoding="utf-8")
        chapter = f"# Chapter {number}\n\n{TABLE}\n**Ready to open.**\n"
        (source / f"chapter{number}.md").write_text(chapter, encoding="utf-8")
    overview = "# Overview\n\n```{revision-overview}\n```\n"
    (source / "overview.md").write_text(overview, encoding="utf-8")
    index = "# Book\n\n```{toctree}\n:glob:\n\n*\n```\n"
    (source / "index.md").write_text(index, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "sphinx", "-Q", source, out], check=True)
    return out


def longest_task(trace: bytes) -> dict[str, float]:
    """Return how long the main thread was held at most, by the clock and by its own time, in ms."""
    events = json.loads(trace)["traceEvents"]
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        (event["tdur"] / 1000, event["dur"] / 1000)
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) in main and "tdur" in event
    ]
    cpu, held = max(tasks)
    return {"held": held, "cpu": cpu}


def look(browser: Browser, page_url: str, acts: dict[str, str]) -> list[dict[str, float]]:
    """Load a page, then do what a reader does; return what each took, in ms and elements."""
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.add_init_script(WATCH)
    browser.start_tracing(page=page, categories=TRACED)
    page.goto(page_url)
    page.wait_for_timeout(1500)
    loaded: dict[str, float] = page.evaluate(LOOK)
    took = [{**longest_task(browser.stop_tracing()), **loaded}]
    for script in acts.values():
        browser.start_tracing(page=page, categories=TRACED)
        shown = page.evaluate(ACT, script)
        page.wait_for_timeout(400)
        took.append({**longest_task(browser.stop_tracing()), "shown": shown})
    page.close()
    return took


def main() -> None:
    """Print the best of several rounds, and the ratios of cards to tabs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = build(Path(folder), options.cards)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages: dict[str, list[dict[str, float]]] = {"cards": [], "tabs": [], "overview": []}
        acts: list[list[dict[str, float]]] = []
        for _round in range(options.rounds):
            for name, runs in pages.items():
                url = (out / f"{name}.html").as_uri()
                loaded, *done = look(browser, url, ACTS if name == "cards" else {})
                runs.append(loaded)
                acts += [done] if done else []
        browser.close()
        print(f"{options.cards} cards, {GUIDES} guides; times in ms, best of {options.rounds}")
        sizes = {name: (out / f"{name}.html").stat().st_size / 1000 for name in pages}
    print(f"{'':26}{'cards':>10}{'tabs':>10}{'ratio':>8}{'overview':>10}")
    print(_line("size (kB)", sizes))
    for key, label in (
        ("elements", "elements"), ("loaded", "content loaded"), ("held", "longest task"),
        ("cpu", "its processor time"), ("shift", "layout shift"),
    ):  # fmt: skip
        print(_line(label, {name: _best(runs, key) for name, runs in pages.items()}))
    print(f"\n{'':26}{'shown':>10}{'longest task':>14}{'its processor time':>20}")
    for name, *runs in zip(ACTS, *acts, strict=True):
        shown, held, cpu = (_best(runs, key) for key in ("shown", "held", "cpu"))
        print(f"{name:26}{shown:10.1f}{held:14.1f}{cpu:20.1f}")


def _best(runs: list[dict[str, float]], key: str) -> float:
    return min(run[key] for run in runs)


def _line(label: str, values: dict[str, float]) -> str:
    ratio = values["cards"] / values["tabs"] if values["tabs"] else 0
    shown = f"{ratio:8.2f}" if ratio else f"{'-':>8}"
    digits = 4 if label == "layout shift" else 1
    cells = (f"{values[name]:10.{digits}f}" for name in ("cards", "tabs"))
    return f"{label:26}{''.join(cells)}{shown}{values['overview']:10.{digits}f}"


if __name__ == "__main__":
    main()
