"""Gives lines the ids of the rows they name, and finds out which of those are not stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select

from store.arrays import Column, Ints, Numbers, Texts, column_of, listed, taken
from store.bulk import Named
from store.intake.lines import Fault, Lines
from store.lookup import by_number, rows_where
from store.models.columns import pack_region, raw_column, unpack_region
from store.models.feed import Feed, FieldKind, Link, Missing
from store.models.reference import odd_identity, region, unit


@dataclass
class Linked:
    """Columns as the target keeps them, and what keeps single lines out, by their place.

    `named` are columns that are taken from the rows named as the lines are staged; what is not there is told
    by `miss` then, and `settle` says what becomes of it.
    """

    columns: dict[str, Column]
    unknown: dict[int, Fault] = field(default_factory=dict)
    waiting: dict[int, tuple[str, str]] = field(default_factory=dict)  # (feed, key)
    named: dict[str, Named] = field(default_factory=dict)
    _missed: dict[str, dict[int, str]] = field(default_factory=dict)

    def miss(self, column: str, position: int, text: Any) -> None:
        """A line names what is not stored."""
        self._missed.setdefault(column, {})[position] = text

    def settle(self, feed: Feed) -> None:
        """Of what a line names the first that is missing decides, in the order of the links."""
        for each in feed.target.links:
            for position, text in self._missed.get(each.column, {}).items():
                if each.missing is Missing.HELD:
                    self.waiting.setdefault(position, (each.feed, text))
                else:
                    self.unknown.setdefault(position, Fault(each.field, each.missing.value, text))


def normal(connection: Connection, lines: Lines, places: Ints) -> dict[str, Column]:
    """The lines at `places` in columns of the target: places, people and empty parts of keys in one form.

    Links are still the texts that the lines name.
    """
    feed, target = lines.feed, lines.feed.target
    whole = len(places) == len(lines.numbers)
    columns: dict[str, Column] = {}
    for name, values in lines.values.items():
        columns[feed.column(name)] = values if whole else taken(values, places)
    for spec in feed.fields:
        column = columns.get(spec.name)
        if spec.kind is FieldKind.REGION and isinstance(column, Numbers):
            names = listed(columns["name"]) if feed.name == "regions" else None
            columns[spec.name] = _places(connection, column, names)
        if spec.kind is FieldKind.CITIZEN_ID and isinstance(column, Numbers):
            columns[spec.name] = _people(connection, column, lines.odd.get(spec.name, {}), places)
    for name, codes in target.coded.items():
        if name in columns:
            columns[name] = _coded(columns[name], codes)
    for name, empty in target.empty.items():
        columns[name] = _filled(columns.get(name), empty, len(places))
    return columns


def _coded(column: Column, codes: Sequence[str]) -> Numbers:
    """Codes as their places in a list."""
    which, found = _distinct(column)
    places: Numbers = _of([None if code is None else codes.index(code) for code in found]).take(which)
    return places


def _filled(column: Column | None, empty: Any, count: int) -> Column:
    """A column of a key, with the value that stands for an empty part."""
    if column is None:
        column = [None] * count
    if isinstance(column, Numbers) and column.known is None:
        return column
    if isinstance(column, Texts) and empty == "":
        return Texts(column.cells, "")
    filled = column_of([empty if value is None else value for value in listed(column)])
    return Texts(filled.cells, "") if isinstance(filled, Texts) and empty == "" else filled


def link(
    connection: Connection, feed: Feed, columns: dict[str, Column], beside: Collection[str] = ()
) -> Linked:
    """Lines in columns of their target with their links resolved; `columns` are changed.

    `beside` are the units that the same lines bring.
    """
    linked = Linked(columns)
    for each in feed.target.links:
        if each.column in columns:
            _resolve(connection, linked, each, beside if each.column == "parent_code" else ())
    if feed.target.home:
        columns["home"] = _homes(columns["region_code"])
    return linked


def units_beside(connection: Connection, columns: dict[str, Column]) -> set[str]:
    """The units among lines of units whose parents are stored, or are such units themselves."""
    codes = listed(columns["unit_code"])
    above = listed(columns.get("parent_code", [None] * len(codes)))
    named = {parent for parent in above if parent is not None}
    stored = by_number(connection, unit.c.unit_code, [], named)
    found: set[str] = set()
    while True:
        more = {
            code
            for code, parent in zip(codes, above, strict=True)
            if code not in found and (parent is None or parent in stored or parent in found)
        }
        if not more:
            return found
        found |= more


def _homes(packed: Column) -> Numbers:
    assert isinstance(packed, Numbers)

    return Numbers(np.where(packed.values % 100 >= 6, packed.values // 10**8, 0))


def _resolve(connection: Connection, linked: Linked, each: Link, beside: Collection[str]) -> None:
    """Put the ids of the named rows in the place of the texts that name them."""
    texts = linked.columns[each.column]
    few = None
    if isinstance(texts, Texts):
        few = texts.distinct(always=_one_by_one(each) or bool(beside))
        if few is None:
            brings = {each.column: each.row_id.name, **each.brings}
            linked.named[each.column] = Named(texts, each.number.table.name, each.number.name, brings)
            del linked.columns[each.column]
            return
    which, distinct = few or _distinct(texts)
    found = _named(connection, each, {text for text in distinct if text is not None}, beside)
    ids = [text if text in each.besides else found[text][0] if text in found else None for text in distinct]
    missing = {
        at for at, text in enumerate(distinct) if text not in found and text not in (None, *each.besides)
    }
    linked.columns[each.column] = _of(ids).take(which)
    for offset, column in enumerate(each.brings, start=1):
        values = [found[text][offset] if text in found else None for text in distinct]
        linked.columns[column] = _of(values).take(which)
    if missing:
        for position in np.flatnonzero(np.isin(which, list(missing))).tolist():
            linked.miss(each.column, position, distinct[int(which[position])])


def _one_by_one(each: Link) -> bool:
    """Whether a link takes more than a join: rows are made, some texts name none, or its row is its text."""
    return each.missing is Missing.MADE or bool(each.besides) or each.row_id is each.number


def _named(connection: Connection, each: Link, texts: set[Any], beside: Collection[str]) -> dict[Any, Any]:
    """For each text that names a row the row's id, and what it brings."""
    wanted = texts - each.besides
    brought = [each.number.table.c[name] for name in each.brings.values()]
    found = by_number(connection, each.number, [raw_column(each.row_id), *map(raw_column, brought)], wanted)
    if each.missing is Missing.MADE and len(found) < len(wanted):
        made = sorted(wanted - set(found))
        connection.execute(insert(each.number.table), [{each.number.name: text} for text in made])
        found |= by_number(connection, each.number, [raw_column(each.row_id)], made)
    return found | {code: (code,) for code in beside}


