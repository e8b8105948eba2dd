"""A guide, a pattern file and a review may come from a stranger: none of it becomes more than text.

What an author writes as the page's own markup is not meant here: a chapter may hold raw HTML, as
in any Sphinx book.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from babel.messages.pofile import read_po
from markdown_it import MarkdownIt
from sphinx.util.docutils import patch_docutils

from sphinxext_revguide.cli import main
from sphinxext_revguide.explain import outline_of_sample
from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.patterns import detect, load_files, load_library
from sphinxext_revguide.report.formats import FORMATS
from tests.conftest import Book, Built

NewBook = Callable[..., Book]

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
"""Each is one line, so that it can stand in every field."""

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
"""Each is several lines, for what may hold them."""

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
revguide_reports = ["sarif", "github", "gitlab", "junit", "markdown"]
latex_documents = [("index", "book.tex", "Book", "Author", "manual")]
man_pages = [("index", "book", "Book", [], 1)]
texinfo_documents = [("index", "book", "Book", "Author", "book", "A book.", "Miscellaneous")]
"""

FENCE = "~" * 40


def toml(text: str) -> str:
    return json.dumps(text).replace("\\u007f", "\x7f")


def patterns() -> str:
    """Return a pattern file of which each text is a payload."""
    parts = []
    for name, text in PAYLOADS.items():
        told = toml(text.replace("\x1b", "").replace("\x07", "").replace("\x08", ""))
        parts.append(
            f"[[pattern]]\nid = 'own-{name}'\ntitle = {told}\nwhat = {told}\nwhy = {told}\n"
            f"instead = {told}\nthreshold = 0.5\nfamily = {told}\n[[pattern.form]]\n"
            f"shape = 'paragraph'\nfor = [{{signal = 'says', lexicon = {told}}}]\n"
            f"[[pattern.example]]\ntext = {told}\nflagged = true\n"
            f"[lexicon.{told}]\nwords = ['gulls {name}', {told}]\n"
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


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book of which everything but ``conf.py`` and the chapter comes from strangers."""
    root = tmp_path_factory.mktemp("attacked")
    book = Book(root)
    (root / "secret.txt").write_text(SECRET, encoding="utf-8")
    write(book, "conf.py", (book.srcdir / "conf.py").read_text("utf-8") + CONF)
    write(book, "own.toml", patterns())
    write(book, "earlier.json", earlier())
    listed = "\n".join(["markdown", "rst", "text", "imported", "patterns", "chapter"])
    write(book, "index.md", f"# Book\n\n```{{toctree}}\n{listed}\n```\n")
    for samples in ("markdown", "rst", "text"):
        since = "earlier.json" if samples == "markdown" else "../secret.txt"
        write(book, f"{samples}.md", guide(samples).replace("{since}", since))
    write(book, "imported.md", imported())
    described = "\n\n".join(f"```{{revision-pattern}} own-{name}\n```" for name in PAYLOADS)
    write(book, "patterns.md", f"# Patterns\n\n{described}\n")
    write(book, "chapter.md", chapter())
    locked = [{"name": t, "docname": t, "text": t} for t in [*PAYLOADS.values(), *BLOCKS.values()]]
    write(book, "revguide-lock.json", json.dumps([*locked, {"version": 2}]))
    known = [
        {"docname": t, "pattern": t, "section": t, "content": t, "fingerprint": t}
        for t in [*PAYLOADS.values(), *BLOCKS.values()]
    ]
    write(book, "revguide-baseline.jsonl", "\n".join(map(json.dumps, known)) + "\n")
    return book


def write(book: Book, name: str, text: str) -> None:
    (book.srcdir / name).write_bytes(text.encode("utf-8", "surrogatepass"))


def outputs(built: Built, *suffixes: str) -> list[Path]:
    found = [path for path in sorted(built.outdir.rglob("*")) if path.suffix in suffixes]
    assert found
    return [path for path in found if "_static" not in path.parts]


class Elements(HTMLParser):
    """Everything that a browser makes of a page, besides text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.scripts: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            self.scripts.append(data)

    def handle_endtag(self, _tag: str) -> None:
        self._open = ""

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        assert decl.lower() == "doctype html"


TEXT_ATTRIBUTES = {"aria-label", "title", "data-title", "data-patterns", "alt", "value", "content"}
"""Attributes that a browser shows or that a script reads as text."""
ADDRESSES = ("href", "src", "action", "poster", "srcset", "formaction", "xlink:href")


def check_html(text: str) -> None:
    page = Elements()
    page.feed(text)
    page.close()
    assert EVIL not in "".join(page.comments)
    assert EVIL not in "".join(page.scripts)
    for tag, attributes in page.found:
        assert tag not in ("iframe", "object", "embed", "base", EVIL)
        assert tag != "img" or EVIL not in str(attributes)
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, attributes)
            address = (value or "").strip().lower()
            if name in ADDRESSES:
                assert not address.startswith(("javascript", "data:", "vbscript")), attributes
                # A guide's prose may link to a page, as Markdown does; nothing is loaded from it.
                remote = address.startswith(("http", "//")) and EVIL in address
                assert not remote or (tag, name) == ("a", "href"), attributes
            elif name == "id":
                # A heading's own words may become its id, and nothing else.
                assert re.fullmatch(r"[\w.-]+", value or ""), (tag, value)
                assert value != EVIL or tag == "section"
            elif name not in TEXT_ATTRIBUTES:
                assert EVIL not in (value or ""), (tag, name, value)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        msg = "the network was asked"
        raise AssertionError(msg)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def texts_of(built: Built, *suffixes: str) -> dict[Path, str]:
    """Return the files of a build, none of which holds the secret."""
    found = {path: path.read_text("utf-8") for path in outputs(built, *suffixes)}
    assert not [path for path, text in found.items() if SECRET in text]
    return found


