"""What strangers may write: payloads, and pages and files that contain them in every field."""

from __future__ import annotations

import json

from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.report.formats import FORMATS
from tests.conftest import Book

SECRET = "correct horse battery staple"  # noqa: S105
"""Stands in a file that nobody was asked to show."""

EVIL = "zqevil"
"""The name of everything that a payload tries to make."""

PAYLOADS = {
    "script": f"<script>{EVIL}()</script>",
    "handler": f'" onmouseover="{EVIL}()" x="',
    "image": f"<img src=x onerror={EVIL}()>",
    "link": f"[a](javascript:{EVIL}()) <javascript:{EVIL}()> <a href='javascript:{EVIL}()'>b</a>",
    "picture": f"![a](https://{EVIL}.example/a.png)",
    "comment": f"<!-- {EVIL} --> --> ]]> <![CDATA[ {EVIL} ]]>",
    "entity": f"&lt;{EVIL}&gt; &{EVIL}; &#60;{EVIL}&#62;",
    "role": f"{{raw-html}}`<b>{EVIL}</b>` :raw-html:`<b>{EVIL}</b>` {{ref}}`{EVIL}` :any:`{EVIL}`",
    "download": "{download}`../secret.txt` :download:`../secret.txt`",
    "substitution": f"{{{{ {EVIL} }}}} |{EVIL}| {{{{ 7 * 191 }}}}",
    "latex": rf"\input{{../secret.txt}} \write18{{{EVIL}}} \end{{document}} $\{EVIL}$ % ~ ^ # & _",
    "texinfo": f"@include ../secret.txt @bye @{EVIL}{{x}} , : (",
    "man": rf"\fB{EVIL}\fP \n(.f '",
    "workflow": f"%0A::add-mask::{EVIL} ##[add-mask]{EVIL} ::stop-commands::{EVIL}",
    "terminal": f"\x1b]0;{EVIL}\x07 \x1b[2J \x9b31m \x08",
    "marks": f"| a | b | @{EVIL} #1 **a** _b_ `c",
    "bidi": f"\u202e{EVIL}\u202c \u2066x\u2069",
    "javascript": f"';{EVIL}();// `${{{EVIL}()}}` </script><script>{EVIL}()</script>",
}
"""Each is one line, so that it can be in every field."""

BLOCKS = {
    "include": "```{include} ../secret.txt\n```\n\n.. include:: ../secret.txt",
    "literalinclude": "```{literalinclude} ../secret.txt\n```\n\n.. literalinclude:: ../secret.txt",
    "table": "```{csv-table}\n:file: ../secret.txt\n```\n\n.. csv-table::\n   :file: ../secret.txt",
    "url": f".. csv-table::\n   :url: https://{EVIL}.example/\n\n.. raw:: html\n   :url: file:///x",
    "raw": f"```{{raw}} html\n<b>{EVIL}</b>\n```\n\n.. raw:: html\n\n   <b>{EVIL}</b>",
    "html": f"<div onclick={EVIL}()>\n\n<iframe src=//{EVIL}.example></iframe>\n</div>",
    "figure": f"```{{figure}} https://{EVIL}.example/a.png\n```\n\n.. image:: ../secret.txt",
    "rst": f"```{{eval-rst}}\n.. raw:: html\n\n   <b>{EVIL}</b>\n```",
    "label": f"({EVIL})=\n\n.. _{EVIL}:\n\n# {EVIL}\n\n[{EVIL}]: javascript:{EVIL}()",
    "roff": ".so ../secret.txt\n'so ../secret.txt\ntext\n.so ../secret.txt",
    "texinfo": "@include ../secret.txt\n@bye",
    "latex": "\\end{sphinxVerbatim}\n\\input{../secret.txt}\n\\begin{verbatim}\n\\end{Verbatim}",
    "code": f"```html\n<b>{EVIL}</b>\n```\n\n    \\end{{Verbatim}}\\input{{../secret.txt}}",
    "only": f".. only:: html\n\n   {EVIL}\n\n.. role:: raw-html(raw)\n   :format: html",
    "directive": f"```{{revision-guide}} {EVIL}\n```\n\n.. revision-guide:: {EVIL}",
    "fences": "`" * 30 + "\n" + "~" * 30 + "\n" + ":" * 30,
    "controls": "a\x00b\x08c\x0b```{include} ../secret.txt\x0cd\x1be\x85f\u2028g\ufffeh",
}
"""Each is several lines, for what may contain them."""

CONF = """
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "linkify", "replacements", "strikethrough", "substitution",
    "tasklist",
]
myst_substitutions = {"zqevil": "<b>zqevil</b>"}
rst_prolog = ""
epub_show_urls = "no"
revguide_flag = ["*"]
revguide_patterns = ["own.toml"]
REPORTS
latex_documents = [("index", "book.tex", "Book", "Author", "manual")]
man_pages = [("index", "book", "Book", [], 1)]
texinfo_documents = [("index", "book", "Book", "Author", "book", "A book.", "Miscellaneous")]
""".replace("REPORTS", f"revguide_reports = {[*FORMATS]}")

