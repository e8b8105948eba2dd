"""Every theme shows the cards; no browser is needed. Themes that are not installed are skipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import needs
from tests.themes import THEMES, build

pytestmark = pytest.mark.builds


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_shows_cards_and_loads_what_they_need(tmp_path: Path, theme: str) -> None:
    needs(theme)
    pages = build(tmp_path / theme, theme)
    guide = (pages.outdir / "guide.html").read_text(encoding="utf-8")
    plain = (pages.outdir / "plain.html").read_text(encoding="utf-8")
    assert len(re.findall(r'id="revision-issue-g-\d+"', guide)) == 3
    assert "A wide table" in guide
    for asset in ("revguide.css", "revguide.js"):
        assert f"_static/{asset}" in guide
        assert f"_static/{asset}" not in plain
        assert (pages.outdir / "_static" / asset).is_file()
