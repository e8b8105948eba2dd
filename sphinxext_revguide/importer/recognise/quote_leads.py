"""Recognises sentences that introduce a quotation or say what to do with it."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"\b(?:instead of|in place of|rather than|at present|at the moment|presently|currently|now"
    r"|here (?:is|are)|(?:says|reads|goes|runs|opens|begins|ends)$|stands? (?:there|here)"
    r"|(?:strike|cut|delete|drop|remove)(?: out)? (?:this|these)"
    r"|(?:where )?you(?:['’]ve)? (?:(?:now|also|then|later|even|still|again) )?"
    r"(?:have|write|wrote|written|say|said|put|begin|begun|open|end|close)|as it stands"
    r"|(?:it|this|which) (?:now )?(?:reads|says|goes|runs)|refer to|for (?:instance|example)"
    r"|(?:we are told|we read|we find|look at) this|this (?:one|sentence|line|passage|paragraph)"
    r"|the (?:present|current|existing|original|old) \w+|original(?:ly)?|your (?:version|text))\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:^so$|\b(?:i(?: would|['’]d| should| might| could)? (?:rather )?(?:put|write|suggest"
    r"|propose|prefer|try|have|say|make|imagine|let|print|read|see)"
    r"|(?:i|we)(?: would| should| might| could|['’]d) (?:[\w,]{1,20} ){1,9}?(?:put|write|say|print)"
    r"|(?:may|might|can|could) i (?:suggest|propose|offer)|let us have"
    r"|better|try|how about|why not|what about|perhaps|make it|if so"
    r"|(?:could|should|might|would|to) (?:simply |just |well |better )?"
    r"(?:be|read|say|become|run|go)"
    r"|my (?:version|suggestion)"
    r"|instead(?! of)|(?:change|replace|turn|rewrite)\b.{0,40}\b(?:to|with|into|as)|becomes"
    r"|the (?:new|revised|proposed|suggested) \w+|suggestion|something like|simply|rewrite)\b)",
    re.IGNORECASE,
)
STRIKE = re.compile(
    r"\b(?:strike|cut|delete|drop|remove)(?: out)? (?:this|these)(?: \w+){0,2}\W*$", re.IGNORECASE
)
"""The end of a lead to a passage that has no AFTER: "Please strike this:"."""
LEAD_WORDS = 12
"""A longer lead is a sentence of its own."""
ORDER = re.compile(
    r"(?:please |just |simply |better |i(?: would|['’]d) (?:simply |just )?)?"
    r"(?:delete|cut|drop|strike|remove|omit|keep|move|fold|merge|turn|lose|scrap|axe|excise|end"
    r"|(?:take|leave) (?:it|this|that|them|these|both|all)|do without|dispense with)\b"
    r"[^\"“”]{0,200}$",
    re.IGNORECASE,
)
"""A sentence that says what to do with the passage above it."""
QUOTED = re.compile(r"(?: {0,3}[>|]|\0fence [0-9]+ prose).*")
"""A line of a quotation or a table, or the line of a held fence."""
SENTENCE = re.compile(r"(?<=[.!?])[\"”)]*\s+")
"""What is between two sentences."""


def side_of_lead(text: str) -> str:
    """Return the side that the last sentence of a text introduces; its last known word decides."""
    last = SENTENCE.split(text)[-1]
    if last.rstrip(' *_"”)')[-1:] in {".", "!", "?", ""} or QUOTED.fullmatch(text):
        return ""
    last = last.rstrip(" :*_")
    ends = {
        role: max((match.end() for match in form.finditer(last)), default=-1)
        for role, form in (("before", _BEFORE), ("after", _AFTER))
    }
    role = max(ends, key=lambda name: ends[name])
    return role if ends[role] >= 0 else ""
