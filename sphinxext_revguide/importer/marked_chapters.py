"""Imports chapters in which an editor marked changes in CriticMarkup into the guide's page.

``sphinx-revguide export --to critic`` marks each change of a guide, with the id of its issue in a
comment. An editor changes the new texts, adds marks, and comments. This module imports the result:
a changed text replaces the AFTER of its pair, every other mark or comment becomes an issue, and the
rest of the page stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from sphinxext_revguide.importer.critic_marks import (
    MARKS,
    Mark,
    marks_in,
    open_marks_in,
    paragraphs_with,
)
from sphinxext_revguide.importer.export_markdown import plain_title
from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.recognise.names import guide_name
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

_LABEL = re.compile(r"([^\s:]{1,200}): ?(.*)", re.DOTALL)
NOT_MARKED = "Not marked:"
"""The beginning of the comment in which an export lists what it could not mark."""
_SAME_SAMPLE = 50
"""How similar (percent) the text of a mark and the BEFORE of its pair must be."""
_DELETED = "the editor deleted the passage"
_TITLE_WORDS = 4
"""A title quotes at most this many words of a change."""
_UNDECIDED = ("open", "change-requested", "accepted")
"""The statuses that an editor's decision in a chapter replaces."""


def has_marks(text: str) -> bool:
    """Return whether a text contains a mark that an export wrote, with the id of its issue."""
    return any(mark.old and _LABEL.fullmatch(mark.comment.strip()) for mark in marks_in(text))


def record_of(chapters: str) -> ExportRecord:
    """Return the record of what the marks of chapters say: their new texts and comments."""
    said: list[str] = []
    for mark in marks_in(chapters):
        label = _LABEL.fullmatch(mark.comment.strip())
        said += [mark.new, label[2] if label else mark.comment]
    return ExportRecord.of(map(words_of, said))


def new_page(name: str, guide_id: str, chapters: str, text: str) -> str:
    """Return a page with a guide without issues, for what is marked in chapters.

    :param name: the name of the file of the chapters.
    :param guide_id: the guide's id; if it is empty, it is derived from the name.
    :param chapters: the docnames of the chapters, as ``:chapters:`` lists them.
    :param text: the chapters.
    """
    title = next(iter(re.findall(r"(?m)^# +(.+)", text)), name)
    for mark in sorted(marks_in(title), key=lambda mark: mark.start, reverse=True):
        title = title[: mark.start] + mark.old + title[mark.end :]
    named = guide_name(guide_id, name, chapters, title)
    options = [("chapters", chapters)] if chapters else []
    guide = print_directive(GUIDE, named, options, "", least=4)
    return f"# Changes to: {inline(short(title))}\n\n{guide}\n"


def decides(page: str, chapters: str) -> bool:
    """Return whether exported chapters without marks decide about any issue of a page."""
    try:
        return bool(update_from_chapters(page, chapters)[1])
    except NoPageError:
        return False


def update_from_chapters(
    page: str,
    chapters: str,
    exported: ExportRecord | None = None,
    *,
    are_exported: bool = True,
) -> tuple[str, list[str]]:
    """Update a guide's page with what an editor changed in exported chapters.

    :param page: the guide's page, as its author has it.
    :param chapters: what ``export --to critic`` wrote, with the editor's changes.
    :param exported: the AFTERs of the page when it was exported, if they are known; or the new
        texts of the chapters that were imported before.
    :param are_exported: false if the chapters are the author's; a BEFORE in them then decides
        nothing.
    :returns: the page, and a line for each thing that changed or could not be used, in order.
    :raises NoPageError: if the page opens no guide.
    """
    read = read_page(page)
    guide = next((block for block in every_block(read.blocks) if block.name == GUIDE), None)
    if guide is None:
        msg = "this page has no 'revision-guide' to add the changes to"
        raise NoPageError(msg)
    update = _Update(guide.title.strip(), read, chapters, exported or ExportRecord(), are_exported)
    update.run()
    return read.print(), update.report


