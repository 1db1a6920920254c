"""What a view may be narrowed by; the same for the commands and the console."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, true

from store.errors import WrongUsage
from store.models.posts import Viewer
from store.models.reference import programme
from store.queries.places import resolve
from store.queries.scope import inside


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrowings of a view, each None where it is not asked for; `county` and `region` are codes or names.

    `moved` asks for failures that became outstanding ("new") or were written off ("cleared") from `since` on.
    """

    county: str | None = None
    region: str | None = None
    programme: str | None = None
    stage: str | None = None
    grade: str | None = None
    reason: str | None = None
    since: date | None = None
    without_feedback: bool = False
    everything: bool = False
    moved: str | None = None

    def asked(self) -> dict[str, object]:
        """The narrowings that are asked for, for the trace."""
        return {name: value for name, value in asdict(self).items() if value not in (None, False)}


def narrowed(
    connection: Connection, viewer: Viewer, filters: Filters, region: Any, programme_id: Any
) -> ColumnElement[bool]:
    """That a row lies in the county, region and programme that are asked for."""
    parts: list[ColumnElement[bool]] = [true()]
    if filters.county is not None:
        parts.append(inside(region, resolve(connection, viewer, filters.county, county_only=True)))
    if filters.region is not None:
        parts.append(inside(region, resolve(connection, viewer, filters.region)))
    if filters.programme is not None:
        query = select(programme.c.programme_id).where(programme.c.programme_code == filters.programme)
        found = connection.scalar(query)
        if found is None:
            raise WrongUsage("programme_unknown", programme=filters.programme)
        parts.append(programme_id == found)
    return and_(*parts)


def check_choice(option: str, value: str | None, choices: tuple[str, ...]) -> None:
    """Refuse a choice that there is not, with the list of those that there are."""
    if value is not None and value not in choices:
        raise WrongUsage("bad_choice", option=option, value=value, choices=", ".join(choices))
