"""Where cases stand day by day: by their stays in the stages, and by the batch that pays them.

Of whole columns at once: what it costs case by case is felt where thousands land together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from store.models.codes import CASE_STANDINGS, OUTCOMES, STAGES
from store.models.figures import SPANS

Ints = npt.NDArray[np.int64]
BETWEEN, REFUSED, APPROVED, BATCHED = range(4)
IN_STAGE = CASE_STANDINGS.index(STAGES[0])
PASSED, REJECTED = OUTCOMES.index("passed"), OUTCOMES.index("rejected")
APPROVED_FROM = STAGES.index("county_approval")
NEVER = np.iinfo(np.int64).max
NO_OUTCOME = -1
DAY = 86_400


@dataclass(frozen=True)
class Cases:
    """Cases in any order; days are numbers. None stands anywhere before `begun`; `paid` may be NEVER."""

    programme: Ints
    period: Ints  # its place in a list that is kept elsewhere
    place: Ints  # a packed region, cut at nine digits
    amount: Ints
    begun: Ints
    paid: Ints


@dataclass(frozen=True)
class Stays:
    """Stays of cases, which are told by their places; `left_at` may be NEVER, both moments are numbers."""

    case: Ints
    entered_at: Ints
    stage: Ints
    left_at: Ints
    outcome: Ints

    def in_order(self) -> Stays:
        """By case, and of one case in the order they were entered."""
        order = np.lexsort((self.stage, self.entered_at, self.case))
        return Stays(*(column[order] for column in vars(self).values()))


@dataclass(frozen=True)
class Sums:
    """Sums by their keys, which are columns; `count` and `amount` are what is summed."""

    keys: tuple[Ints, ...]
    count: Ints
    amount: Ints

    def __len__(self) -> int:
        return len(self.count)

    def taken_away(self) -> Sums:
        """The same below zero."""
        return Sums(self.keys, -self.count, -self.amount)

    def and_those(self, other: Sums) -> Sums:
        """These and others together."""
        keys = tuple(np.concatenate(pair) for pair in zip(self.keys, other.keys, strict=True))
        return summed(
            keys, np.concatenate([self.count, other.count]), np.concatenate([self.amount, other.amount])
        )

    def by_spans(self, span: int, digits: int) -> Sums:
        """The same by spans of days and by places of at most so many digits."""
        place, day, *others = self.keys
        return summed((cut(place, digits), start(day, span), *others), self.count, self.amount)


def nothing() -> Sums:
    """No sums."""
    none = np.zeros(0, dtype=np.int64)
    return Sums((none,) * 5, none, none)


def summed(keys: tuple[Ints, ...], count: Ints, amount: Ints) -> Sums:
    """Sums by keys, in the order of these; what comes to zero is left out."""
    if not len(count):
        return Sums(keys, count, amount)
    order = np.lexsort(keys[::-1])
    sorted_keys = [key[order] for key in keys]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.any([key[1:] != key[:-1] for key in sorted_keys], axis=0)
    first = np.flatnonzero(new)
    counts, amounts = np.add.reduceat(count[order], first), np.add.reduceat(amount[order], first)
    kept = (counts != 0) | (amounts != 0)
    return Sums(tuple(key[first][kept] for key in sorted_keys), counts[kept], amounts[kept])


def cut(packed: Ints, digits: int) -> Ints:
    """Packed regions as the places of at most so many digits that hold them."""
    unit = 10 ** (12 - digits) * 100
    return np.where(packed % 100 <= digits, packed, packed // unit * unit + digits)


def start(day: Ints, span: int) -> Ints:
    """The first day of the span that holds a day."""
    assert span in SPANS
    return day // span * span


def turns(cases: Cases, stays: Stays) -> Sums:
    """How many cases came to stand so on a day, less those that no longer did.

    By place, day, programme, period and standing. A day has the standing of its end.
    """
    stays = stays.in_order()
    case, day = _marks(cases, stays)
    standing = _standings(cases, stays, case, day)
    first = np.ones(len(case), dtype=np.bool_)
    first[1:] = case[1:] != case[:-1]
    before = np.concatenate([standing[:1], standing[:-1]])
    came = np.flatnonzero(first | (standing != before))
    left = np.flatnonzero(~first & (standing != before))
    at, who = np.concatenate([came, left]), case[np.concatenate([came, left])]
    stood = np.concatenate([standing[came], before[left]])
    sign = np.concatenate([np.ones(len(came), dtype=np.int64), np.full(len(left), -1, dtype=np.int64)])
    keys = (cases.place[who], day[at], cases.programme[who], cases.period[who], stood)
    return summed(keys, sign, sign * cases.amount[who])


def _marks(cases: Cases, stays: Stays) -> tuple[Ints, Ints]:
    """The days on which a case may come to stand otherwise, in order of cases and days, each once."""
    every = np.arange(len(cases.begun))
    over, paid = np.flatnonzero(stays.left_at != NEVER), np.flatnonzero(cases.paid != NEVER)
    case = np.concatenate([every, stays.case, stays.case[over], paid])
    days = (cases.begun, stays.entered_at // DAY, stays.left_at[over] // DAY, cases.paid[paid])
    day = np.maximum(np.concatenate(days), cases.begun[case])
    order = np.lexsort((day, case))
    case, day = case[order], day[order]
    new = np.ones(len(case), dtype=np.bool_)
    new[1:] = (case[1:] != case[:-1]) | (day[1:] != day[:-1])
    return case[new], day[new]


def _standings(cases: Cases, stays: Stays, case: Ints, day: Ints) -> Ints:
    """How cases stand at the end of days: in the stage last entered of those that have them, or behind it."""
    count = np.bincount(stays.case, minlength=len(cases.begun))
    pairs = count[case]
    mark = np.repeat(np.arange(len(case)), pairs)
    within = np.arange(len(mark)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    stay = (np.cumsum(count) - count)[case][mark] + within
    entered = stays.entered_at[stay] // DAY <= day[mark]
    mark, stay = mark[entered], stay[entered]
    last = np.full(len(case), -1, dtype=np.int64)
    last[mark] = stay  # of several the one that stands last: they are in the order they were entered
    has_it = stays.left_at[stay] // DAY > day[mark]
    here = np.full(len(case), -1, dtype=np.int64)
    here[mark[has_it]] = stay[has_it]
    stage, outcome = (np.append(column, NO_OUTCOME) for column in (stays.stage, stays.outcome))
    return np.select(
        [
            here >= 0,
            cases.paid[case] <= day,
            outcome[last] == REJECTED,
            (outcome[last] == PASSED) & (stage[last] >= APPROVED_FROM),
        ],
        [IN_STAGE + stage[here], np.int64(BATCHED), np.int64(REFUSED), np.int64(APPROVED)],
        np.int64(BETWEEN),
    )
