"""The parts of the reference generated from the code: directives, commands, files, warnings."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Iterator
from typing import Any

from sphinxext_revguide.cli import command_parser
from sphinxext_revguide.config import VALUES
from sphinxext_revguide.patterns.schema import pattern_schema
from sphinxext_revguide.patterns.shapes import SHAPES
from sphinxext_revguide.patterns.signals import SIGNALS, choices, parameters
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.report.report_schema import report_schema
from sphinxext_revguide.report.subtypes import SUBTYPES
from sphinxext_revguide.sphinx.directives import DIRECTIVES

Json = dict[str, Any]

_SNIPPET = re.compile(r"^(`{3,})\{[\w-]+\}.*?^\1$", re.DOTALL | re.MULTILINE)


def directives() -> Iterator[str]:
    """Yield each directive: its docstring, the example in both languages, its options."""
    for name, directive in DIRECTIVES.items():
        yield f"## {name}\n"
        yield _SNIPPET.sub(_example, inspect.cleandoc(directive.__doc__ or "")) + "\n"
        if directive.known_options:
            rows = [(f"`{one.name}`", one.help) for one in directive.known_options]
            yield from table(("Option", "Meaning"), rows)


def _example(match: re.Match[str]) -> str:
    fence = "`" * (len(match[1]) + 1)
    return f"{fence}{{example}}\n{match[0]}\n{fence}"


def warnings() -> Iterator[str]:
    """Yield each type of warning, with its cause and remedy."""
    for name, text in SUBTYPES.items():
        yield f"(warning-{name.replace('_', '-')})=\n### revguide.{name}\n\n{text}\n"


def configuration() -> Iterator[str]:
    """Yield each configuration value."""
    rows = [(f"`{one.name}`", one.meaning, f"`{one.default!r}`") for one in VALUES]
    yield from table(("Value", "Meaning", "Default"), rows)


def formats() -> Iterator[str]:
    """Yield the configuration that requests every format of reports, and what each is for."""
    names = ", ".join(f'"{name}"' for name in FORMATS)
    yield f"```python\nrevguide_reports = [{names}]\n```\n"
    rows = [(f"`{name}`", f"`{one.file}`", one.readers) for name, one in FORMATS.items()]
    yield from table(("Format", "File", "Read by"), rows)


def command_line() -> Iterator[str]:
    """Yield each command, from the parser that reads it."""
    yield from _command(command_parser())


def _command(command: argparse.ArgumentParser) -> Iterator[str]:
    below = [one for one in command._actions if isinstance(one, argparse._SubParsersAction)]
    for one in below:
        for each in one.choices.values():
            yield from _command(each)
    if below:
        return
    yield f"## {command.prog}\n"
    yield f"{_literals(command.description or '')}\n"
    yield f"```text\n{_usage(command)}\n```\n"
    rows = [
        (_invocation(action), _literals(action.help or ""))
        for action in command._actions
        if not isinstance(action, argparse._HelpAction)
    ]
    yield from table(("Argument", "Meaning"), rows)
    yield f"\n{_literals(command.epilog or '')}\n"


def _usage(command: argparse.ArgumentParser) -> str:
    """Return the usage, in one line where it fits."""
    words = command.format_usage().removeprefix("usage: ").replace("[-h] ", "").split()
    lines = [command.prog]
    for word in re.findall(r"\[[^]]*\]|\S+", " ".join(words).removeprefix(command.prog)):
        if len(lines[-1]) + len(word) > 78:
            lines.append("   ")
        lines[-1] += f" {word}"
    return "\n".join(lines)


def _invocation(action: argparse.Action) -> str:
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    if not action.option_strings:
        return f"`{name}`"
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"`{', '.join(action.option_strings)}{value}`"


def _literals(text: str) -> str:
    """Return a help text with its options as literals."""
    return re.sub(r"(?<![\w`'-])(--[a-z-]+)", r"`\1`", text)


def report() -> Iterator[str]:
    """Yield each table of the report, from its schema."""
    whole = report_schema()
    yield from _keys(whole)
    for name, value in whole["properties"].items():
        if _object(value):
            yield f"### {name}\n"
            yield f"{value['description']}\n"
            yield from _keys(_object(value))


def _keys(table_schema: Json, above: str = "") -> Iterator[str]:
    rows = [
        (f"`{name}`", _type(value), value["description"])
        for name, value in _flat(table_schema, above)
    ]
    yield from table(("Key", "Type", "Meaning"), rows)
    yield ""


def _flat(one: Json, above: str) -> Iterator[tuple[str, Json]]:
    """Yield the keys of an object and of nested objects, except those of the report itself."""
    for name, value in one["properties"].items():
        yield f"{above}{name}", value
        inner = _object(value)
        if inner and one.get("title") is None and set(inner["properties"]) != {"min", "max"}:
            yield from _flat(inner, f"{above}{name}.")


def _object(value: Json) -> Json:
    """Return the schema of an object, or of the objects in an array; or nothing."""
    for one in value.get("oneOf", [value]):
        if one.get("type") == "array":
            return _object(one["items"])
        if "properties" in one:
            return dict(one)
    return {}


def _type(value: Json) -> str:
    kinds = [_named(one) for one in value.get("oneOf", [value])]
    return " or ".join(dict.fromkeys(sorted(kinds, key=lambda one: one == "null")))


def _named(one: Json) -> str:
    if "const" in one:
        return f"`{one['const']}`"
    if "enum" in one:
        return ", ".join("null" if each is None else f"`{each}`" for each in one["enum"])
    if set(one.get("properties", ())) == {"min", "max"}:
        return "range: `min`, `max`"
    if "$ref" in one:
        return f"table, see {one['$ref'].rpartition('/')[2]}"
    kind = one["type"]
    if kind == "array":
        inner = _named(one["items"])
        return f"list of {inner}s" if inner in ("string", "object") else f"list of {inner}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def pattern_files() -> Iterator[str]:
    """Yield each table of a pattern file, from its schema."""
    whole = pattern_schema()
    for name, value in (("the file", whole), *whole["$defs"].items()):
        if "properties" not in value:
            continue
        yield f"## {name.capitalize()}\n"
        needed = value.get("required", ())
        rows = [
            (f"`{key}`", _kind(one), ("Required. " if key in needed else "") + one["description"])
            for key, one in value["properties"].items()
        ]
        yield from table(("Key", "Type", "Meaning"), rows)
        yield ""
    yield "## Shapes\n"
    rows = [(f"`{name}`", _looked_for(find)) for name, find in SHAPES.items()]
    yield from table(("Shape", "What is judged"), rows)


def _kind(one: Json) -> str:
    if "oneOf" in one:
        return "shape, or list of shapes"
    if one.get("type") == "array":
        inner = one["items"]
        return f"list of {inner['$ref'].rpartition('/')[2] if '$ref' in inner else inner['type']}s"
    if "$ref" in one:
        return f"table, see {one['$ref'].rpartition('/')[2]}"
    kinds = one["type"] if isinstance(one["type"], list) else [one["type"]]
    return " or ".join("table" if kind == "object" else str(kind) for kind in kinds)


def _looked_for(find: object) -> str:
    text = (inspect.getdoc(find) or "").removeprefix("Yield ")
    return text[:1].upper() + text[1:]


def signals() -> Iterator[str]:
    """Yield each signal, from its function."""
    for name in sorted(SIGNALS):
        yield f"## {name}\n"
        yield inspect.cleandoc(SIGNALS[name].__doc__ or "") + "\n"
        limited = choices(name)
        defaults = inspect.signature(inspect.unwrap(SIGNALS[name])).parameters
        for key, kind in parameters(name).items():
            allowed = (
                f": one of {', '.join(f'`{one}`' for one in limited[key])}"
                if key in limited
                else ""
            )
            yield f"* `{key}` ({kind.__name__}, default `{defaults[key].default!r}`){allowed}"
        yield ""


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table in Markdown."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""
