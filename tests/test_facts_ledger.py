"""The facts ledger: what an AFTER keeps, loses and adds."""

from __future__ import annotations

import pytest

from sphinxext_revguide.text.facts_ledger import Ledger, ledger


def lost(found: Ledger) -> list[tuple[str, str]]:
    return [(fact.kind, fact.text) for fact in found.lost]


def shifted(found: Ledger) -> list[tuple[str, str, str]]:
    return [(shift.kind, shift.before, shift.after) for shift in found.shifts]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The ferry takes 400 people.", "The ferry takes 300 people.", ("number", "400")),
        ("It left on 14 May 2024.", "It left on 15 May 2024.", ("date", "14 May 2024")),
        ("It left on May 14, 2024.", "It left on May 14, 2023.", ("date", "May 14, 2024")),
        ("We met on Monday.", "We met on Tuesday.", ("date", "Monday")),
        ("It runs on 1.20.2 today.", "It runs on 1.20.5 today.", ("number", "1.20.2")),
        ("Ask 10.0.0.1 for it.", "Ask 10.0.0.9 for it.", ("number", "10.0.0.1")),
        ("It left on 7/9/2019.", "It left on 7/8/2019.", ("date", "7/9/2019")),
        ("It left on 9.7.2019.", "It left on 8.7.2019.", ("date", "9.7.2019")),
        (
            "We use the Giant Swarm VPN and our VPN.",
            "We use the Kestrel VPN and our VPN.",
            ("name", "Giant Swarm VPN"),
        ),
        ("We asked Ines Roth first.", "We asked Ada Roth first.", ("name", "Ines Roth")),
        ("We moved to PostgreSQL then.", "We moved to MySQL then.", ("name", "PostgreSQL")),
        (
            'She said "the winch will hold", and left.',
            'She said "the winch will break", and left.',
            ("quotation", "the winch will hold"),
        ),
        ("See [the log](https://a.example/1).", "See the log.", ("link", "https://a.example/1")),
        ("See `the log <https://a.example/1>`_.", "See it.", ("link", "https://a.example/1")),
        ("See {doc}`the log <harbour>`.", "See the log.", ("link", "harbour")),
        ("See :ref:`harbour-log`.", "See the log.", ("link", "harbour-log")),
        ("Run `make all` first.", "Run `make none` first.", ("code", "make all")),
        ("Run ``make all`` first.", "Run it first.", ("code", "make all")),
        ("```sh\nmake all\n```", "```sh\nmake none\n```", ("code", "make all")),
    ],
)
def test_a_lost_fact_is_reported_with_its_kind(
    before: str, after: str, expected: tuple[str, str]
) -> None:
    assert expected in lost(ledger(before, after))
    assert not ledger(before, before).loses


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The gate must not open early.", "The gate must open early.", ("negation", "not", "")),
        (
            "The gate opens at high tide.",
            "The gate never opens at high tide.",
            ("negation", "", "never"),
        ),
        (
            "Drivers will come, and each of them should sign the sheet.",
            "Drivers will come, and each of them could sign the sheet.",
            ("strength", "should", "could"),
        ),
        (
            "Every driver must sign the sheet.",
            "Every driver may sign the sheet.",
            ("strength", "must", "may"),
        ),
        (
            "A driver should sign the sheet.",
            "A driver must sign the sheet.",
            ("strength", "should", "must"),
        ),
        (
            "| gate | must open first |\n",
            "| gate | may open first |\n",
            ("strength", "must", "may"),
        ),
    ],
)
def test_a_statement_made_differently_is_reported(
    before: str, after: str, expected: tuple[str, str, str]
) -> None:
    assert expected in shifted(ledger(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It cost $1.44M.", "It cost 1,440,000 dollars."),
        ("It left on 14 May 2024.", "It left on 2024-05-14."),
        ("Dr Ines Roth objected.", "The doctor objected; Roth did not say why."),
        ("See [the log](https://a.example/1).", "The [log](https://a.example/1) says more."),
        ("Run `make all` first.", "First run *`make all`*."),
        ("She said “the winch will hold”.", 'She said "The winch will hold".'),
        ("It is not only cheap.", "It is cheap."),
    ],
)
def test_the_same_fact_in_other_words_is_kept(before: str, after: str) -> None:
    found = ledger(before, after)
    assert lost(found) == []
    assert [shift for shift in shifted(found) if before.startswith("It is not only")] == []


