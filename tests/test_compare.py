"""Two sets of findings compared: what is the same, moved, new and fixed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.book.compare import compare, flagged_in
from sphinxext_revguide.model import Finding
from sphinxext_revguide.text.in_words import brief


def test_many_titles_are_kept_in_brief_and_compared_with_old_lines_that_keep_all() -> None:
    titles = " / ".join(f"Stage {number}: rest and restore" for number in range(40))
    kept = brief(titles)
    assert kept.endswith("Stage 3: rest and restore …")
    assert brief(kept) == kept
    assert brief("Stage " * 40) == f"{('Stage ' * 40)[:118]} …"
    old = Finding("p", "harbour", content="1", section=titles, fingerprint="1")
    edited = Finding("p", "harbour", content="2", section=kept, fingerprint="2")
    found = compare([old], [edited], {"harbour"})
    assert (found.same, found.moved) == (((old, edited),), ())


words = st.sampled_from(["a", "b", "c"])
some_findings = st.lists(
    st.builds(
        Finding,
        pattern=words,
        docname=words,
        section=words,
        content=words,
        fingerprint=words,
    ),
    max_size=12,
)


@given(some_findings, some_findings, st.sets(words))
def test_every_finding_is_accounted_for_once(
    earlier: list[Finding], now: list[Finding], pages: set[str]
) -> None:
    found = compare(earlier, now, pages)
    assert sorted([*found.fixed, *(old for old, _now in found.same)], key=repr) == sorted(
        earlier, key=repr
    )
    assert sorted([*found.new, *(new for _old, new in found.same)], key=repr) == sorted(
        now, key=repr
    )
    assert all(old.content == new.content or old.pattern == new.pattern for old, new in found.same)


@given(some_findings)
def test_a_state_is_like_itself(findings: list[Finding]) -> None:
    found = compare(findings, findings, {finding.docname for finding in findings})
    assert (found.fixed, found.new, found.moved) == ((), (), ())


def test_a_page_that_stays_was_not_renamed() -> None:
    def finding(docname: str, section: str, content: str) -> Finding:
        return Finding("p", docname, content=content, section=section, fingerprint=content)

    moved, edited = finding("harbour", "Opening", "1"), finding("harbour", "Crane", "2")
    there, other, here = (
        finding("docks", "Opening", "1"), finding("docks", "Crane", "3"),
        finding("harbour", "Crane", "4"),
    )  # fmt: skip
    found = compare([moved, edited], [there, other, here], {"harbour", "docks"})
    assert found.same == ((moved, there), (edited, here))
    assert found.new == (other,)


def test_what_was_on_a_renamed_page_is_looked_for_on_that_page() -> None:
    def finding(docname: str, section: str, content: str) -> Finding:
        return Finding("p", docname, content=content, section=section, fingerprint=content)

    moved, edited = finding("harbour", "Opening", "1"), finding("harbour", "Crane", "2")
    there, here, other = (
        finding("port", "Opening", "1"), finding("port", "Crane", "3"),
        finding("docks", "Crane", "4"),
    )  # fmt: skip
    found = compare([moved, edited], [there, other, here], {"port", "docks"})
    assert found.same == ((moved, there), (edited, here))
    assert found.new == (other,)


def test_what_was_on_a_page_that_is_gone_is_fixed_once_or_moved() -> None:
    def finding(docname: str, section: str, content: str) -> Finding:
        return Finding("p", docname, content=content, section=section, fingerprint=content)

    moved, fixed = finding("harbour", "Opening", "1"), finding("harbour", "Crane", "2")
    here = finding("port", "Opening", "3")
    found = compare([moved, fixed], [here], {"port"})
    assert (found.same, found.fixed, found.new) == (((moved, here),), (fixed,), ())


def test_a_report_also_holds_findings_that_nobody_requested() -> None:
    entry: dict[str, object] = dict.fromkeys(
        ("pattern", "docname", "path", "message", "fingerprint", "content", "section"), "harbour"
    )
    report = {
        "findings": [{**entry, "line": 3, "flagged": True}, {**entry, "line": 9, "flagged": False}]
    }
    assert [finding.line for finding in flagged_in(report)] == [3]
