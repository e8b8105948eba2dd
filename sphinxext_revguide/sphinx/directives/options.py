"""The options of the directives: what they may be, and how their values are read.

docutils and MyST each treat a bad option in a way of their own: one refuses to run the directive,
the other drops the option, and both can lose a first line of text that merely looks like an option
(``:Marcus: says hi``, a rule). A spec that accepts any option (Sphinx's ``DummyOptionSpec``) does
not help: docutils takes such a line as the option ``marcus``, and drops the whole directive where
it stands twice. These directives therefore declare no ``option_spec`` to the host:
:mod:`sphinxext_revguide.markup.directive_source` reads the options, so that both languages behave
alike and every mistake has its line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sphinxext_revguide.markup.directive_source import read_options
from sphinxext_revguide.model import Problem
from sphinxext_revguide.near_names import nearest_name
from sphinxext_revguide.quick_records import record


@record(frozen=True, slots=True)
class Option:
    """One option of a directive.

    ``convert`` turns the text into a value and raises :exc:`ValueError`, whose message names
    the remedy, where it cannot.
    """

    name: str
    convert: Callable[[str], Any]
    help: str


@dataclass(slots=True)
class ParsedOptions:
    """The options of one directive: their values and lines, and how many lines they took.

    ``unread`` are the problems of options without a value, ``problems`` all others.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    consumed: int = 0
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)


def parse_options(
    lines: Sequence[str],
    options: Mapping[str, Option],
    *,
    first_line: int,
    continuation: bool = False,
    quotes: bool = False,
) -> ParsedOptions:
    """Read and convert the options at the head of ``lines``.

    :param first_line: 1-based source line of ``lines[0]``.
    :param continuation: whether an indented line continues with the option above it, as in a
        reST field list.
    :param quotes: whether the body is a quotation, in which any ``:word:`` may be text.
    :returns: values and problems. A line that is not an option of this directive, and does not look
        like a misspelled one, ends the options: it is text, and stays text.
    """
    block = read_options(lines, options, quotes=quotes, continuation=continuation)
    result = ParsedOptions(consumed=block.consumed)
    for mistake in block.mistakes:
        result.unread.append(Problem(first_line + mistake.line, mistake.message, "option"))
    for option in block.options:
        _convert(result, options, option.name, option.value, first_line + option.first)
    return result


def _convert(
    result: ParsedOptions, options: Mapping[str, Option], name: str, text: str, line: int
) -> None:
    if name not in options:
        close = nearest_name(name, options)
        others = f"the options are {_listing(options)}" if options else "the directive has none"
        remedy = f"did you mean ':{close}:'?" if close else others
        message = f"unknown option ':{name}:'; {remedy}"
        result.unread.append(Problem(line, message, "option"))
    elif name in result.values:
        message = f"option ':{name}:' is given twice; the first value is used"
        result.problems.append(Problem(line, message, "option"))
    else:
        try:
            result.values[name] = options[name].convert(text)
        except ValueError as error:
            message = f"option ':{name}:' is ignored: {error}"
            result.unread.append(Problem(line, message, "option"))
        else:
            result.lines[name] = line


def _listing(options: Mapping[str, Option]) -> str:
    return ", ".join(f"':{name}:'" for name in sorted(options))
