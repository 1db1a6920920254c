"""The text of a spreadsheet's cells, as a person would read it off the screen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

EXACT = 2**53  # whole numbers beyond it are no longer kept exactly by a spreadsheet


def texts_of(rows: list[list[object]]) -> list[list[str]]:
    """The cells of `rows` as texts, without those that are empty at the end of a row."""
    found: list[list[str]] = []
    for row in rows:
        cells = [cell if type(cell) is str else text_of(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        found.append(cells)
    return found


def text_of(cell: object) -> str:
    """The text of one cell; empty for nothing."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell) if abs(cell) <= EXACT else number(float(cell))
        case float():
            return number(cell)
        case datetime():
            return moment(cell)
        case date():
            return cell.isoformat()
        case time():
            return cell.replace(microsecond=0).isoformat()
        case timedelta():
            return duration(cell)
        case _:
            return str(cell)


def number(value: float) -> str:
    """A number with the fifteen digits a spreadsheet keeps, never with an exponent; empty for NaN.

    A citizen ID that a spreadsheet took for a number so ends in zeros, by which it is known as destroyed.
    """
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) <= EXACT:
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")


def moment(value: datetime) -> str:
    """A date and time to the second; a date alone at midnight, which is how a spreadsheet keeps a date."""
    value = value.replace(tzinfo=None)
    if value != value:  # pandas has a moment that is none
        return ""
    value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return value.strftime("%Y-%m-%d") if value.time() == time() else value.isoformat(" ", "seconds")


def duration(value: timedelta) -> str:
    """Hours, minutes and seconds; the hours may pass twenty-four."""
    seconds = round(value.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
