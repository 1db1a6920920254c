"""A rectification item: its codes with their Chinese words, its states, and the moves that are lawful."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where an item stands."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    RECTIFYING = "rectifying"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Step(StrEnum):
    """What a post does to an item; the words of its commands."""

    OPEN = "open"
    ASSIGN = "assign"
    PROGRESS = "progress"
    SUBMIT = "submit"
    RETURN = "return"
    CLOSE = "close"
    EXTEND = "extend"
    TRANSFER = "transfer"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    MERGE = "merge"


STATUSES = {
    "registered": "已登记",
    "assigned": "已交办",
    "rectifying": "整改中",
    "submitted": "申请销号",
    "closed": "已销号",
    "withdrawn": "已撤销",
    "merged": "已并案",
}
CATEGORIES = {
    "late": "超时",
    "failed_payment": "发放失败",
    "ineligible": "违规享受",
    "false_claim": "虚报冒领",
    "duplicate": "重复领取",
    "withheld": "截留挪用",
    "favouritism": "优亲厚友",
    "lax_review": "审核把关不严",
    "publicity": "公示不到位",
    "records": "台账不实",
    "unaware": "政策不知晓",
    "entitled": "应享未享",
    "entry_error": "手工录入失误",
    "base_data": "基础数据不准",
    "backend_data": "后台数据不全",
    "funds": "资金管理",
    "card": "卡管理",
    "conduct": "作风问题",
    "other": "其他",
}
SOURCES = {
    "case": "审批件",
    "payment": "发放明细",
    "batch": "发放批次",
    "failure": "发放失败",
    "warning": "预警",
    "call": "电话随访",
    "visit": "入户走访",
    "complaint": "信访投诉",
    "meeting": "联席会议",
    "audit": "审计",
    "inspection": "监督检查",
    "other": "其他",
}
TYPES = {
    "immediate": "立行立改",
    "staged": "分阶段整改",
    "continuous": "持续整改",
}

ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.MERGED})
# What the responsible unit has done its part of is not overdue, whatever the day.
AT_REST = ENDED | {Status.SUBMITTED}
NEEDS_WHY = frozenset({Step.RETURN, Step.EXTEND, Step.TRANSFER, Step.REOPEN, Step.WITHDRAW, Step.MERGE})

_MOVES: Mapping[Status | None, Mapping[Step, Status]] = {
    None: {Step.OPEN: Status.REGISTERED},
    Status.REGISTERED: {
        Step.ASSIGN: Status.ASSIGNED,
        Step.EXTEND: Status.REGISTERED,
        Step.TRANSFER: Status.REGISTERED,
        Step.WITHDRAW: Status.WITHDRAWN,
        Step.MERGE: Status.MERGED,
    },
    Status.ASSIGNED: {
        Step.ASSIGN: Status.ASSIGNED,
        Step.PROGRESS: Status.RECTIFYING,
        Step.EXTEND: Status.ASSIGNED,
        Step.TRANSFER: Status.ASSIGNED,
        Step.WITHDRAW: Status.WITHDRAWN,
        Step.MERGE: Status.MERGED,
    },
    Status.RECTIFYING: {
        Step.ASSIGN: Status.RECTIFYING,
        Step.PROGRESS: Status.RECTIFYING,
        Step.SUBMIT: Status.SUBMITTED,
        Step.EXTEND: Status.RECTIFYING,
        Step.TRANSFER: Status.RECTIFYING,
        Step.WITHDRAW: Status.WITHDRAWN,
        Step.MERGE: Status.MERGED,
    },
    Status.SUBMITTED: {
        Step.RETURN: Status.RECTIFYING,
        Step.CLOSE: Status.CLOSED,
        Step.TRANSFER: Status.SUBMITTED,
        Step.WITHDRAW: Status.WITHDRAWN,
        Step.MERGE: Status.MERGED,
    },
    Status.CLOSED: {Step.REOPEN: Status.RECTIFYING},
    Status.WITHDRAWN: {},
    Status.MERGED: {},
}


def after(status: Status | None, step: Step) -> Status | None:
    """The status that a step leads to, None where it is not lawful; an item not yet there has status None."""
    return _MOVES[status].get(step)


def lawful(status: Status | None) -> tuple[Step, ...]:
    """The steps that may be taken from a status."""
    return tuple(_MOVES[status])


@dataclass(frozen=True, slots=True)
class ItemState:
    """What steps change of an item; every step keeps a copy, from which any past day is told."""

    status: Status
    unit_code: str | None = None
    responsible: str | None = None
    leader: str | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    measures: str | None = None
    type: str | None = None
    recovered: int | None = None  # fen, in all
    extensions: int = 0
    returns: int = 0
    submitted_by: str | None = None
    submitted_login: str | None = None
    closed_by: str | None = None
    closed_on: date | None = None
    transferred_to: str | None = None
    transferred_on: date | None = None
    merged_into: str | None = None


STATE_FIELDS = tuple(field.name for field in dataclasses.fields(ItemState))
_DAYS = ("due_on", "first_due_on", "closed_on", "transferred_on")


def state_text(state: ItemState) -> str:
    """A state as the text that a step keeps."""
    return json.dumps(dataclasses.asdict(state), ensure_ascii=False, default=date.isoformat)


def state_of(text: str) -> ItemState:
    """The state that a step kept."""
    kept = json.loads(text)
    kept["status"] = Status(kept["status"])
    for name in _DAYS:
        kept[name] = kept[name] and date.fromisoformat(kept[name])
    return ItemState(**kept)
