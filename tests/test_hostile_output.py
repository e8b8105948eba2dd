"""What strangers name and write is shown, and never obeyed: every command, and every report."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.text.control_characters import json_text, message, one_line
from tests.conftest import CHECKLIST, Book

NewBook = Callable[..., Book]

EVIL = "e\n::error ::x\r\x1b[31m\x9b1m\u202e\u2066##[error]##vso[x]"
"""A name, and a text, with all that a terminal or a runner could obey."""
TEXT = EVIL.replace("\n", " ").replace("\r", " ")
NAME = EVIL.replace("\n", " ")
"""Of a page: Sphinx finds none whose name has a line feed."""
COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|##\\w*\\[")

GUIDE = f"""
# Guide {TEXT}

```{{revision-guide}} one
:chapters: *
```

````{{revision-issue}} Issue {TEXT}
:number: 1
:patterns: readiness-checklist {TEXT}
:note: {TEXT}

```{{before-after}}
The lamp {TEXT} went out.

+++

::error ::The lamp {TEXT} burned.
```
````

````{{revision-issue}} Gulls
:number: 2

```{{before-after}}
Gulls cried.

+++

::error ::Gulls {TEXT}
```
````

```{{locked-preserve}}
- `the gate {TEXT}`
```
"""
CHAPTER = f"""
# Chapter

## Opening readiness

{CHECKLIST}

The lamp {TEXT} went out.

Gulls cried.

```{{locked-passage}} rule
The gate {TEXT} closes.
```
"""
PATTERNS = f"""
[[pattern]]
id = "own"
title = {json.dumps(TEXT)}
family = {json.dumps(EVIL)}
what = {json.dumps(EVIL)}
why = {json.dumps(EVIL)}
instead = {json.dumps(EVIL)}
threshold = 0.5
form = [{{shape = "paragraph", for = [{{signal = "says", lexicon = "own"}}]}}]
[[pattern.example]]
text = {json.dumps(EVIL)}
flagged = true
[lexicon.own]
words = ["lamp"]
"""
IMPORTED = f"""
# Guide {TEXT}

### ISSUE #1: {TEXT}

**Frequency:** {TEXT}

**BEFORE:**

```
The lamp {TEXT} went out.
```

**AFTER:**

