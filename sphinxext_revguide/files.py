"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write a text file, in UTF-8 with its line ends as they are.

    :raises OSError: if it cannot be written; what was there stays.
    """
    replace_bytes(path, text.encode("utf-8", "surrogatepass"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there at the end.

    Whoever is killed on the way leaves what was there.

    :raises OSError: if it cannot be written; what was there stays.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
