"""Guides in forms that editors make for themselves: each is read by what its form has in common."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer import ImportedGuide
from sphinxext_revguide.model import Impact
from tests.importing import accounted, locked, pairs_by_issue, read, titles

TITLES = ["The eels come last", "Dates have no year"]
OLD = ["Before the eels, the masonry is described.", "The weir was rebuilt on the fourth of June."]
NEW = ["The eels come on the first warm night.", "The weir was rebuilt in June 1911."]
WHY = ["nobody reads on for the mortar.", "a day without a year is no date."]

SENTENCES = """\
# Notes

## Essential

### The eels come last

Weight 4 of 5. Seen in three sections. Would save 120 words. Two hours.

Readers wait for them.

| As it stands | As it might stand |
|---|---|
| Before the eels, the masonry is described. | The eels come on the first warm night. |

nobody reads on for the mortar.

## Important

### Dates have no year

Weight 2 of 5. Seen throughout. One hour.

A day is given.

| As it stands | As it might stand |
|---|---|
| The weir was rebuilt on the fourth of June. | The weir was rebuilt in June 1911. |

a day without a year is no date.

## Leave alone

- the song
- the map
"""

DIVS = """\
# Notes

## 1. The eels come last

Grade
:   4 of 5

Where
:   three sections

Work
:   2 hours

Trouble
:   Readers wait

    for them.

::: yours
Before the eels, the masonry is described.
:::

::: {.mine}
The eels come on the first warm night.
:::

Reward
:   nobody reads on for the mortar.

## 2. Dates have no year

Grade
:   2 of 5

Where
:   throughout

Work
:   1 hour

Trouble
:   A day is given.

::: yours
The weir was rebuilt on the fourth of June.
:::

::: {.mine}
The weir was rebuilt in June 1911.
:::

Reward
:   a day without a year is no date.

## Keep

the song
:   It is sad.

the map
:   It is old.
"""

REGISTER = """\
# Notes

| Ref | Matter at hand | Grade | Freq. | Hours |
|---|---|---|---|---|
| AQ1 | The eels come last | 4/5 | three sections | 2 |
| AQ2 | Dates have no year | 2/5 | throughout | 1 |

## AQ1

Readers wait for them.

Reads: "Before the eels, the masonry is described."

Might read: "The eels come on the first warm night."

Reason: nobody reads on for the mortar.

## AQ2

A day is given.

Reads: "The weir was rebuilt on the fourth of June."

Might read: "The weir was rebuilt in June 1911."

Reason: a day without a year is no date.

## Stet

* the song
* the map
"""

SIGNS = """\
# Notes

Dear Pat, two things.

🟠 **The eels come last** · 📍 three sections · ✂️ 120 words · ⏱ 2 h

Readers wait for them.

❌ Before the eels, the masonry is described.

✅ The eels come on the first warm night.

💡 nobody reads on for the mortar.

🟡 **Dates have no year** · 📍 throughout · ⏱ 1 h

A day is given.

❌ The weir was rebuilt on the fourth of June.

✅ The weir was rebuilt in June 1911.

💡 a day without a year is no date.

🔒 Please leave: the song; the map
"""

ITEMS = """\
# Notes

1. **The eels come last** (4 of 5; three sections; 2 h; -120 words). Readers wait for them. \
Instead of "Before the eels, the masonry is described." write "The eels come on the first warm \
night." Otherwise nobody reads on for the mortar.
2. **Dates have no year** (2 of 5; throughout; 1 h). A day is given. Instead of "The weir was \
rebuilt on the fourth of June." write "The weir was rebuilt in June 1911." Otherwise a day without \
a year is no date.
3. **Passive masons** (2 of 5; once; 1 h). Say who. Instead of "Stones were laid by them." write \
"The Hales laid stones." Otherwise they are no heroes.

Keep the song, and the map.
"""

FENCES = """\
# Notes

**Issue: The eels come last**
Severity: 4/5
Occurrences: three sections
Estimate: 2h
Saves: 120 words

Readers wait for them.

~~~before
Before the eels, the masonry is described.
~~~

~~~after
The eels come on the first warm night.
~~~

Rationale: nobody reads on for the mortar.

**Issue: Dates have no year**
Severity: 2/5
Occurrences: throughout
Estimate: 1h

