"""``sphinx-revguide verdict`` and ``judge``: who decides, what is written, and what is refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from sphinxext_revguide.book.derived.verdicts import VERDICT_FILE, read_verdicts
from sphinxext_revguide.book.view import Book as Known
from sphinxext_revguide.cli import judge as judge_module
from sphinxext_revguide.cli import main
from sphinxext_revguide.cli import verdict as verdict_module
from sphinxext_revguide.cli.read_book import read_book
from tests.baselines import CRANE, FLAG, GANGWAY, INDEX
from tests.conftest import Book

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """A book with two findings, read once."""
    book = Book(tmp_path_factory.mktemp("verdicts"))
    book.write("index.md", INDEX)
    book.write("harbour.md", f"# Harbour\n\nText.\n\n{GANGWAY}")
    book.write("docks.md", f"# Docks\n\nText.\n\n{CRANE}")
    book.write("conf.py", FLAG)
    return read_book(book.srcdir, book.srcdir)


@pytest.fixture
def path(known: Known) -> Path:
    path = known.host.srcdir / VERDICT_FILE
    path.unlink(missing_ok=True)
    return path


@pytest.fixture
def run(
    known: Known, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command on the book that was read; what is derived from its verdicts is new."""
    for module in (judge_module, verdict_module):
        fresh = lambda _arguments: Known(known._store, known.host)  # noqa: E731
        monkeypatch.setattr(module, "read_named_book", fresh)
    capsys.readouterr()

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        reported = capsys.readouterr()
        return status, reported.out, reported.err

    return command


def named(known: Known, docname: str) -> str:
    [one] = [finding.fingerprint for finding in known.findings if finding.docname == docname]
    return one


def recorded(path: Path) -> dict[str, tuple[str, str, str]]:
    verdicts = read_verdicts(path).verdicts
    return {verdict.docname: (verdict.verdict, verdict.reason, verdict.by) for verdict in verdicts}


# verdict


