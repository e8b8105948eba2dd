"""What a guide's page shows of the rest of the book: issues, what is still found, locks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.nodes import (
    facts,
    interface_text,
    label,
    revguide_found,
    revguide_lock,
    revguide_overview,
    revguide_pair,
    revguide_sample,
)
from sphinxext_revguide.render.words import promises_in_words
from sphinxext_revguide.standings import progress
from sphinxext_revguide.tracking import PARTLY

if TYPE_CHECKING:
    from sphinxext_revguide.domain import RevguideDomain
    from sphinxext_revguide.model import Issue
    from sphinxext_revguide.records import Flagged, LockState, PairState
    from sphinxext_revguide.tracking import Tracked

_COLUMNS = ("No.", "Issue", "Impact", "Status", "Samples", "Reduction", "Effort", "Still found")
_PROGRESS = {
    "standing": "standing", "partly": "partly standing", "gone": "gone", "applied": "applied",
    "unknown": "not looked for",
}  # fmt: skip


class ShowWhatIsKnown(SphinxPostTransform):
    """Fills the places that depend on the whole book.

    It runs before references are resolved (priority 10), so that what it writes is resolved too.
    """

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Replace the placeholders of the page."""
        domain = cast("RevguideDomain", self.env.domains["revguide"])
        for overview in list(self.document.findall(revguide_overview)):
            overview.replace_self(_overview(domain, overview["guide"]))
        for found in list(self.document.findall(revguide_found)):
            found.replace_self(_still_found(domain, found["issue"]))
        for pair in self.document.findall(revguide_pair):
            _tell_where(domain.pair_state(pair["docname"], pair["pair_line"]), pair)
        for lock in list(self.document.findall(revguide_lock)):
            lock.replace_self(_lock_state(domain, lock))


def _overview(domain: RevguideDomain, guide: str) -> list[nodes.Node]:
    issues = [issue for issue in domain.issues() if issue.guide == guide]
    if not issues:
        return [interface_text("This guide has no issues yet.", "revguide-note")]
    rows = [_row(domain, issue) for issue in issues]
    flagged = [one for one in domain.flagged() if any(issue.guide == guide for issue in one.issues)]
    result: list[nodes.Node] = [_table(rows)]
    promised = next((one for one in domain.promises() if one.guide == guide), None)
    measured = promises_in_words(promised) if promised else []
    if measured:
        result.append(facts([(key, name, [nodes.Text(text)]) for key, name, text in measured]))
    if flagged:
        result.append(label("Still found in the book"))
        result.append(_places(flagged, with_pattern=True))
    else:
        result.append(interface_text("None of its patterns is found any more.", "revguide-note"))
    return result


def _row(domain: RevguideDomain, issue: Issue) -> list[nodes.Node]:
    found = len(domain.flagged_for(issue.id))
    link = pending_xref(
        "",
        nodes.inline(issue.title, issue.title),
        refdomain="revguide",
        reftype="issue",
        reftarget=issue.id,
        refexplicit=True,
        refwarn=False,
    )
    looked_for = bool(issue.patterns or issue.pairs) and issue.status.flags
    return [
        nodes.Text(str(issue.number)),
        link,
        nodes.Text(issue.impact.value if issue.impact else "not given"),
        nodes.Text(issue.status.value),
        nodes.Text(_PROGRESS[progress(domain, issue)]),
        nodes.Text(f"{issue.reduction}%" if issue.reduction else ""),
        nodes.Text(f"{issue.effort} h" if issue.effort else ""),
        nodes.Text(str(found) if looked_for else "not looked for"),
    ]


def _table(rows: list[list[nodes.Node]]) -> nodes.table:
    table = nodes.table(classes=["revguide-issues", "colwidths-auto"])
    group = nodes.tgroup(cols=len(_COLUMNS))
    table += group
    for width in (6, 40, 12, 12, 14, 12, 10, 12):
        group += nodes.colspec(colwidth=width)
    head, body = nodes.thead(), nodes.tbody()
    group += [head, body]
    head += _cells([nodes.Text(name) for name in _COLUMNS])
    for row in rows:
        body += _cells(row)
    return table


def _cells(contents: list[nodes.Node]) -> nodes.row:
    row = nodes.row()
    for content in contents:
        row += nodes.entry("", nodes.paragraph("", "", content, translatable=False))
    return row


def _tell_where(state: PairState, pair: revguide_pair) -> None:
    """Say at the head of each sample what was found of it in the chapters."""
    if state.state == "unknown":
        return
    for sample in pair.findall(revguide_sample):
        found = state.before if sample["role"] == "before" else state.after
        if not sample["missing"]:
            sample["has_where"] = True
            sample.insert(0, _where(found, is_there=found.share >= PARTLY and found.has_own))


def _where(found: Tracked, *, is_there: bool) -> nodes.paragraph:
    paragraph = nodes.paragraph(classes=["revguide-where"], translatable=False)
    if not is_there or not found.passages:
        paragraph += nodes.Text("Not in the chapters.")
        return paragraph
    paragraph += nodes.Text(f"{round(100 * found.share)} % of its words stand at ")
    for number, one in enumerate(found.passages):
        paragraph += nodes.Text(", " if number else "")
        paragraph += _link(found.docname, f"{one.path}:{one.line}")
    paragraph += nodes.Text(".")
    return paragraph


def _link(docname: str, text: str) -> pending_xref:
    return pending_xref(
        "",
        nodes.inline(text, text),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{docname}",
        refexplicit=True,
        refwarn=False,
    )


def _places(flagged: list[Flagged], *, with_pattern: bool) -> nodes.bullet_list:
    places = nodes.bullet_list(classes=["revguide-places"], bullet="*")
    for one in flagged:
        finding = one.finding
        paragraph = nodes.paragraph(translatable=False)
        paragraph += _link(finding.docname, f"{finding.path}:{finding.line}")
        if with_pattern:
            paragraph += [nodes.Text(" "), nodes.literal(finding.pattern, finding.pattern)]
        paragraph += nodes.Text(f" {finding.message}")
        places += nodes.list_item("", paragraph)
    return places


def _still_found(domain: RevguideDomain, issue: str) -> list[nodes.Node]:
    flagged = domain.flagged_for(issue)
    if not flagged:
        return []
    text = f"{len(flagged)} place{'s' * (len(flagged) != 1)}"
    summary: list[nodes.Node] = [nodes.inline(text, text)]
    fields = facts([("found", "Still found", summary)])
    fields["classes"].append("revguide-still-found")
    for body in fields.findall(nodes.field_body):
        body.append(_places(flagged, with_pattern=False))
    return [fields]


def _lock_state(domain: RevguideDomain, lock: revguide_lock) -> list[nodes.Node]:
    state = domain.lock_state(lock["docname"], lock["item_line"], lock["item"])
    name = state.state if state else "unchecked"
    shown = nodes.inline(classes=["revguide-lock-state", f"revguide-lock-{name}"])
    shown += nodes.Text(f" ({_lock_words(state)}")
    places = dict.fromkeys(state.found_first if state else ())
    for number, (docname, line) in enumerate(places):
        path = domain.pages[docname].path
        shown += [nodes.Text(", " if number else " at "), _link(docname, f"{path}:{line}")]
    shown += nodes.Text(")")
    return [shown]


def _lock_words(state: LockState | None) -> str:
    if state is None or state.state == "unchecked":
        return "not checked"
    if state.missing:
        return "missing: " + ", ".join(
            f"{phrase}; nearest is “{nearest.text}”" if nearest else phrase
            for phrase, nearest in state.missing
        )
    return "kept"
