"""Fields in clauses and sentences, boxes and rules of an export, callouts of several kinds."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import ImportedGuide, print_myst, read_guide
from sphinxext_revguide.model import Impact
from tests.importing import pairs_of


def _read(text: str) -> ImportedGuide:
    """Read a guide and see that every line of it found its place."""
    guide = read_guide(text)
    assert "Unplaced lines" not in print_myst(guide)
    return guide


CALLOUTS = """\
# Reefing early

> [!caution] The order of knots ^a1
> **Weight** high · **Found** 3 places · **Needs** 2 hours
>
> The bowline comes late.
>
> > [!quote] Today
> > Tie it as you did the bowline.
>
> > [!tip] Better
> > First the bowline.

> [!note] Metres and feet
> **Weight** low · **Found** 9 times · **Needs** 40 min
>
> Both are used.
>
> > [!quote] Today
> > Five metres, or sixteen feet.
>
> > [!tip] Better
> > Five metres.
"""


def test_callouts_of_several_kinds_are_issues() -> None:
    guide = _read(CALLOUTS)
    assert [one.issue.title for one in guide.issues] == ["The order of knots", "Metres and feet"]
    assert [one.issue.impact for one in guide.issues] == [Impact.HIGH, Impact.LOW]
    assert [one.issue.frequency for one in guide.issues] == ["3 places", "9 times"]
    assert [one.issue.effort for one in guide.issues] == [Span(2, 2), Span(2 / 3, 2 / 3)]
    assert pairs_of(guide) == [
        ("Tie it as you did the bowline.", "First the bowline."),
        ("Five metres, or sixteen feet.", "Five metres."),
    ]


def test_numbered_callouts_are_issues_without_samples() -> None:
    numbered = CALLOUTS.replace("The order", "1 · The order").replace(
        "Metres and", "2 · Metres and"
    )
    guide = _read(f"{numbered}\n> [!info] 3 · A footnote\n> **Weight** low · **Found** once\n")
    assert [one.issue.title for one in guide.issues][2] == "A footnote"
    assert guide.issues[2].issue.impact == Impact.LOW


EXPORT = """\
# Glazes {#glazes .unnumbered}

### Finding 1: Cones before clay {#one .unnumbered}

  --------------- -----------
  **Severity**    High
  **How often**   4 times
  **Time**        1 hour
  --------------- -----------

Nobody has seen heat yet.

+----------------------------------------+
| [**Text now**]{.smallcaps}             |
+========================================+
| Cone six bends.                        |
|                                        |
| Remember this.                         |
+----------------------------------------+

+----------------------------------------+
| [**Proposed text**]{.smallcaps}        |
+========================================+
| The kiln is white. Something bends.    |
+----------------------------------------+

### Finding 2: Passive potters {#two .unnumbered}

Nobody throws a pot.

> The pot [was thrown by]{.deletion author="E" date="2025"}[came off the
> hands of]{.insertion author="E" date="2025"} Marta in one morning.
"""


def test_boxes_rules_and_changes_of_an_export() -> None:
    guide = _read(EXPORT)
    first = guide.issues[0].issue
    assert (first.impact, first.frequency, first.effort) == (Impact.HIGH, "4 times", Span(1, 1))
    assert pairs_of(guide) == [
        ("Cone six bends.\n\nRemember this.", "The kiln is white. Something bends."),
        (
            "The pot was thrown by Marta in one morning.",
            "The pot came off the hands of Marta in one morning.",
        ),
    ]


def test_box_of_a_label_announces_the_table_below() -> None:
    box = "+------------+\n| {} |\n+------------+\n\n"
    table = "+-----+-----+\n| Cup | {} |\n+=====+=====+\n| Tea | Hot |\n+-----+-----+\n\n"
    text = "# Tea\n\n## Issue 1: The table\n\nIt has no head.\n\n"
    old = box.format("Original  ") + table.format("Now")
    new = box.format("Suggestion") + table.format("Aim")
    ((before, after),) = pairs_of(_read(text + old + new))
    assert ("Now" in before, "Aim" in after) == (True, True)
    assert before.count("|") == after.count("|") == 9


def test_a_table_of_other_names_stays_as_it_is() -> None:
    dashes = "  ------ -----\n  Cup    Red\n  Plate  Blue\n  ------ -----\n"
    text = f"# Tea\n\n## Issue 1: Title\n\n{dashes}\n**Before:** a cup\n\n**After:** a mug\n"
    assert "Cup    Red" in print_myst(_read(text))


REMARKS = """\
# The quiet move

