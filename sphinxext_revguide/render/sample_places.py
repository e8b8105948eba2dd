"""The facts about the samples of a pair: places, changes made by the AFTER, and length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import revguide_card, revguide_pair, revguide_sample
from sphinxext_revguide.render import words
from sphinxext_revguide.render.places import place
from sphinxext_revguide.render.summary_strip import icon_text
from sphinxext_revguide.text.quote_finder import PARTLY

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import PairState
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.estimates import Reduction
    from sphinxext_revguide.text.quote_finder import Tracked

_SHOWN = 12
"""Maximum number of facts listed individually."""


def show_places(book: Book, state: PairState, pair: revguide_pair) -> None:
    """Add a first child to each sample of a pair that says where it was found in the chapters.

    The length and the goal of the issue are noted in the pair, for :func:`sizes`.
    """
    card = pair.parent
    while card is not None and not isinstance(card, revguide_card):
        card = card.parent
    issue = book.issue_at(card["card"]) if card is not None else None
    goal = issue.reduction if issue else None
    # A reduction in words is for all places of an issue; a pair shows one of them.
    pair["goal"] = None if goal and goal.in_words else goal
    if state.state == "unknown":
        return
    several = issue is not None and len(book.chapters_named(issue.guide)) > 1
    for sample in pair.findall(revguide_sample):
        if sample["missing"]:
            continue
        is_before = sample["role"] == "before"
        found = state.before if is_before else state.after
        is_there = _is_there(is_before, state)
        sample["has_where"] = True
        entries = (
            _found(book, found, is_before, several) if is_there else [_absent(is_before, state)]
        )
        sample.insert(0, nodes.paragraph("", "", *entries, translatable=False))


def _is_there(is_before: bool, state: PairState) -> bool:
    """Return whether a sample is in the chapters.

    If two samples differ by few words, all words of both may be found; the state of the pair then
    decides.
    """
    found = state.before if is_before else state.after
    if not found.passages or found.share < PARTLY:
        return False
    held = ("standing", "partly") if is_before else ("applied", "partly")
    return found.has_own or state.state in held


def _absent(is_before: bool, state: PairState) -> nodes.Node:
    if not is_before:
        return icon_text(_("Not in the book yet"), "minus")
    if state.state == "not-found":
        return icon_text(_("Not found in the chapters"), "unchecked")
    return icon_text(_("No longer in the book"), "kept")


def _found(book: Book, found: Tracked, is_before: bool, several: bool) -> Iterator[nodes.Node]:
    text = _("Still in the chapter, %s:") if is_before else _("In the chapter, %s:")
    yield icon_text(text % words.share(found.share), "there" if is_before else "kept")
    last = _("%s and %s").removeprefix("%s").removesuffix("%s")
    for number, passage in enumerate(found.passages):
        is_last = number + 1 == len(found.passages)
        yield nodes.Text((last if is_last else ", ") if number else " ")
        name = _("line %s") % passage.line
        if several:
            name = f"{book.host.title(found.docname)}, {name}"
        yield place(found.docname, passage.path, passage.line, text=name)


def sizes(pair: revguide_pair) -> str:
    """Return the numbers of words of the samples, and the goal of their issue."""
    samples = list(pair.findall(revguide_sample))
    texts = [sample for sample in samples if sample.is_text]
    if len(texts) < 2:
        return words.words(sum(sample["words"] for sample in texts or samples))
    before, after = texts
    both = _("%s → %s") % (words.number(before["words"]), words.words(after["words"]))
    goal: Reduction | None = pair.get("goal")
    return _("%s (goal: %s)") % (both, words.shorter(goal)) if goal else both


def facts_changed(facts: dict[str, list[list[str]]]) -> list[tuple[str, str]]:
    """Return which facts an AFTER loses and adds, in words, each with the name of its icon."""
    names = {"lost": (_("Facts dropped: %s"), "minus"), "new": (_("Facts added: %s"), "plus")}
    entries = []
    for key, (text, icon) in names.items():
        found = [fact for _kind, fact in facts.get(key, [])]
        if found:
            more = ["…"] if len(found) > _SHOWN else []
            entries.append((text % ", ".join([*found[:_SHOWN], *more]), icon))
    for _kind, before, after, sentence in facts.get("shifts", []):
        changed = _("“%(before)s” became “%(after)s” in “%(sentence)s”")
        parts = {"before": before or "–", "after": after or "–", "sentence": sentence}
        entries.append((changed % parts, "change"))
    return entries
