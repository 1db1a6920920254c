"""`supervise warnings`: the hits of warning rules, one with both sides, and what a person says of it."""

from __future__ import annotations

from commands.desk import Desk, acting, asking, open_desk
from commands.options import Shared, argument, command, option
from commands.output import emit, ready
from store.queries.hits import HitRow, HitShown, Wanted
from store.queries.places import resolve
from store.reports import warnings as report
from store.services import sorting
from store.tables import table_of


@command("warnings")
def list_hits(
    shared: Shared,
    rule: str | None = option("rule"),
    severity: str | None = option("severity"),
    county: str | None = option("county"),
    programme: str | None = option("programme", help_key="of_programme"),
    status: str | None = option("status", help_key="hit_status"),
    verdict: str | None = option("verdict", help_key="of_verdict"),
) -> None:
    """List the hits, the most severe first."""
    desk = open_desk(shared)
    asked = Wanted(rule, severity, county, programme, status, verdict).asked()
    with asking(desk, ("view", "warnings"), asked) as (connection, viewer):
        place = resolve(connection, viewer, county, county_only=True) if county is not None else None
        wanted = Wanted(rule, severity, place, programme, status, verdict)
        rows = report.listed(connection, viewer, desk.as_of, wanted, desk.lang)
    emit(table_of(HitRow, rows), desk, "warnings")


@command("warnings show")
def show_hit(shared: Shared, no: str = argument("no")) -> None:
    """Show one hit with both sides."""
    _print(open_desk(shared), no)


@command("warnings verdict")
def judge(
    shared: Shared,
    no: str = argument("no"),
    verdict: str | None = option("verdict"),
    class_: str | None = option("class"),
) -> None:
    """Say whether a hit is true, what kind it is, and why."""
    desk = open_desk(shared)
    ready(desk, HitShown)
    with acting(desk) as (connection, actor):
        judged = sorting.judge(connection, actor, no, sorting.Verdict(verdict, class_, shared.why))
    _print(desk, judged)


def _print(desk: Desk, no: str) -> None:
    with asking(desk, ("hit", no), {}) as (connection, viewer):
        found = report.shown(connection, viewer, desk.as_of, no, desk.lang)
    emit(table_of(HitShown, [found], single=True), desk, "warnings show")
