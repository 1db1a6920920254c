"""Blocks cut at once hold the records that reading line by line gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from store.arrays import listed
from store.readers import NoEncoding, Sheet, _cutting, _records, open_path

STRAY = (
    "a",
    "1",
    ",",
    ",",
    ",",
    '"',
    "\n",
    "\n",
    " ",
    "　",
    "曾",
    "\r\n",
    '","',
    '""',
    "\0",
    ";",
    "\x1a",
    "\t",
)
CELLS = ("x", "12", "曾") * 4 + ("", "1 ", '"q"', '"q,""r"', '"m\nm"', " ")
ENDS = ("\n", "\n", "\r\n", "\n\n")


def stray(rng: random.Random) -> str:
    """Anything at all."""
    return "".join(rng.choice(STRAY) for _ in range(rng.randrange(80)))


def table(rng: random.Random) -> str:
    """A table of three columns with lines that are longer, shorter, quoted or blank."""
    return "".join(
        ",".join(rng.choice(CELLS) for _ in range(rng.choice((3, 3, 3, 3, 2, 4)))) + rng.choice(ENDS)
        for _ in range(rng.randrange(1, 40))
    )


def by_line(sheet: Sheet) -> list[tuple[int, list[str], bool]] | None:
    """The records read line by line: the line, the cells, and whether they did not decode."""
    try:
        return [
            (line, row, at in block.undecodable)
            for block in sheet.blocks(1 << 30)
            for at, (line, row) in enumerate(zip(block.lines, block.rows, strict=True))
        ]
    except NoEncoding:
        return None


def at_once(sheet: Sheet, size: int) -> tuple[list[tuple[int, list[str], bool]], list[list[str]]] | None:
    """The records of grids, and their first four columns."""
    assert sheet.grids is not None
    try:
        grids = list(sheet.grids(lambda: size))
    except NoEncoding:
        return None
    rows = [
        (int(grid.lines[at]), grid.row(at), at in grid.undecodable)
        for grid in grids
        for at in range(len(grid))
    ]
    columns = [[cell or "" for grid in grids for cell in listed(grid.column(at))] for at in range(4)]
    return rows, columns


@pytest.mark.parametrize("seed", range(300))
def test_grids_hold_the_records_of_blocks(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    most = rng.choice((3, 100))
    monkeypatch.setattr(_records, "MOST_LINES", most)
    monkeypatch.setattr(_cutting, "MOST_LINES", most)
    raw = rng.choice((stray, table))(rng).encode(rng.choice(("utf-8", "utf-8", "gb18030")))
    if raw and rng.random() < 0.3:
        at = rng.randrange(len(raw))
        raw = raw[:at] + b"\xff" + raw[at:]
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    sheet = open_path(path, "a.csv")[0]
    wanted = by_line(sheet)
    found = at_once(sheet, rng.choice((1, 2, 7, 1000)))
    if wanted is None:
        assert found is None
        return
    assert found is not None
    assert found[0] == wanted
    for at, column in enumerate(found[1]):
        assert column == [row[at] if at < len(row) else "" for _, row, _ in wanted]
