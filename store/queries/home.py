"""The morning as of a day: what waits, what is late, what failed, what came in, what is silent, by county.

Every figure is what the view that it opens has: counted by the same conditions, or from its rows.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from store.models.clock import second_working_day
from store.models.columns import county_of
from store.models.posts import Viewer
from store.queries import (
    boards,
    changes,
    failed,
    intake,
    late_stays,
    ledger,
    open_failures,
    overdue_payments,
    places,
    reasons,
    standing,
    tracking,
)
from store.queries.filters import Filters
from store.queries.freshness import freshness
from store.queries.timing import Time, time_of
from store.tables import Code, Day, Digits, Fen, Flag, Moment, Number
from store.workdays import ONE

GRADED = ("red", "orange", "yellow")


@dataclass(frozen=True, slots=True)
class Opens:
    """The view that a figure opens, by its command, and the options that keep it to the figure's rows.

    The count is the number of its rows, or the sum of the column `counted`; the amount is that of `summed`.
    """

    view: str
    options: tuple[str, ...] = ()
    counted: str | None = None
    summed: str | None = None

    def __str__(self) -> str:
        return shlex.join((self.view, *self.options))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the morning: its name, its count (None: not for this post to know), fen, what it opens."""

    figure: Code
    count: Number | None
    amount: Fen | None
    opens: Opens


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A county's morning; where its data is silent a count that would be zero is None, for nobody knows.

    `series` holds the open failures at the end of each of the last 30 days. `opens` are the views of the
    counts, by their names; none where a county cannot be asked for alone.
    """

    county_code: Digits
    county: str | None
    overdue_approvals: Number | None
    red_approvals: Number | None
    overdue_batches: Number | None
    open_failures: Number | None
    outstanding: Fen | None
    overdue_items: Number | None
    data_on: Day | None
    silent: Flag
    series: tuple[int, ...]
    opens: dict[str, Opens]


@dataclass(frozen=True, slots=True)
class Home:
    """The morning of a post: `since` is the last working day before, `changed_at` the store's last change.

    `looked_at` is when somebody at the post last looked at the changes, `newest_seq` the newest event among
    them: what to give when they have been looked at.
    """

    as_of: Day
    post: str
    post_name: str
    place: str | None
    since: Day
    changed_at: Moment | None
    looked_at: Moment | None
    newest_seq: Number
    figures: tuple[Figure, ...]
    counties: tuple[CountyLine, ...]
    series: tuple[int, ...]

    def figure(self, name: str) -> Figure:
        """The figure of a name; KeyError where there is none."""
        found = {each.figure: each for each in self.figures}
        return found[name]


@dataclass(frozen=True)
class _Rows:
    """What the morning is counted from: by county, or the rows of a view, each asked for once."""

    approvals: Counter[tuple[str, str]]  # by county and grade
    batches: list[overdue_payments.OverdueBatch]
    failures: list[open_failures.Tally]
    items: list[ledger.RectificationRow]


@dataclass(frozen=True)
class _Asked:
    connection: Connection
    viewer: Viewer
    as_of: date
    time: Time

    @property
    def since(self) -> date:
        """The last working day before the day."""
        return self.time.calendar.last_before(self.as_of)


def figures(connection: Connection, viewer: Viewer, as_of: date) -> Home:
    """The morning as of a day, for the post that asks."""
    asked = _Asked(connection, viewer, as_of, time_of(connection))
    horizon = second_working_day(asked.time.calendar, as_of, asked.time.thresholds)
    rows = _Rows(
        late_stays.by_county(connection, viewer, as_of),
        overdue_payments.listed(connection, viewer, as_of, Filters()),
        open_failures.by_county(connection, viewer, as_of, asked.time),
        ledger.overdue(connection, viewer, as_of, upcoming_to=horizon),
    )
    series, whole = _series(asked)
    counties = tuple(_counties(asked, rows, series))
    told = standing.told(connection, viewer)
    changed = changes.since_last_look(connection, viewer, as_of)
    found = (*_waiting(asked), *_late(asked, rows), *_failed(asked, rows), *_arrived(asked))
    silent = Figure(
        "counties_silent", sum(line.silent for line in counties), None, Opens("home", ("--silent",))
    )
    return Home(
        as_of=as_of,
        post=viewer.post.code,
        post_name=viewer.post.name,
        place=told.place,
        since=asked.since,
        changed_at=told.changed_at,
        looked_at=changed.since,
        newest_seq=changed.newest_seq,
        figures=(*found, silent, *_changed(changed)),
        counties=counties,
        series=whole,
    )


def _waiting(asked: _Asked) -> Iterator[Figure]:
    """What waits for this post: items to close and transferred to it, and lines and wordings to look at."""
    connection, viewer, as_of = asked.connection, asked.viewer, asked.as_of
    to_close = ledger.listed(connection, viewer, as_of, ledger.Filters(waiting=True))
    yield _count("items_to_close", to_close, Opens("ledger", ("--waiting",)))
    mine = ledger.listed(connection, viewer, as_of, ledger.Filters(transferred_to=viewer.post.code))
    yield _count("items_transferred", mine, Opens("ledger", ("--to", viewer.post.code)))
    for name in ("doubtful", "rejects", "held"):
        yield Figure(name, intake.count(connection, viewer, intake.Lines(name)), None, Opens(name))
    unmapped = reasons.count_unmapped(connection, viewer, as_of)
    yield Figure("unmapped", unmapped, None, Opens("reasons", ("--unmapped",)))


def _late(asked: _Asked, rows: _Rows) -> Iterator[Figure]:
    of_approvals: Counter[str] = Counter()
    for (_, given), count in rows.approvals.items():
        of_approvals[given] += count
    for grade in GRADED:
        opens = Opens("overdue", ("--grade", grade))
        yield Figure(f"approvals_{grade}", of_approvals[grade], None, opens)
    opens = Opens("overdue", ("--upcoming", "--grade", "upcoming"))
    yield Figure("approvals_upcoming", of_approvals["upcoming"], None, opens)
    for grade in GRADED:
        graded = [row for row in rows.batches if row.grade == grade]
        opens = Opens("overdue", ("--kind", "payments", "--grade", grade), summed="unpaid_amount")
        yield _count(f"payments_{grade}", graded, opens)
    late = [row for row in rows.items if row.grade != "upcoming"]
    yield _count("items_overdue", late, Opens("overdue", ("--kind", "rectification")))
    soon = [row for row in rows.items if row.grade == "upcoming"]
    options = ("--kind", "rectification", "--upcoming", "--grade", "upcoming")
    yield _count("items_upcoming", soon, Opens("overdue", options))


def _failed(asked: _Asked, rows: _Rows) -> Iterator[Figure]:
    def total(name: str) -> int:
        return sum(getattr(each, name) for each in rows.failures)

    since = asked.since
    opens = Opens("failed", summed="outstanding")
    yield Figure("failures_open", total("count"), total("amount"), opens)
    for moved, turn in zip(failed.MOVED, (1, -1), strict=True):
        figures = open_failures.moved(asked.connection, asked.viewer, since, asked.as_of, turn)
        opens = Opens("failed", (f"--{moved}", "--since", since.isoformat()), summed="amount")
        yield Figure(f"failures_{moved}", *figures, opens)
    opens = Opens("failed", ("--without-feedback",), summed="outstanding")
    yield Figure("failures_unanswered", total("unanswered"), total("unanswered_amount"), opens)
    opens = Opens("overdue", ("--kind", "failures"), summed="outstanding")
    yield Figure("failures_overdue", total("overdue"), total("overdue_amount"), opens)


def _arrived(asked: _Asked) -> Iterator[Figure]:
    """What came in; files know no place, so only a post that sees everything is told of them."""
    connection, viewer, as_of, since = asked.connection, asked.viewer, asked.as_of, asked.since
    options = ("--since", since.isoformat())
    files = intake.imports(connection, viewer, since, as_of) if viewer.post.everything else None
    for name, column in (("files_in", None), ("lines_in", "rows")):
        count = None if files is None else sum(row.rows for row in files) if column else len(files)
        yield Figure(name, count, None, Opens("imports", options, counted=column))
    refused = intake.count(connection, viewer, intake.Lines("rejects", since, as_of))
    yield Figure("rejected_in", refused, None, Opens("rejects", options))


def _changed(found: changes.Changes) -> Iterator[Figure]:
    """What changed since somebody at the post last looked, and what of it the post follows."""
    yield _count("changes", found.rows, Opens("changes"))
    yield _count("changes_followed", found.of_followed, Opens("changes", ("--followed",)))


def _count(name: str, rows: Iterable[Any], opens: Opens) -> Figure:
    """A figure of rows, and the sum of the column that it names."""
    listed = list(rows)
    amount = sum(getattr(row, opens.summed) for row in listed) if opens.summed else None
    return Figure(name, len(listed), amount, opens)


def _series(asked: _Asked) -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """The failures open at the end of each of the last 30 days, by county and of the whole scope."""
    first = asked.as_of - boards.DAYS
    question = tracking.asked(asked.connection, asked.viewer, Filters())
    opening, moves = tracking.moves(question, first, asked.as_of)
    days = [first + ONE * step for step in range((asked.as_of - first).days + 1)]
    found: dict[str, tuple[int, ...]] = {}
    for county in sorted({*opening, *moves}):
        left, counts = opening[county]["opening_count"] if county in opening else 0, []
        for day in days:
            move = moves.get(county, {}).get(day)
            left += move["new_count"] - move["cleared_count"] if move else 0
            counts.append(left)
        found[county] = tuple(counts)
    return found, tuple(map(sum, zip(*found.values(), strict=True)))


VIEWS = {
    "overdue_approvals": Opens("overdue"),
    "red_approvals": Opens("overdue", ("--grade", "red")),
    "overdue_batches": Opens("overdue", ("--kind", "payments")),
    "open_failures": Opens("failed", summed="outstanding"),
    "overdue_items": Opens("overdue", ("--kind", "rectification")),
}


def _counties(asked: _Asked, rows: _Rows, series: dict[str, tuple[int, ...]]) -> Iterator[CountyLine]:
    late: Counter[str] = Counter()
    for (county, grade), count in rows.approvals.items():
        late[county] += count * (grade != "upcoming")
    open_now = {each.county: each for each in rows.failures}
    counts = {
        "overdue_approvals": +late,
        "red_approvals": Counter({of: n for (of, grade), n in rows.approvals.items() if grade == "red"}),
        "overdue_batches": _by_county(rows.batches),
        "open_failures": Counter({code: each.count for code, each in open_now.items()}),
        "overdue_items": _by_county(row for row in rows.items if row.grade != "upcoming"),
    }
    outstanding = Counter({code: each.amount for code, each in open_now.items()})
    known = {*series, *(code for found in counts.values() for code in found)}
    fresh = freshness(asked.connection, asked.viewer, asked.as_of, asked.time.calendar, known)
    named = places.names(asked.connection, [code for code in fresh if code])
    for code, data in fresh.items():
        told = {name: found[code] or (None if data.silent else 0) for name, found in counts.items()}
        yield CountyLine(
            county_code=code,
            county=named.get(code),
            **told,
            outstanding=None if told["open_failures"] is None else outstanding[code],
            data_on=data.data_on,
            silent=data.silent,
            series=series.get(code, ()),
            opens=_views(asked.viewer, code),
        )


def _by_county(rows: Iterable[Any]) -> Counter[str]:
    return Counter(county_of(row.region_code) or "" for row in rows)


def _views(viewer: Viewer, code: str) -> dict[str, Opens]:
    """The views of a county; for a post of a town its whole scope is in the one county."""
    region = viewer.post.region
    if region is not None and len(region) > 6 and not viewer.post.everything:
        return VIEWS
    if not code:
        return {}
    narrowed = ("--county", code)
    return {
        name: Opens(each.view, (*each.options, *narrowed), each.counted, each.summed)
        for name, each in VIEWS.items()
    }
