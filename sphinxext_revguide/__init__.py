"""Revision guides for Sphinx: cards inside the book, and warnings where patterns stand."""

from __future__ import annotations

__version__ = "0.1.0"
