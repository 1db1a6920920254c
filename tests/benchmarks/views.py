"""How fast views answer on a store: `python tests/benchmarks/views.py STORE [STORE ...] [--county CODE]`.

Each view is asked in this process, first on a connection of its own (cold: nothing of the store is in the
cache of SQLite, though it may be in the system's), then again and again (warm, the median). Times are of
the processor, since other work may go on beside. Beside a view stands a plain sqlite3 cursor that reads the
rows it shows by the index that fits. With several stores the last column is the warm time of the last over
that of the first.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import Connection, func, select

from store.database import Store, reading, store_at
from store.models.columns import day_number, end_of, moment_number, region_span
from store.models.payments import batch, payment, payment_return
from store.models.posts import Post, Viewer
from store.queries import (
    ageing,
    audit,
    boards,
    failed,
    home,
    ledger,
    overdue,
    overdue_payments,
    payments,
    progress,
    weekly,
)
from store.queries.filters import Filters
from store.queries.paging import Span
from store.queries.payments import Of

OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "bench")
TIMES = 9
LONGEST = 20.0  # seconds that one view is asked for


@dataclass(frozen=True)
class Case:
    """A view: its name, the question, and a statement with its values for a plain cursor (None: no peer)."""

    name: str
    ask: Callable[[Connection], Any]
    peer: tuple[str, tuple[Any, ...]] | None = None


@dataclass(frozen=True)
class Samples:
    """What lists by the page are asked of: a batch, and a person, of many payments."""

    batch_no: str
    batch_id: int
    middle: int  # a payment in the middle of the batch
    person_id: int
    of_person: str  # the number of one of the person's payments


def samples(store: Store) -> Samples:
    """A batch from the middle of the store, and one of the people it pays."""
    b, p = batch.c, payment.c
    with reading(store) as connection:
        count = connection.scalar(select(func.count()).select_from(batch)) or 0
        row = connection.execute(select(b.batch_id, b.batch_no).offset(count // 2).limit(1)).one()
        ids = list(connection.scalars(select(p.payment_id).where(p.batch_id == row.batch_id)))
        middle = sorted(ids)[len(ids) // 2]
        paid = connection.execute(select(p.person_id, p.payment_no).where(p.payment_id == middle)).one()
    return Samples(row.batch_no, row.batch_id, middle, paid.person_id, paid.payment_no)


def cases(today: date, county: str, some: Samples) -> list[Case]:
    """The views, of the whole store, of a county, and of a day half a year ago."""
    back = today - timedelta(days=180)
    here, everything = Filters(county=county), Filters()
    start, stop = region_span(county)
    number = int(county)
    listed: list[Case] = []
    for label, day, filters in (
        ("all", today, everything),
        ("county", today, here),
        ("county, half a year ago", back, here),
    ):
        of = filters
        listed += [
            Case(
                f"overdue approvals, {label}",
                _asking(overdue.approvals, day, of),
                _open_stays(day, start, stop) if day == today and of is here else None,
            ),
            Case(f"upcoming approvals, {label}", _asking(overdue.approvals, day, of, upcoming=True)),
            Case(
                f"finished late, {label}",
                _asking(overdue.finished_late, day, of),
                _finished(day, start, stop) if of is here else None,
            ),
            Case(
                f"overdue payments, {label}",
                _asking(overdue_payments.listed, day, of),
                _unsettled(start, stop) if day == today and of is here else None,
            ),
            Case(f"overdue failures, {label}", _asking(failed.overdue, day, of)),
            Case(
                f"failed, {label}",
                _asking(failed.listed, day, of),
                _open_failures(day, number) if day == today and of is here else None,
            ),
            Case(f"daily board, {label}", _asking(boards.daily, day, of)),
            Case(f"weekly sheet, {label}", _asking(weekly.weekly, day, of)),
            Case(f"weekly sheet by unit, {label}", _asking(weekly.weekly, day, of, by_unit=True)),
            Case(f"ageing, {label}", _asking(ageing.ages, day, of)),
            Case(f"rate, {label}", _asking(ageing.rates, day, of)),
            Case(f"progress, {label}", _asking(progress.listed, day, of)),
        ]
    listed += _pages(today, county, some)
    listed.append(Case("ledger", lambda c: ledger.listed(c, OWNER, today)))
    listed.append(Case("home", lambda c: home.figures(c, OWNER, today)))
    listed.append(Case("home, half a year ago", lambda c: home.figures(c, OWNER, back)))
    return listed


FIRST_PAGE = Span(64)
FAILED = """
    SELECT f.*, p.name, p.card_no, p.person_id, b.batch_no, b.period FROM failure f
    JOIN payment p ON p.payment_id = f.failure_id JOIN batch b ON b.batch_id = f.batch_id
