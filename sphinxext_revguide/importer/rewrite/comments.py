"""Rewrites the comments that an export lists below the text as issues about the marked passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sphinxext_revguide.importer.recognise.heads import opens_unit
from sphinxext_revguide.importer.recognise.labels import fields_of
from sphinxext_revguide.importer.recognise.lines import END, HEADING, Line
from sphinxext_revguide.importer.recognise.pair_lines import CUT, apart, pair_lines, without_quotes

_COMMENT = re.compile(r"(?:Comment[ ])?\\?\[([a-z]{1,2}|[A-Z]{0,3}[0-9]{1,3})\\?\]:?[ \t]*(\S.*)")
_PASSAGE = re.compile(
    r"[*_]{0,2}(?:on|re|about|regarding|anchor|(?:selected|highlighted|quoted) text):[*_]{0,2}"
    r"[ \t]*(\S.{2,1500})",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”]))[ ]+(?=[\"“A-Z0-9])")
_CUE = (
    r"\b(?:start with|begin with|try|so|just|make it|better|instead|write|say|use"
    r"|change (?:it |this )?to|how about|suggest(?:ion)?|(?:should|could|might) (?:be|read|say)"
    r"|something like|maybe|replace with)"
)
_WHOLE = re.compile(rf"{_CUE}:[ ]*([\"“].{{2,1500}}[\"”])[ ]*$", re.IGNORECASE)
_QUOTED = re.compile(rf"{_CUE}:?[ ]+[\"“]([^\"“”]{{8,1500}})[\"”]", re.IGNORECASE)
_GOES = re.compile(
    r"(?:^|[.!?][ ])(?:please |just |i would |i['’]d )?(?:cut|delete|lose|drop|remove|strike)"
    r" (?:this|it|both)\b(?! (?:down|back|to))",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:no (?:notes?|changes?|comments?)\b|hands off|(?:i |just )?love (?:this|it|that)\b"
    r"|(?:don['’]t|do not) (?:touch|change)|leave (?:this|it) (?:alone|as is)"
    r"|perfect\b|beautiful\b)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_TITLE = 90
"""A title made of a passage has at most this many characters."""
_MIN = 3


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment: its mark, its first line, and the line after it."""

    mark: str
    start: int
    end: int


def with_comments(lines: Sequence[Line]) -> list[Line]:
    """Rewrite each comment on a passage as an issue; one that only praises stays text."""
    comments = [] if any(opens_unit(line.text) for line in lines) else list(_comments(lines))
    passages = [_passage(lines, comment) for comment in comments]
    if len(comments) < _MIN or 2 * sum(map(bool, passages)) <= len(comments):
        return list(lines)
    found = list(lines[: comments[0].start])
    count = 0
    for comment, passage in zip(comments, passages, strict=True):
        own = lines[comment.start : comment.end]
        if not passage or _is_praise(own):
            found += [*apart(Line(END, 0)), *own]
            continue
        count += 1
        found += apart(Line(f"### ISSUE #{count}: {_title(passage)}", own[0].number))
        found += _issue(own, passage)
    return [*found, *apart(Line(END, 0)), *lines[comments[-1].end :]]


def _comments(lines: Sequence[Line]) -> Iterator[_Comment]:
    """Yield the comments up to the first one with labels; none if their marks are not in order."""
    starts = [index for index, line in enumerate(lines) if _COMMENT.fullmatch(line.text)]
    marks = [match[1] for i in starts if (match := _COMMENT.fullmatch(lines[i].text))]
    if len({*marks}) < len(marks) or marks != sorted(marks, key=lambda mark: (len(mark), mark)):
        return
    for mark, (start, following) in zip(marks, pairwise([*starts, len(lines)]), strict=True):
        inside = range(start + 1, following)
        end = next((i for i in inside if HEADING.fullmatch(lines[i].text)), following)
        if any(label.role for line in lines[start:end] for label in fields_of(line.text)):
            return
        yield _Comment(mark, start, end)


def _passage(lines: Sequence[Line], comment: _Comment) -> str:
    """Return the passage that a comment quotes, or else the sentence with its mark; "" if none."""
    for line in lines[comment.start : comment.end]:
        if match := _PASSAGE.fullmatch(line.text.strip()):
            return _ESCAPE.sub("", without_quotes(match[1]))
    mark = re.compile(rf"(.*[^\s\\])\\?\[{re.escape(comment.mark)}\\?\]")
    for line in lines[: comment.start]:
        if match := mark.match(line.text):
            bare = re.sub(r"\\?\[[A-Za-z0-9]{1,4}\\?\]", "", match[1])
            return _ESCAPE.sub("", _SENTENCE.split(bare.strip())[-1])
    return ""


def _is_praise(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in _own_lines(lines))
    return bool(_PRAISE.search(text)) and not (_QUOTED.search(text) or _GOES.search(text))


def _own_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a comment without its passage and the replies."""
    return [
        line
        for line in lines
        if not line.text.startswith(">") and not _PASSAGE.fullmatch(line.text.strip())
    ]


def _title(passage: str) -> str:
    bare = " ".join(passage.split())
    if len(bare) <= _TITLE:
        return bare.rstrip(".,;")
    return bare[:_TITLE].rpartition(" ")[0].rstrip(".,;") + "…"


def _issue(lines: Sequence[Line], passage: str) -> Iterator[Line]:
    """Yield the lines of a comment, and the pair that it proposes, if any."""
    number, after, at = 0, "", 0
    for line in lines:
        if _PASSAGE.fullmatch(line.text.strip()):
            number = line.number
    for line in _own_lines(lines):
        whole, quoted = _WHOLE.search(line.text), _QUOTED.search(line.text)
        if not after and (whole or quoted):
            text = without_quotes(whole[1]) if whole else quoted[1] if quoted else ""
            after, at = _ESCAPE.sub("", text), line.number
        elif not after and _GOES.search(line.text):
            after, at = CUT, line.number
    for line in lines:
        if line.number != number or not after:
            yield line
    if after:
        yield from pair_lines([Line(passage, number or at)], [Line(after, at)])
