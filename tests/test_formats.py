"""What CI systems read: each format judged by its schema, or by a reader of others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from sphinxext_revguide.cli import main
from sphinxext_revguide.cli.read_book import read_book
from sphinxext_revguide.report.entries import (
    Json,
    ReportError,
    all_entries,
    entries,
    read_report,
    rules,
    with_reason,
)
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.report.report_schema import report_schema
from sphinxext_revguide.text.control_characters import one_line
from tests.conftest import CONF, TERMINAL, Book
from tests.test_apply import CHAPTER, book_with

SARIF = jsonschema.validators.validator_for({})(
    json.loads((Path(__file__).with_name("schemas") / "sarif-2.1.0.json").read_text("utf-8"))
)
# As https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format describes it.
GITLAB: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
GUIDE = """
# Guide

````{revision-guide} ferry
:chapters: a*

What to do.
````

````{revision-issue} A <b>list</b>, @all | 100% #7
:impact: high
:patterns: readiness-checklist
:colour: red

Too smooth.
````

```{locked-preserve}
- `a lighthouse`
```
"""
ALL = list(FORMATS)


@pytest.fixture
def written(new_book: Callable[..., Book]) -> Path:
    book = new_book({
        "index.md": "# Index\n\n```{toctree}\na b\nguide\n```\n", "a b.md": TERMINAL,
        "guide.md": GUIDE,
        "fine.md": "---\norphan: true\n---\n\n# Fine\n\nHere.\n",
    })  # fmt: skip
    (book.srcdir.parent / ".git").mkdir()
    built = book.build("revguide", revguide_reports=ALL)
    assert {build_warning.type for build_warning in built.warnings} == {
        "revguide.readiness-checklist", "revguide.option", "revguide.locked",
    }  # fmt: skip
    return built.outdir


def report_of(folder: Path) -> Json:
    report = read_report((folder / "revguide.json").read_text("utf-8"))
    jsonschema.validate(report, report_schema())
    return report


def test_entries_are_the_warnings_of_the_build(written: Path) -> None:
    found = entries(report_of(written), "src")
    assert [
        (section.rule, section.path, section.line, section.flagged, section.impact)
        for section in found
    ] == [
        ("readiness-checklist", "src/a b.md", 5, True, "high"),
        ("option", "src/guide.md", 12, False, ""),
        ("locked", "src/guide.md", 18, False, ""),
    ]
    assert found[0].message.endswith("(issue ferry-1, “A <b>list</b>, @all | 100% #7”)")
    assert len({section.fingerprint for section in found}) == 3


def test_sarif(written: Path) -> None:
    log = json.loads((written / "revguide.sarif").read_text("utf-8"))
    SARIF.validate(log)
    (run,) = log["runs"]
    known = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert known[result["ruleIndex"]]["id"] == result["ruleId"]
    first = run["results"][0]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "src/a%20b.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 5, "endLine": 9},
    }
    rule = known[first["ruleIndex"]]
    assert rule["helpUri"].endswith("/reference/patterns/readiness-checklist.html")
    assert rule["help"]["text"]
    assert "**" not in rule["help"]["text"]


def commands(text: str) -> list[tuple[dict[str, str], str]]:
    """Read workflow commands as the runner does (ActionCommand.TryParseV2 of actions/runner)."""
    found = []
    for line in text.removesuffix("\n").split("\n"):
        match = re.fullmatch(r"::(\S+) ([^:]*(?:(?!::):[^:]*)*)::(.*)", line)
        assert match, line
        assert match[1] == "warning"
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        found.append(({name: plain(value) for name, value in properties.items()}, plain(match[3])))
    return found


def plain(text: str) -> str:
    for code, mark in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, mark)
    return text


def test_github(written: Path) -> None:
    reported = commands((written / "revguide-github.txt").read_text("utf-8"))
    found = entries(report_of(written), "src")
    assert [(entry["file"], int(entry["line"]), text) for entry, text in reported] == [
        (section.path, section.line, section.message) for section in found
    ]


def test_gitlab(written: Path) -> None:
    found = json.loads((written / "revguide-gitlab.json").read_text("utf-8"))
    jsonschema.validate(found, GITLAB)
    assert [section["severity"] for section in found] == ["major", "minor", "minor"]
    assert len({section["fingerprint"] for section in found}) == len(found) == 3


def test_junit(written: Path) -> None:
    suites = JUnitXml.fromfile(str(written / "revguide-junit.xml"))
    cases = {suite.name: [list(case.result) for case in suite] for suite in suites}
    assert {name: [len(entry) for entry in ones] for name, ones in cases.items()} == {
        "src/a b.md": [1], "src/fine.md": [0], "src/guide.md": [1, 1],
    }  # fmt: skip
    (failure,) = cases["src/a b.md"][0]
    assert failure.type == "revguide.readiness-checklist"
    assert failure.text.startswith("src/a b.md:5: Readiness checklist: ")
    assert (suites.tests, suites.failures) == (4, 3)


def test_markdown(written: Path) -> None:
    text = (written / "revguide.md").read_text("utf-8")
    # The page of contents is none.
    assert "**1 finding** in 1 of 2 chapters, 2 other problems." in text
    page = MarkdownIt("commonmark").enable("table").render(text)
    assert "<td>Readiness checklist</td>" in page
    # The title of the issue marks nothing up, calls nobody and refers to nothing.
    assert "A &lt;b&gt;list&lt;/b&gt;, @<!-- -->all | 100% #<!-- -->7" in page


def test_a_sample_that_is_still_present_is_a_finding_with_a_title(
    new_book: Callable[..., Book],
) -> None:
    built = book_with(new_book, CHAPTER).build("revguide", revguide_reports=["markdown"])
    text = built.read("revguide.md")
    assert "**1 finding** in 1 of" in text
    assert "| Old text still in the book | 1 | 1 |" in text


def read_sarif(text: str) -> int:
    log = json.loads(text)
    SARIF.validate(log)
    return len(log["runs"][0]["results"])


def read_gitlab(text: str) -> int:
    found = json.loads(text)
    jsonschema.validate(found, GITLAB)
    return len(found)


def read_markdown(text: str) -> int:
    page: str = MarkdownIt("commonmark").enable("table").render(text)
    assert page.count("<details>") == page.count("</details>")
    assert set(re.findall(r"<(\w+)", page)) <= {
        "h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "details", "summary",
        "ul", "li",
    }  # fmt: skip
    return page.count("<details>")


READERS: dict[str, Callable[[str], int]] = {
    "sarif": read_sarif,
    "github": lambda text: len(commands(text)),
    "gitlab": read_gitlab,
    "junit": lambda text: int(JUnitXml.fromstring(text.encode()).failures),
    "rdjson": lambda text: len(json.loads(text)["diagnostics"]),
    "markdown": read_markdown,
}
"""Parses each format with its schema or an independent parser; returns how many findings it has."""


def test_each_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS), "add a function to READERS that parses the format"


HOSTILE = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from([
    "::error::x", "]]>", "</failure>", "<!--", "a\r\nb", "\x00\x1b[31m", "| a |", "</details>",
    "[x](javascript:1)",
])  # fmt: skip


# A report names every file relative to a folder.
PATHS = HOSTILE.filter(lambda path: not path.startswith(("/", "./")))


@given(message=HOSTILE, title=HOSTILE, path=PATHS)
@settings(deadline=None)
def test_no_text_breaks_a_format(message: str, title: str, path: str) -> None:
    report: Json = {
        "guides": [],
        "issues": [{"id": "g-1", "guide": "g", "title": title, "impact": "low", "status": "open"}],
        "findings": [{
            "pattern": "own", "path": path, "line": 2, "end_line": 3, "message": message,
            "fingerprint": "0" * 16, "issues": ["g-1"], "flagged": True,
        }],
        "problems": [],
        "patterns": [{
            "id": "own", "title": title, "what": message, "why": message, "instead": message,
            "shipped": False,
        }],
        "chapters": [{"path": path}],
    }  # fmt: skip
    written = {name: item.render(report, "src") for name, item in FORMATS.items()}
    assert {name: READERS[name](text) for name, text in written.items()} == dict.fromkeys(
        FORMATS, 1
    )
    ((properties, text),) = commands(written["github"])
    assert text == one_line(with_reason(message, [("g-1", title)]))
    assert properties["title"] == one_line(title)


def test_the_command_writes_the_same(
    written: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert FORMATS
    for name, item in FORMATS.items():
        expected = (written / item.file).read_bytes()
        assert main(["report", name, str(written / "revguide.json"), "--folder", "src"]) == 0
        assert capsysbinary.readouterr().out == expected
        output = tmp_path / name
        arguments = ["report", name, str(written / "revguide.json"), "--folder", "src"]
        assert main([*arguments, "--output", str(output)]) == 0
        assert output.read_bytes() == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not valid JSON"),
        ("[]", "it contains no object"),
        ('{"schema_version": 2}', "its schema_version is 2, not 1"),
        ('{"schema_version": 1}', "lacks ['findings', 'problems', 'patterns', 'chapters']"),
    ],
)
def test_what_is_not_a_report_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    path = tmp_path / "revguide.json"
    path.write_text(text)
    assert main(["report", "sarif", str(path)]) == 2
    reported = capsys.readouterr().err
    assert reported.startswith(f"{path}: ")
    assert reason in reported
    assert "sphinx-build -b revguide" in reported
    with pytest.raises(ReportError):
        read_report(text)


def test_an_unknown_format_is_reported(new_book: Callable[..., Book]) -> None:
    built = new_book({"index.md": "# Index\n"}).build(
        "revguide", revguide_reports=["serif", "junit"]
    )
    (reported,) = built.warnings
    assert reported.type == "revguide.config"
    assert reported.text.endswith("names 'serif', which is not a format; did you mean 'sarif'?")
    assert {path.name for path in built.outdir.glob("revguide*")} == {
        "revguide.json",
        "revguide-junit.xml",
    }


def test_a_book_without_a_finding(new_book: Callable[..., Book]) -> None:
    built = new_book({"index.md": "# Index\n\nIt rained.\n"}).build(
        "revguide", revguide_reports=ALL
    )
    assert rules(report_of(built.outdir)) == {}
    assert built.read("revguide-github.txt") == ""
    assert json.loads(built.read("revguide-gitlab.json")) == []
    assert "No findings in 1 chapter." in built.read("revguide.md")
    assert JUnitXml.fromstring(built.read("revguide-junit.xml").encode()).failures == 0


def test_what_a_page_includes_counts_for_the_page(new_book: Callable[..., Book]) -> None:
    included = "# Page\n\n```{include} part.txt\n```\n\n```{include} other.txt\n```\n"
    book = new_book({
        "index.md": included, "part.txt": TERMINAL, "other.txt": TERMINAL.replace("74", "73"),
    })  # fmt: skip
    book.write("conf.py", CONF + 'revguide_flag = ["readiness-checklist"]\n')
    built = book.build("revguide", revguide_reports=ALL)
    text = built.read("revguide.md")
    assert "**2 findings** in 1 of 1 chapter," in text
    assert "| Readiness checklist | 2 | 1 |" in text
    [suite] = JUnitXml.fromfile(str(built.outdir / "revguide-junit.xml"))
    assert suite.name == "index.md"
    assert [case._elem.get("file") for case in suite] == ["other.txt", "part.txt"]


def test_what_nobody_requests_is_in_no_format(new_book: Callable[..., Book]) -> None:
    """Not even as suppressed: a suppressed result says who requested it."""
    book = new_book({"index.md": TERMINAL})
    book.write("conf.py", CONF + 'revguide_flag = ["readiness-checklist"]\n')
    command = ["verdict", "--source", str(book.srcdir)]
    [finding] = read_book(book.srcdir, book.srcdir).findings
    assert main([*command, finding.fingerprint, "--no-finding", "--reason", "A form"]) == 0
    report = report_of(book.build("revguide").outdir)
    [entry] = all_entries(report)
    assert entry.dismissed == "A form"
    book.write("conf.py", CONF)
    report = report_of(book.build("revguide").outdir)
    assert [row["requested"] for row in report["findings"]] == [False]
    assert all_entries(report) == []
