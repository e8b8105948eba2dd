"""What signals find: where and how it is reported, and which of two findings."""

from __future__ import annotations

import pytest

from sphinxext_revguide.patterns import detect, weigh
from sphinxext_revguide.patterns.engine import signal_in_words
from sphinxext_revguide.patterns.language import Form, Library, Pattern, SignalUse
from sphinxext_revguide.patterns.lexicons import Lexicon
from sphinxext_revguide.patterns.outline import plain
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.signalling import GOOD, LEXICONS, PAGE, seen, table


def test_a_group_is_a_section_with_all_below_it_and_no_whole_chapter() -> None:
    chapter = "Rain. " * 1501
    page = (
        "# Plan\n\nHail.\n\n## Phase 1: a\n\nIce.\n\n### Phase 2: b\n\nSnow.\n\n"
        f"# Phase 3: c\n\n{chapter}\n"
    )
    match = seen(page, "staged", shape="group")
    assert match is not None
    assert (match.line, match.end_line, match.score) == (1, 11, 2)


def test_a_section_is_reported_at_its_table_and_a_group_at_its_heading() -> None:
    chapter = "Rain. " * 1501
    figures = table("A | B", "x | 1")
    page = f"# Plan\n\nHail.\n\n{figures}\n## Phase 1: a\n\nHail.\n\n# End\n\n{chapter}\n"
    section, group = (seen(page, "numeric", shape=shape) for shape in ("section", "group"))
    assert section is not None
    assert group is not None
    assert [(match.line, match.end_line) for match in (section, group)] == [(5, 7), (1, 11)]


def test_a_table_is_judged_without_its_neighbour() -> None:
    page = f"{table('A | Met', 'x | no', 'y | no', 'z | no')}\nAnd:\n\n{table('A | Met', *GOOD)}"
    match = seen(page, "positive_column", shape="table")
    assert match is not None
    assert match.line == 9


def test_a_warning_gives_three_reasons_and_the_report_all() -> None:
    uses = tuple(SignalUse(name, 1.0) for name in ("last", "prose_only", "questions", "links"))
    form = Form(("section",), 0.0, uses, 0.0, (), (), ())
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, LEXICONS)
    [match] = detect(outline_of_page(PAGE, "Who pays? See <https://a.example/>."), library)
    assert len(match.evidence) == 4
    assert [entry in match.message for entry in match.evidence] == [True, True, True, False]


def test_of_two_patterns_on_one_line_one_yields() -> None:
    form = Form(("paragraph",), 0.0, (SignalUse("prose_only", 1.0),), 0.0, (), (), ())
    meek = Pattern("meek", "Meek", "", "", "", forms=(form,), yields_to=("proud",))
    proud = Pattern("proud", "Proud", "", "", "", forms=(form,))
    library = Library({"meek": meek, "proud": proud}, LEXICONS)
    found = detect(outline_of_page(PAGE, "Rain.\n\nHail.\n"), library)
    assert [(section.pattern, section.line) for section in found] == [("proud", 1), ("proud", 3)]


def test_the_end_of_a_page_is_its_last_section() -> None:
    match = seen("# A\n\nRain.\n\n# B\n\nHail.\n", "last")
    assert match is not None
    assert match.line == 5
    ends = "# A\n\nRain.\n\n# B\n\n- hail\n"
    assert seen(ends, "ends_in_list", shape="page") is not None
    assert seen(ends + "\n# C\n\nSun.\n", "ends_in_list", shape="page") is None


def test_lines_are_those_of_what_was_seen() -> None:
    page = "# Harbour\n\nRain.\n\nThe tide.\n\n- hail\n- the mole\n\n" + table("A | B", "x | tides")
    match = seen(page, "occurrences", shape="page", lexicon="own")
    assert match is not None
    assert (match.line, match.score) == (5, 1)


