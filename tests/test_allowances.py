"""Passages that may keep a pattern: by directive, in included files, and what is reported."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

import pytest

from sphinxext_revguide.book.allowances import AllowedLines
from sphinxext_revguide.model import Allowance, Finding
from tests.allowing import FLAG, HEAD, PROMPT, comment, commented, reported, wrapped
from tests.conftest import Book, counts_late
from tests.sameness import set_day

NewBook = Callable[..., Book]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_without_an_allowance_it_is_flagged(new_book: NewBook, kind: str) -> None:
    line = HEAD[kind].count("\n") + 1
    assert reported(new_book, kind, PROMPT + "\n") == [(line, "revguide.interactive-prompt")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_the_directive_allows_and_leaves_no_trace(new_book: NewBook, kind: str) -> None:
    body = wrapped(kind, "interactive-prompt", ":reason: the course needs it")
    assert reported(new_book, kind, body) == []


FAULTS = {
    "no reason": ("interactive-prompt", [], True),
    "expired": ("interactive-prompt", [":reason: once", ":until: 2001-01-31"], True),
    "no pattern": ("", [":reason: once"], True),
    "unknown": ("interactive-promt", [":reason: once"], True),
    "unused": ("hedging", [":reason: once"], True),
}


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_useless_allowance_is_reported_and_allows_nothing(
    new_book: NewBook, kind: str, fault: str
) -> None:
    pattern, options, _flagged = FAULTS[fault]
    found = reported(new_book, kind, wrapped(kind, pattern, *options))
    start = HEAD[kind].count("\n") + 1
    assert found == [
        (start, "revguide.allowance"),
        (start + len(options) + 2, "revguide.interactive-prompt"),
    ]


@pytest.mark.parametrize(("day", "ended"), [(31, False), (32, True)])
def test_an_allowance_holds_on_its_last_day(
    new_book: NewBook, monkeypatch: pytest.MonkeyPatch, day: int, *, ended: bool
) -> None:
    start = datetime.datetime(2027, 1, 1, 23, 59, tzinfo=datetime.UTC)
    set_day(monkeypatch, start + datetime.timedelta(days=day - 1))
    body = wrapped("md", "interactive-prompt", ":reason: once", ":until: 2027-01-31")
    reports = [kind for _line, kind in reported(new_book, "md", body)]
    assert reports == (["revguide.allowance", "revguide.interactive-prompt"] if ended else [])


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("until", [":until: May", ":untill: 2099-01-31", ":until 2099-01-31"])
def test_an_allowance_whose_last_day_is_not_known_allows_nothing(
    new_book: NewBook, kind: str, until: str
) -> None:
    body = wrapped(kind, "interactive-prompt", ":reason: once", until)
    start = HEAD[kind].count("\n") + 1
    assert reported(new_book, kind, body) == [
        (start + 2, "revguide.option"),
        (start + 4, "revguide.interactive-prompt"),
    ]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_an_allowance_whose_last_day_is_below_its_options_allows_nothing(
    new_book: NewBook, kind: str
) -> None:
    body = wrapped(kind, "interactive-prompt", ":reason: once", "", ":until: 2099-01-31")
    start = HEAD[kind].count("\n") + 1
    assert set(reported(new_book, kind, body)) == {
        (start + 3, "revguide.option"),
        (start + 5, "revguide.interactive-prompt"),
    }


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("form", ["directive", "comment"])
def test_a_warning_about_a_bad_day_says_that_nothing_is_allowed(
    new_book: NewBook, kind: str, form: str
) -> None:
    if form == "directive":
        body = wrapped(kind, "interactive-prompt", ":reason: once", ":until: May")
    else:
        body = commented(kind, "allow interactive-prompt -- once (until May)")
    book = new_book(conf=FLAG)
    (book.srcdir / f"index.{kind}").write_text(HEAD[kind] + body, encoding="utf-8")
    warning = book.build("dummy").warnings[0].text
    assert "allowance has no effect" in warning
    assert "'May' is not a date; write it as 2027-01-31" in warning


def test_an_option_given_twice_has_its_first_value(new_book: NewBook) -> None:
    body = wrapped("md", "interactive-prompt", ":reason: once", ":reason: twice")
    assert reported(new_book, "md", body) == [(7, "revguide.option")]


INCLUDE = {"md": "```{include} part.inc\n```", "rst": ".. include:: part.inc"}


def included(new_book: NewBook, kind: str, body: str, part: str) -> list[tuple[str, int]]:
    book = new_book(conf=FLAG)
    for name, text in {f"index.{kind}": HEAD[kind] + body, "part.inc": part}.items():
        (book.srcdir / name).write_text(text, encoding="utf-8")
    return [(warning.path, warning.line) for warning in book.build("dummy").warnings]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("around", ["", "Text.\n\n"])
def test_a_comment_in_an_included_file_is_found_there(
    new_book: NewBook, kind: str, around: str
) -> None:
    body = f"{around}{INCLUDE[kind]}\n\n{around}"
    good, bad = comment(kind), comment(kind).partition(" --")[0]
    part = f"{good}\n\n{PROMPT}\n\nText.\n\n{bad}\n\n{PROMPT}\n"
    late = counts_late(kind)
    assert included(new_book, kind, body, part) == [("part.inc", 7), ("part.inc", 9 + late)]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("form", ["comment", "heading", "directive"])
def test_what_is_allowed_may_be_included(new_book: NewBook, kind: str, form: str) -> None:
    title = "## Two" if kind == "md" else "Two\n---"
    if form == "directive" and kind == "md":
        body = f"````{{revision-allow}} interactive-prompt\n:reason: R\n\n{INCLUDE[kind]}\n````"
    elif form == "directive":
        body = f".. revision-allow:: interactive-prompt\n   :reason: R\n\n   {INCLUDE[kind]}"
    else:
        body = f"{comment(kind)}\n\n{title if form == 'heading' else ''}\n\n{INCLUDE[kind]}"
    assert included(new_book, kind, f"{body}\n", f"{PROMPT}\n") == []
    assert included(new_book, kind, f"{INCLUDE[kind]}\n\n{body}\n", f"{PROMPT}\n") == []


def test_the_report_says_why_it_is_allowed(new_book: NewBook) -> None:
    book = new_book(conf=FLAG)
    text = wrapped("md", "interactive-prompt", ":reason: the course needs it")
    (book.srcdir / "index.md").write_text(HEAD["md"] + text, encoding="utf-8")
    report = json.loads(book.build("revguide").read("revguide.json"))
    [finding] = report["findings"]
    assert (finding["flagged"], finding["allowed"]) == (False, {"reason": "the course needs it"})


# Of plain data


@pytest.mark.parametrize(
    ("pattern", "path", "line", "concerned"),
    [
        ("vague", "quay.md", 3, True),
        ("vague", "quay.md", 5, True),
        ("loud", "quay.md", 4, False),
        ("vague", "pier.md", 4, False),
        ("vague", "quay.md", 2, False),
        ("vague", "quay.md", 6, False),
    ],
)
def test_an_allowance_concerns_its_patterns_in_its_lines(
    pattern: str, path: str, line: int, concerned: bool
) -> None:
    allowance = Allowance(("vague", "other"), "Reason", None, "quay.md", 3, 5)
    found = AllowedLines([allowance]).around(Finding(pattern, "quay", path, line))
    assert found == [allowance] * concerned


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (1, []),
        (2, ["all"]),
        (5, ["all", "block"]),
        (7, ["all"]),
        (9, []),
        (12, ["note"]),
    ],
)
def test_allowances_around_a_finding_are_in_the_order_of_the_page(
    line: int, names: list[str]
) -> None:
    ends = {"note": (12, 12), "all": (2, 8), "block": (4, 6)}
    allowances = [
        Allowance(("vague",), name, None, "quay.md", *ends[name])
        for name in ("all", "block", "note")
    ]
    found = AllowedLines(allowances).around(Finding("vague", "quay", "quay.md", line))
    assert [allowance.reason for allowance in found] == names


def test_the_first_valid_allowance_covers_a_finding() -> None:
    over = datetime.date(2026, 1, 31)
    lines = "quay.md", 3, 5
    allowances = [
        Allowance(("vague",), "", None, *lines),
        Allowance(("vague",), "ended", over, *lines),
        Allowance(("vague",), "stays", None, *lines),
        Allowance(("vague",), "too", None, *lines),
    ]
    finding = Finding("vague", "quay", "quay.md", 4)
    today = over + datetime.timedelta(days=1)
    covering = AllowedLines(allowances).covering(finding, today)
    assert covering is not None
    assert covering.reason == "stays"
