"""The shipped pattern files are read from JSON that says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinxext_revguide import patterns as package
from sphinxext_revguide.patterns import load_library, loader
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
        assert list(library.lexicons[name].weights.items()) == list(lexicon.weights.items())
    assert len(from_files.lexicons) > 50


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
