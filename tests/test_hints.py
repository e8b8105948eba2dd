"""Words hint at what a text holds, and no text that holds something is without its hint."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sphinxext_revguide.patterns import load_library
from sphinxext_revguide.patterns.context import Reading
from sphinxext_revguide.patterns.hints import DIGIT, hint, hints_near_digits, hints_of
from sphinxext_revguide.patterns.lexicons import tokens
from sphinxext_revguide.patterns.outline import Outline
from sphinxext_revguide.patterns.signals import amounts, pages, plain_digits

OF_KINDS = {
    "money": "€3. 3 k€. usd 4. 5 pounds.",
    "availability": "It was up 99.9 % and 99 per cent.",
    "period": "mid-June. week 3. q2. day12.",
    "range": "or so. ±. 3 to 5. plus or minus.",
    "minute": "within an hour. +5. 3-5 min.",
    "comparison": "no later than 3. 5 % daily or more. between €3 and 5. falls below 3. >= 4.",
    "change": "from €4 a day to about €3. 4 ms -> 3. down 5 %. -5 %. growth of some 3 %.",
    "exact": "1,234. 3.25.",
    "duration": "3 min.",
    "clock": "10:30.",
}
PLAIN = (
    "5th of May", "2024-05-01", "3/4/24", "5 p.m.", "10:30", "starts daily from 10.30",
    "2019 to 21", "1.2.3", "v2", "1.2 or later", "status codes 404, 500", "pull request 3",
    "answers 404", "with Python 3.11", "see #5", "ABC-12", "+49 30 123456", "555-1234", "RFC2119",
    "§ 5",
)  # fmt: skip


def reading() -> Reading:
    """Return a reading of an empty page."""
    library = load_library()
    return Reading(Outline([]), library.known_texts(), library.scales)


def texts() -> list[str]:
    """Return the paragraphs and cells of some texts of the corpus."""
    path = Path(__file__).parent / "corpus" / "airline.toml"
    said = str(tomllib.loads(path.read_text("utf-8")))
    return [cell for line in said.split("\\n") for cell in line.split("|")]


def test_a_word_has_the_hints_of_its_parts_and_of_its_digits() -> None:
    bit = hint("quayside ‡")
    assert hints_of(["mid-quayside"]) == hints_of(["‡"]) == bit
    assert hints_of(["quayside5"]) == bit | DIGIT
    assert hints_of(["quaysides"]) == 0


def test_a_word_is_near_a_digit_up_to_five_words_away() -> None:
    bit = hint("quayside")
    assert hints_near_digits(["quayside", "a", "b", "c", "d", "5"]) & bit
    assert hints_near_digits(["5", "a", "b", "c", "d", "quayside"]) & bit
    assert not hints_near_digits(["quayside", "a", "b", "c", "d", "e", "5"]) & bit


@pytest.mark.parametrize("kind", OF_KINDS)
def test_a_text_that_holds_a_quantity_has_its_hint(kind: amounts.Kind) -> None:
    written = OF_KINDS[kind].removesuffix(".").split(". ")
    assert all(amounts._PATTERNS[kind].search(text.lower()) for text in written)
    extreme = "There are 3 and 4 tons, and nobody here knows of a case that reached the maximum."
    for text in (*written, extreme, *texts()):
        counts = kind in ("period", "range", "minute") or any(map(str.isdecimal, text))
        if counts and amounts._PATTERNS[kind].search(text.lower()):
            assert amounts._may_hold(kind, text, reading()), text


def test_a_text_has_the_hint_of_digits_that_measure_nothing() -> None:
    page = reading()
    assert all(plain_digits.measuring(text) != text for text in PLAIN)
    for text in (*PLAIN, *texts()):
        assert plain_digits.measured(page, text) == plain_digits.measuring(text)


def test_exact_figures_are_those_that_the_expression_finds_anywhere() -> None:
    written = ["$1,234 x$567 5.25% 12,345k. 2024 and 1.5/2, €3.75. a,345.6 7 %", *texts()]
    for text in written:
        assert list(pages._figures(text)) == pages._EXACT.findall(text)


def test_words_beside_their_marks_are_cut_alike() -> None:
    assert tokens("Well-known (it's), 3.5% — don't! x_y\ufe0f") == [
        "well-known", "(", "it's", ")", ",", "3", ".", "5", "%", "—", "don't", "!", "x_y",
    ]  # fmt: skip
