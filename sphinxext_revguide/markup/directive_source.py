"""Reads, edits and prints the source of directives, as authors write it in MyST and in reST.

Directives, `import --update`, reviews and the warnings about unread directives all use these
functions, so that they agree on what an option is. A line that contains no option is never dropped:
it is either text, or reported as a :class:`Mistake`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from myst_parser.parsers.options import TokenizeError, options_to_items

from sphinxext_revguide.near_names import nearest_name
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.fence_length import fence_around
from sphinxext_revguide.text.in_words import short
from sphinxext_revguide.text.late_patterns import late

_OPENING = late(
    r"(?P<indent>[ \t]*)(?:(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<myst>[\w:+-]+)\}(?P<argument>.*)"
    r"|\.\.[ \t]+(?P<rst>[\w:+-]*[\w+-])::(?P<text>(?:[ \t].*)?))"
)
_FIELD = late(r"\s*:([^:\s](?:[^:]*[^:\s])?):(?:\s+(.*))?\s*")
_HALF_FIELD = late(r"\s*:([a-z][a-z0-9_-]*+)(?:\s++([^:]*))?")
_YAML_KEY = late(r"""(?:"([^"]*)"|'([^']*)'|([^:\s#"'][^:]*+)):(?:\s|$)""")
_KEY = late(r"[a-z][a-z0-9_-]*")
_BLOCK_MARKS = ("`" * 3, "~" * 3, ":" * 3, "..")
"""Begin a block inside a body, whose options are its own."""
_RESEMBLING = 75
"""How similar (percent of characters) a misspelled name is to an option."""


_IsKey = Callable[[str], bool]


@record(frozen=True, slots=True)
class Opening:
    """The first line of a directive. ``mark`` is its fence, or ``..`` in reST."""

    name: str
    title: str
    mark: str
    indent: str = ""

    @property
    def is_rst(self) -> bool:
        """Whether the directive is written in reST."""
        return self.mark == ".."


@record(frozen=True, slots=True)
class SourceOption:
    """An option as it is written: 0-based lines ``first`` to before ``end``."""

    name: str
    value: str
    first: int
    end: int


@record(frozen=True, slots=True)
class Mistake:
    """A line (0-based) that is meant as an option and cannot be read as one."""

    line: int
    message: str


@dataclass(slots=True)
class OptionBlock:
    """The options at the head of a directive, below its opening line.

    ``end`` is the index of the line at which another option would be inserted, and ``consumed`` the
    index of the first line of the body: they differ if a ``---`` closes the block.
    """

    options: list[SourceOption] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    first: int = 0
    end: int = 0
    consumed: int = 0
    is_yaml: bool = False


def read_opening(line: str) -> Opening | None:
    """Read the first line of a directive; ``None`` for any other line.

    A fence of backticks that is followed by another backtick opens nothing.
    """
    match = _OPENING.fullmatch(line.rstrip("\r\n"))
    if match is None:
        return None
    if match["rst"]:
        return Opening(match["rst"], match["text"].strip(), "..", match["indent"])
    return Opening(match["myst"], match["argument"].strip(), match["mark"], match["indent"])


# Reading options


def read_options(
    lines: Sequence[str],
    known: Collection[str] | None = None,
    *,
    quotes: bool = False,
    continuation: bool = False,
) -> OptionBlock:
    """Read the options at the head of ``lines``, which follow the opening line of a directive.

    :param known: names of the options of the directive; ``None`` if they are not known, and any
        name in lower case counts.
    :param quotes: whether the body is a quotation, in which any ``:word:`` may be text: only
        what resembles a known option then counts as a misspelled one.
    :param continuation: whether an indented line continues the option above it, as in reST.
    :returns: the options, in their order. A line that is not an option, and does not resemble one,
        ends them.
    """

    def is_key(name: str) -> bool:
        if known is not None and name in known:
            return True
        if not _KEY.fullmatch(name):
            return False
        return known is None or not quotes or _resembles(name, known)

    if lines and lines[0].rstrip() == "---":
        block = _yaml_block(lines, known, is_key, quotes=quotes)
        if block is not None:
            return block
    return _field_list(lines, known, is_key, continuation=continuation)


