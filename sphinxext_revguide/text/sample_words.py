"""The words of samples and chapters, without markup, so that they can be compared."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.measure import plain_typography

_WORD = late(r"[^\W_]+(?:['.,:/-][^\W_]+)*%?")
_UNREAD = late(
    r"<!--.*?-->"
    r"|!\[[^\]\n]{0,500}\]\([^()\n]{0,500}\)"  # an image
    r"|\[\^[^\]\s]{1,100}\]"  # a footnote mark of Markdown
    r"|\s?\[(?:\d{1,3}|[#*][\w.+:-]{0,100})\]_"  # a footnote mark of reST
    r"|\{[\w:+.-]{1,80}\}(?=`)|:[\w:+.-]{1,80}:(?=`)"  # the name of a role
    r"|\s?<[^<>`\n]{1,500}>(?=`)"  # the target of a role or of a reST link
    r"|</?[a-zA-Z][^<>]{0,300}>"  # HTML
    r"|^[ \t]*(?:(?:(?:\d{1,3}|[a-zA-Z]|\#)[.)]|[-*+•])(?=[ \t])"  # the mark of a list item
    r"|(?:`{3,}|~{3,})[\w.+#-]{0,40}[ \t]*$)",  # a fence, and the language of its code
    re.DOTALL | re.MULTILINE,
)
"""Parts of a sample that are not words of the quoted text."""
_LINK = late(
    r"\[([^\[\]\n]{1,500})\](?:\((?:<[^<>\n]{1,500}>|[^()\s]{1,500})(?:\s\"[^\"\n]{0,300}\")?\)"
    r"|\[[^\[\]\n]{0,200}\])"
)
_ESCAPED = late(r"\\([!-/:-@\[-`{-~])|\\[ ]")


# Of two samples of a pair, each is compared with the other.
@lru_cache(maxsize=8)
def quoted_text(sample: str) -> str:
    """Return a sample without addresses, names of roles, fences and marks of list items.

    This is what readers see of the quoted text; its lines stay the same.
    """
    text = _UNREAD.sub(_line_ends, sample)
    text = _LINK.sub(r"\1", text)
    text = _ESCAPED.sub(lambda match: match[1] or "", text)
    return html.unescape(text) if "&" in text else text


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def words_in(text: str) -> list[str]:
    """Return the words of a text in lower case, without markup and symbols.

    Marks inside a word do not separate it: readers see ``n**in**th`` as one word.
    """
    plain = plain_typography(text).replace("`", "").replace("*", "")
    return _WORD.findall(plain.lower())
