"""Every subtype of this extension's warnings, with its cause and remedy.

A pattern's id is a subtype too: ``suppress_warnings = ["revguide.mlops-tables"]`` silences one.
"""

from __future__ import annotations

SUBTYPES: dict[str, str] = {
    "option": "A directive's option is misspelled, given twice, or its value is not understood.",
    "guide_id": "A `revision-guide` has no id. Write `revision-guide ID`.",
    "title": "A `revision-issue` has no title. Write `revision-issue TITLE`.",
    "empty": "A directive has no body, or a `locked-preserve` no bullet list.",
    "orphan": "A directive stands where it belongs to nothing: an issue outside any guide, a "
    "`before-after` outside an issue, locked items outside any guide.",
    "unknown_guide": "`:guide:` names a guide that no page opens.",
    "unknown_pattern": "`:patterns:`, or `revguide_flag`, names a pattern that does not exist.",
    "duplicate": "Two guides have the same id, or two issues of a guide the same number.",
    "chapters": "`:chapters:` matches no page of the book.",
    "separator": "A `before-after` holds more than one separator line.",
    "missing_after": "A `before-after` has no AFTER, and does not say why with `:missing:`.",
    "fence": "A nested fence is as long as the one around it, which therefore ended early.",
    "colon_fence": "A directive is written as a colon fence, which MyST was not told to read.",
    "locked": "A locked phrase stands nowhere in the guide's chapters.",
    "standing": "A BEFORE, or a good part of it, still stands in a chapter of its guide.",
    "status": "An issue is marked as applied, and its BEFORE still stands.",
    "figure": "An AFTER drops a figure that a locked item of its guide names.",
    "promise": "All issues of a guide are settled, and its chapters are above their target.",
    "passage": "A locked passage is edited, moved, renamed, missing, unlocked or not recorded.",
    "lock_file": "`revguide-lock.json` cannot be read.",
    "allowance": "An allowance gives no reason, has ended, names no pattern, or allowed nothing.",
    "sample": "A BEFORE does not show the pattern that its issue names, or an AFTER still does.",
    "config": "A configuration value is not understood.",
    "pattern_file": "A file of `revguide_patterns` is missing or has a mistake.",
}
"""Subtype -> cause, in Markdown; the reference documentation prints this table."""
