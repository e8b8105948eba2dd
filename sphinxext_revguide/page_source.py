"""The text of a page's file, or what an editor has of it and has not saved.

The hosts do not tell where everything is in a file, so its text is searched again in several
places; all of them must see the text that the host has read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_typed: Mapping[Path, str] = {}


@contextmanager
def reading_typed(texts: Mapping[Path, str]) -> Iterator[None]:
    """Have texts read instead of files.

    :param texts: by resolved path; may change while this is in force.
    """
    global _typed  # noqa: PLW0603 -- parsers and transforms take no argument from here
    before, _typed = _typed, texts
    try:
        yield
    finally:
        _typed = before


def typed_text(path: str | Path) -> str | None:
    """Return the unsaved text of a file, with plain line ends; None if it is as on disk."""
    text = _typed.get(Path(path).resolve()) if _typed else None
    return text.replace("\r\n", "\n").replace("\r", "\n") if text and "\r" in text else text


def page_source(path: Path) -> str:
    """Return the text of a file of a book, typed or saved, with plain line ends.

    :raises OSError: if it is not typed and cannot be read.
    :raises ValueError: if no file can have such a name.
    """
    text = typed_text(path)
    return path.read_text(encoding="utf-8", errors="replace") if text is None else text
