"""Infers the roles of labels that recur in the issues of a guide.

Three kinds of evidence count: the words of the label, the shape of its values in all issues, and
its position among the other labels. Known words are usually enough. Words that only hint at a role
need values of a matching shape, such as "Labour" above "20 minutes".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sphinxext_revguide.importer.recognise.amount_words import NUMBER_WORDS, QUANTIFIER
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.inferred_text import CODE, alike, quoted
from sphinxext_revguide.importer.recognise.label_words import without_marks
from sphinxext_revguide.importer.recognise.labels import label_role
from sphinxext_revguide.importer.recognise.values import read_hours, read_reduction

MIN_ISSUES = 2
"""A label recurs if at least this many issues have it."""
SIDES = ("before", "after")
_MOST = 0.6
"""Values have a shape if at least this share of them has it."""
_LEVELS = 5
"""A scale of importance has at most this many distinct values."""
_TEXT = 4
"""A value with at least this many words may be a text."""
_AMOUNTS = 6
"""A value with at most this many words may be an amount and nothing else."""
_FACT = 14
"""A value with at most this many words may be a fact, such as how often something occurs."""

_HINTS: tuple[tuple[str, str], ...] = (
    ("effort", r"time|hours?|minutes?|effort|work\w*|labou?r|duration|takes?|costs?|budget|needs?"),
    (
        "reduction",
        (
            r"sav(?:es?|ings?|ed)|cuts?|reduc\w+|short(?:er|en\w*)|slim\w*|recover\w*|trim\w*|lose"
            r"|shrink\w*|gains?|yields?|leaner|words (?:back|out|off)"
        ),
    ),
    (
        "severity",
        (
            r"severity|priority|grad(?:e|ing)|weight|gravity|urgency|rank\w*|rating|importance|level"
            r"|heav\w+|serious\w*|bite|class|tier|category|matters?"
        ),
    ),
    (
        "frequency",
        (
            r"often|frequen\w+|occur\w+|counts?|tally|spread|hits|seen|times|instances|places"
            r"|extent|reach|prevalence|number|sightings"
        ),
    ),
    (
        "after",
        (
            r"after|instead|suggest\w*|recommend\w*|propos\w*|rewrit\w*|rewrote|revis\w*|better"
            r"|should|could|would|might|try|replac\w*|new|improv\w*|becomes?|amended|mended"
            r"|cure|remedy|version|reword\w*|recast|afterwards?|alternative|put in|i['’]d|mine|ours"
            r"|edit(?:ed)?"
        ),
    ),
    (
        "before",
        (
            r"before|current\w*|original\w*|existing|present|now|old|manuscript|ms|draft|reads?"
            r"|stands?|exhibit|specimen|quot\w+|printed|extract|passage|has|take out|found|wrote"
            r"|yours|from you"
        ),
    ),
    (
        "why",
        (
            r"why|reasons?|reasoning|because|rationale|grounds|effects?|pay-?offs?|benefits?|gains?"
            r"|profit|purpose|upshot|argument|justification|advantage|consequences?|so what"
        ),
    ),
    (
        "problem",
        (
            r"problems?|trouble|difficult\w+|wrong|snags?|symptoms?|observ\w+|comments?|diagnos\w+"
            r"|concerns?|obstacles?|faults?|weakness\w*|happens|finding|complaint|matter|remarks?"
            r"|descriptions?"
        ),
    ),
)
"""Words that hint at a role, in the order in which they are tried."""
_BY_WORDS = tuple((role, re.compile(rf"\b(?:{words})\b")) for role, words in _HINTS)
_NO_REASON = re.compile(
    r"^(?:page|where|location|place)$|\b(?:notes?|next|status|owner|see|source|todo|deadline|due|author"
    r"|editor|reply|response|tip|example|exercise|question|answer|date|link|tags?|refs?)\b"
)
"""Words of labels whose text is neither a problem nor a reason, whatever its position."""
_AMOUNT = re.compile(r"\b[0-9]{1,5} ?(?:words?|lines?|pages?|characters?|%)|^\W*[0-9]{1,5}$")
_LENGTH = re.compile(r"\b(?:lengths?|sizes?|long|words|now|current|runs|original|total|draft)\b")
"""Words of labels whose amount is a length, and not what a change saves."""
_QUANTITY = re.compile(
    rf"\d|\b(?:once|twice|thrice|{'|'.join(NUMBER_WORDS)}|{QUANTIFIER}"
    r"|throughout|everywhere|about|some|few|half|dozen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Record:
    """A label and its value in one issue, which ``section`` identifies.

    ``passage`` tells whether the value is set off as a text: quoted, fenced or indented.
    """

    words: str
    value: str
    section: int
    passage: bool = False

    @property
    def key(self) -> str:
        """The words in the form in which labels are compared."""
        return key_of(self.words)


_COUNTED = re.compile(r"\([^()]*\)|[,;][^,;]*[0-9].*|[0-9#]+")
_LONGEST = 200
"""Only this many characters of a label are compared."""


def key_of(words: str) -> str:
    """Return the words of a label without marks, remarks, numbers and case, for comparison."""
    bare = _COUNTED.sub(" ", words[:_LONGEST].replace("’", "'").replace(".", " "))
    return " ".join(without_marks(bare).casefold().split())


def meanings(records: Iterable[Record], least: float = 0.4) -> dict[str, str]:
    """Return the role of each recurring label, by its key; labels without a role are left out.

    :param records: the labels and values, in the order of the guide.
    :param least: the share of the issues that must have a label for it to recur.
    """
    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_key[record.key].append(record)
    sections = {record.section for own in by_key.values() for record in own}
    most = max(MIN_ISSUES, least * len(sections))
    recurring = {
        key: own
        for key, own in by_key.items()
        if key and len({record.section for record in own}) >= most
    }
    known = {key: _known(key, own) for key, own in recurring.items()}
    remarks = _remarks_on(recurring, known)
    found = {key: role for key, role in known.items() if role and key not in remarks}
    for key, own in recurring.items():
        if key not in {*found, *remarks} and (role := _hinted(key, own, set(found.values()))):
            found[key] = role
    _name_sides(recurring, found)
    _name_reasons(recurring, found)
    return found


def _known(key: str, own: Sequence[Record]) -> str:
    """Return the role of known words; "" if it asks for a value, but most texts are sentences."""
    role = label_role(own[0].words) or label_role(key)
    values = [record.value for record in own]
    fits = _FITS.get("severity" if role == "impact" else role, _are_texts)
    is_told = role in _VALUES and not fits(values) and _are_sentences(values)
    return "" if is_told else role


def _remarks_on(recurring: Mapping[str, list[Record]], known: Mapping[str, str]) -> set[str]:
    """Return the labels whose texts only comment on a sample that is set off under another label.

    "On the page" introduces a sample, but not next to a column of samples.
    """
    found = set()
    for side in SIDES:
        own = [key for key, role in known.items() if role == side]
        set_off = [key for key in own if all(map(_is_set_off, recurring[key]))]
        if set_off:
            found |= {key for key in own if not any(map(_is_set_off, recurring[key]))}
    return found


def _hinted(key: str, own: Sequence[Record], taken: set[str]) -> str:
    """Return the role that a label's words hint at if its values fit, else that of its values.

    :param taken: the roles found so far.
    """
    for role, words in _BY_WORDS:
        is_new = role not in taken or role in SIDES
        if is_new and words.search(key) and _FITS[role]([record.value for record in own]):
            return role
    values = [record.value for record in own]
    saves = "reduction" not in taken and not (label_role(key) or _LENGTH.search(key))
    if saves and _share(values, _is_reduction) >= _MOST:
        return "reduction"
    if {"effort", "severity"} <= taken:
        return ""
    if "effort" not in taken and _share(values, _is_time) >= _MOST:
        return "effort"
    is_scale = "severity" not in taken and "impact" not in taken and _share(values, _is_impact) == 1
    return "severity" if is_scale else ""


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(value)) for value in values) / len(values) if values else 0


def _is_time(value: str) -> bool:
    return len(value.split()) <= _FACT and read_hours(value).value is not None


def _is_reduction(value: str) -> bool:
    return len(value.split()) <= _AMOUNTS and read_reduction(value).value is not None


def _is_impact(value: str) -> bool:
    return read_impact(value).whole


def _are_times(values: Sequence[str]) -> bool:
    return _share(values, _is_time) >= _MOST


def _are_amounts(values: Sequence[str]) -> bool:
    def is_amount(value: str) -> bool:
        return bool(_AMOUNT.search(value)) or read_reduction(value).value is not None

    return _share(values, is_amount) >= _MOST


def _are_levels(values: Sequence[str]) -> bool:
    """Return whether values are words from one small scale."""
    levels = {value.strip(" .*").casefold() for value in values}
    is_short = all(len(level.split()) <= _TEXT for level in levels)
    return is_short and len(levels) <= _LEVELS and _share(values, _names_impact) >= _MOST


def _names_impact(value: str) -> bool:
    return read_impact(value).value is not None


def are_facts(values: Sequence[str]) -> bool:
    """Return whether most values are short, and most contain a number or a quantity."""
    is_short = _share(values, lambda value: 0 < len(value.split()) <= _FACT) >= _MOST
    return is_short and _share(values, _QUANTITY.search) >= _MOST


def _are_texts(values: Sequence[str]) -> bool:
    """Return whether most values, or the values on average, have as many words as a text."""
    words = [len(value.split()) for value in values]
    most = _share(values, lambda value: len(value.split()) >= _TEXT) >= _MOST
    return most or (sum(words) > _TEXT * len(words) and min(words) >= _TEXT - 1)


def _are_sentences(values: Sequence[str]) -> bool:
    def is_sentence(value: str) -> bool:
        return len(value.split()) > _TEXT and (value[:1].isupper() or value.endswith("."))

    return _share(values, is_sentence) >= _MOST


_FITS: Mapping[str, Callable[[Sequence[str]], bool]] = {
    "effort": _are_times,
    "reduction": _are_amounts,
    "severity": _are_levels,
    "frequency": are_facts,
    **dict.fromkeys(("before", "after", "problem", "why"), _are_texts),
}


_VALUES = ("impact", "severity", "reduction", "effort")


def _name_sides(recurring: Mapping[str, list[Record]], found: dict[str, str]) -> None:
    """Add the labels of the two samples by their position: the first one is the BEFORE.

    If one of them is known, its neighbour is the other if the same issues set off its texts.
    Otherwise, the texts of both must be two versions of each other.
    """
    if {"before", "after"} <= {*found.values()}:
        return
    given = [key for key, role in found.items() if role in SIDES]
    texts = [
        key
        for key, own in recurring.items()
        if key not in found and _are_texts([record.value for record in own])
    ]
    set_off = [key for key in texts if all(map(_is_set_off, recurring[key]))]
    if len(set_off) + len(given) > len(SIDES):
        return  # it is unclear which passage replaces which
    for first, second in _neighbours(recurring, [*given, *texts]):
        if first in given and found[first] != "before":
            continue
        if second in given and found[second] != "after":
            continue
        is_named = first in given or second in given
        sides = (recurring[first], recurring[second])
        is_beside = is_named and {first, second} <= {*given, *set_off} and _are_beside(*sides)
        if is_beside or _two_versions(*sides):
            found |= {first: "before", second: "after"}
            return


def _are_beside(first: Sequence[Record], second: Sequence[Record]) -> bool:
    """Return whether at least half of the issues that have one of two labels have both."""
    sections = [{record.section for record in own} for own in (first, second)]
    both = len(sections[0] & sections[1])
    return both >= MIN_ISSUES and 2 * both >= len(sections[0] | sections[1])


def _is_set_off(record: Record) -> bool:
    return record.passage or bool(quoted(record.value.strip()))


def _neighbours(
    recurring: Mapping[str, list[Record]], keys: Sequence[str]
) -> Iterable[tuple[str, str]]:
    chosen = {*keys}
    ordered = [key for key in recurring if key in chosen]
    return pairwise(ordered)


def _two_versions(first: Sequence[Record], second: Sequence[Record]) -> bool:
    others = {record.section: record.value for record in reversed(second)}
    pairs = [(record.value, others[record.section]) for record in first if record.section in others]
    is_code = any(CODE.search(f"{old}\n{new}") for old, new in pairs)
    return len(pairs) > MIN_ISSUES and alike(pairs) and not is_code


def _name_reasons(recurring: Mapping[str, list[Record]], found: dict[str, str]) -> None:
    """Add the only other label above the samples as the problem, and the only one below as why."""
    roles = [found.get(key, "") for key in recurring]
    if not {"before", "after"} <= {*roles}:
        return
    keys = [*recurring]
    first = min(place for place, role in enumerate(roles) if role in SIDES)
    last = max(place for place, role in enumerate(roles) if role in SIDES)
    for role, own in (("problem", keys[:first]), ("why", keys[last + 1 :])):
        texts = [
            key
            for key in own
            if key not in found
            and not _NO_REASON.search(key)
            and _are_texts([record.value for record in recurring[key]])
        ]
        if role not in roles and len(texts) == 1:
            found[texts[0]] = role
