"""Pages show evidence as sentences in the language of the book; reports keep it as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.patterns import load_library
from sphinxext_revguide.patterns.engine import weigh
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.render.evidence import FORMS, evidence_in_words
from tests.conftest import TERMINAL, Book

NewBook = Callable[..., Book]
GUIDE = """\
# Guide

```{revision-guide} g
:chapters: terminal
```

````{revision-issue} A checklist
:patterns: readiness-checklist

Text.
````
"""


def test_what_signals_write_becomes_sentences() -> None:
    library = load_library()
    texts = {
        text
        for pattern in library.patterns.values()
        for example in pattern.examples
        for match in weigh(outline_of_sample(example.text), library, all_of_them=True)
        for text in (*match.evidence, *match.against)
    }
    assert len(texts) > 300
    known = [form for _words, form, _text in FORMS]
    unknown = [text for text in texts if not any(form.fullmatch(text) for form in known)]
    assert [text for text in unknown if not text.startswith("column “")] == []
    shown = {text: evidence_in_words([text])[0] for text in texts}
    assert all(said.endswith(".") and said[0] == said[0].upper() for said in shown.values())


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (
            ["column “check”", "3 even steps", "columns “met”, “state”"],
            ["Columns with typical names: “check”, “met” and “state”.",
             "Steps of equal length: 3."],
        ),
        (["7% of the words are in 2 tables"], ["7% of the words are in tables."]),
        (["4 of 4 cells under “a “b”” are positive"], ["4 of 4 cells under “a “b”” are positive."]),
        (["6 times after the start", "6 times “slowly”, “nearly” …"],
         ["Times after the start: 6.", "Found 6 times: “slowly” and “nearly”."]),
        (["a signal of somebody else"], ["A signal of somebody else."]),
        ([], []),
    ],
)  # fmt: skip
def test_evidence_in_words(evidence: list[str], said: list[str]) -> None:
    assert evidence_in_words(evidence) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Columns with typical names: “Check”"),
        ("de", "Spalten mit typischen Namen: „Check“"),
        ("fr", "Colonnes aux noms typiques : « Check »"),
    ],
)
def test_a_page_speaks_the_language_of_the_book(
    new_book: NewBook, language: str, said: str
) -> None:
    book = new_book({"index.md": "# Book\n\n```{toctree}\nterminal\nguide\n```\n"})
    book.write("terminal.md", TERMINAL)
    book.write("guide.md", GUIDE)
    built = book.build(language=language)
    for name in ("guide.html", "terminal.html"):
        page = built.read(name).replace("\N{NO-BREAK SPACE}", " ").replace("&#160;", " ")
        assert said.lower() in page.lower()
        assert "column “" not in page
