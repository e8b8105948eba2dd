"""Outlines single pages and samples without a book, and tests samples with patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

from sphinxext_revguide.markup.quotation import quote
from sphinxext_revguide.model import Problem, SampleFormat
from sphinxext_revguide.patterns import Library, detect
from sphinxext_revguide.patterns.language import Example
from sphinxext_revguide.patterns.outline import Outline, build_outline
from sphinxext_revguide.quick_records import record

_QUIET = {
    "report_level": 5,
    "halt_level": 6,
    "doctitle_xform": False,
    "file_insertion_enabled": False,
    # As in a build: "<name>" is a place to fill in. Nothing is written, so nothing is let through.
    "raw_enabled": True,
    "_disable_config": True,
}


def outline_of_page(path: Path, text: str) -> Outline:
    """Return the outline of a page: reStructuredText if its name ends in ``.rst``, otherwise MyST.

    Included files are not read, and what only Sphinx understands is left out.
    """
    parser = None if path.suffix == ".rst" else Parser()
    tree = publish_doctree(text, parser=parser, settings_overrides=_QUIET)
    # docutils replaces what only Sphinx understands with messages that no author wrote.
    for message in list(tree.findall(nodes.system_message)):
        message.parent.remove(message)
    return build_outline(tree, path=str(path))


def outline_of_sample(text: str) -> Outline:
    """Return the outline of a Markdown sample, read as a quotation."""
    content = quote(text, SampleFormat.MARKDOWN, source="", line=1)
    return build_outline(nodes.container("", *content))


def shows(example: Example, pattern: str, library: Library) -> bool:
    """Return whether a pattern is found in an example."""
    if example.budget:
        library = replace(library, budgets=example.budget)
    return any(
        match.pattern == pattern for match in detect(outline_of_sample(example.text), library)
    )


@record(frozen=True, slots=False)
class ReadSample:
    """A sample of an issue as it was read: its line, and whether it is a BEFORE."""

    line: int
    is_before: bool
    outline: Outline


def sample_problems(
    patterns: Sequence[str], samples: Sequence[ReadSample], library: Library
) -> Iterator[Problem]:
    """Test the samples of an issue with the patterns that it names.

    :param patterns: the ids that an issue names, all known.
    :returns: a problem of subtype ``sample`` for each pattern that no BEFORE of the issue shows,
        and for each AFTER that still shows one. What is a question of how much there is on a
        page cannot show in a sample, and is not asked of a BEFORE.
    """
    shown: set[str] = set()
    for sample in samples:
        found = {match.pattern for match in detect(sample.outline, library)}
        if sample.is_before:
            shown |= found
            continue
        for name in sorted(found.intersection(patterns)):
            message = (
                f"the AFTER still shows the pattern {name!r}; revise it, or remove the pattern"
            )
            yield Problem(sample.line, message, "sample")
    befores = [sample for sample in samples if sample.is_before]
    for name in patterns:
        if befores and name not in shown and not library.patterns[name].of_pages:
            message = (
                f"no BEFORE of this issue shows the pattern {name!r}, which it names; quote "
                "more of the passage, or name another pattern"
            )
            yield Problem(befores[0].line, message, "sample")
