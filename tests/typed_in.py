"""Types in what a page of the documentation shows: every file, every command, in an empty folder.

One thing is replaced: ``pip install`` would need the network and a release, so the checkout stands
in for it, put into the reader's own environment by a ``.pth`` file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.snippets import Snippet, matches

NAMED = re.compile(r"`([\w.-]+\.(?:md|py))`")


@dataclass
class Typed:
    """How many files and commands were typed in, and the folder in which the last one ran."""

    folder: Path
    files: int = 0
    commands: int = 0


def type_in(
    snippets: Iterable[Snippet], folder: Path, given: Mapping[str, str] | None = None
) -> Typed:
    """Write the files and run the commands of some snippets, in their order.

    Each command must succeed, and write what is shown of its output.

    :param given: files that the reader has, by name; written before the command that names them.
    """
    typed = Typed(folder)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    for snippet in snippets:
        if snippet.language != "console":
            (typed.folder / _file_of(snippet)).write_text(snippet.text, encoding="utf-8")
            typed.files += 1
            continue
        for command, shown in commands_of(snippet):
            typed.commands += 1
            for name in (given or {}).keys() & set(command.split()):
                (typed.folder / name).write_text((given or {})[name], encoding="utf-8")
            run(command, shown, typed, environment)
    return typed


def _file_of(snippet: Snippet) -> str:
    """Return the file that a snippet is: the first that the paragraph above it names."""
    named = NAMED.search(snippet.above.rpartition("\n\n")[2])
    assert named, f"no file is named above line {snippet.line}"
    return named[1]


def commands_of(snippet: Snippet) -> Iterator[tuple[str, str]]:
    """Yield each command of a console snippet with the output shown."""
    for part in re.split(r"^\$ ", snippet.text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def run(
    command: str, shown: str, typed: Typed, environment: dict[str, str], status: int = 0
) -> None:
    """Run a command as a shell does, and compare its exit status and output with what is shown."""
    if command.startswith("cd "):
        typed.folder /= command.removeprefix("cd ")
    elif command.startswith(". "):
        programs = (typed.folder / command.removeprefix(". ")).parent
        assert programs.is_dir()
        environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
        environment["VIRTUAL_ENV"] = str(programs.parent)
    elif command.startswith("pip install "):
        _install(Path(environment["VIRTUAL_ENV"]))
    else:
        done = subprocess.run(
            ["sh", "-c", re.sub(r"(^|-- )python3 ", rf"\1{sys.executable} ", command)],
            cwd=typed.folder, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        assert done.returncode == status, f"{command}\n{done.stdout}"
        assert matches(done.stdout, shown), f"{command}\n{done.stdout}\nshown:\n{shown}"


def _install(venv: Path) -> None:
    """Let an environment find this checkout first, then what this environment has installed."""
    here = sysconfig.get_path("purelib")
    (site,) = (venv / "lib").glob("python*/site-packages")
    (site / "tests.pth").write_text(
        f"{Path(__file__).parents[1]}\nimport site; site.addsitedir({here!r})\n", encoding="utf-8"
    )
    for name, module in (("sphinx-build", "sphinx.cmd.build"), ("sphinx-revguide", PACKAGE)):
        program = venv / "bin" / name
        start = f"from {module} import main; import sys; sys.exit(main())"
        program.write_text(f"#!{venv}/bin/python\n{start}\n", encoding="utf-8")
        program.chmod(0o755)


PACKAGE = "sphinxext_revguide.cli"
