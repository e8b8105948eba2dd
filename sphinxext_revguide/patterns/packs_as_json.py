"""Writes the shipped pattern files as JSON, for ``parsed_packs`` to read."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping

from sphinxext_revguide.patterns.parsed_packs import Tables, digest_of, shipped_texts
from sphinxext_revguide.patterns.pattern_file import weighted


def as_json(texts: Mapping[str, str]) -> str:
    """Return what ``packs.json`` holds for some files: a line for each."""
    tables = ",\n".join(f"{_line(name)}:{_line(_tables(text))}" for name, text in texts.items())
    return f'{{"digest":{_line(digest_of(texts))},"files":{{\n{tables}\n}}}}\n'


def _tables(text: str) -> Tables:
    """Return the tables of a file, with weights that are written as a text as tables, too."""
    tables = tomllib.loads(text)
    for lexicon in tables.get("lexicon", {}).values():
        if isinstance(lexicon.get("weights"), str):
            lexicon["weights"] = dict(weighted(lexicon["weights"]))
    return tables


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.stdout.write(as_json(shipped_texts()))
