"""共享数据更新不及时 | A shared list that is too old

查什么：一类名单最新的数据时点（没有的按到达日）距当日超过规定天数。
依据：共享信息更新不及时。
怎么办：催数据单位重新共享；在此之前各项比对以数据时点为准。
不报：恰为规定天数的；库中没有的名单。取入数据时只在名单到达时运行。
误报：名单确无变化、无须更新的。

Looks for: a kind of list whose newest data (or arrival, where no day is told) is older than allowed.
Basis: shared data that is not kept up to date.
What to do: urge who shares it; until then comparisons hold as of its day.
Quiet: exactly so many days; lists that are not stored.
False alarms: lists in which nothing has changed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, cast, func, literal, null, select, type_coerce

from store.models.columns import Big, Region, Text
from store.models.intake import source_file
from store.models.payments import list_entry
from store.models.rule import Parameter, Rule
from store.queries.finding import Asked, day_of_asking

RULE = Rule(
    "yellow",
    "urge",
    "list",
    feeds=("lists",),
    parameters=(Parameter("days", 45, 1, 400, "day", "允许的天数", "days that are allowed"),),
)


def found(asked: Asked) -> Select[Any]:
    """Such lists, with the day of their newest data."""
    known = func.coalesce(list_entry.c.data_as_of, source_file.c.arrived_on)
    newest = (
        select(list_entry.c.kind, func.max(known).label("data_as_of"), func.count().label("people"))
        .outerjoin(source_file, source_file.c.file_id == list_entry.c.file_id)
        .group_by(list_entry.c.kind)
        .subquery("newest")
    )
    allowed = asked.number("days")
    age = day_of_asking(asked) - type_coerce(newest.c.data_as_of, Big)
    nothing = [cast(null(), kind).label(name) for name, kind in NOTHING]
    return select(
        newest.c.kind.label("subject_no"),
        *nothing,
        newest.c.people.label("left_count"),
        literal(allowed, Big).label("right_allowed"),
        newest.c.data_as_of,
    ).where(age > allowed)


NOTHING = (
    *(("programme_code", Text), ("period", Text), ("region_code", Region)),
    *(("person_id", Big), ("amount", Big), ("at_risk", Big)),
)
