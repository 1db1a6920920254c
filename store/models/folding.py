"""Expressions by which the database itself folds raw rows into figures."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, func, select, type_coerce

from store.models.codes import STANDINGS
from store.models.columns import NO_DAY, day_number, raw_column
from store.models.figures import COUNTY, batch_day

_SINCE = -day_number(NO_DAY)
_DAY = 86_400


def cut(packed: Any, digits: int) -> ColumnElement[int]:
    """A packed region as the place of at most so many digits that holds it."""
    unit = 10 ** (12 - digits) * 100
    return case((packed % 100 <= digits, packed), else_=packed // unit * unit + digits)


def day_number_of(moment: Any) -> ColumnElement[int]:
    """The day of a moment, both as they are kept; divided where none is below zero."""
    day: ColumnElement[int] = (moment + _SINCE * _DAY) // _DAY - _SINCE
    return day


def _sum_of(value: Any, *standings: str) -> ColumnElement[int]:
    assert set(standings) <= set(STANDINGS)
    return func.coalesce(func.sum(case((batch_day.c.standing.in_(standings), value))), 0)


def batch_counties(*where: ColumnElement[bool]) -> Select[Any]:
    """The rows of batch_county as they are kept, by the rows of batch_day."""
    b = batch_day.c
    keys = (b.batch_id, cut(b.place, COUNTY), raw_column(b.standing))
    count, amount = func.sum(b["count"]), func.sum(b.amount)
    query = select(*keys, count, amount).where(*where).group_by(*keys)
    return query.having((count != 0) | (amount != 0)).order_by(*keys)


def batch_figures(raw: bool = False) -> Select[Any]:
    """The rows of batch_now, by the rows of batch_day; `raw` has days as they are kept."""
    b = batch_day.c
    waiting, failed = ("none", "pending", "settled_waiting"), ("failing", "settled_failing")
    return select(
        b.batch_id,
        _sum_of(b.count, *waiting).label("waiting_count"),
        _sum_of(b.amount, *waiting).label("waiting_amount"),
        _sum_of(b.count, *failed).label("failed_count"),
        _sum_of(b.amount, *failed).label("failed_amount"),
        func.max(type_coerce(b.day, Integer) if raw else b.day).label("moved_on"),
    ).group_by(b.batch_id)
