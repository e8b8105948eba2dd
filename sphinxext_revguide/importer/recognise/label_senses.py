"""Recognises labels that are in no table of words: phrases and questions.

"How it reads today", "What is going wrong here?" and "How often" are labels that editors make up
as they write. Each role has patterns for such phrases; the first match wins.
"""

from __future__ import annotations

import re

_MOST = 9
"""A text with more words is a sentence, not a label."""
_READS = "(?:reads?|stands?|looks?|says?|goes|runs|sounds?|opens?|ends?|is|are|was)"
_WRITE = "(?:write|wrote|written|say|said|have|had|put|sent|gave)"
_NOW = "(?:now|today|at present|presently|currently|at the moment|so far|for now)"
_IT = (
    r"(?:it|this|that|these|they|which|(?:the|your|this) \w+"
    "|(?:page|p|section|paragraph|para|line|chapter) [0-9]{1,4})"
)
_MAY = "(?:could|might|should|would|can|may|ought to|has to|needs to|is to)"
_TEXT = "(?:text|wording|version|passage|sentence|paragraph|lines?|draft|copy|form|words|quote)"
_EDIT = "(?:the )?(?:edit|revision|surgery|change|rewrite|treatment)s?"
_NEW = (
    "(?:better|possible|cleaner|stronger|simpler|new|revised|repaired|mended|replacement"
    "|reworked|recast|alternative|suggested|proposed)"
)
_MINE = "(?:my|our|the editor's|an?|one|another)"

