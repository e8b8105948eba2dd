"""Comments that allow a passage: where they have an effect, and what is reported about them."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from docutils import nodes

from sphinxext_revguide.book.allowances import comment_allowances
from tests.allowing import FLAG, HEAD, PROMPT, comment, commented, reported, wrapped
from tests.conftest import Book, needs
from tests.host_books import ipynb

NewBook = Callable[..., Book]


def lines(kind: str, *texts: str) -> str:
    """Return comments on consecutive lines; for MyST, they are one."""
    mark = "%" if kind == "md" else ".."
    return "".join(f"{mark} {text}\n" for text in texts) + f"\n{PROMPT}\n"


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("note", ["A note.", "Why revguide has nothing to say."])
def test_a_note_on_the_line_above_or_below_changes_nothing(
    new_book: NewBook, kind: str, note: str
) -> None:
    allow = "revguide: allow interactive-prompt -- the course needs it"
    assert reported(new_book, kind, lines(kind, note, allow)) == []
    assert reported(new_book, kind, lines(kind, allow, note)) == []


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_each_of_several_lines_is_an_allowance(new_book: NewBook, kind: str) -> None:
    first, second = (f"revguide: allow {name} -- R" for name in ("hedging", "interactive-prompt"))
    start = HEAD[kind].count("\n") + 1
    not_needed = "revguide.allowance"
    for texts, line in (((first, second), start), ((second, first), start + 1)):
        assert reported(new_book, kind, lines(kind, *texts)) == [(line, not_needed)]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("fault", ["allow interactive-prompt", "alow interactive-prompt -- R", ""])
def test_a_mistake_on_the_second_line_is_reported_there(
    new_book: NewBook, kind: str, fault: str
) -> None:
    start = HEAD[kind].count("\n") + 1
    assert reported(new_book, kind, lines(kind, "A note.", f"revguide: {fault}")) == [
        (start + 1, "revguide.allowance"),
        (start + 3, "revguide.interactive-prompt"),
    ]


def test_a_comment_may_begin_below_its_marker(new_book: NewBook) -> None:
    block = f"..\n   revguide: allow interactive-prompt\n   -- R\n\n{PROMPT}\n\n"
    assert reported(new_book, "rst", block + block) == []
    block = block.replace("-- R", "(no reason)")
    assert reported(new_book, "rst", f"Text.\n\n{block}")[0] == (9, "revguide.allowance")


def test_a_reason_may_contain_dashes() -> None:
    text = "revguide: allow vague - the pilots - all nine -- wrote it"
    [(allowance, _problem)] = comment_allowances([nodes.comment("", text)], "quay.md")
    assert allowance is not None
    assert allowance.reason == "the pilots - all nine -- wrote it"


def test_a_day_may_be_followed_by_words() -> None:
    text = "revguide: allow vague -- Why (until 2099-06-30)\nA note, until Monday."
    [(allowance, problem)] = comment_allowances([nodes.comment("", text)], "quay.md")
    assert problem is None
    assert allowance is not None
    assert allowance.reason == "Why A note, until Monday."
    assert str(allowance.until) == "2099-06-30"


BETWEEN = {
    "md": ["```{index} quay\n```", "```{highlight} python\n```", "(quay)=", "% A note."],
    "rst": [".. index:: quay", ".. highlight:: python", ".. _quay:", ".. tabularcolumns:: ll"],
}


@pytest.mark.parametrize(
    ("kind", "between"), [(kind, part) for kind, parts in BETWEEN.items() for part in parts]
)
def test_what_readers_do_not_see_is_not_the_block_below(
    new_book: NewBook, kind: str, between: str
) -> None:
    body = f"{comment(kind)}\n\n{between}\n\n{PROMPT}\n\n"
    assert reported(new_book, kind, body) == []
    last = (HEAD[kind] + body).count("\n") + 1
    assert reported(new_book, kind, f"{body}{PROMPT}\n") == [(last, "revguide.interactive-prompt")]


@pytest.mark.parametrize("sign", ["\u2028", "\x0c", "\x85"])
def test_only_line_ends_end_a_line(new_book: NewBook, sign: str) -> None:
    body = f"Tide{5 * sign}table.\n\n" + commented("md", "allow interactive-prompt -- R")
    assert reported(new_book, "md", body) == []


@pytest.mark.parametrize(
    "html", ["<!-- revguide: allow X -->", "<p>\n<!--revguide allow X-->\n</p>"]
)
def test_an_html_comment_has_no_effect_wherever_it_is(new_book: NewBook, html: str) -> None:
    assert [kind for _line, kind in reported(new_book, "md", f"{html}\n\n{PROMPT}\n")] == [
        "revguide.allowance",
        "revguide.interactive-prompt",
    ]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("form", ["comment", "directive", "comment above"])
def test_an_allowance_of_what_another_build_shows_is_not_called_needless(
    new_book: NewBook, kind: str, form: str
) -> None:
    allowed = commented(kind, "allow interactive-prompt -- R")
    if form == "directive":
        allowed = wrapped(kind, "interactive-prompt", ":reason: R")
    head, inside = allowed.split("\n\n", 1) if form == "comment above" else ("", allowed)
    indented = "".join(f"   {line}" if line.strip() else line for line in inside.splitlines(True))
    only = (
        f"````{{only}} latex\n{inside}````\n" if kind == "md" else f".. only:: latex\n\n{indented}"
    )
    book = new_book(conf=FLAG)
    (book.srcdir / f"index.{kind}").write_text(f"{HEAD[kind]}{head}\n\n{only}", encoding="utf-8")
    for builder in ("dummy", "latex", "dummy"):
        assert book.build(builder).types() == []
    text = f"{HEAD[kind]}{allowed.replace(PROMPT, 'Text.')}\n{only.replace(PROMPT, 'Text.')}"
    (book.srcdir / f"index.{kind}").write_text(text, encoding="utf-8")
    assert book.build("dummy").types()[:1] == ["revguide.allowance"]


def test_a_comment_of_a_notebook_allows_the_block_below_it(new_book: NewBook) -> None:
    needs("myst_nb")
    text = f"# Page\n\n{PROMPT}\n\n{comment('md')}\n\n{PROMPT}\n\n{PROMPT}"
    written = ipynb(text)
    book = new_book()
    book.write(
        "conf.py",
        f'extensions = ["myst_nb", "sphinxext_revguide"]\nnb_execution_mode = "off"\n{FLAG}',
    )
    (book.srcdir / "index.ipynb").write_text(written, encoding="utf-8")
    prompts = [number for number, line in enumerate(written.split("\n"), 1) if "check:" in line]
    found = [(warning.line, warning.type) for warning in book.build("dummy").warnings]
    assert found == [(line, "revguide.interactive-prompt") for line in (prompts[0], prompts[2])]


@pytest.mark.parametrize("kind", ["md", "rst"])
@pytest.mark.parametrize("form", ["comment", "directive"])
def test_an_allowance_inside_a_flagged_list_is_told_to_move(
    new_book: NewBook, kind: str, form: str
) -> None:
    allowed = commented(kind, "allow interactive-prompt -- R")
    if form == "directive":
        allowed = wrapped(kind, "interactive-prompt", ":reason: R")
    item = "".join(f"  {line}" if line.strip() else line for line in allowed.splitlines(True))
    book = new_book(conf=FLAG)
    (book.srcdir / f"index.{kind}").write_text(f"{HEAD[kind]}- Item.\n\n{item}", encoding="utf-8")
    flagged, moved = book.build("dummy").warnings
    assert (flagged.type, moved.type) == ("revguide.interactive-prompt", "revguide.allowance")
    assert f"begins above it, at index.{kind}:{flagged.line}; " in moved.text
    assert moved.line == flagged.line + 2


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
