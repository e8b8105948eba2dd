"""The guide in the book: cards, references, builders, parallel reading, edits and deletions."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from docutils import nodes
from sphinx.util.inventory import InventoryFile

from sphinxext_revguide.nodes import revguide_sample
from sphinxext_revguide.report.json_report import schema
from tests.conftest import TERMINAL, Book, Built

NewBook = Callable[..., Book]


GUIDE = """
# Guide to the terminal

```{revision-guide} ferry
:chapters: chapter
:baseline: 57 KB, 1419 lines
:reduction: 25-30%
:effort: 30-35 h

The summary.
```

`````{revision-issue} A checklist *without* a doubt
:impact: high
:frequency: 2 checklists
:reduction: 45-50%
:effort: 45 min
:patterns: readiness-checklist

The problem.

````{before-after}
:before: Drafted
:after: Revised

## Winter readiness

| Criterion | Wanted | Seen | Verdict |
|---|---|---|---|
| Cranes | 40 t | 44 t | Met |
| Locks | 7 | 7 | Met |
| Pilots   | 3 | 3 | Met |

Everything is fulfilled: old words.

+++

new words here
````

The reason.
`````

`````{revision-issue} Second
:status: deferred
:patterns: mlops-tables

````{before-after}
:layout: side-by-side

left

+++

right
````
`````
"""

INDEX = """
# Book

```{toctree}
chapter
guide
```

