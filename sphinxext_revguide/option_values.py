"""How the values of options are read and printed; ``model`` reads quantities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from sphinxext_revguide.estimates import Size, Span
from sphinxext_revguide.model import Review, Verdict
from sphinxext_revguide.near_names import did_you_mean


def print_hours(span: Span) -> str:
    """Write hours as the directives read them; fractions of hours as minutes."""
    low, high = span.low * 60, span.high * 60
    if span.low * 4 % 1 == 0 and span.high * 4 % 1 == 0 and span.high >= 1:
        return f"{span} h"
    return f"{Span(round(low, 2), round(high, 2))} min"


def print_size(size: Size) -> str:
    """Write a size as the directives read it, without rounding."""
    parts = []
    if size.bytes is not None:
        whole = size.bytes % 100 == 0 and size.bytes < 10**8
        parts.append(f"{size.bytes / 1000:g} KB" if whole else f"{size.bytes} bytes")
    if size.lines is not None:
        parts.append(f"{size.lines} lines")
    if size.content_lines is not None:
        parts.append(f"{size.content_lines} content lines")
    if size.words is not None:
        parts.append(f"{size.words} words")
    return ", ".join(parts)


def words(text: str) -> tuple[str, ...]:
    """Split a list of names at commas, blanks or line ends.

    :raises ValueError: if there is none.
    """
    return _not_empty(part for part in re.split(r"[,\s]+", _without_yaml(text)) if part)


def _without_yaml(text: str) -> str:
    """Remove the signs of a YAML list, which MyST hands on as it is written."""
    text = text.strip()
    if text.startswith("[") and text.find("]") == len(text) - 1 and text.count("[") == 1:
        return text[1:-1]
    # MyST may have joined the lines.
    return re.sub(r"(?<!\S)-(?=\s)", " ", text) if text.startswith("- ") else text


def _not_empty(names: Iterable[str]) -> tuple[str, ...]:
    found = tuple(names)
    if not found:
        msg = "it is empty; name at least one, or leave the option out"
        raise ValueError(msg)
    return found


_DOCNAME = re.compile(r'"([^"\n]+)"|[^,\s]+')


def parse_docnames(text: str) -> tuple[str, ...]:
    """Split a list of docnames or globs, of which those with blanks are in quotation marks.

    :raises ValueError: if there is none.
    """
    return _not_empty(match[1] or match[0] for match in _DOCNAME.finditer(_without_yaml(text)))


def print_docnames(names: Iterable[str]) -> str:
    """Write docnames the way the directives read them."""
    return " ".join(f'"{name}"' if re.search(r"[,\s]", name) else name for name in names)


def text_line(text: str) -> str:
    """Return any text that is not empty.

    :raises ValueError: if it is.
    """
    if not text.strip():
        msg = "it is empty; give it a value, or leave the option out"
        raise ValueError(msg)
    return " ".join(text.split())


def parse_withdrawn(text: str) -> str:
    """Read whether an editor has withdrawn an issue: ``yes``, or the reason in words.

    :raises ValueError: if it is empty or a denial.
    """
    reason = text_line(text)
    if reason.lower() in ("no", "false"):
        msg = f"{reason!r} is not a reason; leave the option out if the issue is not withdrawn"
        raise ValueError(msg)
    return "yes" if reason.lower() in ("yes", "true") else reason


def parse_budget(text: str) -> tuple[tuple[str, int], ...]:
    """Read how often terms may occur: "INPACT™ 40, Layer 4: 12".

    :raises ValueError: if a term has no number.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        # From its end, where the number is: what is before it may contain blanks and colons too.
        match = re.fullmatch(r"([0-9]{1,6})[\s:=]++(.+)", part[::-1])
        if match is None:
            msg = f"{part!r} has no number; write a term and how often it may occur: 'Tide 40'"
            raise ValueError(msg)
        found.append((match[2][::-1].strip(), int(match[1][::-1])))
    if not found:
        msg = "it is empty; write a term and how often it may occur: 'Tide 40'"
        raise ValueError(msg)
    return tuple(found)


_REVIEW = re.compile(
    r"(?P<reviewer>[^:;]{1,80}):\s*(?P<verdict>[a-z]+)(?:\s+(?P<date>\d{4}-\d\d-\d\d))?"
)


def parse_reviews(text: str) -> tuple[Review, ...]:
    """Read the verdicts of reviewers: "Ann: accept 2026-05-01; Ben: reject".

    :raises ValueError: if a verdict does not have this form.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = _REVIEW.fullmatch(part)
        if match is None or match["verdict"] not in list(Verdict):
            msg = f"{part!r} is not a reviewer's verdict; write 'Ann: accept 2026-05-01'"
            raise ValueError(msg)
        reviewer = " ".join(match["reviewer"].split())
        found.append(Review(reviewer, Verdict(match["verdict"]), match["date"] or ""))
    if not found:
        msg = "it is empty; write 'Ann: accept 2026-05-01', or leave the option out"
        raise ValueError(msg)
    return tuple(found)


def print_reviews(reviews: Iterable[Review]) -> str:
    """Write verdicts as the directive reads them."""
    parts = (
        f"{review.reviewer}: {review.verdict.value} {review.date}".rstrip() for review in reviews
    )
    return "; ".join(parts)


def choice(values: type[Any]) -> Callable[[str], Any]:
    """Return a converter to a member of a string enumeration, which ignores case and spaces."""

    def convert(text: str) -> Any:
        name = "-".join(text.lower().replace("_", "-").split())
        names = [member.value for member in values]
        if name not in names:
            hint = f"{did_you_mean(name, names)} write one of {', '.join(names)}".strip()
            msg = f"{text.strip()!r} is unknown; {hint}"
            raise ValueError(msg)
        return values(name)

    return convert
