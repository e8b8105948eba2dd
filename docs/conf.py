"""The documentation, which doubles as the demonstration book."""

project = "sphinxext-revguide"
author = "The sphinxext-revguide authors"
project_copyright = "2026, the sphinxext-revguide authors"

extensions = ["myst_parser", "sphinxext_revguide"]
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "sphinxext-revguide"
