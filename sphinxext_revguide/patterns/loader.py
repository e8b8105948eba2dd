"""Reads pattern files. Every mistake is a problem with its line; the rest is still loaded."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sphinxext_revguide.model import Problem
from sphinxext_revguide.patterns.engine import SHAPES
from sphinxext_revguide.patterns.language import (
    Example,
    Form,
    Lexicon,
    Library,
    Pattern,
    SignalUse,
)
from sphinxext_revguide.patterns.signals import SIGNALS, parameters

_PATTERN = {
    "id": str, "title": str, "family": str, "what": str, "why": str, "instead": str,
    "threshold": float, "yields_to": list, "form": list, "example": list,
}  # fmt: skip
_REQUIRED = ("id", "title", "what", "why", "instead", "form")
_FORM = {"shape": str, "threshold": float, "needs": list, "for": list, "against": list}
_EXAMPLE = {"text": str, "flagged": bool}
_DEFAULT_THRESHOLD = 3.0


@cache
def load_library() -> Library:
    """Return the shipped patterns.

    :raises ValueError: if a shipped file has a mistake.
    """
    reader = _Reader({}, {})
    for entry in sorted(files(__package__).joinpath("packs").iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            reader.read(entry.name, entry.read_text(encoding="utf-8"))
    reader.check_lexicons()
    if reader.problems:
        raise ValueError(str(reader.problems[0]))
    return Library(reader.patterns, reader.lexicons)


def load_files(paths: Sequence[Path], base: Library) -> tuple[Library, tuple[Problem, ...]]:
    """Add an author's own pattern files to a library.

    :returns: the wider library, and a problem of subtype ``pattern_file`` for each mistake, with
        file, line and remedy. A lexicon of a name that is known replaces it, or with
        ``extend = true`` adds to it.
    """
    reader = _Reader(dict(base.patterns), dict(base.lexicons))
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            reader.tell(str(path), 0, "the file is not UTF-8; save it as UTF-8")
        except OSError as error:
            reason = error.strerror or str(error)
            reader.tell(str(path), 0, f"the file of revguide_patterns cannot be read: {reason}")
        else:
            reader.read(str(path), text)
    reader.check_lexicons()
    return Library(reader.patterns, reader.lexicons), tuple(reader.problems)


class _Reader:
    def __init__(self, patterns: dict[str, Pattern], lexicons: dict[str, Lexicon]) -> None:
        self.patterns = patterns
        self.lexicons = lexicons
        self.problems: list[Problem] = []
        self.used: list[tuple[str, str, int]] = []

    def tell(self, path: str, line: int, message: str) -> None:
        self.problems.append(Problem(line, message, "pattern_file", path))

    def read(self, path: str, text: str) -> None:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            match = re.search(r"line (\d+)", str(error))
            line = int(match[1]) if match else len(text.splitlines())
            self.tell(path, line, f"the file is not TOML: {error}")
            return
        file = _File(self, path, text.splitlines())
        file.check(data, {"pattern": list, "lexicon": dict}, (), "the file")
        for name, table in _tables(data.get("lexicon")):
            file.lexicon(name, table)
        for table in _list(data.get("pattern")):
            file.pattern(table)

    def check_lexicons(self) -> None:
        for name, path, line in self.used:
            if name not in self.lexicons:
                close = difflib.get_close_matches(name, self.lexicons, n=1)
                hint = f"did you mean {close[0]!r}?" if close else "define it as [lexicon.NAME]"
                self.tell(path, line, f"no lexicon is called {name!r}; {hint}")
        broken = {name for name, _path, _line in self.used if name not in self.lexicons}
        for name, pattern in list(self.patterns.items()):
            uses = [
                u for f in pattern.forms for u in (*f.needs, *f.signals_for, *f.signals_against)
            ]
            if any(use.params.get("lexicon") in broken for use in uses):
                del self.patterns[name]


class _File:
    """One file being read: finds the line of what it complains about."""

    def __init__(self, reader: _Reader, path: str, lines: list[str]) -> None:
        self.reader = reader
        self.path = path
        self.lines = lines
        self.start = 0

    def line_of(self, key: str, value: object = None) -> int:
        """Return the first line at or after the current table that sets a key (to a value)."""
        pattern = re.compile(rf"[\s{{,\[]*(?:\[+[\w.\"-]*)?\b{re.escape(key)}\b")
        wanted = str(value) if isinstance(value, str) else None
        for number, line in enumerate(self.lines[self.start :], self.start + 1):
            if (pattern.match(line) or f"{key} =" in line or f"{key}=" in line) and (
                wanted is None or wanted.split("\n")[0] in line
            ):
                return number
        return self.start + 1

    def tell(self, line: int, message: str) -> None:
        self.reader.tell(self.path, line, message)

    def check(
        self, table: Mapping[str, Any], known: Mapping[str, type], required: Iterable[str], of: str
    ) -> bool:
        """Check a table's keys and types; return whether it can be used."""
        good = True
        for key, value in table.items():
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
                self.tell(self.line_of(key), f"unknown key {key!r} in {of}; {hint}")
            elif not _fits(value, known[key]):
                wanted = known[key].__name__
                self.tell(self.line_of(key), f"{key!r} in {of} must be of type {wanted}")
                good = False
        for key in required:
            if key not in table:
                self.tell(self.start + 1, f"{of} has no {key!r}")
                good = False
        return good

    def lexicon(self, name: str, table: Mapping[str, Any]) -> None:
        self.start = 0
        self.start = self.line_of(f"lexicon.{name}") - 1
        if not self.check(table, {"words": list, "extend": bool}, ("words",), f"lexicon {name!r}"):
            return
        words = [word for word in table["words"] if isinstance(word, str) and word.strip(" *")]
        if len(words) < len(table["words"]):
            self.tell(self.line_of("words"), f"lexicon {name!r} holds an entry that is no word")
        known = self.reader.lexicons.get(name)
        if table.get("extend") and known is not None:
            words = [*known.entries, *words]
        self.reader.lexicons[name] = Lexicon(name, tuple(dict.fromkeys(words)))

    def pattern(self, table: Any) -> None:
        name = table.get("id") if isinstance(table, dict) else None
        self.start = 0
        self.start = self.line_of("id", name) - 1 if isinstance(name, str) else 0
        of = f"pattern {name!r}" if name else "a pattern"
        if not isinstance(table, dict) or not self.check(table, _PATTERN, _REQUIRED, of):
            return
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", table["id"]):
            self.tell(self.start + 1, f"id {name!r} must be lower-case words joined by hyphens")
            return
        if name in self.reader.patterns:
            self.tell(self.start + 1, f"a pattern {name!r} exists already; choose another id")
            return
        threshold = float(table.get("threshold", _DEFAULT_THRESHOLD))
        forms = [self.form(one, threshold, of) for one in table["form"]]
        self.reader.patterns[table["id"]] = Pattern(
            id=table["id"],
            title=table["title"],
            what=table["what"].strip(),
            why=table["why"].strip(),
            instead=table["instead"].strip(),
            family=table.get("family", ""),
            forms=tuple(form for form in forms if form is not None),
            examples=tuple(
                Example(one["text"], one["flagged"])
                for one in table.get("example", ())
                if self.check(one, _EXAMPLE, tuple(_EXAMPLE), f"an example of {of}")
            ),
            yields_to=tuple(table.get("yields_to", ())),
        )

    def form(self, table: Any, threshold: float, of: str) -> Form | None:
        if not isinstance(table, dict) or not self.check(
            table, _FORM, ("shape",), f"a form of {of}"
        ):
            return None
        if table["shape"] not in SHAPES:
            message = f"shape {table['shape']!r} of {of} is none of {', '.join(SHAPES)}"
            self.tell(self.line_of("shape", table["shape"]), message)
            return None
        return Form(
            shape=table["shape"],
            threshold=float(table.get("threshold", threshold)),
            needs=self.signals(table.get("needs", ()), of),
            signals_for=self.signals(table.get("for", ()), of),
            signals_against=self.signals(table.get("against", ()), of),
        )

    def signals(self, tables: Iterable[Any], of: str) -> tuple[SignalUse, ...]:
        found = []
        for table in tables:
            name = table.get("signal") if isinstance(table, dict) else None
            if name not in SIGNALS:
                close = difflib.get_close_matches(str(name), SIGNALS, n=1)
                hint = f"did you mean {close[0]!r}?" if close else "see the list of signals"
                line = self.line_of("signal", name)
                self.tell(line, f"{of} names a signal {name!r}, which does not exist; {hint}")
                continue
            known: dict[str, type] = {"signal": str, "weight": float, **parameters(name)}
            if not self.check(table, known, ("signal",), f"signal {name!r} of {of}"):
                continue
            params = {
                k: v for k, v in table.items() if k in known and k not in ("signal", "weight")
            }
            if "lexicon" in params:
                line = self.line_of("lexicon", params["lexicon"])
                self.reader.used.append((params["lexicon"], self.path, line))
            found.append(SignalUse(name, float(table.get("weight", 1)), params))
        return tuple(found)


def _fits(value: Any, wanted: type) -> bool:
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, wanted)


def _tables(value: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if not isinstance(value, dict):
        return ()
    return [(name, one) for name, one in value.items() if isinstance(one, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
