"""Replaces a quoted passage of a source file, and leaves every other byte unchanged.

An editor's quotation rarely equals the source character by character: it is in a list or a
quotation, lines break elsewhere, columns of a table are padded. It is therefore looked for twice:
as it is, and as a sequence of tokens without what belongs to containers. What was found is a
range of characters, so that the rest of the file stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.line_ends import bare_lines
from sphinxext_revguide.text.measure import plain_typography

_TOKEN = late(r"\||[^\s|]+")
_LINE_END = late(r"\r\n|\r|\n")
_CONTAINER = late(r"[ \t]*(?:>[ \t]*)*")
"""The beginning of a line that belongs to the block quotations and lists around it."""
_BULLETS = late(
    r"(?:[-*+]|\d{1,9}[.)]|#\.|\(?[A-Za-z0-9]{1,3}\))[ \t]+|\[[ xX]\][ \t]+|[*_]+(?=\w)"
)
_RULE = late(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_RULER = late(r":?-+:?")
_MARKS = "*_`~"
_SEPARATOR = "\x00"
_Range = tuple[int, int]
"""Where characters of a file begin and end."""


@record(frozen=True, slots=True)
class Place:
    """A range of characters of a source file, and its 1-based lines, inclusive."""

    start: int
    end: int
    line: int
    end_line: int

    def overlaps(self, other: Place) -> bool:
        """Return whether two places share a character."""
        return self.start < other.end and other.start < self.end


@record(frozen=True, slots=False)
class SourceText:
    """A source file, cut into lines and tokens only once for all samples."""

    text: str

    def find(self, sample: str) -> list[Place]:
        """Return the places of a whole sample in the file, in order and without overlaps.

        Line breaks, indentation, marks of quotations, padding of tables and typographic variants
        of quotation marks and dashes do not count. If nothing is found, emphasis is also ignored.

        :param sample: the text as an editor quoted it.
        """
        found = _merged(_verbatim(self.text, sample), self._strict.find(sample))
        found = found or _merged((), self._lenient.find(sample))
        return [Place(*place, *(bisect_right(self._starts, at) for at in place)) for place in found]

    def place_of_lines(self, first: int, last: int) -> Place:
        """Return the place of whole lines, without the end of the last one."""
        start, end = (
            self._starts[line] if line < len(self._starts) else len(self.text)
            for line in (first - 1, last)
        )
        return Place(start, start + len(self.text[start:end].rstrip("\r\n")), first, last)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return bare_lines(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _strict(self) -> _Tokenized:
        return _Tokenized(self.text, strict=True)

    @cached_property
    def _lenient(self) -> _Tokenized:
        return _Tokenized(self.text, strict=False)


def replace(source: str, changes: Iterable[tuple[Place, str]]) -> str:
    r"""Return a source file with some places replaced.

    :param changes: places that do not overlap, each with its text; ``\n`` ends its lines.
    """
    for place, text in sorted(changes, key=lambda change: -change[0].start):
        source = source[: place.start] + fitted(source, place, text) + source[place.end :]
    return source


def fitted(source: str, place: Place, text: str) -> str:
    """Return a text with the indentation and the line ends of a place.

    A rule (``---``) with which the text begins or ends is left out next to one of the source, since
    Sphinx warns about two in a row.
    """
    lines = _without_double_rules(source, place, text.strip("\n").split("\n"))
    prefix = _prefix(source, place)
    first = _LINE_END.search(source, 0, place.end + 2)
    end = first[0] if first else "\n"
    rest = [prefix + line if line.strip() else prefix.rstrip() for line in lines[1:]]
    return end.join([lines[0].rstrip("\r"), *(line.rstrip("\r") for line in rest)])


def _without_double_rules(source: str, place: Place, lines: list[str]) -> list[str]:
    if len(lines) > 2 and _is_rule(lines[0]) and not lines[1].strip():
        before = source[: place.start].rstrip().splitlines()
        # Directly below a text, it is a heading's underline.
        if before and _is_rule(before[-1]) and not "".join(before[-2:-1]).strip():
            lines = lines[2:]
    if len(lines) > 2 and _is_rule(lines[-1]) and not lines[-2].strip():
        below = source[place.end :].splitlines()
        after = next((line for line in below if line.strip()), "")
        if _is_rule(after):
            # An empty line stays between, or the text would become a heading.
            lines = lines[:-1] if below[1] == after else lines[:-2]
    return lines


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line) is not None


def _prefix(source: str, place: Place) -> str:
    """Return the prefix of each further line of a text in a place."""
    start = max(source.rfind(end, 0, place.start) for end in "\r\n") + 1
    head = source[start : place.start]
    quoted = _CONTAINER.match(head)
    prefix = quoted[0] if quoted else ""
    rest = head[len(prefix) :]
    while match := _BULLETS.match(rest):
        if match[0].strip("*_"):
            prefix += " " * len(match[0])
        rest = rest[match.end() :]
    return prefix


def _verbatim(source: str, sample: str) -> Iterator[_Range]:
    wanted = sample.strip()
    if not wanted:
        return
    for text in dict.fromkeys((wanted, *(wanted.replace("\n", end) for end in ("\r\n", "\r")))):
        start = source.find(text)
        while start >= 0:
            end = start + len(text)
            if not _joined(source, start) and not _joined(source, end):
                yield start, end
            start = source.find(text, end)


def _joined(source: str, index: int) -> bool:
    """Return whether a place between two characters is inside a word."""
    return source[index - 1 : index].isalnum() and source[index : index + 1].isalnum()


@record(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str


def _tokens(text: str, *, strict: bool) -> list[_Token]:
    found = []
    offset = 0
    for line in text.splitlines(keepends=True):
        head = _CONTAINER.match(line)
        for match in _TOKEN.finditer(line, head.end() if head else 0):
            token = plain_typography(match[0])
            token = "---" if _RULER.fullmatch(token) else token
            token = token if strict else token.strip(_MARKS)
            if token:
                found.append(_Token(offset + match.start(), offset + match.end(), token))
        offset += len(line)
    return found


class _Tokenized:
    """The tokens of a text as one string, with the place of each."""

    def __init__(self, source: str, *, strict: bool) -> None:
        self._strict = strict
        self._tokens = _tokens(source, strict=strict)
        self._text = _joined_tokens(self._tokens)
        self._starts, place = [], 1
        for token in self._tokens:
            self._starts.append(place)
            place += len(token.text) + 1

    def find(self, sample: str) -> Iterator[_Range]:
        """Yield where the tokens of a sample follow each other."""
        wanted = _joined_tokens(_tokens(sample.strip(), strict=self._strict))
        if wanted == _SEPARATOR:
            return
        found = self._text.find(wanted)
        while found >= 0:
            first = bisect_left(self._starts, found + 1)
            last = bisect_left(self._starts, found + len(wanted)) - 1
            yield self._tokens[first].start, self._tokens[last].end
            found = self._text.find(wanted, found + len(wanted) - 1)


def _joined_tokens(tokens: Sequence[_Token]) -> str:
    return _SEPARATOR + "".join(token.text + _SEPARATOR for token in tokens)


def _merged(first: Iterable[_Range], second: Iterable[_Range]) -> list[_Range]:
    found: list[_Range] = []
    for start, end in (*first, *second):
        if not any(start < last and begin < end for begin, last in found):
            found.append((start, end))
    return sorted(found)