_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # First, because many phrases for time would match another role as well.
    (
        "effort",
        (
            r"how (?:long|much (?:time|work|effort))\b.*",
            (
                r"(?:\w+ ){0,2}(?:time|effort|hours|minutes|work|workload|labou?r)"
                "(?: (?:needed|required|involved|estimate|budget|cost|it (?:takes|needs)"
                "|to (?:fix|mend|do|revise|rewrite)))?"
            ),
            "est|(?:rough |my )?estimates?|eta|costs?|budget|takes?|needs|allow|allowance",
            "price|bill|set aside|reckon with|give it",
            (
                "(?:this |it )?(?:is )?(?:likely to|will|should|may|might|would) (?:take|need|cost)"
                "(?: you)?"
            ),
        ),
    ),
    ("why", (r"why\b.*", "how come")),
    (
        "impact",
        (
            r"how (?:bad|serious|severe|grave|important|urgent|heavy|pressing)\b.*",
            r"how much it (?:matters|hurts|costs)\b.*",
        ),
    ),
    (
        "frequency",
        (
            r"how (?:often|many|frequent|frequently|widespread|common|much of it)\b.*",
            (
                "(?:freq|occurs?|occurring|occurrences?|incidences?|hits|sightings?|tally"
                "|seen|spotted|times|turns up|shows up|crops up|comes up|pops up"
                "|appears|appearances|prevalence|spread"
                "|extent|reach|counts?|counted|instances|places|passages|found in|seen in|where"
                r"|where and how often|scale|scope|cases|number(?: of (?:\w+ ?){1,2})?)"
                r"(?: (?:found|affected|so far|in (?:the|this) \w+))?"
            ),
        ),
    ),
    (
        "severity",
        (
            r"(?:\w+ ){0,2}(?:severity|priority|seriousness|importance|urgency|gravity|weight)",
            "damage|harm|level|level of concern|concern level|sev|prio|pri|p|rank|ranking|rating",
            "grade|class|risk|stakes|matters|imp",
            r"impact on (?:the )?readers?|(?:\w+ )?impact",
        ),
    ),
    (
        "reduction",
        (
            (
                f"{_MAY} (?:be )?(?:brought|come|go|get|fall|drop|cut|reduced?|shrink|shrunk|leave"
                "|trimmed)(?: down)?(?: to| by)?"
            ),
            "aim(?: for| at)?|aiming for|goal|target|gains?|down to|cut to|reduced? to|trim|leaves",
            (
                "(?:expected|hoped-for|desired|wanted|planned)"
                " (?:result|gain|outcome|drop|effect|change|saving)s?"
            ),
            "what (?:you|we|it|this) (?:gains?|saves?)|expect|yield|redn?",
            "(?:word|length|word[- ]count)s? (?:delta|change|difference|balance)|delta",
            "(?:shorter|lighter|less|leaner)(?: by)?",
            "(?:likely |possible )?(?:cuts?|savings?|saves)",
            r"(?:you|we|this|it)(?:'d|'ll| would| will| could| can)? (?:cut|save|lose|trim)s?",
        ),
    ),
    (
        "why",
        (
            (
                "(?:the |my |our )?(?:reason|reasoning|grounds?|purpose|rationale|argument|motive"
                r"|thinking|justification|logic|motivation)s?(?: (?:for|why|behind|is)\b.*)?"
            ),
            "because|pay-?off|so what|so that|what for|the point|explanation",
            "(?:for|to) (?:(?:the|a|your|our) )?readers?",
            (
                r"(?:the |a |your )?readers?(?:'s?)? "
                "(?:views?|side|seat|eyes?|experience|perspective|sake|interest|point of view)"
            ),
            r"(?:reader )?benefits?(?: \w+){0,3}|reader'?s? gain",
            (
                "(?:the |what (?:the |a |your )?)readers? "
                "(?:gets?|gains?|wins?|benefits?|payoff|will|notices?).*"
            ),
            (
                "what (?:it|this|that) (?:does|brings|buys|gives|helps|changes|costs)"
                r"(?: \w+){0,3}"
            ),
            "effect(?: on (?:the )?readers?)?|how (?:it|this|that) helps.*",
            (
                r"who (?:suffers|pays|loses|gains|benefits|cares|minds|is (?:hurt|harmed|misled))"
                r"(?: \w+){0,3}"
            ),
        ),
    ),
    (
        "after",
        (
            rf"(?:how|what|as) {_IT} {_MAY}\b.*",
            rf"(?:{_IT} )?{_MAY} (?:read|say|become|be|run|go|look|stand)(?: \w+){{0,3}}",
            (
                rf"(?:what |how |as )?(?:i|we|one)(?:'d| {_MAY})? (?:\w+ ){{0,2}}"
                r"(?:write|say|put|try|suggest|propose|recommend|prefer|make|do|print)(?: \w+){0,3}"
            ),
            (
                rf"{_MINE} (?:\w+ )?(?:suggestion|proposal|rewrite|attempt|try|alternative|fix"
                f"|revision|idea|offer|go|shot|{_TEXT})"
            ),
            rf"(?:a )?{_NEW} (?:\w+ )?{_TEXT}",
            "alt|rev|sugg|prop|repl|repair(?:ed)?|mended|recast|reworded|cure|cured|treatment",
            r"(?:make (?:it|this|that|them)|turn (?:it|this|that|them) into)(?: \w+){0,3}",
            "something (?:more )?like(?: this)?",
            "to be|tomorrow|swap (?:in|for|with)|put|say|say instead|rather|make it|like this",
            r"(?:possible|one|a) (?:fix|solution|way(?: \w+){0,2}|rewrite|revision|remedy)",
            rf"(?:how|as) (?:i|we)(?:'d| {_MAY}) (?:have|like|want|see) (?:it|this)(?: \w+){{0,2}}",
            f"mine|ours|after {_EDIT}",
        ),
    ),
    (
        "before",
        (
            (
                f"(?:how|what|the way|as) (?:{_IT} |you )?(?:{_NOW} )?(?:{_READS}|{_WRITE})"
                f"(?: (?:it|there|like))*(?: {_NOW})?"
            ),
            (
                f"as (?:{_IT} {_READS}|printed|submitted|written|drafted|found|given|delivered"
                f"|received|typeset|now|set)(?: {_NOW})?"
            ),
            f"(?:in|from|on) (?:the|your) (?:manuscript|draft|text|chapter|book|page)(?: {_NOW})?",
            f"(?:the )?{_TEXT} (?:{_NOW}|as (?:is|it is|it stands|written))",
            f"your (?:current )?{_TEXT}|you (?:{_NOW} )?{_WRITE}(?: {_NOW})?|{_NOW}",
            rf"(?:the )?(?:existing|present|current|original|old|offending) (?:\w+ )?{_TEXT}",
            r"manuscript|typescript|ms|ts|exhibit(?: \w)?|specimen|verbatim|quoted?|orig|curr?",
            f"(?:{_IT} )?(?:{_NOW} )?{_IT} {_READS}|{_IT} {_NOW} {_READS}",
            f"(?:{_IT} )?(?:{_NOW} )?(?:reads|says|stands)(?: {_NOW})?",
            f"yours|before {_EDIT}",
        ),
    ),
    (
        "problem",
        (
            (
                r"what(?:'s)?\b.*\b(?:wrong|see|saw|noticed?|happening|happens|going on|found|off"
                "|bothers me|amiss|missing|hurts|trips (?:me|readers) up)(?: here| there)?"
            ),
            "prob|in (?:short|brief|a nutshell)",
            (
                "(?:the |my |main )?(?:trouble|difficulty|complaint|observation|objection|weakness"
                "|fault|snag|worry|symptom|diagnosis|finding|problem|concern|obs|catch|obstacle)s?"
            ),
            r"where (?:it|this|the \w+) (?:fails|goes wrong|breaks|stumbles|stalls)",
        ),
    ),
)
_SENSES = tuple((role, re.compile("|".join(forms))) for role, forms in _FORMS)


def sensed_role(words: str) -> str:
    """Return the role that the words of a label express, or "".

    :param words: the label without marks, in lower case.
    """
    if not words or len(words.split()) > _MOST:
        return ""
    return next((role for role, form in _SENSES if form.fullmatch(words)), "")