def test_the_real_command_reads_the_book(
    known: Known, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(known.host.srcdir)
    name = named(known, "harbour")
    given = ["verdict", name[:6], "--no-finding", "--reason", "quoted", "--source", source]
    assert main([*given, "--by", "Ada"]) == 0
    assert recorded(path) == {"harbour": ("no-finding", "quoted", "Ada")}
    assert f"1 recorded in {path}" in capsys.readouterr().out


def test_it_lists_findings_and_verdicts(run: Run, known: Known, path: Path) -> None:
    name = named(known, "harbour")
    run("verdict", name, "--no-finding", "--reason", "a  quoted\nform", "--by", "Ada")
    entry = {"fingerprint": "feed", "verdict": "finding", "reason": "x", "pattern": "p",
             "docname": "gone", "date": "2027-01-31"}  # fmt: skip
    text = path.read_text("utf-8")
    path.write_text(text.replace("[\n", f"[\n{json.dumps(entry)},\n"), "utf-8")
    status, out, _err = run("verdict")
    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith(f"{named(known, 'docks')} docks.md:7: Readiness checklist")
    assert lines[1].startswith(f"{name} harbour.md:7: Readiness checklist")
    assert "[no-finding: a quoted form (Ada, 20" in lines[1]
    assert lines[2] == "feed matches no finding: p in gone [finding: x (2027-01-31)]"
    status, out, _err = run("verdict", "--json")
    assert [load["verdict"] for load in json.loads(out)] == [None, "no-finding", "finding"]


def test_the_list_says_which_findings_the_baseline_knows(
    new_book: Callable[..., Book], capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": INDEX, "harbour.md": f"# Harbour\n\nText.\n\n{GANGWAY}"}, FLAG)
    source = ["--source", str(book.srcdir)]
    assert main(["baseline", str(book.srcdir)]) == 0
    book.write("docks.md", f"# Docks\n\nText.\n\n{CRANE}")
    capsys.readouterr()
    assert main(["verdict", *source]) == 0
    new, known = capsys.readouterr().out.splitlines()
    assert "known" not in new
    assert known.endswith("[known: in the baseline, so builds do not warn]")
    assert main(["verdict", "--json", *source]) == 0
    assert [entry["known"] for entry in json.loads(capsys.readouterr().out)] == [False, True]
    allow = "% revguide: allow readiness-checklist -- quoted\n\n"
    book.write("docks.md", f"# Docks\n\nText.\n\n{allow}{CRANE}")
    assert main(["verdict", *source]) == 0
    out, err = capsys.readouterr()
    assert "docks.md" not in out
    assert "1 more finding is allowed in the chapters, and not listed" in err


def test_verdicts_can_be_changed_and_removed(run: Run, known: Known, path: Path) -> None:
    both = [named(known, "harbour"), named(known, "docks")]
    run("verdict", *both, "--no-finding", "--reason", "quoted", "--by", "")
    assert recorded(path) == dict.fromkeys(("docks", "harbour"), ("no-finding", "quoted", ""))
    run("verdict", both[0], "--finding", "--reason", "it is one", "--by", "")
    assert recorded(path)["harbour"] == ("finding", "it is one", "")
    status, out, _err = run("verdict", both[0], "--remove", "--json")
    assert (status, [load["docname"] for load in json.loads(out)]) == (0, ["harbour"])
    assert list(recorded(path)) == ["docks"]
    status, _out, err = run("verdict", both[0][:6], "--remove")
    assert (status, err) == (2, f"{both[0]}: no verdict is recorded for this finding\n")


def test_verdicts_that_fit_nothing_are_pruned(run: Run, known: Known, path: Path) -> None:
    run("verdict", named(known, "docks"), "--no-finding", "--reason", "quoted", "--by", "")
    text = path.read_text("utf-8")
    entry = '{"fingerprint": "feed", "verdict": "finding", "reason": "x", "docname": "gone"}'
    path.write_text(text.replace("[\n", f"[\n{entry},\n"), "utf-8")
    status, out, _err = run("verdict", "--prune")
    assert status == 0
    assert f"1 removed in {path}" in out
    assert list(recorded(path)) == ["docks"]


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        (["--no-finding", "--reason", "x"], "name the findings"),
        (["--remove"], "name the findings"),
        (["feedfeed"], "choose --no-finding"),
        (["feedfeed", "--no-finding"], "give a --reason"),
        (["feedfeed", "--no-finding", "--reason", "  "], "give a --reason"),
        (["feedfeed", "--no-finding", "--reason", "x"], "no finding has this fingerprint"),
        (["fe", "--no-finding", "--reason", "x"], "at least 4 characters"),
        (["feedfeed", "--remove"], "no finding has this fingerprint"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, path: Path, arguments: list[str], reported: str
) -> None:
    status, out, err = run("verdict", *arguments)
    assert (status, out) == (2, "")
    assert reported in err
    assert not path.exists()


def test_one_wrong_fingerprint_writes_nothing(run: Run, known: Known, path: Path) -> None:
    given = [named(known, "docks"), "feedfeed", "--no-finding", "--reason", "x", "--by", ""]
    assert run("verdict", *given)[0] == 2
    assert not path.exists()


def test_a_damaged_file_is_not_written_over(run: Run, known: Known, path: Path) -> None:
    path.write_text("nonsense", "utf-8")
    given = ["--no-finding", "--reason", "x", "--by", ""]
    status, _out, err = run("verdict", named(known, "docks"), *given)
    assert status == 2
    assert f"{path}:1: " in err
    assert path.read_text("utf-8") == "nonsense"


# judge

ANSWER = """\
import json, sys
for line in sys.stdin:
    one = json.loads(line)
    print(json.dumps({"fingerprint": one["fingerprint"], "verdict": "no-finding",
                      "reason": "it is a form"}))
"""


@pytest.fixture
def judge(run: Run, tmp_path: Path) -> Run:
    """Run the command with a Python program as judge."""

    def command(code: str, *options: str) -> tuple[int, str, str]:
        script = tmp_path / "ask.py"
        script.write_text(dedent(code), "utf-8")
        return run("judge", *options, "--", sys.executable, str(script))

    return command


def test_a_judge_gets_the_passage_and_its_verdicts_are_recorded(
    judge: Run, known: Known, path: Path, tmp_path: Path
) -> None:
    keep = f"sys.stdin = list(sys.stdin); open({str(tmp_path / 'given')!r}, 'w').write"
    code = ANSWER.replace("for line", f"{keep}(''.join(sys.stdin))\nfor line")
    status, out, err = judge(code, "--by", "a judge")
    assert status == 0
    assert err.endswith(f"2 given, 2 judged; 2 recorded in {path}\n")
    assert [line[:27] for line in out.splitlines()] == ["undecided -> no-finding: " + two[:2]
        for two in (named(known, "docks"), named(known, "harbour"))]  # fmt: skip
    assert recorded(path) == dict.fromkeys(
        ("docks", "harbour"), ("no-finding", "it is a form", "a judge")
    )
    given: list[dict[str, Any]] = [
        json.loads(line) for line in (tmp_path / "given").read_text("utf-8").splitlines()
    ]
    [harbour] = [review for review in given if review["path"] == "harbour.md"]
    assert harbour["passage"].startswith("| Check | Required | Observed | State |")
    assert harbour["passage"].splitlines()[-1] == "| Marshals | 100 % | 100 % | Passed |"
    assert harbour["pattern"]["id"] == "readiness-checklist"
    assert all(harbour["pattern"][key] for key in ("title", "what", "why", "instead"))
    assert harbour["section"] == "Opening readiness"
    # What is decided is not given again.
    status, out, err = judge("import sys; sys.exit(3)")
    assert (status, out) == (0, "")
    assert err.startswith("0 given")


def test_a_dry_run_writes_nothing(judge: Run, path: Path) -> None:
    status, out, err = judge(ANSWER, "--dry-run", "--json")
    assert status == 0
    assert [(load["was"], load["verdict"]) for load in json.loads(out)] == [
        (None, "no-finding")
    ] * 2
    assert err.endswith("2 would be recorded\n")
    assert not path.exists()


def test_findings_without_an_answer_are_counted(judge: Run, path: Path) -> None:
    status, out, err = judge("")
    assert (status, out) == (0, "")
    assert err.endswith("the command gave no verdict on 2 findings; they stay as they are\n")
    assert not path.exists()


def test_verdicts_of_people_stay(run: Run, judge: Run, known: Known, path: Path) -> None:
    run("verdict", named(known, "docks"), "--finding", "--reason", "it is", "--by", "Ada")
    judge(ANSWER)
    assert recorded(path)["docks"] == ("finding", "it is", "Ada")
    second = ANSWER.replace("it is a form", "an official form")
    _status, out, _err = judge(second, "--again")
    assert out.startswith("no-finding -> no-finding: ")
    assert recorded(path)["docks"] == ("finding", "it is", "Ada")
    assert recorded(path)["harbour"][1] == "an official form"
    status, out, err = judge(second, "--again")
    assert (status, out) == (0, "")
    assert "1 given, 1 judged; 0 recorded" in err


ONE = 'import json, sys; one = json.loads(input()); name = one["fingerprint"]\n'


@pytest.mark.parametrize(
    ("code", "reported"),
    [
        ("print('Sure! Here are the verdicts:')", "line 1 of its output: is not UTF-8"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\n')", "is not UTF-8 encoded JSON"),
        ("print('[' * 100_000)", "is not UTF-8 encoded JSON"),
        ("print('[]')", "is not an object with fingerprint, verdict, reason"),
        ("print('{\"fingerprint\": 5, \"verdict\": \"finding\", \"reason\": \"x\"}')",
         "is not an object with"),
        ("print('{\"fingerprint\": \"feed\", \"verdict\": \"finding\", \"reason\": \"x\"}')",
         "not one of the given fingerprints"),
        (ONE + "print(json.dumps({'fingerprint': name, 'verdict': 'perhaps', 'reason': 'x'}))",
         "'perhaps', not no-finding or finding"),
        (ONE + "print(json.dumps({'fingerprint': name, 'verdict': 'finding', 'reason': ' '}))",
         "no reason"),
        (ONE + "print(json.dumps({'fingerprint': name, 'verdict': 'finding', 'reason': 'x'*9999}))",
         "9,999 characters"),
        (ONE + "for verdict in ('finding', 'no-finding'):\n    print(json.dumps({'fingerprint': "
         "name, 'verdict': verdict, 'reason': 'x'}))", "line 2 of its output: "),
        (ANSWER + "sys.exit(3)", "failed with status 3"),
        (ANSWER + "sys.stdout.flush(); import os; os.kill(os.getpid(), 9)",
         "was ended by signal 9"),
    ],
)  # fmt: skip
def test_a_judge_that_lies_or_dies_writes_nothing(
    judge: Run, path: Path, code: str, reported: str
) -> None:
    status, out, err = judge(code)
    assert (status, out) == (2, "")
    assert reported in err
    assert len(err.splitlines()) == 1
    assert not path.exists()


def test_what_a_judge_leaves_out_stays_undecided(judge: Run, path: Path) -> None:
    one = ONE + "print(json.dumps({'fingerprint': name, 'verdict': 'finding', 'reason': 'x'}))"
    status, _out, err = judge(one)
    assert status == 0
    assert "2 given, 1 judged; 1 recorded" in err
    assert list(recorded(path)) == ["docks"]


def test_what_a_judge_writes_commands_no_terminal(judge: Run) -> None:
    code = ANSWER.replace("it is a form", "\\u001b[31m##[error]\\u202e")
    _status, out, _err = judge(code)
    assert "\x1b" not in out
    assert "##[" not in out
    assert "\u202e" not in out


def test_the_script_of_the_documentation_is_a_judge(run: Run, path: Path) -> None:
    script = Path(__file__).parents[1] / "docs" / "how-to" / "ask_a_client.py"
    client = "import sys; print('No-finding:', sys.stdin.read().count('Gangway'), 'of them')"
    given = ("--by", "client", "--", sys.executable, str(script), sys.executable, "-c", client)
    status, _out, _err = run("judge", *given)
    assert status == 0
    assert recorded(path)["harbour"] == ("no-finding", "0 of them", "client")


GUIDE = """# Guide

```{revision-guide} g
:chapters: harbour
```

````{revision-issue} A winch without a sound
:impact: high

```{before-after}
The winch was greased on Monday, and it made no sound at all.

+++

The winch still squeaks.
```
````
"""


def test_a_sample_is_described_and_its_issue_is_no_heading(
    new_book: Callable[..., Book], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = "The winch was greased on Monday, and it made no sound at all."
    book = new_book({
        "index.md": INDEX, "harbour.md": f"# Harbour\n\n{sample}\n", "guide.md": GUIDE,
    })  # fmt: skip
    source, given = str(book.srcdir), tmp_path / "given"
    keep = f"import sys; open({str(given)!r}, 'w').write(sys.stdin.read())"
    assert main(["judge", "--source", source, "--", sys.executable, "-c", keep]) == 0
    [asked] = map(json.loads, given.read_text("utf-8").splitlines())
    assert asked["pattern"]["id"] == "standing"
    assert all(asked["pattern"].values())
    assert (asked["section"], asked["passage"]) == ("", sample)
    assert main(["baseline", source]) == 0
    book.write("harbour.md", "# Harbour\n\nIt squeaks.\n")
    capsys.readouterr()
    assert main(["baseline", source, "--update"]) == 0
    assert capsys.readouterr().out.startswith("fixed: standing in harbour, issue g-1\n")
