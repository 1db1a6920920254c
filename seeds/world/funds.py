"""The money of the made-up world: quota, plan, voucher and refund, and what lies in the agent accounts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from seeds.world.places import COUNTIES
from seeds.world.scene import Books, Scene
from seeds.world.units import BANKS, account, bank
from store.money import yuan

SHORT = ("MZ11", "511083")  # a quota that does not cover what was paid
IDLE = ("511024", 2, 8_000_000)  # money that no failure explains
UNUSED = ("ZJ01", "511011")  # a quota of which nothing was spent
_Key = tuple[str, str, int]  # programme, county, budget year


def write_funds(scene: Scene, books: Books) -> None:
    """The entries, parents first."""
    for failure, fen, day in books.refunds:
        books.flow(failure.batch, day, -fen)
    used: dict[_Key, int] = defaultdict(int)
    planned: dict[tuple[_Key, int], list[tuple[int, date]]] = defaultdict(list)
    for batch, fen, day in books.planned:
        if day <= scene.today:
            key = (batch.programme.code, batch.region, day.year)
            used[key] += fen
            planned[key, (day.month + 2) // 3].append((fen, day))
    _write_quotas(scene, used)
    for ((code, county, year), quarter), entries in sorted(planned.items()):
        day = scene.days.after(min(day for _, day in entries), -2)
        scene.output.row(
            "funds",
            f"JH{year}Q{quarter}{code}{county}",
            "plan",
            code,
            county,
            yuan(sum(fen for fen, _ in entries)),
            max(day, scene.days.next(date(year, 1, 2))) if day.year < year else day,
            None,
            f"ZB{year}{code}{county}",
            None,
            year,
            None,
            None,
        )
    _write_vouchers(scene, books)


def _write_quotas(scene: Scene, used: dict[_Key, int]) -> None:
    stream = scene.chance.one("quotas")
    for (code, county, year), fen in sorted(used.items()):
        margin = 92 if (code, county) == SHORT else stream.randint(103, 115)
        _quota(scene, code, county, year, fen * margin // 100 // 10_000 * 10_000 + 10_000, stream.randint(6, 24))
    code, county = UNUSED
    year = (scene.today - timedelta(days=60)).year
    if (code, county, year) not in used:
        _quota(scene, code, county, year, 30_000_000, 8)


def _quota(scene: Scene, code: str, county: str, year: int, fen: int, day: int) -> None:
    entry = f"ZB{year}{code}{county}"
    paper = f"内财预〔{year}〕{sum(map(ord, entry)) % 180 + 1}号"
    on_date = scene.days.next(date(year, 1, 2))
    on_date = min(scene.days.next(date(year, 1, day)), on_date + timedelta(days=day))
    # What is left over goes back towards the end of the year, in red.
    scene.output.row(
        "funds", entry, "quota", code, county, yuan(fen), on_date, None, None, paper, year, None, None
    )
    if day % 9 == 0 and date(year, 11, 5) <= scene.today:
        back = yuan(-(fen // 100 // 10_000 * 10_000 + 10_000))
        on_date = scene.days.next(date(year, 11, 5))
        scene.output.row(
            "funds",
            entry + "R",
            "quota",
            code,
            county,
            back,
            on_date,
            None,
            None,
            paper,
            year,
            None,
            None,
        )


def _write_vouchers(scene: Scene, books: Books) -> None:
    by_batch: dict[str, str] = {}
    lines: list[str] = []
    for no, batch, fen, day in books.vouchers:
        by_batch[batch.no] = no
        approved = batch.approved
        plan = f"JH{approved.year}Q{(approved.month + 2) // 3}{batch.programme.code}{batch.region}"
        lines.append(
            f"{no},voucher,{batch.programme.code},{batch.region},{yuan(fen)},{day},"
            f"{account(batch.region, batch.bank)},{plan},,{approved.year},{batch.no},"
        )
    for n, (failure, fen, day) in enumerate(books.refunds, 1):
        batch = failure.batch
        lines.append(
            f"TK{day:%Y%m%d}{n:05d},refund,{batch.programme.code},{batch.region},{yuan(fen)},{day},"
            f"{account(batch.region, batch.bank)},{by_batch[batch.no]},,{day.year},{batch.no},{failure.payment_no}"
        )
    scene.output.lines("funds", lines)


def write_balances(scene: Scene, books: Books) -> None:
    """Each agent account at the end of every working day on which it was read: Fridays, and the last ten days."""
    today = scene.today
    recent = set(scene.days.worked[-400:]) & {today - timedelta(days=n) for n in range(15)}
    days = [
        day
        for n in range(370, -1, -1)
        if (day := today - timedelta(days=n)).weekday() == 4 or day in recent or day == today
    ]
    for county in COUNTIES:
        for number in range(len(BANKS)):
            name = account(county, number)
            flows = sorted(books.flows[name].items())
            idle = IDLE[2] if (county, number) == IDLE[:2] else 0
            place = held = 0
            lines: list[str] = []
            for day in days:
                while place < len(flows) and flows[place][0] <= day:
                    held += flows[place][1]
                    place += 1
                extra = idle if (today - day).days < 130 else 0
                lines.append(f"{name},{day},{yuan(held + extra)},{bank(county, number)},{county}")
            scene.output.lines("balances", lines)
