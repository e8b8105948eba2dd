"""Rewrites the lines of a guide, from the layouts of editors to the few that ``read`` knows."""
