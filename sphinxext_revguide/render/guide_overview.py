"""What a guide's page shows of the rest of the book: issues, what is still found, locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.i18n import IMPACTS, PROGRESS, STATUSES, _
from sphinxext_revguide.model import Impact, Status
from sphinxext_revguide.nodes import (
    interface_text,
    label,
    revguide_lock,
    revguide_pair,
    revguide_sample,
)
from sphinxext_revguide.render.elements import span
from sphinxext_revguide.render.facts import facts
from sphinxext_revguide.render.measures import promises_in_words
from sphinxext_revguide.render.places import issue_link, place
from sphinxext_revguide.render.sortable_tables import Column, meter, sorted_as, table
from sphinxext_revguide.text.quote_finder import PARTLY

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Flagged, LockState, PairState
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Issue
    from sphinxext_revguide.text.quote_finder import Tracked


def overview(book: Book, guide: str) -> list[nodes.Node]:
    """Return a guide's table of issues, what it promised, and where its patterns are found."""
    issues = book.issues_of(guide)
    if not issues:
        return [interface_text(_("This guide has no issues yet."), "revguide-note")]
    flagged = book.flagged_for_guide(guide)
    columns = (
        Column("number", _("No."), 6), Column("issue", _("Issue"), 40),
        Column("impact", _("Impact")), Column("status", _("Status")),
        Column("samples", _("Samples"), 14), Column("reduction", _("Reduction")),
        Column("effort", _("Effort")), Column("found", _("Still found")),
    )  # fmt: skip
    rows = [_row(book, issue, place) for place, issue in enumerate(issues)]
    result: list[nodes.Node] = [table(columns, rows, "revguide-issues", "revguide-sortable")]
    measures = facts([_settled(issues), *_promised(book, guide)])
    measures["classes"].append("revguide-measures")
    result.append(measures)
    if flagged:
        result.append(label(_("Still found in the book")))
        result.append(_places(flagged, with_pattern=True))
    else:
        result.append(interface_text(_("None of its patterns is found any more."), "revguide-note"))
    return result


def _settled(issues: list[Issue]) -> tuple[str, str, list[nodes.Node]]:
    done = sum(issue.status.settled for issue in issues)
    name = _("Issues settled")
    text = _("%d of %d") % (done, len(issues))
    return "settled", name, [meter(name, done, len(issues)), nodes.Text(f" {text}")]


def _promised(book: Book, guide: str) -> list[tuple[str, str, list[nodes.Node]]]:
    promised = next((one for one in book.promises if one.guide == guide), None)
    shown = []
    for key, name, text, share in promises_in_words(promised) if promised else []:
        bar = [] if share is None else [meter(name, share, 1), nodes.Text(" ")]
        shown.append((key, name, [*bar, nodes.Text(text)]))
    return shown


def _row(book: Book, issue: Issue, place: int) -> list[list[nodes.Node]]:
    found = len(book.flagged_for(issue.id))
    looked_for = bool(issue.patterns or issue.pairs) and issue.status.flags
    about = span("span", data_issue=issue.id, data_digest=issue.digest)
    about["attributes"]["data-patterns"] = " ".join(issue.patterns)
    about += issue_link(issue)
    impact = _(IMPACTS[issue.impact.value]) if issue.impact else _("not given")
    rank = list(Impact).index(issue.impact) if issue.impact else len(Impact)
    reduction, effort = issue.reduction, issue.effort
    return [
        sorted_as(place, str(issue.number)),
        [about],
        sorted_as(rank, impact),
        sorted_as(list(Status).index(issue.status), _(STATUSES[issue.status.value])),
        [nodes.Text(_(PROGRESS[book.progress(issue)]))],
        sorted_as(reduction.high, f"{reduction}%") if reduction else [],
        sorted_as(effort.high, _("%s h") % effort) if effort else [],
        sorted_as(found, str(found)) if looked_for else sorted_as(0, _("not looked for")),
    ]


def tell_where(state: PairState, pair: revguide_pair) -> None:
    """Say at the head of each sample of a pair what was found of it in the chapters."""
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
        paragraph += nodes.Text(_("Not in the chapters."))
        return paragraph
    paragraph += nodes.Text(_("%d %% of its words stand at ") % round(100 * found.share))
    for number, one in enumerate(found.passages):
        paragraph += nodes.Text(", " if number else "")
        paragraph += place(found.docname, one.path, one.line)
    paragraph += nodes.Text(".")
    return paragraph


def _places(flagged: list[Flagged], *, with_pattern: bool) -> nodes.bullet_list:
    places = nodes.bullet_list(classes=["revguide-places"], bullet="*")
    for one in flagged:
        finding = one.finding
        paragraph = nodes.paragraph(translatable=False)
        paragraph += place(finding.docname, finding.path, finding.line, mark=finding.fingerprint)
        if with_pattern:
            paragraph += [nodes.Text(" "), nodes.literal(finding.pattern, finding.pattern)]
        paragraph += nodes.Text(f" {finding.message}")
        places += nodes.list_item("", paragraph)
    return places


def still_found(book: Book, issue: str) -> list[nodes.Node]:
    """Return what an issue's card says of the places that it flags."""
    flagged = book.flagged_for(issue)
    if not flagged:
        return []
    text = (_("%d place") if len(flagged) == 1 else _("%d places")) % len(flagged)
    fields = facts([("found", _("Still found"), [nodes.inline(text, text)])])
    fields["classes"].append("revguide-still-found")
    return [fields, _places(flagged, with_pattern=False)]


def lock_state(book: Book, lock: revguide_lock) -> list[nodes.Node]:
    """Return what a locked item says of its phrases, and where they stand."""
    state = book.lock_state(lock["docname"], lock["item_path"], lock["item_line"], lock["item"])
    name = state.state if state else "unchecked"
    shown = nodes.inline(classes=["revguide-lock-state", f"revguide-lock-{name}"])
    shown += nodes.Text(f" ({_lock_words(state)}")
    places: dict[tuple[str, int], str] = {}
    for phrase, found in zip(state.lock.phrases, state.found, strict=False) if state else ():
        if found:
            places.setdefault(found[0], phrase)
    for number, ((docname, line), phrase) in enumerate(places.items()):
        path = book.pages[docname].path
        shown += nodes.Text(", " if number else _(" at "))
        shown += place(docname, path, line, phrase=phrase)
    shown += nodes.Text(")")
    return [shown]


def _lock_words(state: LockState | None) -> str:
    if state is None or state.state == "unchecked":
        return _("not checked")
    if state.missing:
        return _("missing: %s") % ", ".join(
            _("%s; nearest is “%s”") % (phrase, nearest.text) if nearest else phrase
            for phrase, nearest in state.missing
        )
    return _("kept")
