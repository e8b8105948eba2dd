"""The corpus of labelled texts is what the documentation says it is, and detection keeps to it."""

from __future__ import annotations

from collections import Counter

import pytest

from sphinxext_revguide.patterns import detect, load_library
from sphinxext_revguide.patterns.samples import outline_of_sample
from tests.evaluation.corpus import Text, texts
from tests.evaluation.evaluate import operations

FIT, TEST = list(texts("fit")), list(texts("test"))


def test_there_are_enough_texts_of_each_kind() -> None:
    found = [*FIT, *TEST]
    assert len({section.domain for section in found}) >= 20
    assert {text.domain for text in FIT}.isdisjoint(text.domain for text in TEST)
    kinds = Counter((section.pattern, section.flagged) for section in found)
    assert {name for name, _flagged in kinds} == set(operations(load_library()))
    assert min(kinds.values()) >= 40
    forms = Counter((section.pattern, section.flagged, section.form) for section in found)
    assert {form for _name, _flagged, form in forms} == {"table", "list", "prose"}
    assert len(forms) == len(kinds) * 3


def test_no_text_occurs_twice() -> None:
    words = Counter(" ".join(text.text.split()).lower() for text in [*FIT, *TEST])
    assert words.most_common(1)[0][1] == 1


def _found(one: Text, *, strict: bool = False) -> bool:
    found = detect(outline_of_sample(one.text), load_library())
    return any(match.pattern == one.pattern and (match.is_strict or not strict) for match in found)


@pytest.mark.parametrize(
    ("strict", "least", "most"),
    [(False, 0.9, 0.05), (True, 0.9, 0.02)],
    ids=["sensitive", "strict"],
)
def test_texts_that_nothing_was_learned_from(strict: bool, least: float, most: float) -> None:
    wanted = [text for text in TEST if not text.voice]
    found = [text for text in wanted if _found(text, strict=strict)]
    flagged = sum(section.flagged for section in found)
    assert flagged >= least * sum(text.flagged for text in wanted)
    assert len(found) - flagged <= most * sum(not text.flagged for text in wanted)


def test_smooth_texts_that_are_told_by_somebody() -> None:
    """They look like clean ones: a quarter of them is found, which is reported."""
    wanted = [text for text in TEST if text.voice]
    assert len(wanted) == 30
    assert sum(map(_found, wanted)) >= 8
