"""A sample is a quotation: nothing in it breaks the page, warns, defines or runs anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from textwrap import indent

import pytest
from docutils import nodes

from sphinxext_revguide.markup.quotation import quote
from sphinxext_revguide.markup.quotation.markdown_sample import is_wrapped
from sphinxext_revguide.model import SampleFormat
from sphinxext_revguide.nodes import revguide_sample
from tests.conftest import Book, Built

ALL_MYST = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "replacements", "smartquotes", "strikethrough",
    "substitution", "tasklist",
]  # fmt: skip

TEXTS = {
    "rule_in_the_middle": "first part\n\n---\n\nsecond part",
    "rule_first": "---\n\ntext after the rule",
    "stars_first": "***\n\ntext after the stars",
    "rule_last": "text before the rule\n\n---",
    "two_rules": "one\n\n---\n\n---\n\ntwo",
    "rule_first_and_later": "---\n\nbetween the rules\n\n---\n\nafter both",
    "rules_like_front_matter": "---\ntitle: not front matter\n---\n\nbody of it",
    "sentence_then_rule": "a plain sentence\n---\n\nnext",
    "option_like_first_line": ":Marcus: says hi\n\nand goes on",
    "lowercase_option_like_line": ":note: read this twice",
    "heading": "## Overview\n\ntext under it",
    "deep_heading": "#### Depth four\n\ntext",
    "label": "(lab)=\n\nlabelled text",
    "footnote": "a claim[^1]\n\n[^1]: the note of it",
    "dollars": "it saves $1.44M and costs $2,100, then $5 now $6",
    "dollars_in_table": "| a | b |\n|---|---|\n| $1.23M-$2M | $3 and $4 |",
    "maths": "$$\nx = 1\n$$",
    "percent_line": "the share\n\n% of users who left",
    "block_break": "+ one\n\n+ two",
    "html_like": "the <target> of <T> and <5s, <br> and <b>bold</b>",
    "html_block": "<div>\n\ninside\n\n</div>",
    "html_comment": "seen <!-- a remark --> as well",
    "script": "<script>alert(1)</script>",
    "unknown_role": "{role}`of some kind` and {ref}`nowhere`",
    "substitution": "the {{ value }} of it",
    "dialogue": 'Ana: "Is it up?"\nTom: "No."\nAna: "Then wake them."',
    "list_after_text": "three things:\n- one\n- two\n- three",
    "ordered_after_text": "as follows\n2. second",
    "ordered_from_three": "3. third\n4. fourth",
    "table_after_text": "text before\n| a | b |\n|---|---|\n| 1 | 2 |",
    "surplus_cells": "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
    "indented": "intro\n\n    indented code here",
    "missing_image": "![a picture](missing.png) is shown",
    "broken_link": "see [the page](nowhere.md) and [this](#not-there)",
    "script_link": "a [click](javascript:alert%281%29) here",
    "reference_definition": "[name]: http://example.org/ 'title'\n\nsee [name]",
    "smart_quotes": 'It\'s "quoted" -- and so on...',
    "fence": "```python\nprint('x')\n```",
    "mermaid_fence": "```mermaid\ngraph LR\n```",
    "directive_fence": "```{include} /etc/passwd\n```",
    "colon_fence": ":::{note}\ninside\n:::",
    "rst_directive": ".. note:: beware\n\n   of this",
    "rst_comment": ".. a comment in reST",
    "rst_role": ":ref:`somewhere` and :raw-html:`x`",
    "rst_target": ".. _here:\n\ntext after target",
    "rst_substitution": "the |name| of it",
    "task_list": "- [x] done\n- [ ] open",
    "deep_quote": "> " * 70 + "deep down",
    "only_symbols": "✅ ≥ 80 ™ — ±0.3",
    "backslashes": "a path C:\\new\\table and \\LaTeX",
    "long_word": "w" * 400,
}  # fmt: skip


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def shown(panel: nodes.Element) -> str:
    return panel.astext()


def myst_page(text: str, gap: str) -> str:
    fence = "`" * 12
    return (
        f"# Guide\n\n{fence}``{{revision-guide}} g\n{fence}``\n\n"
        f"{fence}``{{revision-issue}} Title\n\nProblem.\n\n"
        f"{fence}{{before-after}}{gap}{text}\n\n+++\n\n{text}\n{fence}\n\nWhy.\n{fence}``\n"
        "\nAfter the issue.\n"
    )


def rst_page(text: str, sample_format: str) -> str:
    option = f"      :format: {sample_format}\n" if sample_format else ""
    sample = indent(text, " " * 6)
    return (
        "Guide\n=====\n\n.. revision-guide:: g\n\n.. revision-issue:: Title\n\n   Problem.\n\n"
        f"   .. before-after::\n{option}\n{sample}\n\n      +++\n\n{sample}\n\n   Why.\n"
        "\nAfter the issue.\n"
    )


PAGES: dict[str, tuple[str, Callable[[str], str]]] = {
    "myst": (".md", lambda text: myst_page(text, "\n\n")),
    "myst_no_gap": (".md", lambda text: myst_page(text, "\n")),
    "rst": (".rst", lambda text: rst_page(text, "")),
    "rst_markdown": (".rst", lambda text: rst_page(text, "markdown")),
    "rst_text": (".rst", lambda text: rst_page(text, "text")),
}


@pytest.fixture(scope="module", params=PAGES)
def quotations(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    suffix, page = PAGES[request.param]
    book = Book(tmp_path_factory.mktemp(request.param))
    book.write("index.md", "# Book\n\n```{toctree}\n:glob:\n\n*/*\n```\n")
    for name, text in TEXTS.items():
        (book.srcdir / name).mkdir()
        content = page(text).replace("revision-guide} g", f"revision-guide}} {name}")
        content = content.replace("revision-guide:: g", f"revision-guide:: {name}")
        (book.srcdir / name / f"guide{suffix}").write_text(content, encoding="utf-8")
    return book.build("dummy", myst_enable_extensions=ALL_MYST)


@pytest.mark.parametrize("name", TEXTS)
def test_sample_is_a_quotation(quotations: Built, name: str) -> None:
    reported = [
        build_warning
        for build_warning in quotations.warnings
        if build_warning.path.startswith(f"{name}/")
    ]
    assert reported == []
    document = quotations.doctree(f"{name}/guide")
    samples = list(document.findall(revguide_sample))
    assert [sample["role"] for sample in samples] == ["before", "after"]
    for sample in samples:
        panel = nodes.container("", *sample.quoted())
        seen, wanted = words(shown(panel)), words(TEXTS[name])
        numbers = [word for word in wanted if re.fullmatch(r"\d", word)]
        # The number of a list item is an attribute of the list, not text of it.
        assert [w for w in seen if w not in numbers] == [w for w in wanted if w not in numbers]
        for node in panel.findall(nodes.Element):
            assert not node.get("ids"), node
            assert not node.get("names"), node
            assert not isinstance(
                node,
                nodes.raw | nodes.comment | nodes.math | nodes.math_block | nodes.reference
                | nodes.image | nodes.footnote | nodes.target | nodes.section | nodes.transition
                | nodes.problematic | nodes.system_message,
            )  # fmt: skip
    text = document.astext()
    assert text.index("Problem.") < text.index("Why.") < text.index("After the issue.")


@pytest.mark.parametrize("is_myst", [True, False])
def test_a_sample_is_one_node_until_its_page_is_written(
    new_book: Callable[..., Book], *, is_myst: bool
) -> None:
    text = TEXTS["dollars_in_table"]
    page = myst_page(text, "\n\n") if is_myst else rst_page(text, "markdown")
    built = new_book({"index.md" if is_myst else "index.rst": page}).build()
    samples = list(built.doctree("index").findall(revguide_sample))
    assert [[*map(type, sample.children)] for sample in samples] == [[nodes.Text]] * 2
    # What else reads the tree of a page, as other extensions do, sees all words.
    assert built.doctree("index").astext().count("$1.23M-$2M") == 2
    assert built.read("index.html").count("<td>") >= 2


NOTE_TAGS = """
from pathlib import Path
from sphinx.transforms.post_transforms import SphinxPostTransform

