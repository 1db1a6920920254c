"""Lines on their way in: the texts of a chunk, column by column, and what they mean to the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from store.models.feed import Feed, FieldKind
from store.models.values import LONGEST, BadValue, kept, reader

DOUBTFUL = frozenset({"bad_citizen_id", "bad_card_no", "destroyed_by_spreadsheet"})


@dataclass(frozen=True, slots=True)
class Odd:
    """An ID that came wrong, as it came."""

    text: str


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
    that cannot land, `doubts` those that land though an ID or card is wrong, both by the line's place.
    """

    feed: Feed
    file_ids: Sequence[int]
    numbers: Sequence[int]
    texts: Mapping[str, Sequence[str]]
    values: dict[str, list[Any]] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)
    doubts: dict[int, Fault] = field(default_factory=dict)

    def raw(self, place: int) -> str:
        """A line whole, as JSON from field to text."""
        return json.dumps({name: column[place] for name, column in self.texts.items()}, ensure_ascii=False)

    def part(self, start: int, end: int) -> Lines:
        """The lines from one place up to but without another."""
        if start == 0 and end == len(self.numbers):
            return self
        return Lines(
            self.feed,
            self.file_ids[start:end],
            self.numbers[start:end],
            {name: column[start:end] for name, column in self.texts.items()},
            {name: column[start:end] for name, column in self.values.items()},
            {place - start: fault for place, fault in self.faults.items() if start <= place < end},
            {place - start: fault for place, fault in self.doubts.items() if start <= place < end},
        )


def check(lines: Lines) -> None:
    """Read every column of `lines`; each distinct text of a column is read once."""
    wrong: dict[int, list[Fault]] = {}
    for spec in lines.feed.fields:
        texts = lines.texts.get(spec.name)
        if texts is None:
            continue
        read = reader(spec)
        known: dict[str, Any] = {}
        codes: dict[str, str] = {}
        for text in set(texts):
            if not text.strip():
                known[text] = None
                if spec.required:
                    codes[text] = "missing"
                continue
            try:
                known[text] = read(text)
            except BadValue as bad:
                codes[text] = bad.code
                known[text] = Odd(kept(text)) if spec.kind is FieldKind.CITIZEN_ID else kept(text)
        lines.values[spec.name] = [known[text] for text in texts]
        if codes:
            for place, text in enumerate(texts):
                if text in codes:
                    value = "" if codes[text] == "missing" else kept(text)
                    wrong.setdefault(place, []).append(Fault(spec.name, codes[text], value))
    for place, faults in wrong.items():
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
