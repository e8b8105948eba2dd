"""What is compiled or imported when it is first used."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from sphinxext_revguide.render import evidence
from sphinxext_revguide.render.evidence import FORMS
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


LATE = (
    "babel.numbers",
    "rapidfuzz",
    "sphinxext_revguide.render.book_overview",
    "sphinxext_revguide.render.guide_overview",
    "sphinxext_revguide.render.pairs",
    "sphinxext_revguide.report.json_report",
    "sphinxext_revguide.text.facts_ledger",
)


def test_the_extension_imports_nothing_that_few_builds_need() -> None:
    modules = "config, i18n, render, report, sphinx.directives, sphinx.domain"
    imports = ", ".join(f"sphinxext_revguide.{name}" for name in modules.split(", "))
    said = f"import sys, {imports}; print([name for name in {LATE} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_forms_whose_words_a_text_has_are_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_now = re.compile

    def noted(text: str, flags: int) -> re.Pattern[str]:
        compiled.append(text)
        return compile_now(text, flags)

    fresh = tuple((words, late(form.pattern, form.flags), said) for words, form, said in FORMS)
    monkeypatch.setattr(evidence, "FORMS", fresh)
    monkeypatch.setattr(re, "compile", noted)
    assert evidence.evidence_in_words(["3 emoji: ✅"]) == ["Emoji: 3 (✅)."]
    assert len(compiled) < 4
