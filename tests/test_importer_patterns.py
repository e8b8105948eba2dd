"""Which patterns and budgets the issues of an imported guide name."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.title_words import _phrases, budget_named, pattern_named
from sphinxext_revguide.patterns import load_library


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
    samples = "**BEFORE:** One.\n\n**AFTER:** Two.\n"
    text = f"### Issue 1: {title}\n\n**Problem:** {problem}\n\n{samples}"
    (one,) = with_patterns(read_guide(text)).issues
    assert one.issue.patterns == ((named,) if named else ())
