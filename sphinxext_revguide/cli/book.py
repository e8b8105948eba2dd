"""Reading a book for commands that need to know it."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxext_revguide.cli.files import RefusedError, tell

if TYPE_CHECKING:
    from sphinxext_revguide.domain import RevguideDomain


def read_book(source: Path, confdir: Path) -> RevguideDomain:
    """Read a book and return what is known of it.

    :raises RefusedError: if it is no book, or does not use this extension.
    """
    warnings = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, patch_docutils(), docutils_namespace():
        try:
            app = Sphinx(
                source, confdir, folder, folder, "dummy", status=None, warning=warnings,
                freshenv=True,
            )  # fmt: skip
            app.build()
        except (SphinxError, OSError) as error:
            msg = f"{source}: is not a book that can be read: {error}"
            raise RefusedError(msg) from error
        if "revguide" not in app.env.domains:
            msg = f"{confdir / 'conf.py'}: extensions lacks 'sphinxext_revguide'"
            raise RefusedError(msg)
        errors = [line for line in warnings.getvalue().splitlines() if "ERROR" in line]
        for line in errors:
            tell(line)
        return cast("RevguideDomain", app.env.domains["revguide"])
