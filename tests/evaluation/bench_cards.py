"""Books of many cards, beside books of as many sphinx-needs items that say the same."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tests.evaluation.bench_books import write_cards
from tests.evaluation.bench_process import build, median

ON_A_PAGE = 10
_TITLE = re.compile(r"Checklist \d+ without a doubt")


def measure_cards(counts: list[int], compared: int, rounds: int) -> None:
    """Print what books of some numbers of cards take, and those of a number of needs.

    :param compared: how many cards and needs are compared, over many pages and on one.
    """
    print(f"\ncards, {ON_A_PAGE} a page, as many chapters as pages: CPU s, ms a card")
    for count in counts:
        used = _median("idle", count, ON_A_PAGE, rounds)
        print(f"{count:8,}{used:10.2f}{1000 * used / count:10.2f}")
    for where, on_a_page in ((f"{ON_A_PAGE} a page", ON_A_PAGE), ("on one page", compared)):
        cards = _median("idle", compared, on_a_page, rounds)
        needs = _median("needs", compared, on_a_page, rounds)
        print(f"{compared:,} {where}: cards {cards:.2f} s, sphinx-needs {needs:.2f} s, ", end="")
        print(f"ratio {cards / needs:.2f}")


def _median(kind: str, cards: int, on_a_page: int, rounds: int) -> float:
    found = []
    for _round in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "source"), Path(folder, "out")
            source.mkdir()
            write_cards(source, kind, cards, on_a_page)
            found.append(build(source, out).cpu)
            _check(out, cards)
    return median(found)


def _check(out: Path, cards: int) -> None:
    """See to it that what was measured was built.

    :raises RuntimeError: if a card or an item is missing from the pages.
    """
    shown: set[str] = set()
    for page in out.glob("guide*.html"):
        shown.update(_TITLE.findall(page.read_text(encoding="utf-8")))
    if len(shown) != cards:
        msg = f"only {len(shown)} of {cards} are in the pages"
        raise RuntimeError(msg)
