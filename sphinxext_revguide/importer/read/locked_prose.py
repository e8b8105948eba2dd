"""Finds passages that must stay in text that names them sentence by sentence, without a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinxext_revguide.importer.read.blocks import Block, is_comment
from sphinxext_revguide.importer.recognise.labels import fields_of
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.lock_words import (
    PASSAGE_NAMED,
    is_passage,
    passages_named,
)

_SIGNS_OFF = re.compile(
    r"(?:ever |as ever,? )?(?:yours?|sincerely|best|kind(?:est)?|warm(?:est|ly)?|regards|love"
    r"|cheers|with (?:\w+ ){0,3}(?:regards|wishes|love|thanks|greetings))\b[^.]{0,40}",
    re.IGNORECASE,
)


def signing_off(blocks: Sequence[Block]) -> int:
    """Return the index of the block that ends a letter, such as "With warm regards,".

    :returns: the number of blocks if none does.
    """
    signed = (
        place
        for place, block in enumerate(blocks)
        if place and _SIGNS_OFF.fullmatch(block.lines[0].text.strip())
    )
    return next(signed, len(blocks))


def passages_in_prose(blocks: Sequence[Block]) -> list[Line]:
    """Return the passages that a section of paragraphs alone names; none if that is not sure.

    "The smell of tar. Your grandmother's laugh; it carries the page." names two. If there are
    several paragraphs, each must name a passage, else each sentence; a sentence that begins with
    "It" belongs to the one before it.
    """
    own = [block for block in blocks if block.kind != "rule"]
    if not own or any(block.kind != "paragraph" or is_comment(block) for block in own):
        return []
    texts = [(" ".join(line.text.strip() for line in block.lines), block.line) for block in own]
    named = [fields_of(block.lines[0].text) for block in own]
    if len(own) > 1 and all(labels and not labels[0].role for labels in named):
        return [Line(text.replace("**", ""), line) for text, line in texts]
    if any(fields_of(line.text) for block in own for line in block.lines):
        return []
    if len(texts) == 1:
        return [Line(said, texts[0][1]) for said in passages_named(texts[0][0])]
    passages = sum(bool(PASSAGE_NAMED.fullmatch(text)) for text, _line in texts)
    sure = all(is_passage(text) for text, _line in texts) and 2 * passages >= len(texts)
    return [Line(text, line) for text, line in texts] if sure else []