def test_words_that_are_weighed_are_reported_by_weight_and_for_what_they_speak() -> None:
    weights = {
        "tide": 1.0, "mole": 2.0, "rain": -0.5, "of": 3.0, "of the": 2.5, "the quay": 1.5,
        "hail": -3.0, "!": 4.0, "snow": 0.0,
    }  # fmt: skip
    lexicons = {
        "own": Lexicon("own", weights, graded=True),
        "function-words": Lexicon.of("function-words", ("of", "the")),
    }
    form = Form(
        ("section",), 0.0, (), 0.0, (), (SignalUse("weighed", 1.0, {"lexicon": "own"}),), ()
    )
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, lexicons)
    text = "Tide, mole and rain of the quay, tide and hail and snow!"
    [match] = detect(outline_of_page(PAGE, text), library)
    assert match.evidence == ("typical wording: “mole”, “the quay”, “tide”",)
    assert match.against == ("wording against it: “hail”, “rain”",)
    assert match.score == 1 + 2 - 0.5 + 3 + 2.5 + 1.5 - 3 + 4


def test_of_many_words_that_are_weighed_four_are_reported() -> None:
    # A letter and a number say nothing to a reader.
    words = {"c": 9.0, "90": 8.0, "tide": 5.0, "mole": 4.0, "rain": 3.0, "up": 2.0, "snow": 1.0}
    use = SignalUse("weighed", 1.0, {"lexicon": "own"})
    form = Form(("section",), 0.0, (), 0.0, (), (use,), ())
    library = Library(
        {"own": Pattern("own", "Own", "", "", "", forms=(form,))},
        {"own": Lexicon("own", words, graded=True)},
    )
    [match] = detect(outline_of_page(PAGE, "Snow, up, rain, mole, tide, c, 90."), library)
    assert match.evidence == ("typical wording: “tide”, “mole”, “rain”, “up”",)


def test_matches_are_in_the_order_of_lines_and_of_patterns() -> None:
    form = Form(("paragraph",), 0.0, (SignalUse("prose_only", 1.0),), 0.0, (), (), ())
    patterns = {name: Pattern(name, name, "", "", "", forms=(form,)) for name in ("b", "c", "a")}
    found = detect(outline_of_page(PAGE, "Rain.\n\nHail.\n"), Library(patterns, LEXICONS))
    assert [(match.line, match.pattern) for match in found] == [
        (line, name) for line in (1, 3) for name in "abc"
    ]


def test_what_is_weighed_need_not_be_enough() -> None:
    form = Form(("section",), 2.0, (SignalUse("prose_only", 1.0),), 0.0, (), (), ())
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, LEXICONS)
    outline = outline_of_page(PAGE, "Rain.")
    assert list(weigh(outline, library)) == []
    [match] = weigh(outline, library, all_of_them=True)
    assert (match.score, match.is_found) == (1.0, False)


def test_a_match_is_where_its_first_signal_sees_something() -> None:
    uses = tuple(
        SignalUse("occurrences", 1.0, {"lexicon": name, "least": 1}) for name in ("days", "own")
    )
    form = Form(("page",), 0.0, uses, 0.0, (), (), ())
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, LEXICONS)
    text = "# A\n\nThe tide.\n\nOn Monday.\n"
    [match] = detect(outline_of_page(PAGE, text), library)
    assert (match.line, len(match.evidence)) == (5, 2)


def test_what_speaks_against_a_match_is_named() -> None:
    needs, against = (SignalUse("prose_only", 2.0),), (SignalUse("links", 1.0),)
    form = Form(("section",), -9.0, needs, 0.0, (), (), against)
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, LEXICONS)
    [match] = detect(outline_of_page(PAGE, "See <https://a.example/>."), library)
    assert (match.against, match.excuses) == (("1 links",), ())


