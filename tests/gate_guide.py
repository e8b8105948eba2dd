"""A guide with two issues, about a gate and a bell, in any layout, and checks of its content."""

from __future__ import annotations

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import ImportedGuide, print_myst, read_guide
from sphinxext_revguide.model import Impact
from tests.importing import pairs_of

OLD = ("The gate is opened by us.", "The bell is rung by us.")


NEW = ("We open the gate.", "We ring the bell.")


TITLES = ["Nobody acts", "Still nobody"]


def read_placed(text: str) -> ImportedGuide:
    """Read a guide and see that every line of it found its place."""
    guide = read_guide(text)
    assert "Unplaced lines" not in print_myst(guide)
    return guide


def check_gate_guide(guide: ImportedGuide) -> None:
    """Check titles, samples and fields of both issues."""
    assert [one.issue.title for one in guide.issues] == TITLES
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [one.issue.impact for one in guide.issues] == [Impact.HIGH, Impact.LOW]
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]
    assert [one.issue.effort for one in guide.issues] == [Span(0.5, 0.5), Span(1, 1)]
    assert [one.problem for one in guide.issues] == ["Who does it?"] * 2
    assert [one.why for one in guide.issues] == ["Readers want a person."] * 2


def gate_guide(form: str, joint: str = "\n\n") -> str:
    values = zip("12", TITLES, OLD, NEW, ("high", "low"), "42", ("30 min", "1 h"), strict=True)
    return joint.join(
        form.format(n=n, title=title, old=old, new=new, impact=impact, count=count, time=time)
        for n, title, old, new, impact, count, time in values
    )


CALLOUT = """\
> [!bug] {title}
> **Impact:** {impact}
> **Count:** {count} times
>
> Who does it?

> [!quote] Now
> {old}

> [!success] Better
> {new}

> [!question] Why it matters
> Readers want a person.

> [!todo] Work: {time}"""
