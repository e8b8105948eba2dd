"""The directives ``revision-guide`` and ``revision-issue``."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util import docname_join
from sphinx.util.nodes import make_id

from sphinxext_revguide.estimates import parse_hours, parse_reduction, parse_size
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.markup.nesting import as_text, has_deep_inline
from sphinxext_revguide.model import Guide, Issue, Pair, Status
from sphinxext_revguide.nodes import (
    revguide_card,
    revguide_facts,
    revguide_found,
    revguide_overview,
    revguide_pair,
    revguide_part,
    revguide_sample,
)
from sphinxext_revguide.option_values import parse_docnames, print_reviews
from sphinxext_revguide.patterns.outline import build_outline
from sphinxext_revguide.patterns.samples import ReadSample, sample_problems
from sphinxext_revguide.sphinx.directives.base import PAIRS, RevguideDirective, is_blank
from sphinxext_revguide.sphinx.directives.options import Option
from sphinxext_revguide.sphinx.directives.reviewers_note import reviewers_note
from sphinxext_revguide.text.control_characters import visible

_Fact = tuple[str, Any]
"""An option's name and its value."""


class RevisionGuide(RevguideDirective):
    """Opens a guide; the directives after it on the page belong to it.

    The argument is the guide's id. The body is free text; the table of issues, what is promised
    and measured, and the places where patterns are still found follow it.

    ```{revision-guide} harbour
    :chapters: harbour
    :baseline: 57 KB, 1419 lines, 999 content lines
    :reduction: 25-30%
    :effort: 30-35 h

    The chapter knows its subject and hides it.
    ```
    """

    optional_arguments = 1
    known_options: ClassVar[tuple[Option, ...]] = (
        Option(
            "chapters",
            parse_docnames,
            "Docnames or globs of the chapters, relative like a toctree's, and in quotation marks "
            "if they contain spaces; default: every page without a part of a guide. Pages with one "
            "are never searched.",
        ),
        Option(
            "baseline",
            parse_size,
            "Size when reviewed: `57 KB, 1419 lines, 999 content lines, 4850 words`.",
        ),
        Option(
            "reduction",
            parse_reduction,
            "What the whole guide should save: `25-30%` or `900 words`.",
        ),
        Option("effort", parse_hours, "What the whole guide should take: `30-35 h`."),
    )

    def build(self) -> list[nodes.Node]:
        """Record the guide; show its facts, text and overview."""
        guide_id = "-".join(self.title.split())
        if not guide_id:
            guide_id = self.env.docname.rpartition("/")[2]
            message = (
                f"the guide has no id; write 'revision-guide ID'. Until then its id is {guide_id!r}"
            )
            self.problem("guide_id", message)
        node = self.located(nodes.container(classes=["revguide-guide"]))
        anchor = make_id(self.env, self.state.document, "revision-guide", guide_id)
        node["ids"].append(anchor)
        self.state.document.note_explicit_target(node)
        chapters = self.values.get("chapters", ())
        title = self.state.document.next_node(nodes.title)
        self.domain.open_guide(
            Guide(
                id=guide_id,
                title=visible(title.astext()) if title is not None else "",
                docname=self.env.docname,
                line=self.line,
                chapters=tuple(docname_join(self.env.docname, name) for name in chapters),
                chapters_line=self.option_lines.get("chapters", self.line),
                baseline=self.values.get("baseline"),
                reduction=self.values.get("reduction"),
                effort=self.values.get("effort"),
                anchor=anchor,
                path=self.path,
            )
        )
        described = self._facts()
        if described:
            node += self.located(revguide_facts(facts=described))
        node.extend(self.parse_body())
        node += self.located(revguide_overview(guide=guide_id, card=(self.env.docname, anchor)))
        return [node]

    def _facts(self) -> list[_Fact]:
        shown = ("chapters", "baseline", "reduction", "effort")
        return [(name, self.values[name]) for name in shown if name in self.values]


