"""What follows for the whole book: computed from plain data, once, until a page changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sphinxext_revguide.book.allowances import AllowedLines
from sphinxext_revguide.book.contents import Contents
from sphinxext_revguide.book.derived.flagging import (
    flagged,
    requested_patterns,
    with_unique_fingerprints,
)
from sphinxext_revguide.book.derived.objects import objects, pattern_target
from sphinxext_revguide.book.lookups import Lazy
from sphinxext_revguide.book.records import Page, PatternPage
from sphinxext_revguide.book.store import Store, empty_data
from sphinxext_revguide.model import Allowance, Finding, Guide, Issue, LockedPassage, Status
from sphinxext_revguide.sphinx import domain as domain_module
from tests.conftest import Book

NewBook = Callable[..., Book]

TIDES = Finding("hedging", "tides", "tides.md", line=4, fingerprint="a")
PIERS = Finding("hedging", "piers", "piers.md", line=2, fingerprint="a")
ISSUE = Issue("harbour", 1, "Say it", docname="guide", anchor="say-it", patterns=("hedging",))


def test_a_view_lasts_until_a_page_changes(new_book: NewBook) -> None:
    domain = new_book({"index.md": "# Harbour\n"}).build("dummy").domain
    before = domain.book
    assert domain.book is before
    assert before.guides == []
    domain.open_guide(Guide("harbour", docname="index"))
    assert [guide.id for guide in domain.book.guides] == ["harbour"]
    domain.clear_doc("index")
    assert domain.book.guides == []


def test_a_build_that_changes_nothing_loads_no_pattern(
    new_book: NewBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = new_book({"index.md": "# Harbour\n", "guide.md": "# G\n\n```{revision-guide} g\n```\n"})
    book.build("dummy")

    def load() -> None:
        pytest.fail("the patterns were loaded")

    monkeypatch.setattr(domain_module, "load_library", load)
    assert len(book.build("dummy").domain.book.guides) == 1


def test_a_value_by_key_is_computed_once() -> None:
    seen: list[str] = []

    def length(key: str) -> int:
        seen.append(key)
        return len(key)

    lengths = Lazy(length)
    assert (lengths["tide"], lengths["tide"], lengths["quay"]) == (4, 4, 4)
    assert seen == ["tide", "quay"]


def test_pages_of_another_process_are_taken_over(tmp_path: Path) -> None:
    store = Store(empty_data(), tmp_path)
    revision = store.revision
    other = empty_data()
    other["pages"] = {"tides": Page(path="tides.md"), "piers": Page(path="piers.md")}
    store.merge({"tides", "gone"}, other)
    assert list(store.pages) == ["tides"]
    assert store.revision > revision


def test_what_is_fixed_is_new_once(tmp_path: Path) -> None:
    store = Store(empty_data(), tmp_path)
    assert store.newly_fixed([TIDES]) == [TIDES]
    assert store.newly_fixed([TIDES, PIERS]) == [PIERS]
    assert store.newly_fixed([]) == []
    assert store.newly_fixed([TIDES]) == [TIDES]


def test_of_equal_texts_the_first_page_keeps_the_fingerprint() -> None:
    unique = with_unique_fingerprints({"tides": [TIDES], "piers": [PIERS]})
    assert unique["piers"] == [PIERS]
    assert unique["tides"][0].fingerprint not in ("", "a")


@pytest.mark.parametrize(
    ("status", "everywhere", "requested"),
    [
        (Status.OPEN, set(), [(TIDES, True)]),
        (Status.REJECTED, set(), []),
        (Status.REJECTED, {"hedging"}, [(TIDES, False), (PIERS, False)]),
        (Status.OPEN, {"*"}, [(TIDES, True), (PIERS, False)]),
        (Status.OPEN, {"emoji"}, [(TIDES, True)]),
    ],
)
def test_a_finding_is_requested_by_an_issue_for_its_chapters_or_by_the_configuration(
    status: Status, everywhere: set[str], requested: list[tuple[Finding, bool]]
) -> None:
    issue = Issue("harbour", 1, "Say it", status=status, patterns=("hedging",))
    findings = {"tides": [TIDES], "piers": [PIERS]}
    found = requested_patterns(findings, [issue], {"harbour": ["tides"]}, everywhere)
    assert [(finding, bool(issues)) for finding, issues in found] == requested


def test_of_one_finding_the_last_request_counts() -> None:
    [one] = flagged([(TIDES, ()), (TIDES, (ISSUE,))], lambda _finding: None)
    assert one.issues == (ISSUE,)


def test_an_allowance_covers_its_patterns_and_lines_up_to_its_day() -> None:
    day = datetime.date(2027, 1, 31)
    allowance = Allowance(("hedging",), "the form", day, "tides.md", 3, 5)
    after = day + datetime.timedelta(days=1)
    allowed = AllowedLines([allowance])
    assert allowed.covering(TIDES, day) == allowance
    assert allowed.covering(TIDES, after) is None
    assert allowed.covering(PIERS, day) is None


def everywhere(_docname: str, _anchor: str) -> bool:
    return True


def test_of_objects_with_one_id_the_first_is_the_target() -> None:
    page = PatternPage("hedging", "Hedging", "patterns", "hedging")
    found = objects([Guide("g", "One"), Guide("g", "Two")], [page], [ISSUE], everywhere)
    assert found["guide", "g"] == ("One", "", "")
    assert found["pattern", "hedging"] == ("Hedging", "patterns", "hedging")
    assert found["issue", "harbour-1"] == ("Say it", "guide", "say-it")


def test_an_object_that_is_not_shown_has_no_page() -> None:
    shown = replace(ISSUE, title="Show it", anchor="show-it")

    def shows(_docname: str, anchor: str) -> bool:
        return anchor == "show-it"

    assert objects([], [], [ISSUE], shows)["issue", "harbour-1"] == ("Say it", "", "")
    assert objects([], [], [ISSUE, shown], shows)["issue", "harbour-1"][0] == "Show it"
    assert pattern_target("hedging", "Hedging", [ISSUE], shows) == ("Hedging", "", "")
    assert pattern_target("hedging", "Hedging", [ISSUE, shown], shows)[2] == "show-it"


def test_a_pattern_that_no_page_describes_leads_to_the_issue_that_names_it() -> None:
    assert pattern_target("hedging", "Hedging", [ISSUE], everywhere) == (
        "Hedging",
        "guide",
        "say-it",
    )
    assert pattern_target("emoji", "Emoji", [ISSUE], everywhere) == ("Emoji", "", "")


def test_a_section_begins_on_the_line_of_its_title(new_book: NewBook) -> None:
    page = "# Harbour\n\nText.\n\n## Tides\n\nMore.\n\n## Piers\n\nEnd.\n"
    view = new_book({"index.md": page}).build("dummy").domain.book
    lines = {1: "harbour", 4: "harbour", 5: "tides", 8: "tides", 9: "piers", 11: "piers"}
    assert {line: view.section_at("index", "index.md", line) for line in lines} == lines


def test_a_pattern_leads_to_its_page_else_to_an_issue_else_nowhere(new_book: NewBook) -> None:
    named = (
        "```{revision-guide} g\n```\n\n```{revision-issue} T\n:patterns: hedging, own\n\nA.\n```\n"
    )
    pages = {"index.md": f"# Harbour\n\n{named}\n```{{revision-pattern}} bullet-density\n```\n"}
    view = new_book(pages).build("dummy").domain.book
    names = ("bullet-density", "hedging", "stock-phrase", "own")
    places = {name: view.object_named("pattern", name) for name in names}
    assert {name: place and place[1:] for name, place in places.items()} == {
        "bullet-density": ("index", "revision-pattern-bullet-density"),
        "hedging": ("index", "revision-issue-g-1"),
        "stock-phrase": ("", ""),
        # It is no pattern.
        "own": None,
    }


@pytest.mark.parametrize(("line", "covered"), [(2, False), (3, True), (5, True), (6, False)])
def test_an_allowance_covers_its_first_and_last_line(line: int, *, covered: bool) -> None:
    allowance = Allowance(("hedging",), "the form", None, "tides.md", 3, 5)
    assert bool(AllowedLines([allowance]).around(replace(TIDES, line=line))) is covered


def test_what_pages_hold_is_in_the_order_of_their_names() -> None:
    """Pages that processes read side by side come in any order."""

    def page(name: str) -> Page:
        passages = [LockedPassage("dues", name, f"{name}.md", 1, 1, "Dues.")]
        return Page(guides=[Guide("g", docname=name)], passages=passages)

    pages = {name: page(name) for name in ("tides", "piers")}
    contents = Contents(pages | {"quay": Page(), "berth": Page()})
    assert [guide.docname for guide in contents.guides] == ["piers", "tides"]
    assert [passage.docname for passage in contents.passages] == ["piers"]
    assert contents.chapters_of(contents.guides[0]) == ["berth", "quay"]
    assert contents.chapters_by_guide == {"g": ["berth", "quay"]}
