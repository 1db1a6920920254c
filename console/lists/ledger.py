"""Rectification items: what is open, all, or what is overdue."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.places import Option, Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.models.rectification import STATUSES
from store.tables import Table, table_of

COLUMNS = (
    Shown("item_no", 11, 16, 0),
    Shown("title", 18, 44, 3),
    Shown("unit", 8, 28, 4),
    Shown("status", 8, 12, 1),
    Shown("due_on", 10, 10, 2),
    Shown("overdue_days", 4, 12, 2),
    Shown("responsible", 6, 12, 6),
    Shown("county", 6, 12, 5),
    Shown("category", 8, 16, 7),
    Shown("opened_on", 10, 10, 8),
    Shown("leader", 6, 12, 9),
    Shown("source", 4, 12, 10),
    Shown("amount", 10, 16, 11),
)


def plan(options: Options, lang: str) -> ListPlan:
    """The items that the options ask for."""

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import ledger
        from store.queries.places import resolve

        county = options.get("county")
        place = resolve(connection, viewer, county, county_only=True) if county is not None else None
        asked = ledger.Filters(
            "all" in options,
            options.get("status"),
            place,
            "overdue" in options,
            "waiting" in options,
            options.get("to"),
        )
        return table_of(ledger.LedgerRow, ledger.listed(connection, viewer, as_of, asked))

    title = next(
        (f"console.view.ledger.{each}" for each in ("overdue", "waiting", "to", "all") if each in options), ""
    )
    return ListPlan("ledger", ask, ("item_no",), COLUMNS, ("item_no",), title)


VIEW = View(
    "ledger",
    (
        Option("all", switch=True),
        Option("status", tuple(STATUSES)),
        Option("county"),
        Option("overdue", switch=True),
        Option("waiting", switch=True),
        Option("to"),
    ),
    plan,
    bare="county",
)
