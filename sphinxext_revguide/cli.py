"""The program ``sphinx-revguide``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from docutils import nodes

from sphinxext_revguide.importer import (
    ImportedGuide,
    NotAGuideError,
    as_json,
    print_myst,
    read_guide,
)
from sphinxext_revguide.model import SampleFormat
from sphinxext_revguide.outline import build_outline
from sphinxext_revguide.patterns import detect, load_library
from sphinxext_revguide.quotation import quote

_REFUSED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status: 0, or 2 where it refuses."""
    parser = argparse.ArgumentParser(prog="sphinx-revguide", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_import(commands)
    options = parser.parse_args(argv)
    run: int = options.run(options)
    return run


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("import", help="turn an editor's Markdown guide into a MyST page")
    parser.add_argument("guide", type=Path, metavar="GUIDE.md")
    parser.add_argument("--output", type=Path, help="write the page here, not to standard output")
    parser.add_argument("--force", action="store_true", help="overwrite the output")
    parser.add_argument("--guide-id", default="", help="the guide's id (default: from its title)")
    parser.add_argument("--chapter", default="", help="docname of the chapter that it is about")
    parser.add_argument("--json", action="store_true", help="print what was understood instead")
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    path: Path = options.guide
    try:
        text = path.read_text(encoding="utf-8-sig")
        guide = read_guide(text, guide_id=options.guide_id, chapter=options.chapter)
    except UnicodeDecodeError:
        return _refuse(f"{path}: the file is not UTF-8; save it as UTF-8")
    except OSError as error:
        return _refuse(f"{path}: {error.strerror}")
    except NotAGuideError as error:
        return _refuse(f"{path}: {error}")
    for problem in guide.problems:
        print(f"{path}:{problem.line}: {problem.message}", file=sys.stderr)
    if options.json:
        result = json.dumps(as_json(guide), indent=2, ensure_ascii=False) + "\n"
    else:
        result = print_myst(guide, shown_patterns(guide))
    return _deliver(result, options.output, force=options.force)


def _deliver(text: str, output: Path | None, *, force: bool) -> int:
    if output is None:
        sys.stdout.write(text)
        return 0
    try:
        with output.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return _refuse(f"{output}: the file exists; choose another --output, or add --force")
    except OSError as error:
        return _refuse(f"{output}: {error.strerror}")
    return 0


def _refuse(message: str) -> int:
    print(f"sphinx-revguide: {message}", file=sys.stderr)
    return _REFUSED


def shown_patterns(guide: ImportedGuide) -> dict[int, list[str]]:
    """Return the patterns that the BEFORE samples of each issue show, by issue number."""
    library = load_library()
    shown: dict[int, list[str]] = {}
    for unit in guide.units:
        for pair in unit.pairs:
            if pair.before is not None:
                content = quote(pair.before.text, SampleFormat.MARKDOWN, source="", line=1)
                outline = build_outline(nodes.container("", *content))
                names = shown.setdefault(unit.issue.number, [])
                found = (match.pattern for match in detect(outline, library))
                names.extend(name for name in found if name not in names)
    return shown
