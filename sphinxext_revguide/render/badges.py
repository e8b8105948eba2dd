"""Impact and status as badges: a word, with an icon that the style sheet sets before it."""

from __future__ import annotations

from docutils import nodes

from sphinxext_revguide.i18n import IMPACTS, STATUSES, _
from sphinxext_revguide.model import Impact, Status
from sphinxext_revguide.render.elements import span
from sphinxext_revguide.render.words import capitalised


def impact_word(impact: Impact | None) -> str:
    """Return the word for an impact."""
    return capitalised(_(IMPACTS[impact.value])) if impact else _("Not given")


def impact_classes(impact: Impact | None) -> str:
    """Return the classes of an element that shows an impact."""
    return f"rg-impact rg-{impact.value}" if impact else "rg-quiet"


def status_word(status: Status) -> str:
    """Return the word for a status."""
    return capitalised(_(STATUSES[status.value]))


def status_badge(status: Status) -> nodes.Node:
    """Return a status in its own colour."""
    return span("span", status_word(status), classes=f"rg-status rg-{status.value}")


def impact_badge(impact: Impact) -> nodes.Node:
    """Return an impact, named as such."""
    text = _("%s impact") % _(IMPACTS[impact.value])
    return span("span", capitalised(text), classes=impact_classes(impact))
