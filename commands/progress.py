"""`supervise progress`: how far each payment round is."""

from __future__ import annotations

from commands.desk import asking, open_desk
from commands.options import Shared, command, option
from commands.output import emit
from store.errors import WrongUsage
from store.models.values import parse_period
from store.queries import progress as question
from store.queries.filters import Filters, check_choice
from store.tables import table_of


@command("progress", lists=True)
def list_progress(
    shared: Shared,
    programme: str | None = option("programme"),
    period: str | None = option("period"),
    county: str | None = option("county"),
    region: str | None = option("region"),
    by: str = option("by", "county", help_key="by_place"),
) -> None:
    """List every round with its cases by stage and its payments by what became of them."""
    check_choice("by", by, question.BY)
    named = _period(period)
    desk = open_desk(shared)
    filters = Filters(county, region, programme)
    asked = {**filters.asked(), "period": named, "by": by}
    with asking(desk, ("view", "progress"), asked) as (connection, viewer):
        rows = question.listed(connection, viewer, desk.as_of, filters, named, by)
    emit(table_of(question.ProgressRow, rows), desk, "progress")


def _period(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return parse_period(text)
    except ValueError:
        raise WrongUsage("bad_period", text=text) from None
