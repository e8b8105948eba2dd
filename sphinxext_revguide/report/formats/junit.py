"""JUnit XML: a suite for each page, with a failed case for each entry, or a passed one."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from sphinxext_revguide.report.entries import Entry, Json, entries, in_repository
from sphinxext_revguide.text.control_characters import one_line
from sphinxext_revguide.text.late_patterns import late

_NOT_XML = late("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot contain."""


def junit(report: Json, folder: str) -> str:
    """Return the suites, also those of chapters without an entry.

    Problems of other files, such as the baseline, have suites of their own.
    """
    found = entries(report, folder)
    suites: dict[str, list[Entry]] = {
        in_repository(folder, chapter["path"]): [] for chapter in report["chapters"]
    }
    for entry in found:
        suites.setdefault(entry.page or entry.path, []).append(entry)
    failed, passed = len(found), sum(not ones for ones in suites.values())
    root = ET.Element("testsuites", {"name": "revguide", **_counts(failed, passed)})
    for path, ones in sorted(suites.items()):
        counts = _counts(len(ones), int(not ones))
        suite = ET.SubElement(root, "testsuite", {"name": _text(path), **counts})
        for entry in ones:
            _failed(suite, entry)
        if not ones:
            ET.SubElement(suite, "testcase", classname=_text(path), name="nothing flagged")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _counts(failed: int, passed: int) -> dict[str, str]:
    return {"tests": str(failed + passed), "failures": str(failed), "errors": "0", "skipped": "0"}


def _failed(suite: ET.Element, entry: Entry) -> None:
    path = _text(entry.path)
    name = f"{entry.rule}, line {entry.line}"
    case = ET.SubElement(
        suite, "testcase", classname=path, name=_text(name), file=path, line=str(entry.line)
    )
    message = _text(entry.message)
    failure = ET.SubElement(case, "failure", type=f"revguide.{entry.rule}", message=message)
    failure.text = f"{path}:{entry.line}: {message}"


def _text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", one_line(text))
