"""The payments of a batch, or of a person, by the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from console.lists._pages import pages
from console.places import Option, Options
from console.plans import ListPlan, Shown, View
from store.errors import WrongUsage
from store.models.posts import Viewer
from store.tables import Table, table_of

if TYPE_CHECKING:
    from store.queries.payments import Of

COLUMNS = (
    Shown("payment_no", 14, 28, 0),
    Shown("name", 6, 12, 2),
    Shown("amount", 10, 14, 1),
    Shown("status", 6, 12, 1),
    Shown("settled_at", 10, 10, 4),
    Shown("reason", 8, 16, 3),
    Shown("programme", 8, 24, 5),
    Shown("period", 7, 8, 5),
    Shown("card_no", 8, 12, 6),
    Shown("county", 6, 12, 7),
)


def plan(options: Options, lang: str) -> ListPlan:
    """The payments of one batch, or of one person; WrongUsage where it is not said whose."""
    if ("batch" in options) == ("person" in options):
        raise WrongUsage("payments_of")

    def of() -> Of:
        from store.queries.payments import Of

        return Of(options.get("batch"), options.get("person"))

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import payments

        return table_of(payments.PaymentRow, payments.listed(connection, viewer, as_of, of()))

    paged = pages("payments", "PaymentRow", lambda connection, viewer, as_of: (as_of, of()))
    return ListPlan("payments", ask, ("payment_no",), COLUMNS, ("payment_no",), pages=paged)


VIEW = View("payments", (Option("batch"), Option("person")), plan, bare="batch")
