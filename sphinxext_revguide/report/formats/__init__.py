"""The formats for CI systems, made from ``revguide.json`` alone: one module for each."""

from __future__ import annotations

from collections.abc import Callable

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.report.entries import Json
from sphinxext_revguide.report.formats.github import github
from sphinxext_revguide.report.formats.gitlab import gitlab
from sphinxext_revguide.report.formats.junit import junit
from sphinxext_revguide.report.formats.markdown import markdown
from sphinxext_revguide.report.formats.rdjson import rdjson
from sphinxext_revguide.report.formats.sarif import sarif


@record(frozen=True, slots=True)
class Format:
    """A format: its file beside ``revguide.json``, who reads it, and what writes it.

    ``render`` takes a report, and the source directory, relative to the root of the repository.
    """

    file: str
    readers: str
    render: Callable[[Json, str], str]


FORMATS = {
    "sarif": Format("revguide.sarif", "GitHub code scanning, editors: SARIF 2.1.0", sarif),
    "github": Format("revguide-github.txt", "GitHub Actions: annotations, when printed", github),
    "gitlab": Format("revguide-gitlab.json", "GitLab: the code quality report", gitlab),
    "junit": Format("revguide-junit.xml", "Jenkins and most others: JUnit XML", junit),
    "rdjson": Format(
        "revguide-rdjson.json", "reviewdog: comments with suggestions on a pull request", rdjson
    ),
    "markdown": Format("revguide.md", "people: a summary for a pull request", markdown),
}
"""The formats by name, for ``revguide_reports`` and ``sphinx-revguide report``."""
