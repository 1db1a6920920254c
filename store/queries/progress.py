"""How far each payment round is: cases by stage, and payments by what became of them, by place.

Of cases: case = the eight stages + between + refused + approved + batched. Of payments: payment = not_sent +
no_return + credited + failed + refunded. Both hold in counts and in fen, for every row and for every sum of
rows. A payment stands for its whole chain: what reissues a failed payment is not counted beside it, and its
fen are shared out between what was credited, refunded, and is still outstanding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from store.models.payments import batch
from store.models.posts import Viewer
from store.models.reference import programme
from store.queries import case_sums, places, rounds
from store.queries.failures import states
from store.queries.filters import Filters, check_choice
from store.queries.rounds import CASE_STATES, LEVELS, PAYMENT_STATES, Asked
from store.queries.sums import is_whole
from store.tables import Digits, Fen, Number

BY = tuple(LEVELS)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A round (a programme's period) in a county or town; places are None where they are not told apart.

    `between`: no stage is open and none has decided. `approved`: decided on by the county, and in no batch.
    """

    programme_code: str
    programme: str
    period: str
    county_code: Digits | None
    county: str | None
    town_code: Digits | None
    town: str | None
    case_count: Number
    case_amount: Fen
    declare_count: Number
    declare_amount: Fen
    village_review_count: Number
    village_review_amount: Fen
    town_review_count: Number
    town_review_amount: Fen
    notice_count: Number
    notice_amount: Fen
    county_approval_count: Number
    county_approval_amount: Fen
    city_supervision_count: Number
    city_supervision_amount: Fen
    appropriation_count: Number
    appropriation_amount: Fen
    disbursement_count: Number
    disbursement_amount: Fen
    between_count: Number
    between_amount: Fen
    refused_count: Number
    refused_amount: Fen
    approved_count: Number
    approved_amount: Fen
    batched_count: Number
    batched_amount: Fen
    payment_count: Number
    payment_amount: Fen
    not_sent_count: Number
    not_sent_amount: Fen
    no_return_count: Number
    no_return_amount: Fen
    credited_count: Number
    credited_amount: Fen
    failed_count: Number
    failed_amount: Fen
    refunded_count: Number
    refunded_amount: Fen


Round = tuple[int, str, int]  # programme_id, period, place
Sums = dict[Round, Counter[str]]


def listed(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    filters: Filters,
    period: str | None = None,
    by: str = "county",
) -> list[ProgressRow]:
    """Every round that had a case or a payment by the end of a day, by programme, period and place.

    `by` is programme, county or town. A batch counts from the day it was made, where one is known.
    """
    check_choice("by", by, BY)
    asked = Asked(connection, viewer, as_of, filters, period, by)
    sums: Sums = defaultdict(Counter)
    if is_whole(connection, viewer, filters, 9):
        _add_sums(asked, sums, case_sums.cases(asked), "case", CASE_STATES)
        _add_sums(asked, sums, rounds.payment_sums(asked), "payment", PAYMENT_STATES)
    else:
        _add(connection, sums, rounds.cases(asked), "case", CASE_STATES)
        _add(connection, sums, rounds.payments(asked), "payment", PAYMENT_STATES)
        _add_failures(asked, sums)
    return _rows(asked, sums)


def _add(connection: Connection, sums: Sums, inner: Select[Any], whole: str, names: tuple[str, ...]) -> None:
    """Sum up rows of programme_id, period, place, state (a place in `names`) and amount."""
    rows = inner.subquery()
    keys = (rows.c.programme_id, rows.c.period, rows.c.place, rows.c.state)
    query = select(*keys, func.count(), func.sum(rows.c.amount)).group_by(*keys)
    for programme_id, period, place, state, count, amount in connection.execute(query):
        found = sums[programme_id, period, place]
        for name in (whole, names[state]):
            found[f"{name}_count"] += count
            found[f"{name}_amount"] += int(amount)


def _add_sums(asked: Asked, sums: Sums, inner: Select[Any], whole: str, names: tuple[str, ...]) -> None:
    """Add up rows that are sums: of programme_id, period, place, state, count and amount."""
    rows = inner.subquery()
    keys = (rows.c.programme_id, rows.c.period, rows.c.place, rows.c.state)
    query = select(*keys, func.sum(rows.c["count"]), func.sum(rows.c.amount)).group_by(*keys)
    of_state = [(f"{name}_count", f"{name}_amount") for name in names]
    counted, summed = f"{whole}_count", f"{whole}_amount"
    for programme_id, period, place, state, count, amount in asked.connection.execute(query):
        if not count and not amount:
            continue
        found = sums[programme_id, period, place]
        own_count, own_amount = of_state[state]
        found[own_count] += int(count)
        found[own_amount] += int(amount)
        found[counted] += int(count)
        found[summed] += int(amount)


def _add_failures(asked: Asked, sums: Sums) -> None:
    """The failures that were known by the day: each is one payment, its fen shared out."""
    known = list(states(asked.connection, asked.viewer, asked.as_of, asked.filters))
    of_batch = {row.batch_id: row.period for row in asked.connection.execute(select(batch))} if known else {}
    for state in known:
        period = of_batch[state.row.batch_id]
        if asked.period not in (None, period):
            continue
        found = sums[state.row.programme_id, period, _place(state.row.region_code, asked.by)]
        amount, last = state.row.amount, state.events[-1]
        refunded = min(last.refunded, amount - last.outstanding)
        shares = {
            "failed": last.outstanding,
            "credited": amount - last.outstanding - refunded,
            "refunded": refunded,
        }
        found["payment_count"] += 1
        found["payment_amount"] += amount
        # still outstanding in part, it has failed; paid in part and refunded for the rest, it was credited
        found[f"{next(name for name, share in shares.items() if share)}_count"] += 1
        for name, share in shares.items():
            found[f"{name}_amount"] += share


def _place(code: str, by: str) -> int:
    return next((int(code[:length]) for length in LEVELS[by] if len(code) >= length), 0)


def _rows(asked: Asked, sums: Sums) -> list[ProgressRow]:
    programmes = {row.programme_id: row for row in asked.connection.execute(select(programme))}
    numbers = {place for _, _, place in sums}
    named = places.names(asked.connection, _codes(numbers))
    figures = [f"{name}_{unit}" for name in _ALL for unit in ("count", "amount")]
    rows = []
    for (programme_id, period, place), found in sums.items():
        about: Row[Any] = programmes[programme_id]
        county, town = _split(place, asked.by)
        rows.append(
            ProgressRow(
                about.programme_code,
                about.name,
                period,
                county,
                named.get(county or ""),
                town,
                named.get(town or ""),
                **{name: found[name] for name in figures},
            )
        )
    return sorted(
        rows, key=lambda row: (row.programme_code, row.period, row.county_code or "", row.town_code or "")
    )


_ALL = ("case", *CASE_STATES, "payment", *PAYMENT_STATES)


def _split(place: int, by: str) -> tuple[str | None, str | None]:
    """The codes of county and town: empty where a row has none, None where they are not told apart."""
    if by == "programme":
        return None, None
    code = str(place) if place else ""
    return code[:6], (code if len(code) == 9 else "") if by == "town" else None


def _codes(numbers: set[int]) -> set[str]:
    return {str(number)[:length] for number in numbers if number for length in (6, 9)}
