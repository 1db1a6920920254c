"""The batches of the made-up world: their payments, their vouchers, and the batches that reissue."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt

from seeds.world.claims import claim
from seeds.world.draws import amounts, due_in
from seeds.world.notices import post_notices
from seeds.world.people import Bools, Ints
from seeds.world.places import COUNTIES, TROUBLED
from seeds.world.returns import write_returns
from seeds.world.rounds import SILENT, STUCK, Batch
from seeds.world.scene import Books, Scene
from seeds.world.units import account, bank, bureau
from store.money import yuan

TWICE = ("MZ10", "511011")  # where two people of another county are paid too


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
        write_returns(scene, books, batch, numbers, who, fen, rng, stream)


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
