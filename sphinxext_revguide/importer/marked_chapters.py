"""Chapters in which an editor marked changes in CriticMarkup -> the guide's page.

``sphinx-revguide export --to critic`` marks each change of a guide, with the id of its issue in a
comment. An editor changes the new texts, marks more, and comments. Here this comes back: a changed
text replaces the AFTER of its pair, every other mark or comment becomes an issue, and nothing else
of the page changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace

from rapidfuzz.fuzz import ratio

from sphinxext_revguide.importer.editor_markdown import plain_title
from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.update import NoPageError
from sphinxext_revguide.importer.write.escape import inline, prose
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.markup.directive_source import print_directive
from sphinxext_revguide.markup.page_blocks import (
    GUIDE,
    ISSUE,
    PAIR,
    Block,
    Page,
    every_block,
    insert_blocks,
    numbered_issues,
    read_page,
    samples_of,
    text_block,
)
from sphinxext_revguide.text.in_words import short

_MARKS = {"{~~": "~~}", "{--": "--}", "{++": "++}", "{==": "==}", "{>>": "<<}"}
_OPENING = re.compile("|".join(map(re.escape, _MARKS)))
_LABEL = re.compile(r"([^\s:]{1,200}): ?(.*)", re.DOTALL)
NOT_MARKED = "Not marked:"
"""Begins the comment in which an export lists what it could not mark."""
_SAME_SAMPLE = 50
"""How similar (percent) the text of a mark and the BEFORE of its pair must be."""
_UNDECIDED = ("open", "change-requested", "accepted")
"""The statuses that an editor's decision in a chapter replaces."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark: offsets of the chapter, the old and the new text, and the comment."""

    start: int
    end: int
    old: str = ""
    new: str = ""
    comment: str = ""


def has_marks(text: str) -> bool:
    """Return whether a text contains a mark that an export wrote, with the id of its issue."""
    return any(mark.old and _LABEL.fullmatch(mark.comment.strip()) for mark in _marks(text))


def decides(page: str, chapters: str) -> bool:
    """Return whether exported chapters decide about issues of a page, whose marks are all gone."""
    try:
        return bool(update_from_chapters(page, chapters)[1])
    except NoPageError:
        return False


def update_from_chapters(
    page: str, chapters: str, exported: ExportRecord | None = None
) -> tuple[str, list[str]]:
    """Carry into a guide's page what an editor changed in exported chapters.

    :param page: the guide's page, as its author has it.
    :param chapters: what ``export --to critic`` wrote, with the editor's changes.
    :param exported: the AFTERs of the page when it was exported, if they are known.
    :returns: the page, and a line for each thing that changed or could not be used, in order.
    :raises NoPageError: if the page opens no guide.
    """
    read = read_page(page)
    guide = next((block for block in every_block(read.blocks) if block.name == GUIDE), None)
    if guide is None:
        msg = "this page has no 'revision-guide' to which the changes could be added"
        raise NoPageError(msg)
    update = _Update(guide.title.strip(), read, chapters, exported or ExportRecord())
    update.run()
    return read.print(), update.report


def decide(page: str, statuses: Mapping[str, str]) -> tuple[str, list[str]]:
    """Set the statuses of the issues of a page that an editor decided about, by their numbers.

    :returns: the page, and a line for each issue whose status changed; what its author has settled
        stays.
    """
    read = read_page(page)
    report = []
    for number, issue in numbered_issues(read.blocks):
        status = statuses.get(number, "")
        old = issue.options.get("status", "open")
        if status and old in _UNDECIDED and old != status:
            issue.set_option("status", status)
            report.append(f"issue {number}: {status}")
    return (read.print() if report else page), report


