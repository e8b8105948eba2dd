"""What signals say is true: the forms that are easily misread, in Markdown and reStructuredText."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

from sphinxext_revguide.patterns import Match, detect, load_library
from sphinxext_revguide.patterns.outline import Listing, build_outline
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.signalling import LEXICONS, listing, seen, table


def found_on(text: str, *, name: str = "page.md") -> list[Match]:
    return list(detect(outline_of_page(Path(name), text), load_library()))


def patterns_on(text: str) -> set[str]:
    return {match.pattern for match in found_on(text)}


@pytest.mark.parametrize("box", ["[x]", "[X]", "[✓]"])
def test_a_ticked_box_is_not_a_blank(box: str) -> None:
    assert seen(listing(*(f"{box} Rope {n} spliced" for n in range(4))), "placeholders") is None


def test_a_citation_is_not_a_blank() -> None:
    assert seen(listing("Tides rise [1]", "Tides fall [2, 3]"), "placeholders") is None


@pytest.mark.parametrize("blank", ["[ ]", "[name of the pilot]", "____", "<date>"])
def test_an_empty_place_is_a_blank(blank: str) -> None:
    assert seen(listing(f"{blank} Rope", f"Buoy {blank}"), "placeholders") is not None


def test_a_question_with_its_answer_asks_nothing() -> None:
    assert seen("Ropes spliced? **Yes**\n", "questions") is None
    assert seen("Who spliced the ropes?\n", "questions") is not None


@pytest.mark.parametrize(
    "text",
    [
        "The berth opens 2031-03-04 and shuts 2031-05-06.",
        "Between 3 March and 5 April nobody sails, nor on March 7-9.",
        "The years 2029-2031 were calm, 2024 to 2025 were not.",
        "The office is open 9:00-17:00 and 18:30-20:00.",
        "Phases 1 and 2, and piers 3 and 4.",
    ],
)
def test_days_and_times_are_not_ranges(text: str) -> None:
    assert seen(text, "quantities", kind="range") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Slack of 0.25 or more stops the winch.", "comparison"),
        ("Slack between 0.10 and 0.25 rings the bell.", "comparison"),
        ("A queue of 12 boats or fewer is fine.", "comparison"),
        ("No more than 9 boats.", "comparison"),
        ("Calls in fog: +85 %.", "change"),
        ("Calls went down 12 %, a rise of 4 % was feared.", "change"),
        ("Fuel use showed a reduction of 9%.", "change"),
        ("Between 30 and 60 boats come.", "range"),
    ],
)
def test_limits_changes_and_ranges(text: str, kind: str) -> None:
    assert seen(text, "quantities", kind=kind) is not None


def test_a_level_is_not_a_change() -> None:
    assert seen("We reach an availability of 99.9 %.", "quantities", kind="change") is None


@pytest.mark.parametrize(
    "text",
    [
        "Releases 4.17 and 4.18 run on Fedora 38.6, Harbour 2.7.1 and Quay 11.45 or later.",
        "Port 50443 returns 301, 404 and 503; see Sections 4.13 and 6.28, and RFC 8259.",
        "The watch starts at 9.35, ends at 10.45 and meets at 7.15 pm; boats leave 11:47.",
        "Ticket #48213, CVE-2031-44228 and issue 73914; v2.13 followed on 12.03.2031.",
    ],
)
def test_digits_that_measure_nothing_are_not_precision(text: str) -> None:
    assert seen(text, "exact_figures", shape="paragraph", least=1) is None


def test_measures_beside_them_still_count() -> None:
    text = "Release 4.17 found 237 bollards, 1,418 planks and 18.7 metres of rail."
    match = seen(text, "exact_figures", shape="paragraph", least=3)
    assert match is not None
    assert "“237”, “1,418”, “18.7”" in match.message + match.evidence[0]


@pytest.mark.parametrize("label", ["Grand total", "**Net total**", "Total per year", "Subtotal"])
def test_totals_by_any_name(label: str) -> None:
    rows = ["Ropes | €4", "Lamps | €5", "Crew | €6"]
    assert seen(table("Item | Sum", *rows, f"{label} | €15"), "totalled") is not None
    items = [row.replace(" | ", ": ") for row in rows]
    assert seen(listing(*items, f"{label}: €15"), "totalled") is not None


def test_summer_is_not_a_sum() -> None:
    rows = ["Ropes | €4", "Lamps | €5", "Crew | €6", "Summer staff | €15"]
    assert seen(table("Item | Sum", *rows), "totalled") is None


WORSE = table(
    "What | Before | After | Change", "Waiting time | 31 min | 22 min | -29%",
    "Relevance | 64% | 58% | -9%",
)  # fmt: skip
UNKNOWN = table("What | Before | After", "Hull number | 3 | 4", "Keel depth | 5 | 6")


def test_a_fall_of_what_should_rise_is_worse() -> None:
    assert seen(WORSE, "gains") is None
    assert seen(WORSE, "improving") is None
    match = seen(WORSE, "losing")
    assert match is not None
    assert match.evidence == ("“Relevance” got worse",)


def test_unknown_directions_are_not_gains() -> None:
    assert seen(UNKNOWN, "improving") is None
    changes = table("What | Change", "Hull number | +3", "Keel depth | +4")
    assert seen(changes, "gains") is None


def test_a_fall_may_be_a_gain() -> None:
    text = table("What | Change", "Waiting time | -29 %", "Cost per call | ↓ 4 %")
    match = seen(text, "gains")
    assert match is not None
    assert match.evidence == ("2 of 2 rows under “Change” are gains",)


@pytest.mark.parametrize(
    "row",
    ["Image quality | 1.2 mm | 0.8 mm", "Useful hours | 7 | 8", "Complaints avoided | 3 | 4"],
)
def test_an_unknown_direction_is_not_a_loss(row: str) -> None:
    text = table("What | Before | After", row, "Cost | 4 | 3", "Delays | 5 | 2")
    assert seen(text, "losing") is None
    match = seen(text, "improving")
    assert match is not None
    assert match.evidence[0].startswith("2 of 3 measures")


def test_units_that_differ_are_not_compared() -> None:
    text = table("What | Before | After", "Waiting time | 2 h | 40 min", "Cost | 4 | 3")
    match = seen(text, "improving", rows=1)
    assert match is not None
    assert match.evidence[0].startswith("1 of 1 measures")


def test_columns_may_run_backwards() -> None:
    text = table("What | After | Before", "Cost | 9 | 8", "Delays | 7 | 5")
    assert seen(text, "improving") is None
    assert seen(text, "losing") is not None


FIELDS = """\
## Pump stops

