"""Every theme shows the cards; no browser is needed. Themes that are not installed are skipped."""

from __future__ import annotations

import re

import pytest

from tests.themes import Pages

pytestmark = pytest.mark.builds


def test_a_theme_shows_cards_and_loads_what_they_need(themed: Pages) -> None:
    guide = (themed.outdir / "guide.html").read_text(encoding="utf-8")
    plain = (themed.outdir / "plain.html").read_text(encoding="utf-8")
    assert len(re.findall(r'id="revision-issue-g-\d+"', guide)) == 3
    assert "A wide table" in guide
    for asset in ("revguide.css", "revguide.js"):
        assert f"_static/{asset}" in guide
        assert f"_static/{asset}" not in plain
        assert (themed.outdir / "_static" / asset).is_file()
