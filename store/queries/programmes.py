"""What programmes are called."""

from __future__ import annotations

from sqlalchemy import Connection, select

from store.models.reference import programme


def names(connection: Connection) -> dict[str, str]:
    """The names of all programmes, by code."""
    query = select(programme.c.programme_code, programme.c.name).order_by(programme.c.programme_code)
    return {row.programme_code: row.name for row in connection.execute(query)}


def known(connection: Connection) -> dict[int, tuple[str, str]]:
    """The code and the name of every programme, by its id."""
    query = select(programme.c.programme_id, programme.c.programme_code, programme.c.name)
    return {row.programme_id: (row.programme_code, row.name) for row in connection.execute(query)}
