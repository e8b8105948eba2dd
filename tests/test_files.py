"""Files of a book: links, byte order marks, sizes, and how they are written."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

from sphinxext_revguide.book.derived.baseline_state import BASELINE_FILE, read_baseline
from sphinxext_revguide.book.derived.locked_passages import LOCK_FILE, read_lock_file
from sphinxext_revguide.book.derived.verdicts import VERDICT_FILE, read_verdicts
from sphinxext_revguide.book.history_file import HISTORY_FILE
from sphinxext_revguide.cli import main
from sphinxext_revguide.files import MOST_REPORTED, read_json, read_record
from tests.conftest import TERMINAL, Book

NewBook = Callable[..., Book]

LOCKED = """\
    # Book

    ```{locked-passage} rule
    The gates close at nine.
    ```

    ```{revision-overview}
    :since: report.json
    ```
    """
PATTERN = """\
    [[pattern]]
    id = "own"
    title = "Own"
    what = "a"
    why = "b"
    instead = "c"
    form = [{shape = "paragraph", for = [{signal = "says", lexicon = "own"}]}]
    [lexicon.own]
    words = ["gull"]
    """
MARK = b"\xef\xbb\xbf"


def linked(book: Book, *names: str) -> list[Path]:
    """Make files of a book links to files outside that could be read."""
    outside = [book.srcdir.parent / name for name in names]
    for path in outside:
        (book.srcdir / path.name).rename(path)
        (book.srcdir / path.name).symlink_to(path)
    return outside


def test_no_record_is_read_or_written_through_a_link_out_of_the_book(new_book: NewBook) -> None:
    book = new_book(
        {
            "index.md": LOCKED,
            "own.toml": PATTERN,
            LOCK_FILE: '[{"name": "zqsecret", "docname": "zqsecret", "text": "x"}, {"version": 2}]',
            BASELINE_FILE: "zqsecret\n",
            VERDICT_FILE: '[{"fingerprint": "zqsecret"}, {"version": 1}]',
            HISTORY_FILE: '{"version": 1, "commits": [{"zqsecret": 1}]}',
            "report.json": '{"findings": [{"flagged": true, "zqsecret": 1}]}',
        },
        conf="revguide_patterns = ['own.toml']\n",
    )
    names = (LOCK_FILE, BASELINE_FILE, VERDICT_FILE, HISTORY_FILE, "report.json", "own.toml")
    outside = linked(book, *names)
    before = [path.read_bytes() for path in outside]
    built = book.build("html")
    assert sorted(built.types()) == [
        "revguide.baseline", "revguide.history", "revguide.lock_file", "revguide.passage",
        "revguide.pattern_file", "revguide.since", "revguide.verdict",
    ]  # fmt: skip
    assert "own" not in built.domain.library.patterns
    assert "zqsecret" not in built.output
    for command in (["lock", str(book.srcdir)], ["baseline", str(book.srcdir)]):
        assert main(command) == 2
    assert [path.read_bytes() for path in outside] == before
    assert all((book.srcdir / name).is_symlink() for name in names)


def test_a_record_may_be_a_link_inside_the_book(new_book: NewBook) -> None:
    book = new_book({"index.md": LOCKED.partition("```{revision")[0]})
    (book.srcdir / "records").mkdir()
    (book.srcdir / LOCK_FILE).symlink_to(f"records/{LOCK_FILE}")
    assert main(["lock", str(book.srcdir)]) == 0
    assert "rule" in (book.srcdir / "records" / LOCK_FILE).read_text("utf-8")
    assert book.build("dummy").warnings == []


def test_a_byte_order_mark_is_skipped(new_book: NewBook) -> None:
    files = {"index.md": LOCKED, "own.toml": PATTERN, "report.json": '{"findings": []}'}
    book = new_book(files, conf="revguide_patterns = ['own.toml']\n")
    assert main(["lock", str(book.srcdir)]) == 0
    book.write(BASELINE_FILE, '{"version": 1}\n')
    book.write(VERDICT_FILE, '[{"version": 1}]\n')
    book.write(HISTORY_FILE, '{"version": 1, "commits": []}\n')
    for name in ("own.toml", "report.json", LOCK_FILE, BASELINE_FILE, VERDICT_FILE, HISTORY_FILE):
        path = book.srcdir / name
        path.write_bytes(MARK + path.read_bytes())
    built = book.build("html")
    assert built.warnings == []
    assert "own" in built.domain.library.patterns


def test_only_the_first_mistakes_of_a_record_are_reported(tmp_path: Path) -> None:
    known = dict.fromkeys(("docname", "pattern", "section", "content", "fingerprint"), "a")
    path = tmp_path / "record"
    path.write_text("{}\n" * 60 + json.dumps(known), "utf-8")
    found = read_baseline(path)
    assert len(found.known) == 1
    assert len(found.problems) == MOST_REPORTED
    assert [problem.line for problem in found.problems if "further" in problem.message] == [50]
    path.write_text(json.dumps([{}] * 60), "utf-8")
    verdicts = read_verdicts(path)
    assert len(verdicts.problems) == MOST_REPORTED
    assert verdicts.damage is not None


def test_a_record_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / LOCK_FILE
    path.write_text("[" + " " * 8_000_000 + "]", "utf-8")
    _passages, problem = read_lock_file(path)
    assert problem is not None
    assert "larger than 8,000,000 bytes" in problem.message
    with pytest.raises(OSError, match="larger"):
        read_record(path)


def test_a_json_text_of_too_many_values_is_refused() -> None:
    assert len(read_json("[" + "1," * 999_998 + "1]")) == 999_999
    with pytest.raises(ValueError, match="more than 1,000,000 values"):
        read_json("[" + "1," * 1_000_000 + "1]")


def test_two_verdicts_on_one_finding_are_reported_at_their_own_lines(tmp_path: Path) -> None:
    both = [
        {"fingerprint": "a\u00e4", "verdict": verdict, "reason": "x"}
        for verdict in ("finding", "no-finding")
    ]
    path = tmp_path / VERDICT_FILE
    rows = (json.dumps(row, ensure_ascii=False) for row in [*both, {"version": 1}])
    path.write_text("[\n" + ",\n".join(rows) + "\n]\n", "utf-8")
    [problem] = read_verdicts(path).problems
    assert problem.line == 3
    assert "on line 2" in problem.message


CHANGED = """
# Book

