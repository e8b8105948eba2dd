"""Which patterns and budgets the issues of an imported guide name."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.complaints import NOTHING, shipped
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.title_words import _phrases, budget_named, budget_of, pattern_named
from sphinxext_revguide.patterns import load_library
from tests.conftest import Book


@pytest.mark.parametrize(
    ("title", "pattern"),
    [
        ("Checkpoint boxes (3 instances)", "checkpoint-box"),
        ("Checkpoint Scaffolding (2 with identical structure)", "checkpoint-box"),
        ("Emoji (remove all)", "decorative-emoji"),
        ("Over-precise numbers (40+ instances)", "false-precision"),
        ("Excessive metric precision", "false-precision"),
        ("Section titles follow one formula", "title-formula"),
        ("'The Fog Pattern' section titles", "title-formula"),
        ("Too many status tables", "table-density"),
        ("Bullet-heavy logs", "bullet-density"),
        ("Three lamps repeated (identical structure each time)", "uniform-sections"),
        ("Go/no-go without stakes", "go-no-go"),
        ("A/B test won at once", "ab-test-victory"),
        ("Closing platitudes", "triumphant-ending"),
        ("Meta-commentary in openings", "scaffolding-phrase"),
        ("Rounding the metrics to what is known", "false-precision"),
        ("Metric rounding", "false-precision"),
        ("Budget precision", "false-precision"),
        ("Bullets on every page", "bullet-density"),
        ("Key points list", "summary-list-ending"),
        ("References to other chapters", "cross-reference-clutter"),
        ("Tentative wording", "hedging"),
        ("Overused phrases of the trade", "stock-phrase"),
        ("Reading time and version header", "header-metadata"),
        ("Formulaic headings", "title-formula"),
        ("Same template for every berth", "uniform-sections"),
        ("A tidy ending", "triumphant-ending"),
        ("Team X labels", ""),
        ("Jargon in the first part", ""),
        ("Word counts in headings", ""),
        ("The opening scene", ""),
        ("The room was silent (3 times)", ""),
        ("Crew labels", ""),
        ("The harbour master needs a voice", ""),
    ],
)
def test_a_title_names_its_pattern(title: str, pattern: str) -> None:
    assert pattern_named(title) == pattern


def test_every_pattern_of_the_list_is_in_the_library() -> None:
    assert set(_phrases()) <= set(load_library().patterns)


def test_the_model_knows_all_patterns_of_the_library_and_no_others() -> None:
    assert set(shipped().weights) == {NOTHING, *load_library().patterns}


@pytest.mark.parametrize("text", ["", "!", "1 2 3", "Ärger über Übergänge", "a" * 10000])
def test_what_has_no_known_words_names_nothing(text: str) -> None:
    _pattern, clear = shipped().likeliest(text, text)
    assert clear < shipped().guess


@pytest.mark.parametrize(
    ("title", "text", "budget"),
    [
        ("TIDE™ repetition (71 instances → 30-35 target)", "", (("TIDE™", 35),)),
        ("TIDE overuse: cut 71 to 30", "", (("TIDE", 30),)),
        ("TIDE™ repetition", "**Found:** 71\n**Target:** 30-35", (("TIDE™", 35),)),
        ("TIDE™ repetition", "Reduce to about 30 to 35 in the chapter", (("TIDE™", 35),)),
        ("TIDE™ repetition", "Target: 30 minutes\nLimit: 12", (("TIDE™", 12),)),
        ("TIDE™ repetition", "**Found:** 71", ()),
        ("Overuse of TIDE™ (71 → 35)", "", (("TIDE™", 35),)),
        ("“Harbour rule” overuse (12+ → 4-5)", "", (("Harbour rule", 5),)),
        ("TIDE™ repetition", "**Found:** 71 -> 30-35", (("TIDE™", 35),)),
        ("Word repetition (71 → 30)", "", ()),
        ("TIDE™ repetition (71 → 30%)", "", ()),
    ],
)
def test_a_title_sets_the_budget_of_a_term(
    title: str, text: str, budget: tuple[tuple[str, int], ...]
) -> None:
    assert budget_named(title, text) == budget


@pytest.mark.parametrize(
    ("title", "problem", "budget"),
    [
        ('Cut "HarbourNet" from 80 mentions to about 10', "", (("HarbourNet", 10),)),
        (
            "Give the product name a rest (50 → 8)",
            "PilotView is in each line.",
            (("PilotView", 8),),
        ),
        ('Less "robust", please', "Reduce from 71 to at most 35.", (("robust", 35),)),
        ('"Robust" again', "Found 40 times. Cut it by half.", (("Robust", 20),)),
        ('Thin out "robust" by 75%', "It occurs 40 times.", (("robust", 10),)),
        ('"Robust" again', "It occurs 40 times.", ()),
        ("Less of it (from 40 to 10)", '"Robust" again?', ()),
    ],
)
def test_an_issue_about_an_overused_term_has_its_budget(
    title: str, problem: str, budget: tuple[tuple[str, int], ...]
) -> None:
    assert budget_of(title, problem, problem) == budget


GUIDE = """# Revision guide for chapter 3

