"""The snippets that the documentation shows: every fenced block, with its language and line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from sphinxext_revguide.sphinx.directives import DIRECTIVES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
_MADE = ("_build", "_generated", "patterns")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fenced block: ``language`` is that of its fence, or ``{directive}``."""

    path: str
    line: int
    language: str
    text: str
    above: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def snippets(path: Path) -> Iterator[Snippet]:
    """Yield the snippets of a file, those inside tabs and other containers too."""
    yield from _of(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix(), 0)


def _of(text: str, name: str, offset: int) -> Iterator[Snippet]:
    lines = text.splitlines()
    for token in MarkdownIt("commonmark").parse(text):
        if token.type != "fence" or token.map is None:
            continue
        start = token.map[0]
        language = (token.info.split() or [""])[0]
        above = "\n".join(lines[max(0, start - 5) : start]).strip()
        yield Snippet(name, offset + start + 1, language, token.content, above)
        if language in ("{tab-set}", "{tab-item}", "{note}"):
            yield from _of(token.content, name, offset + start + 1)


def all_snippets() -> list[Snippet]:
    """Return those of the documentation, the README and the docstrings of directives."""
    pages = sorted(
        path
        for path in DOCS.rglob("*.md")
        if not set(path.relative_to(DOCS).parts[:-1]) & set(_MADE)
    )
    found = [snippet for path in (*pages, ROOT / "README.md") for snippet in snippets(path)]
    for name, directive in DIRECTIVES.items():
        docstring = inspect.cleandoc(directive.__doc__ or "")
        own = list(_of(docstring, f"docstring of {name}", 0))
        assert own, f"the docstring of {name} has no example"
        # The whole fence is the snippet, not what is in it.
        lines = docstring.splitlines()
        for issue in own:
            fence = lines[issue.line - 1].partition("{")[0]
            end = lines.index(fence, issue.line)
            text = "\n".join(lines[issue.line - 1 : end + 1])
            found.append(Snippet(issue.path, issue.line, "{example}", text, ""))
    return found


def matches(output: str, shown: str) -> bool:
    """Return whether an output is what is shown of it; ``...`` stands for any text.

    Line ends and runs of blanks make no difference, as a page may wrap what a terminal does not.
    """
    parts = " ".join(shown.split()).split("...")
    pattern = ".*".join(re.escape(part.strip()).replace(r"\ ", r"\s+") for part in parts)
    pattern = re.sub(r"\.\*", r"\\s*.*\\s*", pattern)
    return re.fullmatch(pattern, " ".join(output.split()), re.DOTALL) is not None
