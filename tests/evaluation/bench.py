"""Measures cost: run by ``make bench``.

A MyST book of prose and tables is built without the extension and with all patterns flagged, turn
and turn about, each in a process of its own; the medians are compared. Then detection alone is
timed over the pages that such a build has read.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sphinxext_revguide.explain import outline_of_page
from sphinxext_revguide.patterns import detect, load_library
from tests.evaluation.corpus import texts

CONF = {
    "plain": 'extensions = ["myst_parser", "sphinx_design"]\n',
    "idle": 'extensions = ["myst_parser", "sphinxext_revguide"]\n',
    "all flagged": 'extensions = ["myst_parser", "sphinxext_revguide"]\nrevguide_flag = ["*"]\n',
}
BUILD = """
import json, resource, sys, time
from sphinx.cmd.build import build_main
start = time.perf_counter()
status = build_main(["-q", "-b", "html", *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([time.perf_counter() - start, used / 1024, status]))
"""
WORDS = 1000
"""How long a page is, about."""


def write_book(folder: Path, pages: int) -> None:
    """Write a book: each page a mix of clean and flagged texts, with headings and tables."""
    draw = random.Random(11)  # noqa: S311 -- the same book every time
    clean = [one.text for one in texts("fit") if not one.flagged]
    flagged = [one.text for one in texts("fit") if one.flagged]
    names = []
    for number in range(pages):
        parts, words = [f"# Page {number}\n"], 0
        while words < WORDS:
            text = draw.choice(flagged if draw.random() < 0.05 else clean)
            text = text.strip()
            parts.append(text if text.startswith("#") else f"## Section {words}\n\n{text}")
            words += len(text.split())
        names.append(f"page{number}")
        (folder / f"page{number}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    toctree = "\n".join(names)
    (folder / "index.md").write_text(
        f"# Book\n\n```{{toctree}}\n{toctree}\n```\n", encoding="utf-8"
    )


def build(source: Path, conf: str) -> tuple[float, float]:
    """Build a book in a new process; return seconds and mebibytes."""
    (source / "conf.py").write_text(conf, encoding="utf-8")
    with tempfile.TemporaryDirectory() as target:
        command = [sys.executable, "-c", BUILD, str(source), target]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory, _status = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        write_book(source, arguments.pages)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in CONF}
        for _round in range(arguments.rounds):
            for name, conf in CONF.items():
                found[name].append(build(source, conf))
        plain = statistics.median(seconds for seconds, _memory in found["plain"])
        print(f"{arguments.pages} pages of about {WORDS} words, medians of {arguments.rounds}")
        for name, rounds in found.items():
            seconds = statistics.median(one for one, _memory in rounds)
            memory = statistics.median(one for _seconds, one in rounds)
            print(
                f"  {name:12} {seconds:7.2f} s  {seconds / plain:5.2f} of plain  {memory:5.0f} MiB"
            )
        detection_alone(source)


def detection_alone(source: Path) -> None:
    """Time detection over pages that are read already."""
    library = load_library()
    paths = sorted(source.glob("page*.md"))[:100]
    outlines = [outline_of_page(path, path.read_text("utf-8")) for path in paths]
    words = sum(section.words for outline in outlines for section in outline.sections)
    rounds = []
    for _round in range(5):
        start = time.perf_counter()
        for outline in outlines:
            detect(outline, library)
        rounds.append(words / (time.perf_counter() - start))
    print(f"  detection alone: {statistics.median(rounds):,.0f} words a second")


if __name__ == "__main__":
    main()
