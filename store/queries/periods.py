"""The days that periods cover, as a table to join: 2025, 2025H1, 2025Q2, 2025-07 and 2025T1."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, FromClause, column, select, type_coerce, union, values

from store.models.claims import claim, notice
from store.models.columns import Big, Day, Text, day_number
from store.models.payments import batch

MONTHS = {
    **{"": (1, 12), "H1": (1, 6), "H2": (7, 12), "T1": (1, 6), "T2": (7, 12)},
    **{f"Q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)},
    **{f"-{month:02d}": (month, month) for month in range(1, 13)},
}
_COLUMNS: tuple[Any, ...] = (
    column("period", Text),
    *(column(name, Big) for name in ("first_on", "last_on", "first_ymd")),
)


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a period; a term is a half of its year."""
    first, last = MONTHS[period[4:]]
    year = max(1, int(period[:4]))
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def table_of(periods: Collection[str]) -> FromClause:
    """Periods as a table: period, first_on, last_on (days), first_ymd (the first day as eight digits)."""
    rows = []
    for period in sorted(periods) or ["2000"]:
        first, last = days_of(period)
        rows.append((period, day_number(first), day_number(last), int(first.strftime("%Y%m%d"))))
    given = values(*_COLUMNS, name="given").data(rows).cte("given_period")
    days = [type_coerce(given.c[name], Day).label(name) for name in ("first_on", "last_on")]
    return select(given.c.period, *days, given.c.first_ymd).subquery("period_days")


def known(connection: Connection) -> FromClause:
    """Every period that a batch, a claim or a notice is for."""
    query = union(*(select(each.c.period) for each in (batch, claim, notice)))
    return table_of(set(connection.scalars(query)))