def decide(page: str, statuses: Mapping[str, str]) -> tuple[str, list[str]]:
    """Set the statuses of the issues of a page that an editor decided about, by their numbers.

    :returns: the page, and a line for each issue whose status changed; settled issues stay as they
        are.
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
    are_exported: bool = True
    report: list[str] = field(default_factory=list)
    added: list[Block] = field(default_factory=list)

    def run(self) -> None:
        """Apply all marks of the chapters: those of known issues first, then those of others."""
        issues = {
            f"{self.guide}-{number}": block for number, block in numbered_issues(self.page.blocks)
        }
        self._refuse_others(issues)
        for place, kind in sorted(open_marks_in(self.text)):
            remedy = f"write {MARKS[kind]!r} where it ends"
            self._say(Mark(place, place), f"{kind!r} is not closed; {remedy}")
        others = []
        marked: set[str] = set()
        for mark in marks_in(self.text):
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
            if self.are_exported and name not in marked:
                self._decided(issue, name)
        for start, end, marks in paragraphs_with(self.text, others):
            self._add(start, end, marks)
        blocks = self.page.blocks
        parts = (
            place
            for place, block in enumerate(blocks)
            if any(part.name in (GUIDE, ISSUE) for part in every_block([block]))
        )
        insert_blocks(blocks, {max(parts) + 1: self.added}, self.page.end)

    def _refuse_others(self, issues: Collection[str]) -> None:
        """Refuse chapters whose marks are all about the issues of another guide."""
        labels = (
            _LABEL.fullmatch(mark.comment.strip()) for mark in marks_in(self.text) if mark.old
        )
        named = [label[1] for label in labels if label and re.fullmatch(r".+-[0-9].*", label[1])]
        if named and not set(named).intersection(issues):
            msg = (
                f"the marks refer to issues such as {named[0]!r}, but this page contains the "
                f"guide {self.guide!r}; name the page of their guide"
            )
            raise NoPageError(msg)

    def _known(self, issue: Block, name: str, comment: str, mark: Mark) -> None:
        """Apply a mark of an issue of the page: its comment and its new text."""
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

    def _add_remark(self, issue: Block, name: str, comment: str, mark: Mark) -> None:
        """Add the text of a mark's comment that the export did not write."""
        title = plain_title(issue.title)
        remark = comment.strip().removeprefix(title).strip(" \n.:;-–—")
        is_title = _tokens(comment) == _tokens(title) or self.exported.has(words_of(comment))
        if remark and not is_title and not _says(issue, remark):
            added = {len(issue.body): [text_block(prose(remark))]}
            insert_blocks(issue.body, added, self.page.end)
            issue.is_edited = True
            self._say(mark, f"{name}: comment added: {short(remark)}")

    def _change_pair(self, issue: Block, pair: Block, name: str, new: str, mark: Mark) -> None:
        """Give a pair the new text of a mark, unless its author has changed it since the export."""
        before, after = samples_of(pair)
        if not self.exported:
            said = (
                f"{name}: AFTER replaced without a check for your own edits, because the comment "
                f"'exported by' is missing; it was: {short(after)}"
            )
            self._set_after(pair, before, new, mark, said)
        elif self.exported.has(words_of(new)):
            if not self.exported.has(words_of(after)):
                said = f"{name}: the AFTER in the guide has changed since the export; it was kept"
                self._say(mark, said)
        elif self.exported.has(words_of(after)):
            self._set_after(pair, before, new, mark, f"{name}: AFTER replaced")
        else:
            other = deepcopy(pair)
            said = (
                f"{name}: the AFTER in the guide has also changed since the export; the issue now "
                "has both pairs: keep one"
            )
            if self._set_after(other, before, new, mark, said):
                place = issue.body.index(pair) + 1
                insert_blocks(issue.body, {place: [other]}, self.page.end)
                issue.is_edited = True

    def _decided(self, issue: Block, name: str) -> None:
        """Set the status of an issue whose changes the editor all accepted or all rejected."""
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

    def _set_after(self, pair: Block, before: str, new: str, mark: Mark, said: str) -> bool:
        """Give a pair another AFTER and report it, unless the page cannot contain it."""
        separator = pair.options.get("separator") or "+++"
        if separator in (line.strip() for line in new.splitlines()):
            name = said.partition(": ")[0]
            self._say(mark, f"{name}: the new text contains the line {separator!r}; edit the guide")
            return False
        # Everything before the AFTER stays the same, byte for byte.
        text = pair.inside
        head = re.match(rf"(?s).*?^[ \t]*{re.escape(separator)}[ \t]*\n\s*", text, re.MULTILINE)
        above = head[0] if head else f"{text}\n\n{separator}\n\n"
        pair.set_content(above + new if new.strip() else before)
        if not new.strip():
            pair.set_option("missing", _DELETED)
        self._say(mark, said)
        return True

    def _add(self, start: int, end: int, marks: Sequence[Mark]) -> None:
        """Add an issue for the marks of a paragraph, unless the page has it already."""
        before = self._text(start, end, marks, new=False).strip("\n")
        after = self._text(start, end, marks, new=True).strip("\n")
        comments = [mark.comment.strip() for mark in marks if mark.comment.strip()]
        if self._has_issue(before, after, comments):
            return
        numbers = (number for number, _issue in numbered_issues(self.page.blocks))
        number = str(1 + len(self.added) + max(map(leading_number, numbers), default=0))
        title = " ".join(comments[0].split()) if comments else _title_of(marks)
        runs = re.findall(r"^\+{3,}$", f"{before}\n{after}", re.MULTILINE)
        separator = max(["++", *runs], key=len) + "+"
        options = [("separator", separator)] if runs else []
        if before == after:
            options.append(("missing", "the editor commented on it"))
        elif not after:
            options.append(("missing", _DELETED))
        parts = [before] if after in (before, "") else [before, separator, after]
        pair = print_directive(PAIR, "", options, "\n\n".join(parts), least=4)
        body = "\n\n".join([*(prose(comment) for comment in comments), pair])
        printed = print_directive(
            ISSUE, inline(short(title)), [("number", number), ("status", "open")], body, least=5
        )
        self.added += read_page(printed).blocks
        self._say(marks[0], f"new issue {self.guide}-{number}: {short(title)}")

    def _has_issue(self, before: str, after: str, comments: Sequence[str]) -> bool:
        """Return whether an issue of the page contains all these texts."""
        wanted = words_of(before), words_of(after) if after != before else []
        return any(
            wanted == tuple(map(words_of, samples_of(pair)))
            and all(_says(issue, comment) for comment in comments)
            for _number, issue in numbered_issues(self.page.blocks)
            for pair in issue.body
            if pair.name == PAIR
        )

    def _text(self, start: int, end: int, marks: Sequence[Mark], *, new: bool) -> str:
        """Return a paragraph with its marks accepted, or rejected; known marks are rejected."""
        text, place = "", start
        own = {mark.start for mark in marks}
        for mark in marks_in(self.text[start:end]):
            at = start + mark.start
            text += self.text[place:at] + (mark.new if new and at in own else mark.old)
            place = start + mark.end
        return text + self.text[place:end]

    def _say(self, mark: Mark, what: str) -> None:
        self.report.append(f"line {self.text.count(chr(10), 0, mark.start) + 1}: {what}")


