"""Failures as they are derived, against a slow reading of the contract, for every day of random trees."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from store.models import chains
from store.models.codes import RESULTS
from store.models.columns import day_number, day_of, moment_number
from tests.reference_failures import Fact, Failed, Payment, board, failures

START = date(2025, 9, 24)
DAYS = 4
moments = st.builds(
    lambda day, hour: datetime(START.year, START.month, START.day, hour) + timedelta(days=day),
    st.integers(0, DAYS - 1),
    st.sampled_from([0, 9, 15]),
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Payment], list[Fact]]:
    """Payments that reissue each other, with returns and refunds."""
    payments: list[Payment] = []
    for number in range(draw(st.integers(1, 5))):
        above = draw(st.sampled_from([None, *(p.no for p in payments)])) if payments else None
        payments.append(Payment(f"P{number}", draw(st.sampled_from([100, 200, 300])), above))
    numbers = st.sampled_from([p.no for p in payments])
    returns = draw(
        st.lists(
            st.tuples(numbers, moments, st.sampled_from(RESULTS)), max_size=14, unique_by=lambda each: each
        )
    )
    facts = [
        Fact(no, at, result, reason=f"{no} {at}", arrived=at.date() + timedelta(days=draw(st.integers(0, 1))))
        for no, at, result in returns
    ]
    for no, day, amount in draw(
        st.lists(st.tuples(numbers, st.integers(0, DAYS - 1), st.sampled_from([100, 300, -100])), max_size=3)
    ):
        at = datetime(START.year, START.month, START.day, 23, 59, 59) + timedelta(days=day)
        arrived = at.date() + timedelta(days=draw(st.integers(0, 1)))
        facts.append(Fact(no, at, "refund", amount=amount, arrived=arrived))
    return payments, facts


def derived(payments: list[Payment], facts: list[Fact]) -> list[chains.Failure]:
    """What the store derives of one tree."""
    ids = {payment.no: number for number, payment in enumerate(payments, 1)}
    paid = [chains.Paid(ids[p.no], ids.get(p.above or ""), p.no, p.amount) for p in payments]
    told = [
        chains.Fact(
            ids[f.no],
            moment_number(f.at),
            chains.REFUND if f.result == "refund" else RESULTS.index(f.result),
            number,
            f.amount,
            day_number(f.arrived),
        )
        for number, f in enumerate(facts)
    ]
    return chains.derive(paid, told)


def as_of(failure: chains.Failure, day: date) -> list[chains.Event]:
    """The events of a failure up to a day."""
    return [event for event in failure.events if day_of(event.day) <= day]


def shown(each: Failed) -> tuple[object, ...]:
    """What the contract has a failure say."""
    return (each.first.no, each.first.amount, each.opened_on, each.outstanding, each.attempts, each.reason)


@settings(max_examples=400)
@given(trees())
def test_failures_of_every_day_are_what_the_contract_says(tree: tuple[list[Payment], list[Fact]]) -> None:
    payments, facts = tree
    found = derived(payments, facts)
    for step in range(DAYS + 1):
        day = START + timedelta(days=step)
        wanted = failures(payments, facts, day)
        got = []
        for failure in found:
            events = as_of(failure, day)
            if events:
                latest = [e for e in events if e.result in (chains.FAILURE, chains.BOUNCED)][-1]
                reason = facts[latest.wording_id or 0].reason
                attempts = sum(e.attempts for e in events)
                first = payments[failure.first - 1]
                opened_on = day_of(failure.opened_on)
                left = events[-1].outstanding
                got.append((first.no, failure.amount, opened_on, left, attempts, reason))
                by = events[-1].reissued > 0, events[-1].refunded > 0
                assert left or by == wanted[first.no].by
        assert got == [shown(each) for each in wanted.values()]


@settings(max_examples=400)
@given(trees())
def test_the_board_of_every_day_is_what_the_contract_says(tree: tuple[list[Payment], list[Fact]]) -> None:
    payments, facts = tree
    found = derived(payments, facts)
    wanted = failures(payments, facts, START + timedelta(days=DAYS)).values()
    for step in range(DAYS + 1):
        day = START + timedelta(days=step)
        said = board(wanted, day)
        today = [(f, e) for f in found for e in f.events if day_of(e.day) == day]
        assert sum(e.opened > 0 for _, e in today) == said["new_count"]
        assert sum(e.opened < 0 for _, e in today) == said["cleared_count"]
        assert sum(max(0, e.change) for _, e in today) == said["new_amount"]
        assert sum(max(0, -e.change) for _, e in today) == said["cleared_amount"]
        assert sum(e.late for _, e in today) == said["late_count"]
        closing = [events[-1].outstanding for f in found if (events := as_of(f, day))]
        assert sum(closing) == said["closing_amount"]
        assert sum(left > 0 for left in closing) == said["closing_count"]


def test_what_succeeded_on_the_day_it_opened_counts_as_late_when_it_arrived_late() -> None:
    at = datetime(2025, 9, 24, 9)
    payments = [Payment("P0", 300), Payment("P1", 200, "P0")]
    late = date(2025, 9, 30)
    facts = [Fact("P1", at, "success", arrived=late), Fact("P0", at, "failure", arrived=late)]
    (failure,) = derived(payments, facts)
    assert [(event.change, event.late) for event in failure.events] == [(300, 1), (-200, 1)]
