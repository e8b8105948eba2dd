"""The sentence about a finding: what it says is true, whole, and in the language of the book."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.cli.read_book import read_book
from sphinxext_revguide.i18n import CATALOG, LOCALE
from sphinxext_revguide.patterns import Match, detect, load_library
from sphinxext_revguide.patterns.language import Form, Library, Pattern
from sphinxext_revguide.patterns.sentences.claims import CLAUSES
from sphinxext_revguide.patterns.sentences.templates import TEMPLATES
from sphinxext_revguide.patterns.signals import SIGNALS
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.conftest import TERMINAL, Book
from tests.signalling import LEXICONS, listing, sections, seen, table

SHIPPED = load_library()
MISSING = ", and no "


def reported(text: str, pattern: str, *, shape: str = "section") -> str:
    """Return the sentence about a text, as if it showed a pattern."""
    form = Form((shape,), -99.0, (), 0.0, (), (), ())
    one = Pattern(pattern, "Title", "What.", "Why.", "Instead.", forms=(form,))
    found = detect(outline_of_page(Path("page.md"), text), Library({pattern: one}, LEXICONS))
    [message] = [match.message for match in found][:1]
    return message.removeprefix("Title: ")


def claimed(text: str, pattern: str, *, shape: str = "section") -> str:
    return reported(text, pattern, shape=shape).partition(MISSING)[0]


GOOD = ["Locks | 3 | ✅", "Lights | 4 | ✅", "Buoys | 5 | ✅"]


@pytest.mark.parametrize(
    ("pattern", "text", "sentence"),
    [
        # Every row, or only those that are seen to be good.
        ("readiness-checklist", table("What | Size | Met", *GOOD),
         "All 3 results under “Met” in the table are positive"),
        ("readiness-checklist", "## Readiness\n\n" + table("What | Size | Met", *GOOD),
         "All 3 results under “Met” in the table under “Readiness” are positive"),
        ("readiness-checklist",
         table("What | Size | Met", *GOOD, "Oil | 2 | ✅", "Rope | 9 | 40 m"),
         "4 of 5 results under “Met” in the table are positive and no other is clearly "
         "negative"),
        ("readiness-checklist", table("What | Size | Met", *GOOD, "Total | 12 | "),
         "All 3 results under “Met” in the table are positive"),
        ("readiness-checklist", table("What | Gates | Passed", *(f"x | {n} | {n}" for n in "345")),
         "“Gates” and “Passed” in the table show the same numbers in all 3 rows"),
        ("readiness-checklist", table("What | Score", *(f"x | {n}/{n}" for n in "345")),
         "All 3 rows in the table show the full count"),
        ("readiness-checklist", listing("✅ Locks", "✅ Lights", "✅ Buoys"),
         "All 3 items in the list are ticked or reported as done"),
        # Of what moves nobody knows where to, nothing is said.
        ("mlops-tables", table("What | Before | After", "Errors | 9 | 4", "Cost | 8 | 7"),
         "All 2 measures in the table improve and none gets worse"),
        ("mlops-tables",
         table("What | Before | After", "Errors | 9 | 4", "Cost | 8 | 7", "Berths | 3 | 5"),
         "2 of 3 measures in the table improve and none clearly gets worse"),
        ("mlops-tables",
         table("What | Before | After", "Errors | 9 | 4", "Berths | 3 | 5", "Cranes | 2 | 1"),
         "One of 3 measures in the table improves and none clearly gets worse"),
        ("mlops-tables",
         table("What | Before | After", "Errors | 9 | 4", "Cost | 8 | 7", "Delay | 3 h | 3 h"),
         "2 of 3 measures in the table improve and none clearly gets worse"),
        # A column of results is no column of winners.
        ("ab-test-victory", table("What | A | B | Winner", *("x | 1 | 2 | B ✅",) * 3),
         "“B” wins all 3 rows in the table"),
        ("ab-test-victory",
         table("What | A | B | Winner", *("x | 1 | 2 | B",) * 3, "y | 1 | 1 | tie"),
         "“B” wins 3 of 4 rows in the table and loses none"),
        ("ab-test-victory", table("What | Result", *("x | Passed",) * 3),
         "All 3 rows in the table say “Passed” under “Result”"),
        ("ab-test-victory", table("What | Result", "x | ✅ 3", "y | ✅ 4", "z | ✅ 5"),
         "All 3 rows in the table are ticked under “Result”"),
        ("ab-test-victory", "## Trial\n\nThe long letter won in every port.\n",
         "The text under “Trial” names a winner: “The long letter won in every port”"),
        # Minutes, and other times.
        ("clinical-incident-response",
         table("Step | Within", "Call | 5 min", "Close | 10 min", "Report | 90 minutes"),
         "3 steps in the table are each timed to the minute"),
        ("clinical-incident-response",
         table("Step | Within", "Call | 5 min", "Close | 10 min", "Report | 2 days"),
         "3 steps in the table each have a fixed time"),
        ("clinical-incident-response",
         table("Step | Within", "Call | 5 min", "Close | 10 min", "Report | later"),
         "2 of 3 steps in the table have a fixed time"),
        ("improvement-cadence",
         table("Day | What", *(f"{day} | plan it" for day in
               ("Monday", "Tuesday", "Wednesday", "Thursday"))),
         "4 entries here follow one another, among them “Monday”, “Tuesday” and "
         "“Wednesday”"),
        ("platform-comparison", table("What | Tug | Ferry", "a | 1 | 2", "b | 3 | 4", "c | 5 | 6"),
         "All 3 rows in the table set “Tug” and “Ferry” against each other"),
        ("platform-comparison",
         table("What | Tug | Ferry", "a | 1 | 2", "b | 3 | 4", "c | 5 | 6", "d | 7 | 7"),
         "3 of 4 rows in the table set “Tug” and “Ferry” against each other"),
        ("monitoring-thresholds",
         table("What | Warning | Critical", "Depth | 4 m | 3 m", "Wind | 20 | 30"),
         "All 2 rows in the table give a number under “Warning” and “Critical”"),
        ("monitoring-thresholds",
         table("What | Warning | Critical", "Depth | 4 m | 3 m", "Wind | 20 | never"),
         "All 2 rows in the table give a number under “Warning”"),
        ("capacity-false-precision",
         table("Year | Ships | Cranes", "1 | 10 | 2", "2 | 11 | 3", "3 | 12 | 4", "4 | 12 | 5"),
         "The numbers under “Ships” and “Cranes” in the table rise through 4 rows without a dip"),
        ("cost-itemization",
         table("What | Amount", "Oil | 3", "Rope | 4", "Paint | 5", "Grand total | 12"),
         "3 entries in the table end in a total"),
        ("checkpoint-box", "## Checkpoint: the tide so far\n\nIt rose.\n",
         "A section has the heading “Checkpoint: the tide so far”"),
        ("checkpoint-box", "## Tides\n\nCheckpoint: the tide rose.\n",
         "A block under “Tides” begins with “Checkpoint: the tide rose”"),
        # Of a text the sentence that addresses somebody, whatever else asks.
        ("interactive-prompt",
         "## Test\n\nThe port scored 28. Who asked? Where does your port stand? It matters.\n",
         "The reader is addressed under “Test”: “Where does your port stand?”"),
        ("interactive-prompt", "## Is your port ready?\n\nIt is.\n",
         "A heading addresses the reader: “Is your port ready?”"),
        ("interactive-prompt", "## Port\n\nIs it ready? Your port is. Is that enough?\n",
         "The reader is addressed under “Port”: “Your port is”"),
        ("postmortem-template", listing("Cause: [name it]", "Effect: ____", "Owner: <name>"),
         "3 places here are left to be filled in"),
    ],
)  # fmt: skip
def test_a_sentence_claims_what_is_counted(pattern: str, text: str, sentence: str) -> None:
    assert claimed(text, pattern) == sentence


@given(st.lists(st.sampled_from(["✅", "✅ done", "❌", "pending", "4 m"]), min_size=3, max_size=8))
def test_all_results_are_positive_only_if_they_are(cells: list[str]) -> None:
    said = claimed(
        table("What | Met", *(f"Lock | {cell}" for cell in cells)), "readiness-checklist"
    )
    good = sum(cell.startswith("✅") for cell in cells)
    if "results" in said:
        assert {"❌", "pending"}.isdisjoint(cells)
        first = f"All {good}" if good == len(cells) else f"{good} of {len(cells)}"
        assert said.startswith(f"{first} results under “Met”")


@pytest.mark.parametrize(
    "admission",
    [
        "Gate 7 failed twice.",
        "Two skippers objected to the new berth.",
        "We gave up the night ferry for it.",
        "Nobody knows whether it holds in winter.",
    ],
)
def test_what_is_there_is_not_said_to_be_missing(admission: str) -> None:
    text = f"## Readiness\n\n{table('What | Met', *(f'x{n} | ✅' for n in range(4)))}\n"
    assert reported(text, "readiness-checklist").endswith(
        ", and no sentence was found that names a cost, an objection or a limit"
    )
    assert MISSING not in reported(f"{text}{admission}\n", "readiness-checklist")


def test_a_passage_without_facts_is_quoted_where_it_is_most_telling() -> None:
    text = "\n\n".join(example.text for example in SHIPPED.patterns["triumphant-ending"].examples
                       if example.flagged)  # fmt: skip
    found = detect(outline_of_page(Path("page.md"), text), SHIPPED)
    [match, *_] = [section for section in found if section.pattern == "triumphant-ending"]
    quote = re.search(r"reads like an ending in which everything is achieved: “([^”]+)”",
                      match.message)  # fmt: skip
    assert quote is not None
    assert plain(quote[1].removesuffix(" …")) in plain(text)


# All patterns


def flagged_examples() -> list[tuple[str, str]]:
    return [
        (name, example.text)
        for name, pattern in SHIPPED.patterns.items()
        for example in pattern.examples
        if example.flagged and not example.budget
    ]


def plain(text: str) -> str:
    """Return a text without markup, raw HTML, case and line breaks."""
    text = re.sub(r"<[^<>]*>|[*_`“”‘’\"'\\]", "", text.replace("’", "'"))
    return " ".join(text.split()).lower()


def matches(text: str) -> list[Match]:
    return list(detect(outline_of_page(Path("page.md"), text), SHIPPED))


@pytest.mark.parametrize(("name", "text"), flagged_examples())
def test_each_shipped_pattern_has_a_sentence(name: str, text: str) -> None:
    found = [match for match in matches(text) if match.pattern == name]
    assert found
    for match in found:
        title = SHIPPED.patterns[name].title
        said = match.message.removeprefix(f"{title}: ")
        assert said != match.message
        # Evidence is for patterns of an author's own: nobody translates it.
        assert said not in match.evidence
        assert re.match(r"[A-Z0-9“]", said), said
        assert not re.search(r"%\(|[.!?]$|\n", said), said
        assert len(said) < 330, said
        for quote in re.findall(r"“([^”]+)”", said):
            cut = re.sub(r"\s?…$", "", quote)
            assert plain(cut) in plain(text) or quote == "not this, but that", quote


def test_what_is_quoted_of_strangers_texts_is_there(shared: Path) -> None:
    paths = sorted((shared / "cases").rglob("*.md"))
    assert len(paths) > 50
    quoted = 0
    for path in paths:
        text = path.read_text("utf-8")
        for match in matches(text):
            for quote in re.findall(r"“([^”]+)”", match.message):
                cut = re.sub(r"\s?…$", "", quote)
                assert plain(cut) in plain(text) or quote == "not this, but that", match.message
                quoted += 1
    assert quoted


def test_templates_name_what_exists() -> None:
    assert TEMPLATES
    for name, template in TEMPLATES.items():
        assert name in SHIPPED.patterns
        assert template.facts or template.reads
        for signal, params in (*template.facts, *template.unless):
            assert signal in SIGNALS or signal == "figures"
            assert params.get("lexicon", "readiness") in SHIPPED.lexicons
        for signal, _params in template.facts:
            assert signal in CLAUSES or signal == "figures"


def test_a_custom_pattern_states_its_facts_or_its_evidence() -> None:
    match = seen(sections("The Tide", "The Mole", "The Quay", "The Rope", "The Oil"),
                 "alike_headings", shape="page")  # fmt: skip
    assert match is not None
    assert match.message == "Own: 5 of 5 headings on this page begin with “The”"
    match = seen("Who pays?\n", "questions")
    assert match is not None
    assert match.message == "Own: it asks “Who pays?”"


# Warnings, and languages


@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_a_warning_has_the_sentence(new_book: Callable[..., Book], suffix: str) -> None:
    text = TERMINAL if suffix == "md" else RST
    book = new_book({f"index.{suffix}": text}, conf='revguide_flag = ["readiness-checklist"]\n')
    [one] = book.build().warnings
    assert (one.path, one.line) == (f"index.{suffix}", 5 if suffix == "md" else 10)
    assert one.text == (
        "Readiness checklist: All 3 results under “State” in the table under “Opening readiness” "
        "are positive, and no sentence was found that names a cost, an objection or a limit "
        "(requested by revguide_flag)"
    )


RST = """\
Terminal
========

