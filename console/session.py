"""Where a person was when the line dropped: kept until the next start has offered it.

One file a store and post, in the user's state folder, beside the drafts; a damaged one is as none.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from console.drafts import folder, write_private
from console.seat import Seat


@dataclass(frozen=True)
class KeptView:
    """A list as it was left: its line, filter and order, the row under the cursor, and the marks."""

    line: str
    filter: str = ""
    sort: str = ""
    row: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """What was open: when, the line of the view in front, the day looked at, and the lists."""

    at: datetime
    line: str
    day: str
    views: tuple[KeptView, ...]


def key_text(key: Hashable) -> str:
    """The key of a row as it is kept."""
    return json.dumps(key, ensure_ascii=False, default=str)


def _path(seat: Seat) -> Path:
    where = seat.store.url.render_as_string(hide_password=True)
    named = json.dumps([where, seat.post.code, seat.login])
    return folder().with_name("sessions") / f"{sha256(named.encode()).hexdigest()[:32]}.json"


def keep(seat: Seat, session: Session) -> bool:
    """Keep a session in place of the one before; False where that cannot be."""
    kept = {
        **asdict(session),
        "at": session.at.isoformat(),
        "store": seat.store.shown,
        "post": seat.post.code,
    }
    return write_private(_path(seat), kept)


def kept(seat: Seat) -> Session | None:
    """The session that was cut off, if there is one."""
    try:
        told = json.loads(_path(seat).read_text(encoding="utf-8"))
        views = tuple(_view(each) for each in told["views"])
        at = datetime.fromisoformat(told["at"])
        return Session(at, str(told["line"]), str(told["day"]), views)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _view(told: dict[str, Any]) -> KeptView:
    line, wanted, sort, row = (str(told[name]) for name in ("line", "filter", "sort", "row"))
    return KeptView(line, wanted, sort, row, tuple(str(mark) for mark in told["marks"]))


def drop(seat: Seat) -> None:
    """Forget it."""
    with suppress(OSError):
        _path(seat).unlink()
