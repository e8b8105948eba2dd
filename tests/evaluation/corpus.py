"""The labelled texts of ``tests/corpus``, and which of them may be learned from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinxext_revguide.patterns.outline import Outline
from sphinxext_revguide.patterns.standalone import outline_of_sample

CORPUS = Path(__file__).parent.parent / "corpus"


@dataclass(frozen=True)
class Text:
    """A labelled text: whether it shows a pattern, its domain, and the hand that wrote it.

    ``voice`` is "warm" for a flagged text that is told as clean ones mostly are: by somebody.
    """

    pattern: str
    flagged: bool
    form: str
    domain: str
    hand: str
    text: str
    voice: str = ""

    @property
    def outline(self) -> Outline:
        """The text as a page."""
        return outline_of_sample(self.text)


def split() -> dict[str, dict[str, list[str]]]:
    """Return part ("fit" or "test") -> hand -> domains, as fixed before anything was tuned."""
    return tomllib.loads((CORPUS / "split.toml").read_text(encoding="utf-8"))


def texts(part: str) -> Iterator[Text]:
    """Yield the texts of a part of the corpus."""
    for hand, domains in split()[part].items():
        for domain in domains:
            path = CORPUS / f"{domain}.toml"
            if path.exists():
                for one in tomllib.loads(path.read_text(encoding="utf-8"))["text"]:
                    yield Text(domain=domain, hand=hand, **one)
