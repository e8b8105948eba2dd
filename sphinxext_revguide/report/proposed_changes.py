"""The changes that would replace each BEFORE that is still in a chapter with its AFTER.

Nothing is written here: ``sphinx-revguide apply`` writes, a report suggests, an editor offers.
A change is proposed only where it is certain what is replaced; everything else is refused with a
reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.files import is_inside
from sphinxext_revguide.markup.broken_tables import breaks_table
from sphinxext_revguide.markup.notebooks import SUFFIX as NOTEBOOK
from sphinxext_revguide.markup.plain_text import is_plain
from sphinxext_revguide.markup.replacement import Place, SourceText, fitted, replace
from sphinxext_revguide.model import Status
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.facts_ledger import Ledger, ledger
from sphinxext_revguide.text.measure import find_phrase
from sphinxext_revguide.text.quote_finder import PARTLY

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Issue, Lock, Pair

_RST = ".rst"
_LISTED = 10
"""How many ids a message lists."""
_ALL = 100


class RefusedChangeError(Exception):
    """A change is refused; the message says why, and ``hint`` what ``apply`` could do instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@record(frozen=True, slots=True)
class Change:
    """A BEFORE in a chapter and the text that would replace it.

    ``path`` is relative to the source directory. ``whole`` is false if only a part of the BEFORE
    was found; ``text`` then contains both versions between conflict markers.
    """

    issue: Issue
    pair: Pair
    path: str
    place: Place
    old: str
    text: str
    facts: Ledger = field(default_factory=Ledger)
    whole: bool = True


@record(frozen=True, slots=True)
class Refusal:
    """An issue, or one of its pairs, that cannot be applied, and why.

    ``hint`` names an option of ``sphinx-revguide apply`` with which it could be applied.
    """

    issue: str
    reason: str
    hint: str = ""


@dataclass(slots=True)
class Proposal:
    """All changes that can be made, all refusals, and the files as they were read."""

    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    sources: dict[str, SourceText] = field(default_factory=dict)

    def replaced(self) -> dict[str, str]:
        """Return the new text of each file that changes, by path."""
        paths = dict.fromkeys(change.path for change in self.changes)
        return {path: replace(self.sources[path].text, self._of(path)) for path in paths}

    def replacement(self, change: Change) -> str:
        """Return the text of a change as it will be in the file, and nothing around it."""
        return fitted(self.sources[change.path].text, change.place, change.text)

    def replaced_lines(self, change: Change) -> str:
        """Return the lines of a change as they would be, without the end of the last one."""
        source, place = self.sources[change.path], change.place
        lines = source.place_of_lines(place.line, place.end_line)
        head, tail = source.text[lines.start : place.start], source.text[place.end : lines.end]
        return head + self.replacement(change) + tail

    def _of(self, path: str) -> list[tuple[Place, str]]:
        return [(change.place, change.text) for change in self.changes if change.path == path]


def propose_named(
    book: Book,
    names: Sequence[str],
    *,
    after: int = 0,
    best: bool = False,
    withdrawn: bool = False,
) -> Proposal:
    """Propose to apply issues that somebody named.

    :param names: ids; an unknown id is refused, and if an id is repeated, the first issue is used.
        For the others see :func:`propose`.
    """
    known = {issue.id: issue for issue in reversed(book.issues)}
    wanted = dict.fromkeys(names)
    issues = [known[name] for name in wanted if name in known]
    proposal = propose(book, issues, after=after, best=best, withdrawn=withdrawn)
    proposal.refusals[:0] = [
        Refusal(name, f"no guide has this issue{_suggestion(name, list(reversed(known)))}")
        for name in wanted
        if name not in known
    ]
    return proposal


def _suggestion(name: str, known: Sequence[str]) -> str:
    """Return what to write in place of an unknown id, as the end of a message."""
    if not known:
        return ""
    guide, _hyphen, number = name.rpartition("-")
    # A number alone, or one that the guide does not have: other ids are only alike.
    fitting = [one for one in known if one.endswith(f"-{number}")] if not guide else []
    fitting = fitting or [one for one in known if guide and one.rpartition("-")[0] == guide]
    listed = fitting or known
    more = ", …" if len(listed) > _LISTED else ""
    ids = f"the ids are: {', '.join(listed[:_LISTED])}{more}"
    return f"; {ids}" if fitting else f"; {did_you_mean(name, known, ids)}"


def propose(
    book: Book,
    issues: Sequence[Issue],
    *,
    after: int = 0,
    best: bool = False,
    withdrawn: bool = False,
    texts: Mapping[str, str] | None = None,
) -> Proposal:
    """Propose to apply issues.

    :param after: which AFTER to use, from 1, if a BEFORE has several; 0 for the only one.
    :param best: whether a BEFORE of which only a part was found is proposed as a conflict to
        resolve.
    :param withdrawn: whether issues that their editor has withdrawn are also proposed.
    :param texts: texts, by path, to be used instead of the content of the files.
    """
    proposal = Proposal()
    proposal.sources |= {path: SourceText(text) for path, text in (texts or {}).items()}
    for issue in issues:
        if issue.withdrawn and not withdrawn:
            proposal.refusals.append(_withdrawn(issue))
            continue
        _propose_issue(book, issue, proposal, after, best=best)
    return proposal


