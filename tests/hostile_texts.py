"""Texts that keep a careless reader busy for minutes, or without memory: read one by one.

A program, as only a process of its own can be stopped for sure: ``python -m tests.hostile_texts``
with the names of groups. ``tests/test_hostile.py`` gives each group its time and memory.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from docutils import nodes

from sphinxext_revguide.book.derived.locks import PhraseSearch
from sphinxext_revguide.importer import NotAGuideError, print_myst, read_guide
from sphinxext_revguide.markup.quotation import quote
from sphinxext_revguide.model import Lock, SampleFormat
from sphinxext_revguide.patterns import detect, load_files, load_library
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.render.changes import changes
from sphinxext_revguide.sphinx.directives.before_after import BeforeAfter
from sphinxext_revguide.sphinx.directives.guide import RevisionGuide, RevisionIssue
from sphinxext_revguide.sphinx.directives.options import parse_options
from sphinxext_revguide.text.facts_ledger import ledger
from sphinxext_revguide.text.globs import matching
from sphinxext_revguide.text.quote_finder import track
from sphinxext_revguide.text.word_index import Source

N = 100_000
FEW = 5_000
"""For what takes long by its sheer number."""
WORDS = " ".join(f"w{n}" for n in range(N))
PATTERN = '[[pattern]]\nid = "own"\ntitle = "T"\nwhat = "w"\nwhy = "w"\ninstead = "i"\n'
PAGE = '[[pattern.form]]\nshape = "page"\n'
ALWAYS = 'threshold = -9\n[[pattern.form]]\nshape = "paragraph"\n'
KINDS = (RevisionGuide, RevisionIssue, BeforeAfter)
OPTIONS = {option.name: option for kind in KINDS for option in kind.known_options}


def globs(*every: str) -> None:
    matching(every, ["a" * 60, "a/" * 60])


def options(text: str) -> None:
    parse_options(text.split("\n"), OPTIONS, first_line=1)
    parse_options(text.split("\n"), OPTIONS, first_line=1, quotes=True, continuation=True)


def guide(text: str) -> None:
    """Read a text as a guide, and inside one as prose and as a sample."""
    samples = f"**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```\n{text}\n```\n"
    for whole in (text, f"# G\n\n### ISSUE #1: T\n\n{text}\n\n{samples}"):
        try:
            print_myst(read_guide(whole))
        except NotAGuideError:
            continue


def page(text: str) -> None:
    detect(outline_of_sample(text), load_library())


def sample(text: str) -> None:
    for sample_format in SampleFormat:
        quote(text, sample_format, source="", line=1)


def pair(before: str, after: str) -> None:
    ledger(before, after)
    track(before, after, [("a", Source("a.md", before[:200_000]))])


def changed(before: str, after: str) -> None:
    old, new = (nodes.container("", nodes.paragraph(text, text)) for text in (before, after))
    changes(old, new)


def patterns(text: str, page: str = "word and word. " * 200) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "own.toml"
        path.write_text(text, encoding="utf-8")
        library, _problems = load_files([path], load_library())
    detect(outline_of_sample(page), library)


EMPHASIS = "*a **b " * FEW + "b** a*" * FEW
IMAGES = "![" * FEW + "](a)" * FEW
QUOTED = "> " * 100 + "a\n" + "b\n" * FEW * 4


def phrases(*every: str) -> None:
    """Look for phrases in a chapter that has none of them."""
    search = PhraseSearch({"a": [Source("a.md", WORDS[:112_000])]})
    search.state(Lock("", every, "g", "a", 1), ["a"])


GROUPS: dict[str, dict[str, Callable[[], None]]] = {}

GROUPS["globs"] = {
    "stars": lambda: globs("*a" * 30 + "b", "**a" * 30 + "b", "*" * N, "*a" * N),
    "sets": lambda: globs("[z-a]", "[!z-a]?", "[", "[]", "[!", "[" * N),
}

GROUPS["options"] = {
    "yaml": lambda: options("---\na" + " " * N + "b\n---"),
    "field": lambda: options(":a" + " " * N + "b"),
    "fields": lambda: options(":" + "a:" * N),
    "budget of colons": lambda: options(":budget: a" + ":" * N + "x"),
    "budget of numbers": lambda: options(":budget: a" + " 1" * N + "x"),
    "reduction": lambda: options(":reduction: 1" + " " * N + "x"),
    "effort": lambda: options(":effort: " + "1" * N + " " * N + "x"),
    "endless effort": lambda: options(":effort: " + "9" * 400 + " h"),
    "baseline of commas": lambda: options(":baseline: " + "1," * N + " x"),
    "endless baseline": lambda: options(":baseline: " + "1" * N + " KB"),
    "impact": lambda: options(":impact: " + "high " * N),
}

GROUPS["patterns"] = {
    "nested arrays": lambda: patterns("a = " + "[" * N),
    "nested tables": lambda: patterns("a = " + "{a=" * N),
    "dotted keys": lambda: patterns("[" + "a." * N + "a]"),
    "quoted keys": lambda: patterns('"a" . ' * N + "a = 1"),
    "a number": lambda: patterns("a = " + "1" * N),
    "a long file": lambda: patterns("# " + "a" * 3_000_000),
    "mistakes": lambda: patterns("\n".join(f"key{n} = 1" for n in range(4 * FEW))),
    "mistaken signals": lambda: patterns(
        PATTERN + PAGE + "[[pattern.form.for]]\nsignal = 'x'\n" * 4 * FEW
    ),
    "no lexicons": lambda: patterns(
        PATTERN
        + PAGE
        + "".join(f"[[pattern.form.for]]\nsignal='says'\nlexicon='x{n}'\n" for n in range(FEW))
    ),
    "many phrases": lambda: patterns(
        PATTERN + ALWAYS + f"[lexicon.x]\nwords = {[f'word and word {n}*' for n in range(FEW)]}"
    ),
    "expressions": lambda: patterns(
        PATTERN
        + ALWAYS
        + "needs = [{signal = 'says', lexicon = 'x'}]\n[lexicon.x]\nwords = "
        + str(["(a+)+$", "(?:a|a)*b", "(.*)(.*)(.*)x", "a{1,100000}", "(?<=a+)b", "(" * 1000]),
        "a" * N + " " + "(a+)+$ " * 1000,
    ),
}

GROUPS["matches"] = {
    "everywhere": lambda: patterns(
        "".join(PATTERN.replace("own", f"own-{n}") + ALWAYS for n in range(50)),
        "word and word\n\n" * 400,
    ),
}

GROUPS["page"] = {
    "you": lambda: page("# Reflect\n\n" + "you " * N),
    "digits": lambda: page("1." + "1" * N + ".1 and " + "1" + "0" * N + "5"),
    "from": lambda: page("from 1" * FEW + " from 1" + "1" * N),
    "quotes": lambda: page('"aaaaaaaaa' * FEW),
    "not": lambda: page("not " * N),
    "labels": lambda: page("A b: " * FEW),
    "numbers": lambda: page("1,000" * FEW + " 1 of 1 of" * FEW),
    "bold lines": lambda: page("**A**\n\na\n\n" * FEW),
    "a table": lambda: page("| a | b |\n|---|---|\n" + "| c | d |\n" * FEW),
}

GROUPS["pairs"] = {
    "brackets": lambda: pair("[" * N + " a b c", "a b c"),
    "dots": lambda: pair("(" + "." * N + " a b c", "a b c"),
    "a million digits": lambda: pair("9" * 1_100_000 + " a", "1" + "0" * 1_100_000),
    "ratios": lambda: pair("1/" + "1" * N + "x " + "1," * N, "1:" * N + " 1-" + "1" * N + "x"),
    "names": lambda: pair("a1" + ".1" * N + "_", "week " * N),
    "many words": lambda: pair(WORDS, " ".join(reversed(WORDS.split()))),
    "one word": lambda: pair("a " * N, "a b " * N),
    "changes": lambda: changed(WORDS, f"x {WORDS.replace('w1', 'y')} z"),
}

GROUPS["phrases"] = {
    "a long phrase": lambda: phrases(" ".join(reversed(WORDS[:20_000].split()))),
    "long phrases": lambda: phrases(*(f"{n} " + WORDS[n : n + 1200] for n in range(100))),
    "one letter": lambda: phrases("w" * N, "w w w " * N),
}

GROUPS["samples"] = {
    "nested emphasis": lambda: sample(EMPHASIS),
    "nested images": lambda: sample(IMAGES),
    "quoted lines": lambda: sample(QUOTED),
    "quotes": lambda: sample("> " * 5000 + "a"),
    "lists": lambda: sample("- " * 5000 + "a"),
    "lists of stars": lambda: sample("* " * 300 + "a"),
    "indents": lambda: sample("\n\n".join(" " * n + "a" for n in range(600))),
    "stars": lambda: sample("*a_ **" * FEW),
    "backticks": lambda: sample("`a " * FEW),
    "bars": lambda: sample("|a" * FEW),
    "titles": lambda: sample("\n\n".join(f"T\n{c}" for c in "=-~^'\"#*+.:`_!$%&(),/;<>?@[]{}|")),
    "a table": lambda: sample("| a | b |\n|---|---|\n" + "| c | d |\n" * FEW),
    "a grid": lambda: sample("+" + "-+" * 99 + ("\n|" + " |" * 99 + "\n+" + "-+" * 99) * 20),
}

GROUPS["guides"] = {
    "nested emphasis": lambda: guide(EMPHASIS),
    "nested images": lambda: guide(IMAGES),
    "quoted lines": lambda: guide(QUOTED),
    "backticks after backslashes": lambda: guide("\\```" * N),
    "blanks in a heading": lambda: guide("### ISSUE" + " " * N + "x"),
    "blanks in a label": lambda: guide("*why: x" + " " * N + "x"),
    "brackets in an impact": lambda: guide("**Impact:** " + "(" * N),
    "fences": lambda: guide("```x\na\n" * FEW),
    "nested fences": lambda: guide("```\n" + "```x\na\n" * FEW + "```\n" * FEW),
    "two kinds of fences": lambda: guide("~~~~x\n```\n" * FEW),
    "backticks": lambda: guide(" ".join("`" * n for n in range(1, 600))),
    "single backticks": lambda: guide("` " * N),
    "brackets": lambda: guide("[" * FEW),
    "links": lambda: guide("[a](" * FEW + "<https://a" * FEW),
    "images": lambda: guide("![a][" * FEW),
    "stars": lambda: guide("**a*" * FEW + "*a_ " * FEW),
    "open changes": lambda: guide("{~~a " * FEW + "{--a " * FEW + "<del>a " * FEW),
    "callouts": lambda: guide("> [!note] a\n" * FEW),
    "toggles": lambda: guide("<details><summary>a" * FEW),
    "stars of a rating": lambda: guide("★ · " * FEW),
    "quotes": lambda: guide(">" * 5000 + " a"),
    "spaced quotes": lambda: guide("> " * 5000 + " a"),
}

GROUPS["layouts of guides"] = {
    "lists": lambda: guide("- " * 5000 + " a"),
    "lists of labels": lambda: guide(
        "\n".join("  " * n + "- **Impact:** high" for n in range(300))
    ),
    "many labels": lambda: guide("- **Impact:** high\n" * FEW),
    "symbols": lambda: guide("❌\n\n" * FEW),
    "a label of blanks": lambda: guide("a" + " " * N + ":" + " " * N),
    "deep lists": lambda: guide("\n".join(" " * n + "- a" for n in range(700))),
    "html that nothing closes": lambda: guide("<table>\n" * FEW + "<p>a\n" * FEW),
    "html": lambda: guide("<a " * FEW + "<!--" * FEW),
    "bars": lambda: guide("|" * N + "\n" + "|-" * N),
    "a table": lambda: guide("| a | b |\n|---|---|\n" + "| c | d |\n" * FEW),
    "labels": lambda: guide("**a:** b\n" * FEW),
    "labels in a line": lambda: guide("**a:** b | " * FEW),
    "issues": lambda: guide("### ISSUE #1: T\n**BEFORE:**\n```\na\n```\n**AFTER:**\nb\n" * 1000),
    "a list of issues": lambda: guide("1. T\n\n   **BEFORE:** a\n\n   **AFTER:** b\n\n" * 1000),
    "symbols before texts": lambda: guide("❌ a\n✅ b\n\n" * FEW),
    "a diff": lambda: guide("```diff\n" + "- a\n+ b\n" * FEW + "```\n"),
    "halves": lambda: guide("BEFORE:\na\nAFTER:\nb\n" * FEW),
    "dollars and entities": lambda: guide("${&amp;" * FEW),
    "digits": lambda: guide("**Time:** " + "1" * N + " h\n**Reduction:** " + "9" * N + "%"),
    "a heading": lambda: guide("## 1 " + "a " * N + "\n## 1" + " " * N + "a"),
    "a long line": lambda: guide("a b " * N),
    "rules of tables": lambda: guide("a | b\n" + "--- | ---\n" * FEW),
    "paragraphs": lambda: guide("a\n\n" * FEW),
}


def main(groups: list[str]) -> None:
    """Read the texts of the groups, telling the name of each before it is read."""
    for group in groups:
        for name, read in GROUPS[group].items():
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()
            read()


if __name__ == "__main__":
    main(sys.argv[1:])
