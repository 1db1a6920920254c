"""Gives lines the ids of the rows they name, and finds out which of those are not stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select, type_coerce
from sqlalchemy.types import TypeDecorator

from store.intake.lines import Fault, Lines, Odd
from store.lookup import by_number, rows_where
from store.models.columns import pack_region, unpack_region
from store.models.feed import Feed, FieldKind, Link, Missing
from store.models.reference import odd_identity, region, unit


@dataclass
class Linked:
    """Columns as the target keeps them, and what keeps single lines out, by their place."""

    columns: dict[str, list[Any]]
    unknown: dict[int, Fault] = field(default_factory=dict)
    waiting: dict[int, tuple[str, str]] = field(default_factory=dict)  # (feed, key)


def normal(connection: Connection, lines: Lines, places: Sequence[int]) -> dict[str, list[Any]]:
    """The lines at `places` in columns of the target: places, people and empty parts of keys in one form.

    Links are still the texts that the lines name.
    """
    feed, target = lines.feed, lines.feed.target
    columns: dict[str, list[Any]] = {}
    for name, values in lines.values.items():
        columns[feed.column(name)] = [values[place] for place in places]
    for spec in feed.fields:
        if spec.kind is FieldKind.REGION and spec.name in columns:
            names = columns["name"] if feed.name == "regions" else None
            columns[spec.name] = _places(connection, columns[spec.name], names)
        if spec.kind is FieldKind.CITIZEN_ID and spec.name in columns:
            columns[spec.name] = _people(connection, columns[spec.name])
    for column, codes in target.coded.items():
        if column in columns:
            columns[column] = [None if code is None else codes.index(code) for code in columns[column]]
    for column, empty in target.empty.items():
        given = columns.get(column, [None] * len(places))
        columns[column] = [empty if value is None else value for value in given]
    return columns


def link(
    connection: Connection, feed: Feed, columns: dict[str, list[Any]], beside: Collection[str] = ()
) -> Linked:
    """Lines in columns of their target with their links resolved; `columns` are changed.

    `beside` are the units that the same lines bring.
    """
    linked = Linked(columns)
    for each in feed.target.links:
        if each.column in columns:
            _resolve(connection, linked, each, beside if each.column == "parent_code" else ())
    if feed.target.home:
        columns["home"] = [home_of(code) for code in columns["region_code"]]
    return linked


def units_beside(connection: Connection, columns: dict[str, list[Any]]) -> set[str]:
    """The units among lines of units whose parents are stored, or are such units themselves."""
    codes = columns["unit_code"]
    above = columns.get("parent_code", [None] * len(codes))
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


def home_of(packed: int) -> int:
    """The county's six digits of a packed region, 0 above a county."""
    return packed // 10**8 if packed % 100 >= 6 else 0


def _resolve(connection: Connection, linked: Linked, each: Link, beside: Collection[str]) -> None:
    texts = linked.columns[each.column]
    wanted = {text for text in texts if text is not None and text not in each.besides}
    brought = [each.number.table.c[name] for name in each.brings.values()]
    found = by_number(connection, each.number, [raw_column(each.row_id), *map(raw_column, brought)], wanted)
    if each.missing is Missing.MADE and len(found) < len(wanted):
        made = sorted(wanted - set(found))
        connection.execute(insert(each.number.table), [{each.number.name: text} for text in made])
        found |= by_number(connection, each.number, [raw_column(each.row_id)], made)
    found |= {code: (code,) for code in beside}
    ids: list[Any] = []
    for position, text in enumerate(texts):
        if text is None or text in each.besides:
            ids.append(text)
            continue
        row = found.get(text)
        ids.append(row[0] if row else None)
        if row is None and each.missing is Missing.HELD:
            linked.waiting.setdefault(position, (each.feed, text))
        elif row is None:
            linked.unknown.setdefault(position, Fault(each.field, each.missing.value, text))
    linked.columns[each.column] = ids
    for offset, column in enumerate(each.brings, start=1):
        linked.columns[column] = [found[text][offset] if text in found else None for text in texts]


def raw_column(column: Any) -> Any:
    """A column as the database keeps it, past what Python would make of it."""
    kind = column.type
    return type_coerce(column, kind.impl) if isinstance(kind, TypeDecorator) else column


def _people(connection: Connection, values: list[Any]) -> list[Any]:
    """IDs as integers; one that came wrong is known by a negative number, its text kept once."""
    odd = {value.text for value in values if isinstance(value, Odd)}
    if not odd:
        return values
    columns = [odd_identity.c.odd_id]
    known = by_number(connection, odd_identity.c.text, columns, odd)
    if new := sorted(odd - set(known)):
        connection.execute(insert(odd_identity), [{"text": text} for text in new])
        known |= by_number(connection, odd_identity.c.text, columns, new)
    return [-known[value.text][0] if isinstance(value, Odd) else value for value in values]


def _places(connection: Connection, values: list[Any], names: list[str] | None) -> list[Any]:
    """Codes with trailing zeros as the shorter place, where `regions` has no line of its own for the longer.

    `names` are those of the places, where the lines are lines of `regions` themselves.
    """
    shorter = {value: _shorter(unpack_region(value)) for value in set(values) if value is not None}
    padded = {value: forms for value, forms in shorter.items() if forms}
    if not padded:
        return values
    asked = {unpack_region(value) for value in padded} | {code for codes in padded.values() for code in codes}
    query = select(region.c.region_code, region.c.name)
    stored = {row.region_code: row.name for row in rows_where(connection, query, region.c.region_code, asked)}
    if names is not None:
        mapped = _places_named(stored, values, names)
    else:
        mapped = {
            value: pack_region(next((form for form in forms if form in stored), forms[-1]))
            for value, forms in padded.items()
            if unpack_region(value) not in stored
        }
    return [mapped.get(value, value) for value in values]


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
