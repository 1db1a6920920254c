"""The city of the books: its places, units, programmes and deadlines, as files of their own."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from pathlib import Path

from seeds.reference import reference_file
from seeds.world.units import BANKS
from tests.benchmarks.books.forms import write_lines

CITY = "5110"
BUREAU = "511000"


@dataclass(frozen=True)
class City:
    """What a line may name: counties and villages by code, and programmes with their standard in fen."""

    counties: list[str]
    villages: list[str]
    programmes: list[tuple[str, int]]


def unit_of(county: str) -> str:
    """The unit that answers for a county's batches and cases."""
    return f"MZ{county}"


def bank_of(number: int) -> str:
    """The code of an agent bank."""
    return f"YH{number:02d}"


def read_city() -> City:
    """The city, from the reference data."""
    codes = [row["region_code"] for row in _rows("regions") if row["region_code"].startswith(CITY)]
    monthly = [row for row in _rows("programmes") if row["pay_by"].startswith("day:")]
    standards = [(row["programme_code"], _fen(row["standard"])) for row in monthly]
    counties = sorted(code for code in codes if len(code) == 6)
    return City(counties, sorted(code for code in codes if len(code) == 12), standards)


def write_city(folder: Path, city: City) -> list[Path]:
    """Regions, units, programmes and deadlines, all that has to be there before any batch."""
    places = [f"{row['region_code']},{row['name']}" for row in _rows("regions") if _near(row["region_code"])]
    units = [f"{unit_of(county)},{county}民政局,civil_affairs,{county}" for county in city.counties]
    units += [f"{bank_of(at)},{name},bank,{CITY}" for at, name in enumerate(BANKS)]
    found = [
        write_lines(folder / "000-1-regions", "region_code,name", places, "utf-8"),
        write_lines(folder / "000-2-units", "unit_code,name,kind,region_code", units, "utf-8"),
    ]
    for at, kind in ((3, "programmes"), (4, "deadlines")):
        path = folder / f"000-{at}-{kind}.csv"
        path.write_bytes(reference_file(kind).read_bytes())
        found.append(path)
    return found


def _near(code: str) -> bool:
    return code == CITY[:2] or code.startswith(CITY)


def _fen(standard: str) -> int:
    return round(float(standard or "120") * 100)


def _rows(kind: str) -> list[dict[str, str]]:
    raw = reference_file(kind).read_bytes()
    text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
