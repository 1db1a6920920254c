"""Writes small worlds as the files that offices drop."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from store.identity import id_check

PROGRAMMES = {"A": "civil_affairs", "B": "agriculture", "C": "civil_affairs"}


def write(folder: Path, feed: str, rows: Iterable[Mapping[str, object]], name: str | None = None) -> Path:
    """Write rows of one feed as a CSV file, its columns all that any row has; None is an empty cell."""
    listed = list(rows)
    columns = list(dict.fromkeys(key for row in listed for key in row))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or feed}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(listed)
    return path


def write_reference(folder: Path, regions: Iterable[str]) -> None:
    """Regions, two units and three programmes, which everything else stands on."""
    named = [{"region_code": code, "name": f"地{code}县"} for code in regions]
    write(folder, "regions", named, "01-regions")
    units = [
        {"unit_code": f"U{number}", "name": f"单位{number}", "kind": "town", "region_code": "511025"}
        for number in (1, 2)
    ]
    write(folder, "units", units, "02-units")
    programmes = [
        {"programme_code": code, "name": f"项目{code}", "unit_kind": kind, "cycle": "monthly", "pay_by": rule}
        for (code, kind), rule in zip(PROGRAMMES.items(), ("day:10", "day:25+1m", ""), strict=True)
    ]
    write(folder, "programmes", programmes, "03-programmes")


def citizen_id(number: int) -> str:
    """A valid citizen ID, another one for each number."""
    first17 = f"5110251990{1 + number // 1000 % 12:02d}{1 + number // 12000 % 28:02d}{number % 1000:03d}"
    return first17 + id_check(first17)


def card_no(number: int) -> str:
    """A card number of 19 digits that passes Luhn, another one for each number."""
    head = f"622848{number:012d}"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(head))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{head}{-total % 10}"
