"""A small book with everything in it, and what it is for a build to be like a fresh one."""

from __future__ import annotations

import datetime
import difflib
import itertools
import json
import os
import re
import sys
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from subprocess import CompletedProcess, run
from types import SimpleNamespace
from typing import Any

import pytest

from sphinxext_revguide.book import contents as contents_module
from sphinxext_revguide.report import checks as checks_module
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.report.json_report import report
from tests.conftest import Book, Built

_FOLDERS = itertools.count()

LAYOUT = """\
{% extends "!layout.html" %}
{% block linktags %}{% endblock %}
{% block relbar1 %}{% endblock %}
{% block relbar2 %}{% endblock %}
"""
"""Without what Sphinx itself leaves old in an incremental build: the titles of neighbours and, in
sidebars, the tables of contents of the whole book."""

SETTINGS: dict[str, Any] = {
    "extensions": ["myst_parser", "sphinxext_revguide"],
    "project": "Book",
    "html_theme": "basic",
    "html_sidebars": {"**": ["localtoc.html"]},
    "templates_path": ["_templates"],
    "exclude_patterns": ["_templates"],
    # Sphinx and MyST report these only when they write a page.
    "suppress_warnings": ["ref.any", "myst.xref_missing"],
    "revguide_patterns": ["own.toml"],
    "revguide_reports": [*FORMATS],
}

TABLE = """\
| Check | Required | Observed | State |
|---|---|---|---|
| {0} | 90 s | 74 s | Passed |
| Gates | 12 | 12 | Passed |
| Marshals | 100 % | 100 % | Passed |

All checks of the {0} are satisfied.
"""
PROMPT = "**Your quick check:** Does your harbour meet all six needs?\n"

BLOCKS = {
    "plain": "Boats come and go, and nobody counts them.\n",
    "longer": "The ferry was late again. The pilot went home early, and the crane stood still.\n",
    "opening": f"## Opening readiness\n\n{TABLE.format('gangway')}",
    # The same words under another title, so at another anchor; and the same once more.
    "early": f"## Early readiness\n\n{TABLE.format('gangway')}",
    "crane": f"## Crane readiness\n\n{TABLE.format('crane')}",
    "sample": "The keeper lights the lamp at dusk, trims it at midnight and puts it out at dawn, "
    "and writes all of it down in the book of the lighthouse.\n",
    "revised": "At midnight the wick was short, and nobody had told the keeper where the new ones "
    "were kept since the storm had taken the shed.\n",
    "passage": "```{locked-passage} dues\nDues are paid before noon.\n```\n",
    "edited": "```{locked-passage} dues\nDues are paid before ten.\n```\n",
    "phrase": "At the mole the depth is 9.5 metres in summer and in winter.\n",
    "prompt": PROMPT,
    "allowed": f"```{{revision-allow}} interactive-prompt\n:reason: It is asked.\n\n{PROMPT}```\n",
    "dated": "```{revision-allow} interactive-prompt\n:reason: It is asked.\n:until: 2027-01-31\n\n"
    f"{PROMPT}```\n",
    "commented": "% revguide: allow readiness-checklist -- the regulator's form\n\n"
    f"{TABLE.format('form')}",
    "terms": "The TideBoard shows the tide. The TideBoard is blue. Ask the TideBoard.\n",
    "gulls": "A gull cried, and another gull answered.\n",
    "roles": "See {revguide:issue}`g-1`, {revguide:guide}`g` and "
    "{revguide:pattern}`readiness-checklist`.\n",
    "own": "See {revguide:pattern}`gulls` and {revguide:issue}`g-2`.\n",
    "any": "See {any}`g-1` and [](#g-2).\n",
    "described": "```{revision-pattern} gulls\n```\n",
    # With it, the page is a part of the guide and no chapter.
    "kept": "```{locked-preserve}\n:guide: g\n- `nine boats`\n```\n",
    "conditional": f"````{{only}} html\n{PROMPT}````\n",
    "include": "```{include} part.inc\n```\n",
    "after include": "```{include} part.inc\n```\n\nThe end.\n",
}
"""What a chapter may contain, in MyST."""

