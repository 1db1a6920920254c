"""Column types that every table shares: days, moments, regions, people and codes as narrow integers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Integer, MetaData, SmallInteger, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.types import String, TypeDecorator

metadata = MetaData()

EPOCH = date(1970, 1, 1).toordinal()
EPOCH_MOMENT = datetime(1970, 1, 1)
NO_DAY = date(1, 1, 1)  # an empty date in a key

# SQLite sorts text by code point as it is; PostgreSQL is told to
Text = String().with_variant(String(collation="C"), "postgresql")
Big = BigInteger().with_variant(Integer, "sqlite")


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(number + EPOCH)


def moment_number(moment: datetime) -> int:
    """Seconds since 1970-01-01 00:00, both in China Standard Time."""
    return (moment.toordinal() - EPOCH) * 86400 + moment.hour * 3600 + moment.minute * 60 + moment.second


def moment_of(number: int) -> datetime:
    """The moment of a number of seconds."""
    return EPOCH_MOMENT + timedelta(seconds=number)


def end_of(day: date) -> datetime:
    """The last second of a day."""
    return datetime(day.year, day.month, day.day, 23, 59, 59)


def pack_region(code: str) -> int:
    """A region code as an integer that keeps every place apart and every subtree a range.

    `4604` (a city) and `460400` (a county) pad to the same twelve digits: the length follows them.
    """
    return int(code.ljust(12, "0")) * 100 + len(code)


def unpack_region(number: int) -> str:
    """The region code of a packed integer."""
    return f"{number // 100:012d}"[: number % 100]


def region_span(code: str) -> tuple[int, int]:
    """The packed integers of a place and all within it: from the first, up to but without the second."""
    start = pack_region(code)
    return start, (start // 100 + 10 ** (12 - len(code))) * 100


def county_of(code: str) -> str | None:
    """The county's six digits, or None for a place above a county."""
    return code[:6] if len(code) >= 6 else None


def place_of_all(codes: Collection[str | None]) -> str | None:
    """The smallest place that holds all these, None where there is none or one of them has no place."""
    for length in (12, 9, 6, 4, 2):
        heads = {code and code[:length] for code in codes}
        head = heads.pop() if len(heads) == 1 else None
        if head and len(head) == length:
            return head
    return None


class Day(TypeDecorator[date]):
    """A date, kept as days since 1970-01-01."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else day_number(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else day_of(value)


class Moment(TypeDecorator[datetime]):
    """A moment of China Standard Time, kept as seconds since 1970-01-01 00:00."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else moment_number(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else moment_of(value)


class Region(TypeDecorator[str]):
    """A region code, kept as a packed integer (see pack_region)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else pack_region(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else unpack_region(value)


class Coded(TypeDecorator[str]):
    """A code out of a fixed list, kept as its place in the list: lists may grow at their end only."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__()
        self.codes = tuple(codes)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else self.codes.index(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.codes[value]


def county_number(packed: int) -> int:
    """The county's six digits of a packed region, 0 above a county."""
    return packed // 10**8 if packed % 100 >= 6 else 0


def raw_column(column: Any) -> Any:
    """A column as the database keeps it, past what Python would make of it."""
    kind = column.type
    return type_coerce(column, kind.impl) if isinstance(kind, TypeDecorator) else column


def typed(column: Any, value: Any) -> Any:
    """What Python makes of a value that the database keeps in a column."""
    kind: Any = column.type
    return kind.process_result_value(value, None) if isinstance(column.type, TypeDecorator) else value
