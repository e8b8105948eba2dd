"""Detection does no work that cannot change a finding, and finds the same without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sphinxext_revguide.patterns import Match, detect, engine, load_library, testimony, weigh
from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.language import Library, SignalUse
from sphinxext_revguide.patterns.loader import load_text
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.patterns.signals import wording
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.signalling import table

PAGE = Path("page.md")
TABLE = table("Check | Cost | Cost now", "Rope | €900 | €700", "Pump | €80 | €60")
PATTERN = """
[lexicon.own]
words = ["tide"]

[[pattern]]
id = "own"
title = "Own"
what = "What."
why = "Why."
instead = "Instead."

[[pattern.form]]
shape = "section"
threshold = {threshold}
needs = [{{ signal = "head", weight = 1, lexicon = "column-old" }}]
for = [
  {{ signal = "quantities", weight = 1, kind = "money", most = 2 }},
  {{ signal = "says", weight = 1, lexicon = "own" }},
]
against = [{{ signal = "placeholders", weight = 5 }}, {{ signal = "links", weight = 5 }}]
"""


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The signals that are looked for, in order."""
    found: list[str] = []
    look = engine.look

    def looked(use: SignalUse, context: Any) -> Any:
        found.append(use.signal)
        return look(use, context)

    monkeypatch.setattr(engine, "look", looked)
    return found


def own_pattern(threshold: float) -> Library:
    """Return a library with one pattern and the shipped lexicons."""
    shipped = load_library()
    text = PATTERN.format(threshold=threshold).replace("column-old", "column-criterion")
    library, problems = load_text("own.toml", text, Library({}, shipped.lexicons))
    assert problems == ()
    return library


def test_no_signal_is_looked_for_where_the_score_cannot_be_enough(looks: list[str]) -> None:
    assert detect(outline_of_page(PAGE, TABLE), own_pattern(5.5)) == ()
    # 1 for the head, and 3 for "says" at most.
    assert looks == ["head", "says"]


def test_what_is_slow_to_look_for_comes_last(looks: list[str]) -> None:
    [match] = detect(outline_of_page(PAGE, TABLE), own_pattern(3.0))
    assert looks == ["head", "says", "quantities", "links", "placeholders"]
    assert match.score == 3.0


def test_what_is_needed_and_slow_to_look_for_comes_last(looks: list[str]) -> None:
    text = PATTERN.format(threshold=1.0).replace("column-old", "own")
    text = text.replace("needs = [", 'needs = [{ signal = "improving", weight = 1 }, ')
    library, problems = load_text("own.toml", text, Library({}, load_library().lexicons))
    assert problems == ()
    assert detect(outline_of_page(PAGE, f"The tide.\n\n{TABLE}"), library) == ()
    assert looks == ["head"]


def test_what_speaks_against_is_looked_for_only_where_enough_speaks_for(looks: list[str]) -> None:
    one_amount = table("Check | Cost", "Rope | €900")
    assert detect(outline_of_page(PAGE, one_amount), own_pattern(3.0)) == ()
    assert looks == ["head", "says", "quantities"]


def test_a_table_is_looked_at_once_for_all_that_contain_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: Counter[str] = Counter()
    text = f"# Pier\n\n## Ropes\n\n{TABLE}\n### Later\n\nIt rains.\n"
    library, _problems = load_text(
        "own.toml",
        PATTERN.format(threshold=1.0)
        .replace('shape = "section"', 'shape = ["table", "section", "group", "page"]')
        .replace("column-old", "column-criterion"),
        Library({}, load_library().lexicons),
    )
    context = Context.matches

    def matches(self: Context, lexicon: str, text: str) -> bool:
        calls[f"{lexicon} {text}"] += 1
        return context(self, lexicon, text)

    monkeypatch.setattr(Context, "matches", matches)
    assert len(detect(outline_of_page(PAGE, text), library)) == 1
    assert calls["column-criterion check"] == 1


def test_reasons_are_put_together_only_where_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def excuses(*given: object) -> Iterator[str]:
        asked.append(given)
        return iter(())

    monkeypatch.setattr(engine, "_excuses", excuses)
    [match] = detect(outline_of_page(PAGE, TABLE), own_pattern(3.0))
    assert asked == []
    assert match.evidence == ("column “check”", "4 amounts of money")
    assert match.against == match.excuses == ()
    assert len(asked) == 1


def _facts(match: Match) -> tuple[object, ...]:
    return (match.pattern, match.line, match.preference, match.members, match.score, match.evidence)


def test_what_is_not_looked_for_would_have_changed_nothing() -> None:
    library = load_library()
    texts = [example.text for pattern in library.patterns.values() for example in pattern.examples]
    compared = 0
    for text in texts:
        outline = outline_of_sample(text)
        enough = [
            _facts(match)
            for match in weigh(outline, library, all_of_them=True)
            if match.score >= match.threshold and (match.subject or 0) >= 0
        ]
        # A score is rounded once it is compared.
        found = [_facts(match) for match in weigh(outline, library)]
        assert found == enough
        compared += len(found)
    assert compared > len(library.patterns)


def test_a_sentence_is_judged_once_for_all_that_contain_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: Counter[str] = Counter()
    weigh_sentence = testimony.Testimony.weigh

    def weighed(self: testimony.Testimony, sentence: str) -> float:
        judged[sentence] += 1
        return weigh_sentence(self, sentence)

    monkeypatch.setattr(testimony.Testimony, "weigh", weighed)
    library = load_library()
    flagged = [one.text for one in library.patterns["readiness-checklist"].examples if one.flagged]
    found = detect(outline_of_page(PAGE, flagged[0]), library)
    assert [match.message for match in found]
    assert judged
    assert set(judged.values()) == {1}


def test_an_entry_may_go_over_two_titles() -> None:
    words = '[lexicon.own]\nwords = ["tide / mole", "pier * late"]\n'
    form = 'for = [{ signal = "title", lexicon = "own", above = 9 }]\nthreshold = 1.0\n'
    head, _form, _rest = PATTERN.partition("shape =")
    text = head.replace('[lexicon.own]\nwords = ["tide"]\n', words) + f'shape = "section"\n{form}'
    library, problems = load_text("own.toml", text, Library({}, {}))
    assert problems == ()
    for page in ("# Mole\n\n## Tide\n\nIt rains.\n", "# Late\n\n## Pier\n\nIt rains.\n"):
        [match] = detect(outline_of_page(PAGE, page), library)
        assert match.line == 3


def test_the_text_of_a_section_is_searched_once_for_all_its_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[Context] = []
    claimed = wording._claimed

    def counted(context: Context) -> Any:
        searched.append(context)
        return claimed(context)

    monkeypatch.setattr(wording, "_claimed", counted)
    tables = [
        table(
            "Check | Required | State",
            f"Gangway {number} | lowers in 30 s | ✅ Pass",
            f"Jackets {number} | 400 | ✅ Pass",
            f"Gates {number} | 12 of 12 | ✅ Pass",
        )
        for number in range(6)
    ]
    said = "\nThe result is good.\n\n"
    found = detect(outline_of_page(PAGE, f"# Pier\n\n{said}" + said.join(tables)), load_library())
    assert len(found) >= 6
    sections = [context.members for context in searched]
    assert len(sections) == len({*sections}) > 0
