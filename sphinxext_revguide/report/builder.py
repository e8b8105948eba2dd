"""The builder ``revguide``: reads the book, writes ``revguide.json`` and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.builders.dummy import DummyBuilder

from sphinxext_revguide.files import replace_text, repository_of
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.report.json_report import report
from sphinxext_revguide.sphinx.domain import RevguideDomain


class RevguideBuilder(DummyBuilder):
    """Writes the report, and no page; references are resolved, so that broken ones are reported."""

    name = "revguide"
    epilog = "The report is in %(outdir)s/revguide.json."

    def init(self) -> None:
        """Read what HTML pages show: that is what the author and the reviewers look at."""
        super().init()
        self.tags.add("html")

    def get_outdated_docs(self) -> set[str]:
        """Return no page: there is nothing to write per page."""
        return set()

    def finish(self) -> None:
        """Write the reports, sorted and without a date, so that equal books give equal files."""
        whole = report(RevguideDomain.of(self.env).book)
        self._write("revguide.json", json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
        folder = _in_repository(Path(self.srcdir))
        for name in self.config.revguide_reports:
            if name in FORMATS:
                self._write(FORMATS[name].file, FORMATS[name].render(whole, folder))

    def _write(self, name: str, text: str) -> None:
        replace_text(Path(self.outdir) / name, text)


def _in_repository(srcdir: Path) -> str:
    """Return the source directory as seen from the root of its repository, if it is in one."""
    root = repository_of(srcdir)
    return srcdir.relative_to(root).as_posix() if root else ""
