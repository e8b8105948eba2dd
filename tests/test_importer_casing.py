"""The importer: titles in capitals are written as the guide writes their words."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer.recognise.casing import Casing

TEXT = [
    "# HARBOUR GUIDE",
    "The boats run on Kubernetes, and MLOps is a word that Berta likes.",
    "She has an iPhone, a PDF of the SLA, and TIDE™ on the wall.",
    "**Narrative Issues:** The tide is told twice, and Berta likes it.",
    "## QUICK WINS (3 hours) - Do First",
    "Read The Whole Timeline Of Tides.",
    "The method is UNAMBIGUOUS, not partial.",
    "The gate of the harbour is old. Gate after gate was mended by Berta.",
]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("THE GATE ON KUBERNETES", "The gate on Kubernetes"),
        ("MLOPS TABLES", "MLOps tables"),
        ("IPHONE PICTURES OF BERTA", "iPhone pictures of Berta"),
        ("A PDF FOR THE SLA", "A PDF for the SLA"),
        ("TIDE™ REPETITION", "TIDE™ repetition"),
        ("MLOps and the iPhone", "MLOps and the iPhone"),
    ],
)
def test_names_keep_their_capitals(title: str, shown: str) -> None:
    assert Casing(TEXT).normal(title) == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("PART 1: NARRATIVE ISSUES", "Part 1: Narrative issues"),
        ("10 MAJOR ISSUES", "10 major issues"),
        ("QUICK WINS (3 hours)", "Quick wins (3 hours)"),
        ("IMPLEMENTATION TIMELINE", "Implementation timeline"),
        ("AN UNAMBIGUOUS GUIDE", "An unambiguous guide"),
    ],
)
def test_words_of_labels_and_headings_are_no_names(title: str, shown: str) -> None:
    assert Casing(TEXT).normal(title) == shown
