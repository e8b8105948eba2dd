"""What is released: built twice to the same bytes, whole, and enough by itself.

``make dist`` and ``make dist-test`` name the files and the environment to look at; without them the
files are built here, and the wheel is read in this environment before anything installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import CONF, Book
from tests.test_readme import block

ROOT = Path(__file__).parents[1]
NAME = "sphinxext_revguide"
DIST = os.environ.get("REVGUIDE_DIST")
"""A folder with one wheel and one sdist, to be tested in place of files built here."""
INSTALLED = os.environ.get("REVGUIDE_INSTALLED")
"""The Python of an environment with nothing but the wheel and what it asks for."""

EPOCH = os.environ.get("SOURCE_DATE_EPOCH") or "1750000000"
BUILD = """\
import os, sys
from flit_core import buildapi
os.umask(int(sys.argv[2], 8))
buildapi.build_sdist(sys.argv[1])
buildapi.build_wheel(sys.argv[1])
"""


@dataclass(frozen=True)
class Released:
    """A wheel and an sdist."""

    wheel: Path
    sdist: Path

    @classmethod
    def of(cls, folder: Path) -> Released:
        (wheel,) = folder.glob("*.whl")
        (sdist,) = folder.glob("*.tar.gz")
        return cls(wheel, sdist)


def run(
    command: Sequence[str | Path], folder: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    # What runs from a wheel is not the code whose coverage is measured.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    environment = kept | {"PYTHONIOENCODING": "utf-8"} | variables
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def build(tree: Path, out: Path, umask: str) -> Released:
    out.mkdir()
    done = run([sys.executable, "-c", BUILD, out, umask], tree, SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stderr
    return Released.of(out)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    if DIST:
        return Released.of(ROOT / DIST)
    return build(ROOT, tmp_path_factory.mktemp("dist") / "out", "022")


@pytest.fixture(scope="module")
def unpacked(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(released.sdist) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    return root


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def committed() -> set[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("what is committed is known in a git checkout alone")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = run(command, ROOT)
    return {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}


def test_another_place_umask_and_time_give_the_same_bytes(
    released: Released, unpacked: Path, tmp_path: Path
) -> None:
    """The sdist's own tree is built again, with what tests and builds leave behind in it."""
    for name in (
        f"{NAME}/__pycache__/model.cpython-311.pyc",
        "tests/__pycache__/conftest.cpython-311.pyc",
        "docs/_build/html/index.html",
        "docs/_generated/figures.md",
        "docs/reference/patterns/index.md",
    ):
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_text("left behind\n", encoding="utf-8")
    for number, path in enumerate(sorted(unpacked.rglob("*"))):
        os.utime(path, (1_500_000_000 + number, 1_500_000_000 + number))
        path.chmod(path.stat().st_mode & 0o700)
    again = build(unpacked, tmp_path / "out", "077")
    assert again.sdist.name == released.sdist.name
    assert again.wheel.name == released.wheel.name
    assert again.sdist.read_bytes() == released.sdist.read_bytes()
    assert again.wheel.read_bytes() == released.wheel.read_bytes()


def test_the_sdist_contains_what_is_committed_and_nothing_else(released: Released) -> None:
    expected = committed()
    with tarfile.open(released.sdist) as archive:
        found = {tar_info.name.partition("/")[2] for tar_info in archive.getmembers()}
    assert found - {"PKG-INFO"} == expected


def test_the_wheel_contains_the_package_and_nothing_else(released: Released) -> None:
    expected = {name for name in committed() if name.startswith(f"{NAME}/")}
    with zipfile.ZipFile(released.wheel) as archive:
        found = set(archive.namelist())
    assert {name for name in found if ".dist-info/" not in name} == expected
    reported = {name.partition(".dist-info/")[2] for name in found} - {""}
    assert reported == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_type_checkers_see_the_types(released: Released) -> None:
    with zipfile.ZipFile(released.wheel) as archive:
        assert f"{NAME}/py.typed" in archive.namelist()
        metadata = archive.read(next(entry for entry in archive.namelist() if "METADATA" in entry))
    assert "Classifier: Typing :: Typed" in metadata.decode("utf-8").splitlines()


