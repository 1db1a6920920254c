"""How payments came to stand day by day, summed up from their returns and from the steps of failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, insert, literal, select, union_all

from store.models.columns import raw_column
from store.models.derived import Difference
from store.models.figures import batch_day, failure_step
from store.models.folding import cut, day_number_of
from store.models.payments import payment, payment_return
from store.models.standing import BEFORE_ALL, BY_RESULT, NONE
from store.services.comparing import compared, raw_rows, streamed

DERIVED = "batch_day"
AFTER = ("failures",)
AT_ONCE = (
    500_000  # payments that are looked at in one statement: what its sorting needs of memory stays small
)


def differences(connection: Connection) -> Iterator[Difference]:
    """Sums that are not those of the raw rows."""
    for first, last in _spans(connection):
        stored = raw_rows(batch_day).where(_between(batch_day, first, last))
        recomputed = streamed(connection, _recomputed(first, last))
        yield from compared(DERIVED, 4, streamed(connection, stored), recomputed)


def mend(connection: Connection) -> None:
    """Sum all of it up anew."""
    connection.execute(delete(batch_day))
    for first, last in _spans(connection):
        connection.execute(insert(batch_day).from_select(list(batch_day.c.keys()), _recomputed(first, last)))


def _spans(connection: Connection) -> list[tuple[int | None, int | None]]:
    """All batches, in spans that hold not too many payments; the first and the last have no end."""
    sizes = select(payment.c.batch_id, func.count()).group_by(payment.c.batch_id).order_by(payment.c.batch_id)
    ends: list[int] = []
    held = 0
    for batch_id, count in connection.execute(sizes):
        held += count
        if held >= AT_ONCE:
            ends.append(batch_id)
            held = 0
    return list(zip([None, *ends], [*ends, None], strict=True))


def _between(table: Any, first: int | None, last: int | None) -> Any:
    here = literal(True)
    if first is not None:
        here = table.c.batch_id > first
    return here if last is None else here & (table.c.batch_id <= last)


def _recomputed(first: int | None, last: int | None) -> Select[Any]:
    """The rows of batch_day for a span of batches."""
    p, r = payment.c, payment_return.c
    town, result = cut(raw_column(p.region_code), 9), raw_column(r.result)
    before = func.lag(result).over(partition_by=r.payment_id, order_by=(r.settled_at, result))
    changes = (
        select(
            p.batch_id,
            town.label("place"),
            day_number_of(raw_column(r.settled_at)).label("day"),
            _standing(result).label("came"),
            func.coalesce(_standing(before), NONE).label("left"),
            p.amount,
        )
        .join_from(payment, payment_return, r.payment_id == p.payment_id)
        .where(_between(payment, first, last))
        .subquery()
    )
    c, s = changes.c, failure_step.c
    landed = select(
        p.batch_id,
        literal(NONE).label("standing"),
        town.label("place"),
        literal(BEFORE_ALL).label("day"),
        literal(1).label("count"),
        p.amount,
    ).where(_between(payment, first, last))
    rows = union_all(
        landed,
        select(c.batch_id, c.came, c.place, c.day, literal(1), c.amount),
        select(c.batch_id, c.left, c.place, c.day, literal(-1), -c.amount),
        select(s.batch_id, raw_column(s.standing), s.place, raw_column(s.day), s.count, s.amount).where(
            _between(failure_step, first, last)
        ),
    ).subquery()
    keys = (rows.c.batch_id, rows.c.standing, rows.c.place, rows.c.day)
    count = func.sum(rows.c["count"])
    amount = func.sum(rows.c.amount)
    query = select(*keys, count, amount).group_by(*keys)
    return query.having((count != 0) | (amount != 0)).order_by(*keys)


def _standing(result: Any) -> Any:
    return case(*((result == number, standing) for number, standing in enumerate(BY_RESULT)))
