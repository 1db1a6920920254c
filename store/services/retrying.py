"""Tries rejected lines again: a later import may have brought what they missed."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby

from sqlalchemy import delete, select

from store.database import lock_imports
from store.intake.freeing import Intake, feed_named
from store.intake.lines import freed
from store.lookup import slices
from store.models.intake import COUNTS, reject, source_file
from store.models.posts import Actor
from store.services import trace
from store.services.imports import FIRST, ImportRow, Writing, add_counts


def retry(writing: Writing, actor: Actor) -> list[ImportRow]:
    """Take every rejected line again that was read whole; a row a file that had some."""
    with writing() as connection:
        lock_imports(connection)
        query = (
            select(reject, source_file.c.path)
            .join_from(reject, source_file, source_file.c.file_id == reject.c.file_id)
            .where(reject.c.feed.isnot(None))
            .order_by(reject.c.file_id, reject.c.line)
        )
        rows = [row for row in connection.execute(query) if isinstance(json.loads(row.raw or "[]"), dict)]
        for some in slices([row.reject_id for row in rows]):
            connection.execute(delete(reject).where(reject.c.reject_id.in_(some)))
        rows.sort(key=lambda row: FIRST.index(row.feed) if row.feed in FIRST else len(FIRST))
        intake = Intake(connection, actor.at)
        for (file_id, feed), group in groupby(rows, key=lambda row: (row.file_id, row.feed)):
            intake.take(freed(feed_named(feed), [(file_id, row.line, row.raw) for row in group]))
        intake.finish()
        report = []
        for file_id in sorted({row.file_id for row in rows}):
            first = next(row for row in rows if row.file_id == file_id)
            tried = Counter(intake.taken.counts[file_id])
            count = sum(row.file_id == file_id for row in rows)
            moved = Counter({name: tried[name] for name in COUNTS if tried[name]})
            moved["rejected"] -= count
            add_counts(connection, file_id, moved)
            kept = {name: tried[name] for name in COUNTS if name not in ("rows", "freed")}
            report.append(ImportRow(first.path, first.feed, rows=count, freed=0, seconds=0.0, **kept))
        for file_id, counts in intake.freed.counts.items():
            freed_here = Counter({name: counts[name] for name in COUNTS if counts[name]})
            freed_here["held"] -= counts["left"]
            add_counts(connection, file_id, freed_here)
        detail = {"tried": len(rows), "rejected": sum(row.rejected for row in report)}
        trace.record(connection, actor, "rejects_retry", ("view", "rejects"), detail)
    return report
