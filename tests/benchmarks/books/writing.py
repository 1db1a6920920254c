"""Writes the books of a city: reference files, then file after file of batches, payments, returns, stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tests.benchmarks.books.cases import CASES, STAGES, case_lines, stage_lines
from tests.benchmarks.books.city import City, read_city, write_city
from tests.benchmarks.books.forms import write_lines
from tests.benchmarks.books.payments import (
    FAILING,
    PAYMENTS,
    REISSUED,
    RETURNS,
    Lines,
    Numbers,
    amounts,
    answers,
    regular,
    reissue,
)
from tests.benchmarks.books.people import People, make_people
from tests.benchmarks.books.rounds import HEADER, SIZE, Batch, batch_line, make_batch
from tests.benchmarks.books.spoiling import spoil

PEOPLE = 1.7 / 40  # people a payment
FEWEST = 2_000  # people


@dataclass(frozen=True)
class Wanted:
    """What books to write; `before` are payments that earlier books of the same city have already."""

    payments: int
    before: int = 0
    scattered: bool = False
    encoding: str = "utf-8"
    spoiled: int = 0  # one payment and return in so many, 0 for none
    cases: bool = True
    per_file: int = 1_000_000
    people: int = 0  # 0: as many as fit the payments
    seed: int = 1
    last: date = date(2026, 10, 31)


def write_books(folder: Path, wanted: Wanted) -> list[Path]:
    """Write the files in the order in which they are to be taken in; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    city = read_city()
    head = np.random.default_rng(wanted.seed)
    total = wanted.before + wanted.payments
    people = make_people(
        head, wanted.people or max(FEWEST, int(total * PEOPLE)), city.villages, city.counties
    )
    paths = [] if wanted.before else write_city(folder, city)
    for turn, start in enumerate(range(wanted.before, total, wanted.per_file), 1):
        end = min(start + wanted.per_file, total)
        paths += _write_turn(folder, wanted, city, people, turn, start, end)
    return paths


def _write_turn(
    folder: Path, wanted: Wanted, city: City, people: People, turn: int, start: int, end: int
) -> Iterator[Path]:
    rng = np.random.default_rng([wanted.seed, start])
    numbers, lines = Numbers(wanted.scattered), Lines([], [], [])
    batches: list[str] = []
    failed: list[tuple[str, int, int]] = []
    again = int((end - start) * FAILING * REISSUED)
    total = wanted.before + wanted.payments
    for first in range(start, end - again, SIZE):
        size = min(SIZE, end - again - first)
        batch = make_batch(rng, city, people, first, size, total, wanted.last)
        fen = amounts(rng, batch, first // SIZE, size)
        own = regular(lines, city, people, batch, first, fen, numbers)
        batches.append(batch_line(batch, city, size, int(fen.sum())))
        who = batch.members.tolist()
        failed += [(own[n], who[n], int(fen[n])) for n in answers(lines, rng, batch, own, wanted.last)]
    if failed := failed[:again]:
        batch = _again(batch, turn, start, wanted.last)
        own = reissue(lines, city, people, batch, end - again, failed, numbers)
        answers(lines, rng, batch, own, wanted.last)
        batches.append(batch_line(batch, city, len(own), sum(fen for _, _, fen in failed)))
    stem, rest = f"{wanted.before // 1000:06d}-{turn:03d}", np.random.default_rng([wanted.seed, start, 2])
    if wanted.spoiled:
        spoil(lines.payments, "payments", wanted.spoiled, rest)
        spoil(lines.returns, "returns", wanted.spoiled, rest)
    yield write_lines(folder / f"{stem}-1-batches", HEADER, batches, "utf-8")
    yield write_lines(folder / f"{stem}-2-payments", PAYMENTS, lines.payments, wanted.encoding)
    yield write_lines(folder / f"{stem}-3-returns", RETURNS, lines.returns, wanted.encoding)
    if wanted.cases and lines.cases:
        found = case_lines(city, people, lines.cases)
        yield write_lines(folder / f"{stem}-4-cases", CASES, found, "utf-8")
        stages = stage_lines(rest, city, lines.cases, wanted.last)
        yield write_lines(folder / f"{stem}-5-stages", STAGES, stages, "utf-8")


def _again(batch: Batch, turn: int, start: int, last: date) -> Batch:
    """The batch that pays again what failed in a file, a fortnight after the file's last batch."""
    day = min((batch.submitted or batch.pay_by) + timedelta(days=14), last - timedelta(days=3))
    return Batch(
        f"BF{start // 1000:08d}{turn:03d}",
        batch.programme,
        batch.fen,
        batch.county,
        batch.period,
        day + timedelta(days=4),
        day,
        batch.members,
    )
