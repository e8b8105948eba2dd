"""Writes the shipped pattern files as JSON, for ``parsed_packs`` to read."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping

from sphinxext_revguide.patterns.lexicons import Lexicon
from sphinxext_revguide.patterns.parsed_packs import WEIGHTS, Tables, digest_of, shipped_texts
from sphinxext_revguide.patterns.pattern_file import weighted
from sphinxext_revguide.patterns.scales import Table


def as_json(texts: Mapping[str, str]) -> str:
    """Return the content of ``packs.json`` for some files: one line for each."""
    tables = ",\n".join(f"{_line(name)}:{_line(_tables(text))}" for name, text in texts.items())
    return f'{{"digest":{_line(digest_of(texts))},"files":{{\n{tables}\n}}}}\n'


def _tables(text: str) -> Tables:
    """Return the tables of a file, with one table for all weights that are written as texts."""
    tables = tomllib.loads(text)
    lexicons = tables.get("lexicon", {})
    written = {
        name: lexicons.pop(name)["weights"]
        for name, lexicon in list(lexicons.items())
        if isinstance(lexicon.get("weights"), str)
    }
    if written:
        weights = Table.of({name: _graded(name, text) for name, text in written.items()})
        zones = {zone: sorted(words) for zone, words in sorted(weights.zones.items())}
        tables[WEIGHTS] = {"names": weights.names, "rows": weights.rows, "zones": zones}
    return tables


def _graded(name: str, text: str) -> Lexicon:
    weights = {word: weight for word, weight in weighted(text) if weight is not None}
    return Lexicon(name, weights, graded=True)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.stdout.write(as_json(shipped_texts()))