### Issue 1: TIDE™ repetition (71 instances → 35)
**BEFORE:**
```
TIDE™ rules.
```
**AFTER:**
```
Rules.
```

### Issue 2: The middle part
**BEFORE:**
```
📍 CHECKPOINT: What we have seen so far

✅ Ferries fail in fog
✅ Three radios are needed

Reading time left: about 15 minutes
```
**AFTER:**
```
Ferries fail in fog.
```
"""


SAMPLES = "**BEFORE:** One.\n\n**AFTER:** Two.\n"
CHECKPOINT = GUIDE[GUIDE.rindex("**BEFORE:**") :]


def test_what_only_a_sample_shows_is_left_as_a_comment() -> None:
    guide = with_patterns(read_guide(GUIDE))
    page = print_myst(guide)
    assert guide.issues[1].issue.patterns == ()
    assert "checkpoint-box" in guide.issues[1].guesses
    assert "\n:budget: TIDE™ 35\n" in page
    assert "\n% :patterns: checkpoint-box" in page


@pytest.mark.parametrize(
    ("title", "problem", "named"),
    [
        (
            "Rest stops on the coast road",
            "Grey frames list what we have covered so far and what comes next.",
            "checkpoint-box",
        ),
        (
            "Everything up, nothing down",
            "The old and the new figures improve in all eight rows after the rollout, and nobody "
            "says what the change cost or who had to work harder for it.",
            "mlops-tables",
        ),
        (
            "SLA or S.L.A.?",
            "The abbreviation is spelled in two ways, and it is explained only on page 30, long "
            "after the reader has met it for the first time.",
            "",
        ),
        ("Six departments say go and the board approves", "", ""),
        ("Length", "Example fix:", ""),
        (
            "Six hands go up",
            "The board approved it, nobody hesitated, and nothing was at stake.",
            "go-no-go",
        ),
        (
            "Who pays?",
            "Availability is guaranteed, and a breach seems to hurt nobody.",
            "sla-without-consequence",
        ),
        (
            "The harbour bill",
            "Expenses are listed; what was disputed is not said, nor what they are for.",
            "cost-itemization",
        ),
        ("Weak opening", "The chapter needs two pages to get to the harbour.", ""),
        ("The launch", "The date is given twice.", ""),
        ("Passive voice", "Nobody acts here, and the reader cannot tell who decided.", ""),
    ],
)
def test_title_and_problem_together_name_a_pattern(title: str, problem: str, named: str) -> None:
    text = f"### Issue 1: {title}\n\n**Problem:** {problem}\n\n{SAMPLES}"
    (one,) = with_patterns(read_guide(text)).issues
    assert one.issue.patterns == ((named,) if named else ())


def test_a_phrase_that_the_problem_contradicts_is_left_as_a_comment() -> None:
    problem = "The meeting is on Monday in the text and on Friday in the caption of the photograph."
    text = f"### Issue 1: The go/no-go has two dates\n\n**Problem:** {problem}\n\n{SAMPLES}"
    (one,) = with_patterns(read_guide(text)).issues
    assert one.issue.patterns == ()
    assert one.guesses == ("go-no-go",)


def test_a_pattern_of_pages_is_named_whatever_else_the_before_shows() -> None:
    problem = "Nine grids in ten pages: rows and columns instead of sentences and reasons."
    text = f"### Issue 1: Fewer cells\n\n**Problem:** {problem}\n\n{CHECKPOINT}"
    (one,) = with_patterns(read_guide(text)).issues
    assert one.issue.patterns == ("table-density",)


def test_the_commented_guess_becomes_an_option_without_its_mark(
    new_book: Callable[..., Book],
) -> None:
    page = print_myst(with_patterns(read_guide(GUIDE)))
    assert page.count("\n% :patterns: ") == 1
    pages = {"index.md": "# Ferry\n", "guide.md": page.replace("\n% :patterns: ", "\n:patterns: ")}
    built = new_book(pages).build("revguide")
    report = json.loads(built.read("revguide.json"))
    (issue,) = (one for one in report["issues"] if one["title"] == "The middle part")
    assert "checkpoint-box" in issue["patterns"]
