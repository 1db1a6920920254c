"""What a written value of a column means: a number, yuan with 万 and 亿, a day, month or year, a code.

Ordered values are stretches from a first to a last: `2025-06` is every moment of that month.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from store import money
from store.conditions.fields import codes_meant, codes_of
from store.errors import WrongUsage
from store.labels import named
from store.plain import plain
from store.tables import Column, Kind

# codes whose order in the catalogue is their order: the way of a case, and how late it is
RANKED = frozenset({"grade", "stage"})
DAYS = frozenset({Kind.DAY, Kind.MOMENT})
_YES = frozenset({"yes", "y", "true", "1", "是", "有"})
_NO = frozenset({"no", "n", "false", "0", "否", "无"})
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(
    r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?([百千万亿]?)(%|天|日|个?工作日|自然日|件|笔|行|次|人|户|days?|rows?)?"
)
_YUAN = re.compile(
    r"([+-]?)[￥¥]?([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?([百千万亿]?)(?:元|yuan)?", re.IGNORECASE
)
_YEAR = re.compile(r"(\d{4})年?")
_PART = re.compile(r"(\d{4})年?([HQ])([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})(?:[-/年.](\d{1,2})|(\d{2}))月?")
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """All values from `first` to `last`, and the one way to write them."""

    first: Any
    last: Any
    text: str


def stretch_of(column: Column, text: str, at: int) -> Stretch:
    """What a text means for an ordered column; WrongUsage where it means nothing there."""
    read = _READERS.get(column.kind)
    if column.key in RANKED and column.kind is Kind.CODE:
        code = codes_meant(column.key, text, at)[0]
        rank = rank_of(column.key, code)
        return Stretch(rank, rank, code)
    try:
        if read is None:
            raise ValueError(text)
        return read(plain(text))
    except (ValueError, OverflowError):
        told = f"filter_not_{column.kind.value}" if read is not None else "filter_no_order"
        raise WrongUsage(told, field=named(column.key), text=text, at=at) from None


def is_ordered(column: Column) -> bool:
    """Whether the values of a column are stretches."""
    return column.kind in _READERS or (column.kind is Kind.CODE and column.key in RANKED)


def rank_of(key: str, code: Any) -> int | None:
    """The place of a code in the order of its column; None for one that has none."""
    return _RANKS.setdefault(key, {each: n for n, each in enumerate(codes_of(key))}).get(code)


_RANKS: dict[str, dict[str, int]] = {}


def flag_of(column: Column, text: str, at: int) -> bool:
    """Yes or no; WrongUsage for anything else."""
    wanted = plain(text).casefold()
    if wanted not in _YES | _NO:
        raise WrongUsage("filter_not_flag", field=named(column.key), text=text, at=at)
    return wanted in _YES


def _number(text: str) -> Stretch:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, whole, part, times, unit = match.groups()
    found = Decimal(f"{sign}{whole.replace(',', '')}{part or ''}") * _TIMES[times]
    found = found / 100 if unit == "%" else found
    number = int(found) if found == found.to_integral_value() else float(found)
    return Stretch(number, number, format(found.normalize(), "f"))


def _fen(text: str) -> Stretch:
    match = _YUAN.fullmatch(text)
    if match is None or (match[1] and match[2]):
        raise ValueError(text)
    yuan = Decimal(f"{match[3].replace(',', '')}{match[4] or ''}") * _TIMES[match[5]]
    fen = money.parse(format(yuan.normalize(), "f"))
    fen = -fen if "-" in (match[1], match[2]) else fen
    return Stretch(fen, fen, money.yuan(fen).removesuffix(".00"))


def _days(text: str) -> Stretch:
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, 12, match[1])
    if match := _PART.fullmatch(text):
        length = 6 if match[2] in "Hh" else 3
        number = int(match[3])
        if length * number > 12:
            raise ValueError(text)
        return _months(int(match[1]), length * (number - 1) + 1, length, text.upper().replace("年", ""))
    if match := _MONTH.fullmatch(text):
        month = int(match[2] or match[3])
        return _months(int(match[1]), month, 1, f"{match[1]}-{month:02d}")
    return _one_day(text)


def _months(year: int, month: int, count: int, text: str) -> Stretch:
    last = year * 12 + month - 1 + count
    end = datetime(last // 12, last % 12 + 1, 1)
    return Stretch(datetime(year, month, 1), end - _MOMENT, text)


def _one_day(text: str) -> Stretch:
    from store.models.values import parse_date, parse_datetime

    try:
        day = datetime.combine(parse_date(text), time())
    except ValueError:
        moment = parse_datetime(text)
        unit = "minutes" if text.count(":") == 1 else "seconds"
        return Stretch(moment, moment + timedelta(**{unit: 1}) - _MOMENT, moment.isoformat(" ", unit))
    return Stretch(day, day + timedelta(days=1) - _MOMENT, day.date().isoformat())


def as_moment(value: Any) -> Any:
    """A day as its first moment."""
    return datetime.combine(value, time()) if type(value) is date else value


_READERS: dict[Kind, Callable[[str], Stretch]] = {
    Kind.NUMBER: _number,
    Kind.MONEY: _fen,
    Kind.DAY: _days,
    Kind.MOMENT: _days,
}
