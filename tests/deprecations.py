"""Tells which use of something deprecated is the package's own."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO

import sphinxext_revguide

PACKAGE = Path(sphinxext_revguide.__file__).parent
DEPRECATED = (DeprecationWarning, PendingDeprecationWarning)


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect the deprecation warnings that the package's code causes, all others go their way.

    A use is the package's if the warning points at it, or if its code called the library that
    warned, whatever line that library's ``stacklevel`` leads to.
    """
    found: list[str] = []
    show = warnings.showwarning

    def record(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if issubclass(category, DEPRECATED):
            caller = _caller(sys._getframe(1))
            if Path(filename).is_relative_to(PACKAGE):
                found.append(f"{filename}:{lineno}: {message}")
            elif caller is not None and Path(caller.f_code.co_filename).is_relative_to(PACKAGE):
                found.append(f"{caller.f_code.co_filename}:{caller.f_lineno}: {message}")
        show(message, category, filename, lineno, file, line)

    with warnings.catch_warnings():
        for category in DEPRECATED:
            # Raised, it might be caught; reported once, it might count for another test.
            warnings.filterwarnings("always", category=category)
        warnings.showwarning = record
        yield found


def _caller(frame: FrameType | None) -> FrameType | None:
    """Return the frame that called into the library whose code warned."""
    while frame is not None and _library(frame) == "warnings":
        frame = frame.f_back
    library = _library(frame) if frame is not None else ""
    while frame is not None and _library(frame) == library:
        frame = frame.f_back
    return frame


def _library(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
