"""What a process and all that it starts use: CPU seconds, wall seconds and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_EVERY = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Used:
    """CPU and wall seconds, and the most memory (MiB) that the tree of processes ever held.

    Memory that processes share counts once.
    """

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str | Path], *, good: Iterable[int] = (0,)) -> Used:
    """Run a command to its end.

    :raises RuntimeError: if its exit status is none of the good ones.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        most = 0.0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            most = max(most, _memory(process.pid))
            time.sleep(_EVERY)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        msg = f"{command} ended with {process.returncode}"
        raise RuntimeError(msg)
    wall = time.perf_counter() - start
    return Used(usage.ru_utime + usage.ru_stime, wall, most)


def build(source: Path, out: Path, *options: str) -> Used:
    """Build a book in a process of its own."""
    return run([sys.executable, "-m", "sphinx", "-Q", "-b", "html", *options, source, out])


def median(found: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(found)


def _memory(pid: int) -> float:
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.Error:  # one of them has ended just now
        return 0.0
    return float(total) / 2**20
