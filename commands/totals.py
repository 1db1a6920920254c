"""`supervise totals`: payments and yuan summed up from the raw rows."""

from __future__ import annotations

from pathlib import Path

from commands.columnar import AT, whole_store
from commands.desk import asking, open_desk
from commands.options import Shared, command, option
from commands.output import emit
from store.queries import totals as question
from store.queries.filters import Filters
from store.tables import table_of


@command("totals", lists=True)
def list_totals(
    shared: Shared,
    programme: str | None = option("programme", help_key="of_programme"),
    county: str | None = option("county"),
    region: str | None = option("region"),
    at: Path | None = option("at", envvar=AT),
) -> None:
    """Sum up payments and yuan by programme, county, period and state."""
    desk = open_desk(shared)
    filters = Filters(county, region, programme)
    with (
        asking(desk, ("view", "totals"), filters.asked()) as (connection, viewer),
        whole_store(desk, connection, at) as whole,
    ):
        rows = question.summed(connection, viewer, desk.as_of, filters, whole)
    emit(table_of(question.TotalRow, rows), desk, "totals")
