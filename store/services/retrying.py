"""Tries rejected lines again: a later import may have brought what they missed."""

from __future__ import annotations

from sqlalchemy import select

from store.database import lock_imports
from store.intake.freeing import Intake
from store.intake.retaking import retake
from store.models.intake import COUNTS, reject, source_file
from store.models.posts import Actor
from store.services import trace
from store.services.chunks import add_counts, add_freed
from store.services.imported import ImportRow, Writing
from store.services.imports import FIRST


def retry(writing: Writing, actor: Actor) -> list[ImportRow]:
    """Take every rejected line again that named a programme or unit which was not stored; a row a file."""
    with writing() as connection:
        lock_imports(connection)
        intake = Intake(connection, actor.at)
        found = retake(intake, reject.c.feed.in_(FIRST)) + retake(intake, reject.c.feed.notin_(FIRST))
        intake.finish()
        paths = {row.file_id: row.path for row in connection.execute(select(source_file))}
        report = []
        for each in sorted(found, key=lambda each: each.file_id):
            add_counts(connection, each.file_id, each.moved)
            kept = {name: each.counts[name] for name in COUNTS if name not in ("rows", "freed")}
            report.append(
                ImportRow(paths[each.file_id], each.feed, rows=each.tried, freed=0, seconds=0.0, **kept)
            )
        add_freed(connection, intake)
        detail = {"tried": sum(each.tried for each in found), "rejected": sum(row.rejected for row in report)}
        trace.record(connection, actor, "rejects_retry", ("view", "rejects"), detail)
    return report
