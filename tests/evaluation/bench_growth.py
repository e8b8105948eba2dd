"""How time and memory grow where there is much of two things at once, and where texts are hostile.

Each row is measured as it is and twice as large. Of a book, what the same book takes without the
thing that is measured is subtracted: its pages, cards and findings cost something, too.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sphinx.application import Sphinx

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.update import update_page
from sphinxext_revguide.markup.quotation import quote
from sphinxext_revguide.model import SampleFormat
from tests.evaluation.growth_rows import BOOKS, REWORDED, TEXTS

_MIB = 1024


def measure_growth() -> None:
    """Print a row for each input: seconds and MiB at the size, at twice the size, and the ratio."""
    print(f"\n{'':54}{'builder':>10}{'s':>8}{'s, 2x':>8}{'times':>7}{'MiB':>7}{'MiB, 2x':>9}")
    empty = _measured("twin", 0, 1)[1]
    for number, row in enumerate(BOOKS):
        _print(row.name, row.builder, _of_book(number, row.number, empty))
    for number, text in enumerate(TEXTS):
        sizes = [_measured("text", number, size) for size in (text.number, 2 * text.number)]
        _print(text.name, text.reader, [(cpu, max(memory - empty, 0)) for cpu, memory in sizes])


def _of_book(row: int, number: int, empty: float) -> list[tuple[float, float]]:
    found = []
    for size in (number, 2 * number):
        cpu, memory = _measured("book", row, size)
        twin, _memory = _measured("twin", row, size)
        found.append((max(cpu - twin, 0.0), memory - empty))
    return found


def _print(name: str, how: str, found: list[tuple[float, float]]) -> None:
    (cpu, memory), (double, more) = found
    ratio = f"{double / cpu:.1f}" if cpu >= 0.1 else ""
    print(
        f"{name:54}{how:>10}{cpu:8.2f}{double:8.2f}{ratio:>7}{memory:7.0f}{more:9.0f}", flush=True
    )


def _measured(kind: str, row: int, size: int) -> tuple[float, float]:
    """Return CPU seconds and the most memory (MiB) of a process of its own."""
    command = [sys.executable, "-m", "tests.evaluation.bench_growth", kind, str(row), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    cpu, memory = done.stdout.split()
    return float(cpu), float(memory)


def _work(kind: str, row: int, size: int) -> float:
    """Do what is measured; return its CPU seconds."""
    if kind == "text":
        return _read(TEXTS[row].text(size), TEXTS[row].reader)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        source.mkdir()
        BOOKS[row].write(source, size, kind == "book")
        start = time.process_time()
        build = Sphinx(
            source, source, Path(folder, "out"), Path(folder, "trees"), BOOKS[row].builder,
            status=None, warning=None,
        )  # fmt: skip
        build.build()
        return time.process_time() - start


def _read(text: str, reader: str) -> float:
    """Read a text as a guide or a sample, or merge it with what it was; return the CPU seconds."""
    page = ""
    if reader == "update":
        page = print_myst(read_guide(text))
        text = print_myst(read_guide(text.replace(REWORDED, "repeats")))
    start = time.process_time()
    if reader == "update":
        update_page(page, text)
    elif reader == "import":
        print_myst(read_guide(text))
    else:
        quote(text, SampleFormat.MARKDOWN, source="", line=1)
    return time.process_time() - start


if __name__ == "__main__":
    sys.stdout.write(
        f"{_work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))} "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB}\n"
    )
