"""`supervise rules`: the warning rules, their pages, what was set of them, and running them."""

from __future__ import annotations

from functools import partial

import typer

from commands.desk import acting, asking, day, open_desk
from commands.options import Shared, argument, command, flag, option
from commands.output import emit, ready, say_aside
from store.database import writing
from store.errors import WrongUsage
from store.queries.places import resolve
from store.reports import warnings as report
from store.services import rules as service
from store.services import screening
from store.tables import table_of
from store.words import say


def _list(shared: Shared, everything: bool) -> None:
    desk = open_desk(shared)
    with asking(desk, ("view", "rules"), {"all": everything}) as (connection, _):
        rows = report.rules(connection, desk.as_of, desk.lang, everything)
    emit(table_of(report.RuleRow, rows), desk, "rules")


@command("rules")
def list_them(shared: Shared, everything: bool = option("all", False, help_key="every_rule")) -> None:
    """List the rules."""
    _list(shared, everything)


@command("rules list")
def list_rules(shared: Shared, everything: bool = option("all", False, help_key="every_rule")) -> None:
    """List the rules."""
    _list(shared, everything)


@command("rules explain")
def explain(shared: Shared, code: str = argument("code")) -> None:
    """Show the manual page of a rule."""
    desk = open_desk(shared)
    with asking(desk, ("rule", code), {}) as (connection, _):
        page = report.page(connection, code, desk.as_of, desk.lang)
    emit(table_of(report.RulePage, [page], single=True), desk, "rules explain")


@command("rules history")
def history(shared: Shared, code: str = argument("code")) -> None:
    """List what was ever set of a rule."""
    desk = open_desk(shared)
    with asking(desk, ("rule", code), {}) as (connection, _):
        rows = report.history(connection, code)
    emit(table_of(report.VersionRow, rows), desk, "rules history")


@command("rules set")
def set_(
    shared: Shared,
    code: str = argument("code"),
    setting: str = argument("setting"),
    programme: str | None = option("programme", help_key="rule_programme"),
    county: str | None = option("county", help_key="rule_place"),
    from_: str | None = option("from", help_key="rule_from"),
) -> None:
    """Set a parameter of a rule, for all or for one programme or place, from a day."""
    desk = open_desk(shared)
    ready(desk, service.ChangedRow)
    parameter, value = service.typed(setting)
    from_on = day(from_) if from_ is not None else None
    with acting(desk) as (connection, actor):
        place = resolve(connection, actor.viewer, county) if county is not None else None
        change = service.Change(parameter, value, programme, place, from_on)
        made = service.put(connection, actor, code, change, shared.why)
    emit(table_of(service.ChangedRow, [made], single=True), desk, "rules set")


@command("rules run")
def run(
    shared: Shared,
    codes: list[str] = argument("codes", default=None),
    since: str | None = option("since", help_key="rule_since"),
    new: bool = option("new", False, help_key="rule_new"),
    brief: bool = flag("changed"),
) -> None:
    """Run rules over everything; exit 1 where one is broken, the others having run."""
    desk = open_desk(shared)
    ready(desk, screening.ScreenedRow)
    first = day(since) if since is not None else None
    if new and (codes or first):
        raise WrongUsage("rules_new_alone")
    door = partial(writing, desk.store)
    if new:
        rows = screening.screen_touched(door, desk.actor)
    else:
        rows = screening.screen(door, desk.actor, codes or (), first)
    broken = [row for row in rows if row.fault]
    for row in broken:
        say_aside(say("rule.fault", desk.lang, rule=row.rule, fault=row.fault))
    told = [row for row in rows if row.appeared or row.returned or row.gone] if brief else rows
    emit(table_of(screening.ScreenedRow, told), desk, "rules run")
    if broken:
        raise typer.Exit(1)
