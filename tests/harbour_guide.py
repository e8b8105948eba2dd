"""A guide to a harbour, and its page as an author has changed it."""

from __future__ import annotations

from sphinxext_revguide.importer import print_myst, read_guide

FIRST = """\
# Revision guide: the harbour

**Current size:** 40 KB, 900 lines

### ISSUE #1: Depths without doubt

**Impact:** HIGH | **Reduction:** 20-30%

The table says everything is deep.

#### BEFORE (Drafted)

```
The depth is 9.5 metres everywhere.
```

#### AFTER (Sounded)

```
We sounded twice, and at the mole it was eight.
```

**Why:** Ships go aground on tables.

### ISSUE #2: Tugs that never fail

**Impact:** LOW | **Reduction:** 10%

The tugs are praised.

#### BEFORE (Drafted)

```
Both tugs are always ready.
```

#### AFTER (Lived)

```
One tug is always in the dock.
```

### ISSUE #3: A cheerful ending

**Impact:** MEDIUM | **Reduction:** 50%

#### BEFORE (Drafted)

```
The harbour is ready for the future.
```

#### AFTER (Lived)

```
The crane is from 1962.
```

## LOCKED

- ✅ The name `Agnes Lund`
"""


def imported(text: str) -> str:
    return print_myst(read_guide(text, name="harbour.md"))


def changed(page: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new, 1)
    return page


AUTHORED = changed(
    imported(FIRST),
    (":number: 1\n", ":number: 1\n:patterns: mlops-tables\n:budget: depth 4\n"),
    (":status: open", ":status: accepted"),
    ("The tugs are praised.", "The tugs are praised.\n\nI know, and I like it that way. (Author)"),
)

PRAISED = "The tugs are praised."
