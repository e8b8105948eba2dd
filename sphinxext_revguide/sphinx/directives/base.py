"""What all directives of this extension share: options, exact lines, problems, bodies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx.util.parsing import nested_parse_to_nodes

from sphinxext_revguide.markup.colon_fences import shifted_ranges, true_line
from sphinxext_revguide.markup.directive_source import misplaced_options
from sphinxext_revguide.markup.fence_lines import open_directives, outside_code_and_ours
from sphinxext_revguide.markup.nesting import (
    MAX_DIRECTIVES,
    MAX_INLINE,
    as_text,
    deep_paragraphs,
)
from sphinxext_revguide.markup.quotation.markdown_sample import rule
from sphinxext_revguide.markup.tree_attributes import LINES_FROM
from sphinxext_revguide.model import Problem
from sphinxext_revguide.sphinx.directives.options import Option, parse_options
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.control_characters import visible
from sphinxext_revguide.text.late_patterns import late

_OPEN = "revguide:open"
"""Key in the page's scratch space: the names of the directives that are being read."""
PAIRS = "revguide:pairs"
"""Key in the page's scratch space: the pairs of the issue that is being read."""
_BARE = late(r"\.\.[ \t]+\S+::[ \t]*")
"""The first line of a directive of reST, with nothing behind its name."""


