"""The builder ``revguide``: reads the book, writes ``revguide.json`` and nothing else."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from sphinxext_revguide.files import replace_text, repository_of
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.control_characters import json_text, one_line

logger = logging.getLogger(__name__)


class RevguideBuilder(DummyBuilder):
    """Writes the report, but no pages; resolves references, so that broken ones are reported."""

    name = "revguide"
    epilog = "The report is in %(outdir)s/revguide.json."

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self._application = app

    def init(self) -> None:
        """Read pages as HTML shows them, because authors and reviewers look at HTML."""
        super().init()
        self.tags.add("html")

    def get_outdated_docs(self) -> set[str]:
        """Return no page: there is nothing to write per page."""
        return set()

    def finish(self) -> None:
        """Write the reports, sorted and without a date, so that equal books have equal files."""
        from sphinxext_revguide.report.json_report import report

        whole = report(RevguideDomain.of(self.env).book)
        self._write("revguide.json", json_text(whole, indent=2) + "\n")
        folder = _in_repository(Path(self.srcdir))
        for name in self.config.revguide_reports:
            if name in FORMATS:
                self._write(FORMATS[name].file, FORMATS[name].render(whole, folder))

    def _write(self, name: str, text: str) -> None:
        path = Path(self.outdir) / name
        try:
            replace_text(path, text)
        except OSError as error:
            # An exception would print a report of a crash, which asks users to report a bug.
            reason = error.strerror or error
            logger.error("%s: cannot be written: %s", one_line(str(path)), reason)
            self._application.statuscode = 1


def _in_repository(srcdir: Path) -> str:
    """Return the source directory as seen from the root of its repository, if it is in one."""
    root = repository_of(srcdir)
    return srcdir.relative_to(root).as_posix() if root else ""
