"""The trace: its chain of hashes. It is never mended: what was written over is a matter for a person."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from store.models.derived import Difference
from store.queries.audit import verify


def differences(connection: Connection) -> Iterator[Difference]:
    """Every place where the chain is broken."""
    for each in verify(connection):
        yield Difference("trace", str(each.seq), each.finding, None)


mend = None