Opening readiness
-----------------

.. list-table::
   :header-rows: 1

   * - Check
     - Required
     - Observed
     - State
   * - Gangway
     - 90 s
     - 74 s
     - Passed
   * - Gates
     - 12
     - 12
     - Passed
   * - Marshals
     - 100 %
     - 100 %
     - Passed

All checks are satisfied.
"""


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Alle 3 Ergebnisse unter „State“ in der Tabelle unter „Opening readiness“ sind "
               "positiv, und es wurde kein Satz gefunden, der Kosten, einen Einwand oder eine "
               "Grenze nennt"),
        ("fr", "Les 3 résultats sous «\u00a0State\u00a0» dans le tableau sous «\u00a0Opening "
               "readiness\u00a0» sont tous positifs, et aucune phrase trouvée ne nomme un coût, "
               "une objection ou une limite"),
    ],
)  # fmt: skip
def test_a_sentence_is_in_the_language_of_the_book(
    new_book: Callable[..., Book], language: str, sentence: str
) -> None:
    conf = f'revguide_flag = ["readiness-checklist"]\nlanguage = "{language}"\n'
    [one] = new_book({"index.md": TERMINAL}, conf=conf).build().warnings
    # A warning is one line, whose spaces are plain.
    assert one.text.startswith(f"Readiness checklist: {' '.join(sentence.split())} (")


def test_books_that_one_process_reads_keep_their_languages(new_book: Callable[..., Book]) -> None:
    said = []
    for language in ("de", "en", "fr"):
        conf = f'revguide_flag = ["readiness-checklist"]\nlanguage = "{language}"\n'
        folder = new_book({"index.md": TERMINAL}, conf=conf).srcdir
        [finding] = read_book(folder, folder).findings
        said.append(finding.message.removeprefix("Readiness checklist: ").split()[0])
    assert said == ["Alle", "All", "Les"]


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_translation_fills_the_same_places(language: str) -> None:
    path = LOCALE / language / "LC_MESSAGES" / f"{CATALOG}.po"
    with path.open("rb") as file:
        catalog = read_po(file)
    assert len(catalog) > 0
    for message in catalog:
        if message.id:
            fields = re.findall(r"%\(\w+\)[sd]|%s|%%", str(message.id))
            assert sorted(re.findall(r"%\(\w+\)[sd]|%s|%%", str(message.string))) == sorted(fields)
