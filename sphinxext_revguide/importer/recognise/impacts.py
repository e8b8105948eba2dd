"""Reads impacts: words, grades, stars, and phrases such as "has to happen"."""

from __future__ import annotations

import re

from sphinxext_revguide.importer.recognise.values import Read
from sphinxext_revguide.model import Impact

_IMPACTS = {
    **{impact.value: impact for impact in Impact},
    **dict.fromkeys(
        (
            "very high",
            "severe",
            "blocker",
            "blocking",
            "fatal",
            "urgent",
            "extreme",
            "enormously",
            "hugely",
            "immensely",
            "a",
            "essential",
            "required",
            "mandatory",
            "indispensable",
            "gravest",
            "worst",
            "highest",
            "top",
            "most serious",
            "most important",
            "most urgent",
            "most damaging",
            "vital",
            "crucial",
            "p0",
            "p1",
            "sev1",
            "s1",
        ),
        Impact.CRITICAL,
    ),
    **dict.fromkeys(("must fix", "must", "must do"), Impact.CRITICAL),
    **dict.fromkeys(
        (
            "major",
            "important",
            "should fix",
            "should do",
            "should",
            "strongly advised",
            "strongly recommended",
            "highly recommended",
            "h",
            "p2",
            "sev2",
            "a great deal",
            "a lot",
            "greatly",
            "very much",
            "badly",
            "b",
            "very",
            "huge",
            "big",
            "large",
            "considerable",
            "substantial",
            "significant",
            "serious",
            "grave",
            "great",
            "heavy",
            "strong",
            "s2",
        ),
        Impact.HIGH,
    ),
    **dict.fromkeys(("high-medium", "medium to high", "moderate-high"), Impact.MEDIUM_HIGH),
    **dict.fromkeys(
        (
            "a fair bit",
            "a fair amount",
            "rather",
            "fairly",
            "quite",
            "somewhat",
            "moderately",
            "quite a bit",
            "c",
            "moderate",
            "med",
            "m",
            "advisable",
            "advised",
            "recommended",
            "worthwhile",
            "worth doing",
            "worth fixing",
            "middling",
            "middle",
            "mid",
            "fair",
            "p3",
            "sev3",
            "s3",
        ),
        Impact.MEDIUM,
    ),
    **dict.fromkeys(
        (
            "minor",
            "very low",
            "trivial",
            "trifling",
            "negligible",
            "could fix",
            "could do",
            "could",
            "l",
            "p4",
            "p5",
            "sev4",
            "sev5",
            "small",
            "slight",
            "minimal",
            "nice to have",
            "desirable",
            "niggle",
            "quibble",
            "a little",
            "a bit",
            "slightly",
            "not much",
            "hardly",
            "not the end of the world",
            "light",
            "mild",
            "little",
            "cosmetic",
            "polish",
            "nit",
            "nitpick",
            "optional",
            "lowest",
            "least",
            "discretionary",
            "at your discretion",
            "up to you",
            "if you like",
            "if you wish",
            "a matter of taste",
            "irritating",
            "annoying",
            "s4",
        ),
        Impact.LOW,
    ),
}
_SIGNS = {
    sign: impact
    for signs, impact in (
        ("🔴🟥", Impact.CRITICAL),
        ("🟠🟧", Impact.HIGH),
        ("🟡🟨", Impact.MEDIUM),
        ("🟢🟩", Impact.LOW),
    )
    for sign in signs
}
"""Coloured signs, with what they mean before a word: "🔴 stop"."""
_MARKS = "".join(_SIGNS)
_IMPACTS |= _SIGNS
_FIRST = re.compile(r"\s[-–—]\s|[,;:.]")
"""The mark between an impact and its reason."""
_STARS = re.compile(r"([★⭐●■◆▮]{1,5})([☆✩○□◇▯]{0,4})(?:[ ]*\([0-9] ?/ ?[0-9]\))?")
_OUT_OF = re.compile(r"([0-9]{1,2}) ?(?:/|of|out of) ?(5|10)")
_BY_STARS = dict(enumerate(reversed([*Impact]), start=1))
"""The impact for each number of stars out of five; there are five impacts."""
_OF_THREE = dict(enumerate((Impact.LOW, Impact.MEDIUM, Impact.HIGH), start=1))
_RANKED = re.compile(r"(?:[0-9]|[A-E]|i{1,3}|iv|v)\s*[–—:.)-]\s*(?=[^\W\d_]{3})", re.IGNORECASE)
"""The rank before an impact: "1 – Essential"."""
_QUALIFIED = re.compile(r"(?:very|quite|rather|fairly|pretty|really|somewhat|mostly) ")
_WORD_ALONE = 4
"""A word with at least this many letters is an impact even if other words follow it."""
_NOT_ALONE = ("must", "should", "could", "very", "rather", "quite")
"""Words that are an impact only if no other word follows them."""
_IT = "(?:it |this |these |they )?"
_HAPPEN = "(?: (?:happen|change|go|be (?:done|fixed|changed)))?"
_TIME = "(?:there['’]?s|there is|you have|we have|you find)?"
_ORDERED: tuple[tuple[Impact, re.Pattern[str]], ...] = (
    (Impact.CRITICAL, re.compile(f"{_IT}(?:must|ha(?:s|ve) to|needs? to|cannot wait){_HAPPEN}")),
    (Impact.HIGH, re.compile(f"{_IT}(?:really )?(?:should|ought to){_HAPPEN}")),
    (
        Impact.LOW,
        re.compile(
            f"(?:only )?(?:if|when|where|as) (?:ever )?{_TIME} ?(?:the |any )?time"
            "(?: (?:allows|permits|is left|left|remains))?|(?:it )?would be nice"
            "|(?:only )?(?:if|when) you have (?:an? |some |any )?"
            "(?:time|moment|minute|hour|morning|afternoon|evening|day|energy)s?(?: to spare| left)?"
        ),
    ),
)
"""Phrases that say how urgent a change is: "Has to happen", "If there's time"."""
_BETWEEN = {"low-medium": Impact.MEDIUM, "medium-low": Impact.MEDIUM}
"""Words between two impacts: they are read as the higher one, and that is reported."""
_BOX = re.compile(r"([☐□◻])|([☒☑✓✔■◼✅])\ufe0f?|\[( )\]|\[[xX]\]")


