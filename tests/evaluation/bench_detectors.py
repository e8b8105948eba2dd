"""The detector beside other programs that read prose, on the same files."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sphinxext_revguide.patterns import detect, load_library
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.evaluation.bench_books import write_pages
from tests.evaluation.bench_process import median, run

_OURS = """
import sys
from pathlib import Path
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from sphinxext_revguide.patterns import detect, load_library
library = load_library()
for path in map(Path, sys.argv[1:]):
    detect(outline_of_page(path, path.read_text("utf-8")), library)
"""


@dataclass(frozen=True)
class Program:
    """A program: the command before the files, and what it does with them."""

    name: str
    command: tuple[str, ...]
    does: str


PROGRAMS = (
    Program(
        "sphinx-revguide", (sys.executable, "-c", _OURS),
        "reads Markdown into a tree, looks for 31 patterns of sections, tables and pages",
    ),
    Program("vale", ("vale", "--no-exit"), "reads Markdown, applies the styles of its .vale.ini"),
    Program("proselint", ("proselint", "check"), "plain text, regular expressions"),
    Program("write-good", ("write-good",), "plain text, word lists and passive voice"),
    Program(
        "textlint", ("textlint", "--rule", "write-good"),
        "reads Markdown into a tree, applies write-good to it",
    ),
    Program("alex", ("alex", "--quiet"), "reads Markdown into a tree, a list of unkind words"),
    Program("diction", ("diction", "-s"), "plain text, a list of phrases"),
)  # fmt: skip
_FINDS_SOMETHING = range(256)
"""Most of them end with another status where they find something."""


def measure_detectors(pages: int, rounds: int) -> None:
    """Print words a second of each program that is installed."""
    beside = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        write_pages(source, pages)
        paths = [str(path) for path in sorted(source.glob("*.md"))]
        words = sum(len(Path(path).read_text(encoding="utf-8").split()) for path in paths)
        (source / "empty.md").touch()
        print(f"\n{words:,} words in {pages} files, warm, medians of {rounds}")
        print("words a second of CPU time, with start-up and without")
        print(f"{'':18}{'with start-up':>16}{'without':>12}")
        for program in PROGRAMS:
            found = shutil.which(program.command[0]) or shutil.which(
                program.command[0], path=beside
            )
            if found is None:
                print(f"{program.name:18}  not installed")
                continue
            command = (found, *program.command[1:])
            run([*command, *paths], good=_FINDS_SOMETHING)
            whole, empty = [], []
            for _round in range(rounds):
                whole.append(run([*command, *paths], good=_FINDS_SOMETHING).cpu)
                empty.append(run([*command, str(source / "empty.md")], good=_FINDS_SOMETHING).cpu)
            all_in, alone = words / median(whole), words / (median(whole) - median(empty))
            print(f"{program.name:18}{all_in:16,.0f}{alone:12,.0f}  {program.does}")
        _detection_alone([Path(path) for path in paths])


def _detection_alone(paths: list[Path]) -> None:
    """Time detection over pages that are read already."""
    library = load_library()
    outlines = [outline_of_page(path, path.read_text("utf-8")) for path in paths]
    words = sum(section.words for outline in outlines for section in outline.sections)
    rounds = []
    for _round in range(5):
        start = time.process_time()
        for outline in outlines:
            detect(outline, library)
        rounds.append(words / (time.process_time() - start))
    print(
        f"{'detection alone':18}{'':16}{statistics.median(rounds):12,.0f}  of trees that are read"
    )
