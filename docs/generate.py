"""Generates pages from the code and the measurements: reference, patterns, figures of detection."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reference_pages

from sphinxext_revguide.patterns import Pattern, load_library

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
FIGURES = HERE.parent / "tests" / "evaluation" / "figures.json"
JUDGED = FIGURES.with_name("judged.toml")
PARTS = {
    "directives": reference_pages.directives,
    "warnings": reference_pages.warnings,
    "configuration": reference_pages.configuration,
    "formats": reference_pages.formats,
    "command-line": reference_pages.command_line,
    "report": reference_pages.report,
    "pattern-files": reference_pages.pattern_files,
    "signals": reference_pages.signals,
}
"""Generated parts of pages, by the name of the file that pages include."""


def generate(_app: Sphinx) -> None:
    """Write all generated pages; leave unchanged files alone."""
    figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    library = load_library()
    remove_stale(HERE / "reference" / "patterns", {"index", *library.patterns})
    for pattern in library.patterns.values():
        write(f"reference/patterns/{pattern.id}.md", "\n".join(pattern_page(pattern, figures)))
    write("reference/patterns/index.md", "\n".join(pattern_index(library.patterns.values())))
    write("_generated/figures.md", "\n".join(quality(figures)))
    write("_generated/named-issues.md", "\n".join(named_issues(figures.get("naming", {}))))
    for name, part in PARTS.items():
        write(f"_generated/{name}.md", "\n".join(part()))


def remove_stale(folder: Path, names: Set[str]) -> None:
    """Remove the pages of patterns that another branch had: no toctree contains them."""
    for path in folder.glob("*.md"):
        if path.stem not in names:
            path.unlink()


def write(name: str, text: str) -> None:
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != text + "\n":
        path.write_text(text + "\n", encoding="utf-8")


def pattern_page(pattern: Pattern, figures: dict[str, Any]) -> Iterator[str]:
    yield f"# {pattern.title}\n"
    yield f"`{pattern.id}`, family *{pattern.family}*\n"
    yield f"`````{{revision-pattern}} {pattern.id}\n"
    row = figures.get("corpus", {}).get("rows", {}).get(pattern.id)
    if row:
        yield "**Measured**\n"
        yield (
            f"On held-out texts: {row['found']} of {row['flagged']} flagged texts found, "
            f"{row['alarms']} of {row['clean']} clean texts flagged."
        )
        found = [one for one in figures["documentation"]["findings"] if one.endswith(pattern.id)]
        words = f"{figures['documentation']['words']:,}"
        yield f"In {words} words of documentation written by people: {len(found)} findings."
    else:
        yield "**Measured**\n"
        yield "The limit is set by hand and is not measured on a corpus."
    if pattern.yields_to:
        others = ", ".join(f"{{revguide:pattern}}`{one}`" for one in pattern.yields_to)
        yield f"\n**Reported instead**\n\nIf both match the same passage: {others}."
    yield "`````"


def pattern_index(patterns: Any) -> Iterator[str]:
    yield "# Patterns\n"
    yield "Every page is searched for these patterns. A finding is flagged if an issue or"
    yield "`revguide_flag` names its pattern.\n"
    ordered = sorted(patterns, key=lambda one: one.id)
    for title, learned in (("Operations", True), ("Manuscript", False)):
        yield f"## {title}\n"
        yield "| Pattern | What it flags |\n|---|---|"
        for one in ordered:
            if any(form.least_weights for form in one.forms) is learned:
                yield f"| {{doc}}`{one.id} <{one.id}>` | {one.what} |"
        yield ""
    yield "```{toctree}\n:hidden:\n"
    yield from (one.id for one in ordered)
    yield "```"


def summary(figures: dict[str, Any]) -> Iterator[str]:
    """Yield the figures on held-out texts and documentation."""
    hands = figures["unseen"]["hands"]
    yield (
        "| Texts | Limit | Flagged texts found | 95% interval "
        "| Clean look-alikes flagged | 95% interval |"
    )
    yield "|---|---|---|---|---|---|"
    measured = figures["measured"]["all"]
    for limit in ("sensitive", "strict"):
        left_out = f"{len(hands)} writers, left out in turn | {limit}"
        kept = f"{len(figures['measured']) - 1} held-out writers | {limit}"
        yield _limit_row(left_out, hands.values(), limit)
        yield _limit_row(kept, [measured], limit)
    yield ""
    for form in ("table", "list", "prose"):
        found = [_of_form([*hands.values(), measured], limit, form) for limit in LIMITS]
        yield f"* As {form}: {found[0]} found at the sensitive limit, {found[1]} at the strict one."
    yield ""
    human = figures["human"]
    if human:
        words = human["words"]
        for limit, count in (("sensitive", human["sensitive"]), ("strict", len(human["strict"]))):
            low, high = (10**5 / words * one for one in of_rare(count))
            yield (
                f"* Handbooks, runbooks and minutes written by people, {words:,} words from "
                f"held-out repositories, {limit} limit: {count} findings, "
                f"{count / words * 10**5:.2f} per 100,000 words ({low:.2f} to {high:.2f})."
            )


LIMITS = ("sensitive", "strict")


def _limit_row(name: str, rows: Iterable[dict[str, int]], limit: str) -> str:
    every = list(rows)
    cells = []
    for what, of in (("found", "flagged"), ("alarms", "clean")):
        count, total = (sum(row[key] for row in every) for key in (f"{limit}_{what}", of))
        low, high = interval(count, total)
        cells.append(f"{count} of {total}: {count / total:.2f} | {low:.2f} to {high:.2f}")
    return f"| {name} | {' | '.join(cells)} |"


def _of_form(rows: Iterable[dict[str, int]], limit: str, form: str) -> str:
    every = list(rows)
    keys = (f"{limit}_found_{form}", f"flagged_{form}")
    found, total = (sum(row.get(key, 0) for row in every) for key in keys)
    return f"{found} of {total}"


def of_rare(count: int) -> tuple[float, float]:
    """Return Byar's approximation of the 95% interval of a count of rare events."""
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * count**0.5)) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + 1.96 / (3 * more**0.5)) ** 3