def _withdrawn(issue: Issue) -> Refusal:
    why = "" if issue.withdrawn == "yes" else f" ({issue.withdrawn})"
    reason = f"{issue.path}:{issue.line}: the editor has withdrawn this issue{why}"
    return Refusal(issue.id, reason, "to apply it anyway, add --withdrawn")


def _propose_issue(book: Book, issue: Issue, proposal: Proposal, after: int, *, best: bool) -> None:
    if issue.status in (Status.REJECTED, Status.DEFERRED):
        status = issue.status.value
        reason = f"{issue.path}:{issue.line}: its status is {status}; change the status first"
        proposal.refusals.append(Refusal(issue.id, reason))
        return
    if not issue.pairs:
        reason = f"{issue.path}:{issue.line}: it has neither BEFORE nor AFTER; edit the chapter"
        proposal.refusals.append(Refusal(issue.id, reason))
    for pairs in _alternatives(issue):
        try:
            pair = _chosen(issue, pairs, after)
            change = _change(book, issue, pair, proposal, best=best)
            for other in proposal.changes:
                if other.path == change.path and other.place.overlaps(change.place):
                    msg = (
                        f"it changes the same text as {other.issue.id} "
                        f"({change.path}:{change.place.line}); apply one, build, then the other"
                    )
                    raise RefusedChangeError(msg)
            proposal.changes.append(change)
        except RefusedChangeError as error:
            proposal.refusals.append(Refusal(issue.id, str(error), error.hint))


def _alternatives(issue: Issue) -> list[list[Pair]]:
    """Return the pairs of an issue, grouped by BEFORE."""
    found: dict[str, list[Pair]] = {}
    for number, pair in enumerate(issue.pairs):
        found.setdefault(pair.before.text if pair.before else f"\0{number}", []).append(pair)
    return list(found.values())


def _chosen(issue: Issue, pairs: list[Pair], after: int) -> Pair:
    if len(pairs) > 1 and not after:
        msg = f"{issue.path}:{pairs[0].line}: its BEFORE has {len(pairs)} alternatives"
        raise RefusedChangeError(msg, f"choose one with --after 1 to {len(pairs)}")
    number = after or 1
    if number > len(pairs):
        last = len(pairs)
        count = f"has {last} AFTERs; choose 1 to {last}" if last > 1 else "has only one AFTER"
        msg = f"{issue.path}:{pairs[0].line}: its BEFORE {count}, not {after}"
        raise RefusedChangeError(msg)
    pair = pairs[number - 1]
    if pair.before is None or not pair.before.text.strip():
        msg = f"{issue.path}:{pair.line}: the pair has no BEFORE, so there is nothing to replace"
        raise RefusedChangeError(msg)
    if pair.after is None:
        msg = f"{issue.path}:{pair.line}: its AFTER is missing; write it into the guide first"
        raise RefusedChangeError(msg)
    if pair.after.instruction:
        msg = f"{issue.path}:{pair.line}: its AFTER is an instruction, not text; follow it by hand"
        raise RefusedChangeError(msg)
    return pair


def _change(book: Book, issue: Issue, pair: Pair, proposal: Proposal, *, best: bool) -> Change:
    assert pair.before is not None  # noqa: S101 -- for the type checker: see _chosen
    assert pair.after is not None  # noqa: S101
    places = list(_places(book, issue, pair.before.text, proposal))
    _refuse_conflict(book, issue, proposal)
    if len(places) > 1:
        where = ", ".join(f"{path}:{place.line}" for path, place in places)
        msg = f"its BEFORE occurs {len(places)} times ({where}); edit it by hand"
        raise RefusedChangeError(msg)
    if not places:
        return _partial(book, issue, pair, proposal, best=best)
    path, place = places[0]
    if book.pair_state(issue.docname, pair).before.share < PARTLY:
        msg = (
            f"{path}:{place.line}: its BEFORE is too short, or only in text that readers do not "
            "see (a comment or an inactive part); edit it by hand"
        )
        raise RefusedChangeError(msg)
    old = proposal.sources[path].text[place.start : place.end]
    is_foreign = (Path(path).suffix == _RST) != (Path(issue.path).suffix == _RST)
    if is_foreign and not (is_plain(old) and is_plain(pair.after.text)):
        msg = f"{path} and the guide {issue.path} are written in different markup languages, and "
        msg += "the passage or its AFTER contains markup; edit it by hand"
        raise RefusedChangeError(msg)
    if breaks_table(proposal.sources[path], place, pair.after.text):
        msg = f"{path}:{place.line}: its AFTER would break the table around it; edit it by hand"
        raise RefusedChangeError(msg)
    _refuse_locked(book, issue, (path, place), old, pair.after.text)
    facts = ledger(old, pair.after.text)
    return Change(issue, pair, path, place, old, pair.after.text, facts)


