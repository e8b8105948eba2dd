"""What is compared and listed stays within bounds, however much there is of everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeGuard

import pytest
from docutils import nodes

from sphinxext_revguide.book.allowances import comment_allowances
from sphinxext_revguide.book.derived import locks
from sphinxext_revguide.book.derived.locks import PhraseSearch
from sphinxext_revguide.book.line_ranges import LineRanges
from sphinxext_revguide.book.records import Condition, Page
from sphinxext_revguide.book.shown_parts import ShownParts
from sphinxext_revguide.importer.write.escape import prose
from sphinxext_revguide.markup import comment_places
from sphinxext_revguide.model import Lock
from sphinxext_revguide.near_names import nearest_name
from sphinxext_revguide.patterns.engine import find_terms
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.render.found_passages import MOST_ON_A_CARD
from sphinxext_revguide.report.entries import MOST_ISSUES, with_reason
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.measure import find_phrase
from sphinxext_revguide.text.word_index import Source
from tests.conftest import Book
from tests.evaluation.growth_rows import PATTERN

NewBook = Callable[..., Book]

WORDS = "the winch at the mole was oiled on every second Monday of the month by two men "


def lock(*phrases: str) -> Lock:
    return Lock("Item", phrases, "g", "guide", 1)


def test_the_beginning_of_a_long_phrase_is_compared() -> None:
    sources = {"a": (Source("a.md", f"Other.\n\n{WORDS.replace('oiled', 'greased') * 50}"),)}
    [nearest] = PhraseSearch(sources).state(lock(WORDS * 300), ["a"]).nearest
    assert nearest is not None
    assert (nearest.path, nearest.line) == ("a.md", 3)
    assert "winch at the mole was greased on every" in nearest.text
    assert nearest.text.endswith(" …")
    assert len(nearest.text) < 200


def test_phrases_are_compared_with_so_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = {"a": (Source("a.md", WORDS),)}
    monkeypatch.setattr(locks, "_SEARCHED", len(WORDS))
    search = PhraseSearch(sources)
    wanted = lock("the winch at the mall")
    assert search.state(wanted, ["a"]).nearest[0] is not None
    assert search.state(wanted, ["a"]).nearest == (None,)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Kept  at\n9.5 METRES.", "kept at 9.5 metres"),
        ("İzmir and Kelvin", "izmir and \N{KELVIN SIGN}elvin"),
        ("the ſtrait", "the strait"),
        ("“A” – b", '"a" - B'),
    ],
)
def test_a_phrase_is_found_whatever_its_letters(text: str, phrase: str) -> None:
    state = PhraseSearch({"a": (Source("a.md", text),)}).state(lock(phrase), ["a"])
    assert state.found == ((("a", 1),),)


def test_a_phrase_is_looked_for_only_where_its_letters_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[str] = []

    def counting(text: str, phrase: str) -> list[int]:
        searched.append(text)
        return find_phrase(text, phrase)

    monkeypatch.setattr(locks, "find_phrase", counting)
    sources = {name: (Source(f"{name}.md", f"page {name} end"),) for name in "abcdef"}
    assert PhraseSearch(sources).state(lock("page c end"), "abcdef").state == "kept"
    assert searched == ["page c end"]


def test_the_tree_of_a_page_is_read_once_for_all_budgets(
    new_book: NewBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, list[str]]] = []
    term_places = RevguideDomain._term_places

    def counting(self: RevguideDomain, docname: str, terms: list[str]) -> dict[str, object]:
        asked.append((docname, list(terms)))
        return dict(term_places(self, docname, terms))

    monkeypatch.setattr(RevguideDomain, "_term_places", counting)
    issues = "\n".join(
        f"```{{revision-issue}} T{n}\n:budget: term{n} 1\n\nText.\n```\n" for n in range(5)
    )
    pages = {f"chapter{n}.md": "# C\n\nterm1 term1\n\nterm1 term3" for n in range(3)}
    book = new_book({**pages, "index.md": f"# G\n\n```{{revision-guide}} g\n```\n\n{issues}"})
    built = book.build("revguide")
    terms = [f"term{n}" for n in range(5)]
    assert sorted(asked) == [(f"chapter{n}", terms) for n in range(3)]
    over = [found.line for found in built.warnings if found.type == "revguide.term-overuse"]
    assert over == [3, 3, 3]


def test_terms_are_counted_together() -> None:
    outline = outline_of_sample("A crane and a crane.\n\nThe quay, a crane.\n")
    found = find_terms(outline, ["crane", "quay", "ship"])
    lines = {term: [line for _file, line in places] for term, places in found.items()}
    assert lines == {"crane": [1, 1, 3], "quay": [3], "ship": []}


@pytest.fixture
def many(new_book: NewBook) -> Book:
    """Return a book with a pattern in fifteen places that fifteen issues name."""
    chapter = "# C\n\n" + "\n\n".join(f"A zebra crosses road {n}." for n in range(15))
    issues = "\n".join(
        f"```{{revision-issue}} T{n}\n:patterns: marker\n:untested: marker\n\nText.\n```\n"
        for n in range(15)
    )
    book = new_book(
        {"chapter.md": chapter, "index.md": f"# G\n\n```{{revision-guide}} g\n```\n\n{issues}"}
    )
    (book.srcdir / "own.toml").write_text(PATTERN, encoding="utf-8")
    return book


def test_a_card_lists_so_many_places(many: Book) -> None:
    html = many.build(revguide_patterns=["own.toml"]).read("index.html")
    card = html[html.index('id="revision-issue-g-1"') : html.index('id="revision-issue-g-2"')]
    assert card.count("<li") - card.count("rg-more") >= MOST_ON_A_CARD
    assert card.count("Chapter") == 0
    assert card.count("chapter.html#") == MOST_ON_A_CARD
    assert "and 5 more" in card
    head = html[: html.index('id="revision-issue-g-1"')]
    assert head.count("chapter.html#") >= 15
    text = many.build("text", revguide_patterns=["own.toml"]).read("index.txt")
    assert text.count("and 5 more") == 15


def test_marks_and_warnings_name_so_many_issues(many: Book) -> None:
    built = many.build(revguide_patterns=["own.toml"])
    html = built.read("chapter.html")
    assert html.count("index.html#revision-issue-") == 15 * MOST_ISSUES
    assert html.count("and 5 more") == 15
    found = [warning.text for warning in built.warnings if warning.type == "revguide.marker"]
    assert len(found) == 15
    for text in found:
        assert text.count("issue g-") == MOST_ISSUES
        assert "; and 5 more issues" in text


def test_a_report_names_all_issues(many: Book) -> None:
    built = many.build("revguide", revguide_patterns=["own.toml"])
    found = json.loads(built.read("revguide.json"))["findings"]
    assert [len(finding["issues"]) for finding in found] == [15] * 15


def test_the_reason_of_a_finding() -> None:
    issues = [(f"g-{n}", "T") for n in range(MOST_ISSUES + 1)]
    assert "more issue" not in with_reason("Text", issues[:MOST_ISSUES])
    assert with_reason("Text", issues).endswith("; and 1 more issue)")


@pytest.mark.parametrize(
    ("name", "known", "nearest"),
    [
        ("chapters-1", ["chapter-2", "chapter-1"], "chapter-1"),
        ("x", ["chapter"], ""),
        ("chaptr", {"chapter": 1, "harbour": 2}, "chapter"),
        ("ab", ["ax", "xb"], ""),
        ("abc", ["abx", "xbc"], "abx"),
        ("harbour-1", ["ferry-1", "HARBOUR-1"], "HARBOUR-1"),
    ],
)
def test_the_nearest_name(name: str, known: list[str], nearest: str) -> None:
    assert nearest_name(name, known) == nearest


def test_a_line_is_found_in_ranges_of_lines() -> None:
    ranges = LineRanges([(20, 25), (1, 10), (2, 3), (8, 12)])
    found = {line: ranges.first_in(line, line) for line in range(28)}
    assert [line for line, index in found.items() if index is None] == [
        0, *range(13, 20), 26, 27,
    ]  # fmt: skip
    assert [found[line] for line in (1, 3, 10, 11, 12, 20, 25)] == [0, 0, 0, 2, 2, 3, 3]


def test_what_a_build_shows_of_a_page() -> None:
    def condition(expression: str, line: int, end: int, *anchors: str) -> Condition:
        return Condition("only", expression, "a.md", line, end, frozenset(anchors), held=True)

    page = Page(
        sections=(("a.md", 1, "top"), ("a.md", 5, "hidden"), ("a.md", 9, "last")),
        conditions=(condition("latex", 4, 7, "hidden"), condition("html", 9, 0, "last")),
    )
    asked: list[str] = []

    def holds(_kind: str, expression: str) -> bool:
        asked.append(expression)
        return expression == "html"

    shown = ShownParts({"a": page}, holds)
    assert [shown.line("a", "a.md", line) for line in (3, 4, 7, 8, 10)] == [
        True, False, False, True, True,
    ]  # fmt: skip
    assert shown.line("a", "b.md", 5)
    assert shown.line("missing", "a.md", 5)
    assert [shown.anchor("a", name) for name in ("top", "hidden", "last")] == [True, False, True]
    assert [shown.section_at("a", "a.md", line) for line in (0, 1, 6, 9, 30)] == [
        "", "top", "top", "last", "last",
    ]  # fmt: skip
    assert asked == ["latex", "html"]


def test_backticks_after_a_backslash_are_no_code() -> None:
    assert prose("\\``` {x} ``` y") == "\\``` \\{x} ``` y"
    assert prose("``{x}`` ` {y}") == "``{x}`` ` \\{y}"


def test_neighbours_of_comments_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count, asked = 200, 0
    is_block = comment_places._is_block

    def counting(node: nodes.Node) -> TypeGuard[nodes.Element]:
        nonlocal asked
        asked += 1
        return is_block(node)

    monkeypatch.setattr(comment_places, "_is_block", counting)
    text = "revguide: allow vague -- R"
    comments = [nodes.comment("", text) for _number in range(count)]
    last = nodes.paragraph("", "Text.")
    last.line = 2 * count + 1
    nodes.section("", nodes.title("", "Page"), *comments, nodes.section("", last))
    found = [each for each, _problem in comment_allowances(comments, "a.md", f"% {text}\n\n")]
    assert len(list(filter(None, found))) == count
    assert asked < 10 * count