## Firstly: the diagrams lie

({first})

White has nine pawns.

You write:

> White wins a pawn.

I would write:

> Count the pawns.

## Secondly: a footnote

(Trifling; one footnote; ten minutes with a pencil.)

It cites the wrong year.
"""


@pytest.mark.parametrize(
    ("first", "often", "hours"),
    [
        ("Serious. Four diagrams. Allow two hours.", "Four diagrams", 2),
        ("Grave; it occurs in all four scenes; half an hour.", "all four scenes", 0.5),
        ("Serious; I gave up counting at forty; an hour and a half", "I gave up counting at", 1.5),
    ],
)
def test_remark_below_a_head(first: str, often: str, hours: float) -> None:
    guide = _read(REMARKS.format(first=first))
    issue, footnote = (one.issue for one in guide.issues)
    assert issue.impact == Impact.HIGH
    assert (issue.frequency or "").startswith(often)
    assert issue.effort == Span(hours, hours)
    assert (footnote.impact, footnote.frequency) == (Impact.LOW, "one footnote")
    assert footnote.effort == Span(1 / 6, 1 / 6)
    assert "with a pencil" in print_myst(guide)


def test_a_remark_without_an_impact_stays_a_text() -> None:
    text = "You say so twice. The reader waits two hours."
    guide = _read(REMARKS.format(first=text))
    assert guide.issues[0].issue.effort is None
    assert f"({text})" in print_myst(guide)


@pytest.mark.parametrize("behind", [" — high", " – High priority", " (high)"])
def test_impact_behind_a_title(behind: str) -> None:
    text = f"# Lamps\n\n## 1. No colours{behind}\n\n**Before:** on\n\n**After:** red\n"
    issue = _read(text).issues[0].issue
    assert (issue.title, issue.impact) == ("No colours", Impact.HIGH)


def test_a_dash_in_a_title_is_no_impact() -> None:
    text = "# Lamps\n\n## 1. The sound — light\n\n**Before:** on\n\n**After:** red\n"
    issue = _read(text).issues[0].issue
    assert (issue.title, issue.impact) == ("The sound — light", None)


LETTER = """\
# Your chapter on chocolate

Dear Tom, I ate while I read.

## The thermometer is late

We burn two batches. I noted four places where a pan dies.

Here is the opening:

> Chocolate has a history.

So:

> Buy a thermometer first.

I'd set aside two hours for it.

## Adjectives in pairs

Nothing is dark that is not deep. I circled thirty.

The table, or the top of it, as it stands:

| Taste | Word |
|---|---|
| Dark | Deep |

I would let one line do the work:

> The room tasted of smoke.

It is half an hour's work.

## The last recipe

It repeats the first. Please cut this:

> Melt it as before.

Nobody will miss it. Ten minutes, with tea.

## What you must not let me touch

{locks}

Yours,

Eva
"""


def test_letter_says_samples_and_fields_in_sentences() -> None:
    guide = _read(LETTER.format(locks="The burnt spoon. Your uncle's shop. It has a bell."))
    assert pairs_of(guide) == [
        ("Chocolate has a history.", "Buy a thermometer first."),
        ("| Taste | Word |\n|---|---|\n| Dark | Deep |", "The room tasted of smoke."),
        ("Melt it as before.", "[Delete.]"),
    ]
    assert [one.issue.frequency for one in guide.issues] == ["four places", "thirty", ""]
    assert [one.issue.effort for one in guide.issues] == [
        Span(2, 2),
        Span(0.5, 0.5),
        Span(1 / 6, 1 / 6),
    ]
    assert guide.issues[1].why == ""
    assert [lock.text for lock in guide.locks] == [
        "The burnt spoon.",
        "Your uncle's shop. It has a bell.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I love the spoon. Keep the shop, too.",
        "The spoon is fine. The rest may change as you like.",
        "The spoon.",
    ],
)
def test_a_text_that_names_no_passages_locks_nothing(text: str) -> None:
    guide = _read(LETTER.format(locks=text))
    assert guide.locks == ()
    assert text in print_myst(guide)
