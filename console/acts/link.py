"""Say which payment is the reissue of a failed one, where its file did not say; matches are proposed."""

from __future__ import annotations

from sqlalchemy import Connection

from console.act_plans import ActPlan, Change, Done
from console.acts._fields import WHY_NEEDED
from console.forms import Field, FieldKind, Given, Option
from console.subjects import Subject
from store import money
from store.labels import word
from store.models.posts import Actor


def _matches(connection: Connection, actor: Actor, subject: Subject, lang: str) -> list[Option]:
    from store.queries.matches import proposed

    return [
        Option(
            row.match_no,
            "  ".join(
                [
                    money.grouped(row.amount),
                    word("result", row.result, lang) if row.result else "-",
                    row.settled_on.isoformat() if row.settled_on else "-",
                    row.match_batch_no,
                ]
            ),
        )
        for row in proposed(connection, actor.viewer, actor.as_of, subject.no)
    ]


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Record that the chosen payment reissues this one."""
    from store.services import failures

    made = failures.link(connection, actor, given.values["reissue"], subject.no, given.values["why"])
    told = (Change("reissue", None, made.payment_no), Change("reissue_of", None, made.reissue_of))
    return Done(made.payment_no, told)


ACT = ActPlan(
    "link",
    "L",
    140,
    frozenset({"failure"}),
    (Field("reissue", FieldKind.CHOICE, required=True, options=_matches), WHY_NEEDED),
    do,
    many=False,
)
