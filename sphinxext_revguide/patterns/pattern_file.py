"""Reads one pattern file: patterns, lexicons, budgets, and the line of each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.patterns.language import Example, Form, Pattern, SignalUse
from sphinxext_revguide.patterns.lexicons import Lexicon
from sphinxext_revguide.patterns.library_builder import LibraryBuilder
from sphinxext_revguide.patterns.shapes import SHAPES
from sphinxext_revguide.patterns.signals import (
    SIGNALS,
    SLOW,
    choices,
    defaults,
    parameters,
    strongest,
)
from sphinxext_revguide.patterns.toml_lines import ARRAYS, TomlLines
from sphinxext_revguide.text.late_patterns import late

_Type = type | tuple[type, ...]

_PATTERN: dict[str, _Type] = {
    "id": str, "title": str, "family": str, "what": str, "why": str, "instead": str,
    "threshold": float, "yields_to": list, "form": list, "example": list,
}  # fmt: skip
_REQUIRED = ("id", "title", "what", "why", "instead", "form")
_FORM: dict[str, _Type] = {
    "shape": (str, list), "threshold": float, "strict": float, "subject": float,
    "about": list, "needs": list, "for": list, "against": list,
}  # fmt: skip
_LEXICON: dict[str, _Type] = {"words": list, "weights": (dict, str), "extend": bool}
_EXAMPLE: dict[str, _Type] = {"text": str, "flagged": bool, "budget": dict}
_NAMES = {
    str: "a string", float: "a number", int: "a whole number", bool: "true or false",
    list: "an array", dict: "a table",
}  # fmt: skip
"""The names of the types in TOML."""
_NUMBERS = (int, float)
_LARGEST = 1_000_000
"""Larger numbers, ``inf`` and ``nan`` would only break sums."""
_MAX_WEIGHED = 2e6
"""The maximum sum of the weights of a lexicon: ``scales`` keeps 32 bits for thousandths of it."""
_LOST_STAR = late(r"^\*|\*\S")
_LEXICON_OPTIONAL = ("labelled_steps",)
"""Signals for which a lexicon is optional."""
DEFAULT_THRESHOLD = 3.0
"""The threshold of a form if neither it nor its pattern sets one."""


class PatternFile:
    """Reads one file."""

    def __init__(self, builder: LibraryBuilder, path: str, lines: list[str]) -> None:
        self.builder = builder
        self.path = path
        self.at = TomlLines(lines, partial(builder.reported_enough, path))

    def read(self, data: Mapping[str, Any]) -> None:
        """Add the content of the file to the builder; report and leave out mistakes."""
        self.check(data, {"pattern": list, "lexicon": dict, "budget": dict}, (), "the file")
        for name, table in _table(data.get("lexicon")).items():
            self.lexicon(name, table)
        self.budget(data.get("budget"))
        for nth, table in enumerate(_list(data.get("pattern"))):
            self.at.where = (("pattern", nth),)
            self.pattern(table)

    def report(self, line: int, message: str) -> None:
        """Record a mistake in this file."""
        self.builder.report(self.path, line, message)

    def check(
        self, table: Mapping[str, Any], known: Mapping[str, _Type], required: Iterable[str], of: str
    ) -> bool:
        """Check a table's keys and types; return whether it can be used."""
        good = True
        for key, value in table.items():
            if key not in known:
                hint = did_you_mean(key, known, f"the known keys are {', '.join(known)}")
                self.report(self.at.line_of(key), f"unknown key {key!r} in {of}; {hint}")
            elif not _fits(value, known[key]):
                wanted = _named(known[key])
                if _is_number(value) and known[key] in (float, int):
                    wanted += f", from -{_LARGEST:,} to {_LARGEST:,}"
                if known[key] is list and isinstance(value, dict):
                    wanted += f"; write {ARRAYS.get(key, f'{key} = [{{ ... }}]')}"
                self.report(self.at.line_of(key), f"{key!r} in {of} must be {wanted}")
                good = False
        for key in required:
            if key not in table:
                self.report(self.at.start + 1, f"{of} has no {key!r}")
                good = False
        return good

    def lexicon(self, name: str, table: Any) -> None:
        """Add the lexicon of a table ``[lexicon.NAME]``."""
        self.at.where = ((f"lexicon.{name}", None),)
        of = f"lexicon {name!r}"
        if not isinstance(table, dict):
            self.builder.written_lexicons.add(name)
            self.at.where = (("lexicon", None),)
            message = f"{of} is not a table; write [lexicon.{name}] and words = [...] below it"
            self.report(self.at.line_of(name), message)
            return
        if not self.check(table, _LEXICON, (), of):
            return
        key = next((key for key in ("weights", "words") if key in table), "")
        if not key:
            self.report(self.at.start + 1, f"{of} has neither 'words' nor 'weights'")
            return
        fit = self._entries(key, table, of)
        if not fit:
            return
        good = {word: float(weight) for word, weight in fit}
        known = self.builder.lexicons.get(name)
        if table.get("extend") and known is not None:
            good = {**known.weights, **good}
        if sum(map(abs, good.values())) > _MAX_WEIGHED:
            self.report(self.at.line_of(key), f"the weights of {of} are too large to add up")
            return
        self.builder.lexicons[name] = Lexicon(name, good, graded=key != "words")

    def _entries(self, key: str, table: Mapping[str, Any], of: str) -> list[tuple[str, float]]:
        """Return the valid words of a lexicon with their weights; report all others.

        :param key: the key of the table that has the words.
        """
        weights = table.get("weights", {})
        entries: list[tuple[Any, Any]] = [
            *((word, 1.0) for word in table.get("words", ())),
            *(weighted(weights) if isinstance(weights, str) else weights.items()),
        ]
        fit = [entry for entry in entries if _is_entry(*entry)]
        if len(fit) < len(entries):
            self.report(
                self.at.line_of(key), f"{of} contains an entry that is not a word or has no weight"
            )
        elif not fit:
            message = f"{of} is empty; add words, or remove it and the signals that name it"
            self.report(self.at.line_of(key), message)
        starred = (word for word, _weight in fit if key == "words" and "*" in word)
        lost = next(filter(_LOST_STAR.search, starred), None)
        if lost is not None:
            message = f"the '*' of {lost!r} in {of} matches nothing; it can only end a word"
            self.report(
                self.at.line_of(key), f"{message}, or replace a whole word after another one"
            )
        return fit

    def budget(self, table: Any) -> None:
        """Add the budgets of the table ``[budget]``."""
        self.at.where = (("budget", None),)
        for term, most in _table(table).items():
            if not term.strip():
                self.report(self.at.start + 1, "a budget has no term; write the word to be counted")
            elif _fits(most, int) and most >= 0:
                self.builder.budgets[" ".join(term.split())] = most
            else:
                line = self.at.line_of(term)
                self.report(line, f"the budget of {term!r} must be a whole number, such as 40")

    def pattern(self, table: Any) -> None:
        """Add the pattern of a table ``[[pattern]]``."""
        name = table.get("id") if isinstance(table, dict) else None
        if isinstance(name, str):
            self.at.where = (*self.at.where, ("id", name))
        of = f"pattern {name!r}" if name else "a pattern"
        if not self.is_table(table, of, "pattern"):
            return
        if not self.check(table, _PATTERN, _REQUIRED, of):
            return
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", table["id"]):
            self.report(
                self.at.start + 1, f"id {name!r} must consist of lower-case words joined by hyphens"
            )
            return
        if name in self.builder.patterns:
            self.report(
                self.at.start + 1, f"there is already a pattern {name!r}; choose another id"
            )
            return
        if not table["form"]:
            self.report(self.at.line_of("form"), f"{of} has no form, so it finds nothing; add one")
            return
        self._note_yields(table)
        threshold = float(table.get("threshold", DEFAULT_THRESHOLD))
        forms = [
            self.at.inside("form", nth, partial(self.form, form, threshold, of))
            for nth, form in enumerate(table["form"])
        ]
        if None in forms:
            return  # with the rest of it, the pattern would find more or less than it should
        self.builder.patterns[table["id"]] = Pattern(
            id=table["id"],
            title=" ".join(table["title"].split()),
            what=table["what"].strip(),
            why=table["why"].strip(),
            instead=table["instead"].strip(),
            family=table.get("family", ""),
            forms=tuple(form for form in forms if form is not None),
            examples=tuple(
                example
                for nth, each in enumerate(table.get("example", ()))
                if (example := self.at.inside("example", nth, partial(self.example, each, of)))
            ),
            yields_to=tuple(map(str, table.get("yields_to", ()))),
        )

    def _note_yields(self, table: Mapping[str, Any]) -> None:
        """Record which patterns a pattern yields to, to be checked when all files are read."""
        for other in map(str, table.get("yields_to", ())):
            place = partial(self.at.line_in, self.at.where, "yields_to", other)
            self.builder.yielded_to.append((other, self.path, place))

    def example(self, table: Any, of: str) -> Example | None:
        """Return an example of a pattern, or ``None`` if it is not valid."""
        if not self.is_table(table, f"an example of {of}", "example"):
            return None
        if not self.check(table, _EXAMPLE, ("text", "flagged"), f"an example of {of}"):
            return None
        budget = table.get("budget", {})
        if all(_fits(most, int) and most >= 0 for most in budget.values()):
            return Example(table["text"], table["flagged"], budget)
        message = f"the budget of an example of {of} must contain whole numbers"
        self.report(self.at.line_of("budget"), message)
        return None

    def is_table(self, value: Any, of: str, key: str) -> bool:
        """Return whether a value is a table, and report it otherwise.

        :param key: the key that lists it.
        """
        if not isinstance(value, dict):
            self.report(self.at.line_of(key), f"{of} is not a table")
        return isinstance(value, dict)

    def form(self, table: Any, threshold: float, of: str) -> Form | None:
        """Return a form of a pattern, or ``None`` if it is not valid."""
        if not self.is_table(table, f"a form of {of}", "form"):
            return None
        if not self.check(table, _FORM, ("shape",), f"a form of {of}"):
            return None
        shapes = [table["shape"]] if isinstance(table["shape"], str) else table["shape"]
        if not shapes:
            message = f"a form of {of} has no shape; name one of {', '.join(SHAPES)}"
            self.report(self.at.line_of("shape"), message)
            return None
        for shape in shapes:
            if not isinstance(shape, str) or shape not in SHAPES:
                message = f"shape {shape!r} of {of} is not one of {', '.join(SHAPES)}"
                self.report(self.at.line_of("shape", shape), message)
                return None
        limit = float(table.get("threshold", threshold))
        strict = float(table.get("strict", limit))
        if strict < limit:
            message = f"'strict' of {of} is {strict:g}, below its threshold of {limit:g}; raise it"
            self.report(self.at.line_of("strict", table["strict"]), message)
            strict = limit
        needs, about, signals_for, against = (
            [self.signal(use, of, part) for use in table.get(part, ())]
            for part in ("needs", "about", "for", "against")
        )
        if None in (*needs, *about, *signals_for, *against):
            return None
        return Form(
            shapes=tuple(shapes),
            threshold=limit,
            strict=strict,
            needs=tuple(filter(None, needs)),
            subject=float(table.get("subject", 0.0)),
            about=tuple(filter(None, about)),
            signals_for=_weighing(signals_for),
            signals_against=_weighing(against),
        )

    def signal(self, table: Any, of: str, part: str) -> SignalUse | None:
        """Return a signal of a form, or ``None`` if it is not valid."""
        if not self.is_table(table, f"a signal under {part!r} of {of}", part):
            return None
        name = table.get("signal")
        if name is None:
            self.report(self.at.line_of(part), f"a table under {part!r} of {of} has no 'signal'")
            return None
        if not isinstance(name, str) or name not in SIGNALS:
            hint = did_you_mean(str(name), SIGNALS, "see the list of signals")
            line = self.at.line_of("signal", name)
            self.report(line, f"{of} names a signal {name!r}, which does not exist; {hint}")
            return None
        known: dict[str, _Type] = {"signal": str, "weight": float, **parameters(name)}
        check = partial(self.check, table, known, ("signal",), f"signal {name!r} of {of}")
        if not self.at.inside("signal", name, check):
            return None
        params = {k: v for k, v in table.items() if k in known and k not in ("signal", "weight")}
        for key, allowed in choices(name).items():
            if params.get(key) not in allowed:
                others = f"one of {', '.join(allowed)}"
                hint = did_you_mean(str(params.get(key)), allowed, others)
                line = self.at.line_of(key, params.get(key))
                self.report(line, f"{key!r} of signal {name!r} is {params.get(key)!r}; {hint}")
                return None
        if known.get("lexicon") and not params.get("lexicon", _default(name, "lexicon")):
            self.report(
                self.at.line_of("signal", name), f"signal {name!r} of {of} has no 'lexicon'"
            )
            return None
        if "lexicon" in params:
            place = partial(self.at.line_in, self.at.where, "lexicon", params["lexicon"])
            self.builder.used.append((params["lexicon"], self.path, place))
        weight = float(table.get("weight", 1))
        limit = strongest(name, params)
        return SignalUse(name, weight, params, limit, is_slow=name in SLOW)


