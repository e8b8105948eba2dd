"""Numbers in the language of the book."""

from __future__ import annotations

import pytest
from babel.numbers import format_decimal

from sphinxext_revguide.render import words


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("value", [0, 7, 7.0, 7.5, -7, 999, 1000, 1234.5])
def test_numbers_are_written_as_their_language_writes_them(
    monkeypatch: pytest.MonkeyPatch, language: str, value: float
) -> None:
    monkeypatch.setattr(words, "_", {"en": language}.get)
    assert words.number(value) == format_decimal(value, locale=language)
