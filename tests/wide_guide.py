"""A guide with what builders find hard: symbols, deep lists, wide and long tables, code."""

from __future__ import annotations

from tests.themes import FILES, TABLE

SYMBOLS = "✅ ok ❌ no ⚠️ so → to ↔ by ≥ 1 ≤ 2 ≠ 3 … ™ 🔴 red 🚀 up ★ × ± é Ω"
DEEP = "\n".join(f"{'  ' * level}- level {level} of it" for level in range(12))
HEADS, CELLS = (" | ".join(f"{word} {n}" for n in range(12)) for word in ("head", "cell"))
WIDE = f"| {HEADS} |\n{'|---' * 12}|\n| {CELLS} |"
LONG = "| No | What |\n|---|---|\n" + "\n".join(f"| {n} | row {n} |" for n in range(70))
CODE = f"```\nstart{'abcdefghij' * 30}end ✅\n```"

GUIDE = f"""\
# Guide ✅ of 🔴

````{{revision-guide}} g
:chapters: harbour
:baseline: 900 bytes, 40 lines
:reduction: 25-30%

A summary with a note[^1], and [a link](https://example.org/prose).
````

[^1]: The text of the note.

```{{locked-preserve}}
- When dues are paid: `before noon`
- What is gone: `a lighthouse`
```

`````{{revision-issue}} Symbols 🚀 in titles
:impact: critical
:frequency: 2 places ≥ 1
:effort: 2 h
:patterns: readiness-checklist

The problem ✅ of it.

| Guide | Table |
|---|---|
| of prose | {SYMBOLS} |

````{{before-after}}
:before: As drafted
:after: As told

{TABLE}

See [there](https://example.com/sample) or <https://example.com/auto>: {SYMBOLS}

+++

Ana: yes.
Tom: no.

Costs $5 now and $6 then, {{role}}`x`.
````

The reason.
`````

`````{{revision-issue}} Deep and wide
:status: applied

````{{before-after}}
{DEEP}

{WIDE}

+++

{LONG}

{CODE}
````

````{{before-after}}
Only a before.
````
`````
"""
BOOK = {
    "index.md": FILES["index.md"].replace("plain\n", ""),
    "harbour.md": FILES["harbour.md"],
    "guide.md": GUIDE,
}


def flat(text: str) -> str:
    return " ".join(text.split())


def in_order(text: str, *wanted: str) -> None:
    start = 0
    for words in wanted:
        assert words in text[start:], words
        start = text.index(words, start) + len(words)
