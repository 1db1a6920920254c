"""Sorts hits: a person says whether a hit is true, what kind it is, and why; that closes it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from store.choices import clean, coded
from store.database import lock_trace
from store.errors import WrongUsage
from store.models.posts import Actor
from store.models.rule import CLASSES, VERDICTS, HitStatus, HitStep
from store.models.rules import hit, hit_event
from store.queries.hits import found
from store.services import trace
from store.services.ledger import check_day


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a hit; the class may be left out where it is not true."""

    verdict: str | None
    class_: str | None = None
    why: str | None = None


def said(verdict: Verdict) -> Verdict:
    """The verdict with its codes read; WrongUsage for what is missing or no code."""
    code = coded("verdict", VERDICTS, verdict.verdict)
    kind = coded("class", CLASSES, verdict.class_)
    why = clean(verdict.why)
    for option, value in (("--verdict", code), ("--why", why)):
        if value is None:
            raise WrongUsage("verdict_needs", option=option)
    if kind is None and code != "false":
        raise WrongUsage("verdict_needs", option="--class")
    return Verdict(code, kind, why)


def judge(connection: Connection, actor: Actor, hit_no: str, verdict: Verdict) -> str:
    """Keep a verdict on a hit within scope and close it; a later verdict replaces it; the hit's number."""
    verdict = said(verdict)
    lock_trace(connection)
    row = found(connection, actor.viewer, actor.as_of, hit_no)
    here = (hit_event.c.hit_id == row.hit_id) & (hit_event.c.seq == row.steps)
    check_day(actor, connection.execute(select(hit_event.c.at).where(here)).scalar_one().date())
    state = {"status": HitStatus.CLOSED.value, "verdict": verdict.verdict, "class": verdict.class_}
    seq = row.steps + 1
    connection.execute(update(hit).where(hit.c.hit_id == row.hit_id).values(steps=seq, **state))
    who = {"post": actor.post.code, "login": actor.login, "why": verdict.why}
    step = {"hit_id": row.hit_id, "seq": seq, "at": actor.at, "step": HitStep.VERDICT.value}
    connection.execute(insert(hit_event).values(**step, version=row.version, **who, **state))
    detail = {"verdict": verdict.verdict, "class": verdict.class_, "why": verdict.why, "rule": row.rule}
    trace.record(connection, actor, "warnings.verdict", ("hit", row.hit_no), detail, row.region_code)
    return str(row.hit_no)
