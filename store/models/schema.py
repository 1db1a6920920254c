"""Every table of the store, gathered on one metadata."""

from __future__ import annotations

from store.models import (
    attention,
    claims,
    failures,
    figures,
    intake,
    ledger,
    payments,
    posts,
    reference,
    rules,
    trace,
)
from store.models.columns import metadata

__all__ = ["metadata"]

MODULES = (attention, claims, failures, figures, intake, ledger, payments, posts, reference, rules, trace)

# What an index is partial to is said for SQLite and holds for PostgreSQL too; one that is whole on SQLite has
# it in its info. It is told here, to migrations alone: the models would have to import all of that dialect.
for _table in metadata.tables.values():
    for _index in _table.indexes:
        _where = _index.info.get("postgresql_where", _index.dialect_options["sqlite"]["where"])
        if _where is not None:
            _index.dialect_options["postgresql"]["where"] = _where
