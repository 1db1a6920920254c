"""Shared data to compare with: deaths, payroll, companies, vehicles and the rest, many of them outsiders."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np

from seeds.world.names import one_name
from seeds.world.numbers import outsider_id
from seeds.world.people import NEVER, STATUSES, Bools
from seeds.world.scene import Scene
from store.money import yuan

_SOURCES = {
    "death": "市民政局殡葬管理所",
    "payroll": "市财政局统发中心",
    "cadre": "市委组织部",
    "prison": "市司法局",
    "company": "市市场监管局",
    "property": "市不动产登记中心",
    "vehicle": "市车辆管理所",
    "enrolment": "市教育局",
    "disability": "市残联",
    "insurance": "市社保局",
    "kin": "市纪委监委",
}
# Share of the people who draw and are on the list, share of the list that are outsiders, and its words.
_FEW: dict[str, tuple[float, int, tuple[str, ...]]] = {
    "payroll": (0.003, 40, ("在职财政供养人员", "事业单位在编")),
    "cadre": (0.006, 10, ("村党支部委员", "村民委员会委员", "村民小组长")),
    "company": (0.004, 30, ("法定代表人", "股东")),
    "property": (0.004, 20, ("商品住宅第二套", "商铺")),
    "vehicle": (0.008, 40, ("小型轿车", "小型普通客车")),
    "insurance": (0.010, 30, ("领取企业职工养老保险待遇",)),
}


def write_lists(scene: Scene) -> None:
    """Write the lists; a few per cent of their lines hit people who draw."""
    stream = scene.chance.one("lists")
    people, today = scene.people, scene.today
    status = people.status.tolist()
    since = people.status_on.tolist()
    for person in np.flatnonzero(people.status_on < NEVER).tolist():
        kind = {"dead": "death", "imprisoned": "prison"}.get(STATUSES[status[person]])
        if kind is not None:
            detail = "火化登记" if kind == "death" else "判处有期徒刑"
            _line(
                scene, kind, person, date.fromordinal(since[person]), detail, f"{kind[0].upper()}{person:07d}"
            )
    # Deaths that the paying system has not heard of.
    old = np.flatnonzero((people.age >= 70) & (people.status == 0)).tolist()
    for person in stream.sample(old, min(len(old), max(2, len(people) // 1500))):
        day = today - timedelta(days=stream.randint(20, 150))
        _line(scene, "death", person, day, "火化登记", f"D{person:07d}")
    _outsiders(scene, "death", 60, ("火化登记",), stream)
    _full(scene, "enrolment", people.tags["student"], stream)
    _full(scene, "disability", people.tags["disabled"], stream)
    adults = np.flatnonzero(people.age >= 20).tolist()
    for kind, (share, outsiders, words) in _FEW.items():
        for person in sorted(stream.sample(adults, max(2, int(len(adults) * share)))):
            day = today - timedelta(days=stream.randint(200, 2500))
            _line(scene, kind, person, day, stream.choice(words), _ref(kind, person), _value(kind, stream))
            if kind == "cadre":
                _kin(scene, person, day)
        _outsiders(scene, kind, outsiders, words, stream)


def _ref(kind: str, number: int) -> str:
    match kind:
        case "vehicle":
            return f"川K{number % 100_000:05d}"
        case "company":
            return f"510990{number:09d}"
        case "property":
            return f"川(00)内江市不动产权第{number:07d}号"
    return f"{kind[:2].upper()}{number:07d}"


def _value(kind: str, stream: random.Random) -> str:
    match kind:
        case "payroll" | "insurance":
            return yuan(stream.randint(18, 80) * 10_000)
        case "vehicle":
            return yuan(stream.randint(3, 22) * 1_000_000)
        case "property":
            return yuan(stream.randint(20, 90) * 1_000_000)
    return ""


def _line(
    scene: Scene, kind: str, person: int, day: date, detail: str, ref: str, value: str = "", ended: str = ""
) -> None:
    people = scene.people
    as_of = scene.today - timedelta(days=95 if kind == "property" else 6)
    scene.output.row(
        "lists",
        kind,
        people.ids[person],
        people.names[person],
        day,
        ended,
        detail,
        ref,
        None,
        None,
        max(as_of, day),
        _SOURCES[kind],
        value,
    )


def _outsiders(scene: Scene, kind: str, count: int, words: tuple[str, ...], stream: random.Random) -> None:
    for n in range(count):
        born = date(stream.randint(1935, 2000), stream.randint(1, 12), stream.randint(1, 28))
        day = scene.today - timedelta(days=stream.randint(20, 900))
        scene.output.row(
            "lists",
            kind,
            outsider_id(born, n * 7 + 1),
            one_name(stream),
            day,
            None,
            stream.choice(words),
            _ref(kind, 900_000 + n),
            None,
            None,
            max(day, scene.today - timedelta(days=6)),
            _SOURCES[kind],
            _value(kind, stream),
        )


def _full(scene: Scene, kind: str, mask: Bools, stream: random.Random) -> None:
    """A register of all who belong there, but one in a hundred, and one in a hundred struck off."""
    words = (
        ("小学在读", "初中在读", "高中在读") if kind == "enrolment" else ("肢体二级", "视力一级", "智力二级")
    )
    start = scene.today - timedelta(days=1200)
    for person in np.flatnonzero(mask).tolist():
        luck = stream.random()
        if luck < 0.01:
            continue
        ended = str(scene.today - timedelta(days=stream.randint(30, 200))) if luck > 0.99 else ""
        _line(scene, kind, person, start, stream.choice(words), _ref(kind, person), "", ended)


def _kin(scene: Scene, cadre: int, day: date) -> None:
    """The others of a cadre's household."""
    people = scene.people
    for person in range(max(0, cadre - 3), min(len(people), cadre + 4)):
        if person != cadre and people.household[person] == people.household[cadre]:
            scene.output.row(
                "lists",
                "kin",
                people.ids[person],
                people.names[person],
                day,
                None,
                "近亲属备案",
                f"KI{person:07d}",
                people.ids[cadre],
                "配偶" if people.role[person] + people.role[cadre] == 1 else "直系亲属",
                scene.today - timedelta(days=30),
                _SOURCES["kin"],
                None,
            )
