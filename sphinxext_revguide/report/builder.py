"""The builder ``revguide``: reads the book, writes ``revguide.json`` and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.builders.dummy import DummyBuilder

from sphinxext_revguide.report.json_report import report

if TYPE_CHECKING:
    from sphinxext_revguide.domain import RevguideDomain


class RevguideBuilder(DummyBuilder):
    """Writes the report. No page is resolved or written."""

    name = "revguide"
    epilog = "The report is in %(outdir)s/revguide.json."

    def get_outdated_docs(self) -> set[str]:
        """Return no page: there is nothing to write per page."""
        return set()

    def finish(self) -> None:
        """Write the report, sorted and without a date, so that equal books give equal files."""
        domain = cast("RevguideDomain", self.env.domains["revguide"])
        text = json.dumps(report(domain), indent=2, ensure_ascii=False, sort_keys=False)
        path = Path(self.outdir) / "revguide.json"
        path.write_text(text + "\n", encoding="utf-8")