def test_what_is_not_about_the_subject_is_no_match() -> None:
    needs, about = (SignalUse("prose_only", 1.0),), (SignalUse("says", 1.0, {"lexicon": "own"}),)
    form = Form(("section",), 0.0, needs, 1.0, about, (), ())
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, LEXICONS)
    tide, rain = (outline_of_page(PAGE, text) for text in ("The tide.", "Rain."))
    [match] = detect(tide, library)
    assert (match.subject, len(match.evidence)) == (0.0, 2)
    assert detect(rain, library) == ()
    [weighed] = weigh(rain, library, all_of_them=True)
    assert (weighed.subject, weighed.is_found) == (-1.0, False)


def test_what_would_excuse_names_its_words() -> None:
    against = (
        SignalUse("says", 1.0, {"lexicon": "own"}),
        SignalUse("quantities", 1.0, {"kind": "money"}),
        SignalUse("links", 1.0),
    )
    form = Form(("section",), 0.0, (SignalUse("prose_only", 1.0),), 0.0, (), (), against)
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, LEXICONS)
    [match] = detect(outline_of_page(PAGE, "Rain."), library)
    assert match.excuses == (
        "Sentences contain words of the lexicon “own”",
        "There are quantities of one kind (money)",
        "There are links in the section",
    )


def test_every_word_of_the_shipped_lexicons_can_be_found() -> None:
    """A page has no typographic dots and dashes, and a star is at the end of a word."""
    lost = [
        (name, entry)
        for name, lexicon in LEXICONS.items()
        for entry in lexicon.weights
        if not lexicon.matches(plain(entry.replace("*", "x")))
    ]
    assert lost == []


def test_a_score_that_just_reaches_the_threshold_is_enough() -> None:
    against = (SignalUse("questions", 1.0), SignalUse("links", 1.0))
    form = Form(("section",), 1.0, (), 0.0, (), (SignalUse("prose_only", 1.0),), against)
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, LEXICONS)
    [match] = detect(outline_of_page(PAGE, "Rain.\n"), library)
    assert (match.score, match.threshold) == (1.0, 1.0)
    assert match.excuses
    assert not detect(outline_of_page(PAGE, "Who pays?\n"), library)


def test_a_page_is_known_by_its_title_and_a_section_by_its_words() -> None:
    text = "# Quay\n\n## Tides\n\nRain.\n\n- hail\n"
    page = seen(text, "last", shape="page")
    assert page is not None
    assert (page.line, page.end_line, page.key, page.section) == (1, 7, "Quay", "")
    later = seen(text.replace("Rain", "Snow"), "last", shape="page")
    assert later is not None
    assert later.key == page.key
    section = seen("# Quay\n\nRain.\n\n# Tides\n\nHail.\n", "last")
    assert section is not None
    assert (section.key, section.section) == ("Hail.", "Tides")


def test_only_a_form_with_a_subject_has_one() -> None:
    plain_form = seen("Rain.\n", "prose_only")
    assert plain_form is not None
    assert plain_form.subject is None
    weights = {"own": Lexicon("own", {"tide": 3.0}, graded=True)}
    use = SignalUse("weighed", 1.0, {"lexicon": "own", "least": 1})
    form = Form(("section",), 1.0, (use,), 0.0, (), (), ())
    library = Library({"own": Pattern("own", "Own", "", "", "", forms=(form,))}, weights)
    [match] = detect(outline_of_page(PAGE, "Tide.\n"), library)
    assert match.subject is not None
    assert round(match.subject, 2) == round(match.score - match.threshold, 2) > 0


@pytest.mark.parametrize(
    ("signal", "params", "words"),
    [
        ("quantities", {"kind": "money"}, "There are quantities of one kind (money)"),
        ("weighed", {"lexicon": "own"}, "negative (own)"),
        ("says", {"lexicon": "own"}, "the lexicon “own”"),
        ("links", {}, "There are links in the section"),
    ],
)
def test_a_signal_is_said_with_what_it_searches_for(
    signal: str, params: dict[str, str], words: str
) -> None:
    assert words in signal_in_words(SignalUse(signal, 1.0, params))
