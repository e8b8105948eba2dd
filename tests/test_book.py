"""The guide in the book: cards, references, builders, parallel reading, edits and deletions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sphinx.util.inventory import InventoryFile

from sphinxext_revguide.report.report_schema import report_schema
from tests.conftest import TERMINAL, Book, Built
from tests.ferry import FILES, GUIDE, text_of
from tests.themes import FILES as SHOWN

NewBook = Callable[..., Book]


def test_flagged_on_every_build(new_book: NewBook) -> None:
    book = new_book(FILES)
    first, second = book.build(), book.build()
    assert [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in first.warnings
    ] == [("chapter.md", 5, "revguide.readiness-checklist")]
    assert "All 3 results under “State” " in first.warnings[0].text
    assert "issue ferry-1, “A checklist without a doubt”" in first.warnings[0].text
    assert second.warnings == first.warnings


def test_one_pattern_can_be_silenced(new_book: NewBook) -> None:
    book = new_book(FILES)
    assert book.build(suppress_warnings=["revguide.readiness-checklist"]).warnings == []


@pytest.mark.parametrize("status", ["deferred", "rejected"])
def test_an_issue_set_aside_flags_nothing(new_book: NewBook, status: str) -> None:
    guide = GUIDE.replace(":impact: high", f":impact: high\n:status: {status}")
    book = new_book(FILES | {"guide.md": guide})
    assert book.build().warnings == []
    assert book.build(revguide_flag=["*"]).types() == ["revguide.readiness-checklist"]


def test_nothing_on_a_guide_page_is_flagged(new_book: NewBook) -> None:
    guide = GUIDE.replace("old words", TERMINAL.split("\n\n", 2)[2])
    book = new_book(FILES | {"chapter.md": "# Empty\n", "guide.md": guide})
    assert book.build(revguide_flag=["*"]).warnings == []


def test_the_card_in_html(new_book: NewBook) -> None:
    html = new_book(FILES).build().read("guide.html")
    assert '<section class="revguide-issue" id="revision-issue-ferry-1">' in html
    title = "<small>Issue 1</small> A checklist <em>without</em> a doubt<a"
    assert f'<h2 class="revguide-title">{title}' in html
    text = text_of(html)
    for fact in (
        "High impact Open Seen in 2 checklists · 45–50% shorter · 45 min of work "
        "Readiness checklist",
        "Problem The problem.", "Before: Drafted", "fulfilled: old words. "
        "Not found in the chapters", "Why it matters The reason.",
        "After: Revised", "new words here Not in the book yet Facts dropped: 40, 44, 7, 3",
        "25 → 3 words (goal: 45–50% shorter)",
        "Still in the book: 1 finding Line 5 Readiness checklist. All 3 results under “State”",
    ):  # fmt: skip
        assert fact in text
    assert html.count('class="revguide-sample revguide-before') == 2
    assert 'class="revguide-pair" data-view="both"' in html
    assert 'href="#revision-issue-ferry-1"' in html.split('<div class="sphinxsidebar"')[1]


def test_references_resolve_across_pages(new_book: NewBook) -> None:
    built = new_book(FILES).build()
    html = built.read("index.html")
    assert html.count('href="guide.html#revision-issue-ferry-1"') == 3 + html.count(
        'toctree-l2"><a class="reference internal" href="guide.html#revision-issue-ferry-1"'
    )
    assert 'href="guide.html#revision-guide-ferry"' in html
    assert '<span class="revguide revguide-pattern">Readiness checklist</span>' in html
    objects = list(built.domain.get_objects())
    assert ("ferry-2", "Second", "issue", "guide", "revision-issue-ferry-2", 1) in objects
    assert (
        "ferry",
        "Guide to the terminal",
        "guide",
        "guide",
        "revision-guide-ferry",
        1,
    ) in objects
    inventory = InventoryFile.loads((built.outdir / "objects.inv").read_bytes(), uri="").data
    assert inventory["revguide:issue"]["ferry-1"].uri == "guide.html#revision-issue-ferry-1"
    assert inventory["revguide:guide"]["ferry"].display_name == "Guide to the terminal"
    search = built.read("searchindex.js")
    assert "revision issue" in search
    assert '"ferry-2"' in search or "revision-issue-ferry-2" in search


def test_an_unknown_issue_is_reported(new_book: NewBook) -> None:
    built = new_book({"index.md": "# B\n\n{revguide:issue}`ferry-9`\n"}).build()
    assert [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in built.warnings
    ] == [("index.md", 3, "ref.issue")]


def _snapshot(built: Built) -> dict[str, bytes]:
    return {
        path.relative_to(built.outdir).as_posix(): path.read_bytes()
        for path in sorted(built.outdir.rglob("*.html"))
    }


def test_parallel_equals_serial(new_book: NewBook) -> None:
    files = dict(FILES)
    for number in range(12):
        files[f"more/page{number}.md"] = TERMINAL.replace("Terminal", f"Terminal {number}")
    files["index.md"] += "\n```{toctree}\n:glob:\n\nmore/*\n```\n"
    files["guide.md"] = GUIDE.replace(":chapters: chapter", ":chapters: chapter more/*")
    serial, parallel = new_book(files).build(), new_book(files).build(parallel=4)
    assert len(serial.warnings) == 13
    assert parallel.warnings == serial.warnings
    assert _snapshot(parallel) == _snapshot(serial)


def test_the_report(new_book: NewBook) -> None:
    book = new_book(FILES)
    built = book.build("revguide")
    report = json.loads(built.read("revguide.json"))
    jsonschema.validate(report, report_schema())
    # sphinx-design before 0.7 writes its own folder for every builder.
    written = {path.name for path in built.outdir.iterdir()} - {"_sphinx_design_static"}
    assert written == {"revguide.json"}
    [finding] = report["findings"]
    assert (finding["path"], finding["line"], finding["end_line"]) == ("chapter.md", 5, 9)
    assert finding["flagged"] is True
    assert finding["issues"] == ["ferry-1"]
    [guide] = report["guides"]
    assert guide["chapters"] == ["chapter"]
    assert guide["baseline"] == {
        "bytes": 57000,
        "lines": 1419,
        "content_lines": None,
        "words": None,
    }
    assert report["issues"][0]["effort_hours"] == {"min": 0.75, "max": 0.75}
    assert report["issues"][0]["samples"][0]["after"] == {
        "words": 3, "lines": 1, "found": 0.0, "passages": [],
    }  # fmt: skip
    book.write("chapter.md", "# Terminal\n\nA new line first.\n" + TERMINAL.split("\n", 2)[2])
    again = json.loads(book.build("revguide").read("revguide.json"))
    [moved] = again["findings"]
    assert moved["line"] == 7
    assert moved["fingerprint"] == finding["fingerprint"]


@pytest.mark.parametrize(
    ("builder", "name"),
    [
        ("html", "guide.html"), ("dirhtml", "guide/index.html"), ("singlehtml", "index.html"),
        ("epub", "guide.xhtml"), ("latex", "book.tex"), ("text", "guide.txt"),
        ("man", "book.1"), ("texinfo", "book.texi"), ("xml", "guide.xml"),
        ("gettext", "guide.pot"), ("json", "guide.fjson"),
    ],
)  # fmt: skip
def test_every_builder_shows_the_card_in_order(new_book: NewBook, builder: str, name: str) -> None:
    options: dict[str, Any] = {}
    if builder == "epub":
        options = {"version": "1", "project_copyright": "2026, nobody"}
    built = new_book(FILES).build(builder, **options)
    assert built.types() == ["revguide.readiness-checklist"]
    text = text_of(built.read(name))
    order = ["The problem.", "Drafted", "Revised", "The reason."]
    if builder != "gettext":
        order = [
            "The summary.", "A checklist", "The problem.", "Before: Drafted", "old words",
            "After: Revised", "new words here", "Why it matters", "The reason.", "Issue 2",
        ]  # fmt: skip
    places: list[int] = []
    for words in order:
        start = places[-1] if places else 0
        assert words in text[start:], words
        places.append(text.index(words, start))
    if builder == "epub":
        assert "<input" not in built.read(name)


@pytest.mark.parametrize(
    ("builder", "name"),
    [("html", "guide.html"), ("dirhtml", "guide/index.html"), ("singlehtml", "index.html")],
)
def test_links_within_a_page_lead_somewhere(new_book: NewBook, builder: str, name: str) -> None:
    page = new_book(SHOWN).build(builder).read(name)
    targets = set(re.findall(r'href="#(rev[^"]+)"', page))
    assert "revision-guide-g-kept" in targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_marks_of_all_pages_on_one(new_book: NewBook) -> None:
    page = new_book(FILES).build("singlehtml").read("index.html")
    anchors = re.findall(r'id="(revguide-[0-9a-f]{16})"', page)
    assert len(anchors) == 1
    linked = re.findall(r'href="[^"]*#(revguide-[0-9a-f]{16})"', page)
    assert set(linked) == set(anchors)
    assert page.count("1 finding to revise") == 1
    # What lies on the same page is reached without its name.
    assert set(re.findall(r'href="([^"]*)" title="[^"]*"><span>Issue 1', page)) == {
        "#revision-issue-ferry-1"
    }


def test_a_part_of_a_card_that_shows_nothing_has_no_label(new_book: NewBook) -> None:
    pair = "```{before-after}\nold words\n\n+++\n\nnew\n```"
    issue = (
        f"````{{revision-issue}} T\n\n(target)=\n{pair}\n\n"
        "```{only} latex\nOf the printed book.\n```\n````\n"
    )
    book = new_book({"index.md": f"# B\n\n```{{revision-guide}} g\n```\n\n{issue}"})
    html = text_of(book.build("html").read("index.html"))
    assert "Problem" not in html
    assert "Why it matters" not in html
    assert "Why it matters" in text_of(book.build("latex").read("book.tex"))


def test_interface_labels_stay_out_of_catalogs(new_book: NewBook) -> None:
    catalog = new_book(FILES).build("gettext").read("guide.pot")
    for label in ("Impact", "Why it matters", "Before: Drafted", "3 words", "Still in"):
        assert label not in catalog


def test_the_style_sheet_is_only_where_it_is_needed(new_book: NewBook) -> None:
    built = new_book(FILES).build()
    for asset in ("revguide.css", "revguide.js"):
        assert asset in built.read("guide.html")
        assert asset in built.read("chapter.html")  # it has marks
        assert asset not in built.read("genindex.html")
    assert "revguide-review.js" in built.read("guide.html")
    assert "revguide-review" not in built.read("chapter.html")
    unmarked = new_book(FILES).build(revguide_marks=False)
    assert "revguide" not in unmarked.read("chapter.html")


def test_the_demonstration_book(tmp_path: Path) -> None:
    """The documentation warns of its six passages, whose BEFOREs stand, and of nothing else."""
    import subprocess
    import sys

    docs = Path(__file__).parents[1] / "docs"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "dummy", str(docs), str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    types = re.findall(r"WARNING: .*\[([\w.-]+)\]", run.stderr)
    assert run.returncode == 0
    assert len(re.findall("WARNING|ERROR", run.stderr)) == len(types)
    assert set(types) - {"revguide.standing"} == {
        f"revguide.{name}"
        for name in (
            "readiness-checklist", "mlops-tables", "ab-test-victory",
            "clinical-incident-response", "improvement-cadence", "platform-comparison",
        )
    }  # fmt: skip
    assert len(types) == 12
    strict = subprocess.run([*command, "-W"], capture_output=True, text=True, check=False)
    assert strict.returncode == 1