def misplaced_options(body: Sequence[str], known: Collection[str]) -> Iterator[Mistake]:
    """Yield known options in the first paragraph of a body, which are read as text.

    A blank line above them ended the options, or a line of text did, such as the second line of a
    value in MyST.
    """
    start = next((index for index, line in enumerate(body) if line.strip()), len(body))
    remedy = "is below the end of the options and is read as text; remove the blank line above it"
    for index in range(start, len(body)):
        line = body[index]
        if not line.strip() or line.lstrip().startswith(_BLOCK_MARKS):
            return
        match = _FIELD.fullmatch(line)
        if match is not None and match[1] in known:
            yield Mistake(index, f"':{match[1]}:' {remedy}")
        else:
            remedy = (
                f"is below {short(line)!r}, which is not an option, and is read as text; write "
                "each option on one line, above the text"
            )


def _resembles(name: str, known: Collection[str]) -> bool:
    return bool(nearest_name(name, known, alike=_RESEMBLING))


def _field_list(
    lines: Sequence[str],
    known: Collection[str] | None,
    is_key: _IsKey,
    *,
    continuation: bool,
) -> OptionBlock:
    block = OptionBlock()
    for index, line in enumerate(lines):
        match = _FIELD.fullmatch(line)
        half = _HALF_FIELD.fullmatch(line)
        if match is not None and is_key(match[1]):
            block.options.append(SourceOption(match[1], (match[2] or "").strip(), index, index + 1))
        elif half is not None and known is not None and half[1] in known:
            written = f":{half[1]}: {half[2] or ''}".strip()
            message = (
                f"{line.strip()!r} is not an option, because a colon is missing; write '{written}'"
            )
            block.mistakes.append(Mistake(index, message))
        elif continuation and block.options and line.strip() and line[0].isspace():
            last = block.options.pop()
            value = f"{last.value}\n{line.strip()}".strip()
            block.options.append(SourceOption(last.name, value, last.first, index + 1))
        else:
            break
        block.end = block.consumed = index + 1
    return block


# MyST's `---` form


def _yaml_block(
    lines: Sequence[str],
    known: Collection[str] | None,
    is_key: _IsKey,
    *,
    quotes: bool,
) -> OptionBlock | None:
    """Read MyST's ``---`` form; ``None`` if it contains no option, like a rule above a text.

    Each entry is read separately by MyST's own reader, so that a mistake affects no other entry.
    """
    closing = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), 0)
    end = closing or next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    indent = min(
        (len(line) - len(line.lstrip(" ")) for line in lines[1:end] if line.strip()), default=0
    )
    entries = list(_entries(lines, end, indent))
    keys = [_yaml_key(lines[first][indent:]) for first, _last in entries]
    named = known is None or any(
        key in known or (not quotes and _resembles(key, known)) for key in keys
    )
    every = all(is_key(key) for key in keys)
    most = closing and not quotes and sum(map(is_key, keys)) * 2 > len(keys)
    if not keys or not named or not (every or most):
        return None
    block = OptionBlock(first=1, end=end, consumed=end + bool(closing), is_yaml=True)
    if not closing:
        message = (
            "the options that start with '---' here are not closed; write '---' below the last one"
        )
        block.mistakes.append(Mistake(0, message))
    for (first, last), key in zip(entries, keys, strict=True):
        _read_entry(block, [line[indent:] for line in lines[first:last]], first, key)
    return block


def _entries(lines: Sequence[str], end: int, indent: int) -> Iterator[tuple[int, int]]:
    """Yield the first line of each entry, and the one after it, without blanks and comments."""
    starts = [
        index
        for index in range(1, end)
        if lines[index].strip() and not lines[index][indent:].startswith((" ", "\t", "#"))
    ]
    for place, first in enumerate(starts):
        last = starts[place + 1] if place + 1 < len(starts) else end
        while last > first + 1 and (
            not lines[last - 1].strip() or lines[last - 1][indent:].startswith("#")
        ):
            last -= 1
        yield first, last


