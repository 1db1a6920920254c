"""What units say, week by week, of the failures that they have not cured; some say nothing."""

from __future__ import annotations

from datetime import date, timedelta

from seeds.world.days import week_ends
from seeds.world.places import TROUBLED
from seeds.world.scene import Books, Failure, Scene
from seeds.world.units import bureau

WORDS = {
    "account_closed": ("已通知本人办理新卡", "村干部已上门，待提供新卡号", "新卡制作中"),
    "card_inactive": ("已通知到网点激活", "行动不便，已约银行上门激活"),
    "card_lost": ("本人正在补办社保卡", "补卡已受理，待领取"),
    "name_mismatch": ("正与银行核对户名", "姓名用字已报公安核实"),
    "account_dormant": ("已联系家属办理激活", "正在核实人员状态"),
    "person_dead": ("人员已故，拟退回国库", "正在核实死亡时间"),
}
OTHER = ("正在核实", "已反馈镇村核实", "待银行进一步说明原因", "资料已补正，待复发")


def write_feedback(scene: Scene, books: Books) -> None:
    """Feedback dated in each week at whose last working day a failure was open."""
    stream, today = scene.chance.one("feedback"), scene.today
    ends = week_ends(scene.days, today - timedelta(days=370), today)
    told: list[tuple[Failure, date]] = [*books.cured, *((f, date.max) for f in books.open_failures)]
    lines: list[str] = []
    for failure, cured in told:
        county = failure.batch.region
        silent = 0.3 if county == TROUBLED else 0.1
        unit = bureau(failure.batch.programme.kind, county)
        for end in ends:
            if not failure.on <= end < cured or stream.random() < silent:
                continue
            day = end if stream.random() < 0.6 else max(failure.on, scene.days.after(end, -1))
            if day.isocalendar()[:2] != end.isocalendar()[:2]:
                day = end
            words = stream.choice(WORDS.get(failure.reason, OTHER))
            expected = scene.days.after(day, stream.randint(2, 8)) if stream.random() < 0.7 else ""
            at = f"{day} {stream.randint(9, 16):02d}:{stream.randint(10, 59)}:00"
            lines.append(f"{failure.payment_no},{at},{unit},{words},{expected}")
    scene.output.lines("feedback", lines)
