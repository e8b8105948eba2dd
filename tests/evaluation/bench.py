"""Measures cost: run by ``make bench``.

Every build is a process of its own, and variants take turns, so that what else a machine does
falls on all of them. CPU time is compared; wall time is printed beside it.
"""

from __future__ import annotations

import argparse

from tests.evaluation.bench_build import measure_builds
from tests.evaluation.bench_cards import measure_cards
from tests.evaluation.bench_detectors import measure_detectors
from tests.evaluation.bench_editor import measure_editor
from tests.evaluation.bench_growth import measure_growth

PARTS = ("builds", "cards", "detectors", "editor", "growth")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cards", type=int, nargs="+", default=[1000, 2000, 5000, 10000])
    parser.add_argument("--compared", type=int, default=2000, help="cards beside needs")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    arguments = parser.parse_args()
    if "builds" in arguments.only:
        measure_builds(arguments.pages, arguments.rounds)
    if "cards" in arguments.only:
        measure_cards(arguments.cards, arguments.compared, arguments.rounds)
    if "detectors" in arguments.only:
        measure_detectors(min(arguments.pages, 100), arguments.rounds)
    if "editor" in arguments.only:
        measure_editor(arguments.pages, arguments.rounds)
    if "growth" in arguments.only:
        measure_growth()


if __name__ == "__main__":
    main()
