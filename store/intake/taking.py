"""Takes lines of one feed: judges each, lands what may land, and keeps whole what may not.

A key that stands several times in a chunk is taken in waves, so that bulk statements give what line by line
would have given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, func, select

from store.arrays import Column, Flags, Ints, Numbers, listed, marks_of, taken
from store.intake import landing
from store.intake.approving import Turned
from store.intake.keeping import (
    Kept,
    held_lines,
    holding,
    keep_doubtful,
    keep_held,
    keep_rejects,
    remember,
    seen,
)
from store.intake.landing import Hit, Stage
from store.intake.lines import Fault, Lines, freed
from store.intake.linking import Linked, link, normal, units_beside
from store.models.feed import Feed, Rule
from store.models.payments import payment


@dataclass
class Taken:
    """What became of lines: counts by file and outcome, and a stage for each wave that landed something."""

    counts: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, file_id: int, outcome: str, count: int = 1) -> None:
        """Count lines of a file."""
        self.counts.setdefault(file_id, Counter())[outcome] += count


Landed = Callable[[Stage], None]
LANDED: tuple[str, Fault | None] = ("landed", None)


def take(connection: Connection, lines: Lines, sums: Taken, at: datetime, landed: Landed) -> None:
    """Take checked lines in; `landed` is called while the stage of each wave still stands."""
    rejected = {place: Kept.of(lines, place, fault) for place, fault in lines.faults.items()}
    keep_rejects(connection, list(rejected.values()))
    for place in rejected:
        sums.add(lines.file_ids[place], "rejected")
    places = np.arange(len(lines.numbers))
    if rejected:
        places = np.delete(places, list(rejected))
    columns = normal(connection, lines, places)
    beside = units_beside(connection, columns) if lines.feed.name == "units" else set()
    for positions in _waves([columns[name] for name in lines.feed.target.keys], len(places)):
        wave = _Wave.of(lines, places, columns, positions)
        _take_wave(connection, wave, beside, sums, at, landed)


def _waves(keys: Sequence[Column], count: int) -> Iterator[Ints | None]:
    """The positions in as many rounds as the most frequent key needs, each key once a round; None for all."""
    if not count:
        return
    marks = marks_of(keys)
    if (marks[1:] > marks[:-1]).all() or len(np.unique(marks)) == count:
        yield None
        return
    order = np.argsort(marks, kind="stable")
    first = np.flatnonzero(np.concatenate([[True], marks[order][1:] != marks[order][:-1]]))
    turns = np.empty(count, dtype=np.int64)
    turns[order] = np.arange(count) - np.repeat(first, np.diff(np.append(first, count)))
    for turn in range(int(turns.max()) + 1):
        yield np.flatnonzero(turns == turn)


@dataclass(frozen=True)
class _Wave:
    """Lines with different keys: where they stand among `lines`, and their columns, links still as texts."""

    lines: Lines
    places: Ints
    columns: dict[str, Column]

    @staticmethod
    def of(lines: Lines, places: Ints, columns: dict[str, Column], positions: Ints | None) -> _Wave:
        """The lines at `positions` of `places` and `columns`."""
        if positions is None:
            return _Wave(lines, places, dict(columns))
        some = {name: taken(column, positions) for name, column in columns.items()}
        return _Wave(lines, places[positions], some)

    def place(self, position: int) -> int:
        """Where a line stands among `lines`."""
        return int(self.places[position])

    def file_id(self, position: int) -> int:
        """The file that a line came in with."""
        return self.lines.file_ids[self.place(position)]

    def file_ids(self) -> Ints:
        """The files that the lines came in with."""
        return np.array(self.lines.file_ids, dtype=np.int64)[self.places]

    def key(self, position: int) -> str:
        """The key of a line as one text."""
        parts = (self.columns[name][position] for name in self.lines.feed.target.keys)
        return "/".join("" if part is None else str(part) for part in parts)

    def keys(self) -> list[str]:
        """The keys of all lines."""
        columns = [listed(self.columns[name]) for name in self.lines.feed.target.keys]
        shown = [["" if part is None else str(part) for part in column] for column in columns]
        return ["/".join(parts) for parts in zip(*shown, strict=True)]


def _take_wave(
    connection: Connection, wave: _Wave, beside: set[str], sums: Taken, at: datetime, landed: Landed
) -> None:
    feed, count = wave.lines.feed, len(wave.places)
    linked = link(connection, feed, dict(wave.columns), beside)
    columns = linked.columns
    files = wave.file_ids()
    columns["file_id"] = Numbers(files)
    if feed.name == "payments":
        start = (connection.scalar(select(func.max(payment.c.payment_id))) or 0) + 1
        columns["payment_id"] = Numbers(np.arange(start, start + count))
    staged = landing.stage(connection, feed, columns, count, list(linked.named.values()))
    for column, named in linked.named.items():
        for position in landing.unnamed(connection, staged, column):
            if (text := named.texts[position]) is not None:
                linked.miss(column, position, text)
    linked.settle(feed)
    outcomes = _judge(connection, wave, linked, staged)
    leave = [position for position, (outcome, _) in outcomes.items() if outcome != "updated"]
    changing = [position for position, (outcome, _) in outcomes.items() if outcome == "updated"]
    landing.mark(connection, staged, landing.LEAVE, leave)
    turned = Turned(connection, staged)
    if changing:
        landing.change(connection, staged, changing, at)
    if len(outcomes) < count:
        landing.land(connection, staged)
    turned.landed()
    _keep(connection, wave, linked, outcomes, sums)
    landed(staged)


Outcomes = dict[int, tuple[str, Fault | None]]


def _judge(connection: Connection, wave: _Wave, linked: Linked, staged: Stage) -> Outcomes:
    """What becomes of each line that does not simply land, by its position in the wave."""
    feed, stored = wave.lines.feed, landing.hits(connection, staged)
    said = set() if feed.repeats_update else _said(connection, wave, stored)
    outcomes: Outcomes = {}
    for position in sorted({*stored, *linked.unknown, *linked.waiting, *said}):
        hit = stored.get(position)
        waits_for = linked.waiting.get(position)
        named = position not in linked.unknown and waits_for is None  # all that it names is stored
        if hit is not None and hit.same and named:
            outcomes[position] = ("unchanged", None)
        elif position in said:
            outcomes[position] = ("rejected", Fault(None, "duplicate_line"))
        elif position in linked.unknown:
            outcomes[position] = ("rejected", linked.unknown[position])
        elif waits_for == (feed.name, wave.columns[feed.target.keys[0]][position]):
            outcomes[position] = ("rejected", Fault(None, "conflict"))  # it reissues itself
        elif waits_for is not None:
            outcomes[position] = ("held", None)
        elif feed.rule is Rule.UPDATES and hit is not None and hit.file_id > wave.file_id(position):
            outcomes[position] = ("unchanged", None)  # it comes late: what is stored came with a later file
        elif feed.rule is Rule.UPDATES or (hit is not None and hit.fills):
            outcomes[position] = ("updated", None)
        else:
            outcomes[position] = ("rejected", Fault(None, "conflict"))
    return outcomes


def _said(connection: Connection, wave: _Wave, stored: Mapping[int, Hit]) -> set[int]:
    """The positions whose key another line of the same file had, with other values where that one is held."""
    feed = wave.lines.feed
    files = set(wave.lines.file_ids)
    found = {position for position, hit in stored.items() if hit.file_id == wave.file_id(position)}
    keys = {position: wave.key(position) for position in stored}
    known = seen(connection, files, set(keys.values()))
    found |= {position for position, key in keys.items() if (wave.file_id(position), key) in known}
    files = holding(connection, feed.name, files)
    if not files:
        return found
    every = wave.keys()
    positions = {
        (file_id, key): position
        for position, (file_id, key) in enumerate(zip(wave.file_ids().tolist(), every, strict=True))
    }
    others = [
        (positions[line.file_id, line.own_key], line)
        for line in held_lines(connection, feed.name, files, every)
        if (line.file_id, line.own_key) in positions
    ]
    numbers = wave.lines.numbers
    others = [(position, line) for position, line in others if numbers[wave.place(position)] != line.line]
    for position, values in _values(connection, feed, others):
        if any(wave.columns[name][position] != value for name, value in values.items()):
            found.add(position)
    return found


def _values(
    connection: Connection, feed: Feed, rows: list[tuple[int, Row[Any]]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """What kept lines say, in columns of the target, each with the position it came with."""
    positions = {(line.file_id, line.line): position for position, line in rows}
    for lines in freed(feed, [(line.file_id, line.line, line.raw) for _, line in rows]):
        columns = normal(connection, lines, np.arange(len(lines.numbers)))
        for at, where in enumerate(zip(lines.file_ids, lines.numbers, strict=True)):
            yield positions[where], {name: column[at] for name, column in columns.items()}


def _keep(connection: Connection, wave: _Wave, linked: Linked, outcomes: Outcomes, sums: Taken) -> None:
    lines, repeats = wave.lines, wave.lines.feed.repeats_update
    rejects, held, same = [], [], []
    counted = Counter(wave.file_ids().tolist())
    for position, (outcome, fault) in outcomes.items():
        place, file_id = wave.place(position), wave.file_id(position)
        counted[file_id] -= 1
        sums.add(file_id, outcome)
        if fault is not None:
            rejects.append(Kept.of(lines, place, fault))
        elif outcome == "held":
            held.append((Kept.of(lines, place, None), *linked.waiting[position], wave.key(position)))
        elif outcome == "unchanged" and not repeats:
            same.append({"file_id": file_id, "key": wave.key(position)})
    for file_id, count in counted.items():
        if count:
            sums.add(file_id, "landed", count)
    doubts = []
    for position in _doubtful(wave):
        if outcomes.get(position, LANDED)[0] in ("landed", "updated"):
            sums.add(wave.file_id(position), "doubtful")
            place = wave.place(position)
            doubts.append((Kept.of(lines, place, lines.doubts[place]), wave.key(position)))
    keep_rejects(connection, rejects)
    keep_held(connection, held)
    keep_doubtful(connection, doubts)
    remember(connection, same)


def _doubtful(wave: _Wave) -> list[int]:
    """The positions of lines whose ID or card is wrong."""
    doubts = np.array(sorted(wave.lines.doubts), dtype=np.int64)
    here: Flags = np.isin(wave.places, doubts)
    found: list[int] = np.flatnonzero(here).tolist()
    return found
