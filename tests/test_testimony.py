"""Sentences that testify excuse a passage; hollow ones do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.patterns import Match, detect, load_library, weigh
from sphinxext_revguide.patterns.standalone import outline_of_page
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
    """Return a flagged page with a text in one of the places where one may stand."""
    row = f"| Water | 1 | 1 | {cell} |\n" if cell else ""
    listed = f"\n- {item}\n" if item else ""
    return (
        f"# Kiln\n\n## Opening readiness\n\n{CLAIM}\n\n{beside}\n{TABLE}{row}{listed}"
        f"\n### Afterwards\n\n{section or 'The doors open on Monday.'}\n"
    )


def looked_at(text: str) -> list[Match]:
    """Return what is weighed for the pattern."""
    found = weigh(outline_of_page(Path("kiln.md"), text), load_library())
    return [one for one in found if one.pattern == PATTERN]


def is_flagged(text: str) -> bool:
    """Tell whether the pattern is found."""
    found = detect(outline_of_page(Path("kiln.md"), text), load_library())
    return any(one.pattern == PATTERN for one in found)


def test_without_a_word_it_is_flagged() -> None:
    assert is_flagged(page())


@pytest.mark.parametrize("place", ["beside", "cell", "item", "section"])
def test_testimony_excuses_wherever_it_stands(place: str) -> None:
    assert not is_flagged(page(**{place: TESTIMONY}))


@pytest.mark.parametrize("place", ["beside", "cell", "item", "section"])
def test_an_excused_place_names_the_sentence(place: str) -> None:
    excused = [one for one in looked_at(page(**{place: TESTIMONY})) if one.excused_by]
    assert all(one.excused_by == (TESTIMONY,) and not one.is_found for one in excused)


@pytest.mark.parametrize(
    ("testifies", "hollow"),
    [
        (TESTIMONY, HEDGE),
        (
            "The 30 minutes are what the ambulance took in March, on a dry road.",
            "Targets were chosen with care and will be reviewed in due course.",
        ),
    ],
)
def test_testimony_weighs_more_than_what_is_hollow(testifies: str, hollow: str) -> None:
    model = shipped()
    assert model.weigh(testifies) > 0 > model.weigh(hollow)


def test_explain_names_what_excuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kiln.md"
    path.write_text(page(beside=TESTIMONY), encoding="utf-8")
    line = next(
        number
        for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if text.startswith("| Kiln")
    )
    main(["patterns", "explain", f"{path}:{line}", "--pattern", PATTERN])
    told = capsys.readouterr().out
    assert f"{PATTERN}: excused" in told
    assert f"excused by: {TESTIMONY}" in told
