"""Writes the parts of a guide as a MyST page or as JSON."""
