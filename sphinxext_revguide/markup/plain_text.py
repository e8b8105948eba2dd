"""Text without markup, which means the same in every markup language."""

from __future__ import annotations

import re

from sphinxext_revguide.text.late_patterns import late

_MARKUP = late(
    r"[`*_|\\<>\[\]{}#~$@^=&]|::|://"
    r"|^[ \t]|^(?:[-+•:.%]|\(?(?:\d{1,9}|[a-zA-Z])[.)](?=\s|$))"  # lists, fields and the like
    r"|^[^\w\n]+$"  # a rule, or the line under a title
    , re.MULTILINE,
)  # fmt: skip


def is_plain(text: str) -> bool:
    """Return whether a text is words and punctuation, which Markdown and reST read alike."""
    return not _MARKUP.search(text)
