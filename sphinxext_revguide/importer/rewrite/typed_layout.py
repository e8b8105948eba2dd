"""Rewrites layouts that are typed without Markdown as headings and labels.

These are headings in capitals, as in a memorandum; labels in capitals that recur; definition lists,
a term with ``: text`` below it; and the fields of Obsidian, ``name:: value``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sphinxext_revguide.importer.recognise.heads import unit_head
from sphinxext_revguide.importer.recognise.lines import HEADING, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.recognise.underlines import underlines

_CAPITALS = re.compile(r"[^a-zß-ÿ|>\0:]*[A-ZÀ-Þ]{3}[^a-zß-ÿ|>\0]*")
_EQUALS = re.compile(r"={3,}")
_MARKED = re.compile(r"[#>|\0]|[-*+][ \t]|[-*_]{3}")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*")
_DEFINITION = re.compile(r"(?::|~)[ \t]+(\S.*)")
_TERM = re.compile(r"[*_]{0,2}([^\W\d_][^:*_|>#\n]{0,60}?)[*_]{0,2}")
_LABEL = re.compile(
    r"((?:[A-ZÀ-Þ]+['’]?[A-ZÀ-Þ]*[ ]){0,4}[A-ZÀ-Þ]{2,}['’]?[A-ZÀ-Þ]*)"
    r"(?:[.:?][ ]+|(?=[ ]+[(a-zß-ÿ\"“])|[.:?]?$)[ ]*(.*)"
)
"""Words in capitals at the beginning of a line, and the text after them: "BECAUSE it is late"."""
_FIELD = re.compile(r"([^\W\d_][\w /-]{0,40})::[ \t]+(\S.*)")
_LONGEST = 90
_MIN = 3


def with_marked_headings(lines: Sequence[Line]) -> list[Line]:
    """Rewrite underlined headings below a blank line with number signs."""
    found: list[Line] = []
    above = ""
    for line in lines:
        text = line.text.strip()
        last = found[-1].text.strip() if found else ""
        if last and not above and not _MARKED.match(last):
            level = 1 if _EQUALS.fullmatch(text) else 2 if underlines(text, last) else 0
            if level:
                found[-1] = Line(f"{'#' * level} {last}", found[-1].number)
                above = last = ""
                continue
        above = last
        found.append(line)
    return found


def with_typed_headings(lines: Sequence[Line]) -> list[Line]:
    """Make headings of lines in capitals in a guide without headings; the first is its title."""
    above = ["", *(line.text.strip() for line in lines)]
    marked = (
        HEADING.fullmatch(line.text) or (text and _UNDERLINE.fullmatch(line.text))
        for line, text in zip(lines, above, strict=False)
    )
    if any(marked):
        return list(lines)
    labels = _labels(lines)
    heads = {place for place in range(len(lines)) if _is_heading(lines, place)} - {*labels}
    if len(heads) < _MIN:
        return list(lines)
    first = next(place for place, line in enumerate(lines) if line.text.strip())
    found: list[Line] = []
    for place, line in enumerate(lines):
        text = line.text.strip()
        if place in labels:
            words, rest = labels[place]
            found += (Line("", 0), Line(f"**{words.capitalize()}:** {rest}".rstrip(), line.number))
        elif place not in heads:
            found.append(line)
        elif place == first:
            found += apart(Line(f"# {text}", line.number))
        else:
            marks = "###" if unit_head(text) else "##"
            found += apart(Line(f"{marks} {text}", line.number))
    return found


def _is_heading(lines: Sequence[Line], place: int) -> bool:
    """Return whether a line is in capitals and below a blank line."""
    text = lines[place].text.strip()
    above = lines[place - 1].text.strip() if place else ""
    head = unit_head(text)
    is_label = text.endswith(":") or (":" in text and not head)
    return (
        not above
        and not is_label
        and len(text) <= _LONGEST
        and bool(_CAPITALS.fullmatch(text) or (head and head.title.isupper()))
    )


def _labels(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """Return the labels in capitals that recur below blank lines, and the texts after them."""
    found: dict[int, tuple[str, str]] = {}
    above = ""
    for place, line in enumerate(lines):
        match = _LABEL.fullmatch(line.text.strip()) if not above.strip() else None
        if match:
            remark = re.fullmatch(r"(\([^()]{1,60}\))[:.]?", match[2])
            found[place] = (f"{match[1]} {remark[1]}", "") if remark else (match[1], match[2])
        above = line.text
    counts = Counter(words.partition("(")[0].strip() for words, _rest in found.values())
    return {
        place: label
        for place, label in found.items()
        if counts[label[0].partition("(")[0].strip()] >= _MIN
    }


def with_double_colons(lines: Sequence[Line]) -> list[Line]:
    """Rewrite the fields of Obsidian as labels."""
    fields = {
        place: match for place, line in enumerate(lines) if (match := _FIELD.fullmatch(line.text))
    }
    if len(fields) < _MIN:
        return list(lines)
    found: list[Line] = []
    for place, line in enumerate(lines):
        if match := fields.get(place):
            found += apart(Line(f"**{match[1].strip()}:** {match[2]}", line.number))
        else:
            found.append(line)
    return found


def without_definitions(lines: Sequence[Line]) -> list[Line]:
    """Rewrite terms with definitions below them as labels."""
    terms: dict[int, str] = {}
    texts: dict[int, str] = {}
    for place in range(1, len(lines)):
        definition = _DEFINITION.fullmatch(lines[place].text)
        term = _TERM.fullmatch(lines[place - 1].text.strip())
        if definition and term:
            terms[place - 1] = term[1].strip(" :")
            texts[place] = definition[1]
    if len(terms) < _MIN:
        return list(lines)
    found: list[Line] = []
    inside = False  # whether in a definition: its other paragraphs are indented
    for place, line in enumerate(lines):
        if place in terms:
            found += apart(Line(f"**{terms[place]}:**", line.number))
        elif place in texts:
            found[-2:] = [Line(f"{found[-2].text} {texts[place]}", found[-2].number)]
            inside = True
        elif inside and line.text[:2].isspace():
            found.append(Line(line.text.strip(), line.number))
        else:
            found += [Line("", 0)] if place - 1 in texts else []
            inside = inside and not line.text.strip()
            found.append(line)
    return found
