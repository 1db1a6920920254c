"""Takes lines of one feed: judges each, lands what may land, and keeps whole what may not.

A key that stands several times in a chunk is taken in waves, so that bulk statements give what line by line
would have given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from store.intake import landing
from store.intake.keeping import Kept, held_keys, keep_doubtful, keep_held, keep_rejects, remember, seen
from store.intake.landing import Stage
from store.intake.lines import Fault, Lines
from store.intake.linking import Linked, link
from store.models.feed import Rule
from store.models.payments import payment


@dataclass
class Taken:
    """What became of lines: counts by file and outcome, and a stage for each wave that landed something."""

    counts: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, file_id: int, outcome: str, count: int = 1) -> None:
        """Count lines of a file."""
        self.counts.setdefault(file_id, Counter())[outcome] += count


Landed = Callable[[Stage], None]


def take(connection: Connection, lines: Lines, taken: Taken, at: datetime, landed: Landed) -> None:
    """Take checked lines in; `landed` is called while the stage of each wave still stands."""
    rejected = {place: Kept.of(lines, place, fault) for place, fault in lines.faults.items()}
    keep_rejects(connection, list(rejected.values()))
    for place in rejected:
        taken.add(lines.file_ids[place], "rejected")
    rest = [place for place in range(len(lines.numbers)) if place not in lines.faults]
    for wave in _waves(lines, rest):
        _take_wave(connection, lines, wave, taken, at, landed)


def _waves(lines: Lines, places: list[int]) -> Iterator[list[int]]:
    """The places in as many rounds as the most frequent key needs, each key once a round."""
    keys = [lines.values.get(name) for name in lines.feed.keys]
    while places:
        first: dict[Any, int] = {}
        later = []
        for place in places:
            key = tuple(None if column is None else column[place] for column in keys)
            if first.setdefault(key, place) != place:
                later.append(place)
        yield list(first.values())
        places = later


def _take_wave(
    connection: Connection, lines: Lines, places: list[int], taken: Taken, at: datetime, landed: Landed
) -> None:
    linked = link(connection, lines, places)
    columns = linked.columns
    columns["file_id"] = [lines.file_ids[place] for place in places]
    if lines.feed.name == "payments":
        start = (connection.scalar(select(func.max(payment.c.payment_id))) or 0) + 1
        columns["payment_id"] = list(range(start, start + len(places)))
    staged = landing.stage(connection, lines.feed, columns, len(places))
    outcomes = _judge(connection, lines, places, linked, staged)
    leave = [position for position, (outcome, _) in outcomes.items() if outcome != "updated"]
    changing = [position for position, (outcome, _) in outcomes.items() if outcome == "updated"]
    landing.mark(connection, staged, landing.LEAVE, leave)
    if changing:
        landing.change(connection, staged, changing, at)
    if len(outcomes) < len(places):
        landing.land(connection, staged)
    _keep(connection, lines, places, linked, outcomes, taken)
    landed(staged)


Outcomes = dict[int, tuple[str, Fault | None]]


def _judge(
    connection: Connection, lines: Lines, places: list[int], linked: Linked, staged: Stage
) -> Outcomes:
    """What becomes of each line that does not simply land, by its position in the wave."""
    feed, stored = lines.feed, landing.hits(connection, staged)
    own_keys = {position: key_text(lines, places[position]) for position in {*stored, *linked.waiting}}
    known_before = seen(connection, lines, places, own_keys)
    held_before = {} if feed.repeats_update else held_keys(connection, feed.name, own_keys.values())
    outcomes: Outcomes = {}
    for position in sorted({*stored, *linked.unknown, *linked.waiting}):
        place, hit = places[position], stored.get(position)
        file_id = lines.file_ids[place]
        if hit is not None and hit.same:
            outcomes[position] = ("unchanged", None)
        elif (
            hit is not None
            and not feed.repeats_update
            and (hit.file_id == file_id or position in known_before)
        ) or _contradicts(lines, place, held_before.get((file_id, own_keys.get(position, "")), ())):
            outcomes[position] = ("rejected", Fault(None, "duplicate_line"))
        elif position in linked.unknown:
            outcomes[position] = ("rejected", linked.unknown[position])
        elif _reissues_itself(lines, place):
            outcomes[position] = ("rejected", Fault(None, "conflict"))
        elif position in linked.waiting:
            outcomes[position] = ("held", None)
        elif feed.rule is Rule.UPDATES or (hit is not None and hit.fills):
            outcomes[position] = ("updated", None)
        else:
            outcomes[position] = ("rejected", Fault(None, "conflict"))
    return outcomes


def _contradicts(lines: Lines, place: int, held: tuple[tuple[int, str], ...] | list[tuple[int, str]]) -> bool:
    """Whether a held line of the same file has the same key, stands elsewhere, and says something else."""
    return any(number != lines.numbers[place] and raw != lines.raw(place) for number, raw in held)


def _reissues_itself(lines: Lines, place: int) -> bool:
    values = lines.values
    return "reissue_of" in values and values["reissue_of"][place] == values["payment_no"][place]


def key_text(lines: Lines, place: int) -> str:
    """The key of a line as one text, parts in the order of the contract."""
    parts = [lines.values[name][place] if name in lines.values else None for name in lines.feed.keys]
    return "/".join("" if part is None else str(part) for part in parts)


def _keep(
    connection: Connection,
    lines: Lines,
    places: list[int],
    linked: Linked,
    outcomes: Outcomes,
    taken: Taken,
) -> None:
    rejects, held, same, doubts = [], [], [], []
    for position, place in enumerate(places):
        outcome, fault = outcomes.get(position, ("landed", None))
        taken.add(lines.file_ids[place], outcome)
        if fault is not None:
            rejects.append(Kept.of(lines, place, fault))
        elif outcome == "held":
            held.append((Kept.of(lines, place, None), *linked.waiting[position], key_text(lines, place)))
        elif outcome == "unchanged" and not lines.feed.repeats_update:
            same.append({"file_id": lines.file_ids[place], "key": key_text(lines, place)})
        if place in lines.doubts and outcome in ("landed", "updated"):
            taken.add(lines.file_ids[place], "doubtful")
            doubts.append((Kept.of(lines, place, lines.doubts[place]), key_text(lines, place)))
    keep_rejects(connection, rejects)
    keep_held(connection, held)
    keep_doubtful(connection, doubts)
    remember(connection, same)
