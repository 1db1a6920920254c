"""Cuts a text into lines and lines into records, in one pass and in flat memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from store.readers._encoding import MARK
from store.readers._sheet import Block

MOST_LINES = 100  # a quoted record that is not closed by then has a stray quote
MOST_CHARACTERS = 1 << 20
LONGEST_LINE = 1 << 24  # beyond it a line is cut: no table has such lines, and memory must stay flat
DOS_END = "\x1a"

# The module's own limit is 128 KB a cell; a quoted record ends at MOST_CHARACTERS here.
csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_LINE))


def runs(texts: Iterable[str], delimiter: str, line: int = 1) -> Iterator[Block]:
    """The records of a text that comes in pieces with \\n for newlines: one run a piece, from `line` on."""
    carry = ""  # the beginning of a line whose end is in the next piece
    pending: list[str] = []  # lines of a record that is still open
    for text in chain(texts, (None,)):
        if text is None:
            whole, carry = "" if carry == DOS_END else carry, ""
        elif "\n" not in text and len(carry) + len(text) < LONGEST_LINE:
            carry += text
            continue
        else:
            whole, _, carry = (carry + text).rpartition("\n") if "\n" in text else (carry + text, "", "")
        lines = pending + whole.split("\n") if whole or text is not None else pending
        marked = MARK in whole or any(MARK in each for each in pending)
        if pending or '"' in whole:
            starts, rows, used = quoted(lines, delimiter, text is None)
            numbers = [line + start for start in starts]
        else:
            rows, used = [each.split(delimiter) for each in lines], len(lines)
            numbers = list(range(line, line + used))
        pending = lines[used:]
        line += used
        yield tidy(numbers, rows, marked)


def quoted(lines: list[str], delimiter: str, last: bool) -> tuple[list[int], list[list[str]], int]:
    """The records of lines that hold quotes: where each begins, its cells, and how many lines were used.

    Lines at the end that belong to a record still open are left over, unless these are the `last`.
    """
    starts: list[int] = []
    rows: list[list[str]] = []
    begin = 0

    def feed() -> Iterator[str]:
        length = 0
        for at in range(begin, len(lines)):
            length = len(lines[at]) + (0 if at == begin else length)
            if at - begin >= MOST_LINES or (length > MOST_CHARACTERS and at > begin):
                raise _StrayQuote
            yield lines[at] + "\n"
        if begin < len(lines):
            raise _StrayQuote if last or len(lines) - begin >= MOST_LINES else _MoreToCome

    while begin < len(lines):
        base = begin
        reader = csv.reader(feed(), delimiter=delimiter, strict=True)
        try:
            for row in reader:
                starts.append(begin)
                rows.append(row)
                begin = base + reader.line_num
        except _MoreToCome:
            break
        except (_StrayQuote, csv.Error):
            starts.append(begin)
            rows.append(alone(lines[begin], delimiter))
            begin += 1
    return starts, rows, begin


def alone(line: str, delimiter: str) -> list[str]:
    """The cells of a line whose quotes are not in order: by its quotes if they close, else literally."""

    def once() -> Iterator[str]:
        yield line + "\n"
        raise _StrayQuote

    try:
        return next(csv.reader(once(), delimiter=delimiter))
    except (_StrayQuote, csv.Error):
        return line.split(delimiter)


def tidy(numbers: list[int], rows: list[list[str]], marked: bool) -> Block:
    """A block without its blank records, with U+FFFD for what did not decode (if anything is `marked`)."""
    blank = {
        at
        for at, row in enumerate(rows)
        if not row or ((not row[0] or row[0].isspace()) and not "".join(row).strip())
    }
    if blank:
        numbers = [number for at, number in enumerate(numbers) if at not in blank]
        rows = [row for at, row in enumerate(rows) if at not in blank]
    if not marked:
        return Block(numbers, rows)
    bad = frozenset(at for at, row in enumerate(rows) if MARK in "".join(row))
    for at in bad:
        rows[at] = [cell.replace(MARK, "\ufffd") for cell in rows[at]]
    return Block(numbers, rows, bad)


class _StrayQuote(Exception):
    """A quote was opened and never closed."""


class _MoreToCome(Exception):
    """A record may go on in the next piece."""
