"""Writes the pages that say what the code says: patterns, signals, measured figures."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.patterns import Pattern, load_library
from sphinxext_revguide.patterns.shapes import SHAPES
from sphinxext_revguide.patterns.signals import SIGNALS, choices, parameters

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
FIGURES = HERE.parent / "tests" / "evaluation" / "figures.json"
PACKS = {"operations": "Operations", "manuscript": "Manuscript"}


def generate(_app: Sphinx) -> None:
    """Write all generated pages, touching none that has not changed."""
    figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    library = load_library()
    for pattern in library.patterns.values():
        write(f"reference/patterns/{pattern.id}.md", "\n".join(pattern_page(pattern, figures)))
    write("reference/patterns/index.md", "\n".join(pattern_index(library.patterns.values())))
    write("reference/signals.md", "\n".join(signals()))
    write("_generated/figures.md", "\n".join(quality(figures)))


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
        yield (
            f"**Measured**, on texts that nothing was learned from: {row['found']} of "
            f"{row['flagged']} flagged texts found, {row['alarms']} of {row['clean']} clean ones "
            "flagged."
        )
        found = [one for one in figures["documentation"]["findings"] if one.endswith(pattern.id)]
        words = f"{figures['documentation']['words']:,}"
        yield f"In {words} words of documentation written by people: {len(found)} findings."
    else:
        yield "How much is too much is set by hand; it is not measured on a corpus."
    if pattern.yields_to:
        others = ", ".join(f"{{revguide:pattern}}`{one}`" for one in pattern.yields_to)
        yield f"\nWhere both show in one place, these are told instead: {others}."
    yield "`````"


def pattern_index(patterns: Any) -> Iterator[str]:
    yield "# Patterns\n"
    yield "What is looked for on every page; flagged where an issue names it, or `revguide_flag`.\n"
    ordered = sorted(patterns, key=lambda one: one.id)
    for title, about in (("Operations", True), ("Manuscript", False)):
        yield f"## {title}\n"
        yield "| Pattern | What it flags |\n|---|---|"
        for one in ordered:
            if any(form.about for form in one.forms) is about:
                yield f"| {{doc}}`{one.id} <{one.id}>` | {one.what} |"
        yield ""
    yield "```{toctree}\n:hidden:\n"
    yield from (one.id for one in ordered)
    yield "```"


def signals() -> Iterator[str]:
    yield "# Signals\n"
    yield (
        "What a pattern file may look for. *Shapes* say where: "
        + ", ".join(f"`{shape}`" for shape in SHAPES)
        + ".\n"
    )
    for name in sorted(SIGNALS):
        yield f"## {name}\n"
        yield inspect.cleandoc(SIGNALS[name].__doc__ or "") + "\n"
        limited = choices(name)
        defaults = inspect.signature(inspect.unwrap(SIGNALS[name])).parameters
        for key, kind in parameters(name).items():
            allowed = (
                f": one of {', '.join(f'`{one}`' for one in limited[key])}"
                if key in limited
                else ""
            )
            yield f"* `{key}` ({kind.__name__}, default `{defaults[key].default!r}`){allowed}"
        yield ""


def quality(figures: dict[str, Any]) -> Iterator[str]:
    if not figures:
        yield "Not measured yet: run `make evaluate`."
        return
    yield "| Pattern | flagged texts found | clean texts flagged |\n|---|---|---|"
    for name, row in figures["corpus"]["rows"].items():
        yield f"| {name} | {row['found']} of {row['flagged']} | {row['alarms']} of {row['clean']} |"
    yield ""
    for hand, row in figures["corpus"]["hands"].items():
        yield (
            f"* The {hand} hand ({', '.join(row['domains'])}): {row['found']} of {row['flagged']} "
            f"found, {row['alarms']} of {row['clean']} flagged by mistake."
        )
    yield (
        "\nMissed: "
        + (", ".join(f"`{one}`" for one in figures["corpus"]["missed"]) or "none")
        + "."
    )
    alarms = ", ".join(f"`{one}`" for one in figures["corpus"]["alarms"]) or "none"
    yield f"Flagged by mistake: {alarms}.\n"
    docs = figures["documentation"]
    yield (
        f"In documentation written by people, {docs['words']:,} words, {len(docs['findings'])} "
        f"findings: {docs['per_100000']} in 100,000 words.\n"
    )
    yield from (f"* `{one}`" for one in docs["findings"])