"""
PAID = """
    SELECT p.*, b.batch_no, b.period, r.* FROM payment p JOIN batch b ON b.batch_id = p.batch_id
    LEFT JOIN payment_return r ON r.payment_id = p.payment_id
"""


def _pages(today: date, county: str, some: Samples) -> list[Case]:
    """Lists by the page: the first one, the last one, or one in the middle."""
    opened, everything = Filters(), Filters(everything=True)
    middle = Span(64, after=(some.middle,))
    of_batch, of_person = Of(some.batch_no, None), Of(None, some.of_person)

    def page(query: Any, span: Span, *asked: Any) -> Callable[[Connection], Any]:
        return lambda connection: list(query.page(connection, OWNER, *asked, span).rows)

    return [
        Case(
            "failed, first page",
            page(failed, FIRST_PAGE, today, opened),
            (f"{FAILED} WHERE f.cleared_on IS NULL ORDER BY f.opened_on, f.payment_no LIMIT 64", ()),
        ),
        Case(
            "failed, first page of a county",
            page(failed, FIRST_PAGE, today, Filters(county=county)),
            (
                f"{FAILED} WHERE f.cleared_on IS NULL AND f.county = ? "
                "ORDER BY f.opened_on, f.payment_no LIMIT 64",
                (int(county),),
            ),
        ),
        Case(
            "all failures, last page",
            page(failed, Span(64, last=True), today, everything),
            (f"{FAILED} ORDER BY f.opened_on DESC, f.payment_no DESC LIMIT 64", ()),
        ),
        Case(
            "payments of a batch, a page in its middle",
            page(payments, middle, today, of_batch),
            (
                f"{PAID} WHERE p.batch_id = ? AND p.payment_id > ? ORDER BY p.payment_id LIMIT 64",
                (some.batch_id, some.middle),
            ),
        ),
        Case(
            "payments of a person",
            page(payments, FIRST_PAGE, today, of_person),
            (
                f"{PAID} WHERE p.payment_id IN (SELECT payment_id FROM person_payment "
                f"WHERE span IN {tuple(range(64))} AND person_id = ?) "
                "ORDER BY p.payment_id LIMIT 64",
                (some.person_id,),
            ),
        ),
        Case(
            "trace, first page",
            page(audit, FIRST_PAGE, audit.Filters()),
            ("SELECT * FROM event ORDER BY seq DESC LIMIT 64", ()),
        ),
    ]


def _finished(day: date, start: int, stop: int) -> tuple[str, tuple[Any, ...]]:
    """The rows that the finished late of a county are among: what ended in a month and lasted four days."""
    statement = """
        SELECT v.*, c.case_no, c.period, c.person_id, c.amount
        FROM stage_visit v JOIN claim c USING (claim_id)
        WHERE v.left_at - v.entered_at >= 345600 AND v.left_at >= ? AND v.left_at <= ?
        AND v.region_code >= ? AND v.region_code < ?
    """
    first = moment_number(end_of(day - timedelta(days=31)))
    return statement, (first, moment_number(end_of(day)), start, stop)


def _unsettled(start: int, stop: int) -> tuple[str, tuple[Any, ...]]:
    statement = """
        SELECT b.*, n.* FROM batch_now n JOIN batch b USING (batch_id)
        WHERE n.waiting_count + n.failed_count > 0 AND b.region_code >= ? AND b.region_code < ?
    """
    return statement, (start, stop)


def _asking(
    query: Callable[..., Any], day: date, filters: Filters, **more: Any
) -> Callable[[Connection], Any]:
    return lambda connection: query(connection, OWNER, day, filters, **more)


def _open_stays(day: date, start: int, stop: int) -> tuple[str, tuple[Any, ...]]:
    """The rows that the overdue of a county are among today: those entered a week ago or earlier."""
    statement = """
        SELECT v.*, c.case_no, c.period, c.person_id, c.amount
        FROM stage_visit v JOIN claim c USING (claim_id)
        WHERE v.left_at IS NULL AND v.region_code >= ? AND v.region_code < ? AND v.entered_at <= ?
    """
    return statement, (start, stop, moment_number(end_of(day - timedelta(days=7))))


def _open_failures(day: date, county: int) -> tuple[str, tuple[Any, ...]]:
    statement = """
        SELECT f.*, p.name, p.card_no, p.person_id, b.batch_no, b.period
        FROM failure f JOIN payment p ON p.payment_id = f.failure_id JOIN batch b ON b.batch_id = f.batch_id
        WHERE f.county = ? AND f.cleared_on IS NULL AND f.opened_on <= ?
    """
    return statement, (county, day_number(day))


def timed(work: Callable[[], Any]) -> tuple[float, float, int]:
    """Milliseconds of the first time and of the median of the others; and how many rows there were."""
    begun = time.perf_counter()
    taken = []
    rows: Any = None
    for _ in range(TIMES + 1):
        start = time.process_time()
        rows = work()
        taken.append((time.process_time() - start) * 1000)
        if time.perf_counter() - begun > LONGEST:
            break
    return taken[0], statistics.median(taken[1:] or taken), len(rows) if isinstance(rows, list) else 1


def measure(store: Store, case: Case) -> tuple[float, float, int]:
    """One view on one store."""
    store.engine.dispose()
    with reading(store) as connection:
        return timed(lambda: case.ask(connection))


def measure_peer(store: Store, case: Case) -> float | None:
    """Milliseconds of the plain cursor, warm."""
    if case.peer is None or store.path is None:
        return None
    raw = sqlite3.connect(f"file:{store.path}?mode=ro", uri=True)
    try:
        statement, values = case.peer
        return timed(lambda: raw.execute(statement, values).fetchall())[1]
    finally:
        raw.close()


def last_day(store: Store) -> date:
    """The day of the newest return: what the books call today."""
    with reading(store) as connection:
        found: datetime | None = connection.scalar(select(func.max(payment_return.c.settled_at)))
    if found is None:
        raise SystemExit("a store without returns")
    return found.date()


def main() -> None:
    """Measure every view on each store, and print a line a view."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", nargs="+")
    parser.add_argument("--county", default="511002")
    parser.add_argument("--only", default="", help="views whose name has this")
    given = parser.parse_args()
    stores = [store_at(name) for name in given.stores]
    days = [last_day(store) for store in stores]
    found = [samples(store) for store in stores]
    names = [case.name for case in cases(days[0], given.county, found[0]) if given.only in case.name]
    for name in names:
        figures, first, last = [], 0.0, 0.0
        for store, today, some in zip(stores, days, found, strict=True):
            case = next(each for each in cases(today, given.county, some) if each.name == name)
            cold, warm, rows = measure(store, case)
            peer = measure_peer(store, case)
            beside = "" if peer is None else f" peer {peer:7.1f} x{warm / peer:4.1f}"
            figures.append(f"{rows:6} rows {warm:8.1f} warm {cold:8.1f} cold{beside}")
            first, last = first or warm, warm
        print(f"{name:40} | {' | '.join(figures)} | x{last / first:5.2f}", flush=True)


if __name__ == "__main__":
    main()
