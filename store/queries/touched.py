"""What files did to a subject: how many of its rows each file brought or changed last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from store.lookup import slices
from store.models.claims import claim, pause, stage_visit
from store.models.payments import batch, feedback, payment, payment_return


def by_file(connection: Connection, kind: str, numbers: Sequence[str]) -> Counter[int]:
    """Rows of a subject by the file they came in with; `numbers` are all that the subject is known by."""
    found: Counter[int] = Counter()
    for some in slices(numbers):
        for query in _queries(kind, some):
            for file_id, count in connection.execute(query):
                found[file_id] += count
    return found


def _queries(kind: str, numbers: Sequence[str]) -> list[Select[Any]]:
    if kind == "case":
        ids = select(claim.c.claim_id).where(claim.c.case_no.in_(numbers))
        return [_counted(table, table.c.claim_id.in_(ids)) for table in (claim, stage_visit, pause)]
    if kind == "batch":
        batches = select(batch.c.batch_id).where(batch.c.batch_no.in_(numbers))
        ids = select(payment.c.payment_id).where(payment.c.batch_id.in_(batches))
        own = [_counted(table, table.c.batch_id.in_(batches)) for table in (batch, payment)]
        return [*own, _counted(payment_return, payment_return.c.payment_id.in_(ids))]
    if kind in ("payment", "failure"):
        ids = select(payment.c.payment_id).where(payment.c.payment_no.in_(numbers))
        tables = (payment, payment_return, feedback)
        return [_counted(table, table.c.payment_id.in_(ids)) for table in tables]
    return []


def _counted(table: Any, where: Any) -> Select[Any]:
    return select(table.c.file_id, func.count()).where(where).group_by(table.c.file_id)
