"""Takes one chunk in one transaction: its lines, what follows from them, how far the file is, the trace."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, select, update

from store.database import lock_imports
from store.intake.freeing import Intake
from store.intake.keeping import keep_rejects
from store.intake.sheets import Chunk, Recognised
from store.models.intake import COUNTS, source_file
from store.models.posts import Actor
from store.services import trace
from store.services.imported import Writing


def take_chunk(
    writing: Writing, actor: Actor, found: Recognised, file_id: int, chunk: Chunk, seconds: float
) -> None:
    """One transaction: the lines, what they free and change, how far the file is, and the trace."""
    with writing() as connection:
        lock_imports(connection)
        here = source_file.c.file_id == file_id
        row = connection.execute(select(source_file).where(here)).one()
        if chunk.last_line <= row.last_line:
            return  # taken before the import was killed
        intake = Intake(connection, actor.at)
        intake.take(chunk.lines)
        keep_rejects(connection, chunk.broken)
        intake.finish()
        counts = Counter(intake.taken.counts.get(file_id, Counter()))
        counts["rejected"] += len(chunk.broken)
        counts["rows"] += chunk.count
        counts["freed"] += _earlier(connection, intake, row.import_id)
        add_freed(connection, intake)
        add_counts(connection, file_id, counts, last_line=chunk.last_line, seconds=row.seconds + seconds)
        detail = {"feed": found.feed, "to_line": chunk.last_line, "sha256": found.sheet.sha256, **counts}
        trace.record(connection, actor, "import", ("file", found.sheet.file), detail)


def _earlier(connection: Connection, intake: Intake, import_id: int) -> int:
    """How many lines of earlier imports were freed and landed."""
    query = select(source_file.c.file_id).where(source_file.c.import_id == import_id)
    here = set(connection.scalars(query)) if intake.freed.counts else set()
    freed = [counts for file_id, counts in intake.freed.counts.items() if file_id not in here]
    return sum(counts["landed"] + counts["updated"] for counts in freed)


def add_freed(connection: Connection, intake: Intake) -> None:
    """Put freed lines down where they came from."""
    for file_id, counts in intake.freed.counts.items():
        moved = Counter({name: counts[name] for name in COUNTS})
        moved["held"] -= counts["left"]
        add_counts(connection, file_id, moved)


def add_counts(connection: Connection, file_id: int, counts: Counter[str], **values: object) -> None:
    """Add to the counts of a file, and set other columns of it."""
    added = {name: source_file.c[name] + counts[name] for name in COUNTS if counts[name]}
    if added or values:
        here = source_file.c.file_id == file_id
        connection.execute(update(source_file).where(here).values(**added, **values))
