"""The directive ``before-after``: a pair of samples."""

from __future__ import annotations

import re
from typing import ClassVar

from docutils import nodes

from sphinxext_revguide.markup.fence_lines import SEPARATOR, separator_places
from sphinxext_revguide.markup.tree_attributes import QUOTATION
from sphinxext_revguide.model import Layout, Pair, Sample, SampleFormat, is_called_instruction
from sphinxext_revguide.nodes import revguide_pair, revguide_sample
from sphinxext_revguide.option_values import choice, text_line
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.sphinx.directives.base import PAIRS, RevguideDirective, is_blank
from sphinxext_revguide.sphinx.directives.options import Option
from sphinxext_revguide.text.measure import count_content_lines, count_words


def _separator(text: str) -> str:
    if not re.fullmatch(r"\+{3,}", text.strip()):
        msg = f"{text.strip()!r} is not a separator; write three or more plus signs"
        raise ValueError(msg)
    return text.strip()


@record(frozen=True, slots=True)
class _Part:
    lines: list[str]
    line: int

    def trimmed(self) -> _Part:
        """Return the part without blank lines at its ends."""
        start, end = 0, len(self.lines)
        while start < end and not self.lines[start].strip():
            start += 1
        while end > start and not self.lines[end - 1].strip():
            end -= 1
        return _Part(self.lines[start:end], self.line + start)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class BeforeAfter(RevguideDirective):
    """Two samples, separated by a line that contains only ``+++``.

    A sample is a quotation: it is shown exactly as written. Roles in it are not run, its headings
    are not in the table of contents, and nothing in it is flagged. A missing AFTER is shown as
    missing, with a warning unless `missing` says why.

    ```{before-after}
    :before: As drafted
    :after: As it was
    :layout: side-by-side

    The terminal opened on Monday, as planned.

    +++

    The terminal opened on Monday, without gate 7.
    ```
    """

    quotes = True
    known_options: ClassVar[tuple[Option, ...]] = (
        Option("before", text_line, "The editor's words for the BEFORE."),
        Option(
            "after",
            text_line,
            "The editor's words for the AFTER; `Instruction` if it says what to do, so that "
            "`apply` does not write it into the chapter.",
        ),
        Option(
            "layout",
            choice(Layout),
            "`tabs`, `side-by-side` or `stacked`; default: `revguide_layout`.",
        ),
        Option(
            "format",
            choice(SampleFormat),
            "The markup of the samples: `markdown` (default in MyST), `rst` (in reST) or `text`.",
        ),
        Option(
            "separator", _separator, "Three or more plus signs; needed if a sample contains `+++`."
        ),
        Option("missing", text_line, "Why there is no AFTER; suppresses the warning about it."),
    )

    def build(self) -> list[nodes.Node]:
        """Record the pair; show both samples."""
        from sphinxext_revguide.text.facts_ledger import as_lists, ledger

        before, after = self._split()
        pair = revguide_pair(
            layout=self.values.get("layout", ""),
            docname=self.env.docname,
            pair_line=self.line,
            pair_path=self.path,
            classes=["revguide-pair"],
        )
        self.located(pair)
        pair += self._panel("before", before)
        panel = self._panel("after", after)
        pair += panel
        self._report_missing(before, after)
        recorded = self._record(before, after)
        if recorded.texts is not None:
            panel["facts"] = as_lists(ledger(*recorded.texts))
        return [pair]

    def _report_missing(self, before: _Part | None, after: _Part | None) -> None:
        if before is None and after is None:
            self.problem("empty", "'before-after' is empty; write the BEFORE, +++ and the AFTER")
        elif before is None:
            self.problem("empty", "the BEFORE is missing; write it above the separator")
        elif after is not None and "missing" in self.values:
            self.problem(
                "option", "':missing:' says why there is no AFTER, but there is one; remove it"
            )
        elif after is None and "missing" not in self.values:
            message = (
                "the AFTER is missing; add it after a line that contains only "
                f"{self.values.get('separator', SEPARATOR)!r}, or say why with ':missing:'"
            )
            self.problem("missing_after", message)

    def _split(self) -> tuple[_Part | None, _Part | None]:
        """Split the body; a separator inside a fenced block is part of that sample."""
        lines, line = self.body_lines, self.body_line
        separator = self.values.get("separator", SEPARATOR)
        places = separator_places(lines, self.values.get("separator", ""))
        if len(places) > 1:
            message = (
                f"there are {len(places)} {separator!r} lines; the first one separates the samples "
                "and the others are shown as text. Write one pair for each, or choose another "
                "':separator:'"
            )
            self.problem("separator", message, line + places[1])
        cut = places[0] if places else len(lines)
        before = _Part(lines[:cut], line).trimmed()
        after = _Part(lines[cut + 1 :], line + cut + 1).trimmed()
        return (
            None if is_blank(before.lines) else before,
            None if is_blank(after.lines) else after,
        )

    @property
    def _format(self) -> SampleFormat:
        default = SampleFormat.MARKDOWN if self.is_myst else SampleFormat.RST
        given: SampleFormat = self.values.get("format", default)
        return given

    def _panel(self, role: str, part: _Part | None) -> revguide_sample:
        panel = revguide_sample(
            role=role,
            label=self.values.get(role, ""),
            words=count_words(part.text) if part else 0,
            text_lines=count_content_lines(part.text) if part else 0,
            missing=part is None,
            instruction=is_called_instruction(self.values.get(role, "")),
            reason=self.values.get("missing", "") if role == "after" else "",
            classes=["revguide-sample", f"revguide-{role}"],
            support_smartquotes=False,
            in_catalogs=self.config.revguide_translate_samples,
        )
        panel[QUOTATION] = True
        self.located(panel, part.line if part else 0)
        if part is not None:
            panel.hold(part.text, self._format)
        return panel

    def _record(self, before: _Part | None, after: _Part | None) -> Pair:
        pair = Pair(
            before=self._sample("before", before),
            after=self._sample("after", after),
            line=self.line,
            missing=self.values.get("missing", ""),
            path=self.path,
        )
        pairs: list[Pair] | None = self.env.current_document.get(PAIRS)
        if pairs is None:
            message = "'before-after' is outside any issue; move it into a 'revision-issue'"
            self.problem("orphan", message)
        else:
            pairs.append(pair)
        return pair

    def _sample(self, role: str, part: _Part | None) -> Sample | None:
        if part is None:
            return None
        label: str = self.values.get(role, "")
        return Sample(part.text, label, part.line, instruction=is_called_instruction(label))
