"""What a rule is asked with: the day, its parameters by programme and place, and from where on to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    values,
)

from store.models.columns import EPOCH, Big, Text, day_number, end_of, region_span
from store.models.figures import batch_now
from store.models.payments import batch, payment, payment_return, person_payment
from store.models.reference import programme
from store.models.rule import ENABLED, Rule
from store.models.rules import rule_version
from store.queries import periods, spans
from store.queries.payment_states import made_by
from store.queries.timing import time_of
from store.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter as a post set it: for a programme, a place, from a day; None for all of them."""

    version: int
    parameter: str
    value: int
    programme: str | None = None
    region: str | None = None

    @property
    def weight(self) -> tuple[bool, int, int]:
        """The more exact setting wins: a programme's own, then the smaller place, then the later version."""
        return self.programme is not None, len(self.region or ""), self.version


@dataclass(frozen=True)
class Asked:
    """A rule is asked as of a day; `after` is the last payment that need not be looked at again, or None.

    `periods` has the days of each period, `days` those of the period of each batch.
    """

    rule: Rule
    as_of: date
    calendar: Calendar
    periods: FromClause
    days: FromClause
    settings: tuple[Setting, ...]
    spans: range
    after: int | None = None

    def parameter(self, name: str, programme: Any = None, region: Any = None) -> ColumnElement[int]:
        """A parameter as an expression over the rows' programme code and region, where they have them."""
        known = self.rule.parameter(name)
        assert known is not None, name
        return self._chosen(name, known.default, programme, region)

    def number(self, name: str) -> int:
        """A parameter that holds everywhere alike."""
        known = self.rule.parameter(name)
        assert known is not None, name
        own = [each for each in self.settings if each.parameter == name and each.weight[:2] == (False, 0)]
        return max(own, key=lambda each: each.version).value if own else known.default

    def enabled(self, programme: Any, region: Any) -> ColumnElement[bool]:
        """Whether the rule is at work for a row."""
        return self._chosen(ENABLED, 1, programme, region) == 1

    def paid_to(self, person_id: Any, link: Any = person_payment) -> ColumnElement[bool]:
        """That a link from people to payments is one of a person's."""
        return and_(link.c.person_id == person_id, link.c.span.in_(self.spans))

    @property
    def limited(self) -> bool:
        """Whether anybody switched the rule off or on."""
        return any(each.parameter == ENABLED for each in self.settings)

    def workdays_ago(self, count: int) -> date:
        """The last day after which more than so many working days have passed, the day itself among them."""
        day = self.as_of
        while count >= 0:
            count -= self.calendar.is_working(day)
            day = date.fromordinal(day.toordinal() - 1)
        return day

    def workdays(self) -> FromClause:
        """Days of the year up to this one as a table: day, and how many working days there were till then."""
        first = self.as_of.toordinal() - 400
        rows, count = [], 0
        for day in range(first, self.as_of.toordinal() + 1):
            count += self.calendar.is_working(date.fromordinal(day))
            rows.append((day - EPOCH, count))
        return values(column("day", Big), column("worked", Big), name="worked_day").data(rows).cte("workdays")

    def _chosen(self, name: str, default: int, programme: Any, region: Any) -> ColumnElement[int]:
        own = [each for each in self.settings if each.parameter == name]
        chosen: list[Any] = []
        for each in sorted(own, key=lambda each: each.weight, reverse=True):
            where = _applies(each, programme, region)
            if where is None:
                return case(*chosen, else_=literal(each.value, Big)) if chosen else literal(each.value, Big)
            chosen.append((where, literal(each.value, Big)))
        return case(*chosen, else_=literal(default, Big)) if chosen else literal(default, Big)


def _applies(setting: Setting, programme: Any, region: Any) -> ColumnElement[bool] | None:
    """That a setting is a row's; None where it is everybody's."""
    parts: list[Any] = []
    if setting.programme is not None:
        parts.append(false() if programme is None else programme == setting.programme)
    if setting.region is not None:
        start, stop = region_span(setting.region)
        place = None if region is None else type_coerce(region, Big)
        parts.append(false() if place is None else and_(place >= start, place < stop))
    return and_(*parts) if parts else None


