"""Texts as messages quote them."""

from __future__ import annotations

from sphinxext_revguide.text.in_words import short


def test_a_text_that_fits_is_quoted_whole_on_one_line() -> None:
    assert short("  The keeper\n  waits. ") == "The keeper waits."
    assert short("x" * 60) == "x" * 60


def test_a_longer_text_is_cut() -> None:
    assert short(f"{'x' * 56} {'y' * 20}") == f"{'x' * 56}…"
