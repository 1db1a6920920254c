"""学籍不在册 | Not enrolled

查什么：适用身份为在校学生的项目，享受人在期次内没有学籍记录。
依据：教育资助比对。
怎么办：与学校核实；已离校的停发、追回，漏登的补录学籍。
不报：期次内任何一天有学籍的；库中还没有学籍名单的；证件号本身有错的。
误报：转学、休学期间学籍未及时接续；外省就读未共享。

Looks for: a payment of a programme for students to somebody without an enrolment on any day of the period.
Basis: comparison with the register of students.
What to do: ask the school; stop and recover what was paid after leaving, add an enrolment that is missing.
Quiet: an enrolment on any day of the period; a store without the list; IDs that came wrong.
False alarms: changes of school, leaves, and schools of other provinces.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.payments import list_entry, payment
from store.models.reference import programme
from store.models.rule import Rule
from store.queries.finding import Asked, codes_hold, payments
from store.queries.listed import in_period

RULE = Rule("orange", "hold", "payment", feeds=("lists", "programmes"), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments of such programmes without an enrolment; the right side is the last one there was."""
    entry = list_entry.c
    enrolled = (entry.kind == "enrolment") & (entry.person_id == payment.c.person_id)
    there = select(entry.person_id).where(enrolled, in_period(asked)).correlate_except(list_entry).exists()
    last = select(func.max(entry.ended_on)).where(enrolled).scalar_subquery()
    students = select(programme.c.programme_id).where(codes_hold(programme.c.identities, "student"))
    shared = select(entry.person_id).where(entry.kind == "enrolment").exists()
    data = select(func.max(entry.data_as_of)).where(entry.kind == "enrolment").scalar_subquery()
    sides = (asked.days.c.first_on.label("left_first_on"), last.label("right_ended_on"))
    return payments(asked, *sides, data.label("data_as_of")).where(
        programme.c.programme_id.in_(students), payment.c.person_id > 0, shared, ~there
    )
