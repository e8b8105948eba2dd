"""Files that a book keeps beside its pages, broken in every way: told, never raised."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.book.compare import flagged_in
from sphinxext_revguide.book.derived.baseline_state import read_baseline
from sphinxext_revguide.book.derived.locked_passages import read_lock_file
from sphinxext_revguide.book.derived.verdicts import (
    VERDICTS,
    VerdictError,
    read_verdicts,
    record_verdicts,
)
from sphinxext_revguide.cli import main
from sphinxext_revguide.files import read_json
from sphinxext_revguide.markup.review_file import ReviewError, read_review
from sphinxext_revguide.markup.review_merge import settle, strictest
from sphinxext_revguide.model import Issue
from sphinxext_revguide.option_values import parse_reviews
from sphinxext_revguide.patterns import detect, load_files, load_library
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.report.entries import ReportError, read_report
from sphinxext_revguide.report.formats import FORMATS
from tests.conftest import Book
from tests.fuzzing import broken, build, fuzz

PACKS = Path(__file__).parents[1] / "sphinxext_revguide" / "patterns" / "packs"
TOML = [
    path.read_text("utf-8").split("\n")
    for path in sorted(PACKS.glob("*.toml"))
    if "weights" not in path.name
]
WRONG: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, "", "x", "\ud800", "a\nb", "::x::", [], [[]], {}, {"": {}},
    "readiness-checklist", ["x", 1], {"version": 9}, [[[[[[1]]]]]],
]  # fmt: skip
PAGE = """\
# Review

| Criterion | Target | Status |
|---|---|---|
| Response time | 5 s | ✅ 4.8 s |
| Recall | 0.9 | ✅ 0.93 |

