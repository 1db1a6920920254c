"""How a failed payment is cured: reissued once or more, in parts, refunded, or left lying."""

from __future__ import annotations

import random
from datetime import date, timedelta

from seeds.world.places import TROUBLED
from seeds.world.reasons import CURED_BY_NEW_CARD, STATUS_LEFT, pick, worded
from seeds.world.scene import Books, Failure, Scene
from store.money import yuan

PULLED = 7  # so many cures that lie a little ahead are brought to the last day of the world
PARTED = 2  # so many of the last weeks are paid again in part, and the rest is owed
ORPHANED = 2  # so many reissues come without the payment that they reissue


def cure(scene: Scene, books: Books, failure: Failure, stream: random.Random) -> None:
    """What happens to a failure, up to the day of the world; what stays open is noted with its card."""
    troubled = failure.batch.region == TROUBLED
    fate = stream.random()
    if failure.reason == "person_dead" or fate < 0.05:
        day = scene.days.after(failure.on, stream.randint(8, 30))
        if day <= scene.today and stream.random() < 0.8:
            books.refunds.append((failure, failure.fen, day))
            return _close(scene, books, failure, day)
        return _leave(scene, books, failure)
    if fate < (0.13 if troubled else 0.08):
        return _leave(scene, books, failure)
    recent = scene.today - timedelta(days=50) < failure.on < scene.today - timedelta(days=10)
    if (fate > 0.98 or (recent and books.parted < PARTED)) and failure.fen >= 8_000:
        return _in_parts(scene, books, failure, stream)
    _attempts(scene, books, failure, stream)


def _wait(stream: random.Random, troubled: bool) -> int:
    """Working days until a reissue leaves."""
    first, last = stream.choices(((0, 0), (1, 3), (4, 9), (10, 25)), (0.14, 0.5, 0.26, 0.1))[0]
    return stream.randint(first, last) * (2 if troubled and stream.random() < 0.3 else 1)


def _attempts(scene: Scene, books: Books, failure: Failure, stream: random.Random) -> None:
    origin, day, reason = failure.payment_no, failure.on, failure.reason
    for attempt in range(1, 4):
        wait = _wait(stream, failure.batch.region == TROUBLED)
        submitted = scene.days.after(day, wait) if wait else scene.days.next(day)
        settled = submitted + timedelta(days=stream.choice((0, 0, 1)))
        if scene.today < settled <= scene.today + timedelta(days=12) and books.pulled < PULLED:
            books.pulled += 1
            settled, submitted = scene.today, max(scene.days.last(scene.today), day)
        if submitted > scene.today:
            return _leave(scene, books, failure)
        # One in twenty sends the money to the same card again, though nothing has changed.
        blind = stream.random() < 0.05
        if reason in CURED_BY_NEW_CARD and not blind:
            scene.wallet.replace(_payee(scene, failure), submitted)
        no = _reissue(scene, books, failure, origin, failure.fen, attempt, submitted, stream)
        if settled > scene.today:
            return _leave(scene, books, failure)
        if not blind and stream.random() < (0.86 if attempt == 1 else 0.8):
            _settle(scene, books, failure, no, failure.fen, settled, stream)
            return _close(scene, books, failure, settled)
        reason = reason if blind or stream.random() < 0.5 else pick(stream)
        at = f"{settled} {stream.randint(14, 17)}:{stream.randint(10, 59)}:00"
        scene.output.row("returns", no, "failure", worded(stream, reason), at, None)
        origin, day = no, settled
    _leave(scene, books, failure)


def _in_parts(scene: Scene, books: Books, failure: Failure, stream: random.Random) -> None:
    """A reissue of a part, and after a while, perhaps, of the rest."""
    part = failure.fen * 6 // 10 // 100 * 100
    day = scene.days.after(failure.on, stream.randint(2, 6))
    if day > scene.today:
        return _leave(scene, books, failure)
    no = _reissue(scene, books, failure, failure.payment_no, part, 1, day, stream)
    _settle(scene, books, failure, no, part, day, stream)
    books.parted += 1
    day = scene.days.after(day, stream.randint(8, 30))
    if day > scene.today or stream.random() < 0.4 or books.parted <= PARTED:
        return _leave(scene, books, failure)
    no = _reissue(scene, books, failure, failure.payment_no, failure.fen - part, 2, day, stream)
    _settle(scene, books, failure, no, failure.fen - part, day, stream)
    _close(scene, books, failure, day)


def _reissue(
    scene: Scene,
    books: Books,
    failure: Failure,
    origin: str,
    fen: int,
    attempt: int,
    submitted: date,
    stream: random.Random,
) -> str:
    """Write a reissue into the correction batch of its day; the new number."""
    batch, people = failure.batch, scene.people
    stem = f"{batch.period.code}{5 + attempt}{batch.programme.code}{batch.region}"
    batch_no = f"GZ{stem}{submitted:%m%d}"
    count = books.reissued.setdefault(batch_no, [0, 0])
    count[0] += 1
    count[1] += fen
    books.reissue_batches[batch_no] = (batch, submitted)
    books.serial += 1
    no = f"{stem}{books.serial % 1_000_000:06d}"
    person = failure.person
    orphaned = scene.today - timedelta(days=60) < submitted and attempt == 1 and books.serial % 7 == 0
    source = "" if orphaned and books.orphans < ORPHANED else origin
    books.orphans += not source
    home = scene.homes[person]
    if batch.programme.pay_to == "guardian":
        head = int(people.head[person])
        card, tail = scene.wallet.numbers[head], f"{people.ids[head]},{people.names[head]},监护人"
        holder = f"{people.ids[person]},{people.names[person]},{card},"
    else:
        holder, tail = scene.wallet.holders[person], ",,"
    line = f"{no},{batch_no},{holder}{yuan(fen)},{home},{source},,{tail},reissue"
    scene.output.lines("payments", [line])
    return no


def _settle(
    scene: Scene, books: Books, failure: Failure, no: str, fen: int, day: date, stream: random.Random
) -> None:
    at = f"{day} {stream.randint(16, 17)}:{stream.randint(10, 59)}:00"
    serial = f"{failure.batch.bank + 1}{day:%y%m%d}GZ{no[-6:]}"
    scene.output.row("returns", no, "success", None, at, serial)
    books.flow(failure.batch, day, -fen)
    phone = scene.people.phones[failure.person]
    if phone:
        scene.output.row("messages", no, phone, f"{day} 18:{stream.randint(10, 59)}:00", "sent")


def _close(scene: Scene, books: Books, failure: Failure, day: date) -> None:
    books.cured.append((failure, day))


def _leave(scene: Scene, books: Books, failure: Failure) -> None:
    """The failure is still open on the day of the world, and so is what is wrong with the card."""
    books.open_failures.append(failure)
    status = STATUS_LEFT.get(failure.reason)
    payee = _payee(scene, failure)
    if status is not None and payee not in scene.wallet.issued:
        scene.wallet.status[payee] = status


def _payee(scene: Scene, failure: Failure) -> int:
    if failure.batch.programme.pay_to == "guardian":
        return int(scene.people.head[failure.person])
    return failure.person
