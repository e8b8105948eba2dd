"""Base classes of this package's transforms: for which pages and builders they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.sphinx.conditions import conditions_of
from sphinxext_revguide.sphinx.domain import READ_TEXT, RevguideDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def note_builder(app: Sphinx) -> None:
    """Record the builder, which decides how pages and tabs are written."""
    domain = RevguideDomain.of(app.env)
    domain.builder = app.builder
    domain.builder_name, domain.builder_format = app.builder.name, app.builder.format
    domain.holds = conditions_of(app)


def note_text(app: Sphinx, _docname: str, content: list[str]) -> None:
    """Keep the text that is parsed, because an editor may contain unsaved text."""
    app.env.current_document[READ_TEXT] = content[0]


class GuideTransform(SphinxPostTransform):
    """A transform of the parts of guides.

    Most pages of a book contain none, and are not searched.
    """

    def is_supported(self) -> bool:
        """Return whether the builder is one of the named ones and the page may contain parts."""
        return self.is_for_builder() and self.is_for_page()

    def is_for_builder(self) -> bool:
        """Return whether the builder is one of ``builders`` or ``formats``, if they are given."""
        return super().is_supported()

    def is_for_page(self) -> bool:
        """Return whether the page may contain a part of a guide."""
        domain = RevguideDomain.of(self.env)
        return domain.may_hold_parts(self.env.current_document.docname)


class AllBut(GuideTransform):
    """A transform for all builders but those of its ``builders`` and ``formats``."""

    def is_for_builder(self) -> bool:
        """Return whether the builder is another one."""
        return not super().is_for_builder()
