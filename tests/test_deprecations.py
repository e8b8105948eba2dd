"""What fails a test: a deprecated thing used by the package, however the warning is placed."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from tests.deprecations import PACKAGE, recorded

LIBRARY = """
import warnings
def old(level):
    warnings.warn("old", PendingDeprecationWarning, stacklevel=level)
def other(level):
    old(level)
"""


def module(name: str, filename: str, source: str) -> ModuleType:
    made = ModuleType(name)
    exec(compile(source, filename, "exec"), made.__dict__)  # noqa: S102 # a module of its own
    return made


@pytest.fixture
def library() -> ModuleType:
    return module("library.part", "/library/part.py", LIBRARY)


def caller(library: ModuleType, name: str, filename: str) -> Callable[[str, int], Any]:
    made = module(name, filename, "def use(which, level):\n    getattr(library, which)(level)\n")
    made.__dict__["library"] = library
    use: Callable[[str, int], Any] = made.use
    return use


@pytest.mark.parametrize(("which", "level"), [("old", 2), ("old", 1), ("other", 2), ("old", 9)])
def test_a_use_of_the_package_is_recorded(library: ModuleType, which: str, level: int) -> None:
    place = str(PACKAGE / "some.py")
    use = caller(library, "sphinxext_revguide.some", place)
    with warnings.catch_warnings(record=True), recorded() as found:
        use(which, level)
        use(which, level)
    assert found == [f"{place}:2: old"] * 2


def test_a_use_of_another_library_is_left_to_whoever_listens(library: ModuleType) -> None:
    use = caller(library, "neighbour.some", "/neighbour/some.py")
    within = caller(library, "sphinxext_revguide.some", str(PACKAGE / "some.py"))
    # The package calls the neighbour, which uses the old thing.
    within.__globals__["library"] = ModuleType("between")
    within.__globals__["library"].old = lambda level: use("old", level)
    with warnings.catch_warnings(record=True) as reported:
        with recorded() as found:
            within("old", 2)
        assert [str(warning_message.message) for warning_message in reported] == ["old"]
    assert found == []