def _distinct(column: Column) -> tuple[Ints, list[Any]]:
    """For each value its place in a list of all that differ."""

    if isinstance(column, Texts):
        found = column.distinct()
        assert found is not None
        return found
    if isinstance(column, Numbers) and column.known is None:
        values, which = np.unique(column.values, return_inverse=True)
        return which.astype(np.int64), values.tolist()
    places: dict[Any, int] = {}
    which = np.array([places.setdefault(value, len(places)) for value in listed(column)], dtype=np.int64)
    return which, list(places)


def _of(values: list[Any]) -> Any:
    """Few values as a column."""
    found = column_of(values)
    assert isinstance(found, Numbers | Texts)
    return found


def _people(connection: Connection, column: Numbers, odd: Mapping[int, str], places: Ints) -> Numbers:
    """IDs as integers; one that came wrong is known by a negative number, its text kept once."""

    here = {}
    if odd:
        at = np.searchsorted(places, list(odd)).tolist()
        count = len(places)
        here = {
            position: text
            for position, (place, text) in zip(at, odd.items(), strict=True)
            if position < count and places[position] == place
        }
    if not here:
        return column
    texts = set(here.values())
    known = by_number(connection, odd_identity.c.text, [odd_identity.c.odd_id], texts)
    if new := sorted(texts - set(known)):
        connection.execute(insert(odd_identity), [{"text": text} for text in new])
        known |= by_number(connection, odd_identity.c.text, [odd_identity.c.odd_id], new)
    values, there = column.values.copy(), np.ones(len(column), dtype=np.bool_)
    if column.known is not None:
        there = column.known.copy()
    for position, text in here.items():
        values[position], there[position] = -known[text][0], True
    return Numbers(values, None if there.all() else there)


def _places(connection: Connection, column: Numbers, names: list[str] | None) -> Numbers:
    """Codes with trailing zeros as the shorter place, where `regions` has no line of its own for the longer.

    `names` are those of the places, where the lines are lines of `regions` themselves.
    """
    which, distinct = _distinct(column)
    shorter = {value: _shorter(unpack_region(value)) for value in distinct if value is not None}
    padded = {value: forms for value, forms in shorter.items() if forms}
    if not padded:
        return column
    asked = {unpack_region(value) for value in padded} | {code for codes in padded.values() for code in codes}
    query = select(region.c.region_code, region.c.name)
    stored = {row.region_code: row.name for row in rows_where(connection, query, region.c.region_code, asked)}
    if names is not None:
        mapped = _places_named(stored, column.tolist(), names)
    else:
        mapped = {
            value: pack_region(next((form for form in forms if form in stored), forms[-1]))
            for value, forms in padded.items()
            if unpack_region(value) not in stored
        }
    found: Numbers = _of([mapped.get(value, value) for value in distinct]).take(which)
    return found


def _places_named(stored: Mapping[str, str], values: list[Any], names: list[str]) -> dict[Any, int]:
    """What codes in a list of regions stand for: one with trailing zeros is a place of its own only beside a
    shorter one of another name, since many lists write every place in twelve digits."""
    said = {unpack_region(value): name for value, name in reversed(list(zip(values, names, strict=True)))}
    known, means = dict(stored), dict[str, str]()
    for code in sorted(said, key=len):
        forms = _shorter(code)
        near = next((means.get(form, form) for form in forms if form in means or form in known), None)
        if not forms or code in stored or (near is not None and known[near] != said[code]):
            means[code] = code
        else:
            means[code] = near or forms[-1]
        known[means[code]] = said[code]
    return {pack_region(code): pack_region(place) for code, place in means.items()}


def _shorter(code: str) -> list[str]:
    """The shorter forms of a code with trailing zeros: 511025000000 -> 511025000, 511025."""
    forms = []
    while len(code) > 6 and code.endswith("000"):
        code = code[:-3]
        forms.append(code)
    return forms
