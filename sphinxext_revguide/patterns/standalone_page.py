"""Reads a page without its book, with the content of directives that docutils does not know."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive
from docutils.readers import standalone
from docutils.transforms import Transform
from docutils.transforms.references import Substitutions
from myst_parser.parsers.docutils_ import Parser
from sphinx.addnodes import only
from sphinx.ext.ifconfig import ifconfig
from sphinx.util.docutils import CustomReSTDispatcher
from sphinx.util.nodes import split_explicit_title

from sphinxext_revguide.patterns.outline import Outline, build_outline

_QUIET = {
    "report_level": 5,
    "halt_level": 6,
    "doctitle_xform": False,
    "file_insertion_enabled": False,
    # As in a build: "<name>" in a text may be a placeholder. Nothing is written from this tree.
    "raw_enabled": True,
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


class _UndefinedSubstitutions(Transform):
    """Turns undefined substitutions within definitions into text.

    docutils raises ``KeyError`` for them. They may be defined in ``rst_prolog``.
    """

    default_priority = Substitutions.default_priority - 1

    def apply(self, **_arguments: Any) -> None:
        """Replace the references."""
        document = self.document
        for definition in document.substitution_defs.values():
            for reference in list(definition.findall(nodes.substitution_reference)):
                name = reference["refname"]
                if name not in document.substitution_defs and (
                    name.lower() not in document.substitution_names
                ):
                    reference.replace_self(nodes.Text(reference.rawsource))


class _Reader(standalone.Reader):  # type: ignore[type-arg] # only generic in its stubs
    def get_transforms(self) -> list[type[Transform]]:
        """Return the transforms of a standalone page, prepared for missing definitions."""
        return [*super().get_transforms(), _UndefinedSubstitutions]


def standalone_tree(path: Path, text: str) -> nodes.document:
    """Return the tree of a page: reStructuredText if its name ends in ``.rst``, otherwise MyST.

    Included files are not read. Messages of docutils are left out: no author wrote them.
    """
    is_rest = path.suffix == ".rst"
    with _Dispatcher():
        tree = publish_doctree(
            text,
            source_path=str(path),
            reader=_Reader(),
            parser=None if is_rest else Parser(),
            settings_overrides=_QUIET if is_rest else _QUIET | _MYST,
        )
    for message in list(tree.findall(nodes.system_message)):
        message.parent.remove(message)
    return tree


def outline_of_page(path: Path, text: str) -> Outline:
    """Return the outline of a page, read like :func:`standalone_tree`."""
    return build_outline(standalone_tree(path, text), path=str(path))
