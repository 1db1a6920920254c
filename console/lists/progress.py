"""How far each payment round is: its cases by stage, its payments by what became of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.lists._narrowing import PLACE, filters_of, placed
from console.places import Option, Options
from console.plans import ListPlan, Shown, View
from store.errors import WrongUsage
from store.models.posts import Viewer
from store.tables import Table, table_of

BY = ("programme", "county", "town")
STAGES = (
    *("declare", "village_review", "town_review", "notice", "county_approval", "city_supervision"),
    *("appropriation", "disbursement"),
)
COLUMNS = (
    Shown("programme", 10, 24, 0),
    Shown("period", 7, 8, 0),
    Shown("county", 6, 12, 1),
    Shown("town", 6, 14, 1),
    Shown("case_count", 4, 8, 2),
    *(Shown(f"{stage}_count", 4, 8, 7 + place) for place, stage in enumerate(STAGES)),
    Shown("approved_count", 4, 8, 4),
    Shown("batched_count", 4, 8, 6),
    Shown("payment_count", 4, 8, 3),
    Shown("credited_count", 4, 8, 3),
    Shown("failed_count", 4, 8, 3),
    Shown("not_sent_count", 4, 8, 5),
    Shown("no_return_count", 4, 8, 5),
    Shown("payment_amount", 12, 18, 15),
)


def plan(options: Options, lang: str) -> ListPlan:
    """The rounds within the post's scope, by programme, county or town."""
    period = _period(options.get("period"))

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import progress

        filters = placed(connection, viewer, filters_of(options))
        rows = progress.listed(connection, viewer, as_of, filters, period, options.get("by", "county"))
        return table_of(progress.ProgressRow, rows)

    # places below those that the rows are summed up by are empty
    finer = BY[BY.index(options.get("by", "county")) + 1 :]
    columns = tuple(column for column in COLUMNS if column.key not in finer)
    return ListPlan("progress", ask, ("programme_code", "period", "county_code", "town_code"), columns)


def _period(text: str | None) -> str | None:
    from store.models.values import parse_period

    if text is None:
        return None
    try:
        found: str = parse_period(text)
    except ValueError:
        raise WrongUsage("bad_period", text=text) from None
    return found


VIEW = View("progress", (Option("by", BY), Option("period"), *PLACE), plan, bare="county")