**Symptoms.** No flow.

**Check.** The fuse.

**Fix.** Restart it.

## Pump runs hot

**Symptoms.** Red lamp.

**Check.** The filter.

**Fix.** Less load.
"""


def test_bold_words_with_a_full_stop_are_labels() -> None:
    match = seen(FIELDS, "same_fields", shape="page")
    assert match is not None
    assert "“symptoms”, “check”, “fix”" in match.evidence[0]


def test_fields_of_restructuredtext_are_labels() -> None:
    entry = ":Symptoms: no flow\n:Check: the fuse\n:Fix: restart it\n"
    text = "Pumps\n=====\n\n" + "".join(
        f"{title}\n{'-' * 12}\n\nIt rains.\n\n{entry}\n" for title in ("Pump stops", "Pump is hot")
    )
    outline = outline_of_page(Path("page.rst"), text)
    labels = [
        [item.label for item in block.items]
        for section in outline.sections
        for block in section.blocks
        if isinstance(block, Listing)
    ]
    assert labels == [["Symptoms", "Check", "Fix"]] * 2


@pytest.mark.parametrize(
    "text",
    [
        "## Ropes vs. chains\n\nRopes are light.\n",
        "## Mooring\n\nThe choice between ropes and chains is simple.\n",
    ],
)
def test_sides_without_a_table(text: str) -> None:
    match = seen(text, "sides")
    assert match is not None
    assert "ropes" in match.evidence[0].lower()


def test_a_winner_told_in_prose() -> None:
    won = "The new buoys outperformed the old ones on every count."
    match = seen(won, "winner")
    assert match is not None
    assert won in match.evidence[0]
    assert seen("Neither buoy won. If one wins, we tell.", "winner") is None


@pytest.mark.parametrize("title", ["## Key takeaways", "## Summary"])
def test_a_summary_is_at_the_end(title: str) -> None:
    summary = f"{title}\n\n- Ropes fray\n- Bells crack\n- Lamps smoke\n\n"
    body = "## Ropes\n\nThey fray.\n\n"
    assert "summary-list-ending" in patterns_on(f"# Book\n\nIt rains.\n\n{body}{summary}")
    assert "summary-list-ending" not in patterns_on(f"# Book\n\nIt rains.\n\n{summary}{body}")


def test_the_first_part_of_a_form_is_no_ending() -> None:
    parts = (
        "**1. Summary**\n\n- What broke\n- How long\n- Who noticed\n\n**2. Timeline**\n\n- When\n\n"
    )
    form = "## Reviews\n\nWe write this down.\n\n**The form**\n\n"
    assert "summary-list-ending" not in patterns_on(f"# Book\n\nIt rains.\n\n{form}{parts}")


def test_many_chapters_are_not_a_reference() -> None:
    text = "Our chapters are short, chapters with maps too. " * 5
    assert "cross-reference-clutter" not in patterns_on(text)
    assert "cross-reference-clutter" in patterns_on("We saw it in chapters 3 and 4. " * 5)


def test_weekdays_with_their_dates_are_not_a_cycle() -> None:
    days = ["Monday", "Tuesday", "Wednesday", "Thursday"]
    dated = listing(*(f"**{day}, March {n}rd**: we row" for n, day in enumerate(days, 3)))
    assert seen(dated, "sequence", lexicon="weekday") is None
    assert seen(listing(*(f"**{day}**: we row" for day in days)), "sequence", lexicon="weekday")


def test_hollow_hedges_admit_nothing() -> None:
    assert LEXICONS["friction-hollow"].weights
    hollow = "However, these challenges can be overcome. Of course, no plan is perfect."
    assert seen(hollow, "friction") is None
    assert seen(f"{hollow} The pilots refused to sail at night.", "friction") is not None


def test_what_is_admitted_beside_a_passage_reaches_it() -> None:
    smooth, doubt = (
        "### Ropes\n\nAll ropes held.\n\n",
        "### Pilots\n\nTwo pilots refused to sail.\n",
    )
    page = f"# Port\n\n## Spring\n\n{smooth}{doubt}"
    own = seen(page, "friction")
    assert own is not None
    assert own.line == 5
    apart = seen(f"# Port\n\n## Spring\n\n{smooth}## Autumn\n\n{doubt}", "friction")
    assert apart is not None
    assert apart.line > 7


def test_a_heading_without_text_is_not_a_passage_and_nothing_is_found_twice() -> None:
    form = "# Event (incident)\n\n### Date\n\n### Root cause\n\n### Lessons learned\n"
    assert found_on(form) == []
    found = [
        (match.pattern, match.line) for match in found_on(form.replace("###", "It was.\n\n###"))
    ]
    assert len(found) == len(set(found))


def test_ticks_that_celebrate_are_an_ending() -> None:
    ticks = listing(
        *(f"✅ {what}" for what in ("No waiting", "Two motors", "Bright lamps", "Maps"))
    )
    text = f"# Gate\n\nIt has motors.\n\n## 🎉 Done\n\n{ticks}\n**Sail now! 🚀**\n"
    assert "triumphant-ending" in patterns_on(text)
    assert "readiness-checklist" not in patterns_on(text)


def test_limits_without_a_number_are_none() -> None:
    text = "# Minutes\n\n## Repairs\n\nCurrent status: Green | Yellow | Red\n\nAlerts:\n\n- one\n"
    assert "monitoring-thresholds" not in patterns_on(text)


def test_a_task_list_keeps_its_boxes() -> None:
    tree = publish_doctree(
        "- [x] Ropes\n- [ ] Lamps\n",
        parser=Parser(),
        settings_overrides={"myst_enable_extensions": ["tasklist"], "report_level": 5},
    )
    (listing_,) = [b for b in build_outline(tree).sections[0].blocks if isinstance(b, Listing)]
    assert [item.text for item in listing_.items] == ["[x] Ropes", "[ ] Lamps"]


@pytest.mark.parametrize(
    "text", ["1," * 40_000, "A-1" * 30_000, "a vs " * 16_000, "choose between a " * 5_000]
)
@pytest.mark.parametrize(
    ("signal", "params"),
    [("quantities", {"kind": "comparison"}), ("sides", {}), ("winner", {}), ("placeholders", {})],
)
def test_hostile_texts_are_read_in_linear_time(
    text: str, signal: str, params: dict[str, str]
) -> None:
    """Quadratic time was 40 seconds for these."""
    start = time.perf_counter()
    seen(text, signal, **params)
    assert time.perf_counter() - start < 5