# Builders


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_no_payload_is_an_element_of_a_page(attacked: Book, builder: str) -> None:
    built = attacked.build(builder)
    pages = texts_of(built, ".html")
    for text in pages.values():
        check_html(text)
    whole = "".join(pages.values())
    assert "7 * 191" in whole
    assert "1337" not in whole
    if builder == "html":
        index = built.read("searchindex.js")
        json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
        packed = (built.outdir / "objects.inv").read_bytes().split(b"\n", 4)[4]
        names = zlib.decompress(packed).decode().removesuffix("\n").split("\n")
        assert sum(" revguide:issue " in name for name in names) > len(PAYLOADS) * 2
        assert all(re.fullmatch(r"\S.* \w+:\S+ -?\d+ \S+ .+", name) for name in names)


def test_what_a_build_tells_is_a_line_each_without_commands(attacked: Book) -> None:
    output = attacked.build("dummy").output
    assert f"{EVIL}()" in output
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", output)
    assert "##[" not in output
    for line in output.splitlines():
        assert re.match(r"/\S+:\d+: WARNING: |WARNING: ", line), line


def test_an_epub_is_well_formed(attacked: Book) -> None:
    built = attacked.build("epub")
    for path, text in texts_of(built, ".xhtml", ".opf", ".ncx").items():
        ET.fromstring(text)  # noqa: S314
        if path.suffix == ".xhtml":
            check_html(text)


def test_xml_is_well_formed(attacked: Book) -> None:
    for text in texts_of(attacked.build("xml"), ".xml").values():
        root = ET.fromstring(text)  # noqa: S314
        assert not root.findall(".//raw")
        assert not root.findall(".//image")
        # A heading has its own words as its id; no target of a payload's name is there.
        named = [one.tag for one in root.iter() if EVIL in one.get("ids", "").split()]
        assert set(named) <= {"section"}


def test_no_payload_is_a_command_of_latex(attacked: Book) -> None:
    text = attacked.build("latex").read("book.tex")
    assert SECRET not in text
    assert not re.search(rf"\\(input\{{|include\{{|write|openin|{EVIL})", text.split("Book}", 1)[1])
    opened: list[str] = []
    for what, name in re.findall(r"\\(begin|end)\{(\w+\*?)\}", text):
        if what == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert not opened


def test_no_payload_is_a_request_of_a_manual_page(attacked: Book) -> None:
    text = attacked.build("man").read("book.1")
    assert SECRET not in text
    requests = {
        line.split()[0]
        for line in text.splitlines()
        if line.startswith((".", "'")) and line.strip()
    }
    assert requests & {".TH", ".SH", ".sp"}
    assert not requests & {".so", "'so", ".sy", ".pso", ".mso", ".open", ".opena", ".cf", ".trf"}


