"""What was typed into forms and not yet recorded, kept for its author alone until it is.

One file a post, act and subject, in the user's state folder; a damaged one is as none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from console.seat import Seat


@dataclass(frozen=True)
class Draft:
    """A form as it was left: the act, the numbers it is about, the texts by field, and when."""

    act: str
    subjects: tuple[str, ...]
    texts: Mapping[str, str]
    at: datetime


def folder() -> Path:
    """Where drafts are kept; it may not be there."""
    from platformdirs import user_state_path

    return user_state_path("supervise", appauthor=False) / "drafts"


def _path(seat: Seat, act: str, subjects: Sequence[str]) -> Path:
    where = seat.store.url.render_as_string(hide_password=True)
    named = json.dumps([where, seat.post.code, act, sorted(subjects)])
    return folder() / f"{sha256(named.encode()).hexdigest()[:32]}.json"


def keep(seat: Seat, act: str, subjects: Sequence[str], texts: Mapping[str, str]) -> bool:
    """Keep a draft in place of the one before; False where that cannot be."""
    path = _path(seat, act, subjects)
    kept = {
        "store": seat.store.shown,
        "post": seat.post.code,
        "act": act,
        "subjects": list(subjects),
        "texts": dict(texts),
        "at": seat.clock().isoformat(),
    }
    return write_private(path, kept)


def write_private(path: Path, kept: Mapping[str, object]) -> bool:
    """Write a file that its owner alone can read, whole or not at all; False where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_suffix(f".{os.getpid()}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as out:
            json.dump(kept, out, ensure_ascii=False)
        os.replace(beside, path)
    except OSError:
        return False
    return True


def kept(seat: Seat, act: str, subjects: Sequence[str]) -> Draft | None:
    """The draft of an act on these subjects, if there is one."""
    return _read(_path(seat, act, subjects))


def drop(seat: Seat, act: str, subjects: Sequence[str]) -> None:
    """Forget a draft."""
    with suppress(OSError):
        _path(seat, act, subjects).unlink()


def listed(seat: Seat) -> list[Draft]:
    """All drafts of this store and post, the latest first."""
    found = [(_read(path), path) for path in folder().glob("*.json")] if folder().is_dir() else []
    own = [draft for draft, path in found if draft and _path(seat, draft.act, draft.subjects) == path]
    return sorted(own, key=lambda draft: draft.at, reverse=True)


def _read(path: Path) -> Draft | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        texts = {str(name): str(text) for name, text in told["texts"].items()}
        subjects = tuple(str(no) for no in told["subjects"])
        return Draft(str(told["act"]), subjects, texts, datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
