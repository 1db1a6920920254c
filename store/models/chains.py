"""Failures, worked out from the facts of one tree of payments: who failed, what was reissued or refunded.

A failure is opened by the first failed or bounced return in its chain and keeps that payment as its name.
Its chain is that payment with all that reissue it; where a payment above fails later, its chain joins it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SUCCESS, FAILURE, BOUNCED = 1, 2, 3  # places in RESULTS
REFUND = 9  # at the end of its day, after all returns
DAY = 86400


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment of the tree: what it reissues (None for the root), its number and its fen."""

    payment_id: int
    above: int | None
    payment_no: str
    amount: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A return (result: its place in RESULTS) or a refund (REFUND, amount in fen), and the day it arrived."""

    payment_id: int
    at: int
    result: int
    wording_id: int | None = None
    amount: int = 0
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that concerned a failure: `change` of what is outstanding and what is left, in fen.

    `opened` is 1 where something became outstanding again or first, -1 where nothing is any more; `attempts`
    are the successes, failures and bounces that the event stands for, `late` the returns and refunds of its
    day that changed what is outstanding and arrived on a later day.
    """

    day: int
    payment_id: int
    result: int
    wording_id: int | None
    change: int
    outstanding: int
    opened: int
    attempts: int
    reissued: int
    refunded: int
    late: int


@dataclass
class Failure:
    """A failure: its first payment, its chain (each with the day it joined), and its events in order."""

    first: int
    amount: int
    members: dict[int, int]
    events: list[Event] = field(default_factory=list)
    outstanding: int = 0

    @property
    def opened_on(self) -> int:
        """The day number it first opened."""
        return self.events[0].day

    @property
    def cleared_on(self) -> int | None:
        """The day number it was last cleared, None while something is outstanding."""
        if self.outstanding:
            return None
        return next(event.day for event in reversed(self.events) if event.opened < 0)


class _Tree:
    """The state of a tree as its facts are gone through in time."""

    def __init__(self, payments: Sequence[Paid]) -> None:
        self.by_id = {each.payment_id: each for each in payments}
        self.below: dict[int, list[int]] = {}
        for each in payments:
            if each.above is not None:
                self.below.setdefault(each.above, []).append(each.payment_id)
        self.state: dict[int, Fact] = {}
        self.refunds: dict[int, list[Fact]] = {}
        self.attempts: dict[int, int] = {}
        self.owner: dict[int, Failure] = {}
        self.failures: list[Failure] = []

    def depth(self, payment_id: int) -> int:
        """How many reissues lie between a payment and its root."""
        above = self.by_id[payment_id].above
        return 0 if above is None or above not in self.by_id else 1 + self.depth(above)

    def subtree(self, payment_id: int) -> list[int]:
        """A payment with all that reissue it."""
        found = [payment_id]
        for each in found:
            found.extend(self.below.get(each, ()))
        return found

    def successes(self, failure: Failure) -> list[Fact]:
        """The chain's payments whose state is success, as the return that says so."""
        states = (self.state.get(each) for each in failure.members)
        return [state for state in states if state is not None and state.result == SUCCESS]

    def refunded(self, failure: Failure) -> list[Fact]:
        """The refunds of the chain."""
        return [fact for each in failure.members for fact in self.refunds.get(each, ())]


def derive(payments: Sequence[Paid], facts: Sequence[Fact]) -> list[Failure]:
    """The failures of one tree of payments, each with all its events, in the order they opened."""
    tree = _Tree(payments)
    ordered = sorted(
        facts, key=lambda f: (f.at, f.result, tree.depth(f.payment_id), tree.by_id[f.payment_id].payment_no)
    )
    for fact in ordered:
        _go_through(tree, fact)
    return tree.failures


def _go_through(tree: _Tree, fact: Fact) -> None:
    payment_id = fact.payment_id
    if fact.result == REFUND:
        tree.refunds.setdefault(payment_id, []).append(fact)
        attempts = 0
    else:
        tree.state[payment_id] = fact
        attempts = int(fact.result in (SUCCESS, FAILURE, BOUNCED))
    failure = tree.owner.get(payment_id)
    if failure is not None:
        _note(tree, failure, fact, attempts)
    elif fact.result in (FAILURE, BOUNCED):
        _open_or_join(tree, fact, attempts)
    else:
        tree.attempts[payment_id] = tree.attempts.get(payment_id, 0) + attempts


def _open_or_join(tree: _Tree, fact: Fact, attempts: int) -> None:
    chain = tree.subtree(fact.payment_id)
    below = [tree.owner[each] for each in chain if each in tree.owner]
    free = [each for each in chain if each not in tree.owner]
    attempts += sum(tree.attempts.pop(each, 0) for each in free)
    if below:
        failure = min(below, key=tree.failures.index)
        failure.members |= dict.fromkeys(free, fact.at // DAY)
        tree.owner.update(dict.fromkeys(free, failure))
        _note(tree, failure, fact, attempts)
        return
    amount = tree.by_id[fact.payment_id].amount
    day = fact.at // DAY
    failure = Failure(fact.payment_id, amount, dict.fromkeys(free, day), outstanding=amount)
    tree.failures.append(failure)
    tree.owner.update(dict.fromkeys(free, failure))
    late = int(fact.arrived > day)
    opening = Event(
        day, fact.payment_id, fact.result, fact.wording_id, amount, amount, 1, attempts, 0, 0, late
    )
    failure.events.append(opening)
    # what succeeded or was refunded before it opened counts on the day it opened
    if earlier := [*tree.successes(failure), *tree.refunded(failure)]:
        late = sum(each.at // DAY == day and each.arrived > day for each in earlier)
        _note(tree, failure, Fact(fact.payment_id, fact.at, SUCCESS), 0, late)


def _note(tree: _Tree, failure: Failure, fact: Fact, attempts: int, late: int | None = None) -> None:
    before = failure.outstanding
    reissued = sum(tree.by_id[each.payment_id].amount for each in tree.successes(failure))
    refunded = sum(each.amount for each in tree.refunded(failure))
    after = max(0, failure.amount - reissued - refunded)
    day = fact.at // DAY
    failure.outstanding = after
    if late is None:
        late = int(after != before and fact.arrived > day)
    failure.events.append(
        Event(
            day,
            fact.payment_id,
            fact.result,
            fact.wording_id,
            after - before,
            after,
            (after > 0 and before == 0) - (after == 0 and before > 0),
            attempts,
            reissued,
            refunded,
            late,
        )
    )


def trees(links: Mapping[int, int | None]) -> dict[int, int]:
    """For each payment the root of its tree; `links` give what each payment reissues."""
    roots: dict[int, int] = {}
    for start in links:
        path, here = [], start
        while here not in roots:
            path.append(here)
            above = links.get(here)
            if above is None or above in path:
                roots[here] = here
                break
            here = above
        for each in path:
            roots[each] = roots[here]
    return roots
