"""The registry of signals, under the names that pattern files use."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from sphinxext_revguide.model import FileLine
from sphinxext_revguide.patterns.outline import Block, Section
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.in_words import short

_LISTED = 6


Weights = Mapping[str, float]


@record(frozen=True, slots=True)
class Found:
    """What a signal found: its strength (1 unless it counts something) and a description.

    ``place`` is set if it is more exact than that of the construct. A signal that weighs all
    words has ``weights`` instead of a description; they are requested only if something is
    reported. ``facts`` are the counts and quotations for a sentence about it.
    """

    strength: float
    words: str = ""
    place: FileLine | None = None
    weights: Callable[[], Weights] | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


Signal = Callable[..., Found | None]
SIGNALS: dict[str, Signal] = {}


SLOW: set[str] = set()
"""Signals that take long to evaluate."""
_STRONGEST: dict[str, str | float] = {}
"""The parameter that limits the strength of a signal, or the limit itself; 1 for all others."""


def signal(function: Signal) -> Signal:
    """Register a signal under its name; its keyword parameters are what a pattern may set."""
    SIGNALS[function.__name__] = function
    return function


def slow(function: Signal) -> Signal:
    """Declare that a signal takes long to evaluate: it comes last, and only if it matters."""
    SLOW.add(function.__name__)
    return function


def up_to(limit: str | float) -> Callable[[Signal], Signal]:
    """Declare the maximum strength of a signal that counts things and can be stronger than 1.

    :param limit: the strength, ``math.inf`` for any, or the name of the parameter that sets it.
    """

    def declare(function: Signal) -> Signal:
        _STRONGEST[function.__name__] = limit
        return function

    return declare


def strongest(name: str, params: Mapping[str, Any]) -> float:
    """Return the maximum strength of a signal with given parameters."""
    limit = _STRONGEST.get(name, 1.0)
    if isinstance(limit, str):
        return float(params.get(limit, defaults(name)[limit]))
    return limit


@cache
def defaults(name: str) -> Mapping[str, Any]:
    """Return the name and default of each parameter of a signal."""
    return inspect.unwrap(SIGNALS[name]).__kwdefaults__ or {}


@cache
def parameters(name: str) -> Mapping[str, type]:
    """Return the name and type of each parameter of a signal."""
    return {parameter: type(default) for parameter, default in defaults(name).items()}


@cache
def choices(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the allowed values of parameters of a signal that have a limited choice."""
    function = inspect.unwrap(SIGNALS[name])
    texts = [key for key, default in defaults(name).items() if isinstance(default, str)]
    # Annotations are only evaluated if one can be a choice.
    if all(function.__annotations__[key] == "str" for key in texts):
        return {}
    hints = get_type_hints(function)
    return {key: get_args(hint) for key, hint in hints.items() if get_origin(hint) is Literal}


def first_of(parts: Sequence[Section | Block]) -> FileLine | None:
    """Return where the first of several sections or blocks begins, if there is one."""
    return (parts[0].source, parts[0].line) if parts else None


def listed(words: Iterable[str]) -> str:
    """Return the first few words, quoted and joined by commas."""
    found = list(dict.fromkeys(words))
    shown = ", ".join(f"“{short(word)}”" for word in found[:_LISTED])
    return f"{shown} …" if len(found) > _LISTED else shown


def each_table(function: Callable[..., Found | None]) -> Signal:
    """Register a signal of one table; of several tables the strongest counts.

    It may only depend on the table, which is evaluated once for all constructs that contain it.
    """

    @functools.wraps(function)
    def strongest(context: Any, **params: Any) -> Found | None:
        if not context.tables:
            return None
        key = (function.__name__, *params.items())
        known = context.reading.seen_in_tables(key)
        best: Found | None = None
        for table in context.tables:
            if id(table) not in known:
                known[id(table)] = function(context, table, **params)
            found = known[id(table)]
            if found is not None and (best is None or found.strength > best.strength):
                best = found
        return best

    return signal(strongest)
