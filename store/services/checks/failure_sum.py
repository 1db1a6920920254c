"""The sums behind the daily board and the weekly sheet, from the events of failures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, case, delete, exists, func, literal, select

from store.dialects import insert_plain
from store.models.columns import raw_column
from store.models.derived import Difference
from store.models.failures import failure, failure_event
from store.models.figures import DAYS, MONTHS, failure_sum
from store.models.folding import cut
from store.models.tracking import FIGURES, WEEK, month_of
from store.services.comparing import compared, raw_rows, streamed

DERIVED = "failure_sum"
AFTER = ("failures",)

Sums = dict[tuple[int, ...], list[int]]


def differences(connection: Connection) -> Iterator[Difference]:
    """Sums that are not those of the events."""
    recomputed = ((*key, *sums) for key, sums in sorted(_recomputed(connection).items()))
    yield from compared(DERIVED, 5, streamed(connection, raw_rows(failure_sum)), recomputed)


def mend(connection: Connection) -> None:
    """Sum all of it up anew."""
    connection.execute(delete(failure_sum))
    insert_plain(connection, failure_sum, [(*key, *sums) for key, sums in _recomputed(connection).items()])


def _recomputed(connection: Connection) -> Sums:
    """All the sums: as many as there are days, counties, programmes and units, however many failures."""
    found: Sums = defaultdict(lambda: [0] * FIGURES)
    for query, columns in ((_moves(), range(6)), (_openings(), range(6, 8)), (_endings(), (8, 9))):
        for programme_id, unit_id, place, day, *sums in streamed(connection, query):
            for of in ((0, 0), (programme_id, 0), (0, unit_id)):
                for span, start in ((DAYS, day), (MONTHS, month_of(day))):
                    row = found[(*of, span, place, start)]
                    for at, value in zip(columns, sums, strict=True):
                        row[at] += value
    return {key: sums for key, sums in found.items() if any(sums)}


def _moves() -> Select[tuple[int, ...]]:
    f, e = failure.c, failure_event.c
    keys = (f.programme_id, f.unit_id, cut(raw_column(f.region_code), 6), raw_column(e.day))
    return (
        select(
            *keys,
            func.sum(case((e.opened > 0, 1), else_=0)),
            func.sum(case((e.change > 0, e.change), else_=0)),
            func.sum(case((e.opened < 0, 1), else_=0)),
            func.sum(case((e.change < 0, -e.change), else_=0)),
            func.sum(case(((e.opened < 0) & (e.day == f.opened_on), 1), else_=0)),
            func.sum(e.late),
        )
        .join_from(failure, failure_event, e.failure_id == f.failure_id)
        .group_by(*keys)
    )


def _endings() -> Select[tuple[int, ...]]:
    """How many more failures were cleared by a refund, or by both, at the end of a day than before it."""
    f, e = failure.c, failure_event.c
    rank = func.row_number().over(partition_by=(e.failure_id, e.day), order_by=e.seq.desc())
    last = select(e.failure_id, raw_column(e.day).label("day"), e.seq, _by().label("by"), rank.label("rank"))
    ends = last.subquery()
    before = func.lag(ends.c.by).over(partition_by=ends.c.failure_id, order_by=ends.c.seq)
    turned = (
        select(ends.c.failure_id, ends.c.day, ends.c.by, func.coalesce(before, 0).label("before"))
        .where(ends.c.rank == 1)
        .subquery()
    )
    keys = (f.programme_id, f.unit_id, cut(raw_column(f.region_code), 6), turned.c.day)
    more = (
        func.sum(case((turned.c.by == end, 1), else_=0) - case((turned.c.before == end, 1), else_=0))
        for end in (REFUND, BOTH)
    )
    return (
        select(*keys, *more).join_from(failure, turned, turned.c.failure_id == f.failure_id).group_by(*keys)
    )


REISSUE, REFUND, BOTH = 1, 2, 3


def _by() -> ColumnElement[int]:
    e = failure_event.c
    return case(
        (e.outstanding > 0, 0),
        ((e.reissued > 0) & (e.refunded <= 0), REISSUE),
        ((e.reissued <= 0) & (e.refunded > 0), REFUND),
        else_=BOTH,
    )


def _openings() -> Select[tuple[int, ...]]:
    """How many opened on a day, and how many of those had nothing outstanding a week later."""
    f, e = failure.c, failure_event.c
    later = failure_event.alias()
    by_then = raw_column(f.opened_on) + literal(WEEK)
    left = exists().where(
        e.failure_id == f.failure_id,
        raw_column(e.day) <= by_then,
        e.outstanding > 0,
        ~exists()
        .where(later.c.failure_id == e.failure_id, later.c.seq > e.seq, raw_column(later.c.day) <= by_then)
        .correlate(failure, failure_event),
    )
    keys = (f.programme_id, f.unit_id, cut(raw_column(f.region_code), 6), raw_column(f.opened_on))
    return select(*keys, func.count(), func.sum(case((left, 0), else_=1))).group_by(*keys)
