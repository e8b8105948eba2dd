"""Handbooks, runbooks and minutes written by people: what looks like the patterns and is clean.

They lie outside the repository, in the folder that ``REVGUIDE_HUMAN_DOCS`` names: a folder
``OWNER+NAME`` for each repository, and ``MANIFEST.tsv`` with its commit and how many files it has.
"""

from __future__ import annotations

import csv
import hashlib
import inspect
import multiprocessing
import os
import pickle
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sphinxext_revguide.patterns import outline as outlines
from sphinxext_revguide.patterns import standalone_page
from sphinxext_revguide.patterns.outline import Outline
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.evaluation.documentation import pages as pages_of_packages

HERE = Path(__file__).parent
VARIABLE = "REVGUIDE_HUMAN_DOCS"
CACHE = HERE.parent.parent / "build" / "human-docs"
_PROSE = {".md", ".rst", ".markdown"}
_DEEP = 20_000
Page = tuple[str, Outline]


def folder() -> Path | None:
    """Return the folder of the documentation, ``None`` if no variable names one."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def parts() -> dict[str, list[str]]:
    """Return the repositories of each part."""
    return tomllib.loads((HERE / "human.toml").read_text("utf-8"))


def pages(part: str) -> dict[str, list[Page]]:
    """Return repository -> its pages, each with its name.

    :param part: ``first``, ``second`` or ``measure``. Without a folder, ``first`` and ``second``
        are halves of the packages that documentation is learned from, and ``measure`` is empty.
    :raises ValueError: if the folder is not what its manifest says.
    """
    where = folder()
    if where is None:
        return _of_packages(part)
    sys.setrecursionlimit(_DEEP)
    names = parts()[part]
    _check(where, names)
    return {name: _pages_of(where, name) for name in names}


def _of_packages(part: str) -> dict[str, list[Page]]:
    if part == "measure":
        return {}
    found: dict[str, list[Page]] = {}
    for name, outline in pages_of_packages("fit"):
        found.setdefault(name.partition(":")[0], []).append((name, outline))
    halves = sorted(found)[part == "second" :: 2]
    return {name: found[name] for name in halves}


def _check(where: Path, names: list[str]) -> None:
    """Compare a folder with its manifest.

    :raises ValueError: with what is missing or does not fit.
    """
    with (where / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        listed = {row["repository"]: row for row in csv.DictReader(file, delimiter="\t")}
    for name in names:
        if name not in listed:
            msg = f"{where / 'MANIFEST.tsv'} does not list {name}, which human.toml names"
            raise ValueError(msg)
        files = len(list(_files(where, name)))
        if files != int(listed[name]["files"]):
            msg = (
                f"{_home(where, name)} holds {files} pages, and {listed[name]['files']} by the "
                f"manifest; gather the repository again, at commit {listed[name]['commit']}"
            )
            raise ValueError(msg)


def _home(where: Path, name: str) -> Path:
    return where / name.replace("/", "+")


def _files(where: Path, name: str) -> Iterator[Path]:
    for path in sorted(_home(where, name).rglob("*")):
        if path.suffix.lower() in _PROSE and path.is_file():
            yield path


def _pages_of(where: Path, name: str) -> list[Page]:
    CACHE.mkdir(parents=True, exist_ok=True)
    code = [inspect.getsource(module).encode() for module in (outlines, standalone_page)]
    shape = hashlib.sha256(b"".join(code)).hexdigest()[:8]
    cached = CACHE / f"{name.replace('/', '+')}-{shape}.pickle"
    if not cached.exists():
        with multiprocessing.Pool(initializer=sys.setrecursionlimit, initargs=(_DEEP,)) as pool:
            found = pool.map(_outline, _files(where, name), chunksize=4)
        read = [
            (str(path.relative_to(where)), section)
            for path, section in found
            if section is not None
        ]
        cached.write_bytes(pickle.dumps(read))
    loaded: list[Page] = pickle.loads(cached.read_bytes())
    return loaded


def _outline(path: Path) -> tuple[Path, Outline | None]:
    try:
        return path, outline_of_page(path, path.read_text("utf-8", errors="replace"))
    except Exception:  # noqa: BLE001 -- a page that docutils alone cannot read says nothing here
        return path, None
