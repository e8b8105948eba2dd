"""Recognises the headings of units, such as issues.

To support another form of heading, add it to ``_UNITS``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sphinxext_revguide.importer.recognise.amount_words import NUMBER_WORDS, ORDINALS
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.label_senses import sensed_role
from sphinxext_revguide.importer.recognise.lines import END, HEADING, plain_heading
from sphinxext_revguide.model import Impact


@dataclass(frozen=True, slots=True)
class UnitHead:
    """The heading of a unit: its kind, number and title.

    ``continued`` means that it continues an earlier unit with the same number.
    """

    kind: str
    number: int | str
    title: str
    continued: bool = False


_LABEL = r"[0-9]{1,4}(?![0-9])(?:[a-z](?![a-z]))?+(?:\.[0-9]{1,3})*+"
_LETTERED = r"[0-9]{1,3}(?:[a-z](?![a-z])|(?:\.[0-9]{1,2})++)"
# Possessive, so that a long run of blanks does not take quadratic time.
_NUMBER = (
    rf"\s*+(?:no\.?|nr\.?|number)?\s*+#?\s*+({_LABEL})(?:\s*+(?:of|/)\s*+[0-9]{{1,4}})?+"
    r"\s*+[:.)|–—-]*+\s*+(.*)"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SPELLED = "|".join((*NUMBER_WORDS, *_ROMAN[::-1]))
_IN_WORDS = rf"\s++({_SPELLED})\b\s*+[:.)|–—-]++\s*+(.*)"
_MORE = r"(?:\s*+(?:,|&|and|to|-|–)\s*+#?[0-9]{1,4})++"
_ISSUE = r"(?:critical\s++)?(?:issue|finding)"
_CALLED = (
    r"(?:problem|recommendation|change|item|concern|priority|revision|edit|fix|suggestion|point"
    r"|day|step|session|entry|card|ticket|annotation|nit|note|comment|observation|correction|weakness|task|patch|remark|query)"
)
_UNITS: tuple[tuple[str, str], ...] = (
    ("issue", rf"{_ISSUE}{_NUMBER}"),
    ("issue", rf"{_ISSUE}{_IN_WORDS}"),
    ("issue", rf"{_ISSUE}\s++([A-Z])\b\s*+[:.)|–—-]++\s*+(\S.*)"),
    ("issue", rf"{_ISSUE}s\s++#?([0-9]{{1,4}}){_MORE}\s*+[:.)–—-]*+\s*+(.*)"),
    ("pattern", rf"(?:ai[ -])?pattern{_NUMBER}"),
    ("numbered", r"#?([0-9]{1,4}[a-z]?)[.)]\s++(\S.*)"),
    ("example", rf"example{_NUMBER}"),
    ("called", rf"{_CALLED}{_NUMBER}"),
    ("called", rf"{_CALLED}{_IN_WORDS}"),
    ("called", rf"{_CALLED}\s++([A-H])\b\s*+[:.)|–—-]++\s*+(\S.*)"),
    ("listed", r"([0-9]{1,2}-(?-i:[A-Z]))(?:[.):]|\s*+[–—|])?\s++(\S.*)"),
    ("listed", r"#?([0-9]{1,4})(?:[.):](?![0-9])|\s*+[–—|·•-])\s*+(\S.*)"),
    ("listed", r"([A-Z][0-9]{1,2})(?:[.):]|\s*+[–—|-])\s*+(\S.*)"),
    (
        "listed",
        r"(?=\[?(?-i:[A-Z]{2,6})-([0-9]{1,4})\b\]?(?:[.):]|\s*+[–—|-]|\s))(\S.*\s.*)"),
    ("listed", r"#([0-9]{1,4})\s++(\S.*)"),
    ("listed", r"[(\[]([0-9]{1,2}|[A-Z])[)\]]\s*+[:.–—-]*+\s*+(\S.*)"),
    ("listed", rf"#?({_LETTERED})[.):–—|-]?\s++(\S.*)"),
    ("listed", r"(?:no\.?|nr\.?|number)\s*+([0-9]{1,4})\s*+[.):–—|-]*+\s++(\S.*)"),
    ("listed", rf"({'|'.join(_ROMAN[::-1])}|[A-Z])[.):]\s++(\S.*)"),
    ("listed", r"([0-9]{1,2})\s++(\S.*)"),
    ("worded", r"(?-i:[A-Z][a-z]{2,14}|[A-Z]{3,14})\s++#?([0-9]{1,2})\s*+[:.)·|–—-]++\s*+(\S.*)"),
    ("listed", rf"({_SPELLED}|[A-Z])\b(?:[:)]|\.|\s++[–—-])\s++(\S.*)"),
    ("listed", r"((?-i:[A-Z])[.-][0-9]{1,2})[.):]?\s++(\S.*)"),
    ("listed", rf"({'|'.join(ORDINALS)})(?:ly)?\s*+[:.,–—-]++\s*+(\S.*)"),
    ("listed", rf"([{_CIRCLED}])[.):]?\s*+(\S.*)"),
)  # fmt: skip
"""The kinds and forms of unit headings. Earlier entries take precedence."""
_PATTERNS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _UNITS)

UNIT_KINDS = tuple(dict.fromkeys(kind for kind, _form in _UNITS))
LOOSE_KINDS = ("called", "listed", "worded")
"""Kinds whose headings may also be ordinary ones: what is below them decides."""

LEAF = 7
"""The level of a unit that begins with a bold line or a list item: below every heading."""

_CONTINUED = re.compile(
    r"\(?(?:continued|cont\.?)\)?|\((?:continued|cont\.?)\)\s*+[:–—-].*|.*\((?:continued|cont\.?)\)",
    re.IGNORECASE,
)


_DECORATION = re.compile(r"[^\w#(\[\"'“‘`$<&+-]++")
_ATTRIBUTE = re.compile(r"\{#[\w.:-]++\}$")
_KEYCAP = re.compile(r"([0-9])\ufe0f?\u20e3[.):]?")


@lru_cache(maxsize=4096)
def unit_head(title: str, *, bold_line: bool = False) -> UnitHead | None:
    """Return the unit heading that the text of a heading or of a bold line is, or None.

    :param title: the text with its bold marks.
    :param bold_line: whether it is a bold line.
    """
    plain = _KEYCAP.sub(r"\1. ", plain_heading(title).replace("~~", ""))
    plain = plain[match.end() :] if (match := _DECORATION.match(plain)) else plain
    plain = _ATTRIBUTE.sub("", plain.strip()).strip()
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        if kind == "numbered" and (bold_line or "**" not in title):
            # It may be a section of the guide or an item: the loose kind "listed" covers these.
            continue
        text = match[2].strip()
        if match[1].casefold() in ORDINALS:
            text = text[0].upper() + text[1:]
        return UnitHead(kind, _number(match[1]), text, bool(_CONTINUED.fullmatch(text)))
    return None


def _number(written: str) -> int | str:
    """Return a number as an integer, from digits, words, Roman numerals, circled digits or letters.

    Digits with a letter or a second part, such as ``1A``, ``C1`` or ``2.3``, stay unchanged.
    """
    word = written.casefold()
    if word in _CIRCLED:
        return _CIRCLED.index(word) + 1
    if word[:1].isdigit():
        return int(word) if word.isdigit() else written
    if word[-1:].isdigit():
        return written
    for names in (NUMBER_WORDS, _ROMAN, ORDINALS):
        if word in names:
            return names.index(word) + 1
    return ord(word) - ord("a") + 1


_REMARKED = re.compile(
    r"[(\[]([^()\[\]]{1,30})[)\]]\s*+[:–—-]*+\s*+(\S.*)|(.*\S)\s*+[(\[]([^()\[\]]{1,30})[)\]]"
)


def without_remark(title: str) -> tuple[str, str]:
    """Split a title into its text and the remark in brackets before or after it, if any."""
    match = _REMARKED.fullmatch(title)
    if match is None:
        return title, ""
    return (match[2], match[1]) if match[2] else (match[3], match[4])


_BEHIND_DASH = re.compile(
    r"(.*\S)\s+[–—-]+\s+(critical|severe|(?:very )?high|major|medium(?:-high)?|moderate|minor|low)"
    r"(?: (?:impact|priority|severity))?",
    re.IGNORECASE,
)


def without_impact(title: str) -> tuple[str, Impact | None]:
    """Split a title into its text and the impact in brackets or after a dash: ``No map — high``.

    A title without an impact is returned unchanged, with None.
    """
    if behind := _BEHIND_DASH.fullmatch(title):
        return behind[1], read_impact(behind[2]).value
    bare, remark = without_remark(title)
    word = remark.casefold().removesuffix("impact").removesuffix("priority")
    impact = read_impact(word).value if remark else None
    return (title, None) if impact is None else (bare, impact)


_RANKED = re.compile(
    r"\b(critical|high|important|medium|moderate|low|major|minor|p[0-5]|must[- ]fix)\b"
    r"(?=[ -]*(?:priority|severity|impact|issues?|problems?|findings?|fixes|items|changes|edits)\b"
    r"|\W*$|\W*\()",
    re.IGNORECASE,
)


_GROUP = re.compile(r"(?:[^\W\d_]{3,12} )?(?:[0-9]{1,2}|[A-E]|[IV]{1,3})\s*[:.)–—-]+\s*")
"""The number of a group in its heading, such as "Pile 1: " in "Pile 1: Essential"."""
_WORD = 4
"""An impact in a heading has at least this many letters: "A" and "Big" may mean anything."""


def impact_above(heading: str) -> Impact | None:
    """Return the impact that the heading of a section gives to all issues below it, or None."""
    text = plain_heading(heading)
    match = _RANKED.search(text)
    if match is None:
        name, _colon, value = text.partition(":")
        is_named = sensed_role(name.strip().casefold()) in ("severity", "impact")
        alone = value.strip() if is_named else _GROUP.sub("", text, count=1).strip()
        read = read_impact(alone)
        return read.value if read.whole and len(alone) >= _WORD else None
    word = match[1].casefold()
    return Impact.CRITICAL if word.startswith("must") else read_impact(word).value


_CALLED_BOLD = re.compile(
    r"[ \t]*\*\*([^*]+?):?\*\*[ \t]*(?:[(\[]([^()\[\]]{1,40})[)\]])?[ \t]*(:?)[ \t]*([^*]*)"
)


@lru_cache(maxsize=4096)
def bold_unit(line: str) -> UnitHead | None:
    """Return the unit heading that a bold line, or a line like ``**Issue 1** (line 14):``, is.

    :returns: the heading; None for any other line.
    """
    called = _CALLED_BOLD.fullmatch(line)
    head = unit_head(f"**{called[1]}**", bold_line=True) if called and called[0].strip() else None
    said = called is not None and bool(called[3] or not called[4].strip())
    if called and said and head and not head.title and head.kind in ("issue", "example"):
        title, place = called[4].strip(), called[2] or ""
        named = f"{title} ({place})" if title and place else title or place.capitalize()
        return UnitHead(head.kind, head.number, named)
    if called and called[2] and said and head and head.title and not called[4].strip():
        return replace(head, title=f"{head.title} ({called[2]})")
    text = line.strip().rstrip(":")
    if len(text) < 5 or not text.startswith("**") or not text.endswith("**") or "**" in text[2:-2]:
        return None
    return unit_head(text, bold_line=True)


def begins_section(line: str) -> bool:
    """Return whether a line is a heading, a bold unit heading, or the end of an issue."""
    return bool(HEADING.fullmatch(line) or line == END or bold_unit(line))


def opens_unit(line: str) -> bool:
    """Return whether a line is the heading of a unit, as a Markdown heading or a bold line."""
    match = HEADING.fullmatch(line)
    return bool(unit_head(match[2]) if match else bold_unit(line))


def is_unit_heading(line: str) -> bool:
    """Return whether a line must be the heading of a unit, even inside an open fence."""
    match = HEADING.fullmatch(line)
    if match is None:
        return False
    head = unit_head(match[2])
    # Samples may contain headings such as "Example 2" or "Pattern 3".
    return head is not None and ("**" in match[2] or head.kind == "issue")