```
The lamp burned.
"""


def raw(book: Book, name: str, text: str) -> None:
    (book.srcdir / name).write_bytes(text.lstrip("\n").encode("utf-8", "surrogatepass"))


@pytest.fixture
def book(new_book: NewBook, monkeypatch: pytest.MonkeyPatch) -> Book:
    conf = f"revguide_flag = ['*']\nrevguide_patterns = ['own.toml', {EVIL!r}]\n"
    conf += f"revguide_reports = {[*FORMATS]}\n"
    book = new_book({"index.md": "# Book\n"}, conf=conf)
    raw(book, f"chapter{NAME}.md", CHAPTER)
    raw(book, f"guide{NAME}.md", GUIDE)
    raw(book, "own.toml", PATTERNS)
    monkeypatch.chdir(book.srcdir)
    return book


def assert_harmless(text: str) -> None:
    assert not COMMANDS.search(text), COMMANDS.search(text)
    for line in text.splitlines():
        assert not re.match(r"\s*::[\w-]+(\s.*)?::", line), line


def run(capfd: pytest.CaptureFixture[str], *arguments: object, prints_page: bool = False) -> str:
    """Run a command, and see that what it prints is harmless; a page that it prints is data."""
    capfd.readouterr()
    assert main([str(argument) for argument in arguments]) in (0, 1, 2)
    out, err = capfd.readouterr()
    assert out or err
    assert "Traceback" not in err
    assert_harmless(err)
    if not prints_page:
        assert_harmless(out)
    return out + err


def test_warnings_and_reports(book: Book) -> None:
    built = book.build("revguide")
    ours = [line for line in built.output.splitlines() if "[revguide." in line]
    assert len(ours) > 5
    assert_harmless("\n".join(ours))
    texts = [built.read("revguide.json"), *(built.read(entry.file) for entry in FORMATS.values())]
    assert len(texts) == len(FORMATS) + 1
    for text in texts:
        assert not COMMANDS.search(text)
    for line in built.read("revguide-github.txt").splitlines():
        assert re.match(r"::warning file=[^:]*::[^\n]", line)
    paths = {row["path"] for row in json.loads(built.read("revguide.json"))["chapters"]}
    assert f"chapter{NAME}.md" in paths  # data stay what they are


def test_commands_on_a_book(book: Book, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    chapter, guide = f"chapter{NAME}.md", f"guide{NAME}.md"
    book.build("revguide")
    report = book.srcdir.parent / "build" / "revguide" / "revguide.json"
    assert "lamp" in run(capfd, "check", chapter, guide)
    run(capfd, "check", chapter, guide, "--json")
    run(capfd, "check", f"missing{EVIL}.md")
    run(capfd, "lock", ".")
    raw(book, chapter, CHAPTER.replace("closes", "opens"))
    assert "opens" in run(capfd, "lock", ".", "--check")
    run(capfd, "baseline", ".")
    raw(book, chapter, CHAPTER.replace("lamp", "light"))
    run(capfd, "baseline", ".", "--update")
    raw(book, chapter, CHAPTER)
    run(capfd, "diff", report, report)
    run(capfd, "diff", report, report, "--json")
    for name in sorted(FORMATS.keys() - {"github"}):
        run(capfd, "report", name, report)
    run(capfd, "report", "sarif", tmp_path / f"x{EVIL}")
    run(capfd, "apply", "one-2", "--diff")
    run(capfd, "apply", "one-2", "--json")
    run(capfd, "apply", f"x{EVIL}")
    run(capfd, "draft", chapter, prints_page=True)
    run(capfd, "draft", chapter, "--json")
    run(capfd, "draft", chapter, "--into", f"new{EVIL}")
    run(capfd, "export", "one", prints_page=True)
    run(capfd, "export", "one", "--output", tmp_path / f"x{EVIL}.md")
    assert "written" in run(capfd, "apply", "one-2", "--yes")


def test_verdicts_and_judges(book: Book, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    listed = run(capfd, "verdict")
    fingerprint = listed.split()[0]
    run(capfd, "verdict", "--json")
    run(capfd, "verdict", fingerprint, "--no-finding", "--reason", EVIL, "--by", EVIL)
    run(capfd, "verdict")
    run(capfd, "verdict", "--prune")
    judge = tmp_path / f"judge{EVIL}.py"
    judge.write_text(
        "import json, sys\nfor line in sys.stdin:\n    print(json.dumps({'fingerprint': "
        f"json.loads(line)['fingerprint'], 'verdict': 'finding', 'reason': {EVIL!r}}}))\n"
    )
    run(capfd, "judge", "--", sys.executable, judge)
    judge.write_text(f"print({EVIL!r})")
    run(capfd, "judge", "--again", "--", sys.executable, judge)
    committed = (book.srcdir / "revguide-verdicts.json").read_text("utf-8")
    assert "judge" in committed
    assert not COMMANDS.search(committed)


def test_reviews(book: Book, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    built = book.build("dummy")
    issue = built.domain.book.issues[0]
    finding = built.domain.book.findings[0]
    decision = {"issue": issue.id, "digest": issue.digest, "comment": EVIL}
    passage = {
        "docname": "index",
        "comment": EVIL,
        "quote": dict.fromkeys(("exact", "prefix", "suffix"), EVIL),
    }
    dismissal = {"fingerprint": finding.fingerprint, "docname": EVIL, "reason": EVIL}
    for name, verdict in ((f"Ann {EVIL}", "accept"), (f"Ben {EVIL}", "reject")):
        review = {
            "format": "revguide-review", "version": 2, "reviewer": name,
            "decisions": [
                decision | {"decision": verdict},
                {**decision, "issue": EVIL, "decision": ""},
            ],
            "passages": [passage], "findings": [dismissal],
        }  # fmt: skip
        (tmp_path / f"{name[:3]}{EVIL}.json").write_text(json.dumps(review), "utf-8")
    files = sorted(tmp_path.glob("*.json"))
    assert len(files) == 2
    run(capfd, "review", "apply", *files, ".")
    run(capfd, "review", "apply", *files, ".", "--strict", "--write")
    page = (book.srcdir / f"guide{NAME}.md").read_text("utf-8")
    [note] = [line for line in page.split("\n") if line.startswith(":note:")]
    assert "Ann" in note
    added = note.split(" ¶ ")[1:]
    assert len(added) == 2
    assert not any(COMMANDS.search(comment.replace("##", "")) for comment in added)


def test_imports(book: Book, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / f"guides{EVIL}"
    folder.mkdir()
    for name, text in (
        (f"one{EVIL}.md", IMPORTED),
        (f"two{EVIL}.md", "Nothing."),
        (f"three{EVIL}.md", IMPORTED),
    ):
        (folder / name).write_bytes(text.encode())
    (folder / f"broken{EVIL}.md").write_bytes(b"\xff")
    one = folder / f"one{EVIL}.md"
    run(capfd, "import", one, prints_page=True)
    run(capfd, "import", one, "--json")
    page = tmp_path / f"page{EVIL}.md"
    run(capfd, "import", one, "--output", page, "--propose-patterns", tmp_path / f"p{EVIL}.toml")
    one.write_bytes(IMPORTED.replace("burned", f"burned {TEXT}").encode())
    run(capfd, "import", one, "--output", page, "--update")
    run(capfd, "import", one, "--output", page)
    run(capfd, "import", folder, "--output", tmp_path / f"pages{EVIL}")
    run(capfd, "import", folder, "--into", ".")
    run(capfd, "import", folder, "--into", ".", "--chapter", f"one{EVIL}={EVIL}")


def test_patterns(book: Book, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    chapter = book.srcdir / f"chapter{NAME}.md"
    line = next(i for i, text in enumerate(CHAPTER.lstrip("\n").split("\n"), 1) if "went" in text)
    assert "own" in run(capfd, "patterns", "list", "--patterns", "own.toml")
    run(capfd, "patterns", "test", "own.toml")
    assert "lamp" in run(
        capfd, "patterns", "explain", f"{chapter}:{line}", "--patterns", "own.toml"
    )
    run(capfd, "patterns", "explain", EVIL)
    run(capfd, "patterns", "test", tmp_path / f"x{EVIL}")
    run(capfd, "patterns", "explain", f"{chapter}:{line}", "--pattern", EVIL)


def test_history(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "One"]):
        subprocess.run(["git", *arguments], cwd=book.srcdir, check=True)
    run(capfd, "history")
    run(capfd, "history", f"x{EVIL}")
    run(capfd, "check", f"chapter{NAME}.md", "--diff-base", f"x{EVIL}")


def test_arguments(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lock", "a", "--x\x1b[31m\u202e"])
    assert_harmless(capfd.readouterr().err)


def test_a_message_is_no_command() -> None:
    assert message("::error file=a::b") == ": :error file=a::b"
    assert message("a ::error::b") == "a ::error::b"
    assert message(":::{note} a") == ":::{note} a"
    assert message("##vso[x] ##[y] ### [z]") == "## vso[x] ## [y] ### [z]"
    assert one_line(" a  b\n\r\x1b\u202e") == " a  b\u240a\u240d\u241b\ufffd"


def test_json_says_the_same_and_shows_nothing_else() -> None:
    text = json_text({EVIL: [EVIL, "ä", "\ud800", "\x7f"]})
    assert json.loads(text) == {EVIL: [EVIL, "ä", "\ud800", "\x7f"]}
    assert not COMMANDS.search(text)
    assert "ä" in text


def test_a_page_on_a_terminal_is_shown_line_by_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guide = tmp_path / "guide.md"
    guide.write_bytes(IMPORTED.encode())
    assert main(["import", str(guide)]) == 0
    assert "\u202e" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["import", str(guide)]) == 0
    assert_harmless(capsys.readouterr().out)
