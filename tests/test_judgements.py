"""The evidence of a judgement in words."""

from __future__ import annotations

from sphinxext_revguide.patterns.engine import Judgement


def test_the_heaviest_words_are_named_for_and_against_a_pattern() -> None:
    judgement = Judgement(
        evidence=["two rows", "", "two rows"],
        against=["a date"],
        about=[lambda: {"pier": 1.0, "mole": 2.0}],
        weights=[
            lambda: {"calm": 1.0, "gale": -1.0, "the": 9.0, "12": 9.0, "b": 9.0, "null": 0.0},
            lambda: {"calm": 1.0, "keel": 1.5, "gale": -1.0, "oar": -3.0, "in dock": 0.5},
        ],
    )
    assert judgement.in_words({"the"}) == (
        ["it is about “mole”, “pier”", "two rows", "typical wording: “calm”, “keel”, “in dock”"],
        ["a date", "wording against it: “oar”, “gale”"],
    )


def test_no_more_than_four_words_are_named() -> None:
    judgement = Judgement(weights=[lambda: dict.fromkeys(("ef", "cd", "ab", "ij", "gh"), 1.0)])
    evidence, against = judgement.in_words(())
    assert all(word in evidence[0] for word in ("ab", "cd", "ef"))
    assert "ij" not in evidence[0]
    assert against == []
