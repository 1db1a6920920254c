"""Failures once more, slowly: recomputed from raw payments, returns and refunds for each day that is asked.

Written from the contract's sentences alone; nothing is carried from one day to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.reference_clock import ONE, end, is_working

RANK = {"pending": 0, "success": 1, "failure": 2, "bounced": 3, "refund": 9}
FAILED = ("failure", "bounced")


@dataclass(frozen=True)
class Payment:
    """A payment; `above` is the number of the payment that it reissues."""

    no: str
    amount: int
    above: str | None = None
    batch: str = "B"
    region: str = "511025"
    unit: str = "U1"
    programme: str = "A"


@dataclass(frozen=True)
class Fact:
    """A return (its reason is the bank's words) or a refund of `amount`; it arrived on a day."""

    no: str
    at: datetime
    result: str
    reason: str | None = None
    amount: int = 0
    arrived: date = date.min


@dataclass
class Step:
    """What of a failure was outstanding before and after something that happened on a day."""

    day: date
    before: int
    after: int
    late: int


@dataclass
class Failed:
    """A failure as of a day."""

    first: Payment
    opened_on: date
    members: set[str]
    steps: list[Step] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    by: tuple[bool, bool] = (False, False)

    @property
    def outstanding(self) -> int:
        """Fen outstanding."""
        return self.steps[-1].after

    @property
    def cleared_on(self) -> date | None:
        """The day on which nothing was outstanding any more."""
        return None if self.outstanding else [s.day for s in self.steps if s.before and not s.after][-1]

    @property
    def cleared_by(self) -> str | None:
        """reissue, refund or both."""
        if self.outstanding:
            return None
        return {(True, False): "reissue", (False, True): "refund"}.get(self.by, "both")

    @property
    def attempts(self) -> int:
        """The chain's successes, failures and bounces."""
        return sum(fact.no in self.members and fact.result in ("success", *FAILED) for fact in self.facts)

    @property
    def reason(self) -> str | None:
        """The bank's words of the latest failed or bounced return."""
        return [f.reason for f in self.facts if f.no in self.members and f.result in FAILED][-1]

    def open_on(self, day: date) -> bool:
        """Whether something was outstanding at the end of an earlier day."""
        return self.left_on(day) > 0

    def left_on(self, day: date) -> int:
        """Fen outstanding at the end of an earlier day."""
        return ([0] + [step.after for step in self.steps if step.day <= day])[-1]


def state(facts: Iterable[Fact], no: str) -> str | None:
    """The latest return by settled_at; at one moment pending, then success or failure, then bounced."""
    own = [
        (fact.at, RANK[fact.result], fact.result) for fact in facts if fact.no == no and fact.result in RANK
    ]
    return max((each for each in own if each[2] != "refund"), default=(None, None, None))[2]


def below(payments: Sequence[Payment], no: str) -> set[str]:
    """A payment with every payment that reissues it, directly or through another."""
    found = {no}
    while True:
        more = {p.no for p in payments if p.above in found} - found
        if not more:
            return found
        found |= more


def failures(payments: Sequence[Payment], facts: Sequence[Fact], as_of: date) -> dict[str, Failed]:
    """The failures known at the end of a day, by their first payment, in the order they opened."""
    by_no = {payment.no: payment for payment in payments}

    def depth(no: str) -> int:
        above = by_no[no].above
        return 0 if above is None else 1 + depth(above)

    known = [fact for fact in facts if fact.at <= end(as_of)]
    known.sort(key=lambda f: (f.at, RANK[f.result], depth(f.no), f.no))
    found: dict[str, Failed] = {}
    for place, fact in enumerate(known):
        seen = known[: place + 1]
        owners = {member: each for each in found.values() for member in each.members}
        opened = None
        if fact.result in FAILED and fact.no not in owners:
            chain = below(payments, fact.no)
            earlier = next((each for each in found.values() if each.members & chain), None)
            if earlier is not None:
                earlier.members |= chain - set(owners)
            else:
                first = by_no[fact.no]
                opened = found[fact.no] = Failed(first, fact.at.date(), chain)
                opened.steps.append(Step(fact.at.date(), 0, first.amount, fact.arrived > fact.at.date()))
        for each in found.values():
            reissued = sum(by_no[no].amount for no in each.members if state(seen, no) == "success")
            refunded = sum(f.amount for f in seen if f.result == "refund" and f.no in each.members)
            after = max(0, each.first.amount - reissued - refunded)
            each.by, each.facts = (reissued > 0, refunded > 0), seen
            if after == each.outstanding:
                continue
            day, late = fact.at.date(), int(fact.arrived > fact.at.date())
            if each is opened:
                late = sum(_counts(f, seen, day) for f in seen[:-1] if f.no in each.members)
            each.steps.append(Step(day, each.outstanding, after, late))
    return found


def _counts(fact: Fact, seen: Sequence[Fact], day: date) -> bool:
    """Whether an earlier fact of the day a failure opened reduced it then, and arrived on a later day."""
    if fact.at.date() != day or fact.arrived <= day:
        return False
    own = [f for f in seen if f.no == fact.no and f.result != "refund"]
    return fact.result == "refund" or (fact.result == "success" and own[-1] is fact)


def board(found: Iterable[Failed], day: date) -> dict[str, int]:
    """The daily board's figures of some failures."""
    sums = dict.fromkeys(
        (
            *("opening_count", "opening_amount", "new_count", "new_amount"),
            *("cleared_count", "cleared_amount", "closing_count", "closing_amount"),
            *("same_day_count", "late_count"),
        ),
        0,
    )
    for each in found:
        for name, when in (("opening", day - ONE), ("closing", day)):
            sums[f"{name}_count"] += each.open_on(when)
            sums[f"{name}_amount"] += each.left_on(when)
        for step in each.steps:
            if step.day == day:
                change = step.after - step.before
                sums["new_count"] += change > 0 and step.before == 0
                sums["new_amount"] += max(0, change)
                sums["cleared_count"] += change < 0 and step.after == 0
                sums["cleared_amount"] += max(0, -change)
                sums["same_day_count"] += change < 0 and step.after == 0 and each.opened_on == day
                sums["late_count"] += step.late
    return sums


def last_working_day(monday: date) -> date | None:
    """The last working day of a week."""
    return next((d for d in (monday + ONE * back for back in range(6, -1, -1)) if is_working(d)), None)


def fed_back(each: Failed, feedback: Iterable[tuple[str, datetime]], first: date, last: date) -> bool:
    """Whether a payment of the chain has feedback dated in some days."""
    return any(no in each.members and first <= at.date() <= last for no, at in feedback)


def without_feedback(each: Failed, feedback: Sequence[tuple[str, datetime]], as_of: date) -> bool:
    """Open at the latest last-working-day on or before a day, without feedback in that day's week."""
    monday = as_of - ONE * as_of.weekday()
    while True:
        asked = last_working_day(monday)
        if asked is not None and asked <= as_of:
            until = min(monday + ONE * 6, as_of)
            return each.open_on(asked) and not fed_back(each, feedback, monday, until)
        monday -= ONE * 7


def sheet(
    found: Sequence[Failed], feedback: Sequence[tuple[str, datetime]], monday: date, as_of: date
) -> dict[str, object]:
    """The weekly sheet's figures of some failures, for one week, asked as of a day."""
    sunday = monday + ONE * 6
    last, asked = min(sunday, as_of), last_working_day(monday)
    steps = [step for each in found for step in each.steps if monday <= step.day <= last]
    due = [each for each in found if asked is not None and each.open_on(min(asked, as_of))]
    answered = [each for each in due if fed_back(each, feedback, monday, last)]
    opened = [each for each in found if monday <= each.opened_on <= last]
    soon = [each for each in opened if not each.open_on(min(each.opened_on + ONE * 7, as_of))]
    passed = as_of >= sunday + timedelta(days=7)
    return {
        "opening_count": sum(each.open_on(monday - ONE) for each in found),
        "new_count": sum(step.after > step.before == 0 for step in steps),
        "cleared_count": sum(step.before > step.after == 0 for step in steps),
        "closing_count": sum(each.open_on(last) for each in found),
        "closing_amount": sum(each.left_on(last) for each in found),
        "due_count": len(due),
        "fed_back_count": len(answered),
        "without_feedback_count": len(due) - len(answered),
        "cleared_within_7_days_count": len(soon),
        "cleared_within_7_days_rate": round(len(soon) / len(opened), 4) if opened and passed else None,
    }


def unpaid(
    found: Iterable[Failed],
    payments: Sequence[Payment],
    facts: Sequence[Fact],
    batch: str,
    sent: bool,
    as_of: date,
) -> dict[str, int]:
    """What of a batch was not settled at the end of a day, each payment in one count.

    `found` are the failures known on that day among `payments`.
    """
    owners = {no: each for each in found for no in each.members}
    known = [fact for fact in facts if fact.at <= end(as_of)]
    sums = dict.fromkeys(
        ("unpaid_count", "unpaid_amount", "not_sent_count", "no_return_count", "failed_count"), 0
    )
    for payment in payments:
        now = state(known, payment.no)
        if payment.batch != batch or now == "success":
            continue
        owner = owners.get(payment.no)
        if owner is not None and not owner.outstanding:
            continue
        sums["unpaid_count"] += 1
        sums["unpaid_amount"] += min(payment.amount, owner.outstanding) if owner else payment.amount
        kind = "failed" if now in FAILED else "no_return" if sent else "not_sent"
        sums[f"{kind}_count"] += 1
    return sums