def settings_of(connection: Connection, code: str, as_of: date) -> tuple[Setting, ...]:
    """What was set of a rule and holds on a day."""
    v = rule_version.c
    query = select(v.version, v.parameter, v.value, v.programme_code, v.region_code).where(
        v.rule == code, or_(v.from_on.is_(None), v.from_on <= as_of)
    )
    return tuple(Setting(*row) for row in connection.execute(query.order_by(v.version)))


def asked_of(
    connection: Connection, rule: Rule, settings: Sequence[Setting], as_of: date, after: int | None = None
) -> Asked:
    """What a rule is asked with, as the store has it."""
    calendar = time_of(connection).calendar
    found = periods.known(connection)
    # a whole list of its own: a database that joins the periods one by one goes through all payments for each
    listed = (batch.c.batch_id, found.c.first_on, found.c.last_on, found.c.first_ymd)
    days = select(*listed).join(found, found.c.period == batch.c.period).distinct().subquery("round_days")
    return Asked(rule, as_of, calendar, found, days, tuple(settings), spans.every(connection), after)


def payments(asked: Asked, *wanted: Any, where: Any = None, name: str = "paid") -> Select[Any]:
    """The payments that a rule has to look at, with batch, programme and the days of the period joined.

    The columns that every finding has come first: see `standing`.
    """
    query = (
        select(*standing(), *wanted)
        .select_from(payment)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(asked.days, asked.days.c.batch_id == payment.c.batch_id)
        .where(made_by(asked.as_of))
    )
    if asked.after is not None:
        query = query.where(payment.c.payment_id > asked.after)
    return query if where is None else query.where(where)


def unanswered(asked: Asked, query: Select[Any]) -> Select[Any]:
    """Of payments those that the bank has not answered by the day, but that it has them."""
    r = payment_return.c
    said = (r.payment_id == payment.c.payment_id) & (r.settled_at <= end_of(asked.as_of))
    answered = select(r.payment_id).where(said, r.result != "pending").exists()
    waiting = batch_now.c.waiting_count > 0
    return query.join(batch_now, batch_now.c.batch_id == batch.c.batch_id).where(waiting, ~answered)


def standing() -> tuple[Any, ...]:
    """What every finding on a payment has: its number, programme, period, place, person and amount."""
    return (
        payment.c.payment_no.label("subject_no"),
        programme.c.programme_code,
        batch.c.period,
        payment.c.region_code,
        payment.c.person_id,
        payment.c.amount,
        payment.c.amount.label("at_risk"),
    )


def of_person(person_id: Any, region: Any) -> tuple[Any, ...]:
    """The columns of a finding on a person, which has no programme, period or amount of its own."""
    texts = [cast(null(), Text).label(name) for name in ("programme_code", "period")]
    fen = [cast(null(), Big).label(name) for name in ("amount", "at_risk")]
    number = cast(person_id, Text).label("subject_no")
    return (number, *texts, region.label("region_code"), person_id.label("person_id"), *fen)


def day_of_asking(asked: Asked) -> Any:
    """The day of the screening as days are kept."""
    return literal(day_number(asked.as_of), Big)


def birth_of(person_id: Any) -> Any:
    """The eight digits of the birth date within a citizen ID as it is kept."""
    return (person_id // 1000) % 100_000_000


def age_of(person_id: Any, first_ymd: Any) -> Any:
    """Full years on a day of eight digits."""
    return (first_ymd - birth_of(person_id)) // 10_000


def payee_of() -> Any:
    """Who is judged by a payment's account: its payee, where it names one; None of a household's without."""
    own = case((func.coalesce(programme.c.pay_to, "person") == "person", payment.c.person_id))
    return func.coalesce(payment.c.payee_id, own)


def codes_hold(codes: Any, code: Any) -> ColumnElement[bool]:
    """That a text of codes, separated by `;`, holds one."""
    return (";" + func.coalesce(codes, "") + ";").like("%;" + code + ";%")


def same_name(name: Any) -> Any:
    """A name as names are compared: without spaces, and whatever dot stands between its parts."""
    for mark in (" ", "　", "·", "•", "・", "．", "‧", "."):
        name = func.replace(name, mark, "")
    return name
