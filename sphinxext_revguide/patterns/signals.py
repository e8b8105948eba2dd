"""The vocabulary of patterns: every signal that a pattern file may name.

A signal is a function of a context (a table, list or section in its page) and its parameters; it
returns how strong it is and what it saw, in words, or nothing. To add one, write the function
here under ``@signal``; its keyword parameters are what a pattern file may set.
"""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sphinxext_revguide.outline import Listing, Outline, Paragraph, Section, Table
from sphinxext_revguide.patterns.language import Lexicon

TESTIMONY_WORDS = 5
"""Fewer words than this say nothing that could excuse: "Analyze failures" is no failure."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a signal saw: its strength (1 unless it counts something) and its words."""

    strength: float
    words: str


@dataclass
class Context:
    """One construct in its page; ``block`` is ``None`` where a whole section is judged."""

    outline: Outline
    index: int
    block: Table | Listing | Paragraph | None
    lexicons: Mapping[str, Lexicon]
    stages: list[int] = field(default_factory=list)

    @property
    def section(self) -> Section:
        return self.outline.sections[self.index]

    @cached_property
    def sections(self) -> list[Section]:
        """The section, or all the stages of a staged procedure."""
        return [self.outline.sections[i] for i in self.stages] or [self.section]

    @property
    def titles(self) -> str:
        """The title and those above it."""
        return self.headings(above=9)

    def headings(self, *, above: int) -> str:
        """The title and as many of those above it."""
        found = [one.title for one in self.outline.ancestors(self.index)[:above]]
        return " / ".join([*(one.title for one in self.sections), *found])

    @cached_property
    def prose(self) -> list[str]:
        """The paragraphs and list items."""
        found = []
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    found.append(block.text)
                elif isinstance(block, Listing):
                    found.extend(item.text for item in block.items)
        return found

    @cached_property
    def testimony(self) -> list[str]:
        """Prose, and cells that say something: only these can excuse."""
        tables = [b for one in self.sections for b in one.blocks if isinstance(b, Table)]
        cells = [cell for table in tables for row in table.rows for cell in row.cells]
        heads = [cell for table in tables for cell in table.head]
        texts = [*self.prose, *cells, *heads, *(one.title for one in self.sections)]
        return [text for text in texts if len(text.split()) >= TESTIMONY_WORDS]

    def lexicon(self, name: str) -> Lexicon:
        return self.lexicons[name]

    def polarity(self, text: str) -> int | None:
        """Return -1, 0 or 1 for a cell that judges, ``None`` for one that does not."""
        if self.lexicon("polarity-negative").matches(text):
            return -1
        if self.lexicon("polarity-partial").matches(text):
            return 0
        if self.lexicon("polarity-mark").matches(text):
            return 1
        words = text.strip(" .!").split()
        if len(words) <= 3 and self.lexicon("polarity-positive").matches(text):
            return 1
        return None


Signal = Callable[..., Found | None]
SIGNALS: dict[str, Signal] = {}


def signal(function: Signal) -> Signal:
    """Register a signal under its name."""
    SIGNALS[function.__name__] = function
    return function


def parameters(name: str) -> dict[str, type]:
    """Return what a signal may be given: the name and type of each parameter."""
    found = inspect.signature(SIGNALS[name]).parameters.values()
    return {one.name: type(one.default) for one in found if one.name != "context"}


# Titles and sentences


@signal
def title(context: Context, *, lexicon: str = "", above: int = 9) -> Found | None:
    """The title, or one of as many above it, holds a word of the lexicon."""
    found = context.lexicon(lexicon).find(context.headings(above=above))
    return Found(1, f"the heading speaks of {_listed(found)}") if found else None


@signal
def says(context: Context, *, lexicon: str = "", least: int = 1, most: int = 3) -> Found | None:
    """Sentences hold words of the lexicon; counts the different ones."""
    found: dict[str, None] = {}
    for text in [*context.prose, *(one.title for one in context.sections if one.pseudo)]:
        found.update(dict.fromkeys(context.lexicon(lexicon).find(text)))
    if len(found) < least:
        return None
    return Found(min(len(found), most), f"the text says {_listed(list(found))}")


@signal
def claim(context: Context) -> Found | None:
    """The text claims a full score: "5/5", "all five criteria are met"."""
    for text in context.prose:
        for match in re.finditer(r"(?<![\d.])(\d{1,3})\s?/\s?(\d{1,3})(?![\d.])", text):
            if match[1] == match[2] != "0":
                return Found(1, f"the text claims {match[0]}")
        if context.lexicon("full-claim").matches(text):
            return Found(1, "the text claims that all is met")
    return None


