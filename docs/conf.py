"""The documentation, which doubles as the demonstration book."""

import importlib.metadata
import sys
from pathlib import Path

project = "sphinxext-revguide"
author = "The sphinxext-revguide authors"
project_copyright = "2026, the sphinxext-revguide authors"
version = release = importlib.metadata.version(project)

extensions = ["myst_parser", "sphinxext_revguide"]
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["_build", "_generated"]

html_theme = "furo"
html_title = "sphinxext-revguide"

sys.path.insert(0, str(Path(__file__).parent))


def setup(app):
    """Write the pages that are made from the code."""
    from generate import generate

    app.connect("builder-inited", generate)
