"""Screens: asks rules for their subjects and keeps hits in step; one transaction a rule.

A rule and a subject are one hit for good. What a rule finds again is seen again, what it misses when it
looked at everything is gone, and comes back under its number. A rule that breaks says so and stops no other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from store.database import lock_imports
from store.errors import SuperviseError
from store.identity import unpack_id
from store.lookup import rows_where, slices
from store.models.intake import source_file
from store.models.ledger import counter
from store.models.payments import payment
from store.models.posts import Actor
from store.models.rule import SHIPPED, HitStatus, HitStep, Rule
from store.models.rules import hit, hit_event, rule_version, screening
from store.queries.finding import asked_of, settings_of
from store.rules import _known
from store.rules._known import Known
from store.services import trace
from store.services.imported import Writing
from store.tables import Digits, Flag, Number, Rate

OWN = ("subject_no", "programme_code", "period", "region_code", "person_id", "amount", "at_risk")
KEYS = {"notice": ("programme_code", "period", "region_code", "round")}  # keys of several parts
SIDES = ("left", "right")
CHANGEABLE = ("programme_code", "period", "region_code", "person_id", "amount", "at_risk", "facts")


@dataclass(frozen=True, slots=True)
class ScreenedRow:
    """What one rule found; `whole` is whether it looked at everything, `fault` what a broken rule said."""

    rule: Digits
    version: Number
    whole: Flag
    found: Number
    appeared: Number
    returned: Number
    gone: Number
    seconds: Rate
    fault: str | None


@dataclass(frozen=True)
class Reach:
    """From where on a rule looks: the files and payments that it has seen already, None for everything."""

    file_id: int
    payment_id: int


def screen(
    writing: Writing, actor: Actor, codes: Sequence[str] = (), since: date | None = None
) -> list[ScreenedRow]:
    """Run rules, all or those named; with `since` what arrived from that day on, where a rule can tell.

    WrongUsage for a code that there is not.
    """
    chosen = [_known.named(code) for code in codes] or list(_known.every())
    return [_run(writing, actor, each, since) for each in chosen]


def screen_touched(writing: Writing, actor: Actor) -> list[ScreenedRow]:
    """Run the rules whose feeds brought something since they ran last: after an import, on what it took."""
    with writing() as connection:
        due = [each for each in _known.every() if _touched(connection, each)]
    return [_run(writing, actor, each, None, going_on=True) for each in due]


def _last(connection: Connection, code: str) -> Reach | None:
    s = screening.c
    query = select(s.file_id, s.payment_id).where(s.rule == code, s.fault.is_(None))
    row = connection.execute(query.order_by(s.screening_id.desc()).limit(1)).one_or_none()
    return Reach(row.file_id, row.payment_id) if row else None


def _touched(connection: Connection, known: Known) -> bool:
    """Whether anything came that a rule looks at."""
    if known.rule is None:
        return False
    last = _last(connection, known.code) or Reach(0, 0)
    feeds = {*known.rule.feeds, *(("payments",) if known.rule.of_payments else ())}
    return bool(_brought(connection, last.file_id) & feeds) or (
        known.rule.of_payments and _newest_payment(connection) > last.payment_id
    )


def _brought(connection: Connection, after: int) -> set[str]:
    """The feeds that brought rows with files after one."""
    f = source_file.c
    query = select(f.feed).where(f.file_id > after, f.landed + f.updated + f.freed > 0).distinct()
    return {feed for feed in connection.scalars(query) if feed}


def _newest_payment(connection: Connection) -> int:
    return connection.scalar(select(func.max(payment.c.payment_id))) or 0


def _after(connection: Connection, known: Known, since: date | None, going_on: bool) -> int | None:
    """The payment from which on a rule has to look; None where it has to look at everything."""
    if known.rule is None or not known.rule.of_payments:
        return None
    if since is not None:
        files = select(source_file.c.file_id).where(source_file.c.arrived_on >= since)
        first = connection.scalar(select(func.min(payment.c.payment_id)).where(payment.c.file_id.in_(files)))
        return _newest_payment(connection) if first is None else first - 1
    last = _last(connection, known.code) if going_on else None
    if last is None or _brought(connection, last.file_id) & set(known.rule.feeds):
        return None
    return last.payment_id


def _run(
    writing: Writing, actor: Actor, known: Known, since: date | None, going_on: bool = False
) -> ScreenedRow:
    started = time.monotonic()
    try:
        with writing() as connection, connection.begin_nested():
            lock_imports(connection)
            return _screened(connection, actor, known, since, going_on, started)
    except (SuperviseError, OSError):
        raise  # the store is locked, full or gone: no rule's fault
    except Exception as error:  # whatever is wrong with one rule, the others go on
        fault = known.fault or f"{type(error).__name__}: {getattr(error, 'orig', None) or error}"
    row = ScreenedRow(known.code, SHIPPED, False, 0, 0, 0, 0, _since(started), fault.splitlines()[0])
    with writing() as connection:
        _note(connection, actor, row, Reach(0, 0))
    return row


class _Broken(Exception):
    """A rule that did not load."""


def _since(started: float) -> float:
    return round(time.monotonic() - started, 3)


def _screened(
    connection: Connection, actor: Actor, known: Known, since: date | None, going_on: bool, started: float
) -> ScreenedRow:
    if known.rule is None or known.found is None:
        raise _Broken
    settings = settings_of(connection, known.code, actor.as_of)
    after = _after(connection, known, since, going_on)
    reach = Reach(_newest_file(connection), _newest_payment(connection))
    asked = asked_of(connection, known.rule, settings, actor.as_of, after)
    query: Select[Any] = known.found(asked)
    if asked.limited:
        rows = query.subquery("found")
        query = select(rows).where(asked.enabled(rows.c.programme_code, rows.c.region_code))
    findings = [_finding(known.rule, row) for row in connection.execute(query)]
    found = {each["subject_no"]: each for each in findings}
    version = version_of(connection, known.code)
    whole = after is None
    appeared, returned, gone = _keep(connection, actor, known, version, found, whole)
    row = ScreenedRow(known.code, version, whole, len(found), appeared, returned, gone, _since(started), None)
    _note(connection, actor, row, reach)
    if appeared or returned or gone:
        counts = {"found": row.found, "appeared": appeared, "returned": returned, "gone": gone}
        trace.record(
            connection, actor, "rules.screened", ("rule", known.code), {"version": version, **counts}
        )
    return row


def _newest_file(connection: Connection) -> int:
    return connection.scalar(select(func.max(source_file.c.file_id))) or 0


def version_of(connection: Connection, code: str) -> int:
    """The number of a rule's newest version."""
    newest = connection.scalar(select(func.max(rule_version.c.version)).where(rule_version.c.rule == code))
    return newest or SHIPPED


