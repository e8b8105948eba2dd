"""The words that say that a passage must stay as it is."""

from __future__ import annotations

import re

_LOCKED = re.compile(
    r"\b(?:lock(?:ed)?|preserve[ds]?|preservation|non-negotiables?|hands off|untouchables?|stet"
    r"|sacred|keepers?|(?:worth|for) (?:keeping|saving)|darlings|treasures?|protected|frozen"
    r"|(?:don['’]t|do not|never|not to) (?:lose|fix|improve|break|spoil|cut|touch"
    r"|change|alter|edit)"
    r"|must not (?:go|be (?:lost|cut))|hold on to|(?:please )?spare(?:d)?|leave (?:it |them )?be"
    r"|(?:would|['’]d) (?:fight|die) for"
    r"|(?:not|never|nobody|no one) (?:to )?let (?:me|us|anyone|anybody) "
    r"(?:take|cut|touch|spoil|change)"
    r"|(?:beg|ask|urge|want|implore|need) you to (?:keep|retain|preserve|leave|spare)"
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
    r"|(?:the )?good (?:bits|things|parts|stuff)|stays|staying|to (?:keep|stay)|leave alone"
    r"|strengths)\W*(?:\(.*\)\W*)?$",
    re.IGNORECASE,
)


def locks(text: str) -> bool:
    """Return whether the words of a heading, or of a label, say that what is listed must stay."""
    return bool(_LOCKED.search(text))
