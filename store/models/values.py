"""How the text of one field is read: each function gives what the store keeps, or raises BadValue.

Days are numbers since 1970-01-01, moments seconds since then, money fen, regions packed integers, IDs their
17 digits: what the tables hold, so that whole columns go in as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from store import identity, money
from store.models.columns import day_number, moment_number, pack_region
from store.models.feed import Field, FieldKind
from store.plain import plain


class BadValue(ValueError):
    """A text that is no value of its field; `code` is the reason it is rejected for."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


EXCEL_EPOCH = date(1899, 12, 30)
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_SERIAL = re.compile(r"(\d{4,6})(?:\.(\d+))?")
_PERIOD = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|T([12])|-(\d{1,2})|(\d{2}))?")
_REGION = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
_INT = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_DECIMAL = re.compile(r"(\d{1,12})(?:\.(\d+))?")
_CODES = re.compile(r"[;；、,，]")
_PAY_BY = re.compile(
    r"day:(\d{1,2})(?:\+(\d{1,2})m)?|term:(\d\d-\d\d),(\d\d-\d\d)|window:(\d\d-\d\d)\.\.(\d\d-\d\d)"
)
LONGEST = 400
FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def parse_date(text: str) -> date:
    """A date in any form of the contract, an Excel serial among them; ValueError for anything else."""
    text = plain(text)
    if match := _DATE.fullmatch(text):
        parts = [int(part) for part in match.groups() if part is not None]
        return date(*parts)
    if (match := _SERIAL.fullmatch(text)) and not (match[2] or "").strip("0"):
        return _from_serial(int(match[1]))
    raise ValueError(text)


def _from_serial(days: int) -> date:
    day = EXCEL_EPOCH + timedelta(days=days)
    if not 1950 <= day.year <= 2200:
        raise ValueError(days)
    return day


def parse_datetime(text: str) -> datetime:
    """A moment in any form of the contract; a date alone is that day at 00:00."""
    text = plain(text)
    head, _, tail = text.partition("T") if "T" in text else text.partition(" ")
    if tail.strip():
        day = parse_date(head)
        match = _TIME.fullmatch(tail.strip())
        if match is None:
            raise ValueError(text)
        return datetime(day.year, day.month, day.day, int(match[1]), int(match[2]), int(match[3] or 0))
    if (match := _SERIAL.fullmatch(text)) and match[2]:
        start = _from_serial(int(match[1]))
        seconds = round(float(f"0.{match[2]}") * 86400)
        return datetime(start.year, start.month, start.day) + timedelta(seconds=seconds)
    day = parse_date(head)
    return datetime(day.year, day.month, day.day)


def _day(text: str) -> int:
    try:
        return day_number(parse_date(text.removesuffix(" 00:00:00").removesuffix(" 00:00")))
    except ValueError:
        raise BadValue("bad_date") from None


def _moment(text: str) -> int:
    try:
        return moment_number(parse_datetime(text))
    except (ValueError, OverflowError):
        raise BadValue("bad_date") from None


def parse_period(text: str) -> str:
    """A period in its one form: 2025, 2025H1, 2025Q2, 2025-07 or 2025T1; ValueError for anything else."""
    match = _PERIOD.fullmatch(plain(text).upper())
    if match is None:
        raise ValueError(text)
    year, half, quarter, term, month, short = match.groups()
    month = month or short
    if month is not None:
        if not 1 <= int(month) <= 12:
            raise ValueError(text)
        return f"{year}-{int(month):02d}"
    for letter, part in (("H", half), ("Q", quarter), ("T", term)):
        if part is not None:
            return f"{year}{letter}{part}"
    return str(year)


def _period(text: str) -> str:
    try:
        return parse_period(text)
    except ValueError:
        raise BadValue("bad_period") from None


def _region(text: str) -> int:
    text = plain(text)
    if _REGION.fullmatch(text) is None:
        raise BadValue("bad_region")
    return pack_region(text)


def _citizen_id(text: str) -> int:
    normal = plain(text).upper()
    if not identity.is_citizen_id(normal):
        raise BadValue("destroyed_by_spreadsheet" if identity.destroyed(normal) else "bad_citizen_id")
    return identity.pack_id(normal)


