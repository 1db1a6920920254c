"""The cases that payments name, and the stages that each went through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from store.models.wordlists import STAGES as STAGE_WORDS
from tests.benchmarks.books.city import City, unit_of
from tests.benchmarks.books.people import People
from tests.benchmarks.books.rounds import Batch

CASES = "case_no,programme_code,period,person_id,region_code,amount,quantity,applied_on"
STAGES = "case_no,stage,entered_at,left_at,unit_code,operator,operator_id,outcome,opinion"
NAMES = tuple(STAGE_WORDS)[:6]
OPEN = 0.04  # of all cases, one of whose stages nobody has finished
HOUR = 3600
DAY = 24 * HOUR


def case_lines(city: City, people: People, cases: Sequence[tuple[str, Batch, int]]) -> list[str]:
    """A line a case."""
    homes = people.village
    return [
        f"{no},{batch.programme},{batch.period},{people.ids[person]},{city.villages[int(homes[person])]},"
        f"{batch.fen / 100:.2f},1,{_applied(batch)}"
        for no, batch, person in cases
    ]


def _applied(batch: Batch) -> date:
    return date.fromordinal(batch.pay_by.toordinal() - 60)


def stage_lines(
    rng: np.random.Generator, city: City, cases: Sequence[tuple[str, Batch, int]], last: date
) -> list[str]:
    """A line a stage; a stage that is open ends its case, entered in the last weeks before `last`."""
    count, kinds = len(cases), len(NAMES)
    if not count:
        return []
    begun = np.array([_applied(batch).toordinal() - 719_163 for _, batch, _ in cases]) * DAY + 9 * HOUR
    stays = rng.integers(1, 6, (count, kinds)) * DAY + rng.integers(0, 7 * HOUR, (count, kinds))
    opened = rng.random(count) < OPEN
    stops = np.where(opened, rng.integers(0, kinds, count), kinds)
    ends = begun[:, None] + np.cumsum(stays, axis=1)
    starts = np.concatenate([begun[:, None], ends[:, :-1]], axis=1)
    # an open stage was entered up to five weeks ago: most are in time, some are overdue
    today = (last.toordinal() - 719_163) * DAY
    rows = np.flatnonzero(opened)
    shift = today - rng.integers(0, 35 * DAY, len(rows)) - starts[rows, stops[rows]]
    starts[rows] += shift[:, None]
    ends[rows] += shift[:, None]
    entered, left = _texts(starts), _texts(ends)
    lines: list[str] = []
    for at, (no, batch, _) in enumerate(cases):
        unit, stop, came, went = unit_of(city.counties[batch.county]), int(stops[at]), entered[at], left[at]
        lines += [
            f"{no},{NAMES[n]},{came[n]},{went[n]},{unit},经办{at % 40},JB{at % 40:03d},passed,"
            for n in range(min(stop, kinds))
        ]
        if stop < kinds:
            lines.append(f"{no},{NAMES[stop]},{came[stop]},,{unit},经办{at % 40},JB{at % 40:03d},,")
    return lines


def _texts(moments: np.ndarray) -> list[list[str]]:
    texts = np.datetime_as_string(moments.astype("datetime64[s]"), unit="s")
    return [[text.replace("T", " ") for text in row] for row in texts.tolist()]
