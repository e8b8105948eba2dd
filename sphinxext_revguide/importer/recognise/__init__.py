"""Recognises what editors write: labels, heads, values, words that mark a text."""
