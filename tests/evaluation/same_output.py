"""Write everything that users see into a folder, so that two states of the code can be compared.

    python -m tests.evaluation.same_output OUT [--guides FOLDER]

The folder then holds the page and the JSON that the import makes of each guide, and the reports
and HTML of the demonstration book and of a generated book of 40 pages. Run it before and after a
change that should change nothing, and compare with ``diff -r``.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sphinxext_revguide.report.formats import FORMATS
from tests.evaluation.bench_books import CONF, write_guides, write_index, write_pages

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "tests" / "guides"
PAGES = 40


def main() -> None:
    """Write the output of the importer and of two books."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--guides", type=Path, action="append", default=[])
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
        build(demo, out / "demo")
        generated = Path(name) / "generated"
        generated.mkdir()
        chapters = write_pages(generated, PAGES)
        guides = write_guides(generated, chapters)
        write_index(generated, [*chapters, *guides], CONF["300 cards"])
        build(generated, out / "generated")


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


def build(source: Path, out: Path) -> None:
    """Write the HTML and the reports of a book, and the warnings of its build."""
    for builder in ("html", "text", "revguide"):
        command = [
            sys.executable, "-m", "sphinx", "-q", "-b", builder,
            "-d", str(source.parent / (source.name + "-doctrees")), str(source), str(out / builder),
        ]  # fmt: skip
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        (out / f"{builder}.log").write_text(done.stderr.replace(str(source), ""))
    for name in ("objects.inv", ".buildinfo", "_sphinx_design_static"):
        with contextlib.suppress(OSError):
            (out / "html" / name).unlink()


if __name__ == "__main__":
    main()
