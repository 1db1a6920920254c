"""Takes evidence files into the store: read once, known by their SHA-256, kept once."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, insert, select

from store.errors import NotDone
from store.models.ledger import evidence, step_evidence

LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file as it was read: its name without folders, its content and the content's SHA-256."""

    name: str
    content: bytes
    sha256: str


def read(paths: Sequence[Path | EvidenceFile]) -> tuple[EvidenceFile, ...]:
    """Read evidence from disk; NotDone for what is no readable regular file of at most 20 MiB.

    What was read before stays as it is: what was shown is what is kept, whatever became of the file.
    """
    return tuple(path if isinstance(path, EvidenceFile) else _read(Path(path)) for path in paths)


def _read(path: Path) -> EvidenceFile:
    shown = str(path).encode("utf-8", "replace").decode()
    # what is read is what was named, even if it changes meanwhile: no link is followed, no pipe waited for
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotDone("evidence_kind", path=shown)
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotDone("evidence_kind", path=shown)
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotDone("file_missing", path=shown) from None
    except (OSError, ValueError):
        raise NotDone("file_unreadable", path=shown) from None
    if len(content) > LARGEST:
        raise NotDone("evidence_size", path=shown, most=LARGEST // 1024**2)
    name = path.name.encode("utf-8", "replace").decode()
    return EvidenceFile(name, content, sha256(content).hexdigest())


def attach(connection: Connection, step_id: int, files: Sequence[EvidenceFile]) -> None:
    """Keep files as the evidence of a step; a content that is there already is not kept again."""
    for place, file in enumerate(files):
        if connection.scalar(select(evidence.c.bytes).where(evidence.c.sha256 == file.sha256)) is None:
            connection.execute(
                insert(evidence).values(sha256=file.sha256, bytes=len(file.content), content=file.content)
            )
        connection.execute(
            insert(step_evidence).values(step_id=step_id, place=place, name=file.name, sha256=file.sha256)
        )
