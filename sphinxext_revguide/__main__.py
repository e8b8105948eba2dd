"""``python -m sphinxext_revguide``, the same program as ``sphinx-revguide``."""

from __future__ import annotations

import sys

from sphinxext_revguide.cli import main

if __name__ == "__main__":
    sys.exit(main())
