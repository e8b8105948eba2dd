"""Every subtype of this extension's warnings, with its cause and remedy.

A pattern's id is a subtype too: ``suppress_warnings = ["revguide.mlops-tables"]`` silences one.
"""

from __future__ import annotations

SUBTYPES: dict[str, str] = {
    "option": (
        "A directive's option is misspelled, given twice, or its value is not valid. Write one of "
        "the values that the warning lists."
    ),
    "guide_id": "A `revision-guide` has no id. Write `revision-guide ID`.",
    "title": "A `revision-issue` has no title. Write `revision-issue TITLE`.",
    "empty": ("A directive has no body, or a `locked-preserve` has no bullet list. Write one."),
    "orphan": (
        "A directive belongs to no guide or issue: an issue outside any guide, a "
        "`before-after` outside an issue, locked items outside any guide. Move it, or name the "
        "guide with `:guide:`."
    ),
    "unknown_guide": (
        "`:guide:` names a guide that no page contains. Correct the name; the warning suggests "
        "the closest one."
    ),
    "unknown_pattern": (
        "`:patterns:`, `revguide_flag` or `revguide_sensitivity` names a pattern that does not "
        "exist. Correct the id; the warning suggests the closest one."
    ),
    "duplicate": (
        "Two guides have the same id, two issues of a guide the same number, or two locked "
        "passages the same name. Rename one of them. Until then, roles and commands take the "
        "first one. A guide that was imported twice is reported once; remove one of its pages."
    ),
    "chapters": (
        "`:chapters:` matches no page of the book, or only pages with parts of a guide, which are "
        "never searched. Write a docname as in a toctree."
    ),
    "separator": (
        "A `before-after` contains more than one separator line. Choose a longer line with "
        "`:separator:`."
    ),
    "missing_after": (
        "A `before-after` has no AFTER, and does not say why with `:missing:`. Write one, or "
        "say why there is none."
    ),
    "release": (
        "A release build publishes a guide's page that still has text, for example what an "
        "imported guide says outside its issues. Exclude the page with `exclude_patterns`, or "
        "remove the text."
    ),
    "fence": (
        "A nested fence is as long as the one around it, which therefore ended early. Make the "
        "outer fence one character longer."
    ),
    "nesting": (
        "Directives or emphasis are nested so deeply that the page could not be built, and are "
        "shown as text. Move the inner directives out, or remove emphasis."
    ),
    "colon_fence": (
        "A directive is written as a colon fence, which MyST does not read by default. Add "
        "`colon_fence` to `myst_enable_extensions`, or write backticks."
    ),
    "unread_directive": (
        "A directive of this extension is shown as text or code, or is a comment, because its "
        "first line does not have the syntax of the page. The warning says what to write."
    ),
    "locked": (
        "A locked phrase is missing from the guide's chapters. Put it back; the warning quotes "
        "the closest text."
    ),
    "standing": (
        "A BEFORE, or most of it, is still in a chapter of its guide. Apply "
        "the issue, allow the passage, or defer the issue."
    ),
    "status": (
        "An issue is marked as applied, but its BEFORE is still in the book. Apply it, or set "
        "`:status:` to `open`."
    ),
    "fact": (
        "An AFTER loses a fact that a locked item of its guide names: a number, a date, a name, a "
        "quotation, a link or code. Put it into the AFTER, or unlock it."
    ),
    "promise": (
        "All issues of a guide are settled, and its chapters are still longer than promised. "
        "Shorten them, or correct `:reduction:`."
    ),
    "passage": (
        "A locked passage was edited, moved, renamed, is missing, no longer locked, or not "
        "recorded. Put it back, or record it with `sphinx-revguide lock`."
    ),
    "lock_file": (
        "`revguide-lock.json` cannot be read, contains merge conflict markers, contains a "
        "passage twice, or was written by a later release. Resolve the conflict, restore the file "
        "from version control, or record it again."
    ),
    "baseline": (
        "The baseline is missing, cannot be read, or contains merge conflict markers. "
        "Correct the line, restore the file from version control, or record it again."
    ),
    "verdict": (
        "The verdict file cannot be read, contains merge conflict markers or an invalid "
        "entry, or has a verdict on a finding that no longer exists. Correct the line, or remove "
        "the verdict with `sphinx-revguide verdict --remove`."
    ),
    "history": (
        "`revguide-history.json` cannot be read, or was written by a later release. Generate it "
        "again with `sphinx-revguide history`."
    ),
    "allowance": (
        "An allowance gives no reason, has expired or an invalid last day, names no pattern, or is "
        "not needed. Correct it, or remove it."
    ),
    "sample": (
        "A BEFORE does not show the pattern that its issue names, or an AFTER still does. Quote "
        "more of the passage, or name the pattern that it shows."
    ),
    "config": (
        "A configuration value is not valid. Write one of the values that the warning lists."
    ),
    "pattern_file": (
        "A file of `revguide_patterns` is missing or has a mistake. The warning names file, "
        "line and key."
    ),
    "since": (
        "`:since:` does not name a readable report. Write one with `sphinx-build -b revguide`, "
        "and keep a copy in the source directory."
    ),
}
"""Subtype -> cause and remedy, in Markdown; the reference documentation prints this table."""
