"""When Python's garbage collector runs."""

from __future__ import annotations

import gc

from sphinxext_revguide.garbage import collection_postponed


def test_garbage_is_not_collected_while_collection_is_postponed() -> None:
    with collection_postponed():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_the_host_has_disabled_stays_disabled() -> None:
    gc.disable()
    try:
        with collection_postponed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
