"""When Python's garbage collector runs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Disable garbage collection, because nearly all objects that are created are kept.

    The collector would walk the environment of a large book several times and free nothing.
    """
    with _disabled(then=collect_from_now_on):
        yield


def collect_from_now_on() -> None:
    """Enable the collector again; existing objects are only walked in full collections."""
    gc.freeze()
    gc.unfreeze()
    gc.enable()


@contextmanager
def collection_postponed() -> Iterator[None]:
    """Disable garbage collection while many objects are created, most of them freed by their count.

    Otherwise they would only make the collector walk the whole book more often.
    """
    with _disabled(then=gc.enable):
        yield


@contextmanager
def _disabled(then: Callable[[], None]) -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            then()
