"""Locked phrases are found in the chapters, or reported with the nearest text."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from sphinxext_revguide.book.derived.locks import PhraseSearch
from sphinxext_revguide.model import Lock
from sphinxext_revguide.text.measure import find_phrase
from sphinxext_revguide.text.word_index import Source
from tests.conftest import Book

NewBook = Callable[..., Book]

CHAPTER = """\
# Harbour

The depth at the mole is kept at
9.5 metres, **summer and winter**. Ships of more than 150 metres
wait outside.
"""

GUIDE = """\
# Guide

```{revision-guide} port
```

```{locked-preserve}
- PHRASE
```
"""


def files(phrase: str) -> dict[str, str]:
    return {
        "index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n",
        "harbour.md": CHAPTER,
        "guide.md": GUIDE.replace("PHRASE", phrase),
    }


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("`kept at 9.5 metres`", 3),
        ("`KEPT AT 9.5 metres`", 3),
        ("`Ships of more than 150 metres`", 4),
    ],
)
def test_a_phrase_is_found_however_it_is_wrapped(new_book: NewBook, phrase: str, line: int) -> None:
    built = new_book(files(phrase)).build("revguide")
    assert not built.warnings
    [lock] = json.loads(built.read("revguide.json"))["locks"]
    assert lock["state"] == "kept"
    assert lock["phrases"][0]["found"] == [{"docname": "harbour", "line": line}]
    assert lock["phrases"][0]["nearest"] is None


@pytest.mark.parametrize(
    ("phrase", "line", "nearest"),
    [
        ("`kept at 9.8 metres`", 3, "kept at 9.5 metres"),
        ("`Ships longer than 150 metres`", 4, "Ships of more than 150 metres"),
    ],
)
def test_a_missing_phrase_is_reported_with_the_nearest_text(
    new_book: NewBook, phrase: str, line: int, nearest: str
) -> None:
    book = new_book(files(phrase))
    built = book.build("revguide")
    assert [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in built.warnings
    ] == [("guide.md", 7, "revguide.locked")]
    [lock] = json.loads(built.read("revguide.json"))["locks"]
    assert lock["state"] == "missing"
    place = lock["phrases"][0]["nearest"]
    assert (place["path"], place["line"]) == ("harbour.md", line)
    assert nearest in place["text"]
    assert f"harbour.md:{line}" in built.warnings[0].text
    assert place["text"].strip(",") in book.build("text").read("guide.txt").replace("\n  ", " ")


REST_GUIDE = """\
Guide
=====

.. revision-guide:: port

.. locked-preserve::
   :in: NAMES

   - ``9.5 metres``
   - ``two cranes``
