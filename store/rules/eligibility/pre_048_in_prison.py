"""服刑羁押期间 | In prison or custody

查什么：服刑羁押名单中的人，羁押期与期次重叠。
依据：特殊身份核验。
怎么办：中止本笔；按项目规定停发或转发，已发的追回。
不报：期次开始前已释放的（释放当日即期次第一天的仍报）、期次结束后才羁押的。
误报：缓刑、取保候审误列入；项目允许羁押期间照发。

Looks for: a person on the list of prisoners whose custody overlaps the period.
Basis: checks of special status.
What to do: suspend the payment; stop or redirect it as the programme says, recover what was paid.
Quiet: somebody released before the period, or taken in after it (the day itself counts).
False alarms: suspended sentences on the list by mistake; programmes that go on paying.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.listed import in_period, on_list

RULE = Rule("red", "suspend", "payment", feeds=("lists", "programmes"), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments to such people, with the day of the list and the age of its data."""
    return on_list(asked, "prison", in_period(asked))