@dataclass
class _Update:
    guide: str
    page: Page
    text: str
    exported: ExportRecord
    report: list[str] = field(default_factory=list)
    added: list[Block] = field(default_factory=list)

    def run(self) -> None:
        """Use every mark of the chapters: those of known issues first, the others by paragraph."""
        issues = {
            f"{self.guide}-{number}": block for number, block in numbered_issues(self.page.blocks)
        }
        self._refuse_others(issues)
        for place, kind in sorted(_open_marks(self.text)):
            remedy = f"write {_MARKS[kind]!r} where it ends"
            self._say(_Mark(place, place), f"{kind!r} is not closed; {remedy}")
        others = []
        marked: set[str] = set()
        for mark in _marks(self.text):
            label = _LABEL.fullmatch(mark.comment.strip())
            if mark.comment.startswith(NOT_MARKED) and not mark.old + mark.new:
                marked.update(line.partition(": ")[0] for line in mark.comment.split("\n"))
                continue
            if label is not None:
                marked.add(label[1])
            if label is not None and label[1] in issues and mark.old:
                self._known(issues[label[1]], label[1], label[2], mark)
            else:
                others.append(mark)
        for name, issue in issues.items():
            if name not in marked:
                self._decided(issue, name)
        number = max(
            (leading_number(number) for number, _issue in numbered_issues(self.page.blocks)),
            default=0,
        )
        for start, end, marks in _paragraphs(self.text, others):
            number += 1
            self._add(start, end, marks, str(number))
        blocks = self.page.blocks
        parts = (
            place
            for place, block in enumerate(blocks)
            if any(part.name in (GUIDE, ISSUE) for part in every_block([block]))
        )
        insert_blocks(blocks, {max(parts) + 1: self.added}, self.page.end)

    def _refuse_others(self, issues: Collection[str]) -> None:
        """Refuse chapters whose marks are all about the issues of another guide."""
        labels = (_LABEL.fullmatch(mark.comment.strip()) for mark in _marks(self.text) if mark.old)
        named = [label[1] for label in labels if label and re.fullmatch(r".+-[0-9].*", label[1])]
        if named and not set(named).intersection(issues):
            msg = (
                f"the marks are about issues such as {named[0]!r}, and this page contains the "
                f"guide {self.guide!r}; name the page of their guide"
            )
            raise NoPageError(msg)

    def _known(self, issue: Block, name: str, comment: str, mark: _Mark) -> None:
        """Use a mark of an issue of the page: its comment, and its new text."""
        self._add_remark(issue, name, comment, mark)
        pairs = [block for block in issue.body if block.name == PAIR]
        best = max(pairs, key=lambda pair: _likeness(samples_of(pair)[0], mark.old), default=None)
        if best is None:
            self._say(mark, f"{name}: the issue has no pair; the change was left out")
        elif _likeness(samples_of(best)[0], mark.old) < _SAME_SAMPLE:
            self._say(
                mark, f"{name}: no BEFORE of the issue matches this text; the change was left out"
            )
        else:
            new = _without_prefix(mark.new)
            if all(words_of(new) != words_of(samples_of(pair)[1]) for pair in pairs):
                self._change_pair(issue, best, name, new, mark)

    def _add_remark(self, issue: Block, name: str, comment: str, mark: _Mark) -> None:
        """Add what the comment of a mark says besides what the export wrote into it."""
        title = plain_title(issue.title)
        remark = comment.strip().removeprefix(title).strip(" \n.:;-–—")
        is_title = _tokens(comment) == _tokens(title) or self.exported.has(words_of(comment))
        if remark and not is_title:
            added = {len(issue.body): [text_block(prose(remark))]}
            insert_blocks(issue.body, added, self.page.end)
            issue.is_edited = True
            self._say(mark, f"{name}: comment added: {short(remark)}")

    def _change_pair(self, issue: Block, pair: Block, name: str, new: str, mark: _Mark) -> None:
        """Give a pair the new text of a mark, unless its author has changed it since the export."""
        before, after = samples_of(pair)
        if not self.exported:
            said = (
                f"{name}: AFTER replaced, whoever changed it last, as the comment 'exported by' is "
                f"missing; it was: {short(after)}"
            )
            self._set_after(pair, before, new, mark, said)
        elif self.exported.has(words_of(new)):
            if not self.exported.has(words_of(after)):
                said = f"{name}: the AFTER in the guide has changed since the export; kept"
                self._say(mark, said)
        elif self.exported.has(words_of(after)):
            self._set_after(pair, before, new, mark, f"{name}: AFTER replaced")
        else:
            other = deepcopy(pair)
            said = (
                f"{name}: the AFTER in the guide has changed since the export, too; the issue has "
                "both pairs, keep one"
            )
            if self._set_after(other, before, new, mark, said):
                place = issue.body.index(pair) + 1
                insert_blocks(issue.body, {place: [other]}, self.page.end)
                issue.is_edited = True

    def _decided(self, issue: Block, name: str) -> None:
        """Take over that an editor accepted or rejected all changes of an issue."""
        pairs = [samples_of(block) for block in issue.body if block.name == PAIR]
        if not pairs or issue.options.get("status", "open") not in _UNDECIDED:
            return
        text = _said(self.text)
        old = [_said(before) in text for before, _after in pairs]
        new = [bool(after) and _said(after) in text for _before, after in pairs]
        if all(new) and not any(old):
            status = "accepted"
        elif all(old) and not any(new):
            status = "rejected"
        else:
            return
        if issue.options.get("status") != status:
            issue.set_option("status", status)
            self.report.append(f"{name}: {status} in the chapter")

    def _set_after(self, pair: Block, before: str, new: str, mark: _Mark, said: str) -> bool:
        """Give a pair another AFTER and report it, unless the page could not hold that."""
        separator = pair.options.get("separator") or "+++"
        if separator in (line.strip() for line in new.splitlines()):
            name = said.partition(": ")[0]
            self._say(mark, f"{name}: the new text contains a line {separator!r}; edit the guide")
            return False
        # What stands up to the AFTER keeps its bytes.
        text = pair.inside
        head = re.match(rf"(?s).*?^[ \t]*{re.escape(separator)}[ \t]*\n\s*", text, re.MULTILINE)
        above = head[0] if head else f"{text}\n\n{separator}\n\n"
        pair.set_content(above + new if new.strip() else before)
        if not new.strip():
            pair.set_option("missing", "the editor deleted the passage")
        self._say(mark, said)
        return True

    def _add(self, start: int, end: int, marks: Sequence[_Mark], number: str) -> None:
        """Add an issue for the marks of a paragraph."""
        before = self._text(start, end, marks, new=False).strip("\n")
        after = self._text(start, end, marks, new=True).strip("\n")
        comments = [mark.comment.strip() for mark in marks if mark.comment.strip()]
        title = " ".join(comments[0].split()) if comments else "A passage that the editor marked"
        runs = re.findall(r"^\+{3,}$", f"{before}\n{after}", re.MULTILINE)
        separator = max(["++", *runs], key=len) + "+"
        options = [("separator", separator)] if runs else []
        if before == after:
            options.append(("missing", "the editor commented on it"))
        parts = [before] if before == after else [before, separator, after]
        pair = print_directive(PAIR, "", options, "\n\n".join(parts), least=4)
        body = "\n\n".join([*(prose(comment) for comment in comments), pair])
        printed = print_directive(
            ISSUE, inline(short(title)), [("number", number), ("status", "open")], body, least=5
        )
        self.added += read_page(printed).blocks
        self._say(marks[0], f"new issue {self.guide}-{number}: {short(title)}")

    def _text(self, start: int, end: int, marks: Sequence[_Mark], *, new: bool) -> str:
        """Return a paragraph with its marks accepted, or rejected; known marks are rejected."""
        text, place = "", start
        own = {mark.start for mark in marks}
        for mark in _marks(self.text[start:end]):
            at = start + mark.start
            text += self.text[place:at] + (mark.new if new and at in own else mark.old)
            place = start + mark.end
        return text + self.text[place:end]

    def _say(self, mark: _Mark, what: str) -> None:
        self.report.append(f"line {self.text.count(chr(10), 0, mark.start) + 1}: {what}")


