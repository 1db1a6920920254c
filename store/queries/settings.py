"""The settings of a store: thresholds and limits that are the office's own, and their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from store.models.reference import setting
from store.tables import Flag, Number

# overdue days from which a grade holds; working days that upcoming looks ahead, and to clear a failure
DEFAULTS = {"grade.yellow": 1, "grade.orange": 4, "grade.red": 11, "grade.upcoming": 2, "failure.days": 10}
DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting, and whether it is still the default."""

    key: str
    value: Number
    default: Number
    changed: Flag


def listed(connection: Connection) -> list[SettingRow]:
    """Every setting, as it holds."""
    known = select(setting).where(setting.c.key.in_(DEFAULTS))
    own = {row.key: int(row.value) for row in connection.execute(known)}
    return [SettingRow(key, own.get(key, value), value, key in own) for key, value in DEFAULTS.items()]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What a demonstration store holds: a world that ends on a day, its size, and whether it is whole."""

    day: date
    size: int
    whole: bool


def demonstration(connection: Connection) -> Demonstration | None:
    """What a store demonstrates, None for a store of real data."""
    text = connection.scalar(select(setting.c.value).where(setting.c.key == DEMONSTRATION))
    if text is None:
        return None
    day, size, state = text.split()
    return Demonstration(date.fromisoformat(day), int(size), state == "whole")
