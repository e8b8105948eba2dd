"""Reads rewritten lines: blocks, then units and sections, then the parts of a guide."""
