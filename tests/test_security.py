"""A guide, a pattern file and a review may come from a stranger: none of it becomes more than text.

What an author writes as the page's own markup is not meant here: a chapter may contain raw HTML, as
in any Sphinx book."""

from __future__ import annotations

import json
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

from sphinxext_revguide.cli import main
from sphinxext_revguide.report.formats import FORMATS
from tests.conftest import Book, Built
from tests.payloads import (
    BLOCKS,
    CONF,
    EVIL,
    PAYLOADS,
    SECRET,
    chapter,
    earlier,
    guide,
    imported,
    patterns,
    write,
)

NewBook = Callable[..., Book]


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
    verdicts = [finding | {"verdict": "finding", "reason": finding["content"]} for finding in known]
    write(book, "revguide-verdicts.json", json.dumps([*verdicts, {"version": 1}]))
    return book


def outputs(built: Built, *suffixes: str) -> list[Path]:
    found = [path for path in sorted(built.outdir.rglob("*")) if path.suffix in suffixes]
    pages = [path for path in found if "_static" not in path.parts]
    assert pages
    return pages


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
    """Return the files of a build, none of which contains the secret."""
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


def test_warnings_are_one_line_each_without_commands(attacked: Book) -> None:
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
        named = [entry.tag for entry in root.iter() if EVIL in entry.get("ids", "").split()]
        assert set(named) <= {"section"}


def test_no_payload_is_a_command_of_latex(attacked: Book) -> None:
    text = attacked.build("latex").read("book.tex")
    assert SECRET not in text
    assert not re.search(rf"\\(input\{{|include\{{|write|openin|{EVIL})", text.split("Book}", 1)[1])
    opened: list[str] = []
    environments = re.findall(r"\\(begin|end)\{(\w+\*?)\}", text)
    assert len(environments) > len(PAYLOADS)
    for what, name in environments:
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
    assert not [comment for comment in page.comments if EVIL in comment]
    assert f"@{EVIL}" not in text


def test_the_program_prints_one_line_each(
    attacked: Book, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["lock", str(attacked.srcdir), "--check"]) == 1
    reported = capfd.readouterr()
    assert f"{EVIL}()" in reported.out
    for text in (reported.out, reported.err):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        assert "##[" not in text
    assert len(reported.out.splitlines()) == len(PAYLOADS) + len(BLOCKS) + 1


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
        digest = book.build("dummy").domain.book.issues[0].digest
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
