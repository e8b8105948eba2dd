"""What the fuzz tests share: words that can be found again, and markup to hide them in."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings

from tests.conftest import Book, Built

MORE = int(os.environ.get("REVGUIDE_FUZZ", "1"))
"""So many times the usual number of examples: ``REVGUIDE_FUZZ=100 pytest tests/test_fuzz_*.py``
(with ``--hypothesis-profile=default``, other ones each time)."""

QUICK: dict[str, Any] = {"html_theme": "basic", "html_copy_source": False, "html_use_index": False}
"""Pages without what costs time and says nothing here."""

_WORD = re.compile(r"zq[a-z]+qz")


def fuzz(examples: int) -> settings:
    """Return settings for a test that draws so many examples."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(
        max_examples=examples * MORE,
        deadline=None,
        suppress_health_check=checks,
        phases=[Phase.explicit, Phase.generate],
    )


def word(number: int) -> str:
    """Return a word that is in no other text, and that no markup takes apart."""
    digits = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"zq{digits}qz"


def words_of(text: str) -> set[str]:
    return set(_WORD.findall(text))


def numbered(lines: Iterable[str]) -> list[str]:
    """Put a word of its own in place of each ``@``."""
    count = 0
    result = []
    for line in lines:
        while "@" in line:
            line = line.replace("@", word(count), 1)  # noqa: PLW2901
            count += 1
        result.append(line)
    return result


# "@" is a word. What stands here means something to Markdown, to MyST or to reST.
PIECES = [
    "", "", "", "@", "@ @ @", "**@**", "*@* `@`", "- @", "  - @", "* @", "1. @", "> @", "# @",
    "## @", "@\n===", "@\n---", "---", "***", "+++", "++++", "| @ | @ |", "|---|---|",
    "| @ | @ | @ |", "```", "````", "```python", "~~~", "    @", "\t@", ":@: @", ":status: @",
    ":number: 0", ":impact: @", ":frequency: @", ":before: @", ":Marcus: @", "(@)=", "[@]: @",
    "[@](@)", "[@](#@)", "![@](@)", "<@>", "<b>@</b>", "&lt;@", "$@$", "$$", "\\@", "@\\",
    "{{ @ }}", "{@}", "{@}`@`", "{ref}`@`", "{revguide:issue}`@`", "[^@]", "[^@]: @", "@_", "`@`_",
    "|@|", ":@:`@`", ".. @", ".. _@:", ".. [#] @", ".. |@| replace:: @", "@::", "::", "__ @",
    "% @", "<!-- @", "-->", "```{note}", ":::{note}", ":::", ".. note:: @", "   @", "term\n: @",
    "```{before-after}", "````{revision-issue} @", ".. before-after::", ".. revision-issue:: @",
    "```{locked-passage} @", ".. locked-preserve::", "```{revision-guide} @", "- `@`", "- ✅ `@`",
    "% revguide: allow @ -- @", ".. revguide: allow @ -- @", "@\x0c@", "@\u2028@", "@\x85% @",
    "\x00@", "\x1b[31m@", "\ufeff@", "@ \u202e @", "\\begin{equation}", "🙂 @",
    "=== ===\n@ @\n=== ===",
]  # fmt: skip


def shown(built: Built, docname: str) -> set[str]:
    """Return the words that a page of a text or an HTML build shows."""
    suffix = ".txt" if built.app.builder.name == "text" else ".html"
    page = built.read(docname + suffix)
    return words_of(html.unescape(re.sub(r"<[^>]*>", "", page) if suffix == ".html" else page))


def build(book: Book, builder: str, **overrides: Any) -> Built:
    """Build a book and see that nothing raised, in whatever way an exception may be reported."""
    built = book.build(builder, **QUICK, **overrides)
    assert "Traceback" not in built.output
    assert "exception" not in built.output.lower()
    return built


def broken(draw: Random, text: str) -> str:
    """Break a text: leave out, double or swap lines, cut it, put in marks of a merge."""
    lines = text.split("\n")
    for _ in range(draw.randrange(4)):
        at = draw.randrange(len(lines))
        other = draw.randrange(len(lines))
        marks = ["<<<<<<< HEAD", lines[at], "=======", lines[other], ">>>>>>> x"]
        lines[at : at + 1] = draw.choice(
            [[], [lines[at]] * 2, [lines[other]], [lines[at][: draw.randrange(9)]], marks, ["\x00"]]
        )
        lines = lines or [""]
    return "\n".join(lines)