@signal
def closing(context: Context, *, lexicon: str = "") -> Found | None:
    """A line decides or sums up: "Decision: ...", "Bottom line: ...", "is adopted"."""
    for text in context.prose:
        found = context.lexicon(lexicon).find(text)
        if found:
            return Found(1, f"it closes with “{_short(text)}”")
    return None


@signal
def deltas(context: Context, *, least: int = 2) -> Found | None:
    """Sentences tell changes "from x to y"."""
    number = r"[^\s\w]?\d[\d.,]*\s?\S{0,12}"
    count = sum(
        len(re.findall(rf"\bfrom {number}(?: \w+)? to {number}", text)) for text in context.prose
    )
    return (
        Found(min(count, 4), f"{count} changes are told “from … to …”") if count >= least else None
    )


@signal
def friction(context: Context, *, most: int = 2) -> Found | None:
    """Something in the section resists: a caveat, a failure, a dispute, a doubt, a price."""
    found: list[str] = []
    for kind in ("contrast", "tradeoff", "failure", "people", "uncertainty"):
        lexicon = context.lexicon(f"friction-{kind}")
        words: dict[str, None] = {}
        for text in context.testimony:
            words.update(dict.fromkeys(lexicon.find(text)))
        found.extend(list(words)[:2])
    if not found:
        return None
    return Found(min(len(found), most), f"the text admits {_listed(found)}")


@signal
def conditionals(context: Context, *, most: int = 2) -> Found | None:
    """Steps branch: "if", "unless", "otherwise"."""
    texts = [
        t for t in context.testimony if re.search(r"\b(?:if|unless|otherwise)\b", t, re.IGNORECASE)
    ]
    return Found(min(len(texts), most), f"{len(texts)} steps branch") if texts else None


@signal
def code(context: Context) -> Found | None:
    """There is code in the section."""
    count = sum(one.code_blocks for one in context.sections)
    return Found(1, f"{count} pieces of code") if count else None


@signal
def links(context: Context) -> Found | None:
    """There are links in the section."""
    count = sum(one.links for one in context.sections)
    return Found(1, f"{count} links") if count else None


# Tables


def _table(context: Context) -> Table | None:
    return context.block if isinstance(context.block, Table) else None