See {revguide:issue}`ferry-1`, {revguide:guide}`ferry`, {revguide:pattern}`readiness-checklist`,
[](#ferry-1) and {any}`ferry-2`.
"""

FILES = {"index.md": INDEX, "chapter.md": TERMINAL, "guide.md": GUIDE}

RST_GUIDE = """
Guide to the terminal
=====================

.. revision-guide:: ferry
   :chapters: chapter
   :baseline: 57 KB, 1419 lines
   :reduction: 25-30%
   :effort: 30-35 h

   The summary.

.. revision-issue:: A checklist *without* a doubt
   :impact: high
   :frequency: 2 checklists
   :reduction: 45-50%
   :effort: 45 min
   :patterns: readiness-checklist

   The problem.

   .. before-after::
      :before: Drafted
      :after: Revised

      **Winter readiness**

      ========= ========  ========  =======
      Criterion Wanted    Seen      Verdict
      ========= ========  ========  =======
      Cranes    40 t      44 t      Met
      Locks     7         7         Met
      Pilots    3         3         Met
      ========= ========  ========  =======

      Everything is fulfilled: old words.

      +++

      new words here

   The reason.

.. revision-issue:: Second
   :status: deferred
   :patterns: mlops-tables

   .. before-after::
      :layout: side-by-side

      left

      +++

      right
"""


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_flagged_on_every_build(new_book: NewBook) -> None:
    book = new_book(FILES)
    first, second = book.build(), book.build()
    assert [(one.path, one.line, one.type) for one in first.told] == [
        ("chapter.md", 5, "revguide.readiness-checklist")
    ]
    assert "3 of 3 cells under “state” are positive" in first.told[0].text
    assert "issue ferry-1, “A checklist without a doubt”" in first.told[0].text
    assert second.told == first.told


def test_one_pattern_can_be_silenced(new_book: NewBook) -> None:
    book = new_book(FILES)
    assert book.build(suppress_warnings=["revguide.readiness-checklist"]).told == []


@pytest.mark.parametrize("status", ["deferred", "rejected"])
def test_an_issue_set_aside_flags_nothing(new_book: NewBook, status: str) -> None:
    guide = GUIDE.replace(":impact: high", f":impact: high\n:status: {status}")
    book = new_book(FILES | {"guide.md": guide})
    assert book.build().told == []
    assert book.build(revguide_flag=["*"]).types() == ["revguide.readiness-checklist"]


def test_nothing_on_a_guide_page_is_flagged(new_book: NewBook) -> None:
    guide = GUIDE.replace("old words", TERMINAL.split("\n\n", 2)[2])
    book = new_book(FILES | {"chapter.md": "# Empty\n", "guide.md": guide})
    assert book.build(revguide_flag=["*"]).told == []


def test_the_card_in_html(new_book: NewBook) -> None:
    html = new_book(FILES).build().read("guide.html")
    assert '<section class="revguide-issue" id="revision-issue-ferry-1">' in html
    assert "<h2>Issue 1: A checklist <em>without</em> a doubt<a" in html
    text = text_of(html)
    for fact in (
        "Impact : high", "Status : open", "Frequency : 2 checklists",
        "Expected reduction : 45-50%", "Effort : 45 min", "Patterns : readiness-checklist",
        "Problem The problem.", "Before: Drafted 25 words on 7 lines Not in the chapters.",
        "fulfilled: old words.", "Why it matters The reason.",
        "After: Revised 3 words on 1 line Figures dropped: 40, 44, 7, 3. Not in the chapters. "
        "new words here",
        "Still found : 1 place chapter.md:5",
    ):  # fmt: skip
        assert fact in text
    assert html.count('class="sd-tab-set') == 1
    assert "revguide-side-by-side" in html
    assert 'href="#revision-issue-ferry-1"' in html.split('<div class="sphinxsidebar"')[1]


def test_rst_gives_the_same_doctree_as_myst(new_book: NewBook) -> None:
    myst = new_book(FILES).build("dummy").doctree("guide")
    files = {name: text for name, text in FILES.items() if name != "guide.md"}
    rst = new_book(files | {"guide.rst": RST_GUIDE}).build("dummy").doctree("guide")

    def cards(document: nodes.document) -> list[str]:
        for sample in document.findall(revguide_sample):
            # The languages write tables and headings in their own ways.
            sample.children = sample.children[-1:]
            sample["words"] = sample["text_lines"] = 0
        text = [card.pformat() for card in document.findall(nodes.section) if card["classes"]]
        return [
            re.sub(r' (?:slug|refdoc|refid|pair_line|attributes)="[^"]*"', "", one) for one in text
        ]

    assert len(cards(myst)) == 2
    assert cards(rst) == cards(myst)


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


def test_an_unknown_issue_is_told(new_book: NewBook) -> None:
    built = new_book({"index.md": "# B\n\n{revguide:issue}`ferry-9`\n"}).build()
    assert [(one.path, one.line, one.type) for one in built.told] == [("index.md", 3, "ref.issue")]


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
    assert len(serial.told) == 13
    assert parallel.told == serial.told
    assert _snapshot(parallel) == _snapshot(serial)


def test_an_edited_chapter_refreshes_the_guide(new_book: NewBook) -> None:
    book = new_book(FILES)
    assert "Still found : 1 place" in text_of(book.build().read("guide.html"))
    book.write("chapter.md", "# Terminal\n\nRewritten, and nobody was happy.\n")
    built = book.build()
    assert built.told == []
    assert "Still found : 1 place" not in text_of(built.read("guide.html"))
    assert "None of its patterns is found any more." in built.read("guide.html")


def test_a_deleted_chapter_refreshes_the_guide(new_book: NewBook) -> None:
    book = new_book(FILES)
    book.build()
    (book.srcdir / "chapter.md").unlink()
    book.write("index.md", INDEX.replace("chapter\n", ""))
    built = book.build()
    assert built.types() == ["revguide.chapters"]
    assert "chapter.md:5" not in built.read("guide.html")


def test_a_changed_issue_reads_no_chapter_again(new_book: NewBook) -> None:
    book = new_book(FILES)
    book.build()
    book.write("guide.md", GUIDE.replace(":impact: high", ":status: rejected"))
    built = book.build()
    assert built.told == []
    assert "updating environment: 0 added, 1 changed" in built.app.status.getvalue().replace(
        "\x1b[1m", ""
    ).replace("\x1b[39;49;00m", "")


def test_a_changed_pattern_file_is_noticed(new_book: NewBook) -> None:
    own = (
        "[[pattern]]\nid = 'gangway'\ntitle = 'Gangway'\nwhat = 'w'\nwhy = 'w'\ninstead = 'i'\n"
        "threshold = 1.0\n[[pattern.form]]\nshape = 'section'\n"
        "needs = [{ signal = 'says', lexicon = 'own' }]\n[lexicon.own]\nwords = ['WORD']\n"
    )
    book = new_book(FILES)
    book.write("own.toml", own.replace("WORD", "nothing of it"))
    options: dict[str, Any] = {
        "revguide_patterns": ["own.toml"],
        "revguide_flag": ["gangway"],
    }
    assert book.build(**options).types() == ["revguide.readiness-checklist"]
    book.write("own.toml", own.replace("WORD", "satisf*"))
    assert sorted(book.build(**options).types()) == [
        "revguide.gangway", "revguide.readiness-checklist",
    ]  # fmt: skip


def test_the_report(new_book: NewBook) -> None:
    book = new_book(FILES)
    built = book.build("revguide")
    report = json.loads(built.read("revguide.json"))
    jsonschema.validate(report, schema())
    # sphinx-design before 0.7 writes its own folder for every builder.
    written = {path.name for path in built.outdir.iterdir()} - {"_sphinx_design_static"}
    assert written == {"revguide.json"}
    [finding] = report["findings"]
    assert (finding["path"], finding["line"], finding["end_line"]) == ("chapter.md", 5, 9)
    assert finding["flagged"] is True
    assert finding["issues"] == ["ferry-1"]
    [guide] = report["guides"]
    assert guide["chapters"] == ["chapter"]
    assert guide["baseline"] == {"bytes": 57000, "lines": 1419, "content_lines": None}
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


def test_interface_labels_stay_out_of_catalogs(new_book: NewBook) -> None:
    catalog = new_book(FILES).build("gettext").read("guide.pot")
    for label in ("Impact", "Why it matters", "Before: Drafted", "words on", "Still found"):
        assert label not in catalog


def test_the_style_sheet_is_only_where_it_is_needed(new_book: NewBook) -> None:
    built = new_book(FILES).build()
    for asset in ("revguide.css", "revguide.js"):
        assert asset in built.read("guide.html")
        assert asset in built.read("chapter.html")  # it has marks
        assert asset not in built.read("genindex.html")
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


RST_CHAPTER = """
Terminal
========

Opening readiness
-----------------

.. list-table::
   :header-rows: 1

   * - Check
     - Required
     - State
   * - Gangway
     - 90 s
     - Passed
   * - Gates
     - 12
     - Passed
   * - Marshals
     - 100 %
     - Passed

All checks are satisfied.

Opening readiness, again
------------------------

========  ========  ======
Check     Required  State
========  ========  ======
Gangway   90 s      Passed
Gates     12        Passed
Marshals  100 %     Passed
========  ========  ======
"""


def test_flagged_lines_in_rst(new_book: NewBook) -> None:
    files = {name: text for name, text in FILES.items() if name != "chapter.md"}
    built = new_book(files | {"chapter.rst": RST_CHAPTER}).build("dummy")
    lines = [
        number
        for number, line in enumerate(RST_CHAPTER.lstrip().split("\n"), 1)
        if "Check  " in line or "- Check" in line
    ]
    assert [(one.path, one.line) for one in built.told] == [("chapter.rst", n) for n in lines]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_flagged_lines_in_an_included_file(new_book: NewBook, kind: str) -> None:
    # MyST-Parser before 5.2 counts the lines of what is included from two.
    myst = tuple(int(part) for part in version("myst-parser").split(".")[:2])
    late = int(kind == "md" and myst < (5, 2))
    part = TERMINAL.split("# Terminal\n\n")[1]
    files = {name: text for name, text in FILES.items() if name != "chapter.md"}
    if kind == "md":
        files |= {"chapter.md": "# Terminal\n\n## Readiness\n\n```{include} part.inc\n```\n"}
        part = part.partition("\n\n")[2]
    else:
        part = RST_CHAPTER.split("-----------------\n", 1)[1].split("Opening", maxsplit=1)[0]
        files |= {
            "chapter.rst": "Terminal\n========\n\nReadiness\n---------\n\n.. include:: part.inc\n"
        }
    book = new_book(files | {"part.inc": part})
    told = book.build("dummy").told
    line = next(n for n, one in enumerate(part.lstrip().split("\n"), 1) if "Check" in one)
    assert [(one.path, one.line) for one in told] == [("part.inc", line + late)]


def test_a_renamed_issue_refreshes_the_pages_that_refer_to_it(new_book: NewBook) -> None:
    book = new_book(FILES)
    assert "A checklist without a doubt" in book.build().read("index.html")
    book.write("guide.md", GUIDE.replace("A checklist *without* a doubt", "Another title"))
    html = book.build().read("index.html")
    assert "Another title" in html
    assert "A checklist without a doubt" not in html


def test_in_rest_a_body_may_begin_under_the_options_and_hold_headings(new_book: NewBook) -> None:
    """Such lines belong to the argument for docutils; nothing of them is dropped."""
    page = """\
        Guide
        =====

        .. revision-guide:: g

        .. revision-issue:: A title
           :impact: high
           It begins at once.

           A heading
           ---------

           And it goes on.

        After it.
        """
    built = new_book({"index.rst": page}).build()
    assert built.told == []
    html = built.read("index.html")
    assert re.search(r"<strong>A heading</strong>", html)
    for one, other in itertools.pairwise(["at once.", "A heading", "it goes on.", "After it."]):
        assert html.index(one) < html.index(other)
