"""CONTRIBUTING names files, functions and make targets that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = " ".join((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
PLACES = ("", "sphinxext_revguide", "docs", "sphinxext_revguide/sphinx")
PATHS = sorted(set(re.findall(r"`([\w./-]*[\w-]+(?:/|\.(?:py|md|json|toml)))`", TEXT)))
NAMES = sorted(
    {
        *((name, path) for name, path in re.findall(r"`([\w.]+)` \(`([\w/]+\.py)`\)", TEXT)),
        *((name, path) for name, path in re.findall(r"`([\w.]+)` in `([\w/]+\.py)`", TEXT)),
    }
)
NOT_YET = {"revguide.json"}
"""What a build writes."""


def found(path: str) -> Path | None:
    places = (ROOT / place / path for place in PLACES)
    return next((place for place in places if place.exists()), None)


@pytest.mark.parametrize("path", [path for path in PATHS if path not in NOT_YET])
def test_a_path_exists(path: str) -> None:
    assert found(path) is not None


@pytest.mark.parametrize(("name", "path"), NAMES)
def test_a_name_is_defined_in_its_file(name: str, path: str) -> None:
    file = found(path)
    assert file is not None
    text = file.read_text(encoding="utf-8")
    last = re.escape(name.rpartition(".")[2])
    definition = rf"""^\s*(?:(?:def|class)\ {last}\b|{last}\b.*\ =\ |"{last}",)"""
    assert re.search(definition, text, re.MULTILINE)