def _note(connection: Connection, actor: Actor, row: ScreenedRow, reach: Reach) -> None:
    values = {name: getattr(row, name) for name in ("rule", "version", "whole", "found", "appeared")}
    values |= {name: getattr(row, name) for name in ("returned", "gone", "seconds", "fault")}
    values |= {"file_id": reach.file_id, "payment_id": reach.payment_id}
    connection.execute(insert(screening).values(at=actor.at, as_of=actor.as_of, **values))


def _finding(rule: Rule, row: Row[Any]) -> dict[str, Any]:
    """What a rule says of a subject, as a hit keeps it."""
    said = row._mapping
    facts: dict[str, Any] = {
        side: {
            name.removeprefix(f"{side}_"): _plain(value)
            for name, value in said.items()
            if name.startswith(f"{side}_")
        }
        for side in SIDES
    }
    facts["data_as_of"] = _plain(said.get("data_as_of"))
    text = json.dumps(facts, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
    own = {name: said.get(name) for name in OWN}
    if rule.subject_kind in KEYS:
        own["subject_no"] = "/".join(str(said[name]) for name in KEYS[rule.subject_kind])
    if rule.subject_kind == "person":  # its 17 digits, as the database has them
        own["subject_no"] = unpack_id(int(said["subject_no"]))
    return {**own, "facts": text}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int) else float(value)


def _keep(
    connection: Connection,
    actor: Actor,
    known: Known,
    version: int,
    found: dict[str, dict[str, Any]],
    whole: bool,
) -> tuple[int, int, int]:
    """Bring the hits of a rule in step with what it found: how many appeared, came back, and are gone."""
    query = select(hit).where(hit.c.rule == known.code)
    stored = (
        list(connection.execute(query))
        if whole
        else rows_where(connection, query, hit.c.subject_no, list(found))
    )
    by_subject = {row.subject_no: row for row in stored}
    _see_again(connection, actor, version, found, stored)
    back = [row for row in stored if row.subject_no in found and row.gone_at is not None]
    _move(connection, actor, version, back, HitStep.RETURNED, HitStatus.OPEN)
    gone = [row for row in stored if row.subject_no not in found and row.gone_at is None] if whole else []
    _move(connection, actor, version, gone, HitStep.GONE, HitStatus.GONE)
    new = [each for subject, each in sorted(found.items()) if subject not in by_subject]
    _add(connection, actor, known, version, new)
    return len(new), len(back), len(gone)


