"""Reads the text of a paragraph in a Word document: bold and italic words, links and changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

FONT = "Courier New"
"""The font of samples in an export."""
_MONO = re.compile(r"courier|consolas|menlo|monaco|mono\b|monospace", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_STRONG = ("Strong", "StrongEmphasis", "Bold")
_EMPHASIS = ("Emphasis", "Italic")
"""Ids of character styles in Word and LibreOffice."""
_NAMED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_ANCHOR = 100
"""A comment quotes at most this many runs."""
_BOLD = re.compile(
    r"\*\*(?![\s*])([^*\n]*[^*\s])\*\*(?!\*)|(?<![\w*])\*(?![\s*])([^*\n]*[^*\s])\*(?![\w*])"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: who wrote it, what it says, and the words of its paragraph that it is about."""

    author: str
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a paragraph with the same formatting, or a comment, which has no text of its own.

    ``change`` is ``del`` or ``ins`` if it is a tracked change, and ``target`` the address of a
    link.
    """

    text: str
    change: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_mono: bool = False
    target: str = ""
    remark: Remark | None = None


def runs_of(
    element: Any,
    target_of: Callable[[str], str] = str,
    remark_of: Callable[[str], Remark | None] = lambda _name: None,
) -> list[Run]:
    """Return the runs of a paragraph in order, without what was both inserted and deleted.

    :param element: the ``w:p`` of the paragraph, or a part of it.
    :param target_of: returns the address for the id of a link; "" if it has none.
    :param remark_of: returns the comment for an id; None if it is to be left out.
    """
    from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra

    found: list[Run] = []
    starts: dict[str, int] = {}
    for run in element.iter(qn("w:r"), qn("w:commentRangeStart")):
        if run.tag != qn("w:r"):
            starts[run.get(qn("w:id")) or ""] = len(found)
            continue
        for reference in run.iterfind(qn("w:commentReference")):
            name = reference.get(qn("w:id")) or ""
            remark = remark_of(name)
            if remark is not None:
                start = starts.get(name, len(found))
                about = found[start : start + _ANCHOR]
                words = " ".join(plain(accepted(about)).split())
                found.append(Run("", remark=replace(remark, anchor=words)))
        read = _read(run, target_of)
        if read is not None:
            found.append(read)
    return found


def _read(run: Any, target_of: Callable[[str], str]) -> Run | None:
    """Return the run of a ``w:r``, with its change and its link, or None without text."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra

    above = {parent.tag: parent for parent in run.iterancestors()}
    # A text box is in the file twice, the second time for old programs.
    is_copy = any(tag.endswith("}Fallback") for tag in above if isinstance(tag, str))
    removed = qn("w:del") in above or qn("w:moveFrom") in above
    added = qn("w:ins") in above or qn("w:moveTo") in above
    text = "".join(_texts(run))
    if is_copy or not text or (removed and added):
        return None
    link = above.get(qn("w:hyperlink"))
    name = link.get(qn("r:id")) if link is not None else None
    look = _Look(run)
    return Run(
        text,
        "del" if removed else "ins" if added else "",
        look.has("b", _STRONG),
        look.has("i", _EMPHASIS),
        look.is_mono,
        target_of(name) if name else "",
    )


def _texts(run: Any) -> Iterator[str]:
    for node in run:
        name = str(node.tag).rpartition("}")[2]
        if name in ("t", "delText"):
            yield node.text or ""
        else:
            yield _NAMED.get(name, "")


class _Look:
    """The formatting of a run."""

    def __init__(self, run: Any) -> None:
        from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra

        self._qn = qn
        self._own = run.find(qn("w:rPr"))

    def _find(self, name: str, key: str = "w:val") -> str | None:
        """Return an attribute of a property: "" if it is missing, None if the property is."""
        found = self._own.find(self._qn(f"w:{name}")) if self._own is not None else None
        return None if found is None else str(found.get(self._qn(key)) or "")

    def has(self, name: str, styles: Sequence[str]) -> bool:
        """Return whether a property is switched on, by itself or by a character style."""
        said = self._find(name)
        return said not in _OFF if said is not None else self._find("rStyle") in styles

    @property
    def is_mono(self) -> bool:
        """Whether its font is one for code."""
        return bool(_MONO.search(self._find("rFonts", "w:ascii") or ""))


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs."""
    return "".join(run.text for run in runs)


def accepted(runs: Iterable[Run]) -> list[Run]:
    """Return runs with all changes accepted."""
    return [replace(run, change="") for run in runs if run.change != "del"]


def markdown(runs: Iterable[Run]) -> str:
    """Return runs as Markdown, with changes in CriticMarkup and without comments."""
    printed = ""
    for change, changed in groupby((run for run in runs if run.text), key=lambda run: run.change):
        text = "".join(
            _marked("".join(run.text for run in alike), *look)
            for look, alike in groupby(changed, _look_of)
        )
        opening, closing = {"del": ("{--", "--}"), "ins": ("{++", "++}")}.get(change, ("", ""))
        printed += f"{opening}{text}{closing}"
    return printed


def _look_of(run: Run) -> tuple[bool, bool, str]:
    return run.is_bold, run.is_italic, run.target


def _marked(text: str, is_bold: bool, is_italic: bool, target: str) -> str:
    """Return a text with its marks, which stand next to words and never span lines."""
    mark = "*" * (2 * is_bold + is_italic)
    parts = re.split(r"(\s*\n\s*)", text) if mark or target else [text]
    return "".join(_in_marks(part, mark, target) for part in parts)


def _in_marks(text: str, mark: str, target: str) -> str:
    inside = text.strip()
    if not inside:
        return text
    start = text.index(inside)
    words = f"[{inside}]({target})" if target and target != inside else inside
    return f"{text[:start]}{mark}{words}{mark}{text[start + len(inside) :]}"


def runs_from(line: str) -> list[Run]:
    """Return a line of Markdown as bold, italic and plain runs that come back as the line."""
    found: list[Run] = []
    place = 0
    for match in _BOLD.finditer(line):
        found.append(Run(line[place : match.start()]))
        inside = match[1] or match[2]
        found.append(Run(inside, is_bold=bool(match[1]), is_italic=bool(match[2])))
        place = match.end()
    found = [run for run in (*found, Run(line[place:])) if run.text]
    return found if markdown(found) == line else [Run(line)]
