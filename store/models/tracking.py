"""What a failure adds to the daily board and to the weekly sheet, as sums that need not look at it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from store.models.chains import DAY
from store.models.columns import day_number, day_of

WEEK = 7
FIGURES = 10  # of failure_sum


@dataclass(frozen=True)
class Known:
    """A failure as it is stored; days are numbers.

    `events` are (day, change, outstanding, opened, late, reissued, refunded), in order.

    `members` have the day each joined, `said` is the feedback on them: (payment, moment).
    """

    place: int  # a packed region, cut at six digits
    programme_id: int
    unit_id: int
    opened_on: int
    events: Sequence[tuple[int, int, int, int, int, int, int]]
    members: Mapping[int, int]
    said: Collection[tuple[int, int]] = field(default=())

    def left_on(self, day: int) -> int:
        """Fen outstanding at the end of a day."""
        left = 0
        for event in self.events:
            if event[0] > day:
                break
            left = event[2]
        return left


def moves_of(each: Known) -> dict[int, list[int]]:
    """By day what the failure did on it, in the order of the columns of failure_sum."""
    found: dict[int, list[int]] = defaultdict(lambda: [0] * FIGURES)
    for day, change, _, opened, late, _, _ in each.events:
        sums = found[day]
        sums[0] += opened > 0
        sums[1] += max(change, 0)
        sums[2] += opened < 0
        sums[3] += max(-change, 0)
        sums[4] += opened < 0 and day == each.opened_on
        sums[5] += late
    sums = found[each.opened_on]
    sums[6] += 1
    sums[7] += each.left_on(each.opened_on + WEEK) == 0
    was: str | None = None
    for day, by in {event[0]: cleared_by(*event[2:3], *event[5:]) for event in each.events}.items():
        for at, end in ((8, "refund"), (9, "both")):
            found[day][at] += (by == end) - (was == end)
        was = by
    return found


def cleared_by(outstanding: int, reissued: int, refunded: int) -> str | None:
    """What a failure was cleared by: reissue, refund or both; None while it is open."""
    if outstanding > 0:
        return None
    return {(True, False): "reissue", (False, True): "refund"}.get((reissued > 0, refunded > 0), "both")


def fed_back_of(each: Known, said: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[int]]:
    """The weeks in which the failure was given feedback, by their Monday and the day from which it counted.

    For each whether it was open at the end of the week's seven days. Feedback on a payment counts from the
    day on which that joined the chain.
    """
    seen: dict[int, int] = {}
    for payment_id, at in said:
        day = at // DAY
        counts = max(day, each.members[payment_id])
        monday = monday_of(day)
        seen[monday] = min(seen.get(monday, counts), counts)
    return {
        (monday, day): [int(each.left_on(monday + step) > 0) for step in range(WEEK)]
        for monday, day in seen.items()
    }


def monday_of(day: int) -> int:
    """The Monday of a day's week."""
    return day - day_of(day).weekday()


def month_of(day: int) -> int:
    """The first of a day's month."""
    return day_number(day_of(day).replace(day=1))
