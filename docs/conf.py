"""The documentation, which doubles as the demonstration book."""

import importlib.metadata
import os
import sys
from pathlib import Path

project = "sphinxext-revguide"
author = "The sphinxext-revguide authors"
project_copyright = "2026, the sphinxext-revguide authors"
version = release = importlib.metadata.version(project)

sys.path.insert(0, str(Path(__file__).parent))

extensions = ["myst_parser", "sphinx_design", "sphinxext_revguide", "twins"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_generated"]

html_theme = "furo"
html_title = "sphinxext-revguide"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_js_files = ["docs.js"]

# The demonstration book warns by design. `make docs-check` reads a baseline with these findings
# (recorded with `DOCS_CHECK=1 sphinx-revguide baseline docs`), and fails on any other warning.
revguide_baseline = "book/known-findings.jsonl" if os.environ.get("DOCS_CHECK") else ""


def setup(app):
    """Generate pages from the code."""
    from generate import generate

    app.connect("builder-inited", generate)
