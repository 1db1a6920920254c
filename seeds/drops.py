"""Splits a world into what was dropped day by day, so that its lines arrive about when they happened."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

HAPPENED = {"returns": "settled_at", "funds": "on_date", "feedback": "given_at"}
DAYS = 30
LATE_EVERY = 40  # one line in so many arrives two days late


def dropped(files: Sequence[Path], today: date) -> list[tuple[date, list[Path]]]:
    """The files in the order they arrive, with the day of each drop.

    First all that is older than a month and all that has no day of its own, as of `today`; then, for each of
    the last days, what the banks and offices dropped on it. Lines of the last month leave their first file.
    """
    since = today - timedelta(days=DAYS)
    by_day: dict[date, list[Path]] = defaultdict(list)
    for path in files:
        feed = path.stem.partition("-")[2]
        if feed in HAPPENED:
            _split(path, HAPPENED[feed], since, today, by_day)
    return [(today, list(files)), *sorted(by_day.items())]


def _split(path: Path, column: str, since: date, today: date, by_day: dict[date, list[Path]]) -> None:
    with path.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    place = header.index(column)
    kept: list[list[str]] = []
    recent: dict[date, list[list[str]]] = defaultdict(list)
    for number, row in enumerate(rows):
        happened = date.fromisoformat(row[place][:10])
        if happened <= since:
            kept.append(row)
            continue
        late = timedelta(days=2 if number % LATE_EVERY == 0 else 0)
        recent[min(today, happened + late)].append(row)
    _write(path, header, kept)
    for day, lines in recent.items():
        part = path.parent / day.isoformat() / path.name
        part.parent.mkdir(exist_ok=True)
        _write(part, header, lines)
        by_day[day].append(part)


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
