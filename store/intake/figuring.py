"""Keeps the figures in step with the rows: what a transaction adds to each, and takes away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, delete, exists, func, insert, select

from store.dialects import add_up, insert_new
from store.intake.landing import LAND, LEAVE, Stage
from store.lookup import rows_where, slices
from store.models.columns import day_of, raw_column
from store.models.failures import failure, failure_event, failure_payment
from store.models.figures import (
    DAYS,
    MONTHS,
    arrival,
    batch_county,
    batch_day,
    batch_now,
    failure_step,
    failure_sum,
    feedback_sum,
)
from store.models.folding import batch_counties, batch_figures, cut, day_number_of
from store.models.intake import source_file
from store.models.payments import batch, feedback, payment, payment_return
from store.models.standing import (
    BEFORE_ALL,
    BY_RESULT,
    NONE,
    Placed,
    Steps,
    add_own,
    cut_place,
    timeline,
)
from store.models.tracking import FIGURES, Known, fed_back_of, month_of, moves_of

Sums = defaultdict[tuple[int, ...], list[int]]


class Figures:
    """What one transaction changes in the figures; nothing is written before `write`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.steps = Steps()
        self.moves: Sums = defaultdict(lambda: [0] * FIGURES)
        self.feedback: Sums = defaultdict(lambda: [0] * 7)
        self.arrivals: set[tuple[int, ...]] = set()

    def landed(self, staged: Stage) -> None:
        """Take lines in that have landed, while their stage still stands."""
        if staged.feed.name == "payments":
            self._payments(staged)
        elif staged.feed.name == "returns":
            self._returns(staged)
        elif staged.feed.name == "feedback":
            s = staged.table
            query = select(s.c.payment_id, s.c.given_at).where(s.c.verdict == LAND)
            self.fed_back({(row[0], row[1]) for row in self.connection.execute(query)})
        if staged.feed.name in ("returns", "stages"):
            self._arrived(staged)

    def _arrived(self, staged: Stage) -> None:
        """On which day lines arrived, by their programme, town and home."""
        for programme_id, place, home, arrived in self.connection.execute(_arrivals(staged.table)):
            self.arrivals.add((programme_id, place, home, arrived))
            self.arrivals.add((0, cut_place(place, 6), home, arrived))

    def _payments(self, staged: Stage) -> None:
        """New payments have no return yet."""
        for batch_id, place, count, amount in self.connection.execute(_new_payments(staged.table)):
            self.steps.add((batch_id, NONE, place, BEFORE_ALL), count, int(amount))

    def _returns(self, staged: Stage) -> None:
        """Returns in sums, as if each were the first; a payment that has others is counted by all it has."""
        every, later = _new_returns(staged.table)
        for batch_id, place, day, result, count, amount in self.connection.execute(every):
            self._first_return(batch_id, place, day, result, count, int(amount))
        again = self.connection.execute(later).all()
        for batch_id, place, day, result, amount, *_ in again:
            self._first_return(batch_id, place, day, result, -1, -amount)
        self._counted_again({tuple(row[5:]) for row in again})

    def _first_return(
        self, batch_id: int, place: int, day: int, result: int, count: int, amount: int
    ) -> None:
        self.steps.add((batch_id, NONE, place, day), -count, -amount)
        self.steps.add((batch_id, BY_RESULT[result], place, day), count, amount)

    def _counted_again(self, new: Collection[tuple[int, ...]]) -> None:
        """Payments of which these returns are new and others were there: as they were, and as they are."""
        if not new:
            return
        ids = {row[0] for row in new}
        returns: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        r, p = payment_return.c, payment.c
        query: Select[Any] = select(*map(raw_column, (r.payment_id, r.settled_at, r.result)))
        for row in self._rows(query, payment_return.c.payment_id, ids):
            returns[row[0]].append((row[0], row[1], row[2]))
        paid: Select[Any] = select(p.payment_id, p.batch_id, raw_column(p.region_code), p.amount)
        for payment_id, batch_id, region, amount in self._rows(paid, p.payment_id, ids):
            placed = Placed(batch_id, cut_place(region, 9), amount, False)
            known = returns[payment_id]
            add_own(self.steps, placed, timeline(row[1:] for row in known if row not in new), -1)
            add_own(self.steps, placed, timeline(row[1:] for row in known))

    def fed_back(self, new: Collection[tuple[int, int]]) -> None:
        """Feedback (payment, moment) that is stored by now, on failures as they are."""
        member = failure_payment.c.payment_id
        query = select(failure_payment.c.failure_id)
        ids = {row[0] for row in self._rows(query, member, {each for each, _ in new})}
        for each in self._known(ids):
            self._add_feedback(each, [one for one in each.said if one not in new], -1)
            self._add_feedback(each, each.said, 1)

    def take_feedback(self, ids: Collection[int]) -> None:
        """Count the feedback on stored failures."""
        for each in self._known(ids):
            self._add_feedback(each, each.said, 1)

    def take_away(self, ids: Collection[int]) -> None:
        """Count stored failures no more, nor the feedback they were given."""
        steps: Select[Any] = select(*(raw_column(c) for c in failure_step.c))
        self._count(self._rows(steps, failure_step.c.failure_id, ids), self._known(ids), -1)

    def count(self, steps: Iterable[Sequence[int]], failures: Sequence[Known]) -> None:
        """Count failures with their steps (rows of failure_step), and the feedback that was given on them."""
        owner = {payment_id: at for at, each in enumerate(failures) for payment_id in each.members}
        said = self._said(owner)
        self._count(steps, [replace(each, said=said[at]) for at, each in enumerate(failures)], 1)

    def _count(self, steps: Iterable[Sequence[int]], failures: Iterable[Known], sign: int) -> None:
        for _, batch_id, standing, place, day, count, amount in steps:
            self.steps.add((batch_id, standing, place, day), sign * count, sign * amount)
        for each in failures:
            for day, figures in moves_of(each).items():
                for span, start in ((DAYS, day), (MONTHS, month_of(day))):
                    for key in _levels(each):
                        _add(self.moves[(*key, span, each.place, start)], figures, sign)
            self._add_feedback(each, each.said, sign)

    def _add_feedback(self, each: Known, said: Collection[tuple[int, int]], sign: int) -> None:
        for (monday, seen_on), still_open in fed_back_of(each, said).items():
            for key in _levels(each):
                _add(self.feedback[(*key, monday, each.place, seen_on)], still_open, sign)

    def _known(self, ids: Collection[int]) -> list[Known]:
        """Failures as they are stored."""
        f, e, m = failure.c, failure_event.c, failure_payment.c
        events: dict[int, list[Any]] = defaultdict(list)
        happened = (
            *(e.failure_id, raw_column(e.day), e.change, e.outstanding),
            *(e.opened, e.late, e.reissued, e.refunded),
        )
        query: Select[Any] = select(*happened).order_by(e.failure_id, e.seq)
        for row in self._rows(query, e.failure_id, ids):
            events[row[0]].append(tuple(row[1:]))
        members: dict[int, dict[int, int]] = defaultdict(dict)
        owner: dict[int, int] = {}
        chain: Select[Any] = select(m.failure_id, m.payment_id, raw_column(m.since))
        for failure_id, payment_id, since in self._rows(chain, m.failure_id, ids):
            members[failure_id][payment_id] = since
            owner[payment_id] = failure_id
        said = self._said(owner)
        columns = (f.failure_id, f.region_code, f.programme_id, f.unit_id, f.opened_on)
        own_row: Select[Any] = select(*map(raw_column, columns))
        return [
            Known(cut_place(region, 6), programme_id, unit_id, opened, events[own], members[own], said[own])
            for own, region, programme_id, unit_id, opened in self._rows(own_row, f.failure_id, ids)
        ]

    def _said(self, owner: Mapping[int, int]) -> dict[int, list[tuple[int, int]]]:
        """The feedback (payment, moment) on payments, by what each belongs to."""
        said: dict[int, list[tuple[int, int]]] = defaultdict(list)
        given: Select[Any] = select(feedback.c.payment_id, raw_column(feedback.c.given_at))
        for payment_id, at in self._rows(given, feedback.c.payment_id, owner):
            said[owner[payment_id]].append((payment_id, at))
        return said

    def _rows(self, query: Select[Any], column: Any, keys: Collection[int]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in rows_where(self.connection, query, column, keys)]

    def write(self) -> None:
        """Add all of it to what is stored."""
        rows = self.steps.rows()
        add_up(self.connection, batch_day, rows)
        _refresh(self.connection, {row[0] for row in rows})
        for table, sums in ((failure_sum, self.moves), (feedback_sum, self.feedback)):
            add_up(self.connection, table, [(*key, *row) for key, row in sums.items()])
        columns = arrival.c.keys()
        new = [(*row[:-1], day_of(row[-1])) for row in sorted(self.arrivals)]
        insert_new(self.connection, arrival, [dict(zip(columns, row, strict=True)) for row in new])
        self.steps = Steps()
        self.arrivals.clear()
        self.moves.clear()
        self.feedback.clear()


