"""Python's garbage collector, and where it does nothing but cost."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the collector from running, for work whose objects are all freed by their last use.

    While such work runs, the collector would take its objects for some that stay, and look the
    sooner through all that Sphinx keeps of a book. A collector that was off stays off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
