"""The tutorial, typed in by a machine: every file, every command, and what is shown of the output.

One thing is replaced: `pip install sphinxext-revguide` would need the network and a release, so
the checkout stands in for it, put into the tutorial's own environment by a `.pth` file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from tests.snippets import DOCS, Snippet, matches, snippets

TUTORIAL = DOCS / "tutorial.md"
INSTALL = "pip install --quiet sphinxext-revguide"
NAMED = re.compile(r"`([\w.-]+\.(?:md|py))`")


def _file_of(snippet: Snippet) -> str:
    """Return the file that a snippet is: the first that the paragraph above it names."""
    named = NAMED.search(snippet.above.rpartition("\n\n")[2])
    assert named, f"no file is named above line {snippet.line}"
    return named[1]


def _commands(snippet: Snippet) -> Iterator[tuple[str, str]]:
    """Yield each command of a console snippet with the output shown."""
    for part in re.split(r"^\$ ", snippet.text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def test_every_command_says_what_is_shown(tmp_path: Path) -> None:
    folder, commands, files = tmp_path, 0, 0
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    typed_in = [one for one in snippets(TUTORIAL) if not one.language.startswith("{")]
    for snippet in typed_in:
        if snippet.language != "console":
            (folder / _file_of(snippet)).write_text(snippet.text, encoding="utf-8")
            files += 1
            continue
        for command, shown in _commands(snippet):
            commands += 1
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
            elif command.startswith(". "):
                bin_folder = (folder / command.removeprefix(". ")).parent
                assert bin_folder.is_dir()
                environment["PATH"] = f"{bin_folder}{os.pathsep}{environment['PATH']}"
            elif command == INSTALL:
                _install(folder / ".venv")
            else:
                typed = re.sub("^python3 ", f"{sys.executable} ", command)
                done = subprocess.run(
                    ["sh", "-c", typed], cwd=folder, env=environment, text=True,
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                )  # fmt: skip
                assert done.returncode == 0, done.stdout
                assert matches(done.stdout, shown), f"{command}\n{done.stdout}\nshown:\n{shown}"
    assert (files, commands) == (5, 8)
    assert "Issue 1: A checklist without a doubt" in (folder / "_build/html/guide.html").read_text(
        encoding="utf-8"
    )


def _install(venv: Path) -> None:
    """Let an environment find what this one has installed, the checkout included."""
    here = sysconfig.get_path("purelib")
    (site,) = (venv / "lib").glob("python*/site-packages")
    (site / "tests.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
    program = venv / "bin" / "sphinx-build"
    start = "from sphinx.cmd.build import main; import sys; sys.exit(main())"
    program.write_text(f"#!{venv}/bin/python\n{start}\n", encoding="utf-8")
    program.chmod(0o755)
