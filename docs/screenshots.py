"""Takes the pictures of the documentation from its own built pages, with Chromium.

``make screenshots`` runs it; ``python docs/screenshots.py BUILT FOLDER`` writes into a folder.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

GUIDE = "book/revision-guide.html"
CHAPTER = "book/running-agents-at-scale.html"
COLOURS = 255
"""Pictures of text need no more."""
MARGIN = 12


@dataclass(frozen=True)
class Shot:
    """A picture: its page, what is done there first, and the element (or elements) it shows."""

    name: str
    page: str
    shown: str
    width: int = 1300
    height: int = 0
    theme: str = "light"
    margin: int = MARGIN
    act: Callable[[Page], None] = lambda _page: None


def _open_mark(page: Page) -> None:
    page.locator("#ready-for-the-quay .revguide-mark > summary").first.click()


CARD = "#revision-issue-halmsund-1"

SHOTS = (
    Shot("card", GUIDE, CARD),
    Shot("dark", GUIDE, CARD, theme="dark"),
    Shot("comparison", GUIDE, ":nth-match(#revision-issue-halmsund-2 .revguide-pair, 2)"),
    Shot("overview", GUIDE, "#revision-guide-halmsund", height=745),
    Shot("marks", CHAPTER, "#ready-for-the-quay", margin=40, act=_open_mark),
    Shot("phone", GUIDE, CARD, width=390, height=760),
)
"""``card`` and ``dark`` are the same card; the start page shows the one that suits the reader."""


def take(built: Path, folder: Path) -> None:
    """Take all pictures of built pages, and write them into a folder.

    :raises RuntimeError: if Chromium is not installed.
    """
    programs = ("chromium-headless-shell", "chromium", "chromium-browser")
    chromium = next(filter(None, map(shutil.which, programs)), None)
    if chromium is None:
        msg = "Chromium is not installed"
        raise RuntimeError(msg)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in SHOTS:
            (folder / f"{shot.name}.png").write_bytes(_small(_taken(browser, built, shot)))
        browser.close()


def _taken(browser: Browser, built: Path, shot: Shot) -> bytes:
    page = browser.new_page(
        viewport={"width": shot.width, "height": 1600},
        device_scale_factor=1.5,
        color_scheme="dark" if shot.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto((built.resolve() / shot.page).as_uri())
    shot.act(page)
    # What floats over the page would hide what is meant.
    page.add_style_tag(content=".rg-review-bar, .mobile-header, .back-to-top {display: none}")
    shown = page.locator(shot.shown).first
    shown.evaluate("node => node.scrollIntoView({block: 'center', behavior: 'instant'})")
    page.wait_for_timeout(300)  # What comes into view is laid out only now.
    shown.evaluate("node => node.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = shown.bounding_box()
    if box is None:
        msg = f"{shot.page}: nothing is shown at {shot.shown!r}"
        raise RuntimeError(msg)
    clip = {
        "x": max(0, box["x"] - shot.margin),
        "y": max(0, box["y"] - MARGIN),
        "width": min(box["width"] + 2 * shot.margin, shot.width),
        "height": min(box["height"], shot.height or box["height"]) + 2 * MARGIN,
    }
    picture = page.screenshot(clip=clip)
    page.close()
    return picture


def _small(picture: bytes) -> bytes:
    """Return the picture with few colours."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
