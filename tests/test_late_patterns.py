"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from sphinxext_revguide.text.late_patterns import late


def test_a_late_pattern_is_compiled_once_and_when_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[tuple[str, int]] = []
    compile_now = re.compile

    def noted(text: str, flags: int) -> re.Pattern[str]:
        compiled.append((text, flags))
        return compile_now(text, flags)

    monkeypatch.setattr(re, "compile", noted)
    pattern = late("tides?", re.IGNORECASE)
    assert compiled == []
    assert pattern.findall("Tide, tides") == ["Tide", "tides"]
    assert pattern.findall("mole") == []
    assert compiled == [("tides?", re.IGNORECASE)]


def test_a_late_pattern_has_what_a_pattern_has() -> None:
    pattern, now = (
        late(r"(?P<tide>tide)", re.IGNORECASE),
        re.compile(r"(?P<tide>tide)", re.IGNORECASE),
    )
    assert pattern.sub("mole", "The Tide") == now.sub("mole", "The Tide")
    assert pattern.groupindex == now.groupindex
    assert pattern.pattern == now.pattern
    assert not hasattr(pattern, "mole")