@cache
def _arrivals(stage: Table) -> Select[Any]:
    """Programme, town, home and day of the lines that a stage holds of returns or of stages."""
    s, day = stage.c, raw_column(source_file.c.arrived_on)
    if "of_batch" in s:
        query = select(batch.c.programme_id, cut(s.of_region, 9), s.home, day)
        query = query.join_from(stage, batch, batch.c.batch_id == s.of_batch)
    else:
        query = select(s.programme_id, cut(s.region_code, 9), s.home, day).select_from(stage)
    found = query.join(source_file, source_file.c.file_id == s.file_id)
    return found.where(s.verdict != LEAVE).distinct()


@cache
def _new_payments(stage: Table) -> Select[Any]:
    s = stage.c
    keys = (s.batch_id, cut(s.region_code, 9))
    return select(*keys, func.count(), func.sum(s.amount)).where(s.verdict == LAND).group_by(*keys)


@cache
def _new_returns(stage: Table) -> tuple[Select[Any], Select[Any]]:
    """Sums of all returns, and one by one those beside which their payments have others."""
    s, r = stage.c, payment_return
    others = exists().where(
        r.c.payment_id == s.payment_id,
        ~and_(raw_column(r.c.settled_at) == s.settled_at, raw_column(r.c.result) == s.result),
    )
    keys = (s.of_batch, cut(s.of_region, 9), day_number_of(s.settled_at), s.result)
    every = select(*keys, func.count(), func.sum(s.of_amount)).where(s.verdict == LAND)
    later = select(*keys, s.of_amount, s.payment_id, s.settled_at, s.result)
    return every.group_by(*keys), later.where(s.verdict == LAND, others)


def _levels(each: Known) -> Iterable[tuple[int, int]]:
    """Programme and unit, each of all (0) or of its own."""
    return (0, 0), (each.programme_id, 0), (0, each.unit_id)


def _add(sums: list[int], figures: Iterable[int], sign: int) -> None:
    for place, value in enumerate(figures):
        sums[place] += sign * value


def _refresh(connection: Connection, batch_ids: Collection[int]) -> None:
    """What batches stand at after their last day."""
    for some in slices(batch_ids):
        connection.execute(delete(batch_now).where(batch_now.c.batch_id.in_(some)))
        rows = batch_figures().where(batch_day.c.batch_id.in_(some))
        connection.execute(insert(batch_now).from_select(list(batch_now.c.keys()), rows))
        connection.execute(delete(batch_county).where(batch_county.c.batch_id.in_(some)))
        counties = batch_counties(batch_day.c.batch_id.in_(some))
        connection.execute(insert(batch_county).from_select(list(batch_county.c.keys()), counties))