def _columns(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _column(table: Table, index: int) -> list[str]:
    return [row.cells[index] if index < len(row.cells) else "" for row in table.rows]


@signal
def head(context: Context, *, lexicon: str = "", least: int = 1) -> Found | None:
    """Column names hold words of the lexicon; needs that many columns."""
    table = _table(context)
    if table is None:
        return None
    found = [name for name in table.head if context.lexicon(lexicon).matches(name)]
    kind = "column" if len(found) == 1 else "columns"
    return Found(1, f"{kind} {_listed(found)}") if len(found) >= least else None


@signal
def positive_column(context: Context, *, rows: int = 3) -> Found | None:
    """A column judges every row, and always well."""
    table = _table(context)
    if table is None or len(table.rows) < rows:
        return None
    total = [index for index, row in enumerate(table.rows) if _is_total(row.cells)]
    for index in range(_columns(table) - 1, 0, -1):
        cells = [c for i, c in enumerate(_column(table, index)) if i not in total]
        judged = [context.polarity(cell) for cell in cells]
        if any(one in (0, -1) for one in judged):
            return None
        if len(judged) >= rows and judged.count(1) >= 0.8 * len(judged):
            name = table.head[index] if index < len(table.head) else f"column {index + 1}"
            return Found(1, f"{judged.count(1)} of {len(judged)} cells under “{name}” are positive")
    return None


def _is_total(cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].lower().startswith("total")


@signal
def perfect_ratio(context: Context, *, rows: int = 3) -> Found | None:
    """Two columns of counts are equal in every row, or a column is 100 % throughout."""
    table = _table(context)
    if table is None or len(table.rows) < rows:
        return None
    columns = [[_number(cell) for cell in _column(table, i)] for i in range(_columns(table))]
    for index in range(1, len(columns) - 1):
        pairs = list(zip(columns[index], columns[index + 1], strict=True))
        if all(a is not None and a == b for a, b in pairs):
            return Found(1, f"the counts are equal in {len(pairs)} of {len(pairs)} rows")
    return None


_NUMBER = re.compile(
    r"([-+]?)[~$€£¥<>≤≥≈]*\s?(\d[\d,]*(?:\.\d+)?)\s*(k|m|bn|million|billion)?\b", re.IGNORECASE
)
_SCALE = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


def _number(text: str) -> float | None:
    match = _NUMBER.search(text)
    if match is None:
        return None
    value = float(match[2].replace(",", "")) * _SCALE.get((match[3] or "").lower(), 1)
    return -value if match[1] == "-" else value


@signal
def improving(context: Context, *, rows: int = 2) -> Found | None:
    """From one column to the next, every measure moves and none gets worse."""
    table = _table(context)
    if table is None or _columns(table) < 3:
        return None
    better, worse, moved = 0, 0, 0
    for row in table.rows:
        old, new = _number(row.cells[1]), _number(row.cells[2]) if len(row.cells) > 2 else None
        if old is None or new is None or old == new:
            continue
        moved += 1
        rises = new > old
        if context.lexicon("measure-lower").matches(row.cells[0]):
            better, worse = better + (not rises), worse + rises
        elif context.lexicon("measure-higher").matches(row.cells[0]):
            better, worse = better + rises, worse + (not rises)
    if worse or moved < rows or not better:
        return None
    return Found(min(moved, 4), f"{moved} of {moved} measures move, and none for the worse")


@signal
def gains(context: Context, *, lexicon: str = "column-gain") -> Found | None:
    """A column of gains holds gains only."""
    table = _table(context)
    if table is None or len(table.rows) < 2:
        return None
    for index, name in enumerate(table.head):
        if context.lexicon(lexicon).matches(name):
            cells = _column(table, index)
            if all(context.polarity(cell) != -1 for cell in cells) and all(
                re.search(r"\d", cell) for cell in cells
            ):
                return Found(1, f"all {len(cells)} rows under “{name}” are gains")
    return None


@signal
def winner(context: Context) -> Found | None:
    """A column names a winner, and it is one side except for ties."""
    table = _table(context)
    if table is None or len(table.rows) < 3:
        return None
    for index, name in enumerate(table.head):
        if not context.lexicon("column-winner").matches(name):
            continue
        cells = _column(table, index)
        ties = sum(context.lexicon("tie").matches(cell) for cell in cells)
        won = {
            re.sub(r"[^\w.]", "", cell.lower())
            for cell in cells
            if not context.lexicon("tie").matches(cell)
        }
        marked = sum(context.lexicon("polarity-mark").matches(cell) for cell in cells)
        if (len(won) == 1 or marked + ties == len(cells)) and ties < len(cells) / 2 + 0.1:
            return Found(1, f"one side wins {len(cells) - ties} of {len(cells)} rows, none is lost")
    return None


_TIME = r"(?:s|sec|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|weeks?|business days?)"
_OFFSET = re.compile(
    rf"(?:immediate\w*|at once|[<+T~≤]*\s*\+?\d+(?:-\d+)?\s*{_TIME}\b)", re.IGNORECASE
)


@signal
def offset_column(context: Context, *, share: float = 0.6, tables: int = 1) -> Found | None:
    """Times after the start stand beside most steps, in that many tables."""
    found = [
        block
        for section in context.sections
        for block in ([context.block] if context.block else section.blocks)
        if isinstance(block, Table) and _has_offsets(block, share)
    ]
    if len(found) < tables:
        return None
    rows = sum(len(table.rows) for table in found)
    return Found(1, f"{rows} steps, each with its minute")


def _has_offsets(table: Table, share: float) -> bool:
    for index in range(1, _columns(table)):
        cells = _column(table, index)
        if len(cells) >= 2 and sum(bool(_OFFSET.match(c)) for c in cells) >= share * len(cells):
            return True
    return False


@signal
def terse(context: Context, *, share: float = 0.9, words: int = 6) -> Found | None:
    """Cells, or items, are short labels."""
    texts = _texts(context)
    short = sum(len(text.split()) <= words for text in texts)
    if not texts or short < share * len(texts):
        return None
    return Found(1, f"{short} of {len(texts)} entries are {words} words or fewer")


def _texts(context: Context) -> list[str]:
    if isinstance(context.block, Table):
        return [cell for row in context.block.rows for cell in row.cells[1:]]
    if isinstance(context.block, Listing):
        return [item.text for item in context.block.items]
    return []


@signal
def activities(context: Context, *, share: float = 0.6) -> Found | None:
    """The second column tells what is done, not who is there or at what hour."""
    table = _table(context)
    if table is None or _columns(table) < 2:
        return None
    cells = _column(table, 1)
    told = sum(_is_activity(cell) for cell in cells)
    return Found(1, f"{told} of {len(cells)} activities") if told >= share * len(cells) else None


def _is_activity(text: str) -> bool:
    words = text.split()
    named = all(word[:1].isupper() for word in words)
    return 2 <= len(words) <= 9 and not words[0][:1].isdigit() and not named


@signal
def yes_no(context: Context, *, share: float = 0.6) -> Found | None:
    """The cells answer yes or no, as in a matrix of features."""
    table = _table(context)
    if table is None:
        return None
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    answers = sum(context.lexicon("yes-no").is_whole(cell) for cell in cells)
    return Found(1, "a matrix of yes and no") if cells and answers >= share * len(cells) else None


@signal
def sides(context: Context, *, rows: int = 4, most: int = 4) -> Found | None:
    """Two to three options are weighed against each other row by row, and differ."""
    table = _table(context)
    if table is None or len(table.rows) < rows or not 3 <= _columns(table) <= most:
        return None
    unequal = sum(len(set(row.cells[1:])) > 1 for row in table.rows)
    if unequal < 0.7 * len(table.rows):
        return None
    return Found(1, f"{unequal} of {len(table.rows)} rows set the sides against each other")


@signal
def weighing_rows(context: Context, *, lexicon: str = "weighing", least: int = 2) -> Found | None:
    """The rows weigh time, money, risk, people."""
    table = _table(context)
    if table is None:
        return None
    found = [row.cells[0] for row in table.rows if context.lexicon(lexicon).matches(row.cells[0])]
    return Found(1, f"it weighs {_listed(found[:3])}") if len(found) >= least else None


# Sequences: rows, items or sections that follow one another


def _labels(context: Context) -> list[str]:
    if isinstance(context.block, Table):
        return [row.cells[0] for row in context.block.rows if row.cells]
    if isinstance(context.block, Listing):
        return [item.label or item.text for item in context.block.items]
    return [context.outline.sections[index].title for index in context.stages]


@signal
def sequence(context: Context, *, lexicon: str = "", least: int = 4) -> Found | None:
    """The first entries follow one another: weekdays, days, steps."""
    labels = [label for label in _labels(context) if context.lexicon(lexicon).matches(label)]
    return (
        Found(1, f"{len(labels)} steps in a row: {_listed(labels[:2])} …")
        if (len(labels) >= least)
        else None
    )


@signal
def counted_days(context: Context, *, least: int = 4) -> Found | None:
    """The first entries count on: "Day 1-2", "3 and 4", "5"."""
    starts = []
    for label in _labels(context):
        match = re.match(
            r"(?:days?|step)?\s*(\d{1,2})(?:\s*(?:-|and|to)\s*\d{1,2})?$", label, re.IGNORECASE
        )
        starts.append(int(match[1]) if match else 0)
    rises = all(a < b for a, b in itertools.pairwise(starts))
    return (
        Found(1, f"{len(starts)} even steps")
        if len(starts) >= least and rises and starts[0]
        else None
    )


@signal
def labelled_steps(context: Context, *, least: int = 4, lexicon: str = "") -> Found | None:
    """A list of named steps; with a lexicon, steps that it names."""
    if not isinstance(context.block, Listing):
        return None
    labels = [item.label for item in context.block.items if 0 < len(item.label.split()) <= 4]
    if lexicon:
        labels = [label for label in labels if context.lexicon(lexicon).matches(label)]
    return Found(1, f"{len(labels)} named steps") if len(labels) >= least else None


@signal
def staged(context: Context, *, least: int = 2, lexicon: str = "stage") -> Found | None:
    """Sections follow one another as numbered stages."""
    titles = [context.outline.sections[index].title for index in context.stages]
    found = [text for text in titles if context.lexicon(lexicon).matches(text)]
    return (
        Found(min(len(found), 4), f"{len(found)} stages of one make")
        if len(found) >= least
        else None
    )


@signal
def ticked(context: Context, *, least: int = 3) -> Found | None:
    """Every item of a list is ticked off."""
    if not isinstance(context.block, Listing):
        return None
    texts = [item.text for item in context.block.items]
    judged = [context.polarity(text) for text in texts]
    if len(texts) < least or any(one != 1 for one in judged):
        return None
    return Found(1, f"{len(texts)} of {len(texts)} items are ticked")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{_short(word)}”" for word in words)
