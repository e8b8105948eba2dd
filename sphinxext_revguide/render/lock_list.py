"""What must stay: whether each item is kept, is missing, or is for a person to judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import interface_text, label, revguide_box, revguide_lock
from sphinxext_revguide.render import words
from sphinxext_revguide.render.elements import box, heading
from sphinxext_revguide.render.places import place

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import LockState, Nearest
    from sphinxext_revguide.book.view import Book

_UNCHECKED = "unchecked"
_FEW = 5
"""In longer lists, only missing items are shown at first."""


def fill_locks(locks: Sequence[revguide_lock], book: Book, *, is_html: bool) -> None:
    """Show whether each item of a list is kept: in rows on HTML pages, otherwise after the item."""
    lists: dict[int, tuple[nodes.Element, list[tuple[str, nodes.list_item]]]] = {}
    for lock in locks:
        state = book.lock_state(lock["docname"], lock["item_path"], lock["item_line"], lock["item"])
        around = _list_of(lock)
        if around is not None:
            name = state.state if state else _UNCHECKED
            lists.setdefault(id(around), (around, []))[1].append((name, _item_of(lock)))
        if is_html:
            _show_row(lock, state, book)
        else:
            status = [nodes.Text(" ("), *_status(state, book), nodes.Text(")")]
            lock.replace_self(status)
    for around, items in lists.values():
        folded = list(_fold(items)) if is_html else []
        _head(around, Counter(name for name, item in items if item not in folded), is_html=is_html)


def _item_of(lock: nodes.Node) -> nodes.list_item:
    item: nodes.Node = lock
    while not isinstance(item, nodes.list_item):
        item = item.parent
    return item


def _list_of(lock: nodes.Node) -> nodes.Element | None:
    node = lock.parent
    while node is not None and "revguide-locked" not in node["classes"]:
        node = node.parent
    return node


def _head(around: nodes.Element, states: Counter[str], *, is_html: bool) -> None:
    """Insert a heading and the figures before a list."""
    named = (
        (_("%s missing"), "missing"), (_("%s kept"), "kept"),
        (_("%s to check yourself"), _UNCHECKED),
    )  # fmt: skip
    status = ", ".join(text % words.number(states[name]) for text, name in named if states[name])
    title = _("What must stay")
    around.insert(0, heading(title) if is_html else label(title))
    if status:
        around.insert(1, interface_text(status, "rg-quiet"))


def _fold(items: Sequence[tuple[str, nodes.list_item]]) -> Iterator[nodes.list_item]:
    """Collapse the parts of a long list that need no attention, and yield them.

    Missing items stay in the author's list.
    """
    lists = {id(item.parent): item.parent for _name, item in items}
    for rows in [rows for rows in lists.values() if len(rows) > _FEW]:
        for state in (_UNCHECKED, "kept"):
            group = [item for name, item in items if name == state and item.parent is rows]
            if group:
                yield from group
                rows.parent.insert(rows.parent.index(rows) + 1, _disclosure(state, group))
        if not rows.children:
            rows.parent.remove(rows)


def _disclosure(state: str, items: list[nodes.list_item]) -> revguide_box:
    count = words.number(len(items))
    text = _("%s kept") % count if state == "kept" else _("%s to check yourself") % count
    shown = box("details", box("summary", nodes.strong("", text), classes="rg-i"))
    shown["classes"] = ["rg-d", "rg-group"]
    if state == _UNCHECKED:
        # In the summary only, not in each row.
        text = _("No wording to look for. Please judge these yourself.")
        shown += interface_text(text, "rg-quiet", "rg-small")
    for item in items:
        item.parent.remove(item)
        if state == _UNCHECKED:
            text_box = item.children[-1]
            text_box.children = text_box.children[:-1]
    shown += nodes.bullet_list("", *items, classes=["rg-rows"])
    return shown


def _show_row(lock: revguide_lock, state: LockState | None, book: Book) -> None:
    item = _item_of(lock)
    lock.parent.remove(lock)
    name = state.state if state else _UNCHECKED
    title = {
        "kept": _("Kept"), "missing": _("Missing"), _UNCHECKED: _("Not checked"),
    }[name]  # fmt: skip
    quiet = " rg-quiet" if name == _UNCHECKED else ""
    status = nodes.paragraph(classes=["rg-quiet", "rg-small"], translatable=False)
    status += _status(state, book, with_title=False)
    badge = box("span", nodes.Text(title), classes=f"rg-i rg-{name}{quiet}")
    item[:] = [badge, box("div", *item.children, status)]
    item.parent["classes"] = ["rg-rows"]


def _status(
    state: LockState | None, book: Book, *, with_title: bool = True
) -> Iterator[nodes.Node]:
    """Yield the state of an item, after a title if no badge shows it."""
    if state is None or state.state == _UNCHECKED:
        yield nodes.Text(_("No wording to look for. Please judge this one yourself."))
        return
    for number, (phrase, nearest) in enumerate(state.missing):
        yield nodes.Text(" " if number else "")
        yield from _missing(phrase, nearest, book)
    places = _found(state, book)
    if places:
        if state.missing:
            yield nodes.Text(" " + _("Still there: "))
        elif with_title:
            yield nodes.Text(_("Kept: "))
        yield from _listed(places)


def _missing(phrase: str, nearest: Nearest | None, book: Book) -> Iterator[nodes.Node]:
    yield nodes.Text(_("“%s” is not in any chapter.") % phrase)
    if nearest is None:
        return
    text = nearest.text.strip(" ,.;:")
    before, _here, after = _("The closest text is “%s” (%s).").partition("(%s)")
    yield nodes.Text(f" {before % text}(")
    yield place(
        nearest.docname, nearest.path, nearest.line, phrase=text,
        text=_("%s, line %s") % (book.host.title(nearest.docname), nearest.line),
    )  # fmt: skip
    yield nodes.Text(f"){after}")


def _found(state: LockState, book: Book) -> list[nodes.Node]:
    """Return links to the first place of each phrase; chapters are named if there are several."""
    places: dict[tuple[str, int], str] = {}
    for phrase, found in zip(state.lock.phrases, state.found, strict=False):
        if found:
            places.setdefault(found[0], phrase)
    several = len(book.chapters_named(state.lock.guide)) > 1 or bool(state.lock.where)
    links: list[nodes.Node] = []
    for (docname, line), phrase in places.items():
        title = book.host.title(docname)
        text = _("%s, line %s") % (title, line) if several else _("line %s") % line
        if not links:
            text = words.capitalised(text)
        links.append(place(docname, book.pages[docname].path, line, text=text, phrase=phrase))
    return links


def _listed(links: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    joint = _("%s and %s").replace("%s", "")
    for number, link in enumerate(links):
        if number:
            yield nodes.Text(joint if number == len(links) - 1 else ", ")
        yield link
