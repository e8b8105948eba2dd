"""The labelled texts of ``tests/corpus``, and which of them may be learned from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinxext_revguide.patterns import load_library
from sphinxext_revguide.patterns.outline import Outline
from sphinxext_revguide.patterns.samples import outline_of_sample

CORPUS = Path(__file__).parent.parent / "corpus"


@dataclass(frozen=True)
class Text:
    """A labelled text: whether it shows a pattern, its domain, and the hand that wrote it.

    ``voice`` is "warm" for a flagged text told in the first person, as most clean ones are; it is
    "triple" for one of a triple, of which there are two nearly alike, and "everyday" for a plain
    fact, which is clean whatever the pattern.
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
                for load in tomllib.loads(path.read_text(encoding="utf-8"))["text"]:
                    yield Text(domain=domain, hand=hand, **load)


def hands(part: str) -> list[str]:
    """Return the hands that are learned from ("fit") or only measured on ("measured")."""
    found: list[str] = tomllib.loads((CORPUS / "split.toml").read_text("utf-8"))["hands"][part]
    return found


def texts_of_hand(hand: str) -> Iterator[Text]:
    """Yield the texts of a hand; its name stands for their domain too."""
    path = CORPUS / "hands" / f"{hand}.toml"
    for load in tomllib.loads(path.read_text(encoding="utf-8"))["text"]:
        yield Text(domain=hand, hand=hand, **load)


def fit_texts() -> Iterator[Text]:
    """Yield all that may be learned from: texts, hands, and flagged texts of triples.

    :raises ValueError: if a hand that is only measured on is among them.
    """
    yield from texts("fit")
    yield from _examples()
    yield from everyday()
    measured = set(hands("measured"))
    for hand in hands("fit"):
        if hand in measured:
            msg = f"{hand} is for measuring only, and split.toml has it in the part fit too"
            raise ValueError(msg)
        yield from texts_of_hand(hand)
        yield from _of_triples(hand)


def everyday() -> Iterator[Text]:
    """Yield plain facts of everyday work, each with the pattern that its words resemble."""
    for load in tomllib.loads((CORPUS / "everyday.toml").read_text(encoding="utf-8"))["text"]:
        yield Text(
            load["near"], flagged=False, form=load["form"], domain="everyday", hand="everyday",
            text=load["text"], voice="everyday",
        )  # fmt: skip


def _examples() -> Iterator[Text]:
    """Yield what the learned patterns flag and leave alone by their own account."""
    for pattern in load_library().patterns.values():
        if any(form.least_weights for form in pattern.forms):
            for example in pattern.examples:
                yield Text(
                    pattern.id, flagged=example.flagged, form="table", domain="examples",
                    hand="examples", text=example.text,
                )  # fmt: skip


def _of_triples(hand: str) -> Iterator[Text]:
    path = CORPUS / "triples" / f"{hand}.toml"
    for load in tomllib.loads(path.read_text(encoding="utf-8"))["triple"]:
        for hedge in ("", load["hedge"]):
            yield Text(
                load["pattern"], flagged=True, form=load["form"], domain=hand, hand=hand,
                text=load["text"].replace("{{here}}", hedge), voice="triple",
            )  # fmt: skip
