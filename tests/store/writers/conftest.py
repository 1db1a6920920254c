"""Rows of every kind, and a catalogue with words for some of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from store import words
from store.tables import Code, Day, Digits, Fen, Flag, Moment, Number, Rate, Table, Text, table_of

LABELS = {
    "field.t_no": ("编号", "No."),
    "field.t_name": ("姓名", "Name"),
    "field.t_stage": ("环节", "Stage"),
    "field.t_amount": ("金额", "Amount"),
    "field.t_count": ("次数", "Count"),
    "field.t_rate": ("比例", "Rate"),
    "field.t_day": ("日期", "Day"),
    "field.t_at": ("时间", "Time"),
    "field.t_late": ("迟到", "Late"),
    "field.t_steps": ("步骤", "Steps"),
    "field.t_files": ("证据", "Evidence"),
    "field.t_facts": ("比对", "Compared"),
    "enum.t_stage.t_town": ("镇审", "Town review"),
    "enum.t_open": ("立项", "opened"),
}


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue and the labels above, whatever other labels it comes to hold."""
    merged = {**words.catalogue(), **LABELS}
    monkeypatch.setattr(words, "catalogue", lambda: merged)


@dataclass(frozen=True)
class Line:
    t_no: Digits
    t_name: Text | None
    t_stage: Code | None
    t_amount: Fen | None
    t_count: Number | None
    t_rate: Rate | None
    t_day: Day | None
    t_at: Moment | None
    t_late: Flag | None


@dataclass(frozen=True)
class File:
    t_name: Text
    t_count: Number


@dataclass(frozen=True)
class Step:
    t_at: Moment
    t_stage: Code
    t_files: tuple[File, ...]


@dataclass(frozen=True)
class Item:
    t_no: Digits
    t_amount: Fen
    t_tags: tuple[str, ...]
    t_steps: tuple[Step, ...]
    t_facts: object


FULL = Line(
    "511002202507020014",
    "何*明",
    "t_town",
    123450,
    3,
    0.5,
    date(2025, 7, 2),
    datetime(2025, 7, 2, 9, 5, 0),
    True,
)
EMPTY = Line("002", None, None, None, None, None, None, None, None)
ITEM = Item(
    "Z-1",
    -100000,
    ("低保", "特困"),
    (
        Step(datetime(2025, 7, 1, 8, 0), "t_open", ()),
        Step(datetime(2025, 7, 2, 8, 0), "t_town", (File("照片.jpg", 2), File("a|b.pdf", 1))),
    ),
    {"t_count": 2, "left": {"t_name": "何*明", "t_day": date(2025, 7, 2)}},
)


def named(t_name: str) -> Line:
    """A line with nothing but a name."""
    return Line("1", t_name, None, None, None, None, None, None, None)


@pytest.fixture
def lines() -> Table:
    return table_of(Line, [FULL, EMPTY])


@pytest.fixture
def no_lines() -> Table:
    return table_of(Line, [])


@pytest.fixture
def item() -> Table:
    return table_of(Item, [ITEM], single=True)


@pytest.fixture
def items() -> Table:
    return table_of(Item, [ITEM, Item("Z-2", 1, (), (), None)])


@pytest.fixture
def with_name():  # type: ignore[no-untyped-def]
    """A list of lines with these names and nothing else."""
    return lambda *names: table_of(Line, [named(name) for name in names])
