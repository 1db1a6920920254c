"""What people asked and complained about."""

from __future__ import annotations

from datetime import timedelta

from seeds.world.programmes import UNPAID
from seeds.world.scene import Scene
from seeds.world.units import bureau, town_office

_TEXTS = (
    ("enquiry", "咨询{0}什么时候发放"),
    ("enquiry", "咨询{0}申领条件和所需材料"),
    ("enquiry", "社保卡换卡后{0}是否需要重新登记"),
    ("complaint", "{0}至今未到账"),
    ("complaint", "{0}本期金额与上期不一致，未说明原因"),
    ("complaint", "村上未见{0}公示"),
    ("report", "反映他人不符合条件仍享受{0}"),
    ("report", "反映社保卡由他人保管，{0}由他人代取"),
)
_CHANNELS = ("12345热线", "小程序", "12388举报电话", "来访", "网上信访")
_REPLIES = ("已电话答复，群众表示理解", "经核实已补发到位", "已约银行协助处理", "经查反映不实，已说明情况")


def write_complaints(scene: Scene) -> None:
    """About three in a thousand payments; most are answered, a few are late, and one village is loud."""
    stream, today, people = scene.chance.one("complaints"), scene.today, scene.people
    programmes = [p for p in scene.programmes.values() if p.code not in UNPAID]
    loud = scene.homes[len(people) * 2 // 3]
    count = max(40, min(2_000, scene.chance.payments * 3 // 1000))
    for n in range(count):
        person = stream.randrange(len(people))
        region, programme = scene.homes[person], stream.choice(programmes)
        ago = stream.randint(0, 364)
        kind, text = stream.choices(_TEXTS, (20, 16, 10, 18, 8, 6, 4, 3))[0]
        if n < 5:
            region, programme, ago = loud, scene.programmes["NY01"], stream.randint(2, 24)
            kind, text = "complaint", "{0}面积核算有误，公示未见本组名单"
        received = today - timedelta(days=ago)
        due = scene.days.after(received, 10 if kind == "enquiry" else 15)
        answered = scene.days.after(received, stream.randint(1, 18 if stream.random() < 0.1 else 9))
        known = answered <= today and stream.random() > 0.02
        unit = town_office(region) if kind == "enquiry" else bureau(programme.kind, region[:6])
        scene.output.row(
            "complaints",
            f"TS{received:%Y%m%d}{n:05d}",
            f"{received} {stream.randint(8, 17):02d}:{stream.randint(10, 59)}:00",
            stream.choice(_CHANNELS),
            region,
            programme.code,
            people.ids[person] if stream.random() < 0.7 else None,
            text.format(programme.name),
            f"{answered} 17:{stream.randint(30, 59)}:00" if known else None,
            kind,
            unit,
            due,
            stream.choice(_REPLIES) if known else None,
            stream.choices(("yes", "no", ""), (78, 7, 15))[0] if known else None,
        )
