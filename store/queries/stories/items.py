"""What was done: the steps of rectification items with their evidence, and the acts that the trace keeps."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, false, or_, select

from store.labels import word
from store.lookup import rows_where
from store.models.ledger import item, item_step, step_evidence
from store.models.rectification import Step, state_of
from store.models.reference import unit
from store.models.trace import event
from store.queries.ledger import standing
from store.queries.scope import within
from store.queries.stories.happenings import Asked, Happening, joined

TOLD_BY_FACTS = ("failed.", "ledger.")
LOOKED_AT = ("receipt", "story")


def about(asked: Asked, sources: Collection[str], numbers: Collection[str]) -> Iterator[Happening]:
    """Every step of the items that came from one of these records."""
    own = item.c.source.in_(sorted(sources)) & item.c.source_ref.in_(sorted(numbers))
    yield from steps(asked, own if numbers else false())


def steps(asked: Asked, where: ColumnElement[bool]) -> Iterator[Happening]:
    """Every step of the items that a condition holds of, within scope."""
    items = {row.item_id: row for row, _ in standing(asked.connection, asked.viewer, asked.as_of, where)}
    rows = rows_where(asked.connection, select(item_step), item_step.c.item_id, list(items))
    rows = sorted((row for row in rows if row.at <= asked.end), key=lambda row: (row.item_id, row.seq))
    evidence = _evidence(asked, [row.step_id for row in rows])
    units = _units(asked, {row.unit_code for row in rows if row.unit_code})
    recovered: dict[int, int | None] = {}
    for row in rows:
        state = state_of(row.after)
        amount = items[row.item_id].amount if row.step == Step.OPEN else None
        if state.recovered != recovered.get(row.item_id):
            amount = recovered[row.item_id] = state.recovered
        title = items[row.item_id].title if row.step == Step.OPEN else None
        due = asked.say("story.due", day=row.due_on) if row.due_on else None
        files = (
            asked.say("story.evidence", names=", ".join(names))
            if (names := evidence.get(row.step_id))
            else None
        )
        to_unit = row.unit_code and units.get(row.unit_code, row.unit_code)
        detail = joined(title, to_unit, row.responsible, due, row.why, files, by=asked.say("story.comma"))
        yield Happening(row.at, f"item_{row.step}", row.post, detail, amount, items[row.item_id].item_no)


def _evidence(asked: Asked, step_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = rows_where(asked.connection, select(step_evidence), step_evidence.c.step_id, step_ids)
    for row in sorted(rows, key=lambda row: (row.step_id, row.place)):
        found.setdefault(row.step_id, []).append(row.name)
    return found


def _units(asked: Asked, codes: Collection[str]) -> dict[str, str]:
    query = select(unit.c.unit_code, unit.c.name)
    rows = rows_where(asked.connection, query, unit.c.unit_code, codes)
    return {row.unit_code: row.name for row in rows}


def acts(asked: Asked, kinds: Collection[str], numbers: Collection[str]) -> Iterator[Happening]:
    """The acts on these records that nothing else tells of, each on the day that it was dated."""
    e = event.c
    query = select(event).where(
        e.subject_kind.in_([*kinds, *LOOKED_AT]),
        or_(e.post == asked.viewer.post.code, within(asked.viewer, e.region_code)),
    )
    rows = rows_where(asked.connection, query.order_by(e.seq), e.subject, numbers)
    for row in sorted(rows, key=lambda row: int(row.seq)):
        if not row.verb.startswith(TOLD_BY_FACTS):
            why = json.loads(row.detail).get("why")
            detail = joined(word("verb", row.verb, asked.lang), why, by=asked.say("story.comma"))
            yield Happening(_dated(row), "act", joined(row.post, row.login), detail, None, row.subject)


def _dated(row: Row[Any]) -> datetime:
    """A look happens when it happens, whatever day was looked at; another act on the day it was given."""
    at: datetime = row.at
    return at if row.subject_kind in LOOKED_AT else datetime.combine(row.as_of, at.time())


def as_own(found: Iterator[Happening], no: str) -> Iterator[Happening]:
    """The happenings of a story's own subject, which need not name it in every row."""
    return (replace(each, ref=None) if each.ref == no else each for each in found)