def _see_again(
    connection: Connection,
    actor: Actor,
    version: int,
    found: dict[str, dict[str, Any]],
    stored: Sequence[Row[Any]],
) -> None:
    seen = [row for row in stored if row.subject_no in found]
    for some in slices([row.hit_id for row in seen if row.last_seen < actor.at]):
        connection.execute(update(hit).where(hit.c.hit_id.in_(some)).values(last_seen=actor.at))
    changed = [
        {
            "b_hit_id": row.hit_id,
            "b_version": version,
            **{f"b_{name}": found[row.subject_no][name] for name in CHANGEABLE},
        }
        for row in seen
        if any(getattr(row, name) != found[row.subject_no][name] for name in CHANGEABLE)
    ]
    if changed:
        values: Any = {name: bindparam(f"b_{name}") for name in ("version", *CHANGEABLE)}
        connection.execute(update(hit).where(hit.c.hit_id == bindparam("b_hit_id")).values(values), changed)


def _move(
    connection: Connection,
    actor: Actor,
    version: int,
    rows: Sequence[Row[Any]],
    step: HitStep,
    status: HitStatus,
) -> None:
    """Hits that are gone, or came back: what a person closed stays closed when it goes alone."""
    events = []
    for row in rows:
        stays = step is HitStep.GONE and row.status == HitStatus.CLOSED
        verdict = (row.verdict, row._mapping["class"]) if step is HitStep.GONE else (None, None)
        now = HitStatus.CLOSED if stays else status
        events.append(_event(actor, row.hit_id, row.steps + 1, step, version, now, verdict))
    if not events:
        return
    changes = [
        {
            "b_hit_id": each["hit_id"],
            "b_steps": each["seq"],
            "b_gone_at": actor.at if step is HitStep.GONE else None,
            **{f"b_{name}": each[name] for name in ("status", "verdict", "class")},
        }
        for each in events
    ]
    names = ("steps", "gone_at", "status", "verdict", "class")
    values: Any = {name: bindparam(f"b_{name}") for name in names}
    connection.execute(update(hit).where(hit.c.hit_id == bindparam("b_hit_id")).values(values), changes)
    connection.execute(insert(hit_event), events)


def _event(
    actor: Actor,
    hit_id: int,
    seq: int,
    step: HitStep,
    version: int,
    status: HitStatus,
    verdict: tuple[str | None, str | None] = (None, None),
    why: str | None = None,
) -> dict[str, Any]:
    values: dict[str, Any] = {"hit_id": hit_id, "seq": seq, "at": actor.at, "step": step.value}
    values |= {"version": version, "post": actor.post.code, "login": actor.login, "why": why}
    return {**values, "status": status.value, "verdict": verdict[0], "class": verdict[1]}


def _add(
    connection: Connection, actor: Actor, known: Known, version: int, new: Sequence[dict[str, Any]]
) -> None:
    if not new or known.rule is None:
        return
    first_id = (connection.scalar(select(func.max(hit.c.hit_id))) or 0) + 1
    first_no = _numbers(connection, actor.as_of.year, len(new))
    rule = {"rule": known.code, "version": version, "severity": known.rule.severity}
    rule |= {"action": known.rule.action, "subject_kind": known.rule.subject_kind}
    seen = {"first_seen": actor.at, "last_seen": actor.at, "status": HitStatus.OPEN.value, "steps": 1}
    rows = [
        {
            "hit_id": first_id + at,
            "hit_no": f"W{actor.as_of.year:04d}-{first_no + at:06d}",
            **rule,
            **each,
            **seen,
        }
        for at, each in enumerate(new)
    ]
    connection.execute(insert(hit), rows)
    events = [_event(actor, row["hit_id"], 1, HitStep.APPEARED, version, HitStatus.OPEN) for row in rows]
    connection.execute(insert(hit_event), events)


def _numbers(connection: Connection, year: int, count: int) -> int:
    """The first of so many numbers of a year, each given once for good."""
    this = (counter.c.kind == "hit") & (counter.c.year == year)
    given = connection.scalar(select(counter.c.last).where(this))
    if given is None:
        connection.execute(insert(counter).values(kind="hit", year=year, last=count))
    else:
        connection.execute(update(counter).where(this).values(last=given + count))
    return (given or 0) + 1
