"""What a benchmark gives: pairs of a figure of ours and a peer's from the same run, and how they are said."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUPERVISE = (sys.executable, "-c", "from commands.app import main; main()")


@dataclass(frozen=True)
class Pair:
    """One line of the table: seconds (or MiB) of ours and of the peer, and the ratio to reach."""

    what: str
    ours: float
    peer: float
    target: float
    unit: str = "s"

    def __str__(self) -> str:
        ratio = self.ours / self.peer if self.peer else float("nan")
        met = "" if ratio <= self.target else "  missed"
        return (
            f"| {self.what} | {self.ours:.2f} {self.unit} | {self.peer:.2f} {self.unit} "
            f"| {ratio:.2f}x | ≤ {self.target:g}x |{met}"
        )


@dataclass(frozen=True)
class Run:
    """What a process took: seconds of the clock and of the processor, and its largest memory in MiB."""

    seconds: float
    processor: float
    peak: float


def run(command: Sequence[str], given: str | None = None, more: Mapping[str, str] | None = None) -> Run:
    """Run a process to its end; it has to succeed, or to say that lines were rejected."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(more or {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    )
    if given is not None and process.stdin is not None:
        process.stdin.write(given.encode())
    if process.stdin is not None:
        process.stdin.close()
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code not in (0, 3):
        raise SystemExit(f"{command} ended with {code}: {said.decode(errors='replace')[-2000:]}")
    seconds = time.perf_counter() - begun
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