class RevisionIssue(RevguideDirective):
    """One issue of a guide: facts, the problem, pairs of samples, why it matters.

    The argument is the title. Text before the first pair of samples is the problem, text after
    the last one is why it matters. Its heading is a heading of the page.

    `````{revision-issue} A checklist without a doubt
    :impact: high
    :frequency: 2 checklists
    :reduction: 45-50%
    :effort: 6-8 h
    :patterns: readiness-checklist

    Everything passed, and nobody says what nearly did not.

    ````{before-after}
    | Check | Required | State |
    |---|---|---|
    | Gangway | lowers in 30 s | ✅ Pass |
    | Lifejackets | 400 | ✅ Pass |
    | Ticket gates | 12 of 12 | ✅ Pass |

    +++

    The gangway lowered on the fourth try, but the winch still groans.
    ````

    The reader wants to know where to look.
    `````
    """

    optional_arguments = 1
    max_in_itself = 3  # Builders of plain text know no more than seven levels of headings.
    known_options: ClassVar[tuple[Option, ...]] = tuple(
        Option(field.name, field.parse, field.help) for field in ISSUE_FIELDS
    )

    def build(self) -> list[nodes.Node]:
        """Record the issue; show its card."""
        guide = self.guide_of("the issue belongs")
        if not self.title:
            self.problem("title", "the issue has no title; write 'revision-issue TITLE'")
        if is_blank(self.body_lines):
            message = "the issue is empty; write the problem and a 'before-after'"
            self.problem("empty", message)
        number = self.values.get("number") or self._next_number(guide)
        section = self.located(nodes.section(classes=["revguide-issue"]))
        name = f"{guide}-{number}" if guide else str(number)
        # Sphinx's search would take "issue-" and the id for "issue-" and the title.
        anchor = make_id(self.env, self.state.document, "revision-issue", name)
        section["ids"].append(anchor)
        self.state.document.note_explicit_target(section)
        patterns = self._known_patterns()
        title = self._add_title(section)
        pairs = self._fill(section, name, anchor, number)
        self.domain.store.page(self.env.docname).issues.append(
            Issue(
                guide=guide,
                title=title,
                docname=self.env.docname,
                line=self.line,
                pairs=pairs,
                anchor=anchor,
                digest=self._digest(),
                path=self.path,
                **self._fields(number, patterns),
            )
        )
        self._test_samples(patterns, section)
        return [section]

    def _fields(self, number: int, patterns: tuple[str, ...]) -> dict[str, Any]:
        """Return the issue's fields by name, with their defaults."""
        given = {**self.values, "number": number, "patterns": patterns}
        return {
            field.name: given.get(field.name, field.default)
            for field in ISSUE_FIELDS
            if field.stored
        }

    def _digest(self) -> str:
        """Return a hash of the content of the issue."""
        counted = {field.name for field in ISSUE_FIELDS if field.in_digest}
        said = {name: str(value) for name, value in self.values.items() if name in counted}
        body = "\n".join(self.body_lines).strip()
        text = "\n".join([self.title, repr(sorted(said.items())), body])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def _test_samples(self, patterns: tuple[str, ...], section: nodes.Element) -> None:
        """Report named patterns that no BEFORE shows or that an AFTER still shows."""
        if not self.values.get("status", Status.OPEN).flags:
            return
        tested = set(self.domain.library.patterns).difference(self.values.get("untested", ()))
        known = [name for name in patterns if name in tested]
        samples = [
            ReadSample(
                sample.line or self.line,
                sample["role"] == "before",
                build_outline(nodes.container("", *sample.quoted())),
            )
            for sample in (section.findall(revguide_sample) if known else ())
            if not sample["missing"]
        ]
        for problem in sample_problems(known, samples, self.domain.library):
            self.problem(problem.subtype, problem.message, problem.line)

    def _next_number(self, guide: str) -> int:
        issues = self.domain.store.page(self.env.docname).issues
        return 1 + max(
            (leading_number(issue.number) for issue in issues if issue.guide == guide), default=0
        )

    def _known_patterns(self) -> tuple[str, ...]:
        library = self.domain.library
        for name in self.values.get("patterns", ()):
            if library.lacks(name):
                hint = library.hint(name, "see the list of patterns")
                message = f"there is no pattern {name!r}; {hint}"
                self.problem("unknown_pattern", message, self.option_lines["patterns"])
        return tuple(dict.fromkeys(self.values.get("patterns", ())))

    def _add_title(self, section: nodes.Element) -> str:
        """Give the section its heading, and return the title as plain text."""
        source = self.title or "Untitled"
        if self.is_myst and has_deep_inline(source):
            self.report_deep_emphasis()
            source = as_text(source)
        inline, messages = self.parse_inline(source, lineno=self.lineno)
        plain = nodes.paragraph("", "", *inline).astext()
        # Its number is added when it is translated, which is done by its text alone.
        heading = nodes.title(source, "", *inline)
        section += self.located(heading)
        section.extend(messages)
        return plain

    def _fill(
        self, section: nodes.Element, name: str, anchor: str, number: int | str
    ) -> tuple[Pair, ...]:
        """Give the section its facts and body; return the pairs of the body."""
        place = self.env.docname, anchor
        card = self.located(revguide_card(classes=["revguide-card"], card=place, number=number))
        card["attributes"] = {"data-issue": name, "data-digest": self._digest()}
        status = self.values.get("status", Status.OPEN)
        if status is not Status.OPEN:
            card["attributes"]["data-status"] = status.value
        if "reviews" in self.values:
            card["attributes"]["data-reviews"] = print_reviews(self.values["reviews"])
        card += self.located(revguide_facts(facts=self._facts()))
        card += reviewers_note(self.values.get("note", ""), self.values.get("reviews", ()))
        card += self.located(revguide_found(card=place))
        outer = self.env.current_document.get(PAIRS)
        pairs: list[Pair] = []
        self.env.current_document[PAIRS] = pairs
        body = self.parse_body()
        self.env.current_document[PAIRS] = outer
        card.extend(_arranged(body))
        for number, pair in enumerate(card.findall(revguide_pair), 1):
            for sample in pair.findall(revguide_sample):
                suffix = f"-{number}" if number > 1 else ""
                sample["anchors"] = [f"{anchor}-{sample['role']}{suffix}"]
        section += card
        return tuple(pairs)

    def _facts(self) -> list[_Fact]:
        values = {"status": Status.OPEN, **self.values}
        shown = (field.name for field in ISSUE_FIELDS if field.label)
        return [(name, values[name]) for name in shown if values.get(name) is not None]


def _arranged(body: list[nodes.Node]) -> list[nodes.Node]:
    """Label the text before the first pair as the problem, and after the last as the reason."""
    holds_pair = [
        isinstance(node, nodes.Element) and bool(list(node.findall(revguide_pair))) for node in body
    ]
    if True not in holds_pair:
        return _part("problem", body)
    first = holds_pair.index(True)
    last = len(body) - holds_pair[::-1].index(True)
    return [
        *_part("problem", body[:first]),
        *body[first:last],
        *_part("why", body[last:]),
    ]


def _part(name: str, content: list[nodes.Node]) -> list[nodes.Node]:
    if all(isinstance(node, nodes.comment) for node in content):
        return content
    return [revguide_part("", *content, part=name, classes=[f"revguide-{name}"])]