def _yaml_key(line: str) -> str:
    match = _YAML_KEY.match(line)
    return (match[1] or match[2] or match[3] or "").strip() if match else ""


def _read_entry(block: OptionBlock, lines: Sequence[str], first: int, key: str) -> None:
    if not key:
        message = f"{lines[0].strip()!r} is not an option; write 'name: value'"
        block.mistakes.append(Mistake(first, message))
        return
    try:
        items, _state = options_to_items("\n".join(lines).replace("\0", "\ufffd"))
    except TokenizeError as error:
        message = (
            f"option ':{key}:' is ignored: MyST cannot read its value ({error.problem}); "
            "write it on one line, between double quotes"
        )
        # A missing quote is reported at the end of the text, which is below the entry.
        line = first + min(error.problem_mark.line, len(lines) - 1)
        block.mistakes.append(Mistake(line, message))
        return
    for name, value in items:
        block.options.append(SourceOption(name, value.strip(), first, first + len(lines)))


# Editing


def set_option(lines: list[str], start: int, name: str, value: str | None) -> None:
    """Set an option of the directive that ``lines[start]`` opens, or remove it.

    Nothing else changes: neither comments nor the form of the options, nor line ends.

    :param lines: the lines of a page, each with its end.
    """
    opening = read_opening(lines[start])
    is_rst = opening is not None and opening.is_rst
    end = _line_end(lines[start])
    head = start + 1
    while is_rst and head < len(lines) and lines[head].strip() and not _is_field(lines[head]):
        head += 1  # a title of several lines
    block = read_options([line.rstrip("\r\n") for line in lines[head:]], continuation=is_rst)
    model = lines[head + block.first] if block.end > block.first else lines[start]
    indent = model[: len(model) - len(model.lstrip())]
    if is_rst and block.end == block.first:
        indent += "   "
    written = [] if value is None else [indent + _written(name, value, yaml=block.is_yaml) + end]
    for option in block.options:
        if option.name == name:
            lines[head + option.first : head + option.end] = written
            return
    place = head + block.end
    if not lines[place - 1].endswith(("\n", "\r")):
        lines[place - 1] += end
    lines[place:place] = written


def _is_field(line: str) -> bool:
    match = _FIELD.fullmatch(line.rstrip("\r\n"))
    return match is not None and bool(_KEY.fullmatch(match[1]))


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :] or "\n"


def _written(name: str, value: str, *, yaml: bool) -> str:
    if not yaml:
        return f":{name}: {value}".rstrip()
    plain = f"{name}: {value}"
    try:
        safe = options_to_items(plain)[0] == [(name, value)]
    except TokenizeError:
        safe = False
    return plain if safe else f"{name}: {json.dumps(value, ensure_ascii=False)}"


# Printing


def fenced(text: str, info: str, *, least: int = 3, char: str = "`") -> str:
    """Put a text between marks that nothing inside can close."""
    mark = fence_around(text, least=least, char=char)
    return f"{mark}{info}\n{text}\n{mark}" if text else f"{mark}{info}\n{mark}"


def print_directive(
    name: str,
    title: str,
    options: Iterable[tuple[str, str]],
    body: str,
    *,
    least: int = 3,
    char: str = "`",
) -> str:
    """Print a directive of MyST; options without a value are left out.

    :param least: the minimum length of its fence.
    :param char: the character of the fence; tildes if MyST could not read it otherwise.
    """
    head = "\n".join(
        f":{key}: {' '.join(value.split())}" for key, value in options if value.strip()
    )
    inside = "\n\n".join(part for part in (head, body) if part)
    if char == "`" and "`" in title:
        char = "~"
    return fenced(inside, f"{{{name}}} {title}".rstrip(), least=least, char=char)
