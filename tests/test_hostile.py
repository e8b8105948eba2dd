"""No text hangs a reader or eats the memory, whoever wrote it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_texts import GROUPS

PATIENCE = 120
"""Seconds of the processor's for a group that takes five, however busy the machine is; each of its
texts took minutes, or all the memory."""
MEMORY = 3 << 30

LIMITED = (
    "import resource, runpy, sys\n"
    f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
    f"resource.setrlimit(resource.RLIMIT_CPU, ({PATIENCE}, {PATIENCE + 10}))\n"
    "runpy.run_module('tests.hostile_texts', run_name='__main__')\n"
)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be limited in this way here")
@pytest.mark.parametrize("group", GROUPS)
def test_a_text_is_read_in_bounded_time_and_memory(group: str) -> None:
    # Measuring coverage takes many times as long.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, group],
        cwd=Path(__file__).parents[1],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stdout.splitlines()[-1:]
    assert done.returncode != -signal.SIGXCPU, f"{group}: hangs at {last}"
    assert done.returncode == 0, f"{last}\n{done.stderr[-2000:]}"
    assert len(done.stdout.splitlines()) == len(GROUPS[group])
