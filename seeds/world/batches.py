"""The batches of the made-up world: their payments, the bank's answers, and the messages that went out."""

from __future__ import annotations

import random
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from seeds.world.claims import claim
from seeds.world.draws import amounts, due_in
from seeds.world.notices import post_notices
from seeds.world.people import Bools, Ints
from seeds.world.places import COUNTIES, TROUBLED
from seeds.world.reasons import pick, worded
from seeds.world.reissues import cure
from seeds.world.rounds import FAULTY, FRESH, SILENT, STUCK, Batch
from seeds.world.scene import Books, Failure, Scene
from seeds.world.units import account, bank, bureau
from store.money import yuan

FAILING = 0.0085  # of first attempts; faults and bounces bring the year to about one in a hundred
BOUNCING = 0.0006
LINGERING = 0.0002
TWICE = ("MZ10", "511011")  # where two people of another county are paid too
_CLOCK = 40  # a bank answers within a batch at as many moments


def write_batches(scene: Scene, books: Books, batches: list[Batch]) -> None:
    """Write every batch in the order in which they went out, and cure what failed."""
    rng = scene.chance.many("returns")
    stream = scene.chance.one("returns")
    for batch in batches:
        _write_batch(scene, books, batch, rng, stream)
    _write_reissue_batches(scene, books)


def _asking(batch: Batch, members: Ints) -> Bools:
    number, of = batch.slot
    return np.asarray((members * 2_654_435_761 >> 7) % of == number % of)


def _guests(scene: Scene, batch: Batch) -> npt.NDArray[np.intp]:
    """The places of two people of another county who draw in this one as well, of late."""
    if (batch.programme.code, batch.region) != TWICE or (scene.today - batch.due).days > 120:
        return np.zeros(0, dtype=np.intp)
    other = list(COUNTIES).index(TROUBLED)
    found = due_in(scene.draws[TWICE[0]], other, scene.people, batch.programme, batch.period)
    return found[len(found) // 2 :][:2]


def _write_batch(
    scene: Scene, books: Books, batch: Batch, rng: np.random.Generator, stream: random.Random
) -> None:
    programme, people = batch.programme, scene.people
    draw = scene.draws[programme.code]
    at = due_in(draw, batch.county, people, programme, batch.period)
    if batch.slot[1] > 1:
        at = at[_asking(batch, draw.members[at])]
    if not len(at):
        return
    own = len(at)
    at = np.concatenate((at, _guests(scene, batch)))
    fen = amounts(draw, at, programme, batch.region, batch.period, scene.today)
    drawing = draw.members[at]
    who: list[int] = drawing.tolist()
    stem = batch.stem
    numbers = [f"{stem}{n:06d}" for n in range(1, len(who) + 1)]
    cases = claim(scene, books, batch, drawing[:own], fen[:own])
    post_notices(scene, books, batch, drawing[:own])
    _write_payments(scene, batch, numbers, who, fen, cases)

    total = int(fen.sum())
    voucher = _voucher(scene, books, batch, total)
    _write_batch_line(scene, batch, batch.no, len(who), total, voucher)
    if batch.submitted is not None and batch.fate != SILENT:
        _write_returns(scene, books, batch, numbers, who, fen, rng, stream)


def _write_payments(
    scene: Scene, batch: Batch, numbers: list[str], who: list[int], fen: Ints, cases: dict[int, str]
) -> None:
    people, holders, homes, no = scene.people, scene.wallet.holders, scene.homes, batch.no
    text = {amount: yuan(amount) for amount in set(fen.tolist())}
    money = [text[amount] for amount in fen.tolist()]
    if batch.programme.pay_to == "guardian":
        lines = []
        for number, person, amount in zip(numbers, who, money, strict=True):
            head = int(people.head[person])
            lines.append(
                f"{number},{no},{people.ids[person]},{people.names[person]},{scene.wallet.numbers[head]},"
                f"{amount},{homes[person]},,{cases.get(person, '')},{people.ids[head]},{people.names[head]},"
                "监护人,"
            )
    else:
        lines = [
            f"{number},{no},{holders[person]}{amount},{homes[person]},,{cases.get(person, '')},,,,"
            for number, person, amount in zip(numbers, who, money, strict=True)
        ]
    scene.output.lines("payments", lines)


def _voucher(scene: Scene, books: Books, batch: Batch, total: int) -> str:
    """The voucher that puts the money into the agent account, a working day before the batch leaves."""
    books.planned.append((batch, total, batch.approved))
    if batch.submitted is None and not (batch.fate == STUCK and batch.county % 2):
        return ""
    day = scene.days.after(batch.submitted or batch.due, -1)
    if day > scene.today:
        return ""
    no = f"PZ{batch.stem}"
    books.vouchers.append((no, batch, total, day))
    books.flow(batch, day, total)
    return no


def _write_batch_line(scene: Scene, batch: Batch, no: str, count: int, fen: int, voucher: str) -> None:
    scene.output.row(
        "batches",
        no,
        batch.programme.code,
        batch.period.text,
        batch.region,
        bureau(batch.programme.kind, batch.region),
        bank(batch.region, batch.bank),
        batch.due if batch.stated else None,
        batch.submitted,
        count,
        yuan(fen),
        voucher,
        account(batch.region, batch.bank),
        batch.created,
        batch.approved if batch.approved <= scene.today else None,
    )


def _write_returns(
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


def _write_reissue_batches(scene: Scene, books: Books) -> None:
    """The batches that reissue what failed, with what they came to."""
    for no, (batch, submitted) in sorted(books.reissue_batches.items()):
        count, fen = books.reissued[no]
        scene.output.row(
            "batches",
            no,
            batch.programme.code,
            batch.period.text,
            batch.region,
            bureau(batch.programme.kind, batch.region),
            bank(batch.region, batch.bank),
            scene.days.after(submitted, 3),
            submitted,
            count,
            yuan(fen),
            None,
            account(batch.region, batch.bank),
            submitted,
            submitted,
        )
