"""Transforms of trees that have just been read."""
