"""How payments stand day by day: by their own returns, and by what their failure makes of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.models.chains import DAY, REFUND, Fact, Failure
from store.models.codes import STANDINGS
from store.models.columns import NO_DAY, day_number

BEFORE_ALL = day_number(NO_DAY)
NONE, PENDING, SUCCESS, FAILING = range(4)
BY_RESULT = (PENDING, SUCCESS, FAILING, FAILING)
FAILING_RESULTS = tuple(result for result, standing in enumerate(BY_RESULT) if standing == FAILING)
SETTLED_WAITING, SETTLED_FAILING = (STANDINGS.index(name) for name in ("settled_waiting", "settled_failing"))
APART = {
    NONE: STANDINGS.index("apart_none"),
    PENDING: STANDINGS.index("apart_pending"),
    SUCCESS: STANDINGS.index("apart_success"),
}
FAILED, CREDITED, REFUNDED = (STANDINGS.index(name) for name in ("failed", "credited", "refunded"))

Key = tuple[int, int, int, int]  # batch_id, standing, place, day number


class Steps:
    """How many payments, and their fen, came to stand so on a day: sums by key, zeros left out."""

    def __init__(self) -> None:
        self.counts: Counter[Key] = Counter()
        self.amounts: Counter[Key] = Counter()

    def add(self, key: Key, count: int, amount: int) -> None:
        """Add to one key."""
        self.counts[key] += count
        self.amounts[key] += amount

    def rows(self) -> list[tuple[int, ...]]:
        """Each key with its count and amount, in order, where either is not zero."""
        return [
            (*key, self.counts[key], self.amounts[key])
            for key in sorted(self.counts)
            if self.counts[key] or self.amounts[key]
        ]


@dataclass(frozen=True, slots=True)
class Placed:
    """A payment as it is counted: batch, place (cut at nine digits), fen, whether it names an original."""

    batch_id: int
    place: int
    amount: int
    is_reissue: bool


def cut_place(packed: int, digits: int) -> int:
    """A packed region as the place of at most so many digits that holds it."""
    if packed % 100 <= digits:
        return packed
    unit: int = 10 ** (12 - digits)
    return packed // 100 // unit * unit * 100 + digits


def timeline(returns: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The standing of a payment by its returns (moment, result): (day, standing) from NO_DAY on.

    A day has the standing of its end; days that change nothing are left out.
    """
    ends: dict[int, int] = {BEFORE_ALL: NONE}
    for at, result in sorted(returns):
        ends[at // DAY] = BY_RESULT[result]
    found: list[tuple[int, int]] = []
    for day, standing in ends.items():
        if not found or found[-1][1] != standing:
            found.append((day, standing))
    return found


def add_own(steps: Steps, paid: Placed, line: Sequence[tuple[int, int]], sign: int = 1) -> None:
    """Count a payment by its own returns; with `sign` -1 it is taken away."""
    before: int | None = None
    for day, standing in line:
        steps.add((paid.batch_id, standing, paid.place, day), sign, sign * paid.amount)
        if before is not None:
            steps.add((paid.batch_id, before, paid.place, day), -sign, -sign * paid.amount)
        before = standing


def steps_of(failure: Failure, paid: Mapping[int, Placed], facts: Mapping[int, Sequence[Fact]]) -> Steps:
    """What a failure adds to the figures of batches beyond what the returns of its payments add."""
    steps = Steps()
    left = _ends((event.day, event.outstanding) for event in failure.events)
    for member, since in failure.members.items():
        returns = [(fact.at, fact.result) for fact in facts.get(member, ()) if fact.result != REFUND]
        line = timeline(returns)
        _add_settled(steps, paid[member], line, left, since)
        known_from = since if member == failure.first or not paid[member].is_reissue else BEFORE_ALL
        _add_apart(steps, paid[member], line, known_from)
    _add_itself(steps, paid[failure.first], failure)
    return steps


def _ends(changes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What each day ended with, in the order of days."""
    return list(dict(changes).items())


def _on(line: Sequence[tuple[int, int]], day: int) -> int:
    """What a line of (day, value) says at the end of a day."""
    return next(value for start, value in reversed(line) if start <= day)


def _add_settled(
    steps: Steps, paid: Placed, line: Sequence[tuple[int, int]], left: Sequence[tuple[int, int]], since: int
) -> None:
    """A payment whose failure is cleared waits no more, and never for more than is outstanding."""
    days = sorted({since, *(day for day, _ in (*line, *left) if day > since)})
    was: tuple[int, int, int] | None = None
    for day in days:
        standing, outstanding = _on(line, day), _on(left, day)
        now = None
        if standing != SUCCESS:
            key = SETTLED_FAILING if standing == FAILING else SETTLED_WAITING
            now = (key, 0 if outstanding else -1, min(paid.amount, outstanding) - paid.amount)
        if was != now:
            for each, sign in ((now, 1), (was, -1)):
                if each is not None:
                    place = (paid.batch_id, each[0], paid.place, day)
                    steps.add(place, sign * each[1], sign * each[2])
        was = now


def _add_apart(steps: Steps, paid: Placed, line: Sequence[tuple[int, int]], known_from: int) -> None:
    """A payment of a failure is not counted beside it."""
    was: int | None = None
    for day in sorted({known_from, *(day for day, _ in line if day > known_from)}):
        key = APART.get(_on(line, day))
        if key == was:
            continue
        if key is not None:
            steps.add((paid.batch_id, key, paid.place, day), -1, -paid.amount)
        if was is not None:
            steps.add((paid.batch_id, was, paid.place, day), 1, paid.amount)
        was = key


def shares(amount: int, outstanding: int, refunded: int) -> dict[int, int]:
    """The fen of a failure by what became of them, in the order in which one of them names the whole."""
    back = min(refunded, amount - outstanding)
    return {FAILED: outstanding, CREDITED: amount - outstanding - back, REFUNDED: back}


def _add_itself(steps: Steps, paid: Placed, failure: Failure) -> None:
    """The failure as one payment: it stands as what is left of it does, its fen are shared out."""
    ends = {event.day: (event.outstanding, event.refunded) for event in failure.events}
    was: tuple[int | None, dict[int, int]] = (None, dict.fromkeys((FAILED, CREDITED, REFUNDED), 0))
    for day, (outstanding, refunded) in ends.items():
        fen = shares(failure.amount, outstanding, refunded)
        stands = next((key for key, share in fen.items() if share), CREDITED)
        for key, share in fen.items():
            count = (key == stands) - (key == was[0])
            if count or share != was[1][key]:
                steps.add((paid.batch_id, key, paid.place, day), count, share - was[1][key])
        was = (stands, fen)
