"""The contract's cases: how they are read, run, compared, and put into other files that say the same."""

from __future__ import annotations

import codecs
import csv
import json
import shlex
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.running import InProcess, Ran, object_once

CONTRACT = Path(__file__).parent / "contract"
CASES = CONTRACT / "cases"
NOT_COMPARED = ("seconds", "message", "why")
NAMES = (
    "case_no",
    "batch_no",
    "payment_no",
    "item_no",
    "file",
    "line",
    "day",
    "week",
    "county_code",
    "stage",
)
LISTS_OF_LINES = ("rejects", "doubtful", "held")
REFERENCE = ("regions", "units", "programmes")


@dataclass(frozen=True)
class Case:
    """A line of commands.tsv."""

    name: str
    code: int
    argv: tuple[str, ...]

    @property
    def command(self) -> str:
        """The first word after `supervise`."""
        return self.argv[0]

    @property
    def expected(self) -> Any:
        """What it has to print."""
        text = (CASES / "expected" / f"{self.name}.json").read_text("utf-8")
        return json.loads(text, object_pairs_hook=object_once)


@cache
def cases() -> tuple[Case, ...]:
    """All cases, in their order."""
    lines = (CASES / "commands.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line)
    return tuple(Case(name, int(code), tuple(shlex.split(command)[1:])) for name, code, command in rows)


def differences(expected: Any, got: Any, where: str = "") -> list[str]:
    """Every place where two answers differ: in keys, rows, values, or the order of keys or rows."""
    if isinstance(expected, dict) and isinstance(got, dict):
        return _of_objects(expected, got, where)
    if isinstance(expected, list) and isinstance(got, list):
        return _of_arrays(expected, got, where)
    alike = expected == got and isinstance(expected, bool) == isinstance(got, bool)
    return [] if alike else [f"{where}: expected {shown(expected)}, got {shown(got)}"]


def _of_objects(expected: dict[str, Any], got: dict[str, Any], where: str) -> list[str]:
    found = []
    if list(expected) != list(got):
        lost = [key for key in expected if key not in got]
        more = [key for key in got if key not in expected]
        said = (
            f"keys missing {lost}, too many {more}" if lost or more else f"keys in another order {list(got)}"
        )
        found.append(f"{where}: {said}")
    for key in expected:
        if key in got and key not in NOT_COMPARED:
            found += differences(expected[key], got[key], f"{where} {key}".strip())
    return found


def _of_arrays(expected: list[Any], got: list[Any], where: str) -> list[str]:
    plain = [comparable(row) for row in expected], [comparable(row) for row in got]
    if len(expected) == len(got):
        if plain[0] != plain[1] and sorted(plain[0]) == sorted(plain[1]):
            return [f"{where}: the same rows in another order: {[named(row) for row in got]}"]
        return [
            each
            for place, (one, other) in enumerate(zip(expected, got, strict=True))
            for each in differences(one, other, f"{where} row {place} {named(one)}".strip())
        ]
    found = [f"{where}: {len(expected)} rows expected, {len(got)} got"]
    found += [f"{where}: missing {shown(row)}" for row in _without(expected, plain[1])]
    return found + [f"{where}: too many {shown(row)}" for row in _without(got, plain[0])]


def _without(rows: Sequence[Any], others: Iterable[str]) -> Iterator[Any]:
    left = list(others)
    for row in rows:
        if comparable(row) in left:
            left.remove(comparable(row))
        else:
            yield row


def comparable(row: Any) -> str:
    """A row as one text, without what is not compared."""
    if isinstance(row, dict):
        row = {key: None if key in NOT_COMPARED else value for key, value in row.items()}
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def named(row: Any) -> str:
    """What a row is about, for a report."""
    if not isinstance(row, dict):
        return ""
    return "(" + " ".join(str(row[key]) for key in NAMES if key in row) + ")"


def shown(value: Any) -> str:
    """A value in a report, not too long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 300 else text[:300] + "…"


def unordered(rows: list[dict[str, Any]], without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Rows in an order of their own, some keys left out."""
    kept = [{key: value for key, value in row.items() if key not in without} for row in rows]
    return sorted(kept, key=comparable)


def answer(ran: Ran, case: Case) -> tuple[Any, list[str]]:
    """What a run printed, and what is wrong with how it ended."""
    wrong = []
    if ran.code != case.code:
        last = (ran.stderr.strip().splitlines() or [""])[-1]
        wrong.append(f"{case.name}: exit {case.code} expected, got {ran.code}: {last}")
    try:
        return ran.json(), wrong
    except (AssertionError, UnicodeDecodeError):
        return None, [*wrong, f"{case.name}: no JSON: {ran.stdout[:200]!r}"]


def play(
    supervise: InProcess,
    folder: Path,
    take: Callable[[Case], list[str]] | None = None,
    lines: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] | None = None,
) -> list[str]:
    """Run all cases in a folder and say everything that is not as expected.

    `take` does an import in another way and says what is wrong with it; `lines` puts the lists of lines
    (rejects, doubtful, held) into a form in which they can be compared.
    """
    found = []
    for case in cases():
        if case.command == "import" and take is not None:
            found += take(case)
            continue
        got, wrong = answer(supervise(*case.argv, cwd=folder), case)
        found += wrong
        expected = case.expected
        if case.command in LISTS_OF_LINES and lines is not None and got is not None:
            expected, got = lines(expected), lines(got)
        if got is not None:
            found += differences(expected, got, case.name)
    return found


