"""`supervise payments`: the payments of a batch, or of a person."""

from __future__ import annotations

from commands.desk import asking, open_desk
from commands.options import Shared, command, option
from commands.output import emit
from store.queries import payments as question
from store.tables import table_of


@command("payments", lists=True)
def list_payments(
    shared: Shared, batch: str | None = option("batch"), person: str | None = option("person")
) -> None:
    """List the payments of a batch, or of the person whom an ID, a case or a payment names."""
    desk = open_desk(shared)
    of = question.Of(batch, person)
    with asking(desk, ("view", "payments"), {"batch": batch, "person": person}) as (connection, viewer):
        rows = question.listed(connection, viewer, desk.as_of, of)
    emit(table_of(question.PaymentRow, rows), desk, "payments")
