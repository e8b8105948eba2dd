"""Proposes patterns for complaints that no pattern covers.

A set phrase, a list of jargon, or a series of numbered labels ("Team 1") becomes a pattern with a
lexicon, which is proposed only if a BEFORE of the issue shows it and no AFTER does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.parts import ImportedGuide, ImportedIssue, Prose
from sphinxext_revguide.patterns import Library, load_library
from sphinxext_revguide.patterns.language import Example
from sphinxext_revguide.patterns.loader import load_text
from sphinxext_revguide.patterns.samples import shows

_QUOTED = re.compile(r"[“\"]([^“”\"\n]{3,60})[”\"]")
_JARGON = re.compile(r"\b(?:jargon|buzzwords?)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:jargon|buzzwords?)[^:\n]*:\W*([^\n]+)", re.IGNORECASE)
_REPEATED = re.compile(
    r"\b(?:phrase|phrasing|repeat\w*|repetiti\w*|overus\w*|\d+ (?:times|instances)|formula\w*)\b",
    re.IGNORECASE,
)
"""Words of a line that complains about the words that it quotes."""
_LABELS = re.compile(r"[“\"']?([A-Z]\w{2,15})[”\"']?\s+(?:[XN#]\b|(?i:labels?|numbers?)\b)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MAX_WORDS = 6
_MAX_PHRASES = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pattern for one issue: its id, and its table and lexicon as TOML."""

    pattern: str
    issue: str
    toml: str


def propose(guides: Sequence[ImportedGuide]) -> list[Proposal]:
    """Return a pattern for each issue that names none and complains about certain words.

    Complaints of several guides in the same words become one pattern.
    """
    library = load_library()
    taken = set(library.patterns)
    proposals = []
    known: list[list[str]] = []
    for unit in (issue for guide in guides for issue in guide.issues):
        if unit.issue.patterns or unit.issue.budget:
            continue
        phrases = _phrases(unit)[:_MAX_PHRASES]
        if not phrases or phrases in known:
            continue
        name = _free(phrases[0], taken)
        toml = _printed(name, unit, phrases)
        if _bears_out(name, toml, unit, library):
            taken.add(name)
            known.append(phrases)
            proposals.append(Proposal(name, unit.issue.id, toml))
    return proposals


def _phrases(unit: ImportedIssue) -> list[str]:
    """Return the phrases that an issue complains about: each is in a BEFORE, and in no AFTER."""
    issue = unit.issue
    said = [part.text for part in unit.body if isinstance(part, Prose) and not part.literal]
    text = "\n".join([issue.title, *said])
    befores = _samples(unit, before=True)
    old, new = _key(" ".join(befores)), _key(" ".join(_samples(unit, before=False)))
    labels = list(_labels(issue.title, befores))
    complaints = [line for line in text.split("\n")[1:] if _REPEATED.search(line)]
    quoted = _set_phrases("\n".join([issue.title, *complaints]))
    words = labels or list(_listed(text)) or list(quoted)
    found = [
        fromkey
        for fromkey in dict.fromkeys(words)
        if _key(fromkey) in old and _key(fromkey) not in new
    ]
    jargon = not labels and bool(_JARGON.search(text))
    return found if len(found) > 1 or not jargon else []


def _set_phrases(text: str) -> Iterator[str]:
    """Yield the quoted phrases of a text; "was silent/quiet" are two."""
    for match in _QUOTED.finditer(text):
        words = [word for word in match[1].split() if word]
        for end in words[-1].split("/"):
            phrase = " ".join(_WORD.findall(" ".join([*words[:-1], end]))).casefold()
            if 1 < len(phrase.split()) <= _MAX_WORDS:
                yield phrase


def _listed(text: str) -> Iterator[str]:
    """Yield the words of a list of jargon, quoted or split by commas."""
    if not _JARGON.search(text):
        return
    for match in _QUOTED.finditer(text):
        yield match[1].casefold().strip(" .,")
    for match in _LISTED.finditer(text):
        for part in re.split(r"[,;/]|\band\b", match[1]):
            words = _WORD.findall(part)
            if 0 < len(words) <= _MAX_WORDS:
                yield " ".join(words).casefold()


def _labels(title: str, befores: Sequence[str]) -> Iterator[str]:
    """Yield labels such as "team 1" that are in a BEFORE, if the title is about labels."""
    match = _LABELS.search(title)
    if match is None:
        return
    word = match[1].casefold().removesuffix("s")
    label = re.compile(rf"\b{re.escape(word)}\s+([A-Z]|[0-9]{{1,2}})\b", re.IGNORECASE)
    found = {match[1].casefold() for text in befores for match in label.finditer(text)}
    for mark in sorted(found, key=lambda word: (len(word), word)):
        yield f"{word} {mark}"


def _samples(unit: ImportedIssue, *, before: bool) -> list[str]:
    samples = (pair.before if before else pair.after for pair in unit.issue.pairs)
    return [sample.text for sample in samples if sample and not sample.instruction]


def _key(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _free(phrase: str, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", phrase.casefold()).strip("-") or "words"
    names = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _printed(name: str, unit: ImportedIssue, phrases: Sequence[str]) -> str:
    """Print a pattern with its lexicon, and the samples of the issue as its examples."""
    title = unit.issue.title
    why = " ".join(unit.why.split()) or "An editor marked it."
    lines = [
        "[[pattern]]",
        f"id = {_text(name)}",
        f"title = {_text(title)}",
        f"what = {_text('The text says: ' + ', '.join(phrases) + '.')}",
        f"why = {_text(why)}",
        f"instead = {_text('See the AFTER of the issue.')}",
        "threshold = 1.0",
        "",
        "[[pattern.form]]",
        'shape = "page"',
        f'needs = [{{ signal = "occurrences", weight = 1, lexicon = {_text(name)}, least = 1 }}]',
    ]
    for flagged in (True, False):
        for sample in _samples(unit, before=flagged)[:1]:
            shown = f"flagged = {str(flagged).lower()}"
            lines += ["", "[[pattern.example]]", shown, f"text = {_text(sample)}"]
    return "\n".join([*lines, "", f"[lexicon.{_text(name)}]", f"words = {_list(phrases)}", ""])


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _bears_out(name: str, toml: str, unit: ImportedIssue, library: Library) -> bool:
    """Return whether a BEFORE shows the pattern and no AFTER does."""
    wider, problems = load_text("proposal.toml", toml, library)
    if problems or name not in wider.patterns:
        return False

    def shown(text: str) -> bool:
        return shows(Example(text, flagged=True), name, wider)

    return any(map(shown, _samples(unit, before=True))) and not any(
        map(shown, _samples(unit, before=False))
    )
