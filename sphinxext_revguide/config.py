"""The configuration values, one declaration each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING, Any, Literal

from sphinx.util import logging

from sphinxext_revguide.book.derived.baseline_state import BASELINE_FILE
from sphinxext_revguide.book.derived.verdicts import VERDICT_FILE
from sphinxext_revguide.model import Layout, Limit, Mode
from sphinxext_revguide.near_names import nearest_name
from sphinxext_revguide.patterns.sensitivity import Sensitivity, is_sensitivity
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.sphinx.domain import RevguideDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


logger = logging.getLogger(__name__)

_LISTS = ("revguide_flag", "revguide_patterns", "revguide_reports")
_NAMES = (str, os.PathLike)
_FILES = ("revguide_baseline", "revguide_verdicts")


@record(frozen=True, slots=True)
class Value:
    """A configuration value: its name, default, effect on rebuilds, types and meaning."""

    name: str
    default: object
    rebuild: Literal["", "env", "html"]
    types: tuple[type, ...]
    meaning: str


VALUES = (
    Value(
        "revguide_flag", [], "", (list, tuple),
        'Ids of patterns to flag even if no issue names them; `["*"]` for all.',
    ),
    Value(
        "revguide_sensitivity", {}, "", (dict,),
        "By pattern id, or `*` for all others: `strict` or `sensitive` to use one limit "
        "everywhere, or a number to add to both limits; with a positive number fewer passages "
        "are found.",
    ),
    Value(
        "revguide_patterns", [], "", (list, tuple),
        "TOML files with patterns of your own, relative to the source directory.",
    ),
    Value(
        "revguide_reports", [], "", (list, tuple),
        "Formats that `-b revguide` writes beside `revguide.json`: "
        + ", ".join(f"`{name}`" for name in FORMATS) + ".",
    ),
    Value(
        "revguide_baseline", BASELINE_FILE, "", (str,),
        "The file of known findings, relative to the source directory: if it exists, "
        'builds warn only about other findings. `""` for none.',
    ),
    Value(
        "revguide_verdicts", VERDICT_FILE, "", (str,),
        "The file of verdicts, relative to the source directory: builds do not warn about "
        'findings that it dismisses. `""` for none.',
    ),
    Value(
        "revguide_layout", Layout.TABS.value, "html", (str,),
        "How HTML pages show a pair of samples: `tabs`, `side-by-side` or `stacked`.",
    ),
    Value(
        "revguide_marks", True, "html", (bool,),
        "Whether flagged passages are marked on HTML pages, in review mode.",
    ),
    Value(
        "revguide_translate_samples", False, "env", (bool,),
        "Whether the text of samples is in the message catalogs (`-b gettext`) and translated; "
        "samples quote the original, so by default they are neither.",
    ),
    Value(
        "revguide_mode", Mode.REVIEW.value, "env", (str,),
        "`review`, or `release`: the output contains no trace of a guide, but the build still "
        "warns.",
    ),
)  # fmt: skip
"""All values, one declaration each; the reference documentation prints them."""


def setup_config(app: Sphinx) -> None:
    """Add the values to Sphinx; invalid values are reported and replaced."""
    for value in VALUES:
        app.add_config_value(
            value.name,
            value.default,
            value.rebuild,
            types=value.types,
            description=value.meaning,
        )
    app.connect("config-inited", _validate, priority=400)
    app.connect("env-get-outdated", _read_again)


def _validate(_app: Sphinx, config: Config) -> None:
    for name in _LISTS:
        value: Any = config[name]
        listed = isinstance(value, list | tuple | set | frozenset)
        if not listed or not all(isinstance(item, str) for item in value):
            _warn(name, value, "a list of strings")
            items = value if listed else (value,)
            config[name] = tuple(str(item) for item in items if isinstance(item, _NAMES))
    for name in _FILES:
        if not isinstance(config[name], str):
            _warn(name, config[name], "the name of a file, or '' for none")
            config[name] = str(config[name]) if isinstance(config[name], os.PathLike) else ""
    config.revguide_sensitivity = dict(_understood(config.revguide_sensitivity))
    for name, choice in (("revguide_layout", Layout), ("revguide_mode", Mode)):
        known = [layout.value for layout in choice]
        if config[name] not in known:
            close = nearest_name(str(config[name]), known)
            _warn(name, config[name], repr(close) if close else " or ".join(map(repr, known)))
            config[name] = known[0]


def _understood(sensitivity: Any) -> Iterator[tuple[str, Sensitivity]]:
    """Yield the valid entries of ``revguide_sensitivity``."""
    known = " or ".join(repr(limit.value) for limit in Limit)
    if not isinstance(sensitivity, dict):
        _warn("revguide_sensitivity", sensitivity, f"a dictionary that maps pattern ids to {known}")
        return
    for name, value in sensitivity.items():
        if is_sensitivity(value):
            yield str(name), value
        else:
            _warn(f"revguide_sensitivity[{name!r}]", value, f"{known}, or a number below 100")


def _warn(name: str, value: object, wanted: str) -> None:
    logger.warning(
        "%s is %r, which is not valid; write %s",
        name,
        value,
        wanted,
        type="revguide",
        subtype="config",
    )


def _read_again(
    _app: Sphinx,
    env: BuildEnvironment,
    _added: Set[str],
    _changed: Set[str],
    _removed: Set[str],
) -> Sequence[str]:
    """Read all pages again if the patterns have changed, or pages read for another builder."""
    domain = RevguideDomain.of(env)
    found = env.found_docs
    return sorted(found if domain.reload_library() else found.intersection(domain.read_otherwise()))
