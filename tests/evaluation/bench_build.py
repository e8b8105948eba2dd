"""A book built without the extension and with it, from nothing and again."""

from __future__ import annotations

import pickle
import shutil
import tempfile
from pathlib import Path

from tests.evaluation.bench_books import CONF, WORDS, write_guides, write_index, write_pages
from tests.evaluation.bench_process import Used, build, median

VARIANTS = ("plain", "idle", "all flagged", "300 cards")
STEPS = ("full build", "unchanged", "one page edited")
EDITED = "page7"


def measure_builds(pages: int, rounds: int, jobs: tuple[int, ...] = (1, 2)) -> None:
    """Print a table for each number of processes."""
    with tempfile.TemporaryDirectory() as folder:
        for name in VARIANTS:
            source = Path(folder, name)
            source.mkdir()
            names = write_pages(source, pages)
            if name == "300 cards":
                names += write_guides(source, names)
            write_index(source, names, CONF[name])
        for number in jobs:
            found: dict[str, list[list[Used]]] = {name: [] for name in VARIANTS}
            for _round in range(rounds):
                for name in VARIANTS:
                    found[name].append(_three_builds(Path(folder, name), number))
            print(f"\n{pages} pages of about {WORDS} words, -j{number}, medians of {rounds}")
            _print(found)
        _pickles(Path(folder))


def _three_builds(source: Path, jobs: int) -> list[Used]:
    out = source.with_name(f"{source.name} out")
    shutil.rmtree(out, ignore_errors=True)
    options = ("-j", str(jobs))
    used = [build(source, out, *options), build(source, out, *options)]
    edited = source / f"{EDITED}.md"
    text = edited.read_text(encoding="utf-8")
    edited.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")
    used.append(build(source, out, *options))
    edited.write_text(text, encoding="utf-8")
    return used


def _print(found: dict[str, list[list[Used]]]) -> None:
    print(f"{'':12}" + "".join(f"{step:>34}" for step in STEPS))
    print(f"{'':12}" + f"{'CPU s  of plain  fastest  wall s':>34}" * len(STEPS))
    for name, rounds in found.items():
        line = f"{name:12}"
        for step in range(len(STEPS)):
            cpu = [round_[step].cpu for round_ in rounds]
            plain = [seconds[step].cpu for seconds in found["plain"]]
            ratio = median(own / other for own, other in zip(cpu, plain, strict=True))
            # Neighbours on the machine only ever slow a build down: the fastest had the fewest.
            fastest = min(cpu) / min(plain)
            wall = median(round_[step].wall for round_ in rounds)
            line += f"{median(cpu):9.2f}{ratio:10.2f}{fastest:9.2f}{wall:6.1f}"
        print(line)
    print("peak memory of all processes together, full build, and of plain")
    plain_memory = median(seconds[0].memory for seconds in found["plain"])
    for name, rounds in found.items():
        memory = median(round_[0].memory for round_ in rounds)
        print(f"{name:12}{memory:8.0f} MiB{memory / plain_memory:8.2f}")


def _pickles(folder: Path) -> None:
    """Print by how much the environment grows for each finding."""
    sizes = {}
    for name in ("plain", "all flagged"):
        path = folder / f"{name} out" / ".doctrees" / "environment.pickle"
        sizes[name] = path.stat().st_size
        with path.open("rb") as file:
            env = pickle.load(file)
    pages = env.domaindata["revguide"]["pages"].values()
    count = sum(len(page.findings) for page in pages)
    grown = sizes["all flagged"] - sizes["plain"]
    each = grown / count
    print(f"\nenvironment: {grown / 1000:.0f} kB more, {count} findings, {each:.0f} bytes each")
