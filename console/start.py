"""Opens the console on a terminal that can show it, and says how it ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime

from store.database import Store
from store.errors import WrongUsage
from store.models.posts import Post

SLOW_LINE_ESCAPE_MS = "500"
OWN_SCREEN_ESCAPE_MS = "100"


def start(
    store: Store,
    post: Post,
    login: str,
    lang: str,
    as_of: date | None,
    clock: Callable[[], datetime],
    read_only: bool = False,
) -> int:
    """Run the console until it is left, and return the exit code.

    Raises WrongUsage before a byte is written where there is no terminal that can move its cursor.
    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if os.environ.get("TERM", "dumb") in ("", "dumb") or not all(s and s.isatty() for s in streams):
        raise WrongUsage("no_terminal")
    settle_environment()
    from console.app import Console
    from console.seat import Seat
    from console.settings import Settings, settings_path
    from console.terminal import found

    seat = Seat(store, post, login, lang, as_of, clock, read_only)
    settings = Settings(settings_path())
    app = Console(seat, settings, found(settings.wishes))
    code = app.run(mouse=False)
    if app.fault is not None:
        raise app.fault
    return 0 if code is None else code


def settle_environment() -> None:
    """Let nothing from outside steer the screen, and let nothing on it move by itself."""
    # the size of a window that somebody exported is that of another window
    for name in [name for name in os.environ if name.startswith("TEXTUAL") or name in ("LINES", "COLUMNS")]:
        del os.environ[name]
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    os.environ["ESCDELAY"] = escape_ms()


def escape_ms() -> str:
    """How long to wait for the rest of a key: on a slow line the bytes of one cursor key come apart.

    Only a screen that surely is this machine's own is quick; a line need not be SSH, nor say that it is.
    """
    remote = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ
    own = (
        any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
        or os.environ.get("TERM") == "linux"
    )
    return os.environ.get("ESCDELAY") or (OWN_SCREEN_ESCAPE_MS if own and not remote else SLOW_LINE_ESCAPE_MS)
