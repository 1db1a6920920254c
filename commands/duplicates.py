"""`supervise duplicates`: people listed or credited more than once in a programme and period."""

from __future__ import annotations

from pathlib import Path

from commands.columnar import AT, whole_store
from commands.desk import asking, open_desk
from commands.options import Shared, command, flag, option
from commands.output import emit
from store.queries import duplicates as question
from store.queries.filters import Filters
from store.tables import table_of


@command("duplicates", lists=True)
def list_duplicates(
    shared: Shared,
    programme: str | None = option("programme", help_key="of_programme"),
    county: str | None = option("county"),
    region: str | None = option("region"),
    credited: bool = flag("credited"),
    at: Path | None = option("at", envvar=AT),
) -> None:
    """List the duplicates, the most often credited first."""
    desk = open_desk(shared)
    filters = Filters(county, region, programme)
    asked = {**filters.asked(), "credited": credited}
    with (
        asking(desk, ("view", "duplicates"), asked) as (connection, viewer),
        whole_store(desk, connection, at) as whole,
    ):
        rows = question.found(connection, viewer, desk.as_of, filters, whole, credited)
    emit(table_of(question.DuplicateRow, rows), desk, "duplicates")