RST_BLOCKS = {
    "plain": "Boats come and go.\n",
    "prompt": PROMPT,
    "commented": f".. revguide: allow interactive-prompt -- it is asked\n\n{PROMPT}",
    "table": "Opening readiness\n-----------------\n\n.. list-table::\n   :header-rows: 1\n\n"
    + "".join(
        f"   * - {check}\n     - {wanted}\n     - {state}\n"
        for check, wanted, state in [
            ("Check", "Required", "State"), ("Gangway", "90 s", "Passed"),
            ("Gates", "12", "Passed"), ("Marshals", "100 %", "Passed"),
        ]
    )
    + "\nAll checks are satisfied.\n",
    "phrase": "At the mole the depth is 9.5 metres.\n",
    "roles": "See :revguide:issue:`g-2` and :any:`g-1`.\n",
}  # fmt: skip

INDEX = """\
# Book

```{toctree}
:glob:

**
```

See {revguide:issue}`g-1` and {revguide:pattern}`gulls`.

"""
OVERVIEW = "```{revision-overview}\n:since: last.json\n```\n"

PART = f"The depth was 9.5 metres.\n\n{PROMPT}"


def chapter(title: str, blocks: Iterable[str]) -> str:
    return "\n".join([f"# {title}\n", *(BLOCKS[name] for name in blocks)])


def rst_chapter(title: str, blocks: Iterable[str]) -> str:
    head = f"{title}\n{'=' * len(title)}\n"
    return "\n".join([head, *(RST_BLOCKS[name] for name in blocks)])


def guide(
    *,
    name: str = "g",
    status: str = "open",
    patterns: str = "readiness-checklist, interactive-prompt",
    title: str = "The lighthouse keeps a list",
    before: str = BLOCKS["sample"],
    issues: int = 2,
    chapters: str = "/harbour, /docks, /quay, /more/*",
    where: str = "",
) -> str:
    """A guide that is about some chapters, with what it locks."""
    first = f"""\
````{{revision-issue}} {title}
:number: 1
:impact: high
:effort: 2 h
:reduction: 20-30%
:patterns: {patterns}
:status: {status}

```{{before-after}}
{before}
+++

{BLOCKS["revised"]}
```
````
"""
    second = """\
````{revision-issue} Too many boards
:number: 2
:budget: TideBoard 1
:patterns: gulls

Say it less.
````
"""
    return "\n".join([
        f"# Guide\n\n```{{revision-guide}} {name}\n:chapters: {chapters}\n"
        ":baseline: 2 KB, 60 lines\n:reduction: 10-20%\n```\n",
        f"```{{locked-preserve}}\n{where and f':in: {where}'}\n- The depth: `9.5 metres`\n"
        "- The tone\n```\n",
        *(first, second)[:issues],
    ])  # fmt: skip


def repeated(
    *,
    title: str = "Once more",
    patterns: str = "readiness-checklist",
    condition: str = "",
    before: str = "",
    others: str = "# Again\n",
) -> str:
    """A page with an issue whose id the guide ``g`` has, too, perhaps for some builders alone."""
    pair = f"\n```{{before-after}}\n{before}\n+++\n\n{BLOCKS['revised']}```\n" if before else ""
    issue = (
        f"````{{revision-issue}} {title}\n:guide: g\n:number: 1\n:patterns: {patterns}\n\n"
        f"Say it.\n{pair}````\n"
    )
    return f"{others}\n" + (f"`````{{only}} {condition}\n{issue}`````\n" if condition else issue)


SECOND = """\
# Second guide

```{revision-guide} all
```

````{revision-issue} Prompts
:patterns: interactive-prompt
:effort: 30 min

Ask nothing.
````
"""


def patterns(word: str = "gull", title: str = "Gulls") -> str:
    return (
        f"[[pattern]]\nid = 'gulls'\ntitle = '{title}'\nwhat = 'w'\nwhy = 'w'\ninstead = 'i'\n"
        "threshold = 1.0\n[[pattern.form]]\nshape = 'section'\n"
        "needs = [{ signal = 'says', lexicon = 'birds' }]\n"
        f"[lexicon.birds]\nwords = ['{word}']\n"
    )


CHAPTERS = {
    "harbour.md": ("Harbour", ["plain", "opening", "passage", "sample", "roles"]),
    "docks.md": ("Docks", ["phrase", "opening", "include", "dated", "gulls"]),
    "piers.md": ("Piers", ["prompt", "crane", "commented", "own"]),
    "more/tides.md": ("Tides", ["terms", "allowed", "roles", "any"]),
}
"""Title and blocks of each chapter in MyST."""

