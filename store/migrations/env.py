"""Runs migrations on the connection that opening a store hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from store.models.columns import Big, Text
from store.models.schema import metadata


def _plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name plain types: what a type of the program becomes later must not change the past."""
    if kind != "type":
        return False
    if item is Text:
        return "TEXT"
    if item is Big:
        return "BIG"
    return f"sa.{type(item.impl).__name__}()" if isinstance(item, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=_plain_type,
)
context.run_migrations()
