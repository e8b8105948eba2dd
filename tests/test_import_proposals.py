"""Patterns that the import proposes for what no pattern of the library covers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import as_json, print_myst, read_guide
from sphinxext_revguide.importer.propose import propose
from sphinxext_revguide.importer.suggest import with_patterns
from tests.conftest import Book

NewBook = Callable[..., Book]

ISSUE = """### Issue {number}: {title}

**Problem:** {problem}

**BEFORE:**
```
{before}
```
**AFTER:**
```
{after}
```

"""
SILENCE = ISSUE.format(
    number=1, title='"Quay Was Silent/Empty" (3 instances)', problem="It comes too often.",
    before="The quay was silent. Then the quay was empty.", after="Nobody answered.",
)  # fmt: skip
LABELS = ISSUE.format(
    number=2, title="Crew X labels", problem="Nobody is called so.",
    before="Crew 1 hauls, and Crew B stows.", after="Ines hauls, and Paulo stows.",
)  # fmt: skip
JARGON = ISSUE.format(
    number=3, title="Words", problem="Jargon: leverage, synergy, holistic",
    before="We leverage the synergy of tides.", after="We use the tides.",
)  # fmt: skip
SCENE = ISSUE.format(
    number=4, title='The "lamp room" scene', problem="Too short.",
    before="The lamp room was cold.", after="The lamp room was warm.",
)  # fmt: skip
GUIDE = f"# Guide to the quay\n\n{SILENCE}{LABELS}{JARGON}{SCENE}"


@pytest.mark.parametrize(
    ("issue", "words"),
    [
        (SILENCE, '["quay was silent", "quay was empty"]'),
        (LABELS, '["crew 1", "crew b"]'),
        (JARGON, '["leverage", "synergy"]'),
    ],
)
def test_a_complaint_becomes_a_lexicon(issue: str, words: str) -> None:
    (proposal,) = propose([read_guide(f"# Guide\n\n{issue}")])
    assert f"\nwords = {words}\n" in proposal.toml


@pytest.mark.parametrize(
    "issue",
    [
        SCENE,
        SILENCE.replace("Nobody answered.", "The quay was silent. The quay was empty."),
        SILENCE.replace("The quay was silent. Then the quay was empty.", "All was calm."),
        JARGON.replace("leverage the synergy", "leverage the force"),
        LABELS.replace("Crew X labels", "Checkpoint boxes"),
    ],
    ids=["no complaint", "the AFTER has it", "no BEFORE has it", "one word only", "is named"],
)
def test_what_the_samples_do_not_confirm_is_not_proposed(issue: str) -> None:
    assert propose([with_patterns(read_guide(f"# Guide\n\n{issue}"))]) == []


def test_the_file_passes_its_own_test(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide, output = tmp_path / "quay.md", tmp_path / "quay.toml"
    guide.write_text(GUIDE, encoding="utf-8")
    assert main(["import", str(guide), "--propose-patterns", str(output)]) == 0
    reported = capsys.readouterr().err
    assert "patterns for quay-1, quay-2, quay-3; add the file to revguide_patterns" in reported
    assert main(["patterns", "test", str(output)]) == 0
    assert "6 of 6 examples" in capsys.readouterr().out


def test_without_the_option_the_command_says_that_there_are_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = tmp_path / "quay.md"
    guide.write_text(GUIDE, encoding="utf-8")
    assert main(["import", str(guide)]) == 0
    assert "use --propose-patterns FILE.toml to write patterns" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == [guide]


def test_existing_files_and_folders_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = tmp_path / "quay.md"
    guide.write_text(GUIDE, encoding="utf-8")
    assert main(["import", str(guide), "--propose-patterns", str(guide)]) == 2
    assert "this file already exists" in capsys.readouterr().err


@pytest.mark.parametrize("into", [False, True])
def test_a_folder_has_one_file_of_proposals(tmp_path: Path, *, into: bool) -> None:
    guides, book = tmp_path / "guides", tmp_path / "book"
    guides.mkdir()
    book.mkdir()
    for number in (1, 2):
        (guides / f"chapter-{number}.md").write_text(GUIDE, encoding="utf-8")
        (book / f"chapter-{number}.md").write_text(f"# Quay {number}\n", encoding="utf-8")
    patterns = tmp_path / "patterns.toml"
    target = ["--into", str(book)] if into else ["--output", str(tmp_path / "pages")]
    assert main(["import", str(guides), *target, "--propose-patterns", str(patterns)]) == 0
    alone = tmp_path / "alone.toml"
    one = str(guides / "chapter-1.md")
    page = str(tmp_path / "one.md")
    assert main(["import", one, "--output", page, "--propose-patterns", str(alone)]) == 0
    assert patterns.read_text(encoding="utf-8") == alone.read_text(encoding="utf-8")


def test_an_issue_whose_title_names_a_pattern_gets_no_proposal(tmp_path: Path) -> None:
    guide, book, patterns = (tmp_path / name for name in ("quay.md", "book", "patterns.toml"))
    book.mkdir()
    (book / "quay.md").write_text("# Quay\n", encoding="utf-8")
    named = SILENCE.replace('"Quay Was', 'Stock phrases: "Quay Was')
    guide.write_text(f"# Guide\n\n{named}", encoding="utf-8")
    chapter = ["--chapter", "quay=quay", "--propose-patterns", str(patterns)]
    assert main(["import", str(guide), "--into", str(book), *chapter]) == 0
    page = (book / "revision-guides" / "quay.md").read_text(encoding="utf-8")
    assert ":patterns: stock-phrase" in page
    assert not patterns.exists()


PRECISE = ISSUE.format(
    number=1, title="Over-precise numbers", problem="Round them.",
    before="We counted 412 boats.", after="We counted some four hundred boats.",
)  # fmt: skip


def test_samples_that_do_not_confirm_a_title_cause_no_warning(new_book: NewBook) -> None:
    guide = with_patterns(read_guide(f"# Guide\n\n{PRECISE}", name="boats.md"))
    page = print_myst(guide)
    assert "\n:patterns: false-precision\n" in page
    assert "\n:untested: false-precision\n" in page
    assert as_json(guide)["issues"][0]["pattern_confidence"] == "medium"
    assert new_book({"index.md": page}).build("dummy").warnings == []
    tested = page.replace(":untested: false-precision\n", "")
    (reported,) = new_book({"index.md": tested}).build("dummy").warnings
    assert "no BEFORE of this issue shows the pattern 'false-precision'" in reported.text


def test_confidence_is_stated() -> None:
    boxes = "📍 CHECKPOINT: What we have seen\n\n✅ Fog\n✅ Radios\n\nReading time left: 15 minutes"
    for title, confidence in (("Checkpoint boxes", "high"), ("The middle", "low"), ("X", None)):
        before = boxes if confidence else "It rained."
        text = ISSUE.format(number=1, title=title, problem="", before=before, after="Fog.")
        found = as_json(with_patterns(read_guide(f"# Guide\n\n{text}")))
        assert found["issues"][0]["pattern_confidence"] == confidence


def test_a_guess_becomes_an_option_without_its_mark(new_book: NewBook) -> None:
    boxes = "📍 CHECKPOINT: What we have seen\n\n✅ Fog\n✅ Radios\n\nReading time left: 15 minutes"
    text = ISSUE.format(number=1, title="The middle", problem="Odd.", before=boxes, after="Fog.")
    page = print_myst(with_patterns(read_guide(f"# Guide\n\n{text}", name="boats.md")))
    assert "\n% :patterns: checkpoint-box\n% " in page
    built = new_book({"index.md": page}).build("dummy")
    assert [issue.patterns for issue in built.domain.book.issues] == [()]
    built = new_book({"index.md": page.replace("% :patterns:", ":patterns:")}).build("dummy")
    assert [issue.patterns for issue in built.domain.book.issues] == [("checkpoint-box",)]
