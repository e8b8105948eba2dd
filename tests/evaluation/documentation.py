"""Documentation written by people, as pages: the clean text at scale.

Fetched from the package index on first use into ``build/documentation``; read with docutils
alone, so that roles and directives of Sphinx, which it does not know, stay out.
"""

from __future__ import annotations

import html
import multiprocessing
import os
import pickle
import re
import tarfile
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

from sphinxext_revguide.patterns.outline import Outline, build_outline

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("REVGUIDE_DOCUMENTATION", HERE.parent.parent / "build/documentation"))
INDEX = os.environ.get("REVGUIDE_INDEX", "https://pypi.org/simple/")
_LEFT_OUT = re.compile(
    r"LICEN|CHANGE|license|/tests?/|/releasenotes/|requirements|AUTHORS|node_modules|locale"
)
_MAX_PAGES = 700
_SETTINGS = {
    "report_level": 5, "halt_level": 6, "doctitle_xform": False, "file_insertion_enabled": False,
    "raw_enabled": False, "warning_stream": False, "_disable_config": True,
}  # fmt: skip
Page = tuple[str, Outline]


def packages(part: str) -> list[str]:
    """Return the pinned packages of a part: "fit" or "test"."""
    found: list[str] = tomllib.loads((HERE / "documentation.toml").read_text("utf-8"))[part]
    return found


def pages(part: str) -> Iterator[Page]:
    """Yield each page of a part of the documentation, with its name.

    :raises OSError: if a package is neither cached nor can be fetched.
    """
    for package in packages(part):
        for name, outline in _pages_of(package):
            yield f"{package}:{name}", outline


def _pages_of(package: str) -> list[Page]:
    CACHE.mkdir(parents=True, exist_ok=True)
    cached = CACHE / f"{package}.pickle"
    if not cached.exists():
        texts = sorted(_texts(_archive(package)))[:_MAX_PAGES]
        with multiprocessing.Pool() as pool:
            found = pool.map(_page, texts, chunksize=4)
        cached.write_bytes(pickle.dumps(found))
    loaded: list[Page] = pickle.loads(cached.read_bytes())
    return loaded


def _archive(package: str) -> Path:
    name, _, version = package.partition("==")
    path = CACHE / f"{package}.tar.gz"
    if not path.exists():
        index = urljoin(INDEX, re.sub(r"[-_.]+", "-", name).lower() + "/")
        with urllib.request.urlopen(index, timeout=60) as answer:  # noqa: S310 -- https, our list
            links = re.findall(r'href="([^"]+)"', answer.read().decode())
        wanted = re.compile(
            rf"/{re.sub('[-_.]', '[-_.]', name)}-{re.escape(version)}\.tar\.gz", re.IGNORECASE
        )
        url = next(urljoin(index, html.unescape(link)) for link in links if wanted.search(link))
        with urllib.request.urlopen(url, timeout=300) as answer:  # noqa: S310
            path.write_bytes(answer.read())
    return path


def _texts(archive: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name
            prose = name.endswith((".rst", ".md")) or (name.endswith(".txt") and "/doc" in name)
            if member.isfile() and prose and 1500 < member.size < 150_000:
                file = tar.extractfile(member)
                if file is not None and not _LEFT_OUT.search(name):
                    yield name, file.read().decode("utf-8", "replace")


def _page(one: tuple[str, str]) -> Page:
    name, text = one
    try:
        if name.endswith(".md"):
            tree = publish_doctree(text, parser=Parser(), settings_overrides=_SETTINGS)
        else:
            tree = publish_doctree(text, settings_overrides=_SETTINGS)
    except Exception:  # noqa: BLE001 -- a page that docutils alone cannot read says nothing here
        return name, Outline()
    return name, build_outline(tree)
