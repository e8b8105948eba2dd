"""Reads rewritten lines: first blocks, then units and sections, then the parts of a guide."""
