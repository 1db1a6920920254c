"""Questions over all payments: the columnar copy, plain DuckDB on the same rows, and the store itself.

`python tests/benchmarks/whole_store.py --store FILE` or `--payments 2m`, which makes a store of books first.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import duckdb
from sqlalchemy import Connection, func, select

from store.columnar import making
from store.columnar.asking import Itself, answering
from store.columnar.kept import ALL
from store.database import Store, reading, store_at
from store.models.columns import day_number
from store.models.payments import payment
from store.models.posts import Post, Viewer
from store.queries import against, duplicates, totals
from store.queries.filters import Filters
from tests.benchmarks.sizes import size

OWNER = Viewer(Post("owner", "", "discipline", everything=True), "")
SINCE = date(2026, 1, 1)

# What somebody would write who has the same rows in plain DuckDB: no scope, no masks, no words.
STATE = """
    SELECT payment_id, max(settled_at * 4 + result) AS said FROM payment_return
    WHERE settled_at < {end} {only} GROUP BY payment_id
"""
PLAIN = {
    "totals": """
        WITH answer AS (STATE())
        SELECT programme_id, home, period,
            CASE WHEN said IS NOT NULL THEN said % 4 WHEN submitted_on <= {day} THEN 4 ELSE 5 END AS status,
            count(*), sum(amount)
        FROM payment JOIN batch USING (batch_id) LEFT JOIN answer USING (payment_id)
        WHERE coalesce(created_on, approved_on, submitted_on, 0) <= {day}
        GROUP BY ALL ORDER BY ALL""",
    "duplicates": """
        WITH head AS (
            SELECT payment_id, person_id, programme_id, period, amount
            FROM payment JOIN batch USING (batch_id)
            WHERE person_id > 0 AND coalesce(created_on, approved_on, submitted_on, 0) <= {day}
                AND payment_id NOT IN (SELECT payment_id FROM failure_payment WHERE failure_id <> payment_id)
        ), several AS (
            SELECT person_id, programme_id, period FROM head GROUP BY ALL HAVING count(*) > 1
        ), alike AS (SELECT head.* FROM head JOIN several USING (person_id, programme_id, period)
        ), member AS (
            SELECT alike.*, coalesce(f.payment_id, alike.payment_id) AS member
            FROM alike LEFT JOIN failure_payment f ON f.failure_id = alike.payment_id
        ), answer AS (STATE(AND payment_id IN (SELECT member FROM member))
        ), chain AS (
            SELECT m.person_id, programme_id, period, m.payment_id, max(m.amount) AS amount,
                max(CASE WHEN said % 4 = 1 THEN 1 ELSE 0 END) AS paid,
                sum(CASE WHEN said % 4 = 1 THEN p.amount ELSE 0 END) AS credited
            FROM member m JOIN payment p ON p.payment_id = m.member
            LEFT JOIN answer a ON a.payment_id = m.member
            GROUP BY ALL
        ), several_paid AS (
            SELECT person_id, programme_id, period, count(*) AS listed, sum(amount) AS amount,
                sum(paid) AS paid, sum(credited), min(payment_id) AS first_id, max(payment_id) AS last_id
            FROM chain GROUP BY ALL
        )
        SELECT s.*, a.payment_no, a.region_code, a.name, ab.batch_no, z.payment_no, z.region_code, zb.batch_no
        FROM several_paid s
        JOIN payment a ON a.payment_id = first_id JOIN batch ab ON ab.batch_id = a.batch_id
        JOIN payment z ON z.payment_id = last_id JOIN batch zb ON zb.batch_id = z.batch_id
        ORDER BY s.paid DESC, listed DESC, person_id, s.programme_id, s.period""",
    "against": """
        WITH hit AS (
            SELECT payment.*, batch_no, programme_id, period, submitted_on, created_on, approved_on, since
            FROM payment JOIN listed USING (person_id) JOIN batch USING (batch_id)
        ), answer AS (STATE(AND payment_id IN (SELECT payment_id FROM hit)))
        SELECT person_id, payment_id, payment_no, batch_no, programme_id, period, region_code, name, amount,
            said % 4, coalesce(said // 345600, submitted_on, created_on, approved_on) AS paid, since
        FROM hit LEFT JOIN answer USING (payment_id)
        WHERE coalesce(said // 345600, submitted_on, created_on, approved_on) > since
        ORDER BY person_id, payment_id""",
}


def plain_sql(name: str, as_of: date) -> str:
    """A plain question for a day."""
    head, *rest = PLAIN[name].split("STATE(")
    text = head
    for part in rest:
        depth, at = 1, 0
        while depth:
            depth += {"(": 1, ")": -1}.get(part[at], 0)
            at += 1
        only, tail = part[: at - 1], part[at:]
        text += STATE.format(end="{end}", only=only) + tail
    return text.format(day=day_number(as_of), end=(day_number(as_of) + 1) * 86400)


def plain_copy(path: Path, source: Path) -> None:
    """The same rows in a plain file of DuckDB, as it types them when nobody says how."""
    with duckdb.connect(str(path)) as raw:
        raw.execute(f"ATTACH '{source}' AS theirs (READ_ONLY)")
        for kept in ALL:
            raw.execute(f"CREATE TABLE {kept.name} AS SELECT * FROM theirs.{kept.name}")


def timed(ask: Callable[[], Sequence[Any]], times: int) -> tuple[float, int]:
    """The best of some runs in seconds, and how many rows there were."""
    best, rows = float("inf"), 0
    for _ in range(times):
        start = time.perf_counter()
        rows = len(ask())
        best = min(best, time.perf_counter() - start)
    return best, rows


def compare(store: Store, at: Path, plain: Path, as_of: date, people: int, itself: bool) -> None:
    """Print a line a question: plain DuckDB, the copy's statement, the whole answer, and the store itself."""
    print(f"{'':<12}{'rows':>9}{'DuckDB s':>10}{'copy s':>9}{'x':>6}{'answer s':>10}{'x':>6}{'store s':>9}")
    with reading(store) as connection, answering(store, connection, at) as asked:
        listed = _people(connection, people)
        asking = questions(connection, as_of, listed)
        for name, ask in asking.items():
            spy = Spy(asked.answers)
            whole, _ = timed(lambda ask=ask, spy=spy: ask(spy), 3)
            with duckdb.connect(str(plain), read_only=True) as raw:
                raw.execute("CREATE TEMP TABLE listed (person_id BIGINT, since INTEGER)")
                values = {"a": [*listed], "b": [day_number(SINCE)] * len(listed)}
                raw.execute("INSERT INTO listed SELECT unnest($a), unnest($b)", values)
                text = plain_sql(name, as_of)
                peer, rows = timed(lambda raw=raw, text=text: raw.execute(text).fetchall(), 3)
            own = timed(lambda ask=ask: ask(Itself(connection)), 1)[0] if itself else float("nan")
            print(
                f"{name:<12}{rows:>9,}{peer:>10.3f}{spy.best:>9.3f}{spy.best / peer:>6.2f}"
                f"{whole:>10.3f}{whole / peer:>6.2f}{own:>9.2f}"
            )


class Spy:
    """Who answers, with the best time that its statements took."""

    def __init__(self, answers: Any) -> None:
        self.answers, self.best = answers, float("inf")

    def rows(self, query: Any) -> Any:
        """The rows, timed."""
        start = time.perf_counter()
        found = self.answers.rows(query)
        self.best = min(self.best, time.perf_counter() - start)
        return found

    def people(self, ids: Any, days: Any) -> Any:
        """The people, as they are."""
        return self.answers.people(ids, days)


def questions(connection: Connection, as_of: date, people: Sequence[int]) -> dict[str, Callable[[Any], Any]]:
    """The three questions, each asked of whom it is given."""
    asked = (connection, OWNER, as_of, Filters())
    listed = against.People(days=dict.fromkeys(people, SINCE))
    return {
        "totals": lambda whole: totals.summed(*asked, whole),
        "duplicates": lambda whole: duplicates.found(*asked, whole),
        "against": lambda whole: against.compared(*asked, listed, whole),
    }


def _people(connection: Connection, count: int) -> list[int]:
    number = payment.c.person_id
    last = connection.scalar(select(func.max(payment.c.payment_id))) or 0
    some = select(number).where(number > 0, payment.c.payment_id > last - 2 * count).distinct().limit(count)
    return list(connection.scalars(some))


def made_store(folder: Path, payments: int) -> Path:
    """A store of books."""
    from datetime import datetime

    from store.database import writing
    from store.models.posts import Actor
    from store.services.imports import Wanted as Taken
    from store.services.imports import run
    from store.services.opening import open_store
    from tests.benchmarks.books.writing import Wanted, write_books

    write_books(folder / "books", Wanted(payments, cases=False))
    store = open_store(folder / "store.db", True, "bench", datetime(2026, 11, 20))
    actor = Actor(OWNER.post, "bench", datetime(2026, 11, 20), date(2026, 11, 20))
    run(lambda: writing(store), actor, [str(folder / "books")], Taken(None, {}), lambda _: None)
    store.engine.dispose()
    return folder / "store.db"


def main() -> None:
    """Make what is missing, build the copy, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--payments", type=size, default=200_000)
    parser.add_argument("--people", type=size, default=200_000)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    parser.add_argument("--no-store", action="store_true", help="do not ask the store itself")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or made_store(Path(folder), given.payments)
        store, at, plain = store_at(path), Path(folder) / "copy.columns", Path(folder) / "plain.duckdb"
        start = time.perf_counter()
        made = making.bring(store, at, True, lambda _: None)
        seconds = time.perf_counter() - start
        rows = made.payments + made.return_rows
        print(
            f"built {made.payments:,} payments and {made.return_rows:,} returns in {seconds:.1f} s "
            f"({rows / seconds:,.0f} rows/s), {made.bytes >> 20} MiB beside {path.stat().st_size >> 20} MiB"
        )
        start = time.perf_counter()
        making.bring(store, at, False, lambda _: None)
        print(f"found to be in step in {(time.perf_counter() - start) * 1000:.0f} ms")
        plain_copy(plain, at)
        compare(store, at, plain, given.as_of, given.people, not given.no_store)


if __name__ == "__main__":
    main()