FILES = {
    "_templates/layout.html": LAYOUT,
    "index.md": INDEX + OVERVIEW,
    "last.json": '{"findings": []}',
    **{name: chapter(*parts) for name, parts in CHAPTERS.items()},
    "quay.rst": rst_chapter("Quay", ["plain", "table", "roles"]),
    "guide.md": guide(),
    "second.md": SECOND,
    "part.inc": PART,
    "own.toml": patterns(),
}


TODAY = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
LATER = datetime.datetime(2027, 5, 1, tzinfo=datetime.UTC)


def set_day(patch: pytest.MonkeyPatch, day: datetime.datetime) -> None:
    """Have the extension take a day for today."""
    now = SimpleNamespace(now=day.astimezone)
    clock = SimpleNamespace(datetime=now, UTC=datetime.UTC)
    patch.setattr(contents_module, "datetime", clock)
    patch.setattr(checks_module, "datetime", clock)


KILL = """
import os, signal

def setup(app):
    event, _, count = os.environ.get("KILLED_AT", "").partition(":")
    left = [int(count or 1)]

    def die(*_args):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        # Some events want a list.
        return []

    if event == "fsync":
        os.fsync = die
    elif event:
        # After the extension's own handlers.
        app.connect(event, die, priority=900)
"""
"""A build kills itself when an event happens for the nth time, or while a file is put in place."""


def configure(book: Book, **settings: Any) -> None:
    """Write ``conf.py`` again."""
    values = SETTINGS | settings
    lines = [f"{name} = {value!r}\n" for name, value in values.items()]
    (book.srcdir / "conf.py").write_text("".join([*lines, KILL]), encoding="utf-8")


def killed(
    book: Book, builder: str, event: str, *options: str, pages: Iterable[str] = ()
) -> CompletedProcess[bytes]:
    """Build in the folders of the book with a process that kills itself at an event.

    :param pages: the files of the only pages to be built; by default all.
    """
    folder = book.srcdir.parent / "build"
    command = [
        sys.executable, "-m", "sphinx", "-b", builder, "-d", str(folder / "doctrees"), *options,
        str(book.srcdir), str(folder / builder), *(str(book.srcdir / name) for name in pages),
    ]  # fmt: skip
    return run(command, env=os.environ | {"KILLED_AT": event}, capture_output=True, check=False)


def write_book(book: Book, *, without: Container[str] = ()) -> None:
    """Write all files of the small book, or all but some."""
    configure(book)
    for name, text in FILES.items():
        if name in without:
            continue
        path = book.srcdir / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files(outdir: Path) -> dict[str, bytes]:
    """All files of an output directory; of the search index, what it finds."""
    found = {
        path.relative_to(outdir).as_posix(): path.read_bytes()
        for path in sorted(outdir.rglob("*"))
        if path.is_file()
    }
    if index := found.get(SEARCH_INDEX):
        found[SEARCH_INDEX] = _without_lost_words(index)
    return found


SEARCH_INDEX = "searchindex.js"


def _without_lost_words(index: bytes) -> bytes:
    """Leave out words that are on no page: Sphinx keeps them where one has lost them."""
    data = json.loads(index.removeprefix(b"Search.setIndex(").removesuffix(b")"))
    for terms in ("terms", "titleterms"):
        data[terms] = {word: pages for word, pages in data[terms].items() if pages != []}
    return json.dumps(data, ensure_ascii=False).encode()


def assert_like_fresh(book: Book, built: Built) -> None:
    """Check that a build reported, knows and wrote the same as a fresh serial build.

    Files of pages that are gone stay in an output directory; Sphinx deletes none.
    """
    fresh = book.build(built.app.builder.name, folder=f"fresh{next(_FOLDERS)}")
    differing = list(_differences("warnings", built.output, fresh.output))
    reports = (json.dumps(report(folder.domain.book), indent=1) for folder in (built, fresh))
    differing += _differences("report", *reports)
    wanted, found = files(fresh.outdir), files(built.outdir)
    assert wanted
    for name, content in wanted.items():
        if found.get(name) != content:
            texts = (entry.decode("utf-8", "replace") for entry in (found.get(name, b""), content))
            differing += [f"{name} differs", *_differences(name, *texts)]
    assert not differing, "\n".join(differing)


def _differences(name: str, found: str, wanted: str) -> Iterator[str]:
    old, new = (re.sub("(<|,)", r"\n\1", text).splitlines() for text in (found, wanted))
    yield from difflib.unified_diff(old, new, f"built/{name}", f"fresh/{name}", n=1, lineterm="")
