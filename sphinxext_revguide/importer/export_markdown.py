"""Exports a guide's page as Markdown for its editor, which the importer reads back.

``sphinx-revguide import --update`` merges an editor's changes to the export into the page, which
keeps statuses and other decisions of the author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.importer.update_issues import is_wrap
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.markup.page_blocks import Block, numbered_issues, read_page, samples_of
from sphinxext_revguide.text.fence_length import fence_around

_GUIDE_FIELDS = (
    ("chapters", "Document"),
    ("baseline", "Current Metrics"),
    ("reduction", "Content Reduction Target"),
    ("effort", "Estimated Implementation"),
)
_OWN_MARKUP = ("#", "-", "|", ">", "`", "**")
"""Beginnings of texts whose markup would be lost if a label preceded them."""
_SLASH = re.compile(r"(?:^|(?<=,)|(?<=,[ ]))/")
"""The slash before a docname, which means nothing to an editor."""
_LOCKS = "**MUST PRESERVE:**"
_ESCAPE = re.compile(r"\\([!\"#$%&'()*+,./:;<=>?@\[\]^_`{|}~\\-])")


def to_markdown(page: str) -> str:
    """Return a guide's page as Markdown without directives.

    :param page: a page of MyST directives, as written by authors.
    :returns: the guide, with a section for each issue and a labelled fence for each sample. An
        issue without a number gets the one that it has in the book; comments are left out.
    """
    blocks = [block for block in read_page(page).blocks if not _is_comment(block)]
    printed: list[str] = []
    numbers = {id(issue): number for number, issue in numbered_issues(blocks)}
    for block in _outside_wraps(blocks):
        for text in filter(None, _printed(block, numbers.get(id(block), ""))):
            if not (text == _LOCKS and printed and _is_lock_label(printed[-1])):
                printed.append(text)
    return "\n\n".join(printed) + "\n"


def _outside_wraps(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, and the contents of directives that only wrap parts of a guide, as tabs do."""
    for block in blocks:
        if is_wrap(block):
            yield from _outside_wraps(_texts(block))
        else:
            yield block


def _printed(block: Block, number: str) -> Iterator[str]:
    printers: dict[str, Callable[[Block], Iterator[str]]] = {
        "revision-guide": _guide,
        "revision-issue": partial(_issue, number=number),
        "locked-preserve": _locks,
    }
    if block.name in printers:
        yield from printers[block.name](block)
    else:
        yield block.text


def _guide(block: Block) -> Iterator[str]:
    fields = [
        f"**{label}:** {_SLASH.sub('', block.options[key])}  "
        for key, label in _GUIDE_FIELDS
        if block.options.get(key)
    ]
    yield "\n".join(fields)
    yield from (part.text for part in _texts(block))


def _is_lock_label(text: str) -> bool:
    """Return whether the importer reads a list below a text as locks without an added label."""
    label = re.fullmatch(r"\*\*([^*]+)\*\*:?", text.splitlines()[-1].strip())
    return label is not None and locks(label[1])


def _locks(block: Block) -> Iterator[str]:
    yield _LOCKS
    yield from (part.text for part in _texts(block))


def _issue(block: Block, number: str) -> Iterator[str]:
    yield f"### ISSUE #{number}: {plain_title(block.title)}"
    fields = [
        f"**{field.editor_label}:** {block.options[field.name]}"
        for field in ISSUE_FIELDS
        if field.editor_label and block.options.get(field.name)
    ]
    yield " | ".join(fields)
    parts = _texts(block)
    pairs = [number for number, part in enumerate(parts) if part.name == "before-after"]
    first, last = (pairs[0], pairs[-1]) if pairs else (len(parts), len(parts))
    yield from _labelled("Problem", parts[:first])
    for part in parts[first : last + 1]:
        yield from _pair(part) if part.name == "before-after" else [part.text]
    yield from _labelled("Why This Matters", parts[last + 1 :])


def _labelled(label: str, parts: Sequence[Block]) -> Iterator[str]:
    for number, part in enumerate(parts):
        own = number == 0 and not part.name and not part.text.startswith(_OWN_MARKUP)
        yield f"**{label}:** {part.text}" if own else part.text


def _pair(block: Block) -> Iterator[str]:
    before, after = samples_of(block)
    if before:
        yield from _sample("BEFORE", block.options.get("before", ""), before)
    if after:
        yield from _sample("AFTER", block.options.get("after", ""), after)


def _sample(role: str, label: str, text: str) -> Iterator[str]:
    yield f"#### {role} ({plain_title(label)})" if label else f"#### {role}"
    fence = fence_around(text)
    yield f"{fence}markdown\n{text}\n{fence}"


def plain_title(text: str) -> str:
    """Return a title as an editor would write it, without the escapes of MyST."""
    return _ESCAPE.sub(r"\1", text)


def _texts(block: Block) -> list[Block]:
    return [part for part in block.body if not _is_comment(part)]


def _is_comment(block: Block) -> bool:
    return block.kind == "comment"
