"""The importer: which marks of MyST prose loses, which of Markdown it keeps."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer.write.escape import (
    comment,
    inline,
    item,
    prose,
)
from sphinxext_revguide.markup.directive_source import fenced
from sphinxext_revguide.text.fence_length import longest_run

KEPT = [
    "Plain words, 3 < 4, a ~ b, 100 %, #1, a: b.",
    "*One* and **two** and `$three$ {four} <b> §`.",
    "``a ` $b`` and \\$ and \\{ and \\`.",
    "See <https://a.example/b> and [the quay](mailto:b@a.example).",
    "[x] of a list, and [one] two.",
    "- [ ] open\n- [x] done",
    "> Quoted\n> twice.",
    "| a | b |\n|---|:-:|\n| c | d |",
    "1. one\n2. two",
]
ESCAPED = [
    ("It costs $5.", "It costs \\$5."),
    ("{ref}`a`", "\\{ref}`a`"),
    ("a ~~b~~", "a \\~\\~b\\~\\~"),
    ("a <b>c</b>", "a \\<b>c\\</b>"),
    ("a <!-- b", "a \\<!-- b"),
    ("see §3", "see &sect;3"),
    ("a [^1]", "a \\[^1]"),
    ("![a](b.png)", "\\!\\[a](b.png)"),
    ("[a](b.md)", "\\[a](b.md)"),
    ("[a][b]", "\\[a][b]"),
    ("[a]: b", "\\[a]: b"),
    ("% a", "\\% a"),
    ("+++ a", "\\+++ a"),
    (":::a", "\\:::a"),
    (":a: b", "\\:a: b"),
    (": a", "\\: a"),
    ("~ a", "\\~ a"),
    ("(a)=", "\\(a)="),
    ("a\n===", "a\n\\==="),
    ("a\n---", "a\n\\---"),
    ("> % a", "> \\% a"),
    ("- % a", "- \\% a"),
    ("2) % a", "2) \\% a"),
    ("`a $b", "`a \\$b"),
    ("``a` $b", "``a` \\$b"),
]


@pytest.mark.parametrize("text", KEPT)
def test_harmless_prose_is_kept(text: str) -> None:
    assert prose(text) == text


@pytest.mark.parametrize(("text", "safe"), ESCAPED)
def test_what_myst_would_read_is_escaped(text: str, safe: str) -> None:
    assert prose(text) == safe


@pytest.mark.parametrize("text", ["```{note}\na\n```", "    code\n\n$5", "a\x0cb", "[a\nb]: c"])
def test_what_cannot_be_escaped_is_shown(text: str) -> None:
    assert "\n```text\n" in "\n" + prose(text) or prose(text).startswith("````text\n")
    assert text in prose(text)


def test_a_title_is_one_line() -> None:
    assert inline("a\n  b $c") == "a b \\$c"
    assert inline("*a* `$b`") == "*a* `$b`"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a *b* $c", "a *b* \\$c"),
        ("# a", "\\# a"),
        ("> a", "> a"),
        ("```", "\\`\\`\\`"),
        ("***", "\\*\\*\\*"),
    ],
)
def test_an_item_is_one_line_and_no_block(text: str, safe: str) -> None:
    assert item(text) == safe


def test_a_fence_is_longer_than_those_inside() -> None:
    assert longest_run("a `` b ```` c") == 4
    assert longest_run("a") == 0
    assert fenced("a", "text") == "```text\na\n```"
    assert fenced("````", "") == "`````\n````\n`````"
    assert fenced("", "x", least=4) == "````x\n````"
    assert fenced("::::", "x", char=":") == ":::::x\n::::\n:::::"


def test_comments_leave_blank_lines_out() -> None:
    assert comment(["a", "", " ", "b"]) == "% a\n% b"
    assert comment([]) == ""
    assert comment(["a\x0cb", "c"]) == "```text\na\x0cb\nc\n```"
