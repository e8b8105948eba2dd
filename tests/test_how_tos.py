"""The how-to guides, typed in by a machine: each command, in a repository with the README's book.

Each page starts anew. What needs the network, a terminal or another program is in ``NOT_RUN``, with
the reason.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import docx
import pytest

from tests.snippets import DOCS, ROOT, Snippet, snippets
from tests.typed_in import Typed, commands_of, run
from tests.word_documents import track

PAGES = sorted((DOCS / "how-to").glob("*.md"))
NOT_RUN = {
    r"pip install .*": "needs the network and a release",
    r"gh pr comment .*": "writes to GitHub",
    r"sphinx-build -b html \. _build/html": "the page needs Jupyter Book's own packages",
}
NO_COMMANDS = {"allow-a-passage.md", "move-to-it.md"}
ASKS = "sphinx-revguide apply ferry-1 --source docs"
"""Asks a person at a terminal; here ``--yes`` answers."""
FAILS = {
    r"sphinx-revguide check .*": 1,
    r"sphinx-build -W .*": 1,
}
"""The exit status of commands that find something, which is what their pages say."""


def files_of(page: Path, *opening: str) -> Iterator[str]:
    """Yield the text of the first fence with each opening."""
    text = page.read_text(encoding="utf-8")
    for first in opening:
        fence = re.match("`+", first)
        assert fence
        found = re.search(rf"^{first}\n(.*?)^{fence[0]}$", text, re.DOTALL | re.MULTILINE)
        assert found, first
        yield found[1]


CONF = 'extensions = ["myst_parser", "sphinxext_revguide"]\n'
INDEX, CHAPTER, PAGE = files_of(ROOT / "README.md", "````md", "```md", "`````md")
(EDITORS,) = files_of(DOCS / "how-to" / "import-a-guide.md", "````markdown")
REVISED = "# The harbour\n\nThe gangway jammed twice, and gate 7 needs a firm hand.\n"
BOOK = {"conf.py": CONF, "index.md": INDEX, "harbour.md": CHAPTER, "guide.md": PAGE}
CLIENT = '#!/bin/sh\ncat > /dev/null\necho "no-finding: A regulator wrote the table."\n'


def write(files: Mapping[str, str], folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def without_the_guide(folder: Path) -> None:
    (folder / "docs" / "guide.md").unlink()


def with_a_client(folder: Path) -> None:
    write({"my-client": CLIENT}, folder / "programs")
    (folder / "programs" / "my-client").chmod(0o755)
    script = (DOCS / "how-to" / "ask_a_client.py").read_text(encoding="utf-8")
    write({"ask_a_client.py": script}, folder)


def with_reviews(folder: Path) -> None:
    """Two reviewers who agree."""
    build(folder, "html", "_build/html")
    page = (folder / "_build/html/guide.html").read_text(encoding="utf-8")
    digest = re.search(r'data-digest="(\w+)"', page)
    assert digest
    for name in ("Ann", "Ben"):
        decision = {
            "issue": "ferry-1", "digest": digest[1], "decision": "accept", "comment": "",
            "date": "2026-05-02T10:00:00.000Z",
        }  # fmt: skip
        review = {
            "format": "revguide-review", "version": 2, "book": "", "reviewer": name,
            "saved": "2026-05-02T10:05:00.000Z", "decisions": [decision], "passages": [],
            "findings": [],
        }  # fmt: skip
        write({f"{name.lower()}.json": json.dumps(review)}, folder)


@dataclass(frozen=True)
class Given:
    """What a reader of a page does first, and before single commands; and what is not typed in."""

    first: Callable[[Path], None] = lambda _folder: None
    before: Mapping[str, Callable[[Path], None]] = field(default_factory=dict)


REVISE = partial(write, {"docs/harbour.md": REVISED})


def without_the_record(folder: Path) -> None:
    """The export as an editor's program returns it that removes comments."""
    export = (folder / "ferry.md").read_text(encoding="utf-8")
    write({"edited.md": export[: export.index("<!-- exported by")]}, folder)


def with_a_further_version(folder: Path) -> None:
    """What the editor made of the export once more."""
    export = (folder / "ferry.md").read_text(encoding="utf-8")
    write({"ferry-2.md": export}, folder)