def ticked(text: str) -> str:
    """Return the text of the only ticked box among several; any other text unchanged."""
    marks = list(_BOX.finditer(text))
    if len(marks) < 2 or text[: marks[0].start()].strip(" *_"):
        return text
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    chosen = [
        text[mark.end() : end].strip(" ,;/|")
        for mark, end in zip(marks, ends, strict=True)
        if not mark[1] and mark[3] is None
    ]
    return chosen[0] if len(chosen) == 1 else text


def read_impact(text: str) -> Read[Impact]:
    """Read an impact; ``problem`` is set if it is unknown or between two levels."""
    text = ticked(text)
    bare = re.sub(r"\([^()]*\)", " ", text).strip(" *_.!")
    bare = (bare.strip(f" *_{_MARKS}") or bare).casefold()
    bare = _RANKED.sub("", bare, count=1) if _RANKED.match(bare) else bare
    words = re.sub(r"\s*[-–/]\s*", "-", " ".join(bare.split()))
    whole = "(" not in text
    if stars := _STARS.fullmatch(text.strip()):
        of_three = len(stars[1]) + len(stars[2]) == len(_OF_THREE) and bool(stars[2])
        return Read((_OF_THREE if of_three else _BY_STARS)[len(stars[1])], True)
    if (out_of := _OUT_OF.fullmatch(text.strip())) and 0 < int(out_of[1]) <= int(out_of[2]):
        rank = int(out_of[1]) if out_of[2] == "5" else (int(out_of[1]) + 1) // 2
        return Read(_BY_STARS[rank], True)
    for form in (words, words.replace(" ", "-"), words.replace("-", "")):
        if form in _IMPACTS:
            return Read(_IMPACTS[form], whole)
        if form in _BETWEEN:
            problem = (
                f"the impact {text.strip()!r} is between two levels and was read as "
                f"'{_BETWEEN[form]}'; change ':impact:' if that is wrong"
            )
            return Read(_BETWEEN[form], False, problem)
    ordered = next((impact for impact, form in _ORDERED if form.fullmatch(bare)), None)
    if ordered:
        return Read(ordered, whole)
    first = _FIRST.split(bare, maxsplit=1)[0].strip()
    if first != bare and first in _IMPACTS:
        return Read(_IMPACTS[first])
    for form in (first, _QUALIFIED.sub("", first), first.partition(" ")[0]):
        if form in _IMPACTS and len(form) >= _WORD_ALONE and form not in _NOT_ALONE:
            return Read(_IMPACTS[form])
    return _signed(text, bare)


def states_impact(text: str) -> bool:
    """Return whether a text is an impact, or an editor's own word for one behind its colour."""
    return read_impact(text).whole or (text[:1] in _SIGNS and bool(read_impact(text).value))


def _signed(text: str, bare: str) -> Read[Impact]:
    """Read the colour before an editor's own word, such as "🔴 stop"."""
    sign = text.strip(" *_")[:1]
    if sign in _SIGNS and bare.replace(" ", "").isalpha():
        return Read(_SIGNS[sign])
    known = ", ".join(impact.value for impact in Impact)
    problem = f"the impact {text.strip()!r} is unknown and was kept as text; write one of {known}"
    return Read(None, False, problem)