FENCE = "~" * 40


def toml(text: str) -> str:
    return json.dumps(text).replace("\\u007f", "\x7f")


def patterns() -> str:
    """Return a pattern file of which each text is a payload."""
    parts = []
    for name, text in PAYLOADS.items():
        quoted = toml(text.replace("\x1b", "").replace("\x07", "").replace("\x08", ""))
        parts.append(
            f"[[pattern]]\nid = 'own-{name}'\ntitle = {quoted}\nwhat = {quoted}\nwhy = {quoted}\n"
            f"instead = {quoted}\nthreshold = 0.5\nfamily = {quoted}\n[[pattern.form]]\n"
            f"shape = 'paragraph'\nfor = [{{signal = 'says', lexicon = {quoted}}}]\n"
            f"[[pattern.example]]\ntext = {quoted}\nflagged = true\n"
            f"[lexicon.{quoted}]\nwords = ['gulls {name}', {quoted}]\n"
        )
    return "\n".join(parts)


def guide(samples: str) -> str:
    """Return a guide page with a payload in every field of every directive."""
    issues = [issue("all", "all", "\n\n".join([*PAYLOADS.values(), *BLOCKS.values()]), samples)]
    if samples == "markdown":
        issues += [issue(name, text, text, samples) for name, text in PAYLOADS.items()]
    locks = "\n".join(f"- `` {t.replace('`', '')} ``" for t in PAYLOADS.values())
    return (
        f"# Guide\n\n{FENCE}{{revision-guide}} of-{samples}\n:chapters: {PAYLOADS['script']} "
        f"chapter ../../secret /etc/*\n{FENCE}\n\n{''.join(issues)}\n"
        f"{FENCE}{{locked-preserve}}\n{locks}\n{FENCE}\n\n"
        f"{FENCE}{{revision-overview}}\n:since: {{since}}\n{FENCE}\n"
    )


def issue(name: str, text: str, sample: str, samples: str) -> str:
    """Return an issue with a text in every field, and a sample."""
    return (
        f"{FENCE}{{revision-issue}} Issue of {name}\n:frequency: {text}\n:effort: {text}\n"
        f":patterns: readiness-checklist {text}\n:note: {text}\n:withdrawn: {text}\n"
        f":budget: {text} 3\n:status: {text}\n\nProse.\n\n"
        f"{FENCE[:-2]}{{before-after}}\n:before: {text}\n:after: {text}\n:format: {samples}\n"
        f":separator: {'+' * 20}\n\n{sample}\n\n{'+' * 20}\n\n{sample}\n{FENCE[:-2]}\n\n"
        f"{FENCE[:-2]}{{before-after}}\n:missing: {text}\n\n{text}\n{FENCE[:-2]}\n{FENCE}\n\n"
    )


def earlier() -> str:
    """Return an earlier report that names payloads."""
    texts = [*PAYLOADS.values(), *BLOCKS.values()]
    found = [
        {
            "flagged": True, "pattern": text, "docname": text, "section": text, "content": text,
            "fingerprint": text, "path": text, "line": 3, "message": text,
        }
        for text in texts
    ]  # fmt: skip
    return json.dumps({"findings": found})


def chapter() -> str:
    """Return a chapter that shows all patterns of the file: its own words are harmless."""
    return "# Chapter\n\n" + "\n\n".join(f"The gulls {name} cried." for name in PAYLOADS) + "\n"


def imported() -> str:
    """Return a page that a guide full of payloads was imported to."""
    texts = [*PAYLOADS.values(), *BLOCKS.values()]
    units = []
    for number, text in enumerate(texts, 1):
        one_line = " ".join(text.split("\n"))
        units.append(
            f"### ISSUE #{number}: {one_line}\n\n**Impact:** HIGH | **Frequency:** {one_line}\n\n"
            f"**Problem:** {text}\n\n{text}\n\n**BEFORE:**\n\n{FENCE}\n{text}\n{FENCE}\n\n"
            f"**AFTER:**\n\n{FENCE}\n{text}\n{FENCE}\n\n**Why:** {text}\n\n- {one_line}\n- x\n"
        )
    locked = "\n".join(f"- {' '.join(text.split())}" for text in texts)
    prose = "\n\n".join(texts)
    text = f"# {PAYLOADS['script']}\n\n{prose}\n\n" + "\n".join(units)
    text += f"\n## MUST PRESERVE\n\n{locked}\n\n## Other\n\n{prose}\n"
    return print_myst(read_guide(text, guide_id="two"))


def write(book: Book, name: str, text: str) -> None:
    (book.srcdir / name).write_bytes(text.encode("utf-8", "surrogatepass"))
