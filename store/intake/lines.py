"""Lines on their way in: the texts of a chunk, column by column, and what they mean to the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from store.models.feed import Feed
from store.models.values import LONGEST, kept

if TYPE_CHECKING:
    from store.arrays import Column, Texts

T = TypeVar("T")
DOUBTFUL = frozenset({"bad_citizen_id", "bad_card_no", "destroyed_by_spreadsheet"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line: the field (None for the whole line), the reason code, and the text."""

    field: str | None
    code: str
    value: str | None = None


@dataclass
class Lines:
    """Lines of one feed that give the same fields: where each came from, its texts, and its values.

    `texts` and `values` are columns by field name, `values` as the store keeps them; `faults` are the lines
    that cannot land, `doubts` those that land though an ID or card is wrong, both by the line's place;
    `odd` are by field and place the texts of IDs that came wrong.
    """

    feed: Feed
    file_ids: Sequence[int]
    numbers: Sequence[int]
    texts: Mapping[str, Texts | Sequence[str | None]]
    values: dict[str, Column] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)
    doubts: dict[int, Fault] = field(default_factory=dict)
    odd: dict[str, dict[int, str]] = field(default_factory=dict)

    def raw(self, place: int) -> str:
        """A line whole, as JSON from field to text."""
        said = {name: column[place] or "" for name, column in self.texts.items()}
        return json.dumps(said, ensure_ascii=False)

    def part(self, start: int, end: int) -> Lines:
        """The lines from one place up to but without another."""
        from store.arrays import sliced

        if start == 0 and end == len(self.numbers):
            return self
        return Lines(
            self.feed,
            self.file_ids[start:end],
            self.numbers[start:end],
            {name: sliced(column, start, end) for name, column in self.texts.items()},
            {name: sliced(column, start, end) for name, column in self.values.items()},
            _shifted(self.faults, start, end),
            _shifted(self.doubts, start, end),
            {name: _shifted(texts, start, end) for name, texts in self.odd.items()},
        )


def _shifted(by_place: Mapping[int, T], start: int, end: int) -> dict[int, T]:
    return {place - start: each for place, each in by_place.items() if start <= place < end}


def check(lines: Lines) -> None:
    """Read every column of `lines`."""
    from store.intake.reading import read

    wrong: dict[int, list[Fault]] = {}
    for spec in lines.feed.fields:
        texts = lines.texts.get(spec.name)
        if texts is None:
            continue
        found = read(spec, texts)
        lines.values[spec.name] = found.values
        if found.odd:
            lines.odd[spec.name] = found.odd
        for place, code in found.codes.items():
            value = "" if code == "missing" else kept(texts[place] or "")
            wrong.setdefault(place, []).append(Fault(spec.name, code, value))
    for place in sorted(wrong):
        faults = wrong[place]
        only_doubtful = lines.feed.lands_doubtful and all(
            fault.code in DOUBTFUL and len(fault.value or "") <= LONGEST for fault in faults
        )
        (lines.doubts if only_doubtful else lines.faults)[place] = faults[0]


def freed(feed: Feed, rows: Sequence[tuple[int, int, str]]) -> list[Lines]:
    """Lines that were kept as JSON, read again, in their order; `rows` are (file_id, line, raw).

    Neighbours that give the same fields come together.
    """
    records = [(file_id, line, json.loads(raw)) for file_id, line, raw in rows]
    found = []
    for names, group in groupby(records, key=lambda record: tuple(record[2])):
        some = list(group)
        texts = {name: [record[name] for _, _, record in some] for name in names}
        lines = Lines(feed, [each[0] for each in some], [each[1] for each in some], texts)
        check(lines)
        found.append(lines)
    return found