It's important to note that the team delivered. **Result:** all targets were met.
"""


def mutated(draw: Random, data: Any) -> Any:
    """Change a JSON value in some of its parts."""
    if draw.random() < 0.08:
        return copy.deepcopy(draw.choice(WRONG))
    if isinstance(data, dict):
        kept = {key: mutated(draw, value) for key, value in data.items() if draw.random() < 0.97}
        return kept | ({draw.choice(["x", "version", ""]): 1} if draw.random() < 0.05 else {})
    if isinstance(data, list):
        return [
            mutated(draw, entry) for entry in data for _ in range(draw.choice([0, 1, 1, 1, 1, 2]))
        ]
    return data


REPORT: dict[str, Any] = {
    "schema_version": 1,
    "guides": [
        {"id": "g", "title": "G", "sizes": [{"unit": "words", "now": 3}],
         "hours": {"left": {"min": 1, "max": 2}}},
    ],
    "issues": [
        {"id": "g-1", "guide": "g", "title": "T", "impact": "high", "status": "open"},
    ],
    "findings": [
        {"flagged": True, "known": False, "pattern": "p", "docname": "d", "section": "s",
         "content": "c", "fingerprint": "f", "path": "d.md", "line": 3, "end_line": 4,
         "message": "m", "issues": ["g-1"]},
    ] * 3,
    "problems": [{"type": "since", "path": "", "line": 0, "message": "m", "fingerprint": "q"}],
    "patterns": [
        {"id": "p", "title": "P", "what": "w", "why": "w", "instead": "i", "shipped": True},
    ],
    "chapters": [{"docname": "d", "path": "d.md"}],
}  # fmt: skip
LOCK = [
    {"name": "a", "docname": "index", "text": "It stays."},
    {"name": "b", "docname": "gone", "text": "words " * 9},
    {"version": 2},
]
OLD_LOCK = {"version": 1, "passages": {"a": {"docname": "index", "text": "It stays."}}}
REVIEW = {
    "format": "revguide-review",
    "version": 2,
    "reviewer": "Ann",
    "decisions": [
        {"issue": "g-1", "digest": "d", "decision": "accept", "comment": "c", "date": "2026-05-01"}
    ]
    * 2,
    "passages": [
        {"docname": "a", "quote": {"exact": "b", "prefix": "", "suffix": "c"}, "comment": "d"}
    ],
    "findings": [{"fingerprint": "a", "docname": "c", "reason": "d"}],
}
KNOWN = dict.fromkeys(("docname", "pattern", "section", "content", "fingerprint"), "x")

drawn = st.integers(0, 2**32).map(Random)


VERDICT = {
    "fingerprint": "aa", "verdict": "no-finding", "reason": "x", "by": "Ada",
    "date": "2027-01-31", "pattern": "readiness-checklist", "docname": "index",
    "section": "Review", "content": "cc",
}  # fmt: skip


def lock_text(draw: Random) -> str:
    data = mutated(draw, draw.choice([LOCK, OLD_LOCK]))
    text = json.dumps(data)
    if isinstance(data, list) and draw.random() < 0.5:
        text = "[\n" + ",\n".join(map(json.dumps, data)) + "\n]\n"
    return broken(draw, text)


def baseline_text(draw: Random) -> str:
    lines = [{"version": 1}, *[mutated(draw, KNOWN) for _ in range(3)]]
    return broken(draw, "\n".join(json.dumps(mutated(draw, item)) for item in lines))


def verdict_text(draw: Random) -> str:
    data = mutated(draw, [VERDICT, VERDICT | {"fingerprint": "bb"}, {"version": 1}])
    text = json.dumps(data)
    if isinstance(data, list) and draw.random() < 0.5:
        text = "[\n" + ",\n".join(map(json.dumps, data)) + "\n]\n"
    return broken(draw, text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def test_lock_files(folder: Path) -> None:
    @given(drawn)
    @fuzz(300)
    def run(draw: Random) -> None:
        path = folder / "lock.json"
        path.write_text(lock_text(draw), encoding="utf-8")
        passages, problem = read_lock_file(path)
        if problem is None:
            json.loads(path.read_text("utf-8"))
        assert all(isinstance(name, str) for name in passages)
        if problem is not None:
            assert problem.message
            assert problem.line > 0

    run()


def test_baselines(folder: Path) -> None:
    kept: list[str] = []

    @given(drawn)
    @fuzz(300)
    def run(draw: Random) -> None:
        text = baseline_text(draw)
        path = folder / "baseline.jsonl"
        path.write_text(text, encoding="utf-8")
        found = read_baseline(path)
        reported = {problem.line for problem in found.problems}
        for number, line in enumerate(text.split("\n"), 1):
            if number not in reported and line.strip() and '"version"' not in line:
                assert read_json(line).keys() >= KNOWN.keys()
                kept.append(line)

    run()
    assert kept


def test_verdicts(folder: Path) -> None:
    @given(drawn)
    @fuzz(300)
    def run(draw: Random) -> None:
        text = verdict_text(draw)
        path = folder / "verdicts.json"
        path.write_text(text, encoding="utf-8")
        found = read_verdicts(path)
        assert all(problem.line > 0 and problem.message for problem in found.problems)
        assert all(verdict.verdict in VERDICTS and verdict.reason for verdict in found.verdicts)
        try:
            record_verdicts(path, [])
        except VerdictError:
            assert found.damage is not None
            assert path.read_text("utf-8") == text
        else:
            again = read_verdicts(path)
            assert again.problems == ()
            assert {verdict.fingerprint for verdict in again.verdicts} == {
                verdict.fingerprint for verdict in found.verdicts
            }

    run()


@given(drawn)
@fuzz(300)
def test_reviews(draw: Random) -> None:
    try:
        review = read_review(broken(draw, json.dumps(mutated(draw, REVIEW), indent=1)))
    except ReviewError:
        return
    options = settle(Issue("g", 1, "One"), review.decisions, strictest).options
    assert set(options) <= {"status", "note", "reviews"}
    assert all(len(value.splitlines()) == 1 for value in options.values())
    if "reviews" in options:
        assert parse_reviews(options["reviews"])


def test_reports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = folder / "good.json"
    good.write_text(json.dumps(REPORT), encoding="utf-8")

    @given(drawn)
    @fuzz(150)
    def run(draw: Random) -> None:
        text = broken(draw, json.dumps(mutated(draw, REPORT), indent=1))
        path = folder / "report.json"
        path.write_text(text, encoding="utf-8")
        for name in FORMATS:
            assert main(["report", name, str(path)]) in (0, 2)
        assert main(["diff", str(good), str(path)]) in (0, 1, 2)
        assert main(["diff", str(path), str(good)]) in (0, 1, 2)
        capsys.readouterr()
        with suppress(ReportError, KeyError, TypeError, ValueError):
            flagged_in(read_report(text))

    run()


def test_files_of_a_book() -> None:
    @given(drawn)
    @fuzz(3)
    def run(draw: Random) -> None:
        root = Path(tempfile.mkdtemp())
        try:
            book = Book(root)
            book.write("index.md", f"{PAGE}\n```{{locked-passage}} a\nIt stays.\n```\n")
            book.write("all.md", "# All\n\n```{revision-overview}\n:since: report.json\n```\n")
            for name, text in {
                "revguide-lock.json": lock_text(draw),
                "revguide-baseline.jsonl": baseline_text(draw),
                "revguide-verdicts.json": verdict_text(draw),
                "report.json": broken(draw, json.dumps(mutated(draw, REPORT), indent=1)),
                "own.toml": "\n".join(toml_lines(draw)),
            }.items():
                (book.srcdir / name).write_text(text, encoding="utf-8")
            for builder in ("html", "revguide"):
                build(book, builder, revguide_flag=["*"], revguide_patterns=["own.toml"])
            assert main(["lock", str(book.srcdir), "--check"]) in (0, 1, 2)
        finally:
            shutil.rmtree(root)

    run()


# Pattern files


def toml_lines(draw: Random) -> list[str]:
    """Return a stretch of a shipped pack, with lines changed."""
    pack = draw.choice(TOML)
    start = draw.randrange(len(pack))
    lines = ["[[pattern]]"] * (draw.random() < 0.5) + pack[start : start + draw.randrange(5, 80)]
    for _ in range(draw.randrange(6)):
        at = draw.randrange(len(lines))
        key, equals, value = lines[at].partition(" = ")
        wrong = draw.choice(
            ["1", "-1.5", "true", "''", "[]", "{}", "[1]", "inf", "nan", "1979-05-27"]
        )
        lines[at : at + 1] = draw.choice(
            [
                [],
                [lines[at]] * 2,
                [draw.choice(pack)],
                [f"{key} = {wrong}"],
                [f"x{key}{equals}{value}"],
            ]
        )
        lines = lines or [""]
    return [line.replace('id = "', 'id = "own-') for line in lines]


VALUES: Callable[[Random], Any] = lambda draw: draw.choice(  # noqa: E731
    ["''", "'x'", "1", "-1", "0.5", "true", "[]", "['x']", "[1]", "{}", "{x=1}", "inf", "-nan",
     "1979-05-27", "07:32:00", "'paragraph'", "'page'", "'says'", "['page', 'table']", "[[]]",
     "[{signal='says', lexicon='x'}]", "[{signal='says', lexicon=1}]", "[{signal=[]}]",
     "[{shape='page'}]", "[{text='a', flagged=1}]", "10000000000000000000000", '"\\u0000\\u202e"']
)  # fmt: skip
TABLES = ["[[pattern]]", "[pattern]", "[[pattern.form]]", "[pattern.form]", "[[pattern.form.for]]",
          "[[pattern.form.needs]]", "[[pattern.example]]", "[lexicon.x]", "[[lexicon]]", "[budget]",
          "[lexicon]", "[x]", "[[pattern.form.against]]", "[lexicon.x.weights]"]  # fmt: skip
KEYS = ["id", "title", "family", "what", "why", "instead", "threshold", "yields_to", "form",
        "example", "shape", "subject", "about", "needs", "for", "against", "text", "flagged",
        "budget", "signal", "weight", "lexicon", "words", "weights", "extend", "least", "most", "x",
        "share", "column", "pattern"]  # fmt: skip


def invented(draw: Random) -> list[str]:
    """Return a file of tables and keys that are known, with values of any type."""
    lines = [
        "[[pattern]]", "id = 'own'", "title = 'T'", "what = 'w'", "why = 'w'", "instead = 'i'",
        "[[pattern.form]]", "shape = 'paragraph'",
    ]  # fmt: skip
    for _ in range(draw.randrange(6)):
        lines.append(draw.choice(TABLES))
        lines += [f"{key} = {VALUES(draw)}" for key in draw.sample(KEYS, draw.randrange(5))]
    return lines


def test_pattern_files(folder: Path) -> None:
    outline = outline_of_sample(PAGE)
    path = folder / "own.toml"
    reported: list[str] = []

    @given(drawn)
    @fuzz(40)
    def run(draw: Random) -> None:
        text = "\n".join(draw.choice([toml_lines, invented])(draw))
        path.write_text(text, encoding="utf-8")
        library, problems = load_files([path], load_library())
        last = len(text.split("\n"))
        for problem in problems:
            assert problem.message
            assert problem.path == str(path)
            assert 0 <= problem.line <= last
        reported.extend(problem.message for problem in problems)
        list(detect(outline, library))

    run()
    assert reported
