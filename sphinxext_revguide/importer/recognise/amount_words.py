"""The vocabulary of amounts: numbers in words, "about", "every", "places".

String constants are parts of regular expressions; compile them with ``re.IGNORECASE``.
"""

from __future__ import annotations

NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FIGURES = {
    **{word: str(number) for number, word in enumerate(NUMBER_WORDS, start=1)},
    "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
    "eighteen": "18", "nineteen": "19",
    **{tens: f"{first}0" for first, tens in enumerate(_TENS, start=2)},
    **{
        f"{tens}-{one}": f"{first}{last}"
        for first, tens in enumerate(_TENS, start=2)
        for last, one in enumerate(NUMBER_WORDS[:9], start=1)
    },
}  # fmt: skip
"""Numbers in words, and the same numbers in digits."""
SHARES = {
    "half": 50, "third": 33, "quarter": 25, "fifth": 20, "sixth": 17, "seventh": 14, "eighth": 12,
    "tenth": 10,
}  # fmt: skip
"""Fractions in words, and their percentages."""
ABOUT = (
    r"(?:(?:about|approx(?:imately)?|around|roughly|some|ca|circa|say|perhaps|maybe|over"
    r"|under|up[ ]to|only|just|max|nearly|almost|a[ ]good|a[ ]full|no[ ]more[ ]than|less[ ]than"
    r"|more[ ]than|at[ ](?:most|least)|close[ ]to"
    r"|(?:the[ ])?(?:best|better|greater)[ ]part[ ]of)[ ]|(?:approx|ca|max|c)\.[ ]?|[~≈][ ]?)"
)
"""A word such as "about" before a number, with the space after it."""
FIGURE = "|".join(sorted(FIGURES, key=len, reverse=True))
LARGE = (
    rf"(?:an?|a[ ]couple[ ]of|{FIGURE}|[0-9]{{1,2}})(?:[ ](?:or|to)[ ](?:{FIGURE}))?"
    rf"[ -](?:hundred|thousand)(?:[ ](?:and[ ])?(?:{FIGURE}))?\b"
)
"""A number above a hundred in words: "six or seven hundred", "a hundred and fifty"."""
NUMBER = rf"(?:{LARGE}|[0-9]{{1,4}}|{FIGURE}|a[ ]dozen)"
QUANTIFIER = r"(?:all|every|each|most|many|several)"
PLACES = (
    r"(?:times?|occasions?|places?|passages?|sentences?|sections?|paragraphs?|paras?|instances?|uses|cases?"
    r"|occurrences?|pages?|pp\.?|boxes|lists?|tables?|spots|hits|examples|chapters?|headings?|lines)"
)
"""Nouns for what an editor counts."""
