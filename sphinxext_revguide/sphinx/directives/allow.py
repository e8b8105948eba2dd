"""The directive ``revision-allow``."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes

from sphinxext_revguide.book.allowances import read_date
from sphinxext_revguide.markup.comment_places import included_lines
from sphinxext_revguide.model import Allowance
from sphinxext_revguide.option_values import text_line
from sphinxext_revguide.sphinx.directives.base import RevguideDirective, is_blank
from sphinxext_revguide.sphinx.directives.options import Option


class RevisionAllow(RevguideDirective):
    """Wraps content that may keep a pattern. It leaves no trace in what is built.

    The argument names the patterns. A heading inside becomes a bold line, as in any directive: to
    allow a whole section, write the comment form before it. With an option that cannot be read,
    such as an invalid day, it has no effect.

    ```{revision-allow} readiness-checklist
    :reason: the regulator's form, to the letter

    | Check | Required | State |
    |---|---|---|
    | Gangway | lowers in 30 s | ✅ Pass |
    | Lifejackets | 400 | ✅ Pass |
    | Ticket gates | 12 of 12 | ✅ Pass |

    **Ready to open.**
    ```
    """

    optional_arguments = 1
    known_options: ClassVar[tuple[Option, ...]] = (
        Option("reason", text_line, "Why the pattern may stay. Required."),
        Option("until", read_date, "The last day on which it may stay, such as `2027-01-31`."),
    )
    if_unread: ClassVar[str] = "the allowance has no effect: "

    def build(self) -> list[nodes.Node]:
        """Record the allowance; return the content as it is."""
        names = tuple(self.title.replace(",", " ").split())
        if is_blank(self.body_lines):
            self.problem("empty", "'revision-allow' has no body; add the content to allow")
        if self.unread:
            return self.parse_body()  # one of them may be the day on which the allowance ends
        body = self.parse_body()
        allowance = Allowance(
            patterns=names,
            reason=self.values.get("reason", ""),
            until=self.values.get("until"),
            path=self.source,
            line=self.line,
            end_line=self.body_line + max(len(self.body_lines), 1),
            included=included_lines(body, self.source),
        )
        self.domain.store.add_allowance(self.env.docname, allowance)
        return body
