"""The units of the made-up world: bureaux, towns, villages, agent banks and supervision posts."""

from __future__ import annotations

from dataclasses import dataclass

from seeds.world.chance import Chance
from seeds.world.names import one_name
from seeds.world.places import CITY, COUNTIES, Places
from seeds.world.writing import Output

BUREAUX = {
    "finance": ("CZ", "财政局"),
    "civil_affairs": ("MZ", "民政局"),
    "agriculture": ("NY", "农业农村局"),
    "forestry": ("LC", "林业局"),
    "disabled": ("CL", "残疾人联合会"),
    "health": ("WJ", "卫生健康局"),
    "veterans": ("TY", "退役军人事务局"),
    "education": ("JY", "教育局"),
    "rural": ("XZ", "乡村振兴局"),
    "social_security": ("RS", "人力资源和社会保障局"),
    "water": ("SL", "水利局"),
    "housing": ("ZJ", "住房和城乡建设局"),
    "organisation": ("ZZ", "委组织部"),
    "emergency": ("YJ", "应急管理局"),
    "medical_insurance": ("YB", "医疗保障局"),
    "discipline": ("JW", "纪委监委"),
    "audit": ("SJ", "审计局"),
    "regulator": ("JR", "金融监管支局"),
}
# Banks that do not exist: nobody's failures are told here.
BANKS = ("沱江农商银行", "甜城村镇银行", "大千储蓄银行")


@dataclass(frozen=True)
class Operator:
    """Somebody who handles cases in a unit."""

    name: str
    code: str


@dataclass(frozen=True)
class Units:
    """The operators of each unit, by its code."""

    operators: dict[str, tuple[Operator, Operator]]


def bureau(kind: str, region: str) -> str:
    """The code of a county's or the city's bureau."""
    return BUREAUX[kind][0] + region


def town_office(region: str) -> str:
    """The code of the office of a town, or of the town of a village."""
    return "XZ" + region[:9]


def committee(village: str) -> str:
    """The code of a village committee."""
    return "CJ" + village


def bank(county: str, number: int) -> str:
    """The code of a county's branch of an agent bank."""
    return f"YH{number + 1}{county}"


def account(county: str, number: int) -> str:
    """The agent account of a county at a bank."""
    return f"DF{county}{number + 1:02d}88"


def phone_at_work(code: str) -> str:
    """A number that no exchange has: those of 0832 begin with 2 to 8."""
    return f"0832-0{sum(ord(c) * n for n, c in enumerate(code, 1)) % 1_000_000:06d}"


def write_units(chance: Chance, places: Places, output: Output) -> Units:
    """Write the units, parents first."""
    stream = chance.one("units")
    operators: dict[str, tuple[Operator, Operator]] = {}

    def unit(code: str, name: str, kind: str, region: str, parent: str | None) -> None:
        people = (Operator(one_name(stream), code + "01"), Operator(one_name(stream), code + "02"))
        operators[code] = people
        output.row(
            "units", code, name, kind, region, parent, one_name(stream), people[0].name, phone_at_work(code)
        )

    for region in (CITY, *COUNTIES):
        place = places.names[region]
        for kind, (letters, title) in BUREAUX.items():
            above = None if region == CITY else letters + CITY
            name = f"中共{place}{title}" if kind == "organisation" else place + title
            unit(letters + region, name, kind, region, above)
        for number, title in enumerate(BANKS):
            above = None if region == CITY else bank(CITY, number)
            unit(bank(region, number), f"{title}{place}支行", "bank", region, above)
    towns = [code for code in places.names if len(code) == 9]
    for town in towns:
        unit(
            town_office(town),
            places.names[town] + ("办事处" if town[6] == "0" else "人民政府"),
            "town",
            town,
            None,
        )
    for village in places.villages:
        unit(committee(village), places.names[village], "village", village, town_office(village))
    return Units(operators)
