"""The shipped pattern files are read from JSON that says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinxext_revguide import patterns as package
from sphinxext_revguide.patterns import load_files, load_library, loader
from sphinxext_revguide.patterns.lexicons import tokens
from sphinxext_revguide.patterns.packs_as_json import as_json
from sphinxext_revguide.patterns.parsed_packs import parsed, shipped_texts

PATH = Path(package.__file__).with_name("packs.json")


def test_the_json_is_made_from_the_files() -> None:
    assert as_json(shipped_texts()) == PATH.read_text(encoding="utf-8"), "run make packs"


def test_the_json_and_the_files_are_the_same_library(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = parsed(shipped_texts())
    assert list(tables) == sorted(tables)
    assert len(tables) > 3
    monkeypatch.setattr(loader, "parsed", lambda _texts: {})
    from_files = load_library.__wrapped__()
    library = load_library()
    assert library == from_files
    assert list(library.patterns) == list(from_files.patterns)
    for name, lexicon in from_files.lexicons.items():
        # Of words that are weighed the order says nothing.
        if not lexicon.graded:
            assert list(library.lexicons[name].weights.items()) == list(lexicon.weights.items())
    assert len(from_files.lexicons) > 50


def test_words_weigh_the_same_beside_a_lexicon_of_the_authors(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[lexicon.own]\nweights = {'Not Ready' = 2, '90%' = -0.5, ready = 1}\n")
    shipped = load_library()
    library, problems = load_files([path], shipped)
    assert problems == ()
    texts = [tokens("All checks passed, so 90% are not ready.")]
    zones = {"heading": [tokens("Readiness")]}
    weights = {}
    for scales in (shipped.scales, library.scales):
        bag = scales.bag(texts, zones)
        weights[scales] = scales.weights(bag, "readiness-checklist")
    assert weights[library.scales] == weights[shipped.scales]
    assert {"ready", "passed", "heading:readiness"} <= set(weights[shipped.scales])
    assert library.scales.weights(bag, "own") == {"not ready": 2, "90 %": -0.5, "ready": 1}
    assert library.scales.weigh(bag)[library.scales.place("own")] == 2.5


def test_only_the_weights_of_words_that_are_met_are_read() -> None:
    library = load_library.__wrapped__()
    assert library.scales.weights(library.scales.bag([["ready", "berth"]], {}), "go-no-go")
    columns = [lexicon.weights for lexicon in library.lexicons.values() if lexicon.graded]
    assert len(columns) > 10
    assert not any("_weights" in vars(column) for column in columns)


def test_a_file_that_has_changed_is_read_itself() -> None:
    texts = shipped_texts()
    assert parsed(texts)
    assert parsed({**texts, "manuscript.toml": f"{texts['manuscript.toml']}\n"}) == {}
    assert parsed({**texts, "new.toml": ""}) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"digest": 1}', json.dumps({"files": {}})])
def test_json_that_is_damaged_is_not_read(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "packs.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sphinxext_revguide.patterns.parsed_packs.files", lambda _name: tmp_path)
    assert parsed({}) == {}
