"""Globs of docnames, matched in linear time.

They mean the same as in Sphinx: ``*`` and ``?`` do not match a slash, ``**`` does. Sphinx makes
regular expressions of them, whose time grows with a power of the number of stars: over 500 docnames
of 60 characters ``**?**?**?**?x`` takes 2.6 s and one more star 21 s, here 0.01 s. A guide may come
from a stranger, and a limit that is safe would refuse globs such as ``*/*/*/*``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain

from sphinxext_revguide.text.late_patterns import late

_PART = late(r"\*\*+|\*|\?|\[(!?)(\]?[^\]]*)\]|.", re.DOTALL)
_PART_OUTSIDE = late(r"\*\*+|\*|\?|()().", re.DOTALL)


def matching(globs: Iterable[str], docnames: Iterable[str]) -> list[str]:
    """Return the docnames that match one of the globs."""
    wanted = dict.fromkeys(globs)
    plain = {glob for glob in wanted if not re.search(r"[*?[]", glob)}
    matchers = [_Glob(glob).matches for glob in wanted if glob not in plain]
    if not matchers:
        return [name for name in docnames if name in plain]
    return [
        name for name in docnames if name in plain or any(matches(name) for matches in matchers)
    ]


class _Glob:
    """A glob as an automaton: one bit for each place in it where a match may be."""

    def __init__(self, glob: str) -> None:
        # Behind the last bracket no set ends, and each that begins would be read to the end.
        sets = glob.rfind("]") + 1
        matches = chain(_PART.finditer(glob, 0, sets), _PART_OUTSIDE.finditer(glob, sets))
        self._parts = [_part(match) for match in matches]
        self._masks: dict[str, tuple[int, int]] = {}
        self._least = sum(not repeats for _takes, repeats in self._parts)

    @cached_property
    def _stars(self) -> int:
        return _number(repeats for _takes, repeats in self._parts)

    def matches(self, name: str) -> bool:
        if len(name) < self._least:
            return False
        places = self._past_stars(1)
        for char in name:
            stays, goes = self._masks.get(char) or self._masks_for(char)
            places = self._past_stars((places & stays) | ((places & goes) << 1))
            if not places:
                return False
        return bool(places >> len(self._parts))

    def _past_stars(self, places: int) -> int:
        """Add the places behind stars, which may match nothing at all."""
        return places | (places & self._stars) << 1  # no star stands beside another

    def _masks_for(self, char: str) -> tuple[int, int]:
        """Return at which places a character keeps a match where it is, or moves it on."""
        taken = [(takes(char), repeats) for takes, repeats in self._parts]
        stays = _number(takes and repeats for takes, repeats in taken)
        goes = _number(takes and not repeats for takes, repeats in taken)
        self._masks[char] = stays, goes
        return stays, goes


def _number(bits: Iterable[bool]) -> int:
    """Return a number of these bits, the lowest first; the time grows as they do."""
    return int("".join("01"[bit] for bit in bits)[::-1] or "0", 2)


def _part(match: re.Match[str]) -> tuple[Callable[[str], bool], bool]:
    """Return which characters a part of a glob takes, and whether it takes any number of them."""
    text = match[0]
    if text.startswith("**"):
        return lambda _char: True, True
    if text in ("*", "?"):
        return lambda char: char != "/", text == "*"
    if match[2]:
        chars = _chars(match[2])
        if match[1]:
            return lambda char: char != "/" and not chars(char), False
        return chars, False
    return text.__eq__, False


def _chars(text: str) -> Callable[[str], bool]:
    """Return whether a character is in a set such as ``a-z_``; a range that runs back is empty."""
    singles, ranges, index = set(), [], 0
    while index < len(text):
        if text[index + 1 : index + 2] == "-" and index + 2 < len(text):
            ranges.append((text[index], text[index + 2]))
            index += 3
        else:
            singles.add(text[index])
            index += 1
    return lambda char: char in singles or any(low <= char <= high for low, high in ranges)
