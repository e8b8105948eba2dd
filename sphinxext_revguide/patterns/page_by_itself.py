"""Reads a page without its book, including text in directives that only Sphinx knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive
from myst_parser.parsers.docutils_ import Parser
from sphinx.addnodes import only
from sphinx.ext.ifconfig import ifconfig
from sphinx.util.docutils import CustomReSTDispatcher
from sphinx.util.nodes import split_explicit_title

_QUIET = {
    "report_level": 5,
    "halt_level": 6,
    "doctitle_xform": False,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
}
_MYST = {
    "myst_enable_extensions": ["colon_fence", "deflist", "fieldlist", "attrs_inline"],
    # Where links lead is not asked; one whose target is elsewhere would lose its text.
    "myst_all_links_external": True,
}
_CONDITIONS: dict[str, type[nodes.Element]] = {"only": only, "ifconfig": ifconfig}
_EMPTY = ("toctree", "revision-guide", "revision-overview", "index", "tags", "contents")
"""Directives whose content is not text of the page."""


class _AnyOption(dict[str, Any]):
    """Accepts every option as it is written."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, _name: str) -> Any:
        return lambda value: value


class _Unknown(Directive):
    """A directive of another extension: shows its content."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _AnyOption()

    def run(self) -> Sequence[nodes.Node]:
        """Parse the content where it is."""
        if self.name in _EMPTY:
            return []
        node = _CONDITIONS.get(self.name, nodes.container)()
        node["expr"] = " ".join(self.arguments)
        node.line = self.lineno
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def _unknown_role(
    _name: str, rawtext: str, text: str, *_arguments: object, **_options: object
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Show the text of a role; of one with a target, its title."""
    _has_title, title, _target = split_explicit_title(text)
    return [nodes.inline(rawtext, title)], []


class _Dispatcher(CustomReSTDispatcher):
    """Reads what docutils does not know as text, within a ``with``."""

    def directive(self, *arguments: Any) -> tuple[Any, list[nodes.system_message]]:
        """Look a directive up."""
        found, messages = super().directive(*arguments)
        return (_Unknown, []) if found is None else (found, messages)

    def role(self, *arguments: Any) -> tuple[Any, list[nodes.system_message]]:
        """Look a role up."""
        found, messages = super().role(*arguments)
        return (_unknown_role, []) if found is None else (found, messages)


def tree_by_itself(path: Path, text: str) -> nodes.document:
    """Return the tree of a page: reStructuredText if its name ends in ``.rst``, otherwise MyST.

    Included files are not read.
    """
    with _Dispatcher():
        if path.suffix == ".rst":
            return publish_doctree(text, source_path=str(path), settings_overrides=_QUIET)
        return publish_doctree(
            text, source_path=str(path), parser=Parser(), settings_overrides=_QUIET | _MYST
        )
