"""Sentences that testify excuse a passage; hollow ones do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.patterns import Match, detect, load_library, weigh
from sphinxext_revguide.patterns.hollow import shipped as hollow_model
from sphinxext_revguide.patterns.lexicons import tokens
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from sphinxext_revguide.patterns.testimony import shipped

PATTERN = "readiness-checklist"
TABLE = """
| Check | Required | Observed | State |
|---|---|---|---|
| Kiln reaches heat | 3 h | 2.5 h | Passed |
| Moulds cleaned | 100 % | 100 % | Passed |
| Glaze tested | 12 | 12 | Passed |
"""
CLAIM = "All checks are satisfied and the kiln is ready for the autumn season."
TESTIMONY = (
    "The kiln reached its heat only on the third try, and Marta, who fires it, wanted it left cold "
    "for a week; we lost 40 bowls in that one night."
)
HEDGE = "Of course, every launch has its challenges, and these were addressed with great care."


def page(*, beside: str = "", cell: str = "", item: str = "", section: str = "") -> str:
    """Return a flagged page with a text in one of the places where one may be."""
    row = f"| Water | 1 | 1 | {cell} |\n" if cell else ""
    listed = f"\n- {item}\n" if item else ""
    return (
        f"# Kiln\n\n## Opening readiness\n\n{CLAIM}\n\n{beside}\n{TABLE}{row}{listed}"
        f"\n### Afterwards\n\n{section or 'The doors open on Monday.'}\n"
    )


def looked_at(text: str) -> list[Match]:
    """Return what is weighed for the pattern."""
    found = weigh(outline_of_page(Path("kiln.md"), text), load_library())
    return [section for section in found if section.pattern == PATTERN]


def is_flagged(text: str) -> bool:
    """Return whether the pattern is found."""
    found = detect(outline_of_page(Path("kiln.md"), text), load_library())
    return any(section.pattern == PATTERN for section in found)


def test_without_a_word_it_is_flagged() -> None:
    assert is_flagged(page())


@pytest.mark.parametrize("place", ["beside", "cell", "item", "section"])
def test_testimony_excuses_wherever_it_stands(place: str) -> None:
    assert not is_flagged(page(**{place: TESTIMONY}))


@pytest.mark.parametrize("place", ["beside", "cell", "item", "section"])
def test_an_excused_place_names_the_sentence(place: str) -> None:
    excused = [match for match in looked_at(page(**{place: TESTIMONY})) if match.excused_by]
    assert excused
    assert all(match.excused_by == (TESTIMONY,) and not match.is_found for match in excused)


@pytest.mark.parametrize(
    ("testifies", "hollow"),
    [
        (TESTIMONY, HEDGE),
        (
            "Four tenants refused the new boiler, since it is loud between two and five at night.",
            "There was an open exchange of views, and everybody agreed in the end.",
        ),
        (
            "Ida found a crack in the valve on Sunday, three days after the inspector had gone.",
            "All risks were identified at an early stage and mitigated.",
        ),
        (
            "The 30 minutes are what the ambulance took in March, on a dry road.",
            "Targets were chosen with care and will be reviewed in due course.",
        ),
    ],
)
def test_testimony_weighs_more_than_what_is_hollow(testifies: str, hollow: str) -> None:
    model = shipped()
    assert model.weigh(testifies) > 0 > model.weigh(hollow)


@pytest.mark.parametrize(
    ("soft", "hollow"),
    [
        (
            "The harbour master still does not like the sound.",
            "Naturally, not everybody likes every change at once.",
        ),
        (
            "We still cannot say where the 3 % come from.",
            "We still have a lot to learn, and we look forward to it.",
        ),
        (
            "Nobody knows why the third pump starts by itself.",
            "Nobody can know everything in advance.",
        ),
    ],
)
def test_a_dislike_or_a_riddle_excuses_without_a_mishap(soft: str, hollow: str) -> None:
    assert not is_flagged(page(beside=soft))
    assert is_flagged(page(beside=hollow))


@pytest.mark.parametrize(
    "sentence",
    [
        "There was not a single complaint.",
        "No questions were left after the meeting.",
        "Everybody knows where the keys are and why.",
        "The harbour master likes the new sound.",
    ],
)
def test_who_denies_every_doubt_admits_nothing(sentence: str) -> None:
    assert is_flagged(page(beside=sentence))


@pytest.mark.parametrize("place", ["beside", "item", "section"])
def test_hollow_sentences_are_not_read(place: str) -> None:
    hollow = f"{HEDGE} However, no plan is ever perfect, and not every concern can be resolved."
    plain = "The doors open on Monday. Bring a coat and a towel."
    texts = (f"{plain} {hollow}", plain)
    scores = [[match.score for match in looked_at(page(**{place: text}))] for text in texts]
    assert max(scores[0]) >= max(scores[1]) - 0.1


@pytest.mark.parametrize(
    "sentence",
    [
        "Four tenants refused the new boiler, since it is loud between two and five at night.",
        "People who cannot come online may send a letter.",
        "Review failed logins every Monday.",
        "All checks are satisfied and the kiln is ready for the autumn season.",
    ],
)
def test_what_says_something_is_not_hollow(sentence: str) -> None:
    assert hollow_model().left(sentence, tokens(sentence)) == sentence


def test_only_the_hollow_sentences_of_a_text_are_left_out() -> None:
    text = f"{HEDGE} The valve cracked on Sunday. {HEDGE}"
    assert hollow_model().left(text, tokens(text)) == "The valve cracked on Sunday."


def test_explain_names_what_excuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kiln.md"
    path.write_text(page(beside=TESTIMONY), encoding="utf-8")
    line = next(
        number
        for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if text.startswith("| Kiln")
    )
    main(["patterns", "explain", f"{path}:{line}", "--pattern", PATTERN])
    reported = capsys.readouterr().out
    assert f"{PATTERN}: excused" in reported
    assert f"excused by: {TESTIMONY}" in reported


def test_no_fit_of_sentences_reads_the_hands_that_are_only_measured_on() -> None:
    pytest.importorskip("sklearn")
    from tests.evaluation.fit_hollow import everything
    from tests.evaluation.triples import KEPT, hands

    learned_from = {sentence.hand for sentence in everything()}
    assert set(KEPT) <= set(hands())
    assert learned_from.isdisjoint(KEPT)
    assert set(hands()) - set(KEPT) <= learned_from
