"""Hits of warning rules as they stood at the end of a day, within a post's scope."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, true

from store import identity
from store.choices import coded
from store.errors import NotFound
from store.models.columns import county_of, end_of
from store.models.ledger import item
from store.models.posts import Viewer
from store.models.rule import SEVERITIES, VERDICTS, HitStatus
from store.models.rules import hit, hit_event
from store.money import yuan
from store.plain import plain
from store.queries import places, programmes
from store.queries.filters import check_choice
from store.queries.people import People, people_of
from store.queries.scope import inside, within
from store.tables import Code, Digits, Fen, Flag, Kind, Moment

STATUSES = tuple(HitStatus)
State = Annotated[str, Kind.CODE, "hit_status"]
SORTED = {code: place for place, code in enumerate(SEVERITIES)}


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit: what a rule says of a subject, where that lies, and what a person said of it."""

    hit_no: Digits
    rule: Digits
    title: str
    severity: Code
    action: Code
    subject_kind: Code
    subject_no: Digits
    programme_code: str | None
    programme: str | None
    period: str | None
    region_code: Digits | None
    county: str | None
    person_id: Digits | None
    name: str | None
    amount: Fen | None
    at_risk: Fen | None
    first_seen: Moment
    last_seen: Moment
    status: State
    verdict: Code | None
    class_: Code | None
    held: Flag
    item_no: Digits | None


@dataclass(frozen=True, slots=True)
class HitStepRow:
    """A step of a hit: when, what, by whom and why."""

    at: Moment
    step: Code
    post: str
    status: State
    verdict: Code | None
    class_: Code | None
    why: str | None


@dataclass(frozen=True)
class HitShown(HitRow):
    """A hit with both sides of the comparison, the age of the other side's data, and its steps."""

    facts: dict[str, object]
    version: int
    steps: tuple[HitStepRow, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which hits are listed; None is no narrowing. `region` is a code; `severity` and `verdict` codes."""

    rule: str | None = None
    severity: str | None = None
    region: str | None = None
    programme: str | None = None
    status: str | None = None
    verdict: str | None = None

    def asked(self) -> dict[str, object]:
        """The narrowings that are asked for, for the trace."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def listed(
    connection: Connection, viewer: Viewer, as_of: date, wanted: Wanted, titles: Mapping[str, str]
) -> list[HitRow]:
    """The hits in scope: the most severe first, then by number; `titles` are the rules' by their codes."""
    severity = coded("severity", SEVERITIES, wanted.severity)
    verdict = coded("verdict", VERDICTS, wanted.verdict)
    check_choice("status", wanted.status, STATUSES)
    parts: list[ColumnElement[bool]] = [true()]
    if wanted.rule is not None:
        parts.append(hit.c.rule == plain(wanted.rule).upper())
    if severity is not None:
        parts.append(hit.c.severity == severity)
    if wanted.region is not None:
        parts.append(inside(hit.c.region_code, wanted.region))
    if wanted.programme is not None:
        parts.append(hit.c.programme_code == wanted.programme)
    if wanted.status is not None:
        parts.append(hit_event.c.status == wanted.status)
    if verdict is not None:
        parts.append(hit_event.c.verdict == verdict)
    rows = list(connection.execute(_as_it_stood(viewer, as_of).where(*parts)))
    rows.sort(key=lambda row: (SORTED[row.severity], row.hit_no))
    return rows_of(connection, viewer, rows, titles)


def _as_it_stood(viewer: Viewer, as_of: date) -> Select[Any]:
    """Hits that had appeared by the end of a day, each with the latest of its steps by then."""
    e = hit_event.alias("latest")
    last = (
        select(e.c.hit_id, func.max(e.c.seq).label("seq"))
        .where(e.c.at <= end_of(as_of))
        .group_by(e.c.hit_id)
        .subquery("last_step")
    )
    then = (hit_event.c.status, hit_event.c.verdict, hit_event.c["class"])
    own = [column for column in hit.c if column.name not in ("status", "verdict", "class")]
    return (
        select(*own, *then)
        .join(last, last.c.hit_id == hit.c.hit_id)
        .join(hit_event, and_(hit_event.c.hit_id == last.c.hit_id, hit_event.c.seq == last.c.seq))
        .where(within(viewer, hit.c.region_code, code=hit.c.programme_code))
    )


