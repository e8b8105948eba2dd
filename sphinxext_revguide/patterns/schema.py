"""Generates the JSON Schema of pattern files from the code, so that editors can complete them."""

from __future__ import annotations

import inspect
import json
import sys
from typing import Any

from sphinxext_revguide.patterns.pattern_file import DEFAULT_THRESHOLD
from sphinxext_revguide.patterns.shapes import SHAPES
from sphinxext_revguide.patterns.signals import SIGNALS, choices, parameters

Json = dict[str, Any]

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"


def pattern_schema() -> Json:
    """Return the schema of a pattern file, as published beside this module in ``schema.json``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Pattern file of sphinxext-revguide",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "pattern": _some("pattern", "The patterns."),
            "lexicon": {
                "type": "object",
                "additionalProperties": {"$ref": "#/$defs/lexicon"},
                "description": "Lists of words, by the name by which signals refer to them.",
            },
            "budget": {
                "$ref": "#/$defs/budget",
                "description": "How often a term may occur on a page, for `term-overuse`.",
            },
        },
        "$defs": {
            "pattern": _pattern(),
            "form": _form(),
            "example": _example(),
            "lexicon": _lexicon(),
            "budget": {
                "description": "How often a term may occur on a page.",
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 0},
            },
            "signal": {
                "type": "object",
                "required": ["signal"],
                "oneOf": [_signal(name) for name in sorted(SIGNALS)],
            },
        },
    }


def _text(description: str) -> Json:
    return {"type": "string", "description": description}


def _some(kind: str, description: str) -> Json:
    items = {"$ref": f"#/$defs/{kind}"}
    return {"type": "array", "items": items, "description": description}


def _pattern() -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "title", "what", "why", "instead", "form"],
        "properties": {
            "id": {
                "type": "string",
                "pattern": _ID,
                "description": "Lower-case words joined by hyphens; the subtype of its warnings.",
            },
            "title": _text("Its name, which begins each warning."),
            "family": _text("The group in which it is listed."),
            "what": _text("What it flags."),
            "why": _text("Why that is a problem."),
            "instead": _text("What to do instead."),
            "threshold": {
                "type": "number",
                "description": "The threshold of forms that set none. "
                f"Default: {DEFAULT_THRESHOLD:g}.",
            },
            "yields_to": {
                "type": "array",
                "items": {"type": "string", "pattern": _ID},
                "description": "Ids of patterns that are reported instead if both match.",
            },
            "form": {
                **_some("form", "The forms in which it occurs; one is enough."),
                "minItems": 1,
            },
            "example": _some("example", "Texts that it flags and texts that it does not flag."),
        },
    }


def _form() -> Json:
    shape = {"enum": list(SHAPES)}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["shape"],
        "properties": {
            "shape": {
                "oneOf": [shape, {"type": "array", "items": shape, "minItems": 1}],
                "description": "Where to look; if several match, the first one is reported.",
            },
            "needs": _some("signal", "Signals that must all be present."),
            "subject": {"type": "number", "description": "The minimum sum of 'about'."},
            "about": _some(
                "signal", "Signals that measure whether the passage is about the pattern's subject."
            ),
            "threshold": {
                "type": "number",
                "description": "The minimum score in chapters for which an issue names the "
                "pattern.",
            },
            "strict": {
                "type": "number",
                "description": "The minimum score elsewhere, at least 'threshold', which is the "
                "default.",
            },
            "for": _some("signal", "Signals that increase the score by weight times strength."),
            "against": _some("signal", "Signals that decrease it."),
        },
    }


def _example() -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["text", "flagged"],
        "properties": {
            "text": _text("Markdown."),
            "flagged": {"type": "boolean", "description": "Whether the pattern flags it."},
            "budget": {
                "$ref": "#/$defs/budget",
                "description": "How often terms may occur in this text.",
            },
        },
    }


def _lexicon() -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "words": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Words and phrases; `*` matches any ending or, as a separate "
                "word, any word.",
            },
            "weights": {
                "type": ["object", "string"],
                "additionalProperties": {"type": "number"},
                "description": "Words with their weights, for the signal `weighed`: a table, or "
                "a text with an entry and its weight on each line, which loads faster.",
            },
            "extend": {
                "type": "boolean",
                "description": "Whether to extend an existing lexicon of this name instead of "
                "replacing it.",
            },
        },
    }


def _signal(name: str) -> Json:
    limited = choices(name)
    properties: Json = {"signal": {"const": name}, "weight": {"type": "number"}}
    for key, kind in parameters(name).items():
        properties[key] = {"enum": list(limited[key])} if key in limited else {"type": _TYPES[kind]}
    text = inspect.cleandoc(SIGNALS[name].__doc__ or "")
    return {"description": text, "additionalProperties": False, "properties": properties}


if __name__ == "__main__":  # `make schemas`
    sys.stdout.write(json.dumps(pattern_schema(), indent=2) + "\n")
