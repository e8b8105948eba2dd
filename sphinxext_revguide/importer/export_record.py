"""The record of what a page said when it was exported, which shows later who changed what.

The last line of an exported guide is a comment with a short hash of each text that the page had.
A text on the page that has none of them was changed by its author, one in the export by its editor.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass

_LINE = re.compile(
    r"^[ \t]*<!-- exported by sphinx-revguide: ([\w-]*) -->[ \t]*(?:\n|\Z)", re.MULTILINE
)
_BYTES = 3
"""Length of each hash: in a guide of 300 texts, one in 50,000 changed texts counts as unchanged."""
_LENGTH = 4
"""Characters of a hash."""


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """The hashes of the texts of a page when it was exported; false if they are not known."""

    hashes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, said: Iterable[Iterable[str]]) -> ExportRecord:
        """Return the record of a page with these texts."""
        return cls(frozenset(map(_hash, said)))

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def has(self, said: Iterable[str]) -> bool:
        """Return whether the page contained this text."""
        return _hash(said) in self.hashes


def with_record(text: str, said: Iterable[Iterable[str]]) -> str:
    """Return an exported text with the record of the texts of its page."""
    hashes = "".join(sorted(ExportRecord.of(said).hashes))
    return f"{text.rstrip()}\n\n<!-- exported by sphinx-revguide: {hashes} -->\n"


def split_record(text: str) -> tuple[str, ExportRecord]:
    """Return a text without the line of its record, and the record."""
    rest, record = without_record(text)
    found = "".join(_LINE.findall(record))
    hashes = (found[place : place + _LENGTH] for place in range(0, len(found), _LENGTH))
    return rest, ExportRecord(frozenset(hashes))


def without_record(text: str) -> tuple[str, str]:
    """Return a text without the line of its record, and that line, which may be empty."""
    records = "".join(match[0] for match in _LINE.finditer(text))
    return (_LINE.sub("", text), records.strip()) if records else (text, "")


def _hash(parts: Iterable[str]) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(hashlib.sha256(text).digest()[:_BYTES]).decode("ascii")