class RevguideDirective(SphinxDirective):
    """A directive that never raises an exception and never drops content.

    Subclasses declare :attr:`known_options` and write :meth:`build`.
    """

    has_content = True
    required_arguments = 0
    final_argument_whitespace = True
    option_spec = None  # See the module `options`: the host must not read them.

    known_options: ClassVar[tuple[Option, ...]] = ()
    quotes: ClassVar[bool] = False
    max_in_itself: ClassVar[int] = MAX_DIRECTIVES
    if_unread: ClassVar[str] = ""
    """Begins a warning about an option that cannot be read: what follows from it."""

    values: dict[str, Any]
    option_lines: dict[str, int]
    unread: list[Problem]
    """The problems of options that have no value."""
    title: str
    line: int
    """1-based, in the file that contains the directive."""

    def run(self) -> list[nodes.Node]:
        """Read options and title, then build; show as text what is nested too deeply."""
        around: tuple[str, ...] = self.env.current_document.get(_OPEN) or ()
        if len(around) == MAX_DIRECTIVES:
            return [self._as_text(f"{MAX_DIRECTIVES} other directives of this extension")]
        if around.count(self.name) == self.max_in_itself:
            return [self._as_text(f"{self.max_in_itself} others of its kind")]
        self.env.current_document[_OPEN] = (*around, self.name)
        try:
            return self._run()
        finally:
            self.env.current_document[_OPEN] = around

    def _as_text(self, inside: str) -> nodes.Node:
        self.is_myst = type(self.state).__module__.partition(".")[0] == "myst_parser"
        self.line = self._own_line()
        message = f"'{self.name}' is inside {inside} and is shown as text; move it out of them"
        self.problem("nesting", message)
        head = " ".join([self.name, *self.arguments])
        text = visible("\n".join([head, *self.content]))
        return self.located(nodes.literal_block(text, text, language="none"))

    def _run(self) -> list[nodes.Node]:
        # What is quoted may contain characters that EPUB and XML cannot.
        content = [*map(visible, self.content)]
        if content != list(self.content):
            self.content = StringList(content, items=self.content.items)
        self.arguments = [*map(visible, self.arguments)]
        self.is_myst = type(self.state).__module__.partition(".")[0] == "myst_parser"
        self.line = self._own_line()
        self._line_shift = self._colon_fence_shift()
        self._stray: tuple[list[str], int] = ([], 0)
        known = {option.name: option for option in self.known_options}
        if self.is_myst or not self.arguments:
            self.title = " ".join(self.arguments).strip()
            parsed = parse_options(
                list(self.content), known, first_line=self._content_line(0), quotes=self.quotes
            )
            self._body_start = parsed.consumed
        else:
            # reST hands over everything up to the first blank line as the argument.
            head = self.arguments[0].split("\n")
            above = int(bool(_BARE.fullmatch(self.block_text.split("\n", 1)[0])))
            first = next((i for i, line in enumerate(head) if line.startswith(":")), len(head))
            self.title = " ".join(line.strip() for line in head[:first])
            parsed = parse_options(
                head[first:], known, first_line=self.line + above + first, continuation=True
            )
            self._stray = (head[first + parsed.consumed :], above + first + parsed.consumed)
            self._body_start = 0
        self.values, self.option_lines = parsed.values, parsed.lines
        for problem in parsed.problems:
            self.problem(problem.subtype, problem.message, problem.line)
        self.unread = list(parsed.unread)
        if not self.quotes:
            self.unread += (
                Problem(self.body_line + mistake.line, mistake.message, "option")
                for mistake in misplaced_options(self._stray[0] or self.body_lines, known)
            )
        for problem in self.unread:
            self.problem(problem.subtype, self.if_unread + problem.message, problem.line)
        return self._built()

    def _built(self) -> list[nodes.Node]:
        """Build, and mark from which line on the lines of the content are MyST's own."""
        above = self.env.current_document.get(LINES_FROM, 0)
        self.env.current_document[LINES_FROM] = self.line + 1
        try:
            built = self.build()
        finally:
            self.env.current_document[LINES_FROM] = above
        for node in built:
            if self.is_myst and isinstance(node, nodes.Element):
                node[LINES_FROM] = self.line + 1
        return built

    def build(self) -> list[nodes.Node]:
        """Return the directive's nodes and record what it says."""
        raise NotImplementedError

    # Where things stand

    @property
    def domain(self) -> RevguideDomain:
        """The domain, which stores what the directives say."""
        return RevguideDomain.of(self.env)

    @property
    def source(self) -> str:
        """Path of the file that contains the directive."""
        return str(self.get_source_info()[0] or self.env.doc2path(self.env.docname))

    @property
    def path(self) -> str:
        """:attr:`source` as reports name it: relative to the source directory."""
        return self.domain.store.relative(self.source)

    @cached_property
    def _shifted_ranges(self) -> tuple[tuple[int, int], ...]:
        return shifted_ranges(self.source)

    def _own_line(self) -> int:
        """Return the line in the file: docutils counts a prolog and included files as well."""
        if self.is_myst:
            above: int = self.env.current_document.get(LINES_FROM) or 0
            return true_line(self._shifted_ranges, self.lineno, above)
        return self.get_source_info()[1] or self.lineno

    def _content_line(self, index: int) -> int:
        """Return the 1-based source line of ``self.content[index]``.

        reST counts content from the file's first line, MyST from the directive's own; a MyST
        release may change sides, which shows in the items of the content.
        """
        offset, items = self.content_offset, self.content.items
        absolute = bool(items) and offset > 0 and items[0][1] == offset
        if not self.is_myst:
            start = offset + 1 + self.line - self.lineno
        else:
            start = offset + 1 if absolute else self.lineno + offset + 1
        return start + index + self._line_shift

    def _colon_fence_shift(self) -> int:
        """Return the correction of the lines of the content; see :mod:`markup.colon_fences`."""
        if not self.is_myst:
            return 0
        first = self.line + 1
        begins_with_fence = any(start == first for start, _end in self._shifted_ranges)
        return self.line - self.lineno - begins_with_fence

    def problem(self, subtype: str, message: str, line: int = 0) -> None:
        """Record a problem of this directive, at a line of its file (default: its own)."""
        problem = Problem(line or self.line, message, subtype, self.source)
        self.domain.store.add_problem(self.env.docname, problem)

    def guide_of(self, what: str) -> str:
        """Return the id of the guide that the directive belongs to; report if there is none.

        :param what: what belongs to it, with its verb, for the message.
        """
        guide: str = self.values.get("guide", self.domain.guide_in_force)
        if not guide:
            message = (
                f"{what} to no guide; open one above with 'revision-guide ID', "
                "or name one with ':guide:'"
            )
            self.problem("orphan", message)
        return guide

    def located(self, node: nodes.Element, line: int = 0) -> nodes.Element:
        """Give a node its source and line (default: the directive's own)."""
        node.source, node.line = self.source, line or self.line
        node.document = self.state.document
        return node

    # The body

    @property
    def body_lines(self) -> list[str]:
        """The lines of the body, after the options."""
        stray, _offset = self._stray
        return [*stray, *list(self.content)[self._body_start :]]

    @property
    def body_line(self) -> int:
        """1-based source line of the first line of the body."""
        stray, offset = self._stray
        return self.line + offset if stray else self._content_line(self._body_start)

    def parse_body(self) -> list[nodes.Node]:
        """Read the body as the page's own markup.

        Headings and rules, which a directive must not contain, become bold lines and rules that
        every builder can show in place.
        """
        container = self.located(nodes.container())
        stray, offset = self._stray
        if stray:
            start = self.line + offset - 1
            block = StringList(stray, items=[(self.source, start + i) for i in range(len(stray))])
            self._parse_rst(block, self.lineno + offset - 1, container)
        content = self.content[self._body_start :]
        offset = self.content_offset + self._body_start + self._line_shift
        if self.is_myst:
            content = self._without_deep_emphasis(content)
            if content and content[0].startswith("---"):
                # MyST would read a leading rule as front matter and drop all up to the next one.
                content = StringList(["", *content], source=self.source)
                offset -= 1
            self.state.nested_parse(content, offset, container)
        else:
            self._parse_rst(content, offset, container)
        for transition in list(container.findall(nodes.transition)):
            transition.replace_self(self.located(rule("---"), transition.line or 0))
        self._warn_of_open_fences()
        return list(container.children)

    def _without_deep_emphasis(self, content: StringList) -> StringList:
        """Have paragraphs shown as text whose emphasis is nested too deeply."""
        lines = list(content)
        for paragraph in deep_paragraphs(lines, outside_code_and_ours(lines)):
            self.report_deep_emphasis(self._content_line(self._body_start + paragraph[0]))
            for index in paragraph:
                lines[index] = as_text(lines[index])
        return content if lines == list(content) else StringList(lines, items=content.items)

    def report_deep_emphasis(self, line: int = 0) -> None:
        """Report that a text is shown without its emphasis (default: at the directive's line)."""
        message = (
            f"emphasis is nested more than {MAX_INLINE} levels deep and is shown as text; remove "
            "some of its marks"
        )
        self.problem("nesting", message, line)

    def _parse_rst(self, block: StringList, offset: int, container: nodes.Element) -> None:
        parsed = nested_parse_to_nodes(
            self.state, block, source=self.source, offset=offset, allow_section_headings=True
        )
        container.extend(parsed)
        for section in reversed(list(container.findall(nodes.section))):
            title = section.next_node(nodes.title)
            if title is not None and title.parent is section:
                heading = nodes.paragraph("", "", classes=["revguide-heading"], ids=section["ids"])
                heading += nodes.strong("", "", *title.children)
                title.replace_self(self.located(heading, title.line or 0))
            section.replace_self(section.children)

    def _warn_of_open_fences(self) -> None:
        """Warn about a nested directive whose closing fence ended this directive instead."""
        if not self.is_myst:
            return
        for mark, index in open_directives(self.body_lines):
            message = (
                f"the fence {mark!r} opened here is not closed inside '{self.name}', whose own "
                f"fence must be longer than the fences in it: open '{self.name}' with "
                f"{mark[0] * (len(mark) + 1)!r} or more"
            )
            self.problem("fence", message, self.body_line + index)


def is_blank(lines: Sequence[str]) -> bool:
    """Return whether all lines are blank."""
    return not any(line.strip() for line in lines)
