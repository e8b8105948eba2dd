"""When Python's garbage collector runs."""

from __future__ import annotations

import gc
from typing import cast

import pytest
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import new_document

import sphinxext_revguide
from sphinxext_revguide.garbage import collection_postponed
from sphinxext_revguide.sphinx.domain import RevguideDomain


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


def test_collection_is_postponed_while_the_extension_is_set_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states: list[bool] = []
    monkeypatch.setattr(sphinxext_revguide, "_setup", lambda _app: states.append(gc.isenabled()))
    sphinxext_revguide.setup(cast("Sphinx", None))
    assert [*states, gc.isenabled()] == [False, True]


def test_collection_is_postponed_while_a_page_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states: list[bool] = []
    monkeypatch.setattr(
        RevguideDomain, "_process", lambda *_arguments: states.append(gc.isenabled())
    )
    domain = RevguideDomain.__new__(RevguideDomain)
    domain.process_doc(cast("BuildEnvironment", None), "harbour", new_document("harbour.md"))
    assert [*states, gc.isenabled()] == [False, True]
