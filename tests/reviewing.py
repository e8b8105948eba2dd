"""What a reviewer does and sees on a page, in a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

REFUSE = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
FORBID = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('') } })"


def visit(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(card(page, 3).get_by_role("radio")).to_have_count(3)
    return page


def card(page: Page, number: int) -> Locator:
    return page.locator(f"div[data-issue='g-{number}']")


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Your review")


def count(page: Page) -> Locator:
    return bar(page).get_by_role("status")


def saved(page: Page, name: str = "") -> dict[str, Any]:
    with page.expect_download() as download:
        bar(page).get_by_role("button", name="Download review").click()
        page.wait_for_timeout(300)
        ask = page.get_by_role("dialog", name="Your name")
        if ask.count():
            ask.get_by_label("Your name").fill(name)
            ask.get_by_role("button", name="Download review").click()
    data: dict[str, Any] = json.loads(Path(download.value.path()).read_text("utf-8"))
    return data


def decided(page: Page) -> dict[str, tuple[str, str]]:
    said = saved(page)["decisions"]
    return {sentence["issue"]: (sentence["decision"], sentence["comment"]) for sentence in said}
