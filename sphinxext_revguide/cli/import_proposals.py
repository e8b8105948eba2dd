"""Writes the patterns that imports propose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sphinxext_revguide.cli.output import check_new, log, save
from sphinxext_revguide.importer.propose import Proposal


def write_proposals(output: Path | None, proposals: Sequence[Proposal], *, force: bool) -> None:
    """Write the proposed patterns; without an output file, only report that there are some."""
    if not proposals:
        if output is not None:
            log(f"{output}: not written; no issue complains about words that no pattern covers")
        return
    issues = ", ".join(proposal.issue for proposal in proposals)
    if output is None:
        log(
            f"no pattern covers the complaints of {issues}; use --propose-patterns FILE.toml to "
            "write patterns for them"
        )
        return
    taken = "this file already exists; name another file, or use --force to overwrite it"
    check_new(output, replace=force, taken=taken)
    save(output, "\n".join(proposal.toml for proposal in proposals))
    log(f"{output}: patterns for {issues}; add the file to revguide_patterns")
