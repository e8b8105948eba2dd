"""The texts that readers see about a finding: a title, one sentence, and evidence on request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import STILL_PRESENT
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.render.elements import box, span
from sphinxext_revguide.render.evidence import evidence_in_words
from sphinxext_revguide.render.words import capitalised, share

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Finding

_CLOSING = '”“»"\N{NO-BREAK SPACE} '


@record(frozen=True, slots=True)
class FindingContent:
    """The texts about a finding; ``instead`` is what the pattern recommends, if it is known."""

    title: str
    sentence: str
    instead: str
    evidence: tuple[str, ...]
    against: tuple[str, ...]

    def blocks(self, *, with_instead: bool = True) -> Iterator[nodes.Node]:
        """Yield them as blocks."""
        line = nodes.paragraph(translatable=False)
        line += [span("strong", f"{self.title}."), nodes.Text(f" {self.sentence}")]
        yield line
        if self.instead and with_instead:
            line = nodes.paragraph(classes=["rg-quiet"], translatable=False)
            line += [span("strong", _("Instead:")), nodes.Text(f" {self.instead}")]
            yield line
        if self.evidence or self.against:
            yield self._why()

    def _why(self) -> nodes.Element:
        why = box("details", classes="rg-d rg-more")
        why += box("summary", nodes.Text(_("Why was this flagged?")), classes="rg-i")
        listed = box("ul")
        for text in evidence_in_words(self.evidence):
            listed += box("li", nodes.Text(text))
        for text in evidence_in_words(self.against):
            listed += box("li", nodes.Text(_("Evidence against it: %s") % text))
        why += listed
        return why


def finding_content(finding: Finding, book: Book) -> FindingContent:
    """Return the texts that readers see about a finding."""
    pattern = book.library.patterns.get(finding.pattern)
    title = _(pattern.title) if pattern else _("Old text still in the book")
    _name, joint, rest = finding.message.partition(": ")
    sentence = rest if joint and (not pattern or _name == pattern.title) else finding.message
    if finding.pattern == STILL_PRESENT:
        sentence = share(finding.score)
    sentence = capitalised(sentence)
    if sentence and sentence.rstrip(_CLOSING)[-1:] not in {*".!?…"}:
        sentence += "."
    return FindingContent(
        title,
        sentence,
        _(pattern.instead) if pattern and pattern.instead else "",
        finding.evidence if pattern else (),
        finding.against,
    )
