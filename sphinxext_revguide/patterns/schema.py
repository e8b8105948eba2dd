"""The JSON Schema of pattern files, made from the code, so that editors can complete them."""

from __future__ import annotations

import inspect
from typing import Any

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
            "pattern": {"type": "array", "items": {"$ref": "#/$defs/pattern"}},
            "lexicon": {"type": "object", "additionalProperties": {"$ref": "#/$defs/lexicon"}},
            "budget": {"$ref": "#/$defs/budget"},
        },
        "$defs": {
            "pattern": _pattern(),
            "form": _form(),
            "example": _example(),
            "lexicon": _lexicon(),
            "budget": {
                "description": "How often a term may stand on a page.",
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


def _some(kind: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}}


def _pattern() -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "title", "what", "why", "instead", "form"],
        "properties": {
            "id": {"type": "string", "pattern": _ID},
            "title": _text("Its name, which begins each warning."),
            "family": _text("The group that it is listed under."),
            "what": _text("What it flags."),
            "why": _text("Why that hurts."),
            "instead": _text("What to do instead."),
            "threshold": {"type": "number", "description": "Of the forms that set none."},
            "yields_to": {"type": "array", "items": {"type": "string", "pattern": _ID}},
            "form": _some("form"),
            "example": _some("example"),
        },
    }


def _form() -> Json:
    shape = {"enum": list(SHAPES)}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["shape"],
        "properties": {
            "shape": {"oneOf": [shape, {"type": "array", "items": shape, "minItems": 1}]},
            "needs": _some("signal"),
            "subject": {"type": "number", "description": "The sum of 'about' that is enough."},
            "about": _some("signal"),
            "threshold": {"type": "number", "description": "The score that is enough."},
            "for": _some("signal"),
            "against": _some("signal"),
        },
    }


def _example() -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["text", "flagged"],
        "properties": {
            "text": _text("Markdown."),
            "flagged": {"type": "boolean"},
            "budget": {"$ref": "#/$defs/budget"},
        },
    }


def _lexicon() -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "words": {"type": "array", "items": {"type": "string"}},
            "weights": {
                "type": ["object", "string"],
                "additionalProperties": {"type": "number"},
            },
            "extend": {"type": "boolean"},
        },
    }


def _signal(name: str) -> Json:
    limited = choices(name)
    properties: Json = {"signal": {"const": name}, "weight": {"type": "number"}}
    for key, kind in parameters(name).items():
        properties[key] = {"enum": list(limited[key])} if key in limited else {"type": _TYPES[kind]}
    text = inspect.cleandoc(SIGNALS[name].__doc__ or "")
    return {"description": text, "additionalProperties": False, "properties": properties}
