"""Rewrites tables that have an issue in each row, with its samples or as an overview."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.heads import UnitHead, bold_unit, unit_head
from sphinxext_revguide.importer.recognise.label_evidence import Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.label_words import PRINTERS
from sphinxext_revguide.importer.recognise.labels import column_role, label_role
from sphinxext_revguide.importer.recognise.lines import HEADING, Line, plain_heading
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.recognise.table_cells import RULE, cells_of
from sphinxext_revguide.importer.rewrite.bare_labels import issue_field
from sphinxext_revguide.importer.rewrite.row_pairs import replacement_in, row_pair, sample_in

_NUMBER = frozenset({
    "", "#", "no", "nr", "number", "id", "issue #", "issue no", "item", "№",
    "sl no", "s no", "sr no", "sn", "s/n", "serial no", "serial number", "ref", "ref no", "row",
    "query", "query no", "key",
})  # fmt: skip
_TITLE = frozenset({
    "issue", "item", "finding", "problem", "title", "concern", "comment", "note", "what", "remark",
    "observation", "complaint", "description", "weakness",
})  # fmt: skip
_REASON = frozenset({"reason", "why", "rationale", "topic"})
_PLACE = frozenset({
    "page", "pg", "p", "line", "where", "place", "location", "loc", "para", "section", "ch",
})  # fmt: skip
_MINUTES = frozenset({"min", "mins", "minutes"})
_KEY = 8
"""The key of a row, such as "HF-12", has at most this many characters."""
_IS_KEY = re.compile(r"[A-Z]{1,5}-?[0-9]{1,5}|[0-9]{1,3}-[A-Z]{1,2}")
"""The key of a query at a publishing house: ``CE-01``."""
_IS_NUMBER = re.compile(r"\W*([A-Z]?[0-9]{1,3}[A-Za-z]?(?:\.[0-9]{1,3})?|[A-Za-z](?!\w))\W*")
_BOLD_FIRST = re.compile(r"\*\*([^*]+)\*\*[ ]*(\S.*)")
"""A cell with a title in bold, and the problem after it."""


@dataclass(frozen=True, slots=True)
class IssueTable:
    """A table of issues: its head, its columns of numbers and of titles, and its other rows."""

    head: list[str]
    number: int
    title: int
    rows: list[tuple[Line, list[str]]]

    def role(self, role: str) -> int:
        """Return the column of the samples of a side, or -1 if there is none."""
        roles = [column_role(cell) for cell in self.head]
        return roles.index(role) if role in roles else -1

    def names(self) -> list[str]:
        """Return the heads of the columns, unknown ones with the meaning of their values."""
        records = [
            Record(name, cell, count)
            for count, (_line, cells) in enumerate(self.rows)
            for name, cell in zip(self.head, cells, strict=False)
            if name and cell
        ]
        roles = meanings(records)
        return [
            name if label_role(name) else written_name(roles.get(key_of(name), ""), name)
            for name in self.head
        ]

    def fields(self, names: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
        """Yield the other cells of a row, each with its label.

        :param names: what :meth:`names` returned.
        """
        others = {self.number, self.title, self.role("before"), self.role("after")}
        for index, (name, value) in enumerate(zip(names, cells, strict=False)):
            if index in others or not name or not value:
                continue
            minutes = name.strip(" .").casefold() in _MINUTES
            yield f"**Time:** {value} min" if minutes else f"**{name.strip(' .*')}:** {value}"


def without_issue_tables(lines: Sequence[Line]) -> list[Line]:
    """Rewrite each row of a table with samples as an issue.

    A row without a number adds a pair to the issue above it.
    """
    found: list[Line] = []
    index = 0
    alone = not any(_head(line.text) for line in lines)
    while index < len(lines):
        end = table_end(lines, index)
        table = issue_table(lines[index:end])
        if table is None and alone:
            table = _untitled(lines[index:end]) or _unnumbered(lines[index:end])
        if table is not None and table.role("before") >= 0 and table.role("after") >= 0:
            found += _issues(table)
        elif end > index:
            found += lines[index:end]
        else:
            found.append(lines[index])
        index = max(end, index + 1)
    return found


def with_overview(lines: Sequence[Line]) -> list[Line]:
    """Put the fields that an overview lists for each issue below the heading of the issue.

    A row belongs to the issue with its title, or else to the one with its number or letter. A
    heading that is a number alone gets the title of its row.
    """
    rows: dict[str, tuple[Line, list[str]]] = {}
    titles: dict[str, str] = {}
    keys: dict[str, str] = {}
    heads = {head.title.casefold() for line in lines if (head := _head(line.text))}
    index = 0
    while index < len(lines):
        end = table_end(lines, index)
        table = issue_table(lines[index:end], any_name=True) or _by_title(lines[index:end], heads)
        if table is not None and table.role("before") < 0:
            names = table.names()
            for line, cells in table.rows:
                if key := row_key(cells[table.number]):
                    rows.setdefault(key, (line, list(table.fields(names, cells))))
                    titles.setdefault(key, cells[table.title])
                    keys.setdefault(cells[table.title].casefold(), key)
        index = max(end, index + 1)
    found: list[Line] = []
    for line in lines:
        key = _key_alone(line.text) if titles else ""
        text = line.text
        if titles.get(key):
            marks = text.strip().partition(" ")[0] if HEADING.fullmatch(text) else "###"
            number = key if key.isdigit() else [*titles].index(key) + 1
            text = f"{marks} ISSUE #{number}: {titles[key]}"
            keys[titles[key].casefold()] = key
        found.append(Line(text, line.number))
        head = _head(text)
        if head is None:
            continue
        key = keys.get(head.title.casefold(), str(head.number).casefold())
        if (row := rows.pop(key, None)) is None:
            continue
        for field in row[1]:
            found += apart(Line(field, row[0].number))
    return found


_HEADED = re.compile(r" {0,3}(?:#{1,6}[ \t]+(.*)|\*\*([^*]{1,12})\*\*)")
_NUMBER_SIGN = re.compile(r"(?:#|n[or]\.?)[ ]?(?=[0-9])", re.IGNORECASE)


def _key_alone(text: str) -> str:
    """Return the number or key that a heading or bold line is, or "" if it has a title."""
    match = _HEADED.fullmatch(text)
    bare = _NUMBER_SIGN.sub("", plain_heading(match[1] or match[2]), count=1) if match else ""
    alone = 0 < len(bare) <= _KEY + 1 and len(bare.split()) == 1
    return row_key(bare.rstrip(".:)")) if alone else ""


def row_key(cell: str) -> str:
    """Return the number or key of a row from a cell that contains nothing else; "" otherwise."""
    number = _IS_NUMBER.fullmatch(cell)
    if number and not number[1].isalpha():
        return number[1].casefold()
    bare = cell.strip(" *.()")
    head = unit_head(f"{bare}. Title") if 0 < len(bare) <= _KEY else None
    own = bare.casefold() if _IS_KEY.fullmatch(bare) else ""
    return str(head.number).casefold() if head else own


def _by_title(lines: Sequence[Line], titles: Collection[str]) -> IssueTable | None:
    """Read lines as an overview without numbers, most of whose rows have the title of an issue."""
    if len(lines) < 4 or not RULE.fullmatch(lines[1].text):
        return None
    head = [cell.strip(" *") for cell in cells_of(lines[0].text)]
    rows = [(line, cells_of(line.text)) for line in lines[2:]]
    if any(len(cells) != len(head) for _line, cells in rows):
        return None
    for column in range(len(head)):
        named = sum(cells[column].casefold() in titles for _line, cells in rows)
        if named > 1 and 2 * named > len(rows):
            # No issue has such a number, so its row is found by its title alone.
            counted = [(line, [*cells, f"t{n}"]) for n, (line, cells) in enumerate(rows, 1)]
            return IssueTable([*head, ""], len(head), column, counted)
    return None


def _head(text: str) -> UnitHead | None:
    match = HEADING.fullmatch(text)
    return unit_head(match[2]) if match else bold_unit(text)


def _unnumbered(lines: Sequence[Line]) -> IssueTable | None:
    """Read lines as a table of current and proposed texts without numbers, and number its rows."""
    if len(lines) < 4 or not RULE.fullmatch(lines[1].text):
        return None
    head = [cell.strip(" *") for cell in cells_of(lines[0].text)]
    plain = list(map(_plain, head))
    roles = sorted(filter(None, map(column_role, head)))
    if len(head) < 3 or roles != ["after", "before"] or {"before", "after"} & {*plain}:
        return None
    title = next((i for i, cell in enumerate(plain) if cell in _TITLE | _REASON), -1)
    rows = [(line, cells_of(line.text)) for line in lines[2:]]
    placed = any(cell in _PLACE for cell in plain)
    if (title < 0 and not placed) or any(len(cells) != len(head) for _line, cells in rows):
        return None
    counted = [(line, [str(n), *cells]) for n, (line, cells) in enumerate(rows, 1)]
    if title < 0:
        before = [column_role(cell) for cell in head].index("before")
        after = [column_role(cell) for cell in head].index("after")
        counted = [
            (line, [*cells, _title_of(_changed_text(cells[before + 1], cells[after + 1]))])
            for line, cells in counted
        ]
        return IssueTable(["#", *head, ""], 0, len(head) + 1, counted)
    return IssueTable(["#", *head], 0, title + 1, counted)


def is_column(text: str) -> bool:
    """Return whether a text is a label, or a known head of a column in a table of issues."""
    plain = _plain(text)
    names = _NUMBER | _TITLE | _MINUTES | _REASON | _PLACE
    known = bool(label_role(text)) or plain in PRINTERS or issue_field(text)
    return known or (bool(plain) and plain in names)


def _changed_text(before: str, after: str) -> str:
    """Return the text that a row is named after: its BEFORE, or its AFTER if it only adds text."""
    return before if before.strip("-–— ") else after


_SHORT = 60
"""A title made of a passage has at most this many characters."""


def _title_of(text: str) -> str:
    """Return the beginning of a passage, as the title of an issue without one."""
    bare = " ".join(text.split()).strip('"“”')
    if len(bare) <= _SHORT:
        return bare
    return bare[:_SHORT].rpartition(" ")[0].rstrip(".,;:") + "…"


def _plain(head: str) -> str:
    """Return the head of a column in lower case, without marks: ``sl no`` for ``Sl. No.``."""
    return " ".join(head.replace(".", " ").strip(" :*").casefold().split())


Row = tuple[Line, list[str]]
"""A row of a table: its line and its cells."""


def tables_in(
    lines: Sequence[Line], start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int, list[Row]]]:
    """Yield each table with a rule below its head: its first line, the line after it, and its rows.

    The head is the first row.

    :param start: the line to begin with.
    :param end: the line to end before; None for all lines.
    """
    most = len(lines) if end is None else end
    place = start
    while place < most:
        stop = min(table_end(lines, place), most)
        if stop - place > 2 and RULE.fullmatch(lines[place + 1].text):
            own = (lines[place], *lines[place + 2 : stop])
            yield place, stop, [(line, cells_of(line.text)) for line in own]
        place = max(stop, place + 1)


def table_end(lines: Sequence[Line], index: int) -> int:
    """Return the line after the table that begins at a line, or that line if none does."""
    while index < len(lines) and lines[index].text.lstrip().startswith("|"):
        index += 1
    return index


def issue_table(lines: Sequence[Line], *, any_name: bool = False) -> IssueTable | None:
    """Read lines as a table of issues, with a column of numbers and a column of titles.

    :param any_name: whether the column of titles may have any name, and the numbers may be keys.
    :returns: None if the lines are not such a table.
    """
    if len(lines) < 4 or not RULE.fullmatch(lines[1].text):
        return None
    head = [cell.strip(" *") for cell in cells_of(lines[0].text)]
    plain = list(map(_plain, head))
    rows = [(line, cells_of(line.text)) for line in lines[2:]]
    if any(len(cells) != len(head) for _line, cells in rows):
        return None
    key = row_key if any_name else _IS_NUMBER.fullmatch
    columns = [[cells[i] for _line, cells in rows] for i in range(len(head))]
    named = (column for column, name in enumerate(plain) if name in _NUMBER)
    number = next((i for i in named if sum(map(bool, map(key, columns[i]))) > 1), -1)
    if number < 0 and (_counts(columns[0]) or (any_name and _are_keys(columns[0]))):
        number = 0
    title = _title_column(head, number, any_name=any_name)
    known = [label_role(cell) for cell in head if cell] + [
        "effort" for cell in plain if cell in _MINUTES
    ]
    if number < 0 or title < 0 or number == title or not any(known):
        return None
    return IssueTable(head, number, title, rows)


def _counts(cells: Sequence[str]) -> bool:
    """Return whether cells number the rows, in any order: 1, 3, 2."""
    counted = [match[1] if (match := _IS_NUMBER.fullmatch(cell)) else "" for cell in cells]
    return sorted(counted) == sorted(map(str, range(1, len(cells) + 1)))


def _are_keys(cells: Sequence[str]) -> bool:
    """Return whether each cell is the number or key of another row."""
    keys = set(map(row_key, cells))
    return "" not in keys and len(keys) == len(cells)


def _title_column(head: Sequence[str], number: int, *, any_name: bool) -> int:
    """Return the column of titles: one with a known name, or else of problems; -1 if there is none.

    :param any_name: whether it may be a column with an unknown name.
    """
    places = [i for i in range(len(head)) if i != number]
    named = (i for i in places if _plain(head[i]) in _TITLE)
    wrong = (i for i in places if label_role(head[i]) == "problem")
    other = (i for i in places if any_name and head[i] and not label_role(head[i]))
    return next(named, next(wrong, next(other, -1)))


def _untitled(lines: Sequence[Line]) -> IssueTable | None:
    """Read a table with numbers but no titles; a row is named after its reason or its text."""
    if len(lines) < 4 or not RULE.fullmatch(lines[1].text):
        return None
    head = [cell.strip(" *") for cell in cells_of(lines[0].text)]
    plain = list(map(_plain, head))
    number = next((i for i, cell in enumerate(plain) if cell in _NUMBER), -1)
    if number < 0 or not {*plain} & (_PLACE | _REASON):
        return None
    rows = [(line, cells_of(line.text)) for line in lines[2:]]
    roles = sorted(filter(None, map(column_role, head)))
    if roles != ["after", "before"] or any(len(cells) != len(head) for _line, cells in rows):
        return None
    why = next((i for i, cell in enumerate(head) if _plain(cell) in _REASON), -1)
    before = [column_role(cell) for cell in head].index("before")
    keys = [cells for _line, cells in rows if _IS_KEY.fullmatch(cells[number])]
    numbers = [cells for _line, cells in rows if _IS_NUMBER.fullmatch(cells[number])]
    if len(keys) == len(rows) > len(numbers):
        rows = [(line, [str(n), *cells]) for n, (line, cells) in enumerate(rows, 1)]
        head, why, before, number = ["#", *head], why + 1 if why >= 0 else why, before + 1, 0
    elif len(numbers) < 2:
        return None
    if why >= 0:
        return IssueTable(head, number, why, rows)
    after = [column_role(cell) for cell in head].index("after")
    titled = [
        (line, [*cells, _title_of(_changed_text(cells[before], cells[after]))])
        for line, cells in rows
    ]
    return IssueTable([*head, ""], number, len(head), titled)


def _issues(table: IssueTable) -> Iterator[Line]:
    before, after = table.role("before"), table.role("after")
    names = table.names()
    count = 0
    for line, cells in table.rows:
        number = _IS_NUMBER.fullmatch(cells[table.number])
        if number:
            count += 1
            title = cells[table.title] or _title_of(_changed_text(cells[before], cells[after]))
            own = count if number[1].isalpha() else number[1]
            bold = _BOLD_FIRST.fullmatch(title)
            title, rest = (bold[1].strip(" .:"), bold[2]) if bold else (title, "")
            yield from apart(Line(f"### ISSUE #{own}: {title}", line.number))
            yield from apart(Line(rest, line.number)) if rest else ()
            for field in table.fields(names, cells):
                yield from apart(Line(field, line.number))
        elif not cells[before] and _SUM.fullmatch(" ".join(cells)):
            yield from apart(Line(" ".join(filter(None, cells)), line.number))
            continue
        texts = sample_in(cells[before]), replacement_in(cells[after])
        yield from row_pair((table.head[before], table.head[after]), texts, line.number)


_SUM = re.compile(
    r"[\W\d]*(?:grand )?(?:total|sum)\b[^A-Za-z]*(?:hours?|h|min|mins|minutes)?\W*", re.IGNORECASE
)