def build(folder: Path, builder: str, out: str) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", builder, "docs", out],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in built.stderr


def with_the_configuration_of_releases(folder: Path) -> None:
    (shown,) = files_of(DOCS / "how-to" / "publish-without-the-guide.md", "```python")
    write({"docs/conf.py": CONF + shown}, folder)


def with_guides(folder: Path) -> None:
    """The guides of editors, one of them in Word."""
    write(
        {
            "GUIDE.md": EDITORS,
            "OLD-GUIDE.md": EDITORS,
            "feedback/harbour.md": EDITORS,
            "feedback/notes.md": EDITORS.replace("the ferry terminal", "notes"),
            "guides/one.md": EDITORS,
            "docs/gates.md": "# The gates\n\nTwelve of them.\n",
        },
        folder,
    )
    document = docx.Document()
    document.add_heading("Issue 1: A checklist without a doubt", 2)
    for text in ("Before:", "All checks are satisfied.", "After:", "The gangway came down."):
        document.add_paragraph(text)
    document.save(str(folder / "GUIDE.docx"))
    chapter = docx.Document()
    dock = chapter.add_paragraph("The ferries ")
    track(dock, "del", "used")
    track(dock, "ins", "shared")
    about = chapter.add_paragraph("They left ")
    chapter.add_comment(about.add_run("the dock"), "With whom?", "Hale")
    chapter.save(str(folder / "harbour.docx"))


GIVEN = {
    "check-before-commit.md": Given(
        before={
            "--diff-base": partial(write, {"docs/harbour.md": CHAPTER.replace("400", "401")}),
            "unsaved.md": partial(write, {"unsaved.md": CHAPTER}),
        },
    ),
    "dismiss-a-finding.md": Given(with_a_client),
    "export-a-guide.md": Given(
        before={"edited.md": without_the_record, "ferry-2.md": with_a_further_version}
    ),
    "import-a-guide.md": Given(
        with_guides,
        {"--chapter harbour --output docs/guide.md": without_the_guide},
    ),
    "publish-without-the-guide.md": Given(before={"RELEASE=1": with_the_configuration_of_releases}),
    "review-a-guide.md": Given(before={"review apply": with_reviews}),
    "use-a-baseline.md": Given(before={"--update": REVISE}),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_a_how_to_works(page: Path, tmp_path: Path) -> None:
    given = GIVEN.get(page.name, Given())
    write({f"docs/{name}": text for name, text in BOOK.items()}, tmp_path)
    for command in ("init -q -b main", "add -A", "commit -q -m Book"):
        subprocess.run(
            ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", *command.split()],
            cwd=tmp_path, check=True,
        )  # fmt: skip
    given.first(tmp_path)
    programs = os.pathsep.join((str(tmp_path / "programs"), str(Path(sys.executable).parent)))
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
    }
    typed = Typed(tmp_path)
    seen = 0
    for snippet in snippets(page):
        if _is_file(snippet):
            write({_name(snippet): snippet.text}, tmp_path)
        if snippet.language != "console":
            continue
        for command, shown in commands_of(snippet):
            seen += 1
            if any(re.fullmatch(form, command) for form in NOT_RUN):
                continue
            for part, prepare in given.before.items():
                if part in command:
                    prepare(tmp_path)
            status = next((code for form, code in FAILS.items() if re.fullmatch(form, command)), 0)
            answered = f"{command} --yes" if command == ASKS else command
            left = re.sub(r"^Write .* y\n", "", shown, flags=re.MULTILINE)
            # What shows no output says nothing about it.
            run(answered, left or "...", typed, environment, status)
    assert seen or page.name in NO_COMMANDS


def _is_file(snippet: Snippet) -> bool:
    return snippet.language == "toml" and "patterns.toml`:" in snippet.above


def _name(snippet: Snippet) -> str:
    return str(re.findall(r"`([\w./-]+\.toml)`", snippet.above)[-1])


def test_what_is_not_run_is_still_shown() -> None:
    commands = [
        command
        for page in PAGES
        for snippet in snippets(page)
        if snippet.language == "console"
        for command, _shown in commands_of(snippet)
    ]
    forms = [*NOT_RUN, *FAILS, re.escape(ASKS)]
    assert [
        form for form in forms if not any(re.fullmatch(form, command) for command in commands)
    ] == []
