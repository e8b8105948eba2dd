"""Values that are looked up by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
Item = TypeVar("Item")


class Lazy(dict[K, V]):
    """A dictionary whose values are computed when they are first looked up, by ``book[key]``."""

    def __init__(self, compute: Callable[[K], V]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, key: K) -> V:
        value = self[key] = self._compute(key)
        return value


def grouped(items: Iterable[Item], keys: Callable[[Item], Iterable[K]]) -> dict[K, list[Item]]:
    """Return the items of each key, in order and without repetitions."""
    groups: dict[K, list[Item]] = {}
    for item in items:
        for key in dict.fromkeys(keys(item)):
            groups.setdefault(key, []).append(item)
    return groups
