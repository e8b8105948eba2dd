"""What tests of the importer ask of a guide."""

from __future__ import annotations

import re
from pathlib import Path

from sphinxext_revguide.importer import ImportedGuide, as_json, print_myst, read_guide
from sphinxext_revguide.importer.recognise.names import split_lines
from sphinxext_revguide.model import Pair

DATA = Path(__file__).parent / "importer_data"
INPUTS = Path(__file__).parents[1].parent / "shared" / "inputs"
ONE_ISSUE = "### Issue 1: Bells\n\n**Before:**\n\n> old\n\n**After:**\n\n> new\n"
SAMPLES = "**Before:**\n\n```\nold\n```\n\n**After:**\n\n```\nnew\n```\n"

_FENCE = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])\s+)?(?:`{3,}[^`]*|~{3,}.*)")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}")


def guide_of(name: str) -> ImportedGuide:
    return read_guide((DATA / name).read_text(encoding="utf-8"), name=name)


def lost_lines(source: str, printed: str) -> list[str]:
    """Return the lines of a guide that are not lines of the page, fence marks and rules aside."""
    kept = {line.removeprefix("% ").rstrip() for line in printed.split("\n")}
    kept |= {line.rstrip() for line in printed.split("\n")}
    said = {line.strip(" `~") for line in kept}
    return [
        line
        for line in split_lines(source)
        if line.strip()
        and not (_FENCE.fullmatch(line) and _says_nothing(line, said))
        and not _RULE.fullmatch(line)
        and line.rstrip() not in kept
    ]


def _says_nothing(line: str, said: set[str]) -> bool:
    """Return whether a fence mark says no more than a language, or is there with what it says."""
    words = line.strip().lstrip("-*+0123456789.) \t").strip("`~ \t")
    return bool(re.fullmatch(r"[\w+#.-]*", words)) or words in said


def texts(pair: Pair) -> tuple[str, str]:
    return (pair.before.text if pair.before else "", pair.after.text if pair.after else "")


def reported(guide: ImportedGuide, line: int) -> list[str]:
    return [problem.message for problem in guide.problems if problem.line == line]


def read(text: str) -> ImportedGuide:
    """Read a guide and see that no line is lost."""
    guide = read_guide(text)
    assert lost_lines(text, print_myst(guide, provenance=True)) == []
    return guide


def pairs_of(guide: ImportedGuide) -> list[tuple[str, str]]:
    return [texts(pair) for issue in guide.issues for pair in issue.issue.pairs]


def accounted(text: str, name: str = "guide.md") -> ImportedGuide:
    """Read a guide and see that each of its lines has a place."""
    guide = read_guide(text, name=name)
    assert [a for a in as_json(guide)["lines"] if a["where"] in ("", "appended")] == []
    return guide


def titles(guide: ImportedGuide) -> list[str]:
    return [issue.issue.title for issue in guide.issues]


def pairs_by_issue(guide: ImportedGuide) -> list[list[tuple[str, str]]]:
    return [[texts(pair) for pair in issue.issue.pairs] for issue in guide.issues]


def locked(guide: ImportedGuide) -> list[str]:
    return [lock.text for lock in guide.locks]
