"""经营主体法人、股东、高管 | Holds a company

查什么：项目把经营主体登记名单列为排斥对象，而此人在期次内在名单上。
依据：特殊身份核验；项目清单的排斥名单。
怎么办：核实身份和任职时间；确属违规的停发、追回。
不报：名单在期次开始前已终止的、在期次结束后才开始的；项目没有把这类人员列为排斥对象的。
误报：名下为未经营的空壳或合作社成员。

Looks for: a person who is, within the period, on the list of people who hold companies, where the programme keeps these out.
Basis: checks of special status; the lists that a programme names.
What to do: find out since when; stop and recover what is against the rules.
Quiet: entries that ended before the period or begin after it; programmes that do not name the list as one whose people are kept out.
False alarms: cooperatives, and companies that do no business.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.listed import excluded, in_period, on_list

RULE = Rule("yellow", "notice", "payment", feeds=("lists", "programmes"), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments to such people, with the day of the list and the age of its data."""
    return on_list(asked, "company", excluded("company"), in_period(asked))