def test_a_rewritten_sentence_says_nothing_of_its_negations() -> None:
    before = "All gates opened and nothing was reported."
    after = "Gate 7 stuck twice; the warden kicked it until the bolt moved."
    assert shifted(ledger(before, after)) == []


def test_the_opening_of_a_sentence_is_not_a_name() -> None:
    found = ledger("Winches rust. Ropes fray.", "Nets tear.")
    assert lost(found) == []


@pytest.mark.parametrize(
    "before",
    [
        "Read on in Part 5 and in the Parts 6 and 7.",
        "The Rope is the part that frays; a rope is cheap.",
        "| 3 | Response Time | The time of the response to a driver |",
        "It is in the register (Accessed 14 May 2024).",
        'The warden asked, "Have you seen it? Show me."',
        "They left at 9 PM and we've read A/B.",
    ],
)
def test_an_ordinary_word_with_a_capital_is_not_a_name(before: str) -> None:
    assert [fact for fact in lost(ledger(before, "Nets tear.")) if fact[0] == "name"] == []


@pytest.mark.parametrize(
    ("before", "names"),
    [
        ("It runs on one engine (Kestrel) today.", ["Kestrel"]),
        ('They call it "Kestrel" today.', ["Kestrel"]),
        (
            "The winch\N{EM DASH}Kestrel built it\N{EM DASH}Ines Roth sold.",
            ["Kestrel", "Ines Roth"],
        ),
        ("We read the Echo, the Echo and an echo.", ["Echo"]),
    ],
)
def test_a_name_stays_one_in_brackets_in_quotes_and_behind_a_dash(
    before: str, names: list[str]
) -> None:
    assert lost(ledger(before, "Nets tear.")) == [("name", name) for name in names]


def test_a_known_term_is_a_name_at_the_opening_of_a_sentence_too() -> None:
    found = ledger("Harbourmaster decides.", "Somebody decides.", terms=["Harbourmaster"])
    assert lost(found) == [("name", "Harbourmaster")]


def test_titles_and_column_heads_hold_no_names() -> None:
    found = ledger(
        "## The New Terminal\n\n| Check Item | State |\n|---|---|\n| gate | open |", "None."
    )
    assert lost(found) == []


def test_cells_of_a_table_in_rest_are_sentences_of_their_own() -> None:
    table = "====  =====\nGate  State\n====  =====\nNorth Quay  Met\n====  =====\n"
    assert lost(ledger(table, "None.")) == [("name", "North Quay")]


def test_a_name_ends_at_a_comma() -> None:
    found = ledger("We wrote to Port Ellery, and Ines Roth read it.", "We wrote.")
    assert lost(found) == [("name", "Port Ellery"), ("name", "Ines Roth")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It failed at the third try.", "It failed at the fourth try.", ("number", "third")),
        ("We tried it twice.", "We tried it three times.", ("number", "twice")),
        ("Half of them left.", "A third of them left.", ("number", "Half")),
        ("We met in June, at last.", "We met in July, at last.", ("date", "June")),
        ("It opens (in January).", "It opens (in March).", ("date", "January")),
    ],
)
def test_a_counting_word_or_a_month_that_changes_is_lost(
    before: str, after: str, expected: tuple[str, str]
) -> None:
    assert expected in lost(ledger(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The fifth gate sticks today.", "The 5th gate sticks today."),
        ("We tried the gate twice.", "We tried the gate two times."),
        ("You cannot open the gate by hand.", "You can not open the gate by hand."),
    ],
)
def test_the_same_in_other_words_loses_nothing(before: str, after: str) -> None:
    assert not ledger(before, after).loses


def test_a_condition_that_turns_round_is_a_negation() -> None:
    found = ledger(
        "The bridge stays closed unless the warden agrees to open it.",
        "The bridge stays closed if the warden agrees to open it.",
    )
    assert shifted(found) == [("negation", "unless", "")]
