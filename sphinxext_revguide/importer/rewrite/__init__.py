"""Rewrites the layouts of editors, lines in and lines out, to the few that ``read`` knows."""