def _card_no(text: str) -> str:
    normal = plain(text)
    if not identity.is_card_no(normal):
        raise BadValue("destroyed_by_spreadsheet" if identity.destroyed(normal) else "bad_card_no")
    return normal


def _int(text: str) -> int:
    normal = plain(text).removesuffix(".0")
    if _INT.fullmatch(normal) is None:
        raise BadValue("bad_number")
    return int(normal.replace(",", ""))


def _decimal(text: str) -> str:
    match = _DECIMAL.fullmatch(plain(text).replace(",", ""))
    if match is None:
        raise BadValue("bad_number")
    decimals = (match[2] or "").rstrip("0")
    return f"{int(match[1])}.{decimals}" if decimals else str(int(match[1]))


def _money(field: Field) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            fen = money.parse(plain(text))
        except ValueError:
            raise BadValue("bad_money") from None
        if (fen < 0 and not field.negative) or (fen == 0 and not field.zero):
            raise BadValue("bad_money")
        return fen

    return read


def _enum(field: Field) -> Callable[[str], str]:
    codes = {code: code for code in field.words} | {word: code for code, word in field.words.items()}

    def read(text: str) -> str:
        normal = plain(text)
        found = codes.get(normal) or codes.get(normal.lower())
        if found is None:
            raise BadValue("bad_enum")
        return found

    return read


def _codes(field: Field) -> Callable[[str], str]:
    words = {word: code for code, word in field.words.items()}

    def read(text: str) -> str:
        parts = [part.strip() for part in _CODES.split(text) if part.strip()]
        read_parts = [words.get(part, plain(part)) for part in parts]
        if field.name == "excludes" and any(part not in field.words for part in read_parts):
            raise BadValue("bad_enum")
        return ";".join(dict.fromkeys(read_parts))

    return read


def _month_day(text: str) -> None:
    date.fromisoformat(f"2024-{text}")


def _pay_by(text: str) -> str:
    normal = plain(text).replace(" ", "")
    match = _PAY_BY.fullmatch(normal)
    try:
        if match is None or (match[1] and not 1 <= int(match[1]) <= 31):
            raise ValueError(text)
        for part in match.groups()[2:]:
            if part is not None:
                _month_day(part)
    except ValueError:
        raise BadValue("bad_date") from None
    return normal


# texts of people, kept letter by letter; digits count as digits in all others
PROSE = frozenset(
    {
        *("name", "payee_name", "leader", "contact", "responsible", "operator", "group_name"),
        *("content", "reason", "opinion", "detail", "reply", "inclusion_note", "basis", "source"),
        *("place", "relation", "keeper_relation", "payee_relation", "channel", "measure"),
    }
)


def kept(text: str) -> str:
    """A text as it can be kept: no database holds a NUL, it is replaced by a visible sign."""
    return text.replace("\0", "\ufffd").strip()


def number_text(text: str) -> str:
    """A number or a code as a feed keeps it: no spaces at its ends, full-width digits as ordinary ones."""
    return kept(text).translate(FULL_WIDTH_DIGITS)


def _short(text: str) -> str:
    """A text that an index holds; one that is longer is no value but columns that ran together."""
    if len(text) > LONGEST:
        raise BadValue("wrong_columns")
    return kept(text)


def _short_number(text: str) -> str:
    return number_text(_short(text))


READERS: dict[FieldKind, Callable[[str], Any]] = {
    FieldKind.DATE: _day,
    FieldKind.DATETIME: _moment,
    FieldKind.PERIOD: _period,
    FieldKind.REGION: _region,
    FieldKind.CITIZEN_ID: _citizen_id,
    FieldKind.CARD_NO: _card_no,
    FieldKind.INT: _int,
    FieldKind.DECIMAL: _decimal,
}


def reader(field: Field) -> Callable[[str], Any]:
    """The function that reads a text that is not empty as a value of `field`."""
    if field.kind is FieldKind.MONEY:
        return _money(field)
    if field.kind is FieldKind.ENUM:
        return _enum(field)
    if field.kind is FieldKind.CODES:
        return _codes(field)
    if field.kind is FieldKind.TEXT:
        if field.name == "pay_by":
            return _pay_by
        if field.name == "reason":
            return _short
        return kept if field.name in PROSE else _short_number
    return READERS[field.kind]