```{revision-guide} one
:chapters: tides
```

````{revision-issue} Gulls
:number: 1

```{before-after}
Gulls cried.
And cried.

+++

Gulls
sang.
```
````
""".lstrip()
TIDES = "# Tides\n\nThe lamp.\n\n- Gulls cried.\n  And cried.\n"


def test_a_page_with_carriage_returns_is_changed(new_book: NewBook, tmp_path: Path) -> None:
    book = new_book()
    page, chapter = book.srcdir / "index.md", book.srcdir / "tides.md"
    page.write_bytes(CHANGED.replace("\n", "\r").encode())
    chapter.write_bytes(TIDES.replace("\n", "\r").encode())
    [issue] = book.build("dummy").domain.book.issues
    decision = {"issue": issue.id, "digest": issue.digest, "decision": "accept", "comment": "Yes"}
    review = {"format": "revguide-review", "version": 1, "decisions": [decision]}
    (tmp_path / "review.json").write_text(json.dumps(review), "utf-8")
    command = ["review", "apply", str(tmp_path / "review.json"), str(book.srcdir), "--write"]
    assert main(command) == 0
    reviewed = CHANGED.replace("number: 1\n", "number: 1\n:status: accepted\n:note: Yes\n")
    assert page.read_bytes() == reviewed.replace("\n", "\r").encode()
    assert main(["apply", issue.id, "--source", str(book.srcdir), "--yes"]) == 0
    applied = TIDES.replace("Gulls cried.\n  And cried.", "Gulls\n  sang.")
    assert chapter.read_bytes() == applied.replace("\n", "\r").encode()


def full_disk(_file: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_ends_a_build_with_one_line(
    new_book: NewBook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": "# Book\n"})
    out = book.srcdir.parent / "out"
    monkeypatch.setattr(os, "fsync", full_disk)
    assert build_main(["-q", "-b", "revguide", str(book.srcdir), str(out)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line == f"ERROR: {out}/revguide.json: cannot be written: No space left on device"


@pytest.mark.parametrize(
    "command",
    [
        ["lock", "."],
        ["baseline", "."],
        ["apply", "one-1", "--yes"],
        ["export", "one", "--output", "out.md"],
        ["draft", "terminal", "--into", "new"],
        ["import", "../guide.md", "--output", "page.md"],
        ["import", "../guide.md", "--into", ".", "--chapter", "guide=tides"],
        ["import", "..", "--output", "pages"],
    ],
)
def test_a_full_disk_ends_a_command_with_one_line(
    new_book: NewBook,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    book = new_book({"index.md": CHANGED, "tides.md": TIDES, "terminal.md": TERMINAL})
    (book.srcdir.parent / "guide.md").write_text(
        "# Tides\n\n### ISSUE #1: T\n\n**BEFORE:**\n\n```\na\n```\n", "utf-8"
    )
    monkeypatch.chdir(book.srcdir)
    monkeypatch.setattr(os, "fsync", full_disk)
    assert main(command) in (1, 2)
    captured = capsys.readouterr()
    assert "No space left on device" in captured.out + captured.err
    assert not list(book.srcdir.rglob("*.new"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_ends_a_command_with_one_line() -> None:
    command = [sys.executable, "-m", "sphinxext_revguide", "patterns", "list"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "standard output: cannot be written: No space left on device\n"


def test_a_folder_of_guides_is_read_and_written_inside_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = "# Tides\n\n### ISSUE #1: zqsecret\n\n**BEFORE:**\n\n```\na\n```\n"
    guides, pages, mine = (tmp_path / name for name in ("guides", "pages", "mine"))
    for folder in (guides / "sub", pages, mine):
        folder.mkdir(parents=True)
    (mine / "secret.md").write_text(guide, "utf-8")
    (guides / "link.md").symlink_to(mine / "secret.md")
    os.mkfifo(guides / "pipe.md")
    (guides / "sub" / "own.md").write_text(guide.replace("zqsecret", "T"), "utf-8")
    (pages / "sub").symlink_to(mine)
    assert main(["import", str(guides), "--output", str(pages)]) == 2
    out = capsys.readouterr().out
    assert out.count("is a link to a place outside") == 2
    assert "is not a file" in out
    assert [path.name for path in mine.iterdir()] == ["secret.md"]
    (pages / "sub").unlink()
    assert main(["import", str(guides), "--output", str(pages)]) == 0
    written = [path.name for path in pages.rglob("*.md")]
    assert written == ["own.md"]
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "chapter.md").write_text("# Tides\n", "utf-8")
    assert main(["import", str(guides), "--into", str(tmp_path / "book")]) == 0
    assert "zqsecret" not in "".join(
        path.read_text("utf-8") for path in (tmp_path / "book").rglob("*.md")
    )


def test_a_guide_outside_the_book_is_not_changed(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": "# Book\n", "tides.md": TIDES})
    outside = book.srcdir.parent / "guide.md"
    outside.write_text(CHANGED, "utf-8")
    (book.srcdir / "guide.md").symlink_to(outside)
    assert main(["apply", "one-1", "--source", str(book.srcdir), "--yes"]) == 0
    assert "its page is outside the source directory" in capsys.readouterr().err
    assert outside.read_text("utf-8") == CHANGED


def test_a_guide_that_is_a_link_inside_the_book_stays_one(
    new_book: NewBook, tmp_path: Path
) -> None:
    book = new_book({"index.md": "# Book\n", "tides.md": TIDES, "kept/guide.txt": CHANGED})
    (book.srcdir / "guides").mkdir()
    (book.srcdir / "guides" / "guide.md").symlink_to("../kept/guide.txt")
    [issue] = book.build("dummy").domain.book.issues
    decision = {"issue": issue.id, "digest": issue.digest, "decision": "accept", "comment": ""}
    review = {"format": "revguide-review", "version": 1, "decisions": [decision]}
    (tmp_path / "review.json").write_text(json.dumps(review), "utf-8")
    command = ["review", "apply", str(tmp_path / "review.json"), str(book.srcdir), "--write"]
    assert main(command) == 0
    assert (book.srcdir / "guides" / "guide.md").is_symlink()
    assert ":status: accepted" in (book.srcdir / "kept" / "guide.txt").read_text("utf-8")


def test_a_folder_that_looks_like_a_repository_runs_nothing(
    new_book: NewBook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": "# Book\n", "evil.git/page.md": TERMINAL})
    subprocess.run(["git", "init", "-q"], cwd=book.srcdir, check=True)
    proof = tmp_path / "proof"
    book.write(
        "evil.git/config",
        f'[core]\nrepositoryformatversion = 0\nworktree = .\nfsmonitor = "touch {proof}"\n',
    )
    book.write("evil.git/HEAD", "ref: refs/heads/main\n")
    for name in ("objects", "refs"):
        (book.srcdir / "evil.git" / name).mkdir()
    page = str(book.srcdir / "evil.git" / "page.md")
    assert main(["check", page, "--diff-base", "HEAD"]) == 2
    assert "cannot use bare repository" in capsys.readouterr().err
    assert not proof.exists()


def test_of_records_that_fit_nothing_the_first_are_named(new_book: NewBook) -> None:
    book = new_book({"index.md": "# Book\n"})
    rows = (json.dumps({"name": f"n{n}", "docname": "x", "text": f"gone {n}"}) for n in range(60))
    book.write(LOCK_FILE, "[\n" + ",\n".join([*rows, '{"version": 2}']) + "\n]\n")
    decided = (
        json.dumps({"fingerprint": f"f{n}", "verdict": "finding", "reason": "x"}) for n in range(60)
    )
    book.write(VERDICT_FILE, "[\n" + ",\n".join([*decided, '{"version": 1}']) + "\n]\n")
    names = ("docname", "pattern", "section", "content", "fingerprint")
    known = (json.dumps(dict.fromkeys(names, f"k{n}")) for n in range(60))
    book.write(BASELINE_FILE, "\n".join(['{"version": 1}', *known]) + "\n")
    built = book.build("dummy")
    assert built.types().count("revguide.passage") == MOST_REPORTED + 1
    assert built.types().count("revguide.verdict") == MOST_REPORTED + 1
    assert "10 more recorded passages are missing" in built.output
    assert "10 more verdicts of the file match no finding" in built.output
    printed = built.app.status.getvalue()
    assert printed.count("fixed: ") == MOST_REPORTED + 1
    assert "fixed: 10 more" in printed