class NoteTags(SphinxPostTransform):
    default_priority = 402

    def run(self, **_kwargs):
        tags = {getattr(node, "tagname", "") for node in self.document.findall()}
        self.file.write_text(" ".join(tags))

def setup(app):
    NoteTags.file = Path(app.outdir, "tags")
    app.add_post_transform(NoteTags)
"""


def test_cards_are_drawn_when_the_transforms_of_sphinx_have_run(
    new_book: Callable[..., Book],
) -> None:
    page = "# G\n\n```{revision-guide} g\n```\n\n" + myst_page(TEXTS["dollars_in_table"], "\n\n")
    built = new_book({"index.md": page}, conf=NOTE_TAGS).build()
    tags = set(built.read("tags").split())
    assert {"revguide_overview", "revguide_found", "revguide_pair"} <= tags
    assert not {"revguide_box", "table", "pending_xref"} & tags
    assert "revguide-issues" in built.read("index.html")


def test_a_session_of_python_in_rest_is_shown_as_one(new_book: Callable[..., Book]) -> None:
    html = new_book({"index.rst": rst_page(">>> 1 + 1\n2", "rst")}).build().read("index.html")
    assert html.count('<div class="doctest highlight-default') == 2


def test_samples_keep_their_typography(new_book: Callable[..., Book]) -> None:
    book = new_book({"index.md": myst_page(TEXTS["smart_quotes"], "\n\n")})
    html = unescape(book.build().read("index.html"))
    assert html.count('It\'s "quoted" -- and so on...') == 2


def test_a_sample_takes_no_anchor_of_the_book(new_book: Callable[..., Book]) -> None:
    page = myst_page("## Overview\n\ntext", "\n\n") + "\n## Overview\n\n[to it](#overview)\n"
    built = new_book({"index.md": page}).build(myst_heading_anchors=2)
    assert built.warnings == []
    assert '<section id="overview">' in built.read("index.html")


def test_html_in_a_sample_is_escaped(new_book: Callable[..., Book]) -> None:
    html = new_book({"index.md": myst_page(TEXTS["script"], "\n\n")}).build().read("index.html")
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


@pytest.mark.parametrize(
    ("lines", "wrapped"),
    [
        (["A line that was wrapped by an editor at about seventy columns, so that", "it goes on."],
         True),
        (["Ana: Is it up, or do we have to wake the people of the other shift now?", "Tom: No."],
         False),
        (["short", "lines"], False),
    ],
)  # fmt: skip
def test_wrapped_lines_are_told_from_dialogue(lines: list[str], wrapped: bool) -> None:
    assert is_wrapped(lines) is wrapped


def test_lines_of_a_sample_are_exact() -> None:
    text = "para\n\n| h |\n|---|\n| row one |\n| row two |\n\n- item\n\nAna: a\nTom: b"
    found = quote(text, SampleFormat.MARKDOWN, source="s.md", line=40)
    lines = {
        node.astext(): node.line
        for top in found
        for node in top.findall(lambda node: isinstance(node, nodes.TextElement))
        if isinstance(node, nodes.TextElement) and node.line
    }
    assert lines["para"] == 40
    assert (lines["h"], lines["row one"], lines["row two"]) == (42, 44, 45)
    assert lines["item"] == 47
    assert (lines["Ana: a"], lines["Tom: b"]) == (49, 50)
    assert {top.source for top in found if isinstance(top, nodes.Element)} == {"s.md"}


def test_a_file_is_not_read_from_a_sample(new_book: Callable[..., Book], tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not show me", encoding="utf-8")
    sample = f".. include:: {secret}\n\n.. literalinclude:: {secret}"
    built = new_book({"index.rst": rst_page(sample, "")}).build()
    assert built.warnings == []
    assert "do not show me" not in built.read("index.html")


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        ("```\nopen\n\n+++\n\n```\nclosed later", "```\nopen", "```\nclosed later"),
        ("```\n+++\n```\n\n+++\n\nafter", "```\n+++\n```", "after"),
        (":separator: ++++\n\nx\n\n+++\n\n++++\n\ny", "x\n\n+++", "y"),
    ],
)
def test_where_samples_are_split(
    new_book: Callable[..., Book], body: str, before: str, after: str
) -> None:
    page = (
        "# G\n\n```{revision-guide} g\n```\n\n``````{revision-issue} T\n"
        f"`````{{before-after}}\n{body}\n`````\n``````\n"
    )
    book = new_book()
    (book.srcdir / "index.md").write_text(page, encoding="utf-8")
    built = book.build("dummy")
    assert built.warnings == []
    [pair] = built.domain.book.issues[0].pairs
    assert (pair.before and pair.before.text, pair.after and pair.after.text) == (before, after)


@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize("gap", [1, 3])
def test_a_sample_knows_the_line_on_which_it_begins(
    new_book: Callable[..., Book], suffix: str, gap: int
) -> None:
    blank = "\n" * gap
    if suffix == "md":
        page = (
            "# G\n\n```{revision-guide} g\n```\n\n`````{revision-issue} T\n:number: 1\n\n"
            f"````{{before-after}}\n:layout: tabs\n{blank}The old.\n{blank}+++\n{blank}The new.\n"
            "````\n`````\n"
        )
    else:
        page = (
            "G\n=\n\n.. revision-guide:: g\n\n.. revision-issue:: T\n   :number: 1\n\n"
            f"   .. before-after::\n      :layout: tabs\n{blank}      The old.\n{blank}      +++\n"
            f"{blank}      The new.\n"
        )
    built = new_book({f"index.{suffix}": page}).build("dummy")
    [pair] = built.domain.book.issues[0].pairs
    places = {line.strip(): number for number, line in enumerate(page.split("\n"), 1)}
    wanted = [places["The old."], places["The new."]]
    assert [sample and sample.line for sample in (pair.before, pair.after)] == wanted
    samples = list(built.doctree("index").findall(revguide_sample))
    assert [sample.line for sample in samples] == wanted
    panels = [nodes.container("", *sample.quoted()) for sample in samples]
    paragraphs = [text for panel in panels for text in panel.findall(nodes.paragraph)]
    assert [paragraph.line for paragraph in paragraphs] == wanted


STRUCTURED_RST = """\
Overview
--------

Read `the page <https://example.org/page>`_ or |this|.

Deeper
~~~~~~

.. note:: Mind the gap.

   Twice.

----

Last text.
"""


def test_structure_of_rest_stays_in_its_sample(new_book: Callable[..., Book]) -> None:
    book = new_book()
    (book.srcdir / "index.rst").write_text(rst_page(STRUCTURED_RST, "rst"), encoding="utf-8")
    built = book.build()
    assert built.warnings == []
    samples = list(built.doctree("index").findall(revguide_sample))
    assert len(samples) == 2
    for sample in samples:
        panel = nodes.container("", *sample.quoted())
        assert not list(panel.findall(nodes.section))
        assert not list(panel.findall(nodes.reference))
        assert not list(panel.findall(nodes.transition))
        assert [strong.astext() for strong in panel.findall(nodes.strong)] == ["Overview", "Deeper"]
        text = panel.astext()
        assert text.count("`the page <https://example.org/page>`_ or |this|") == 1
        assert ".. note:: Mind the gap.\n\n   Twice." in text
        assert text.index("Twice.") < text.index("----") < text.index("Last text.")
