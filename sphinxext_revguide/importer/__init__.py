"""An editor's Markdown guide -> model -> MyST text.

``fences`` repairs, ``labels`` names the parts, ``reader`` understands, ``printer`` writes.
"""

from __future__ import annotations

from sphinxext_revguide.importer.as_json import as_json
from sphinxext_revguide.importer.printer import print_myst
from sphinxext_revguide.importer.reader import ImportedGuide, NotAGuideError, read_guide

__all__ = ["ImportedGuide", "NotAGuideError", "as_json", "print_myst", "read_guide"]