def test_no_payload_is_a_command_of_texinfo(attacked: Book) -> None:
    text = attacked.build("texinfo").read("book.texi")
    assert SECRET not in text
    lines = [line for line in text.splitlines() if not re.match("@c(omment)? ", line)]
    commands = set(re.findall(r"(?<!@)(?:@@)*@([a-z]+)", "\n".join(lines)))
    assert "bye" in commands
    assert not commands & {"include", "verbatiminclude", "html", "tex", "macro", EVIL}
    assert [line for line in lines if line.startswith("@bye")] == ["@bye"]


def test_plain_text_and_catalogs_can_be_read(attacked: Book) -> None:
    for text in texts_of(attacked.build("text"), ".txt").values():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
    other = Book(attacked.srcdir.parent / "catalogs")  # catalogs want an environment of their own
    shutil.copytree(attacked.srcdir, other.srcdir, dirs_exist_ok=True)
    built = other.build("gettext")
    for path in outputs(built, ".pot"):
        with path.open("rb") as file:
            assert len(read_po(file)) > 0


# Reports


def test_reports_can_be_read_and_command_nothing(attacked: Book) -> None:
    built = attacked.build("revguide")
    for name in ("revguide.json", FORMATS["sarif"].file, FORMATS["gitlab"].file):
        json.loads(built.read(name))
    ET.fromstring(built.read(FORMATS["junit"].file))  # noqa: S314
    commands = (built.outdir / FORMATS["github"].file).read_bytes().decode().split("\n")
    assert commands.pop() == ""
    assert len(commands) > len(PAYLOADS)
    for line in commands:
        assert re.match(r"::warning file=[^:,]*,line=\d+,endLine=\d+,title=[^:,]*::", line), line
        assert not re.search("[\x00-\x1f\x7f-\x9f]", line)
    text = built.read(FORMATS["markdown"].file)
    page = Elements()
    page.feed(MarkdownIt("commonmark").enable("table").render(text))
    harmless = {"h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "details"}
    assert {tag for tag, _attributes in page.found} <= harmless | {"summary", "ul", "li"}
    assert not [one for one in page.comments if EVIL in one]
    assert f"@{EVIL}" not in text


def test_the_program_tells_a_line_each(attacked: Book, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["lock", str(attacked.srcdir), "--check"]) == 1
    told = capfd.readouterr()
    assert f"{EVIL}()" in told.out
    for text in (told.out, told.err):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        assert "##[" not in text
    assert len(told.out.splitlines()) == len(PAYLOADS) + len(BLOCKS) + 1


def test_a_review_changes_two_lines_and_adds_no_other(new_book: NewBook) -> None:
    issue = "````{revision-issue} T\n:number: 1\n\nText.\n````\n"
    page = f"# Guide\n\n```{{revision-guide}} one\n```\n\n{issue}"
    for text in [
        *PAYLOADS.values(),
        *BLOCKS.values(),
        "a\u2028```{include} x",
        "\ud800",
        "```\n---",
    ]:
        book = new_book({"guide.md": page, "index.md": "# Book\n\n```{toctree}\nguide\n```\n"})
        digest = book.build("dummy").domain.issues()[0].digest
        decision = {"issue": "one-1", "digest": digest, "decision": "accept", "comment": text}
        review = {"format": "revguide-review", "version": 1, "decisions": [decision]}
        path = book.srcdir.parent / "review.json"
        path.write_text(json.dumps(review), encoding="utf-8")
        assert main(["review", "apply", str(path), str(book.srcdir), "--write"]) == 0
        lines = (book.srcdir / "guide.md").read_text("utf-8").splitlines()
        note = next(line for line in lines if line.startswith(":note: "))
        kept = [line for line in lines if line not in (note, ":status: accepted")]
        assert kept == page.splitlines()
        assert len(kept) + 2 == len(lines)


def test_a_review_names_no_line_of_its_own(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": "# Book\n"})
    decision = {"issue": "x\n::add-mask::y\x1b[2J", "digest": "", "decision": "", "comment": ""}
    review = {"format": "revguide-review", "version": 1, "decisions": [decision]}
    path = book.srcdir.parent / "review.json"
    path.write_text(json.dumps(review), encoding="utf-8")
    assert main(["review", "apply", str(path), str(book.srcdir)]) == 1
    first, *_rest = capsys.readouterr().err.splitlines()
    assert first == "x ::add-mask::y␛[2J: refused: no guide has this issue"


# Files


@pytest.mark.parametrize(
    "name",
    [
        "../secret.json",
        "/etc/passwd",
        "link.json",
        "loop.json",
        "folder",
        "a\x00b",
        "pipe",
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_since_reads_no_file_but_a_report_inside(new_book: NewBook, name: str, suffix: str) -> None:
    book = new_book()
    secret: dict[str, object] = {"flagged": True, "line": 1}
    secret |= dict.fromkeys(
        ("pattern", "docname", "section", "content", "fingerprint", "path", "message"), SECRET
    )
    outside = book.srcdir.parent / "secret.json"
    outside.write_text(json.dumps({"findings": [secret]}), encoding="utf-8")
    (book.srcdir / "link.json").symlink_to(outside)
    (book.srcdir / "loop.json").symlink_to("loop.json")
    (book.srcdir / "folder").mkdir()
    os.mkfifo(book.srcdir / "pipe")
    text = {
        "md": f"# Book\n\n```{{revision-overview}}\n:since: {name}\n```\n",
        "rst": f"Book\n====\n\n.. revision-overview::\n   :since: {name}\n",
    }[suffix]
    book.write(f"index.{suffix}", text)
    built = book.build("html")
    assert [one.type for one in built.told] == ["revguide.since"]
    assert SECRET not in built.read("index.html")
    assert SECRET not in built.output


@pytest.mark.parametrize("name", ["../known.jsonl", "link.jsonl", "loop.jsonl"])
def test_a_baseline_is_read_inside_only(new_book: NewBook, name: str) -> None:
    book = new_book({"index.md": "# Book\n"}, conf=f"revguide_baseline = {name!r}\n")
    outside = book.srcdir.parent / "known.jsonl"
    outside.write_text('{"version": 1}\n', encoding="utf-8")
    (book.srcdir / "link.jsonl").symlink_to(outside)
    (book.srcdir / "loop.jsonl").symlink_to("loop.jsonl")
    (told,) = book.build("dummy").told
    assert "is outside the source directory" in told.text
    assert main(["baseline", str(book.srcdir)]) == 2
    assert outside.read_text("utf-8") == '{"version": 1}\n'


def test_reading_files_can_be_switched_off(new_book: NewBook) -> None:
    page = """\
        Book
        ====

        .. revision-overview::
           :since: report.json

        .. revision-guide:: one

           .. include:: secret.txt

           .. raw:: html

              <b>zqevil</b>
        """
    files = {"index.rst": page, "secret.txt": SECRET, "report.json": '{"findings": []}'}
    conf = "exclude_patterns = ['secret.txt']\n"
    book = new_book(files, conf=conf)
    assert SECRET in book.build("html").read("index.html")  # the author's own page may
    book.write("docutils.conf", "[general]\nfile_insertion_enabled: no\nraw_enabled: no\n")
    with patch_docutils(book.srcdir):
        built = book.build("html", freshenv=True)
    page = built.read("index.html")
    assert SECRET not in page
    assert "<b>zqevil" not in page
    assert "reading files is switched off" in built.output


def test_a_sample_is_text_where_an_author_may_write_html(new_book: NewBook) -> None:
    html = "<b>zqevil</b>"
    pair = f"````{{before-after}}\n{html}\n\n+++\n\n{html}\n````"
    issue = f"`````{{revision-issue}} T\n{pair}\n`````\n"
    book = new_book({"index.md": f"# Book\n\n{html}\n\n```{{revision-guide}} one\n```\n\n{issue}"})
    page = book.build("html").read("index.html")
    assert page.count(html) == 1
    assert page.count("&lt;b&gt;zqevil&lt;/b&gt;") == 2


def test_a_pattern_file_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(patterns(), encoding="utf-8")
    library, problems = load_files([path], load_library())
    assert {one.message.partition(" of ")[0] for one in problems} <= {"the star"}
    found = list(detect(outline_of_sample(chapter()), library))
    assert {one.pattern for one in found} == {f"own-{name}" for name in PAYLOADS}


def test_an_imported_list_keeps_its_items(new_book: NewBook) -> None:
    """A fence mark in an item of locked things opens no fence."""
    text = (
        "# G\n\n### ISSUE #1: T\n\n**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```\nb\n```\n\n"
        "## MUST PRESERVE\n\n- ``` ~~~ :::\n- the `lamp`\n- the last\n"
    )
    book = new_book({"index.md": print_myst(read_guide(text))})
    assert [one.text for one in book.build("dummy").domain.locks()] == [
        "``` ~~~ :::", "the lamp", "the last",
    ]  # fmt: skip
