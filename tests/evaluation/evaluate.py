"""Measures detection and the importer: run by ``make evaluate``.

It writes ``figures.json``, which the docs show.

Nothing measured here was learned from: hands that the weights have not seen, repositories that are
only measured on, the part "test" of the corpus and of the documentation, and, where they are at
hand, the labelled cases and the real chapters beside the checkout. What is not at hand keeps the
figures that it had.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinxext_revguide.patterns import Library, detect, load_library
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.evaluation.corpus import texts
from tests.evaluation.documentation import pages
from tests.evaluation.titles import naming
from tests.evaluation.triples import kept
from tests.evaluation.unseen import UNSEEN, human_documentation, measured_hands

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))
from generate import named_issues, shares, summary

HERE = Path(__file__).parent
FIGURES = HERE / "figures.json"
SHARED = HERE.parents[2] / "shared"
Labelled = tuple[str, str, bool, str]
"""A name, the pattern, whether it is flagged, and the text."""


def operations(library: Library) -> list[str]:
    """Return the ids of the patterns that are measured here."""
    return sorted(
        pattern.id
        for pattern in library.patterns.values()
        if any(form.least_weights for form in pattern.forms)
    )


def measure(labelled: Iterable[Labelled], library: Library) -> dict[str, Any]:
    """Return counts per pattern, and what was wrong by name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: dict[str, list[str]] = {"missed": [], "alarms": []}
    for name, pattern, flagged, text in labelled:
        found = any(match.pattern == pattern for match in detect(outline_of_sample(text), library))
        counts[pattern]["flagged" if flagged else "clean"] += 1
        if found:
            counts[pattern]["found" if flagged else "alarms"] += 1
        if found is not flagged:
            wrong["missed" if flagged else "alarms"].append(name)
    keys = ("flagged", "found", "clean", "alarms")
    rows = {name: {key: counts[name][key] for key in keys} for name in sorted(counts)}
    rows["all"] = {key: sum(row[key] for row in rows.values()) for key in keys}
    return {"rows": rows, **wrong}


def corpus(library: Library) -> dict[str, Any]:
    """Measure the part of the corpus that nothing was learned from, hand by hand."""
    found = list(texts("test"))
    result: dict[str, Any] = measure(
        [(f"{t.domain}/{t.pattern}/{t.form}", t.pattern, t.flagged, t.text) for t in found], library
    )
    result["hands"] = {}
    for hand in sorted({section.hand for section in found}):
        own = [(t.domain, t.pattern, t.flagged, t.text) for t in found if t.hand == hand]
        domains = sorted({issue[0] for issue in own})
        result["hands"][hand] = {"domains": domains, **measure(own, library)["rows"]["all"]}
    return result


def cases(library: Library) -> dict[str, Any]:
    """Measure the labelled cases, the long ones and the short ones apart."""
    found = {}
    for folder in ("", "short"):
        labelled = []
        for path in sorted((SHARED / "cases" / folder).glob("*.md")):
            match = re.fullmatch(r"(.+?)-(pos|neg)-.*", path.stem)
            if match:
                labelled.append((path.stem, match[1], match[2] == "pos", path.read_text("utf-8")))
        found[folder or "long"] = measure(labelled, library)
    return found


def documentation(library: Library) -> dict[str, Any]:
    """Count what is flagged in documentation that people wrote."""
    words, found = 0, []
    ids = set(operations(library))
    for name, outline in pages("test"):
        words += sum(section.words for section in outline.sections)
        found += [
            f"{name}:{match.line} {match.pattern}"
            for match in detect(outline, library)
            if match.pattern in ids
        ]
    return {"words": words, "findings": found, "per_100000": round(len(found) / words * 1e5, 2)}


def chapters(library: Library) -> dict[str, Any]:
    """Return what is found in the real chapters: pattern and line."""
    result = {}
    for path in sorted((SHARED / "inputs").glob("*.manuscript.md")):
        found = detect(outline_of_page(path, path.read_text("utf-8")), library)
        result[path.name] = [f"{section.line} {section.pattern}" for section in found]
    return result


def main() -> None:
    """Measure, print, and write ``figures.json``."""
    library = load_library()
    known = json.loads(FIGURES.read_text("utf-8"))
    figures = {"unseen": json.loads(UNSEEN.read_text("utf-8")), "corpus": corpus(library)}
    figures["measured"] = measured_hands(library)
    human = human_documentation(library, set(operations(library)))
    figures["human"] = human or known.get("human", {})
    print(*summary(figures), sep="\n")
    _tell("corpus, test part", figures["corpus"])
    figures["documentation"] = _of_packages(library) or known["documentation"]
    figures["triples"] = kept(library)
    figures["naming"] = naming()
    print("\nissues named by the importer", *named_issues(figures["naming"]), sep="\n")
    if SHARED.is_dir():
        figures["cases"] = cases(library)
        for name, found in figures["cases"].items():
            _tell(f"cases, {name}", found)
        for name, lines in chapters(library).items():
            print(f"\n{name}", *lines, sep="\n  ")
    else:
        print("\nno ../shared: the labelled cases and the real chapters are not measured")
        figures["cases"] = known["cases"]
    FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _of_packages(library: Library) -> dict[str, Any] | None:
    """Measure the documentation of packages, ``None`` if they cannot be fetched."""
    try:
        docs = documentation(library)
    except OSError as error:
        print(f"\ndocumentation of packages: not measured ({error})")
        return None
    print(f"\ndocumentation of packages: {len(docs['findings'])} findings in {docs['words']:,} "
          f"words, {docs['per_100000']} per 100,000")  # fmt: skip
    print(*docs["findings"], sep="\n")
    return docs


def _tell(title: str, found: dict[str, Any]) -> None:
    print(f"\n{title}")
    print(*shares(found["rows"]), sep="\n")
    for hand, row in found.get("hands", {}).items():
        print(f"  {hand} ({', '.join(row['domains'])}): found {row['found']} of {row['flagged']}, "
              f"alarms {row['alarms']} of {row['clean']}")  # fmt: skip
    print("  missed:", ", ".join(found["missed"]) or "none")
    print("  alarms:", ", ".join(found["alarms"]) or "none")


if __name__ == "__main__":
    main()
