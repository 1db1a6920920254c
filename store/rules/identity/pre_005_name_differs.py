"""姓名与人口信息不一致 | Name that is not the registered one

查什么：发放明细上的姓名与人员信息中同一证件号的姓名不一致。
依据：一项机制助审核，公安数据归集比对。
怎么办：核对证件；是错字则改正，是他人冒名则按违规处理并追查。
不报：人员信息中没有此人的由 PRE-006 报；空格和间隔点写法不同视为相同。
误报：曾用名、更名未同步；生僻字两处编码不同；姓名被系统截断。

Looks for: a payment whose name is not the one that people have for its ID.
Basis: comparison with the population data of the police.
What to do: look at the paper: mend a slip of the pen, follow up a false name.
Quiet: people who are not stored at all (PRE-006); spaces and the dot between the parts of a name do not count.
False alarms: former names, a change of name that has not arrived, rare characters coded in two ways, names cut
short by another system.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.intake import source_file
from store.models.payments import payment
from store.models.reference import person
from store.models.rule import Rule
from store.queries.finding import Asked, payments, same_name

RULE = Rule("red", "hold", "payment", feeds=("people",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments of such names, with both names."""
    sides = (payment.c.name.label("left_name"), person.c.name.label("right_name"))
    return (
        payments(asked, *sides, source_file.c.arrived_on.label("data_as_of"))
        .join(person, person.c.person_id == payment.c.person_id)
        .outerjoin(source_file, source_file.c.file_id == person.c.file_id)
        .where(payment.c.name != person.c.name, same_name(payment.c.name) != same_name(person.c.name))
    )