# --- the same lines in other files ---


@cache
def fields() -> dict[str, dict[str, dict[str, str]]]:
    """feeds.tsv: by feed and field, its line."""
    with (CONTRACT / "feeds.tsv").open(encoding="utf-8", newline="") as text:
        found: dict[str, dict[str, dict[str, str]]] = {}
        for row in csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["feed"], {})[row["field"]] = row
    return found


def feed_of(path: Path) -> str | None:
    """The feed of a file of the cases, by its name: `07-stages.csv`."""
    name = path.stem.partition("-")[2]
    return name if name in fields() else None


@cache
def headers(feed: str) -> dict[str, str]:
    """Every header of a feed and the field it means."""
    known: dict[str, str] = {}
    for name, line in fields()[feed].items():
        aliases = (alias.strip() for alias in (line["aliases"] or "").split(";"))
        known.update({header: name for header in (name, line["header_zh"], *aliases) if header})
    return known


def field_of(feed: str, header: str) -> str | None:
    """The field that a header means."""
    return headers(feed).get(header)


@dataclass(frozen=True)
class Text:
    """A file of the cases as text; what does not decode is kept as surrogates, so that bytes come back."""

    encoding: str
    delimiter: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> Text:
        """Read a file."""
        raw = path.read_bytes()
        encoding = "utf-16" if raw.startswith(codecs.BOM_UTF16_LE) else "gb18030"
        try:
            raw.decode("utf-8")
            encoding = "utf-8"
        except UnicodeDecodeError:
            pass
        if raw.startswith(codecs.BOM_UTF8):
            encoding = "utf-8-sig"
        text = raw.decode(encoding, "strict" if encoding == "utf-16" else "surrogateescape")
        return cls(encoding, "\t" if path.suffix == ".tsv" else ",", tuple(text.splitlines(keepends=True)))

    def bytes_of(self, lines: Iterable[str]) -> bytes:
        """Lines in the encoding of the file."""
        errors = "strict" if self.encoding == "utf-16" else "surrogateescape"
        return "".join(lines).encode(self.encoding, errors)

    def cells(self) -> list[list[str]]:
        """The cells of every line."""
        return [next(csv.reader([line], delimiter=self.delimiter), []) for line in self.lines]

    def header(self, feed: str) -> int | None:
        """The place of the header line."""
        for place, row in enumerate(self.cells()):
            if len([cell for cell in row if field_of(feed, cell)]) >= 2:
                return place
        return None


def split(source: Path, folder: Path, parts: int = 3) -> None:
    """Write a file as several, each with its header; lines with the same key stay together, in their order.

    A file with lines above its header or below its rows is left whole, and so is one that is no feed.
    """
    feed, text = feed_of(source), Text.of(source)
    if feed is None or text.header(feed) != 0:
        (folder / source.name).write_bytes(source.read_bytes())
        return
    rows = text.cells()
    key = next(name for name, line in fields()[feed].items() if line["key"] == "yes")
    place = [field_of(feed, cell) for cell in rows[0]].index(key)
    groups: dict[str, int] = {}
    lines: list[list[str]] = [[] for _ in range(parts)]
    for line, row in zip(text.lines[1:], rows[1:], strict=True):
        value = unicodedata.normalize("NFKC", row[place] if place < len(row) else "").strip().upper()
        part = groups.setdefault(value, len(groups) % parts)
        lines[part].append(line)
    for number, part_lines in enumerate(lines, 1):
        if part_lines:
            path = folder / f"{source.stem}-{number}{source.suffix}"
            path.write_bytes(text.bytes_of([text.lines[0], *part_lines]))


def as_workbook(source: Path, folder: Path, typed: bool) -> None:
    """Write a file as a workbook with Chinese headers; `typed` cells are what Excel makes of them."""
    from openpyxl import Workbook

    feed, text = feed_of(source), Text.of(source)
    book = Workbook()
    sheet = book.worksheets[0]
    header = text.header(feed) if feed else None
    kinds: list[str] = []
    for place, row in enumerate(text.cells()):
        if any("\ud800" <= character <= "\udfff" for cell in row for character in cell):
            continue  # a line that does not decode is nothing that a workbook can hold
        if feed and place == header:
            names = [field_of(feed, cell) for cell in row]
            kinds = [fields()[feed][name]["type"] if name else "" for name in names]
            row = [
                fields()[feed][name]["header_zh"] if name else cell
                for name, cell in zip(names, row, strict=True)
            ]
            sheet.append(row)
        elif typed and kinds:
            sheet.append([_typed(cell, kind) for cell, kind in zip(row, [*kinds, *[""] * 9], strict=False)])
        else:
            sheet.append([cell or None for cell in row])
    book.save(folder / f"{source.stem}.xlsx")


def _typed(cell: str, kind: str) -> Any:
    if kind in ("date", "datetime"):
        for form in (
            "%Y-%m-%d",
            "%Y/%m/%d",
            "%Y%m%d",
            "%Y-%m-%d %H:%M",
            "%Y/%m/%d %H:%M",
            "%Y-%m-%d %H:%M:%S",
        ):
            try:
                return datetime.strptime(cell, form)
            except ValueError:
                continue
    if kind == "money":
        try:
            return float(cell.replace(",", ""))
        except ValueError:
            return cell or None
    if kind in ("period", "region", "int") and cell.isascii() and cell.isdigit() and len(cell) <= 11:
        return int(cell)
    return cell or None
