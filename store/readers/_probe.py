"""Tries an XLS in a process of its own first: one damaged byte can make its library end the process it is in.

A count that is wrong in the file is taken for memory to reserve, and what cannot be reserved is no exception
there but an abort. XLSX has no such counts; `_extent` looks after its far corners.
"""

from __future__ import annotations

import subprocess
import sys

LOADED, REFUSED = (
    0,
    1,
)  # Python's own exit codes: a refusal is an exception, which the reader will meet itself
LOAD = "import io, sys, python_calamine as c; c.load_workbook(io.BytesIO(sys.stdin.buffer.read()))"


def survives(content: bytes) -> bool:
    """Whether a process that opens `content` lives on (also where no other process can be had to try it)."""
    if not sys.executable:
        return True
    tried = subprocess.run([sys.executable, "-c", LOAD], input=content, capture_output=True, check=False)
    return tried.returncode in (LOADED, REFUSED)
