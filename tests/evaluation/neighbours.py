"""Measures the comparison of the README: run by ``make neighbours``.

Samples: the texts of ``tests/test_samples``, each as BEFORE and AFTER on a page of its own, in
MyST's default settings, as HTML shows it: how many pages warn, and how many lack words (a link's
address and the language of code among them). Linters: about how many texts of the held-out part of
the corpus, flagged and clean, each program says anything.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from sphinxext_revguide.patterns import detect, load_library
from tests.conftest import Book
from tests.evaluation.corpus import texts
from tests.test_samples import TEXTS, words

FENCE = "`" * 12
LINTERS = {
    "proselint": ("proselint", "check"),
    "write-good": ("write-good", "--parse"),
    "diction": ("diction",),
    "textlint": ("textlint", "--rule", "write-good", "-f", "unix"),
}


def ours(text: str) -> str:
    return (
        f"{FENCE}``{{revision-guide}} {{name}}\n{FENCE}``\n\n{FENCE}``{{revision-issue}} Title\n\n"
        f"{FENCE}{{before-after}}\n\n{text}\n\n+++\n\n{text}\n{FENCE}\n{FENCE}``\n"
    )


def by_hand(text: str) -> str:
    tabs = "".join(
        f"{FENCE}{{tab-item}} {name}\n\n{text}\n{FENCE}\n" for name in ("BEFORE", "AFTER")
    )
    return f"{FENCE}``{{card}} Title\n\n{FENCE}`{{tab-set}}\n{tabs}{FENCE}`\n{FENCE}``\n"


def as_need(text: str) -> str:
    body = f"**BEFORE**\n\n{text}\n\n**AFTER**\n\n{text}"
    return f"{FENCE}{{spec}} Title\n:id: SAMPLE_{{NAME}}\n\n{body}\n{FENCE}\n"


FORMS: dict[str, tuple[str, Callable[[str], str]]] = {
    "this extension": ("sphinxext_revguide", ours),
    "sphinx-design by hand": ("sphinx_design", by_hand),
    "sphinx-needs": ("sphinx_needs", as_need),
}


def samples() -> None:
    """Print how many pages warn, and how many lack words of their samples."""
    print(f"{len(TEXTS)} texts, each as BEFORE and AFTER of a card")
    for name, (extension, form) in FORMS.items():
        with tempfile.TemporaryDirectory() as folder:
            book = Book(Path(folder))
            book.write("conf.py", f'extensions = ["myst_parser", "{extension}"]\n')
            book.write("index.md", "# Book\n\n```{toctree}\n:glob:\n\n*\n```\n")
            for key, text in TEXTS.items():
                page = f"# Page\n\n{form(text)}".replace("{name}", key)
                page = page.replace("{NAME}", key.upper())
                (book.srcdir / f"{key}.md").write_text(page, encoding="utf-8")
            built = book.build("html")
            warned = {build_warning.path for build_warning in built.warnings}
            lacking = [
                key for key, text in TEXTS.items() if _lacks(built.read(f"{key}.html"), text)
            ]
        print(f"  {name:24} {len(warned):3} warn, {len(lacking):3} lack words {lacking}")


class _Shown(HTMLParser):
    """The text of a page that a reader sees: neither tags nor comments nor scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self._hidden = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += f" {data}"


def _lacks(page: str, text: str) -> bool:
    """Return whether a page shows less than twice the words of a text."""
    wanted = Counter(word for word in words(text) if not word.isdigit())
    there = Counter(words(_Shown(page).text))
    return any(there[word] < 2 * count for word, count in wanted.items())


def linters() -> None:
    """Print how many flagged and clean texts each program says something about."""
    library = load_library()
    held_out = list(texts("test"))
    with tempfile.TemporaryDirectory() as folder:
        names = {f"t{number}.md": text for number, text in enumerate(held_out)}
        for name, text in names.items():
            (Path(folder) / name).write_text(text.text, encoding="utf-8")
        said = {
            "this extension": {
                name
                for name, text in names.items()
                if any(match.pattern == text.pattern for match in detect(text.outline, library))
            }
        }
        for linter, command in LINTERS.items():
            beside = Path(sys.executable).parent
            found = shutil.which(command[0]) or shutil.which(command[0], path=beside)
            if found:
                done = subprocess.run(
                    [found, *command[1:], *names], cwd=folder, capture_output=True, text=True,
                    check=False,
                )  # fmt: skip
                said[linter] = set(re.findall(r"\bt\d+\.md(?=:\d)", done.stdout))
            else:
                print(f"  {linter} is not installed")
    for program, reported in said.items():
        shares = []
        for flagged in (True, False):
            of = [name for name, text in names.items() if text.flagged is flagged]
            shares.append(f"{len(reported.intersection(of))} of {len(of)}")
        print(f"  {program:24} flagged texts {shares[0]}, clean texts {shares[1]}")


if __name__ == "__main__":
    samples()
    linters()
