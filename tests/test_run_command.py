"""Commands that judge: how they are started, limited and ended."""

from __future__ import annotations

import sys

import pytest

from sphinxext_revguide.cli.output import RefusedError
from sphinxext_revguide.cli.run_command import run_command


def test_a_command_that_is_not_there_is_reported() -> None:
    with pytest.raises(RefusedError, match="could not be started"):
        run_command(["no-such-program-anywhere"], b"", 60)


def test_a_command_that_floods_is_ended() -> None:
    code = "import sys\nwhile True: sys.stdout.write('x' * 1000)"
    with pytest.raises(RefusedError, match="more than 16,000,000 bytes"):
        run_command([sys.executable, "-c", code], b"", 600)


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(600)",
        # What it started holds its output open.
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; "
        "time.sleep(600)'])",
    ],
)
def test_a_command_that_takes_too_long_is_ended(code: str) -> None:
    with pytest.raises(RefusedError, match="did not finish within 2 seconds"):
        run_command([sys.executable, "-c", code], b"", 2)


def test_a_command_need_not_read() -> None:
    given = b"x" * 10_000_000
    assert run_command([sys.executable, "-c", "print('done')"], given, 600).strip() == b"done"
