"""Write everything that users see into a folder, so that two states of the code can be compared.

    python -m tests.evaluation.same_output OUT [--guides FOLDER] [--book FOLDER]

The folder then holds the page and the JSON that the import makes of each guide, what all builders
make of the demonstration book and of any other books, and the reports, text and HTML of a generated
book of 40 pages. Run it before and after a change that should change nothing, and compare with
``diff -r``.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sphinxext_revguide.report.formats import FORMATS
from tests.evaluation.bench_books import CONF, write_guides, write_index, write_pages

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "tests" / "guides"
PAGES = 40
_UNCOMPARED = (".buildinfo", "_sphinx_design_static")
FEW = ("html", "text", "revguide")
ALL = (
    *FEW, "dirhtml", "singlehtml", "json", "epub", "latex", "man", "texinfo", "xml", "pseudoxml",
    "gettext", "dummy",
)  # fmt: skip


def main() -> None:
    """Write the output of the importer and of two books."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--guides", type=Path, action="append", default=[])
    parser.add_argument("--book", type=Path, action="append", default=[])
    arguments = parser.parse_args()
    out: Path = arguments.out.resolve()
    out.mkdir(parents=True)
    for folder in [GUIDES, *arguments.guides]:
        import_guides(folder, out / "import" / folder.name)
    with tempfile.TemporaryDirectory() as name:
        demo = Path(name) / "demo"
        shutil.copytree(ROOT / "docs" / "book", demo)
        (demo / "conf.py").write_text(
            'project = "Demo"\nextensions = ["myst_parser", "sphinxext_revguide"]\n'
            f"revguide_reports = {[*FORMATS]}\n"
        )
        build(demo, out / "demo", ALL)
        for number, book in enumerate(arguments.book):
            copy = Path(name) / f"book{number}"
            shutil.copytree(book, copy)
            build(copy, out / copy.name, ALL)
        generated = Path(name) / "generated"
        generated.mkdir()
        chapters = write_pages(generated, PAGES)
        guides = write_guides(generated, chapters)
        write_index(generated, [*chapters, *guides], CONF["300 cards"])
        build(generated, out / "generated", FEW)


def import_guides(folder: Path, out: Path) -> None:
    """Import every guide of a folder, as a page and as JSON."""
    from sphinxext_revguide.cli import main as program

    out.mkdir(parents=True)
    for guide in sorted(folder.glob("*.md")):
        for suffix, options in ((".md", []), (".json", ["--json"])):
            printed, problems = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(problems):
                program(["import", str(guide), *options])
            (out / (guide.stem + suffix)).write_text(printed.getvalue())
            text = problems.getvalue().replace(str(folder), "")
            (out / (guide.stem + suffix + ".log")).write_text(text)


def build(source: Path, out: Path, builders: Iterable[str]) -> None:
    """Write what some builders make of a book, and the warnings of their builds."""
    for builder in builders:
        # Message catalogs are made of trees that no other builder can share.
        kind = "messages" if builder == "gettext" else "doctrees"
        doctrees = source.with_name(f"{source.name}-{kind}")
        command = [
            sys.executable, "-m", "sphinx", "-q", "-b", builder,
            "-d", str(doctrees), str(source), str(out / builder),
        ]  # fmt: skip
        # Message catalogs and e-books contain the time.
        fixed = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
        done = subprocess.run(
            command, cwd=ROOT, env=fixed, capture_output=True, text=True, check=True
        )
        (out / f"{builder}.log").write_text(done.stderr.replace(str(source), ""))
        for path in out.glob(f"{builder}/**/*"):
            if path.suffix in (".epub", ".pickle", ".inv") or path.name in _UNCOMPARED:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            elif builder in ("xml", "pseudoxml") and path.is_file():
                path.write_text(path.read_text().replace(str(source), ""))


if __name__ == "__main__":
    main()