@dataclass(frozen=True)
class Environment:
    """An environment in which the package comes from the wheel."""

    python: Path
    program: list[str | Path]
    variables: Mapping[str, str]

    def python_says(self, code: str, folder: Path) -> str:
        done = run([self.python, "-c", code], folder, **self.variables)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def sphinx(self, book: Book, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.python), "-m", "sphinx", "-q", "-E", *arguments, ".", "out"]
        return run(command, book.srcdir, **self.variables)

    def revguide(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run([*self.program, *arguments], folder, **self.variables)


@pytest.fixture(scope="module")
def environment(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    if INSTALLED:
        python = Path(INSTALLED).absolute()
        return Environment(python, [python.with_name("sphinx-revguide")], {})
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(released.wheel) as archive:
        archive.extractall(site)  # noqa: S202 # it was built here
    program = (
        "import sys; from importlib.metadata import entry_points; "
        "(one,) = entry_points(group='console_scripts', name='sphinx-revguide'); "
        "sys.exit(one.load()())"
    )
    python = Path(sys.executable)
    return Environment(python, [python, "-c", program], {"PYTHONPATH": str(site)})


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = Book(tmp_path)
    book.write("conf.py", CONF + 'html_theme = "alabaster"\n')
    book.write("index.md", "# Ferry\n\n```{toctree}\nharbour\nguide\n```\n")
    book.write("harbour.md", block("```md"))
    book.write("guide.md", block("`````md"))
    return book


def test_the_package_comes_from_the_wheel(environment: Environment, tmp_path: Path) -> None:
    place = environment.python_says(f"import {NAME}; print({NAME}.__file__)", tmp_path)
    assert ROOT / NAME not in Path(place).parents
    if INSTALLED:
        listed = environment.python_says(
            "from importlib.metadata import distributions; "
            "print(*sorted(one.name.lower() for one in distributions()))",
            tmp_path,
        )
        # Nothing that only tests, linters or the documentation ask for.
        assert not {"pytest", "mypy", "furo", "jsonschema"} & set(listed.split())


def test_a_book_is_built_from_the_wheel(environment: Environment, book: Book) -> None:
    done = environment.sphinx(book)
    assert done.returncode == 0, done.stderr
    warnings = [line for line in done.stderr.splitlines() if "WARNING" in line]
    assert [line.rpartition(" ")[2] for line in warnings] == [
        "[revguide.readiness-checklist]",
        "[revguide.standing]",
    ]
    assert "harbour.md:5: WARNING: Readiness checklist: All 3 results" in warnings[0]
    page = (book.srcdir / "out" / "guide.html").read_text("utf-8")
    for name in ("revguide.css", "revguide.js"):
        assert f"_static/{name}" in page
        assert (book.srcdir / "out" / "_static" / name).stat().st_size > 1000
    assert environment.sphinx(book, "-W").returncode == 1


@pytest.mark.parametrize(("language", "word"), [("de", "Vorher"), ("fr", "Avant")])
def test_the_wheel_speaks(environment: Environment, book: Book, language: str, word: str) -> None:
    assert environment.sphinx(book, "-D", f"language={language}").returncode == 0
    assert word in (book.srcdir / "out" / "guide.html").read_text("utf-8")


def test_a_report_of_the_wheel_fits_the_schema_in_it(environment: Environment, book: Book) -> None:
    assert environment.sphinx(book, "-b", "revguide").returncode == 0
    report = json.loads((book.srcdir / "out" / "revguide.json").read_text("utf-8"))
    flagged = [entry["pattern"] for entry in report["findings"] if entry["flagged"]]
    assert flagged == ["readiness-checklist", "standing"]
    schema = environment.python_says(
        "import importlib.resources as r; "
        f"print(r.files('{NAME}').joinpath('report/schema.json').read_text('utf-8'))",
        book.srcdir,
    )
    jsonschema.validate(report, json.loads(schema))


def test_the_packs_of_the_wheel_behave(environment: Environment, tmp_path: Path) -> None:
    done = environment.revguide(tmp_path, "patterns", "test")
    assert done.returncode == 0, done.stderr
    shown, _of, there = done.stdout.split()[:3]
    assert shown == there
    assert int(there) > 30


def test_the_program_of_the_wheel_imports_a_guide(environment: Environment, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "importer_data" / "harbour.guide.md").read_text("utf-8")
    (tmp_path / "in.md").write_text(text, encoding="utf-8")
    done = environment.revguide(tmp_path, "import", "in.md", "--output", "guide.md")
    assert done.returncode == 0, done.stderr
    assert "{revision-issue}" in (tmp_path / "guide.md").read_text("utf-8")


def test_the_program_says_which_version_it_is(
    released: Released, environment: Environment, tmp_path: Path
) -> None:
    done = environment.revguide(tmp_path, "--version")
    assert done.stdout.split() == ["sphinx-revguide", released.wheel.name.split("-")[1]]
