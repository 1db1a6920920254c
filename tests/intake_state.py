"""What a store holds after imports, in words of the contract: no ids, no times of the clock."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from store.identity import unpack_id
from store.models.claims import claim, notice, pause, stage_visit
from store.models.failures import failure, failure_event, failure_payment
from store.models.intake import COUNTS, doubtful, file_seen, held, history, reject, source_file
from store.models.payments import (
    balance,
    batch,
    feedback,
    fund_entry,
    list_entry,
    message,
    payment,
    payment_return,
    person_payment,
)
from store.models.reference import (
    card,
    deadline,
    odd_identity,
    person,
    programme,
    region,
    standard,
    unit,
    wording,
)

TABLES = {
    "regions": region,
    "units": unit,
    "programmes": programme,
    "standards": standard,
    "deadlines": deadline,
    "people": person,
    "cards": card,
    "cases": claim,
    "stages": stage_visit,
    "pauses": pause,
    "notices": notice,
    "batches": batch,
    "payments": payment,
    "returns": payment_return,
    "feedback": feedback,
    "messages": message,
    "funds": fund_entry,
    "balances": balance,
    "lists": list_entry,
}
OWN_IDS = {"claim_id", "batch_id", "payment_id", "unit_id", "programme_id", "visit_id", "wording_id"}


class Names:
    """What the ids of a store stand for."""

    def __init__(self, connection: Connection) -> None:
        def pairs(one: Any, other: Any) -> dict[Any, Any]:
            return {row[0]: row[1] for row in connection.execute(select(one, other))}

        payments = pairs(payment.c.payment_id, payment.c.payment_no)
        self.odd = pairs(odd_identity.c.odd_id, odd_identity.c.text)
        self.by_column: dict[str, tuple[str, dict[Any, Any]]] = {
            "claim_id": ("case_no", pairs(claim.c.claim_id, claim.c.case_no)),
            "batch_id": ("batch_no", pairs(batch.c.batch_id, batch.c.batch_no)),
            "payment_id": ("payment_no", payments),
            "reissue_of": ("reissue_of", payments),
            "failure_id": ("failure", payments),
            "unit_id": ("unit_code", pairs(unit.c.unit_id, unit.c.unit_code)),
            "programme_id": ("programme_code", pairs(programme.c.programme_id, programme.c.programme_code)),
            "wording_id": ("reason", pairs(wording.c.wording_id, wording.c.text)),
            "file_id": ("file", {0: ""} | pairs(source_file.c.file_id, source_file.c.path)),
        }

    def plain(self, name: str, value: Any) -> tuple[str, Any]:
        """A column and its value in words of the contract."""
        if name in self.by_column:
            field, known = self.by_column[name]
            return field, None if value is None else known[value]
        if name in ("person_id", "guardian_id", "payee_id", "keeper_id", "related_id") and value is not None:
            return name, unpack_id(value) if value > 0 else self.odd[-value]
        if isinstance(value, datetime):
            return name, value.isoformat(" ")
        return name, value.isoformat() if isinstance(value, date) else value


def rows_of(connection: Connection, table: Any, names: Names | None = None) -> list[dict[str, Any]]:
    """The rows of a table in words of the contract; its own ids left out where they stand for nothing."""
    names = names or Names(connection)
    return [
        dict(names.plain(name, value) for name, value in row._mapping.items() if name not in ("visit_id",))
        for row in connection.execute(select(table))
    ]


def figures(connection: Connection) -> dict[str, Counter[str]]:
    """By file what became of its lines."""
    found: dict[str, Counter[str]] = {}
    for row in connection.execute(select(source_file)):
        counts = found.setdefault(row.path, Counter())
        counts.update({name: getattr(row, name) for name in COUNTS})
    return found


def state(connection: Connection) -> dict[str, Any]:
    """Everything that imports leave, but for clocks and ids."""
    found: dict[str, Any] = {}
    tables = {**TABLES, "person_payment": person_payment, "failure": failure, "event": failure_event}
    tables |= {"chain": failure_payment, "reject": reject, "held": held, "doubtful": doubtful}
    names = Names(connection)
    for name, table in tables.items():
        rows = rows_of(connection, table, names)
        for row in rows:
            for own in ("reject_id", "held_id", "doubtful_id"):
                row.pop(own, None)
        found[name] = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    kept = {*OWN_IDS, "reissue_of", "file_id", "person_id", "guardian_id"}
    olds = []
    for row in rows_of(connection, history, names):
        before = {name: value for name, value in json.loads(row["before"]).items() if name not in kept}
        olds.append([row["feed"], row["file"], before])
    found["history"] = sorted(json.dumps(old, ensure_ascii=False, sort_keys=True) for old in olds)
    found["seen"] = sorted(map(str, rows_of(connection, file_seen, names)))
    found["files"] = [
        (row.path, row.sheet, row.feed, row.state, row.last_line, *(getattr(row, name) for name in COUNTS))
        for row in connection.execute(select(source_file).order_by(source_file.c.file_id))
    ]
    return found