A day is given.

~~~before
The weir was rebuilt on the fourth of June.
~~~

~~~after
The weir was rebuilt in June 1911.
~~~

Rationale: a day without a year is no date.

**Do not change**

- the song
- the map

**Definition of done**

- 4,000 words
"""

HEADINGS = """\
# Notes

## I. The eels come last

*Damage:* 4/5 · *How much of it:* three sections · *Budget:* 2 h · *Shorter by:* 120 words

Readers wait for them.

#### As printed

> Before the eels, the masonry is described.

#### As I hear it

> The eels come on the first warm night.

#### What we gain

nobody reads on for the mortar.

## II. Dates have no year

*Damage:* 2/5 · *How much of it:* throughout · *Budget:* 1 h

A day is given.

#### As printed

> The weir was rebuilt on the fourth of June.

#### As I hear it

> The weir was rebuilt in June 1911.

#### What we gain

a day without a year is no date.

## What I would fight for

- the song
- the map
"""

FORMS = {
    "sentences of fields": SENTENCES,
    "definitions and divs": DIVS,
    "a register with keys": REGISTER,
    "signs": SIGNS,
    "items": ITEMS,
    "named fences": FENCES,
    "headings": HEADINGS,
}


def _check(guide: ImportedGuide) -> None:
    assert titles(guide)[:2] == TITLES
    assert pairs_by_issue(guide)[:2] == [[(OLD[0], NEW[0])], [(OLD[1], NEW[1])]]
    issues = [one.issue for one in guide.issues[:2]]
    assert [issue.impact for issue in issues] in (
        [Impact.HIGH, Impact.MEDIUM],
        [Impact.HIGH, Impact.MEDIUM_HIGH],
    )
    assert [issue.frequency for issue in issues] == ["three sections", "throughout"]
    assert [issue.effort and issue.effort.low for issue in issues] == [2, 1]
    assert guide.issues[0].problem.startswith("Readers wait")
    assert guide.issues[1].problem == "A day is given."


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_of_an_editor_s_own(form: str) -> None:
    guide = accounted(form)
    _check(guide)
    assert [one.why.removeprefix("Otherwise ") for one in guide.issues[:2]] == WHY
    assert [text.partition(":")[0] for text in locked(guide)] == ["the song", "the map"]


ITALIC = """\
# Notes

---

**The eels come last.** Readers wait for them.

You wrote: *Before the eels, the masonry is described.*

Perhaps: *The eels come on the first warm night.*

---

**Dates have no year.** A day is given.

You wrote: *The weir was rebuilt on the fourth of June.*

Perhaps: *The weir was rebuilt in June 1911.*

---

Things I would not let you cut: the song, and the map.

I need it by the 14th.
"""


def test_passages_in_italics_below_text_that_begins_in_bold() -> None:
    guide = accounted(ITALIC)
    assert titles(guide) == TITLES
    assert pairs_by_issue(guide) == [[(OLD[0], NEW[0])], [(OLD[1], NEW[1])]]
    assert [one.problem for one in guide.issues] == ["Readers wait for them.", "A day is given."]
    assert [one.why for one in guide.issues] == ["", ""]
    assert locked(guide) == ["the song", "the map"]


TYPED = """\
Notes on salt

{issues}
"""
ISSUE = """\
{n}. {title}
Matter: badly. Word delta: -520. Hits: 4 pages. Labour: 90 min.
What happens: {problem}
From your text: "{old}"
Proposed: "{new}"
Worth it because {why}

"""


def test_sentences_with_one_opening_say_the_reasons() -> None:
    rows = zip(
        [*(title.upper() for title in TITLES), "SALT"],
        [*OLD, "It was salt that they had there."],
        [*NEW, "They had salt."],
        [*WHY, "the salt is why they came."],
        strict=True,
    )
    text = "".join(
        ISSUE.format(n=n, title=title, problem="It is bad.", old=old, new=new, why=why)
        for n, (title, old, new, why) in enumerate(rows, 1)
    )
    guide = read(TYPED.format(issues=text))
    assert [one.why for one in guide.issues] == [*WHY, "the salt is why they came."]
    assert [one.issue.frequency for one in guide.issues] == ["4 pages"] * 3
    assert {str(one.issue.reduction) for one in guide.issues} == {"520 words"}
