"""A small book with its guide, in MyST and in reST."""

from __future__ import annotations

import re

from tests.conftest import TERMINAL

GUIDE = """
# Guide to the terminal

```{revision-guide} ferry
:chapters: chapter
:baseline: 57 KB, 1419 lines
:reduction: 25-30%
:effort: 30-35 h

The summary.
```

`````{revision-issue} A checklist *without* a doubt
:impact: high
:frequency: 2 checklists
:reduction: 45-50%
:effort: 45 min
:patterns: readiness-checklist

The problem.

````{before-after}
:before: Drafted
:after: Revised

## Winter readiness

| Criterion | Wanted | Seen | Verdict |
|---|---|---|---|
| Cranes | 40 t | 44 t | Met |
| Locks | 7 | 7 | Met |
| Pilots   | 3 | 3 | Met |

Everything is fulfilled: old words.

+++

new words here
````

The reason.
`````

`````{revision-issue} Second
:status: deferred
:patterns: mlops-tables

````{before-after}
:layout: side-by-side

left

+++

right
````
`````
"""

INDEX = """
# Book

```{toctree}
chapter
guide
```

See {revguide:issue}`ferry-1`, {revguide:guide}`ferry`, {revguide:pattern}`readiness-checklist`,
[](#ferry-1) and {any}`ferry-2`.
"""

FILES = {"index.md": INDEX, "chapter.md": TERMINAL, "guide.md": GUIDE}

RST_GUIDE = """
Guide to the terminal
=====================

.. revision-guide:: ferry
   :chapters: chapter
   :baseline: 57 KB, 1419 lines
   :reduction: 25-30%
   :effort: 30-35 h

   The summary.

.. revision-issue:: A checklist *without* a doubt
   :impact: high
   :frequency: 2 checklists
   :reduction: 45-50%
   :effort: 45 min
   :patterns: readiness-checklist

   The problem.

   .. before-after::
      :before: Drafted
      :after: Revised

      **Winter readiness**

      ========= ========  ========  =======
      Criterion Wanted    Seen      Verdict
      ========= ========  ========  =======
      Cranes    40 t      44 t      Met
      Locks     7         7         Met
      Pilots    3         3         Met
      ========= ========  ========  =======

      Everything is fulfilled: old words.

      +++

      new words here

   The reason.

.. revision-issue:: Second
   :status: deferred
   :patterns: mlops-tables

   .. before-after::
      :layout: side-by-side

      left

      +++

      right
"""


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


RST_TABLE = """\
========  ========  ======
Check     Required  State
========  ========  ======
Gangway   90 s      Passed
Gates     12        Passed
Marshals  100 %     Passed
========  ========  ======
"""
RST_CLAIM = """\
.. list-table::
   :header-rows: 1

   * - Check
     - Required
     - State
   * - Gangway
     - 90 s
     - Passed
   * - Gates
     - 12
     - Passed
   * - Marshals
     - 100 %
     - Passed

All checks are satisfied.
"""
RST_CHAPTER = f"""
Terminal
========

Opening readiness
-----------------

{RST_CLAIM}
Opening readiness, again
------------------------

{RST_TABLE}"""
