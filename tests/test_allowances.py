"""Passages that may keep a pattern: by directive, by comment, and what is reported about them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

import pytest
from docutils import nodes

from sphinxext_revguide.book.allowances import comment_allowances, concerns
from sphinxext_revguide.model import Allowance, Finding
from tests.conftest import Book, counts_late
from tests.sameness import set_day

NewBook = Callable[..., Book]

PROMPT = "**Your quick check:** Does your harbour meet all six needs?"
FLAG = 'revguide_flag = ["interactive-prompt"]\n'
HEAD = {"md": "# Page\n\nText.\n\n", "rst": "Page\n====\n\nText.\n\n"}


def reported(new_book: NewBook, kind: str, body: str) -> list[tuple[int, str]]:
    book = new_book(conf=FLAG)
    (book.srcdir / f"index.{kind}").write_text(HEAD[kind] + body, encoding="utf-8")
    built = book.build()
    assert "meet all six needs" in built.read("index.html")
    return [(build_warning.line, build_warning.type) for build_warning in built.warnings]


def wrapped(kind: str, pattern: str, *options: str) -> str:
    if kind == "md":
        return "\n".join([f"```{{revision-allow}} {pattern}", *options, "", PROMPT, "```", ""])
    lines = [f"   {option}" for option in options]
    return "\n".join([f".. revision-allow:: {pattern}", *lines, "", f"   {PROMPT}", ""])


def commented(kind: str, text: str) -> str:
    mark = "%" if kind == "md" else ".."
    return f"{mark} revguide: {text}\n\n{PROMPT}\n"


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_without_an_allowance_it_is_flagged(new_book: NewBook, kind: str) -> None:
    line = HEAD[kind].count("\n") + 1
    assert reported(new_book, kind, PROMPT + "\n") == [(line, "revguide.interactive-prompt")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_the_directive_allows_and_leaves_no_trace(new_book: NewBook, kind: str) -> None:
    body = wrapped(kind, "interactive-prompt", ":reason: the course needs it")
    assert reported(new_book, kind, body) == []


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize(
    "text",
    [
        "allow interactive-prompt -- the course needs it",
        "allow interactive-prompt — the course needs it (until 2999-12-31)",
    ],
)
def test_the_comment_allows_the_next_block(new_book: NewBook, kind: str, text: str) -> None:
    assert reported(new_book, kind, commented(kind, text)) == []


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_the_comment_allows_no_more_than_the_next_block(new_book: NewBook, kind: str) -> None:
    body = commented(kind, "allow interactive-prompt -- once") + "\n" + PROMPT + "\n"
    last = HEAD[kind].count("\n") + 5
    assert reported(new_book, kind, body) == [(last, "revguide.interactive-prompt")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_comment_whose_day_has_passed_allows_nothing(new_book: NewBook, kind: str) -> None:
    found = reported(
        new_book, kind, commented(kind, "allow interactive-prompt -- x (until 2001-01-31)")
    )
    assert [kind for _line, kind in found] == [
        "revguide.allowance",
        "revguide.interactive-prompt",
    ]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_comment_without_a_reason_allows_nothing(new_book: NewBook, kind: str) -> None:
    found = reported(new_book, kind, commented(kind, "allow interactive-prompt"))
    assert [kind for _line, kind in found] == [
        "revguide.allowance",
        "revguide.interactive-prompt",
    ]


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


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("lead", ["", "- An item.\n\n  "])
def test_a_comment_is_reported_at_its_line_and_allows_nothing_above(
    new_book: NewBook, kind: str, lead: str
) -> None:
    comment = commented(kind, "allow interactive-prompt").partition("\n")[0]
    body = f"{PROMPT}\n\n{lead}{comment}\n"
    line = 7 + lead.count("\n") + (kind == "rst")
    assert reported(new_book, kind, body) == [
        (line - 2 - lead.count("\n"), "revguide.interactive-prompt"),
        (line, "revguide.allowance"),
    ]
    body = body.replace("allow interactive-prompt", "allow interactive-prompt -- the course")
    assert reported(new_book, kind, body) == [
        (line - 2 - lead.count("\n"), "revguide.interactive-prompt"),
        (line, "revguide.allowance"),  # It is not needed.
    ]


@pytest.mark.parametrize("dash", ["-", "--", "–", "—"])
def test_any_dash_begins_the_reason(new_book: NewBook, dash: str) -> None:
    text = f"allow interactive-prompt {dash} the course needs it"
    assert reported(new_book, "md", commented("md", text)) == []


@pytest.mark.parametrize("until", ["30 June", "30.6.2099", "soon (or so)"])
def test_a_day_of_a_comment_that_is_none_is_reported(new_book: NewBook, until: str) -> None:
    text = f"allow interactive-prompt -- the course needs it (until {until})"
    # Nested brackets are words of the reason.
    expected = [(5, "revguide.allowance"), (7, "revguide.interactive-prompt")]
    assert reported(new_book, "md", commented("md", text)) == ([] if "(" in until else expected)


@pytest.mark.parametrize(
    "comment",
    [
        "% revguide allow interactive-prompt -- the course needs it",
        "<!-- revguide: allow interactive-prompt -- the course needs it -->",
    ],
)
def test_a_comment_that_has_no_effect_is_reported(new_book: NewBook, comment: str) -> None:
    assert reported(new_book, "md", f"{comment}\n\n{PROMPT}\n") == [
        (5, "revguide.allowance"),
        (7, "revguide.interactive-prompt"),
    ]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_comment_that_says_something_else_is_reported(new_book: NewBook, kind: str) -> None:
    found = reported(new_book, kind, commented(kind, "alow interactive-prompt -- once"))
    assert [kind for _line, kind in found] == [
        "revguide.allowance",
        "revguide.interactive-prompt",
    ]


ALLOWED = "allow interactive-prompt -- the course needs it"


def comment(kind: str) -> str:
    return f"{'%' if kind == 'md' else '..'} revguide: {ALLOWED}"


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("between", ["", "Text.\n\n", "* A list.\n\n"])
def test_the_same_comment_above_two_blocks_allows_both_and_no_third(
    new_book: NewBook, kind: str, between: str
) -> None:
    note = f"{'%' if kind == 'md' else '..'} A note.\n\n"
    block = f"{comment(kind)}\n\n{PROMPT}\n\n"
    body = f"{block}{between}{block}{note}{PROMPT}\n"
    line = (HEAD[kind] + body).rstrip().count("\n") + 1
    assert reported(new_book, kind, body) == [(line, "revguide.interactive-prompt")]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("level", [2, 3])
def test_a_comment_above_a_heading_allows_its_section_alone(
    new_book: NewBook, kind: str, level: int
) -> None:
    def heading(level: int, title: str) -> str:
        return f"{level * '#'} {title}" if kind == "md" else f"{title}\n{' *-~'[level] * 9}"

    parts = [heading(2, "One"), heading(3, "Sub"), "Text.", comment(kind), heading(level, "Two")]
    body = "\n\n".join([*parts, PROMPT, heading(2, "Three"), PROMPT])
    line = (HEAD[kind] + body).count("\n") + 1
    assert reported(new_book, kind, body + "\n") == [(line, "revguide.interactive-prompt")]


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_comment_below_all_text_allows_nothing(new_book: NewBook, kind: str) -> None:
    start = HEAD[kind].count("\n") + 1
    assert reported(new_book, kind, f"{PROMPT}\n\n{comment(kind)}\n") == [
        (start, "revguide.interactive-prompt"),
        (start + 2, "revguide.allowance"),
    ]


CONTAINERS = {
    "an item": "* {}\n\n  {}\n",
    "below an item": "* Text.\n\n  {}\n\n{}\n",
    "a note": "```{{note}}\n{}\n\n{}\n```\n",
    "below a note": "```{{note}}\nText.\n\n{}\n```\n\n{}\n",
    "below a quotation": "> Text.\n>\n> {}\n\n{}\n",
    "reST": "```{{eval-rst}}\n{}\n\n{}\n```\n",
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_comment_allows_nothing_outside_what_contains_it(
    new_book: NewBook, container: str
) -> None:
    text = CONTAINERS[container]
    own = comment("rst" if container == "reST" else "md")
    table = f"{PROMPT}\n\n{PROMPT}" if container == "reST" else PROMPT
    page = HEAD["md"] + text.format(own, table) + f"\n{PROMPT}\n"
    outside = page.rstrip().count("\n") + 1
    expected = [(outside, "revguide.interactive-prompt")]
    if container == "reST":
        expected.insert(0, (page[: page.rindex("```")].count("\n"), expected[0][1]))
    elif container.startswith("below"):
        first = page[: page.index(PROMPT)].count("\n") + 1
        expected.insert(0, (first, "revguide.interactive-prompt"))
        expected.append((page[: page.index(own)].count("\n") + 1, "revguide.allowance"))
    assert sorted(reported(new_book, "md", page.removeprefix(HEAD["md"]))) == sorted(expected)


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
    assert concerns(allowance, Finding(pattern, "quay", path, line)) is concerned


COMMENTED = (
    "# Quay\n\n% revguide: allow vague -- Why\n\nText.\n\n% revguide: allow vague -- Why\n\nEnd.\n"
)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (1, 3),  # of the block above, as MyST says
        (3, 3),
        (5, 7),
        (7, 7),
        (9, 7),  # of the block below, as docutils says
        (0, 3),
    ],
)
def test_the_line_of_a_comment_is_looked_up(given: int, line: int) -> None:
    comment = nodes.comment("", "revguide: allow vague -- Why")
    comment.line = given
    [(allowance, problem)] = comment_allowances([comment], "quay.md", COMMENTED)
    assert allowance is not None
    assert problem is None
    assert allowance.line == line


@pytest.mark.parametrize(
    ("given", "path", "line"), [(4, "part.md", 4), (0, "quay.md", 3), (0, "part.md", 1)]
)
def test_the_line_of_a_comment_of_another_file_is_taken_as_it_is(
    given: int, path: str, line: int
) -> None:
    comment = nodes.comment("", "revguide: allow vague -- Why")
    comment.source, comment.line = path, given
    [(allowance, _problem)] = comment_allowances([comment], "quay.md", COMMENTED)
    assert allowance is not None
    assert (allowance.path, allowance.line) == (path, line)


@pytest.mark.parametrize(
    "written", ["Why (until 2099-06-30)", "Why until 2099-06-30", "Why (UNTIL 2099-06-30 )"]
)
def test_the_last_day_of_a_comment_may_be_in_parentheses(written: str) -> None:
    comment = nodes.comment("", f"revguide: allow vague -- {written}")
    [(allowance, problem)] = comment_allowances([comment], "quay.md")
    assert allowance is not None
    assert problem is None
    assert (allowance.reason, allowance.until) == ("Why", datetime.date(2099, 6, 30))
