"""The money of the made-up world: quota, plan, voucher and refund, and what lies in the agent accounts."""

from __future__ import annotations

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
    plans: dict[tuple[_Key, int], tuple[int, date]] = {}
    for batch, fen, approved in books.planned:
        if approved > scene.today:
            continue
        key = (batch.programme.code, batch.region, approved.year), (approved.month + 2) // 3
        day = max(scene.days.after(approved, -2), _opening(scene, approved.year))
        before, first = plans.get(key, (0, day))
        plans[key] = (before + fen, min(first, day))
    _write_quotas(scene, plans)
    for ((code, county, year), quarter), (fen, day) in sorted(plans.items()):
        entry = f"JH{year}Q{quarter}{code}{county}"
        quota = f"ZB{year}{code}{county}"
        row = (entry, "plan", code, county, yuan(fen), day, None, quota, None, year, None, None)
        scene.output.row("funds", *row)
    _write_vouchers(scene, books)


def _opening(scene: Scene, year: int) -> date:
    """The first working day of a budget year."""
    return scene.days.next(date(year, 1, 2))


def _write_quotas(scene: Scene, plans: dict[tuple[_Key, int], tuple[int, date]]) -> None:
    """A quota a programme, county and year, on or before its first plan; some of what is left goes back."""
    stream = scene.chance.one("quotas")
    used: dict[_Key, tuple[int, date]] = {}
    for (key, _), (fen, day) in sorted(plans.items()):
        before, first = used.get(key, (0, day))
        used[key] = (before + fen, min(first, day))
    year = (scene.today - timedelta(days=60)).year
    used.setdefault((*UNUSED, year), (30_000_000, scene.days.after(_opening(scene, year), 6)))
    for (code, county, year), (fen, first) in sorted(used.items()):
        margin = 92 if (code, county) == SHORT else stream.randint(104, 115)
        day = min(first, scene.days.next(date(year, 1, stream.randint(6, 24))))
        entry = f"ZB{year}{code}{county}"
        paper = f"内财预〔{year}〕{sum(map(ord, entry)) % 180 + 1}号"
        _quota(scene, entry, code, county, fen * margin // 10_000 * 100 + 100, day, paper, year)
        if margin > 111 and scene.days.next(date(year, 12, 20)) <= scene.today:
            day = scene.days.next(date(year, 12, 20))
            _quota(scene, entry + "R", code, county, -(fen // 10_000 * 100 + 100), day, paper, year)


def _quota(
    scene: Scene, entry: str, code: str, county: str, fen: int, day: date, paper: str, year: int
) -> None:
    row = (entry, "quota", code, county, yuan(fen), day, None, None, paper, year, None, None)
    scene.output.row("funds", *row)


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
            f"{account(batch.region, batch.bank)},{by_batch[batch.no]},,{day.year},{batch.no},"
            f"{failure.payment_no}"
        )
    scene.output.lines("funds", lines)


def write_balances(scene: Scene, books: Books) -> None:
    """Each agent account as it was read: on Fridays, and on the working days of the last two weeks."""
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
