"""No text hangs a reader or eats the memory, whoever wrote it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_texts import GROUPS

PATIENCE = 120
"""Seconds for a group that takes five; each of its texts took minutes, or all the memory."""
MEMORY = 3 << 30

LIMITED = (
    "import resource, runpy, sys\n"
    f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
    "runpy.run_module('tests.hostile_texts', run_name='__main__')\n"
)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be limited in this way here")
@pytest.mark.parametrize("group", GROUPS)
def test_a_text_is_read_in_bounded_time_and_memory(group: str) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, group],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        told = (error.stdout or b"").decode()
        pytest.fail(f"{group}: hangs at {told.splitlines()[-1:]}")
    assert done.returncode == 0, f"{done.stdout.splitlines()[-1:]}\n{done.stderr[-2000:]}"
    assert len(done.stdout.splitlines()) == len(GROUPS[group])