"""


@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("harbor", ["matches no page: 'harbor'; did you mean '/harbour'?"] * 2),
        ("index", ["'9.5 metres' is missing from the pages index; ", "'two cranes' is missing"]),
        ("harb*", ["'two cranes' is missing from the pages harb*; "]),
        ("harbour harbor", ["no page: 'harbor'", "no page: 'harbor'", "the pages harbour harbor"]),
    ],
)
def test_the_warning_names_the_pages_to_look_in(
    new_book: NewBook, suffix: str, names: str, expected: list[str]
) -> None:
    markdown = GUIDE.replace("- PHRASE", ":in: NAMES\n\n- `9.5 metres`\n- `two cranes`")
    guide = {"md": markdown, "rst": REST_GUIDE}[suffix].replace("NAMES", names)
    pages = {name: text for name, text in files("").items() if name != "guide.md"}
    warnings = new_book(pages | {f"guide.{suffix}": guide}).build().warnings
    assert {warning.type for warning in warnings} == {"revguide.locked"}
    assert len(warnings) == len(expected)
    for part in expected:
        assert any(part in warning.text for warning in warnings)


def test_nothing_is_near_a_phrase_of_another_subject(new_book: NewBook) -> None:
    built = new_book(files("`quarterly dividend of the brewery`")).build()
    assert "nearest" not in built.warnings[0].text


def test_of_a_long_list_only_what_is_missing_is_in_view(new_book: NewBook) -> None:
    items = ["depth: `9.5 metres`", "light: `no such words`", *(f"tone {n}" for n in range(4))]
    html = new_book(files("\n- ".join(items))).build().read("guide.html")
    around = BeautifulSoup(html, "html.parser").select_one(".revguide-locked")
    assert around is not None
    folded = [group.get_text(" ", strip=True) for group in around.select("details")]
    assert folded == [
        "1 kept Kept depth: 9.5 metres Harbour, line 4",
        "4 to check yourself No wording to look for. Please judge these yourself. "
        + " ".join(f"Not checked tone {n}" for n in range(4)),
    ]
    for group in around.select("details"):
        group.decompose()
    assert around.get_text(" ", strip=True) == (
        "What must stay 1 missing "
        "Missing light: no such words “no such words” is not in any chapter."
    )


def test_a_card_says_where_an_item_is_kept(new_book: NewBook) -> None:
    text = new_book(files("`summer and winter`, `9.5 metres`")).build("text").read("guide.txt")
    assert "(Kept: Harbour, line 4)" in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A\n(a-b), and a-b", [2, 2]),
        ("xa-b", []),
        ("a-bc", []),
        ("A-B “quoted”\na–b", [1, 2]),
    ],
)
def test_a_phrase_is_not_found_inside_a_longer_word(text: str, lines: list[int]) -> None:
    assert find_phrase(text, "a-b") == lines


def test_a_phrase_that_ends_in_a_sign_is_found_before_a_letter() -> None:
    assert find_phrase("up to 99%ig", "99%") == [1]
    assert find_phrase("x$5", "$5") == [1]


def test_of_two_texts_that_are_as_near_the_first_is_named() -> None:
    names = ["quay", "pier"]
    sources = {name: (Source(f"{name}.md", "The depth is 9.6 metres there.\n"),) for name in names}
    lock = Lock("The depth", ("depth is 9.5 metres",))
    state = PhraseSearch(sources).state(lock, names)
    assert [near and near.docname for near in state.nearest] == ["quay"]


LONG = " ".join(f"word{number}" for number in range(40))


@pytest.mark.parametrize(
    ("text", "phrase", "line", "nearest"),
    [
        # Whole words, at both ends of the text and inside it.
        ("Depths are kept at 9.5 metres", "kept at 9.8 metre", 1, "kept at 9.5 metres"),
        ("kept at 9.5 metres, they say", "ept at 9.8 metres", 1, "kept at 9.5 metres,"),
        ("A.\n\nDepths are\nkept | at 9.5 metres", "kept at 9.8 metres", 4, "kept at 9.5 metres"),
        # Of a long phrase only the beginning is compared.
        (f"One.\n{LONG}", LONG.replace("word3 ", "work3 "), 2, f"{' '.join(LONG.split()[:19])} …"),
    ],
)
def test_the_nearest_text_consists_of_whole_words(
    text: str, phrase: str, line: int, nearest: str
) -> None:
    search = PhraseSearch({"quay": (Source("quay.md", text),)})
    [found] = search.state(Lock("Item", (phrase,)), ["quay"]).nearest
    assert found is not None
    assert (found.path, found.line, found.text) == ("quay.md", line, nearest)


@pytest.mark.parametrize(("phrase", "nearest"), [("ab", None), ("abc", "xabcabx")])
def test_two_letters_are_near_nothing(phrase: str, nearest: str | None) -> None:
    search = PhraseSearch({"quay": (Source("quay.md", "xabcabx stands here."),)})
    [found] = search.state(Lock("Item", (phrase,)), ["quay"]).nearest
    assert (found.text if found else None) == nearest


def test_of_too_much_text_no_nearest_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "kept at 9.5 metres"
    for searched, expected in ((2 * len(text), 2), (2 * len(text) - 1, 1)):
        monkeypatch.setattr("sphinxext_revguide.book.derived.locks._SEARCHED", searched)
        search = PhraseSearch({"quay": (Source("quay.md", text),)})
        lock = Lock("Item", ("kept at 9.8 metres", "kept at 9.7 metres"))
        found = search.state(lock, ["quay"]).nearest
        assert sum(near is not None for near in found) == expected


@pytest.mark.parametrize("named", ["", ":guide: pier\n\n"])
def test_a_guide_links_to_its_own_list_of_what_must_stay(new_book: NewBook, named: str) -> None:
    lists = "".join(
        f"# {name}\n\n```{{revision-guide}} {name}\n```\n\n"
        f"```{{locked-preserve}}\n{option}- `{name}`\n```\n\n"
        for name, option in (("port", named), ("quay", ""))
    )
    chapter = "# Harbour\n\nThe port and the quay.\n"
    pier = "# Pier\n\n```{revision-guide} pier\n```\n"
    index = "# Book\n\n```{toctree}\nharbour\nguide\npier\n```\n"
    book = new_book({"index.md": index, "harbour.md": chapter, "guide.md": lists, "pier.md": pier})
    page = BeautifulSoup(book.build().read("guide.html"), "html.parser")
    kept = {
        str(shown["id"]): shown.select("code")[0].get_text()
        for shown in page.select(".revguide-locked")
        if "id" in shown.attrs
    }
    own = {} if named else {"revision-guide-port-kept": "port"}
    assert kept == own | {"revision-guide-quay-kept": "quay"}


def test_a_comment_in_an_item_is_no_part_of_it(new_book: NewBook) -> None:
    book = new_book(files("`10 metres`\n\n  % Ask the pilot."))
    [warning] = book.build("dummy").warnings
    assert warning.text.endswith("put it back, or unlock “10 metres”")