def _places(
    book: Book, issue: Issue, sample: str, proposal: Proposal
) -> Iterator[tuple[str, Place]]:
    """Yield the places where the chapters of an issue contain a whole sample, each file once."""
    seen: set[str] = set()
    skipped = ""
    found = False
    for docname in book.chapters_named(issue.guide):
        for name in book.sources[docname]:
            if name.path in seen:
                continue
            seen.add(name.path)
            text = _source(book, name.path, proposal)
            if text is None:
                skipped = skipped or name.path
                continue
            for place in text.find(sample):
                found = True
                yield name.path, place
    if skipped and not found:
        msg = (
            f"{skipped} is a notebook, not UTF-8, or outside the source directory; edit it by hand"
        )
        raise RefusedChangeError(msg)


def _source(book: Book, path: str, proposal: Proposal) -> SourceText | None:
    """Return the current content of a file, or None if it must not be written."""
    if path not in proposal.sources:
        srcdir = Path(book.host.srcdir)
        file = srcdir / path
        if file.suffix == NOTEBOOK or not is_inside(file, srcdir):
            return None
        try:
            proposal.sources[path] = SourceText(file.read_bytes().decode("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None
    return proposal.sources[path]


def _partial(book: Book, issue: Issue, pair: Pair, proposal: Proposal, *, best: bool) -> Change:
    """Propose a conflict to resolve where a part of the BEFORE was found.

    :raises RefusedChangeError: if none of it is there, or no conflict is wanted.
    """
    state = book.pair_state(issue.docname, pair)
    found = state.before
    if state.state == "applied":
        msg = f"{issue.path}:{pair.line}: it has already been applied: its AFTER is in the chapter"
        raise RefusedChangeError(msg)
    if found.share < PARTLY or not found.passages:
        msg = (
            f"{issue.path}:{pair.line}: its BEFORE is not in the chapters of its guide; correct "
            "the sample, or add its chapter to ':chapters:'"
        )
        raise RefusedChangeError(msg)
    passage = found.passages[0]
    source = _source(book, passage.path, proposal)
    percent = round(100 * found.share)
    where = f"{passage.path}:{passage.line}"
    if not best or source is None:
        msg = f"{where}: only {percent}% of its BEFORE is there"
        if percent == _ALL:
            msg = (
                f"{where}: the words of its BEFORE are there, but with different markup or "
                "quotation marks, or with words in between"
            )
        raise RefusedChangeError(msg, "--best writes both versions between conflict markers")
    place = source.place_of_lines(passage.line, passage.end_line)
    old = source.text[place.start : place.end]
    after = pair.after.text if pair.after else ""
    _refuse_locked(book, issue, (passage.path, place), old, after)
    text = f"<<<<<<< {passage.path}\n{old}\n=======\n{after}\n{_conflict_end(issue)}"
    text = text.replace("\r\n", "\n")
    return Change(issue, pair, passage.path, place, old, text, ledger(old, after), whole=False)


def _conflict_end(issue: Issue) -> str:
    return f">>>>>>> AFTER of {issue.id}"


def _refuse_conflict(book: Book, issue: Issue, proposal: Proposal) -> None:
    """Refuse an issue while a chapter contains both versions between conflict markers."""
    end = _conflict_end(issue)
    for docname in book.chapters_named(issue.guide):
        for name in book.sources[docname]:
            source = _source(book, name.path, proposal)
            if source and end in source.text and end in source.lines:
                line = source.lines.index(end) + 1
                msg = f"{name.path}:{line}: its conflict is still there; resolve it first"
                raise RefusedChangeError(msg)


def _refuse_locked(book: Book, issue: Issue, where: tuple[str, Place], old: str, new: str) -> None:
    """Refuse a change of a locked passage, or one that removes a locked phrase."""
    path, place = where
    for passage in book.passages:
        lines_meet = passage.line <= place.end_line and place.line <= passage.end_line
        if passage.path == path and lines_meet:
            msg = f"{path}:{place.line}: the passage {passage.name!r} is locked; unlock it first"
            raise RefusedChangeError(msg)
    for lock in book.locks:
        if lock.where or _concerns(book, lock, issue):
            for phrase in lock.phrases:
                if len(find_phrase(old, phrase)) > len(find_phrase(new, phrase)):
                    msg = f"{path}:{place.line}: it would remove {phrase!r}, which is locked"
                    raise RefusedChangeError(msg)


def _concerns(book: Book, lock: Lock, issue: Issue) -> bool:
    """Return whether a lock is about a chapter that an issue may change."""
    chapters = set(book.chapters_named(issue.guide))
    return not chapters.isdisjoint(book.chapters_named(lock.guide))


def complete(proposal: Proposal) -> list[Issue]:
    """Return the issues that a proposal applies completely."""
    refused = Counter(refusal.issue for refusal in proposal.refusals)
    whole = {change.issue.card: change.issue for change in proposal.changes}
    for change in proposal.changes:
        if not change.whole or refused[change.issue.id]:
            whole.pop(change.issue.card, None)
    return list(whole.values())
