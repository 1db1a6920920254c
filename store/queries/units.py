"""The units that work may be given to: those within a post's places, by code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from store.models.posts import Viewer
from store.models.reference import unit
from store.queries.scope import places_within


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is offered."""

    unit_code: str
    name: str


def listed(connection: Connection, viewer: Viewer) -> list[UnitRow]:
    """The units of the viewer's places, by code."""
    query = select(unit.c.unit_code, unit.c.name).where(places_within(viewer, unit.c.region_code))
    return [UnitRow(row.unit_code, row.name) for row in connection.execute(query.order_by(unit.c.unit_code))]
