"""Reads whole columns at once: what each plainly written text says; the others are left to `values`.

Each function gives a value for every text and tells for which of them it holds. It may leave any text to the
careful readers, but never read one otherwise than they do.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from store.arrays import Flags, Ints, Matrix, Texts
from store.identity import CHECKS, WEIGHTS
from store.models.feed import Field, FieldKind
from store.models.values import LONGEST, PROSE

ZERO, DOT, DASH, COLON, SPACE = 48, 46, 45, 58, 32
_WEIGHTS = np.array(WEIGHTS, dtype=np.float32)
_CHECKS = np.frombuffer(CHECKS.encode(), dtype=np.uint8)
_TENS = 10.0 ** np.arange(8, -1, -1)
_DOUBLED = np.array([value * 2 - 9 * (value > 4) for value in range(10)], dtype=np.uint8)
_MONTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
# bytes with which a white space beyond ASCII may begin: U+0085, U+00A0, U+1680, U+2000-205F, U+3000
_WIDE = np.zeros(256, dtype=np.bool_)
_WIDE[[0xC2, 0xE1, 0xE2, 0xE3]] = True


def numbers(spec: Field, texts: Texts) -> tuple[Ints, Flags] | None:
    """What a column of numbers says and where that holds; None for a kind that is read text by text."""
    read = _READERS.get(spec.kind)
    if read is None:
        return None
    found, plain = read(texts)
    if spec.kind is FieldKind.MONEY and not spec.zero:
        plain &= found > 0
    return found, plain


def texts(spec: Field, column: Texts) -> Flags | None:
    """Which texts of a column are kept just as they are; None for a kind that is read text by text."""
    if spec.kind is FieldKind.CARD_NO:
        return card_numbers(column)
    if spec.kind is not FieldKind.TEXT or spec.name == "pay_by":
        return None
    matrix, lengths = column.matrix, column.lengths
    if spec.name not in PROSE:
        plain = (matrix < 0x80).all(axis=1) & (lengths <= LONGEST)
        return plain & (matrix[:, 0] > SPACE) & (_last(matrix, lengths, 1) > SPACE)
    first = matrix[:, 0]
    last = _last(matrix, lengths, 1)
    plain = (first > SPACE) & ~_WIDE[first] & (last > SPACE)
    plain &= ~((last >= 0x80) & (_WIDE[_last(matrix, lengths, 2)] | _WIDE[_last(matrix, lengths, 3)]))
    return plain & (lengths <= LONGEST) if spec.name == "reason" else plain


def citizen_ids(column: Texts) -> tuple[Ints, Flags]:
    """IDs of 18 characters that pass every check, as their 17 digits."""
    count = len(column)
    if column.matrix.shape[1] < 18:
        return np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)
    digits = column.matrix[:, :17] - ZERO
    plain = (column.lengths == 18) & (digits <= 9).all(axis=1)
    wide = digits.astype(np.float32)
    check = _CHECKS[(wide @ _WEIGHTS).astype(np.int64) % 11]
    last = column.matrix[:, 17]
    plain &= (check == last) | ((last == 120) & (check == 88))
    plain &= _are_days(_number(digits[:, 6:10]), _number(digits[:, 10:12]), _number(digits[:, 12:14]))
    return _number(digits), plain


def card_numbers(column: Texts) -> Flags:
    """Which texts are 16 to 19 digits that pass Luhn."""
    matrix, lengths = column.matrix[:, :19], column.lengths
    here = np.arange(matrix.shape[1]) < lengths[:, None]
    digits = np.where(here, matrix - ZERO, 0).astype(np.uint8)
    plain = (lengths >= 16) & (lengths <= 19) & (digits <= 9).all(axis=1)
    digits = np.minimum(digits, 9)
    doubled = _DOUBLED[digits]
    odd = digits[:, 0::2].sum(axis=1) + doubled[:, 1::2].sum(axis=1)
    even = doubled[:, 0::2].sum(axis=1) + digits[:, 1::2].sum(axis=1)
    return np.asarray(plain & (np.where(lengths % 2, odd, even) % 10 == 0))


def money(column: Texts) -> tuple[Ints, Flags]:
    """Yuan with at most two decimals and nothing else, as fen."""
    matrix, lengths = column.matrix[:, :16], column.lengths
    dots = matrix == DOT
    dot = np.where(dots.any(axis=1), dots.argmax(axis=1), lengths)
    decimals = np.maximum(lengths - dot - 1, 0)
    plain = (lengths <= 15) & (dot >= 1) & (dot <= 12) & (dots.sum(axis=1) <= 1)
    plain &= (decimals <= 2) & (dot + 1 != lengths)
    found = np.zeros(len(column), dtype=np.int64)
    for at in range(min(matrix.shape[1], int(lengths.max(initial=0)))):
        digit = (matrix[:, at] - ZERO).astype(np.uint8)
        counts = (at < lengths) & (at != dot)
        plain &= ~counts | (digit <= 9)
        found = np.where(counts, found * 10 + digit, found)
    return found * np.array([100, 10, 1])[np.minimum(decimals, 2)], plain


def regions(column: Texts) -> tuple[Ints, Flags]:
    """Codes of 2, 4, 6, 9 or 12 digits, packed."""
    matrix, lengths = column.matrix[:, :12], column.lengths
    here = np.arange(matrix.shape[1]) < lengths[:, None]
    digits = np.where(here, matrix - ZERO, 0).astype(np.uint8)
    plain = np.isin(lengths, (2, 4, 6, 9, 12)) & (digits <= 9).all(axis=1)
    return (_number(digits) * 10 ** (12 - matrix.shape[1])) * 100 + lengths, plain


def counts(column: Texts) -> tuple[Ints, Flags]:
    """Whole numbers of at most nine digits."""
    matrix, lengths = column.matrix[:, :9], column.lengths
    found, plain = np.zeros(len(column), dtype=np.int64), (lengths >= 1) & (lengths <= 9)
    for at in range(matrix.shape[1]):
        digit = (matrix[:, at] - ZERO).astype(np.uint8)
        plain &= (at >= lengths) | (digit <= 9)
        found = np.where(at < lengths, found * 10 + digit, found)
    return found, plain


def days(column: Texts) -> tuple[Ints, Flags]:
    """Dates written 2025-07-02, as days since 1970-01-01."""
    found, plain = _days(column)
    return found, plain & (column.lengths == 10)


def moments(column: Texts) -> tuple[Ints, Flags]:
    """Moments written 2025-07-02 09:30:00, with a T between, without seconds or time, as seconds."""
    found, plain = _days(column)
    found = found * 86400
    matrix, lengths = column.matrix, column.lengths
    if matrix.shape[1] < 16:
        return found, plain & (lengths == 10)
    timed = lengths > 10
    shape = ((matrix[:, 10] == SPACE) | (matrix[:, 10] == 84)) & (matrix[:, 13] == COLON)
    hour, minute = _pair(matrix, 11), _pair(matrix, 14)
    second, whole = np.zeros(len(column), dtype=np.int64), lengths == 16
    if matrix.shape[1] >= 19:
        long = lengths == 19
        second = np.where(long, _pair(matrix, 17), 0)
        whole |= long & (matrix[:, 16] == COLON)
    shape &= whole & (hour < 24) & (minute < 60) & (second < 60)
    found += np.where(timed, hour * 3600 + minute * 60 + second, 0)
    return found, plain & np.where(timed, shape, lengths == 10)


def _days(column: Texts) -> tuple[Ints, Flags]:
    matrix = column.matrix
    if matrix.shape[1] < 10:
        return np.zeros(len(column), dtype=np.int64), np.zeros(len(column), dtype=np.bool_)
    year = _pair(matrix, 0) * 100 + _pair(matrix, 2)
    month, day = _pair(matrix, 5), _pair(matrix, 8)
    plain = (matrix[:, 4] == DASH) & (matrix[:, 7] == DASH) & _are_days(year, month, day)
    months = np.where(plain, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + day - 1, plain


def _pair(matrix: Matrix, at: int) -> Ints:
    """Two digits as a number; one beyond 9999 where either is none."""
    tens, ones = matrix[:, at] - ZERO, matrix[:, at + 1] - ZERO
    found = tens.astype(np.int64) * 10 + ones
    return np.where((tens <= 9) & (ones <= 9), found, 1 << 20)


def _are_days(year: Ints, month: Ints, day: Ints) -> Flags:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    real = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12)
    last = _MONTHS[np.where(real, month, 0)] + (leap & (month == 2))
    return np.asarray(real & (day >= 1) & (day <= last))


def _number(digits: Matrix) -> Ints:
    """Rows of digits as integers; exact, since nine digits fit a float."""
    found = np.zeros(len(digits), dtype=np.int64)
    for start in range(0, digits.shape[1], 9):
        part = digits[:, start : start + 9].astype(np.float64)
        width = part.shape[1]
        found = found * 10**width + (part @ _TENS[9 - width :]).astype(np.int64)
    return found


def _last(matrix: Matrix, lengths: Ints, back: int) -> Matrix:
    """The last byte of each text, or one further back; 0 where the text is too short."""
    at = lengths - back
    found = matrix[np.arange(len(matrix)), np.maximum(at, 0)]
    return np.where(at >= 0, found, 0).astype(np.uint8)


_READERS: dict[FieldKind, Callable[[Texts], tuple[Ints, Flags]]] = {
    FieldKind.CITIZEN_ID: citizen_ids,
    FieldKind.MONEY: money,
    FieldKind.REGION: regions,
    FieldKind.INT: counts,
    FieldKind.DATE: days,
    FieldKind.DATETIME: moments,
}