def _weighing(uses: Iterable[SignalUse | None]) -> tuple[SignalUse, ...]:
    """Drop signals with the weight 0, which `make fit` has found to be useless."""
    return tuple(use for use in uses if use is not None and use.weight)


def _is_entry(word: Any, weight: Any) -> bool:
    if not isinstance(word, str) or not word.strip(" *"):
        return False
    return _is_number(weight) and -_LARGEST <= weight <= _LARGEST


def weighted(text: str) -> Iterator[tuple[str, float | None]]:
    """Yield the entries and weights of a text with one entry on each line.

    Parsing thousands of them takes a tenth of the time of parsing keys of a table.
    """
    for line in filter(None, map(str.strip, text.splitlines())):
        word, _blank, weight = line.rpartition(" ")
        try:
            yield word.strip(), float(weight)
        except ValueError:
            yield line, None


def _named(wanted: _Type) -> str:
    return " or ".join(
        _NAMES[choice] for choice in (wanted if isinstance(wanted, tuple) else (wanted,))
    )


def _fits(value: Any, wanted: _Type) -> bool:
    if wanted in (float, int):
        whole = wanted is float or isinstance(value, int)
        return _is_number(value) and whole and -_LARGEST <= value <= _LARGEST
    return isinstance(value, wanted)


def _is_number(value: Any) -> bool:
    # isinstance with a union would create it for each of twenty thousand weights.
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)


def _default(signal: str, parameter: str) -> object:
    """Return the default of a parameter of a signal."""
    if signal in _LEXICON_OPTIONAL:
        return "none"
    return defaults(signal)[parameter]


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
