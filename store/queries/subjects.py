"""What a number stands for: a case, a batch, a failure, a payment or an item, within a viewer's scope."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from store.errors import NotFound
from store.models.failures import failure_payment
from store.models.ledger import item
from store.models.payments import payment
from store.models.posts import Viewer
from store.plain import plain
from store.queries.filters import check_choice
from store.queries.origins import row_of
from store.queries.scope import within

# a payment that failed is meant as a failure, unless it is asked for as a payment
KINDS = ("case", "batch", "failure", "payment", "item")


@dataclass(frozen=True, slots=True)
class Subject:
    """Something by its kind and own number (a failure's is that of its first payment), and where it lies."""

    kind: str
    no: str
    region: str | None = None
    programme: str | None = None


def subject(connection: Connection, viewer: Viewer, no: str, kind: str | None = None) -> Subject:
    """What a number stands for; NotFound where there is nothing within scope, WrongUsage for no kind."""
    check_choice("kind", kind, KINDS)
    number = plain(no)
    for each in (kind,) if kind else KINDS:
        if each == "item":
            seen = within(viewer, item.c.region_code, code=item.c.programme_code)
            found = connection.execute(select(item).where(item.c.item_no == number, seen)).one_or_none()
            if found is not None:
                return Subject(each, found.item_no, found.region_code, found.programme_code)
        else:
            row = row_of(connection, viewer, each, number)
            if row is not None:
                return Subject(each, row.ref, row.region_code or None, row.programme_code)
    raise NotFound("not_found", no=no)


def numbers_of(connection: Connection, kind: str, no: str) -> set[str]:
    """Every number by which acts name a subject: any payment of its chain names a failure."""
    if kind not in ("failure", "payment"):
        return {no}
    member = failure_payment.alias()
    own = select(payment.c.payment_id).where(payment.c.payment_no == no).scalar_subquery()
    chain = select(member.c.failure_id).where(member.c.payment_id == own).scalar_subquery()
    query = (
        select(payment.c.payment_no)
        .join(failure_payment, failure_payment.c.payment_id == payment.c.payment_id)
        .where(failure_payment.c.failure_id == chain)
    )
    return {no} if kind == "payment" else {no, *connection.scalars(query)}
