"""Record that all that is outstanding of a failed payment went back to the treasury by a voucher."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from console.act_plans import ActPlan, Change, Done, Look
from console.acts._fields import WHY_NEEDED
from console.forms import Field, Given
from console.subjects import Subject
from store.errors import NotDone
from store.models.posts import Actor
from store.tables import Kind


def look(connection: Connection, actor: Actor, subjects: Sequence[Subject]) -> Look:
    """What has nothing outstanding has nothing to refund."""
    settled = [subject.no for subject in subjects if not subject.fact("outstanding")]
    return Look({no: NotDone("nothing_outstanding", no=no) for no in settled})


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Record the refund."""
    from store.services import failures

    made = failures.refund(connection, actor, subject.no, given.values["voucher"], given.values["why"])
    told = (
        Change("voucher", None, made.voucher),
        Change("outstanding", made.amount, 0, Kind.MONEY),
        Change("on_date", None, made.on_date, Kind.DAY),
    )
    return Done(made.payment_no, told)


# a voucher stands for one refund: many rows cannot share it
ACT = ActPlan(
    "refund",
    "U",
    130,
    frozenset({"failure"}),
    (Field("voucher", required=True), WHY_NEEDED),
    do,
    look,
    many=False,
)
