"""Keeps the traceback of a fault of the program where only its owner can read it."""

from __future__ import annotations

import os
import traceback
from datetime import datetime

from store.errors import SuperviseError


def keep(error: BaseException) -> str:
    """Write the traceback to a log that only its owner can read, and return where; else the error's name."""
    from platformdirs import user_log_path

    number = datetime.now().strftime("%Y%m%d-%H%M%S-") + str(os.getpid())
    try:
        folder = user_log_path("supervise", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / f"{number}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as out:
            traceback.print_exception(error, file=out)
        return str(folder / f"{number}.log")
    except OSError:
        return type(error).__name__


def as_told(error: Exception) -> SuperviseError:
    """The error if it speaks to an officer, else the sentence of a fault with the number it is kept under."""
    return error if isinstance(error, SuperviseError) else SuperviseError("fault", number=keep(error))
