"""Outlines samples, and tests them with patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docutils import nodes

from sphinxext_revguide.markup.quotation import quote
from sphinxext_revguide.model import Problem, SampleFormat
from sphinxext_revguide.patterns import Library, detect
from sphinxext_revguide.patterns.language import Example
from sphinxext_revguide.patterns.outline import Outline, build_outline
from sphinxext_revguide.quick_records import record


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