def _marks(text: str) -> Iterator[_Mark]:
    """Yield the marks of a text in order, each with the comments directly after it."""
    place = 0
    unclosed: set[str] = set()
    waiting: _Mark | None = None
    while (opening := _OPENING.search(text, place)) is not None:
        start, kind = opening.start(), opening[0]
        close = -1 if kind in unclosed else text.find(_MARKS[kind], start + 3)
        if close < 0:
            # Nothing further closes this kind: do not search to the end again.
            unclosed.add(kind)
            place = start + 3
            continue
        inside = text[start + 3 : close]
        if kind in inside:
            # The end is that of the next mark of this kind: this one was left open.
            place = start + 3
            continue
        place = close + 3
        if kind == "{>>" and waiting is not None and waiting.end == start:
            comments = filter(None, (waiting.comment, _unescaped(inside)))
            waiting = replace(waiting, end=place, comment="\n\n".join(comments))
            continue
        if waiting is not None:
            yield waiting
        waiting = _read(kind, inside, start, place)
    if waiting is not None:
        yield waiting


def _open_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the kind of each mark that another of its kind follows unclosed."""
    for kind, end in _MARKS.items():
        parts = re.split(rf"({re.escape(kind)}|{re.escape(end)})", text)
        place, opened = 0, -1
        for part in parts:
            if part == kind and opened >= 0:
                yield opened, kind
            opened = place if part == kind else -1 if part == end else opened
            place += len(part)


def _read(kind: str, inside: str, start: int, end: int) -> _Mark:
    if kind == "{~~":
        old, _arrow, new = inside.partition("~>")
        return _Mark(start, end, _unescaped(old), _unescaped(new))
    text = _unescaped(inside)
    if kind == "{>>":
        return _Mark(start, end, comment=text)
    old, new = "" if kind == "{++" else text, "" if kind == "{--" else text
    return _Mark(start, end, old, new)


def _unescaped(text: str) -> str:
    """Undo what an export does to texts that look like marks."""
    return text.replace("\u200b", "")


def _paragraphs(text: str, marks: Sequence[_Mark]) -> Iterator[tuple[int, int, list[_Mark]]]:
    """Yield the offsets of each paragraph that contains marks, and its marks, in order."""
    found: list[tuple[int, int, list[_Mark]]] = []
    for mark in marks:
        if found and mark.start < found[-1][1]:
            found[-1][2].append(mark)
            continue
        start = text.rfind("\n\n", 0, mark.start)
        stop = text.find("\n\n", mark.end)
        above = found[-1][1] if found else 0
        begin = max(0 if start < 0 else start + 2, above)
        found.append((begin, len(text) if stop < 0 else stop, [mark]))
    yield from found


def _without_prefix(text: str) -> str:
    """Return a text without the quotation marks or the indentation that all further lines have."""
    lines = text.strip("\n").split("\n")
    prefixes = {re.match(r"[ \t>]*", line)[0] for line in lines[1:] if line.strip()}  # type: ignore[index]
    prefix = min(prefixes, key=len, default="")
    return "\n".join(line.removeprefix(prefix) if i else line for i, line in enumerate(lines))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s>]", text)


def words_of(sample: str) -> list[str]:
    """Return what tells a sample from others, wherever it stands."""
    return _tokens(_without_prefix(sample))


def _said(text: str) -> str:
    return f" {' '.join(_tokens(text))} "


def _likeness(one: str, other: str) -> float:
    return ratio(" ".join(_tokens(one)), " ".join(_tokens(other)))