def _title_of(marks: Sequence[Mark]) -> str:
    """Return what the first change of a passage does, for the title of its issue."""
    first, *rest = marks
    follows = bool(rest) and rest[0].start == first.end and not (first.new or rest[0].old)
    old, new = (_few_words(text) for text in (first.old, rest[0].new if follows else first.new))
    if old and new:
        return f"{old} → {new}"
    return f"Insert: {new}" if new else f"Delete: {old}" if old else "Layout change"


def _few_words(text: str) -> str:
    """Return the beginning of a text, without marks of Markdown."""
    words = re.findall(r"[^\s|#>*`-]\S*", re.sub(r"[*`|]+", " ", text))
    few = " ".join(words[:_TITLE_WORDS])
    return few if len(words) <= _TITLE_WORDS else f"{few.rstrip('.,;:!?')}…"


def _without_prefix(text: str) -> str:
    """Return a text without the quote marks or the indentation of all its lines but the first."""
    lines = text.strip("\n").split("\n")
    prefixes = {re.match(r"[ \t>]*", line)[0] for line in lines[1:] if line.strip()}  # type: ignore[index]
    prefix = min(prefixes, key=len, default="")
    return "\n".join(line.removeprefix(prefix) if i else line for i, line in enumerate(lines))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s>]", text)


def words_of(sample: str) -> list[str]:
    """Return the words of a sample, by which it is recognized wherever it occurs."""
    return _tokens(_without_prefix(sample))


def _said(text: str) -> str:
    return f" {' '.join(_tokens(text))} "


def _says(issue: Block, comment: str) -> bool:
    """Return whether an issue contains a comment, as it is written when it is added."""
    return _said(prose(comment)) in _said("\n".join(block.text for block in issue.body))


def _likeness(one: str, other: str) -> float:
    return ratio(" ".join(_tokens(one)), " ".join(_tokens(other)))
