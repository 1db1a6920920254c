"""What the banks answered to the batches of the made-up world, and the messages that went out."""

from __future__ import annotations

import random
from datetime import timedelta

import numpy as np

from seeds.world.people import Bools, Ints
from seeds.world.reasons import pick, worded
from seeds.world.reissues import cure
from seeds.world.rounds import FAULTY, FRESH, Batch
from seeds.world.scene import Books, Failure, Scene

FAILING = 0.0085  # of first attempts; faults and bounces bring the year to about one in a hundred
BOUNCING = 0.0006
LINGERING = 0.0002
_CLOCK = 40  # a bank answers within a batch at as many moments


def write_returns(
    scene: Scene,
    books: Books,
    batch: Batch,
    numbers: list[str],
    who: list[int],
    fen: Ints,
    rng: np.random.Generator,
    stream: random.Random,
) -> None:
    assert batch.submitted is not None
    count = len(numbers)
    if batch.settled is None:
        # The bank has answered for half of them that it is at work, and for the rest nothing.
        scene.output.lines(
            "returns",
            [f"{no},pending,,{batch.submitted} 16:30:{n % 60:02d}," for n, no in enumerate(numbers[::2])],
        )
        return
    chance = rng.random(count)
    failing = chance < (0.3 if batch.fate == FAULTY else FAILING)
    if batch.fate == FRESH and count >= 5:
        failing[rng.integers(0, count, 2 if count > 15 else 1)] = True
    elif batch.settled > scene.today - timedelta(days=14) and count >= 8 and stream.random() < 0.3:
        failing[rng.integers(0, count)] = True
    bouncing = (chance > 1 - BOUNCING) & ~failing
    lingering = (chance > 0.5) & (chance < 0.5 + LINGERING) & ~failing

    hour = stream.randint(9, 15)
    clock = [f"{batch.settled} {hour:02d}:{5 + n:02d}:{n * 37 % 60:02d}" for n in range(_CLOCK)]
    serial = f"{batch.bank + 1}{batch.settled:%y%m%d}{batch.stem[6:]}"
    lines = [f"{no},success,,{clock[n % _CLOCK]},{serial}{n}" for n, no in enumerate(numbers)]
    reasons: dict[int, str] = {}
    for n in np.flatnonzero(failing).tolist():
        reasons[n] = code = "bank_system" if batch.fate == FAULTY else pick(stream)
        lines[n] = f"{numbers[n]},failure,{worded(stream, code)},{clock[n % _CLOCK]},{serial}{n}"
    for n in np.flatnonzero(lingering).tolist():
        lines[n] = f"{numbers[n]},pending,,{clock[n % _CLOCK]},"
    scene.output.lines("returns", lines)
    paid = ~failing & ~lingering
    books.flow(batch, batch.settled, -int(fen[paid].sum()))
    _write_messages(scene, batch, numbers, who, paid, hour)

    for n, code in reasons.items():
        cure(scene, books, Failure(numbers[n], batch, who[n], int(fen[n]), batch.settled, code), stream)
    for n in np.flatnonzero(bouncing).tolist():
        _bounce(scene, books, batch, numbers[n], who[n], int(fen[n]), stream)


def _bounce(
    scene: Scene, books: Books, batch: Batch, number: str, person: int, fen: int, stream: random.Random
) -> None:
    assert batch.settled is not None
    day = batch.settled + timedelta(days=stream.randint(1, 15))
    if day > scene.today:
        return
    code = pick(stream)
    scene.output.row(
        "returns", number, "bounced", worded(stream, code), f"{day} 11:{stream.randint(10, 59)}:00", None
    )
    books.flow(batch, day, fen)
    cure(scene, books, Failure(number, batch, person, fen, day, code), stream)


def _write_messages(
    scene: Scene,
    batch: Batch,
    numbers: list[str],
    who: list[int],
    paid: Bools,
    hour: int,
) -> None:
    # One county's gateway was down for some days: nothing was sent, and nobody noticed.
    day = batch.settled
    assert day is not None
    if batch.region == "511083" and 40 <= (scene.today - day).days <= 43:
        return
    phones = scene.people.phones
    moments = [f"{day} {hour + 1:02d}:{10 + n % 50:02d}:00" for n in range(_CLOCK)]
    scene.output.lines(
        "messages",
        [
            f"{no},{phone},{moments[n % _CLOCK]},{'sent' if (n * 7 + hour) % 131 else 'failed'}"
            for n, (no, person, ok) in enumerate(zip(numbers, who, paid.tolist(), strict=True))
            if ok and (phone := phones[person])
        ],
    )
