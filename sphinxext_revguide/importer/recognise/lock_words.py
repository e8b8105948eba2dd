"""Recognises text that says that a passage must stay as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LOCKED = re.compile(
    r"\b(?:lock(?:ed)?|preserve[ds]?|preservation|non-negotiables?|hands off|untouchables?|stet"
    r"|sacred|keepers?|(?:worth|for) (?:keeping|saving)|darlings|treasures?|protected|frozen"
    r"|(?:don['’]t|do not|never|not to) (?:lose|fix|improve|break|spoil|cut|touch|tidy"
    r"|change|alter|edit|regress|reword|rephrase|rewrite|revise|mess with|meddle with|tinker with)"
    r"|(?:do not|don['’]t|would(?: not|n['’]t)) (?:want|like|wish) (?:you |anyone )?to (?:\w+ )?"
    r"(?:touch|change|cut|alter|edit|lose)"
    r"|(?:do not|don['’]t|would(?: not|n['’]t)) (?:want|like|wish) (?:to (?:see|have) )?"
    r"(?:(?:it|them|these|this|any of (?:it|this|these)) )?"
    r"(?:touched|changed|cut|altered|edited|lost|moved|tidied)"
    r"|must not (?:go|be (?:lost|cut))|hold on to|(?:please )?spare(?:d)?|leave (?:it |them )?be"
    r"|(?:would|['’]d) (?:fight|die) for"
    r"|(?:not|never|nobody|no one) (?:to )?let (?:you|me|us|anyone|anybody) "
    r"(?:take|cut|touch|spoil|change)"
    r"|(?:beg|ask|urge|want|implore|need) you to (?:keep|retain|preserve|leave|spare)"
    r"|(?:be |is |are )?left (?:in peace|to stand|standing)|(?:good|fine|perfect) as (?:it )?is"
    r"|off[ -]limits|sacrosanct"
    r"|(?:do not|don['’]t(?: (?:you dare|ever))?|never|(?:must|should|may) not(?: be)?"
    r"|(?:not|nothing) to be) "
    r"(?:changed?|touch(?:ed)?|edit(?:ed)?|alter(?:ed)?|patch(?:ed)?|disturb(?:ed)?)"
    r"|must (?:keep|stay|remain|stand)|should (?:stay|remain|stand) as"
    r"|(?:what|elements?|things?|parts?|passages?|strengths|contents?|materials?|bits|text|copy"
    r"|pages?|features|that (?:is|are)) to (?:keep|retain|maintain|stay|stand|remain"
    r"|be (?:kept|left|retained|spared))"
    r"|(?:would|will|should|shall|could)(?: not|n['’]t) (?:be )?"
    r"(?:changed?|touch(?:ed)?|edit(?:ed)?|alter(?:ed)?|cut)"
    r"|(?:leave|let) (?:these|them|those|this|it|the following) (?:be|stand|stay|in)"
    r"|(?:reach|survive|come through|stay|remain|go) (?:\w+ ){0,4}"
    r"(?:unaltered|unchanged|untouched|intact)"
    r"|(?:leave|left) (?:(?:it|them|these|this|those|all of these) )?(?:exactly |well |just )?"
    r"(?:untouched|unchanged|alone|as (?:is|(?:it|they) (?:is|are|stands?)))"
    r"|(?:stays?|remains?|stands?) (?:exactly |just )?as (?:is|(?:it|they) (?:is|are|stands?))"
    r"|what (?:i|we) (?:really )?(?:like|love)d?"
    r"|no (?:\w+ ){0,2}?(?:works?|changes?|edits?|corrections?|alterations?)(?: \w+){0,5}? "
    r"(?:to|may|should|must) be (?:made|done|carried out)"
    r"|let (?:it|them|these|this|those) stand"
    r"|nicht (?:anfassen|ändern|anrühren|berühren|verändern)|unverändert (?:lassen|bleiben)"
    r"|(?:ne (?:pas|rien) |à ne pas )(?:toucher|changer|modifier)"
    r"|keep (?:(?:exactly|just|all of this|it|them|this) )?"
    r"(?:as is|as it is|as they are|unchanged|untouched|these|word for word))\b"
    r"|^\W*(?:(?:please )?(?:keep|protect|spare)|leave standing|what (?:already )?works(?: well)?"
    r"|what(?:['’]s| is) (?:good|strong|working|right)"
    r"|(?:the )?good (?:bits|things|parts|stuff)|stays|staying|to (?:keep|stay)"
    r"|(?:please )?leave(?: alone| these| those| the following)?|strengths)\W*(?:\(.*\)\W*)?$",
    re.IGNORECASE,
)


def locks(text: str) -> bool:
    """Return whether a text, such as a heading or a label, says that what it lists must stay."""
    return bool(_LOCKED.search(text))


PASSAGE_NAMED = re.compile(
    r"(?:and |also,? |then |finally,? )?"
    r"(?:the|your|our|an?|both|all|every|each|his|her|their|how|[\"“*_])(?:[ ]|(?<=[\"“*_])).*",
    re.IGNORECASE | re.DOTALL,
)
"""A text that names a passage: "The kettle on page two." """
MOST_WORDS = 40
"""The name of a passage has at most this many words."""
_INLINE = re.compile(r"(?:.*[.!?][”\"]?[ ])?([^.!?:]{3,160}):[ ]+(\S.*)", re.DOTALL)
_COUNTED = re.compile(r"\(?(?:[0-9]{1,2}|[a-z])\)[ ]+")
_FEW = 12
"""A passage between commas has at most this many words."""


def passages_in_sentence(text: str) -> tuple[str, list[str]]:
    """Return the lead of a sentence that lists passages which must stay, and these passages.

    "Please do not touch: the map; your uncle's letter; and the last line." The passages are
    separated by semicolons or, if each is short, by commas.

    :returns: "" and [] for any other text.
    """
    match = _INLINE.fullmatch(text)
    if match is None or not locks(match[1]):
        return "", []
    said = match[2].strip(" .")
    items = re.split(r";[ ]+(?:and[ ]+)?", said)
    if len(items) == 1:
        items = re.split(r",[ ]+(?:and[ ]+)?|[ ]+and[ ]+(?=the|your)", said)
        if not all(PASSAGE_NAMED.fullmatch(item) and len(item.split()) <= _FEW for item in items):
            items = []
    items = [_COUNTED.sub("", item, count=1).strip() for item in items]
    is_list = len(items) > 1 and all(0 < len(item.split()) <= MOST_WORDS for item in items)
    return (text[: match.start(2)].strip(), items) if is_list else ("", [])


_KEEP = re.compile(
    r"((?:(?:please|but|and|also|do) )*(?:keep|preserve|spare|protect|save|leave alone|hands off"
    r"|do(?: not|n['’]t) (?:touch|change|cut)))[ ]"
    r"((?:the|your|both|all|every|that|my)\b[^.!?]+)[.!]?",
    re.IGNORECASE,
)


def passages_to_keep(text: str) -> tuple[str, list[str]]:
    """Split an order such as "Keep the map and ..." into its lead and passages; else "" and []."""
    match = _KEEP.fullmatch(text)
    if match is None:
        return "", []
    lead, items = passages_in_sentence(f"Keep: {match[2]}")
    return (f"{match[1]}:", items) if lead else ("", [])


# Passages that sentences name, one by one

_SENTENCE = re.compile(r"(?<=[.!?])(?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)[\"”)]*\s+(?=[A-ZÀ-Þ\"“])")
_GOES_ON = re.compile(
    r"(?:it|this|that|they|these|those|he|she|i|we|you|there|here|who|which|without)\b",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"\b(?:the rest|everything else|all else|anything else|the others?|otherwise)\b", re.IGNORECASE
)
_CHANGE = "(?:touch|tidy|change|cut|alter|edit|fix|lose|improve|trim|move|rewrite|reword|spoil)"
_KEEPS = re.compile(
    r"(?:(?:please|but|and|also|above all|finally|do),? )*(?:keep|leave|preserve|spare|protect|save"
    rf"|(?:do not|don['’]t|never) {_CHANGE}"
    r"|i (?:would|will|shall) (?:fight|die|defend)(?: \w+)?(?: for)?|i['’](?:d|ll) (?:fight|die)"
    r"(?: \w+)? for) (?:the|your|that|both|all|every|my|his|her|their)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""An order to keep a passage: "Leave the map as it is.", "I would fight you for the last line."."""


