"""Runs a command that the user names, without a shell, limited in time and output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from typing import IO

from sphinxext_revguide.cli.output import RefusedError

_LARGEST = 16_000_000
"""The output has at most this many bytes, twice as many as ten thousand verdicts with long reasons.
"""
_CHUNK = 65_536


def run_command(command: list[str], given: bytes, timeout: float) -> bytes:
    """Return what a command prints to standard output; its messages go to standard error.

    The command and its child processes end with this function in any case.

    :param given: its standard input, which it need not read completely.
    :param timeout: seconds for the whole run.
    :raises RefusedError: if it cannot be started, fails, takes too long or prints too much.
    """
    end = time.monotonic() + timeout
    try:
        process = subprocess.Popen(  # noqa: S603 -- no shell; it is the user's own command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
    except (OSError, ValueError) as error:
        msg = f"{command[0]}: could not be started: {error}"
        raise RefusedError(msg) from error
    output = bytearray()
    assert process.stdin is not None and process.stdout is not None  # noqa: PT018, S101 -- pipes
    threading.Thread(target=_feed, args=(process.stdin, given), daemon=True).start()
    reader = threading.Thread(target=_collect, args=(process.stdout, output), daemon=True)
    reader.start()
    try:
        reader.join(max(end - time.monotonic(), 0))
        if len(output) > _LARGEST:
            msg = f"{command[0]}: printed more than {_LARGEST:,} bytes; nothing was written"
            raise RefusedError(msg)
        status = process.wait(max(end - time.monotonic(), 0))
        if reader.is_alive():
            raise subprocess.TimeoutExpired(command, timeout)
    except subprocess.TimeoutExpired as error:
        msg = f"{command[0]}: did not finish within {timeout:g} seconds; nothing was written"
        raise RefusedError(msg) from error
    finally:
        _kill(process)
    if status:
        ended = f"was ended by signal {-status}" if status < 0 else f"failed with status {status}"
        msg = f"{command[0]}: {ended}; nothing was written"
        raise RefusedError(msg)
    return bytes(output)


def _feed(pipe: IO[bytes], given: bytes) -> None:
    # A command may answer without reading everything, or at all.
    with contextlib.suppress(OSError, ValueError):
        pipe.write(given)
    with contextlib.suppress(OSError, ValueError):
        pipe.close()


def _collect(pipe: IO[bytes], output: bytearray) -> None:
    while len(output) <= _LARGEST:
        chunk = os.read(pipe.fileno(), _CHUNK)
        if not chunk:
            break
        output += chunk


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
