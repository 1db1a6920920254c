"""公示天数不足 | Publicity that was too short

查什么：同一项目、期次、地方最后一轮公示，起止两头都算的天数少于项目要求（未规定为7天；按工作日要求的只数工作日）。
依据：公示5日或7日。
怎么办：退回重新公示足天数，再审批。
不报：恰好足天数的；还没有结束的；较早的轮次；按工作日要求、一年以前的公示。
误报：结束日期录成了撤下前一天。

Looks for: the last round of publicity of a programme, period and place that lasted, both ends counted, fewer days than the programme wants (seven where it says nothing; working days where it says so).
Basis: 5 or 7 days of publicity.
What to do: send it back to be posted for all its days, and approved after that.
Quiet: exactly as many days; publicity that has not ended; earlier rounds; of programmes that count working days what is older than a year.
False alarms: an end that was entered as the day before it was taken down.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, case, cast, func, null, select, type_coerce

from store.models.claims import notice
from store.models.columns import Big
from store.models.reference import programme
from store.models.rule import Rule
from store.queries.finding import Asked

RULE = Rule("red", "hold", "notice", feeds=("notices", "programmes"))


def found(asked: Asked) -> Select[Any]:
    """Such notices, with how many days they were up and how many are wanted."""
    later = notice.alias("later")
    same = [later.c[name] == notice.c[name] for name in ("programme_code", "period", "region_code")]
    newer = select(later.c.round).where(*same, later.c.round > notice.c.round).exists()
    worked = asked.workdays()
    since, until = worked.alias("since"), worked.alias("until")
    posted, ended = (type_coerce(day, Big) for day in (notice.c.posted_on, notice.c.ended_on))
    days = case(
        (programme.c.notice_unit == "workday", until.c.worked - since.c.worked), else_=ended - posted + 1
    )
    wanted = func.coalesce(programme.c.notice_days, 7)
    nothing = [cast(null(), Big).label(name) for name in ("person_id", "amount", "at_risk")]
    return (
        select(
            notice.c.programme_code,
            notice.c.period,
            notice.c.region_code,
            notice.c.round,
            *nothing,
            notice.c.posted_on.label("left_posted_on"),
            notice.c.ended_on.label("left_ended_on"),
            days.label("left_days"),
            wanted.label("right_notice_days"),
            programme.c.notice_unit.label("right_notice_unit"),
        )
        .select_from(notice)
        .join(programme, programme.c.programme_code == notice.c.programme_code)
        .outerjoin(since, since.c.day == posted - 1)
        .outerjoin(until, until.c.day == ended)
        .where(notice.c.ended_on <= asked.as_of, ~newer, days < wanted)
    )
