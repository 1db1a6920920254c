"""`supervise audit`: the trace, and whether it is whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import typer

from commands.desk import asking, open_desk
from commands.options import Shared, command, option
from commands.output import SOMETHING_TO_LOOK_AT, emit
from store.errors import WrongUsage
from store.queries import audit as question
from store.tables import Code, Number, table_of
from store.words import say

_MARK = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its sentence."""

    seq: Number
    finding: Code
    message: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The end of the trace as `SEQ:HASH`, and what is wrong with the trace."""

    head: str | None
    findings: tuple[Told, ...]


@command("audit", lists=True)
def list_events(
    shared: Shared, verb: str | None = option("verb"), subject: str | None = option("subject")
) -> None:
    """List the events this post may know of."""
    desk = open_desk(shared)
    filters = question.Filters(desk.as_of, verb, subject)
    with asking(desk, ("view", "audit"), {"verb": verb, "subject": subject}) as (connection, viewer):
        rows = question.listed(connection, viewer, filters)
    emit(table_of(question.EventRow, rows), desk, "audit")


@command("audit verify")
def verify(shared: Shared, against: str | None = option("against")) -> None:
    """Check the whole chain; exit 3 where something was found."""
    mark = _mark(against)
    desk = open_desk(shared)
    with asking(desk, ("view", "audit"), {"against": against}) as (connection, _viewer):
        findings = question.verify(connection, mark)
        head = question.head(connection)
    told = tuple(Told(each.seq, each.finding, _sentence(each, desk.lang)) for each in findings)
    result = Verified(str(head) if head else None, told)
    # what --check asks for is answered below: a whole trace is nothing to look at
    emit(
        table_of(Verified, [result], single=True), replace(desk, shared=replace(shared, check=False)), "audit"
    )
    if findings:
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


def _mark(text: str | None) -> question.Mark | None:
    if text is None:
        return None
    match = _MARK.fullmatch(text.strip().lower())
    if match is None:
        raise WrongUsage("bad_mark", text=text)
    return question.Mark(int(match[1]), match[2])


def _sentence(finding: question.Finding, lang: str) -> str:
    return say(f"audit.{finding.finding}", lang, seq=finding.seq)