def quality(figures: dict[str, Any]) -> Iterator[str]:
    if not figures:
        yield "Not measured yet: run `make evaluate`."
        return
    yield from summary(figures)
    yield "\nThe findings at the strict limit in this documentation, as judged by a reader:\n"
    judged = tomllib.loads(JUDGED.read_text("utf-8"))
    for one in figures["human"]["strict"]:
        place, _blank, pattern = one.rpartition(" ")
        yield f"* `{one}`: {judged.get(place.rpartition(':')[0], {}).get(pattern, 'not judged')}"
    yield "\nBy pattern, on the held-out texts of the older corpus:\n"
    yield from shares(figures["corpus"]["rows"])
    yield ""
    for hand, row in figures["corpus"]["hands"].items():
        yield (
            f"* {hand.capitalize()} writer ({', '.join(row['domains'])}): {row['found']} of "
            f"{row['flagged']} found, {row['alarms']} of {row['clean']} clean texts flagged."
        )
    yield (
        "\nMissed: "
        + (", ".join(f"`{one}`" for one in figures["corpus"]["missed"]) or "none")
        + "."
    )
    alarms = ", ".join(f"`{one}`" for one in figures["corpus"]["alarms"]) or "none"
    yield f"False positives: {alarms}.\n"
    docs = figures["documentation"]
    yield (
        f"In documentation written by people, {docs['words']:,} words, {len(docs['findings'])} "
        f"findings: {docs['per_100000']} per 100,000 words.\n"
    )
    judged = tomllib.loads(JUDGED.read_text("utf-8"))
    for one in docs["findings"]:
        place, _blank, pattern = one.rpartition(" ")
        why = judged.get(place.rpartition(":")[0], {}).get(pattern, "not judged yet")
        yield f"* `{one}`: {why}"
    for name, title in (("long", "Long"), ("short", "Short")):
        row = figures["cases"][name]["rows"]["all"]
        yield (
            f"\n{title} texts written by an editor, outside this repository and held out: "
            f"{row['found']} of {row['flagged']} found, {row['alarms']} of {row['clean']} clean "
            f"texts flagged. Missed: {', '.join(figures['cases'][name]['missed']) or 'none'}."
        )


def named_issues(writers: dict[str, dict[str, int]]) -> Iterator[str]:
    """Yield how many issues of each writer the importer names."""
    heads = (
        "Issues",
        "About a pattern",
        "Named right",
        "Left as a comment",
        "Missing",
        "Named wrong",
    )
    yield f"| Writer | {' | '.join(heads)} |"
    yield "|---|---|---|---|---|---|---|"
    for writer, row in writers.items():
        right = f"{row['right']}: {row['right'] / row['pattern']:.2f}"
        wrong = f"{row['wrong']}: {row['wrong'] / row['issues']:.3f}"
        cells = (row["issues"], row["pattern"], right, row["guessed"], row["missing"], wrong)
        yield f"| {writer} | {' | '.join(map(str, cells))} |"


def shares(rows: dict[str, dict[str, int]]) -> Iterator[str]:
    yield "| Pattern | Flagged texts found | 95% interval | Clean texts flagged | 95% interval |"
    yield "|---|---|---|---|---|"
    for name in sorted(rows, key=lambda one: (one == "all", one)):
        row = rows[name]
        low, high = interval(row["found"], row["flagged"])
        least, most = interval(row["alarms"], row["clean"])
        yield (
            f"| {name} | {row['found']} of {row['flagged']} | {low:.2f} to {high:.2f} "
            f"| {row['alarms']} of {row['clean']} | {least:.2f} to {most:.2f} |"
        )


def interval(hits: int, of: int) -> tuple[float, float]:
    """Return Wilson's interval of a share at 95%."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)
