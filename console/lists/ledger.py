"""Rectification items: what is open, all, or what is overdue."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.lists._pages import pages
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

    def asked(connection: Connection, viewer: Viewer, as_of: date) -> tuple[date, str | None]:
        from store.queries.places import resolve

        county = options.get("county")
        return as_of, resolve(connection, viewer, county, county_only=True) if county is not None else None

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import ledger

        _, place = asked(connection, viewer, as_of)
        filters = ledger.Filters(
            "all" in options,
            options.get("status"),
            place,
            "overdue" in options,
            "waiting" in options,
            options.get("to"),
        )
        return table_of(ledger.LedgerRow, ledger.listed(connection, viewer, as_of, filters))

    title = next(
        (f"console.view.ledger.{each}" for each in ("overdue", "waiting", "to", "all") if each in options), ""
    )
    told_apart = {"status", "overdue", "waiting", "to"} & set(options)
    paged = pages("ledger", "LedgerRow", asked) if "all" in options and not told_apart else None
    return ListPlan("ledger", ask, ("item_no",), COLUMNS, ("item_no",), title, pages=paged)


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