def passages_named(text: str) -> list[str]:
    """Return the passages that the sentences of a text name; none if that is not sure.

    "The smell of tar. Your grandmother's laugh; it carries the page." names two. A sentence that
    begins with "It" belongs to the one before it. A single sentence may list
    several. Each order to keep a passage has one, and the sentences around it belong to it.
    """
    sentences = _SENTENCE.split(text)
    if sum(bool(_KEEPS.fullmatch(sentence)) for sentence in sentences) > 1:
        return _grouped(sentences)
    parts: list[list[str]] = []
    for sentence in sentences:
        if parts and _GOES_ON.match(sentence):
            parts[-1].append(sentence)
        else:
            parts.append([sentence])
    found = list(map(" ".join, parts))
    if len(found) == 1:
        return [] if _COUNTED.match(text) else passages_in_sentence(f"Keep: {text}")[1]
    named = sum(bool(PASSAGE_NAMED.fullmatch(passage)) for passage in found)
    sure = all(map(is_passage, found)) and 2 * named >= len(found)
    return found if sure else []


def _grouped(sentences: Sequence[str]) -> list[str]:
    """Return each order to keep a passage, with the sentences up to the next."""
    found: list[list[str]] = []
    held = False  # whether the last text has an order
    for sentence in sentences:
        order = bool(_KEEPS.fullmatch(sentence))
        if found and not (order and held):
            found[-1].append(sentence)
            held = held or order
        else:
            found.append([sentence])
            held = order
    return list(map(" ".join, found))


def is_passage(text: str) -> bool:
    """Return whether a text may name a passage, and does not go on about one or about the rest."""
    long = len(text.split()) > MOST_WORDS
    return not (long or _GOES_ON.match(text) or _ELSE.search(text) or text.endswith(":"))


def passages_introduced(text: str) -> tuple[str, list[str]]:
    """Split a text whose first sentence says that what follows must stay; else "" and [].

    "Now for what you must not touch. The map is right. Your uncle's letter is to stay."
    """
    first, *others = _SENTENCE.split(text, maxsplit=1)
    short = len(first.split()) <= _FEW and ":" not in first
    items = passages_named(others[0]) if others and short and locks(first) else []
    return (f"{first.rstrip(' .!')}:", items) if items else ("", [])
