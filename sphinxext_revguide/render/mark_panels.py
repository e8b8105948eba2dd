"""The contents of marks in a chapter: reasons, cards, and links to neighbouring marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.nodes import make_refnode

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.render import words
from sphinxext_revguide.render.elements import box, span
from sphinxext_revguide.render.findings import finding_content
from sphinxext_revguide.sphinx.domain import mark_anchor

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from sphinxext_revguide.book.derived.objects import Target
    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Issue

_TAG = 4
"""Characters that fit into the margin; longer tags name the first issue and count the others."""
_MOST_ISSUES = 10
"""Maximum number of issues that a mark names."""


@record(frozen=True, slots=True)
class Panels:
    """Writes the marks of a page.

    Links are resolved immediately, because marks are not part of a doctree.

    :param docname: the page, or the first one of several pages in one file.
    """

    builder: Builder
    book: Book
    docname: str

    def marks(self, passages: Sequence[Sequence[Flagged]]) -> list[revguide_box]:
        """Return the mark of each passage."""
        letters = _letters(passages)
        return [self._mark(passages, number, letters) for number in range(len(passages))]

    def bar(self, passages: Sequence[Sequence[Flagged]]) -> nodes.Element:
        """Return the bar at the top of the page, with the same counts as on the guide's page."""
        count = sum(map(len, passages))
        text = _("%s to revise") % words.findings(count)
        if count != len(passages):
            parts = words.findings(count), words.passages(len(passages))
            text = _("%s to revise in %s") % parts
        line = nodes.paragraph()
        line += span("strong", text, classes="rg-i rg-there")
        line += [nodes.Text(" "), _step(_("Go to the first"), passages[0])]
        letters = _letters(passages)
        for guide, letter in letters.items():
            target = self.book.object_named("guide", guide) or (guide, "", "")
            text = _("%s: %s") % (letter, target[0]) if letter else _("Revision guide")
            line += [nodes.Text(" · "), self._link(target, text)]
        switch = box("label", classes="rg-small")
        toggle = '<input type="checkbox" class="rg-toggle" autocomplete="off" checked>'
        switch += nodes.raw("", toggle, format="html")
        switch += nodes.Text(" " + _("Show marks"))
        return box("div", line, switch, classes="revguide-marks-bar rg-warm rg-flow no-search")

    def _mark(
        self, passages: Sequence[Sequence[Flagged]], number: int, letters: dict[str, str]
    ) -> revguide_box:
        flagged = passages[number]
        issues = list({issue.card: issue for entry in flagged for issue in entry.issues}.values())
        mark = box("details", classes="rg-d revguide-mark no-search")
        summary = box("summary")
        name = finding_content(flagged[0].finding, self.book).title
        if len(flagged) > 1:
            name = _("%s and %d more") % (name, len(flagged) - 1)
        issue = _("Issue") if len(issues) == 1 else _("Issues")
        summary += span("span", f"{issue} " if issues else "", classes="rg-hidden")
        summary += span("b", _numbers(issues, letters))
        summary += span("span", name, classes="rg-hidden")
        mark += summary
        panel = box("div", classes="rg-warm")
        for entry in flagged:
            panel += self._finding(entry)
        foot = box("div", classes="rg-flow rg-foot")
        links = box("ul", classes="rg-flow")
        for asked in issues[:_MOST_ISSUES]:
            links += self._issue(asked, letters[asked.guide])
        if len(issues) > _MOST_ISSUES:
            links += span("li", words.and_more(len(issues) - _MOST_ISSUES))
        foot += links
        foot += _steps(passages, number)
        panel += foot
        mark += panel
        return mark

    def _finding(self, one: Flagged) -> revguide_box:
        shown = box("div", *finding_content(one.finding, self.book).blocks())
        shown["ids"] = [mark_anchor(one.finding.fingerprint)]
        return shown

    def _issue(self, issue: Issue, letter: str) -> nodes.Node:
        text = _("Issue %s: ") % issue.number + issue.title
        item = span("li")  # A link is in a line.
        item += self._link(self.book.shown_card(issue.title, issue.card), text)
        if letter:
            guide = (self.book.object_named("guide", issue.guide) or (issue.guide, "", ""))[0]
            named = _("%s: %s") % (letter, guide)
            item += [nodes.Text(" "), span("span", named, classes="rg-quiet")]
        return item

    def _link(self, target: Target, text: str) -> nodes.Node:
        """Return a link to a guide or to a card, and its text where no page shows it."""
        title, docname, anchor = target
        if not docname:
            return span("span", text)
        inner = nodes.inline(text, text)
        link = make_refnode(self.builder, self.docname, docname, anchor, inner, title)
        if "refuri" in link:
            # Sphinx shortens those of `singlehtml` only where a tree contains them.
            _page, _, rest = link["refuri"].partition("#")
            if "#" in rest:
                link["refuri"] = "#" + rest.rpartition("#")[2]
        return link


def _all(passages: Iterable[Iterable[Flagged]]) -> Iterable[Flagged]:
    return (flagged for passage in passages for flagged in passage)


def _letters(passages: Iterable[Iterable[Flagged]]) -> dict[str, str]:
    """Return a letter for each guide of a page, since their issues have the same numbers.

    It is empty if there is only one guide, and a number from the twenty-seventh guide on.
    """
    guides = [*dict.fromkeys(issue.guide for flagged in _all(passages) for issue in flagged.issues)]
    if len(guides) < 2:
        return dict.fromkeys(guides, "")
    names = [*ascii_uppercase, *(f"{index}/" for index in range(27, len(guides) + 1))]
    return dict(zip(guides, names, strict=False))


def _numbers(issues: Sequence[Issue], letters: dict[str, str]) -> str:
    if not issues:
        return "!"
    numbers = [f"{letters[issue.guide]}{issue.number}" for issue in issues[:_TAG]]
    named = ", ".join(numbers)
    return named if len(issues) == 1 or len(named) <= _TAG else f"{numbers[0]}+{len(issues) - 1}"


def _steps(passages: Sequence[Sequence[Flagged]], number: int) -> nodes.Element:
    steps = span("div", classes="rg-flow rg-end")
    if number:
        steps += _step(_("Previous"), passages[number - 1])
    place = _("%d of %d") % (number + 1, len(passages))
    steps += span("span", place, classes="rg-quiet")
    if number + 1 < len(passages):
        steps += _step(_("Next"), passages[number + 1])
    return steps


def _step(text: str, to: Sequence[Flagged]) -> nodes.reference:
    return nodes.reference("", text, refid=mark_anchor(to[0].finding.fingerprint), internal=True)
