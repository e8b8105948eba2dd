"""The corpus of labelled texts is what the documentation says it is, and detection keeps to it."""

from __future__ import annotations

from collections import Counter

import pytest

from sphinxext_revguide.patterns import detect, load_library
from sphinxext_revguide.patterns.standalone import outline_of_sample
from tests.evaluation.corpus import Text, texts
from tests.evaluation.evaluate import operations

FIT, TEST = list(texts("fit")), list(texts("test"))


def test_there_are_enough_texts_of_each_kind() -> None:
    found = [*FIT, *TEST]
    assert len({one.domain for one in found}) >= 20
    assert {one.domain for one in FIT}.isdisjoint(one.domain for one in TEST)
    kinds = Counter((one.pattern, one.flagged) for one in found)
    assert {name for name, _flagged in kinds} == set(operations(load_library()))
    assert min(kinds.values()) >= 40
    forms = Counter((one.pattern, one.flagged, one.form) for one in found)
    assert {form for _name, _flagged, form in forms} == {"table", "list", "prose"}
    assert len(forms) == len(kinds) * 3


def test_no_text_occurs_twice() -> None:
    words = Counter(" ".join(one.text.split()).lower() for one in [*FIT, *TEST])
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
    wanted = [one for one in TEST if not one.voice]
    found = [one for one in wanted if _found(one, strict=strict)]
    flagged = sum(one.flagged for one in found)
    assert flagged >= least * sum(one.flagged for one in wanted)
    assert len(found) - flagged <= most * sum(not one.flagged for one in wanted)


def test_smooth_texts_that_are_told_by_somebody() -> None:
    """They look like clean ones: a quarter of them is found, which is reported."""
    wanted = [one for one in TEST if one.voice]
    assert len(wanted) == 30
    assert sum(map(_found, wanted)) >= 8
