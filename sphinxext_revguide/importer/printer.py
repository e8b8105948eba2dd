"""What was understood of a guide -> a MyST page of directives that loses no line.

A line that an option or a directive stands for is kept above it as a comment. Prose that MyST
would take for markup of its own is shown as plain text instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sphinxext_revguide.importer.reader import ImportedGuide, Locks, Prose, Unit
from sphinxext_revguide.model import Pair

_UNSAFE = re.compile(
    r"^\s*(?:%|\+\+\+|:::|\([^)\s]+\)=|:\s|\$\$|\[[^\]]+\]:|\.\. |=+\s*$)"
    r"|\[\^|\{\{|\{[\w:+-]+\}`|<[A-Za-z/!?]|\$|\]\(|\]\[|\\begin|^\s{4,}\S",
    re.MULTILINE,
)


def print_myst(guide: ImportedGuide, patterns: Mapping[int, Sequence[str]] | None = None) -> str:
    """Print a guide as a MyST page.

    :param patterns: ids of patterns by issue number, written into the issues.
    """
    return _Printer(guide, patterns or {}).page()


class _Printer:
    def __init__(self, guide: ImportedGuide, patterns: Mapping[int, Sequence[str]]) -> None:
        self.guide = guide
        self.patterns = patterns
        self.out: list[str] = []
        self.level = 0
        self.opened = False

    def page(self) -> str:
        parts = self.guide.parts
        if not any(isinstance(part, Prose) and part.block.level for part in parts[:1]):
            self._add(f"# {_inline(self.guide.guide.title)}")
            self.level = 1
        for part in parts:
            if isinstance(part, Prose):
                self._prose(part)
            else:
                self._open_guide()
                if isinstance(part, Unit):
                    self._unit(part)
                else:
                    self._locks(part)
        self._open_guide()
        return "\n\n".join(self.out) + "\n"

    def _add(self, *blocks: str) -> None:
        self.out.extend(block for block in blocks if block.strip())

    def _prose(self, part: Prose) -> None:
        block = part.block
        if block.kind == "hr":
            return
        if block.level:
            if self.level:
                self._open_guide()
            self._heading(block.content, block.level, block.text)
        else:
            self._add(safe(block.text))

    def _heading(self, text: str, level: int, line: str) -> None:
        # MyST warns where a level is left out, and a page has one title.
        fitting = max(min(level, self.level + 1), 2 if self.level else 1)
        heading = f"{'#' * fitting} {_inline(text)}"
        self._add("" if heading == line.strip() else _comment([line]), heading)
        self.level = fitting

    def _open_guide(self) -> None:
        if self.opened:
            return
        self.opened = True
        guide = self.guide.guide
        options = [
            ("chapters", " ".join(guide.chapters)),
            ("baseline", str(guide.baseline or "")),
            ("reduction", f"{guide.reduction}%" if guide.reduction else ""),
            ("effort", f"{guide.effort} h" if guide.effort else ""),
        ]
        self._add(directive("revision-guide", guide.id, options, ""))

    def _locks(self, part: Locks) -> None:
        text = part.text
        if _UNSAFE.search(text):
            self._add(_comment(text.split("\n")))
            text = "\n".join(_inline(line) for line in text.split("\n"))
        self._add(directive("locked-preserve", "", [], text))

    def _unit(self, unit: Unit) -> None:
        issue = unit.issue
        options = [
            ("number", str(issue.number)),
            ("impact", issue.impact.value if issue.impact else ""),
            ("frequency", issue.frequency),
            ("reduction", f"{issue.reduction}%" if issue.reduction else ""),
            ("effort", _effort(issue.effort.low, issue.effort.high) if issue.effort else ""),
            ("patterns", " ".join(self.patterns.get(issue.number, issue.patterns))),
        ]
        pairs = [_pair(pair) for pair in unit.pairs]
        why = _paragraphs(unit.why) if pairs else ""
        before = [_paragraphs(unit.problem), _paragraphs(unit.notes)]
        if not pairs:
            before.append(_paragraphs(unit.why))
        body = "\n\n".join(part for part in (*before, *pairs, why) if part)
        body = body or "The guide gives no text for this issue."
        self._add(_comment(unit.replaced))
        self._add(directive("revision-issue", _inline(issue.title), options, body))


def _effort(low: float, high: float) -> str:
    if high < 1:
        return (
            f"{round(low * 60)}-{round(high * 60)} min" if low < high else f"{round(low * 60)} min"
        )
    return f"{low:g}-{high:g} h" if low < high else f"{low:g} h"


def _pair(pair: Pair) -> str:
    before = pair.before.text if pair.before else ""
    after = pair.after.text if pair.after else ""
    separator = "+++"
    lines = {line.strip() for line in f"{before}\n{after}".split("\n")}
    while separator in lines:
        separator += "+"
    options = [
        ("before", pair.before.label if pair.before else ""),
        ("after", pair.after.label if pair.after else ""),
        ("separator", separator if separator != "+++" else ""),
        ("missing", pair.missing if pair.after is None else ""),
    ]
    if pair.after is None and not pair.missing:
        options[-1] = ("missing", "not in the guide")
    body = f"{before}\n\n{separator}\n\n{after}" if pair.after else before
    return directive("before-after", "", options, body)


def directive(name: str, title: str, options: Sequence[tuple[str, str]], body: str) -> str:
    """Write a directive in a fence that nothing in it can close."""
    mark = "~" if "`" in title else "`"
    runs = re.findall(rf"^\s*({re.escape(mark)}{{3,}})", body, re.MULTILINE)
    fence = mark * max(3, *(len(run) + 1 for run in runs), 3)
    lines = [f"{fence}{{{name}}} {title}".rstrip()]
    lines += [f":{key}: {' '.join(value.split())}" for key, value in options if value]
    if body:
        lines += ["", body]
    return "\n".join([*lines, fence])


def safe(text: str) -> str:
    """Return prose as it is, or as plain text in a fence where MyST would read more into it."""
    if not _UNSAFE.search(text):
        return text
    runs = re.findall(r"`{3,}", text)
    fence = "`" * max(3, *(len(run) + 1 for run in runs), 3)
    return f"{fence}text\n{text}\n{fence}"


def _paragraphs(parts: Sequence[str]) -> str:
    """Join lines and blocks: an empty part ends a paragraph."""
    blocks: list[list[str]] = [[]]
    for part in parts:
        if part.strip():
            blocks[-1].append(part)
        else:
            blocks.append([])
    return "\n\n".join(safe("\n".join(block)) for block in blocks if block)


def _inline(text: str) -> str:
    """Escape in a heading or item what MyST would take for more than emphasis or code."""
    return re.sub(r"([$<{\[])", r"\\\1", text)


def _comment(lines: Sequence[str]) -> str:
    return "\n".join(f"% {line}" for text in lines for line in text.split("\n") if line.strip())
