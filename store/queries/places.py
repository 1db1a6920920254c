"""Which place a person means by a code or a name, and what places are called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, String, and_, func, literal, or_, select, type_coerce

from store.errors import WrongUsage
from store.models.columns import Big, Region
from store.models.posts import Viewer
from store.models.reference import region
from store.plain import plain
from store.queries.scope import places_within

_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
_LEVELS = (2, 4, 6, 9, 12)
MOST_PLACES = 10


def names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """The stored names of places, by code; one that is not stored is left out."""
    wanted = sorted(set(codes))
    query = select(region.c.region_code, region.c.name).where(region.c.region_code.in_(wanted))
    return {row.region_code: row.name for row in connection.execute(query)}


def counties(connection: Connection, viewer: Viewer) -> dict[str, str]:
    """The names of all counties within the post's scope, by code."""
    code = region.c.region_code
    # the length of a code is the last two digits of what is stored (see pack_region)
    query = select(code, region.c.name).where(type_coerce(code, Big) % 100 == 6, places_within(viewer, code))
    return {row.region_code: row.name for row in connection.execute(query.order_by(code))}


def resolve(connection: Connection, viewer: Viewer, text: str, county_only: bool = False) -> str:
    """The code of the place that `text` names within the post's scope.

    A text is a code, or a name: whole, with its parents, or without its last character. A code need not be
    stored. WrongUsage (county_unknown, county_ambiguous) where it names none, or several.
    """
    named = plain(text)
    if _CODE.fullmatch(named):
        code = _shorter(connection, named)
        allowed = connection.scalar(select(places_within(viewer, literal(code, Region))))
        found = [code] if allowed and (not county_only or len(code) == 6) else []
    else:
        found = _by_name(connection, viewer, named, county_only)
    if not found:
        raise WrongUsage("county_unknown", county=text)
    if len(found) > 1:
        raise WrongUsage("county_ambiguous", county=text, places=_listed(connection, found))
    return found[0]


def _shorter(connection: Connection, code: str) -> str:
    """A code with trailing zeros is the shorter place, unless it is stored as it stands."""
    stored = connection.scalar(select(region.c.name).where(region.c.region_code == code))
    if stored is None:
        for length in (9, 6):
            if len(code) > length and not code[length:].strip("0"):
                code = code[:length]
    return code


def _by_name(connection: Connection, viewer: Viewer, named: str, county_only: bool) -> list[str]:
    if not named:
        return []
    name = region.c.name
    text = literal(named, String)
    cut = func.substr(name, 1, func.length(name) - 1)
    spare = func.length(text) - func.length(name)  # how many characters stand before a name at the end
    whole_ends = and_(spare >= 0, func.substr(text, spare + 1) == name)
    cut_ends = and_(spare >= -1, cut != "", func.substr(text, spare + 2) == cut)
    query = select(region.c.region_code, name).where(
        or_(whole_ends, cut_ends), places_within(viewer, region.c.region_code)
    )
    if county_only:
        # the length of a code is the last two digits of what is stored (see pack_region)
        query = query.where(type_coerce(region.c.region_code, Big) % 100 == 6)
    rows = connection.execute(query.order_by(region.c.region_code)).all()
    parents = names(connection, {part for row in rows for part in _above(row.region_code)})
    whole = [row.region_code for row in rows if _is_called(row.region_code, row.name, named, parents)]
    return whole or [
        row.region_code
        for row in rows
        if len(row.name) > 1 and _is_called(row.region_code, row.name[:-1], named, parents)
    ]


def _above(code: str) -> list[str]:
    return [code[:length] for length in _LEVELS if length < len(code)]


def _is_called(code: str, name: str, text: str, parents: dict[str, str]) -> bool:
    """Whether `text` is the name behind any of its parents' names, in order (市辖区 may be left out)."""
    if not text.endswith(name):
        return False
    heads = {""}
    for parent in _above(code):
        heads |= {head + parents.get(parent, "") for head in heads}
    return text.removesuffix(name) in heads


def _listed(connection: Connection, codes: list[str]) -> str:
    shown = codes[:MOST_PLACES]
    known = names(connection, {part for code in shown for part in (code, *_above(code)[-1:])})
    texts = [
        f"{code} {''.join(known.get(part, '') for part in (*_above(code)[-1:], code))}" for code in shown
    ]
    return ", ".join(texts) + (" …" if len(codes) > MOST_PLACES else "")
