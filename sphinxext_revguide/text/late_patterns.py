"""Regular expressions that are compiled when they are first used.

Compiling all of them would take a tenth of the import time of the extension.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    """A regular expression that is compiled when one of its methods is first used."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is compiled when it is first used.

    :param text: the expression; a mistake in it raises an error only then.
    """
    return cast("re.Pattern[str]", _LatePattern(text, flags))