def found(connection: Connection, viewer: Viewer, as_of: date, hit_no: str) -> Row[Any]:
    """One hit by its number; NotFound where it is not there, or not within scope."""
    no = plain(hit_no).upper()
    row = connection.execute(_as_it_stood(viewer, as_of).where(hit.c.hit_no == no)).one_or_none()
    if row is None:
        raise NotFound("not_found", no=hit_no)
    return row


def shown(
    connection: Connection, viewer: Viewer, as_of: date, hit_no: str, titles: Mapping[str, str]
) -> HitShown:
    """One hit with both sides of the comparison; NotFound where it is not there, or not within scope."""
    row = found(connection, viewer, as_of, hit_no)
    facts = json.loads(row.facts)
    people = people_of(connection, viewer, (), names=False)
    day = facts.pop("data_as_of")
    sides: dict[str, object] = {side: _masked(people, told) for side, told in facts.items()}
    age = (as_of - date.fromisoformat(day)).days if day else None
    e = hit_event.c
    steps = connection.execute(
        select(e.at, e.step, e.post, e.status, e.verdict, e["class"], e.why)
        .where(e.hit_id == row.hit_id, e.at <= end_of(as_of))
        .order_by(e.seq)
    )
    head = rows_of(connection, viewer, [row], titles)[0]
    return HitShown(
        **{name: getattr(head, name) for name in HitRow.__slots__},
        facts={**sides, "data_as_of": day, "age_days": age},
        version=row.version,
        steps=tuple(HitStepRow(*step) for step in steps),
    )


def rows_of(
    connection: Connection, viewer: Viewer, rows: Sequence[Row[Any]], titles: Mapping[str, str]
) -> list[HitRow]:
    """Hits as they are shown to a viewer."""
    people = people_of(connection, viewer, {row.person_id for row in rows})
    counties = places.names(connection, {county_of(row.region_code or "") or "" for row in rows} - {""})
    called = programmes.names(connection)
    items = _items(connection, {row.hit_no for row in rows})
    return [
        HitRow(
            row.hit_no,
            row.rule,
            titles.get(row.rule, row.rule),
            row.severity,
            row.action,
            row.subject_kind,
            _subject(people, row.subject_kind, row.subject_no),
            row.programme_code,
            called.get(row.programme_code),
            row.period,
            row.region_code,
            counties.get(county_of(row.region_code or "") or ""),
            people.number(row.person_id),
            people.name(row.person_id),
            row.amount,
            row.at_risk,
            row.first_seen,
            row.last_seen,
            row.status,
            row.verdict,
            row._mapping["class"],
            bool(row.held),
            items.get(row.hit_no),
        )
        for row in rows
    ]


def _items(connection: Connection, numbers: set[str]) -> dict[str, str]:
    """The last item that was opened from each hit."""
    if not numbers:
        return {}
    query = (
        select(item.c.source_ref, item.c.item_no).where(item.c.source == "warning").order_by(item.c.item_id)
    )
    return {row.source_ref: row.item_no for row in connection.execute(query) if row.source_ref in numbers}


def _subject(people: People, kind: str, no: str) -> str:
    """A subject's number as it is shown: those of people and cards are personal."""
    if people.viewer.reveal:
        return no
    if kind == "person":
        return identity.mask_id(no)
    return identity.mask_card(no) if kind == "card" else no


def _masked(people: People, side: Mapping[str, Any]) -> dict[str, object]:
    return {key: _shown(people, key, value) for key, value in side.items()}


def _shown(people: People, key: str, value: Any) -> object:
    """A fact as it is shown, by the field that its key names."""
    if value is None:
        return None
    if key in ("person_id", "payee_id", "owner_id", "keeper_id"):
        text = identity.unpack_id(value) if isinstance(value, int) else value
        return text if people.viewer.reveal else identity.mask_id(text)
    if key in ("name", "payee_name"):
        return people.shown(value)
    if key == "card_no":
        return people.card(value)
    if key == "phone":
        return people.phone(value)
    if key in MONEY and isinstance(value, int):
        return yuan(value)
    if key == "region_code" or not isinstance(value, str):
        return value
    return people.text(value)


MONEY = frozenset(
    {
        *("amount", "standard", "expected_amount", "outstanding", "value"),
        *("credited_amount", "refunded_amount"),
    }
)
