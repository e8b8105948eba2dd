"""``python -m sphinxext_revguide`` is ``sphinx-revguide``."""

from __future__ import annotations

import sys

from sphinxext_revguide.cli import main

sys.exit(main())
