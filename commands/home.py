"""`supervise home`: the figures of the morning, each with the command that opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commands.desk import asking, open_desk
from commands.options import Shared, command, flag
from commands.output import emit
from store.errors import WrongUsage
from store.plots import plotted
from store.queries import home as question
from store.queries.home import CountyLine, Home
from store.tables import Code, Day, Digits, Fen, Flag, Moment, Number, table_of

READ_BY_PEOPLE = ("table", "markdown")
FACTS = ("as_of", "post", "post_name", "place", "since", "changed_at", "looked_at", "newest_seq")
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure, and the command line, without `supervise`, that lists its rows."""

    figure: Code
    count: Number | None
    amount: Fen | None
    opens: str


@dataclass(frozen=True, slots=True)
class CountyShown:
    """A county's morning, as scripts read it."""

    county_code: Digits
    county: str | None
    overdue_approvals: Number | None
    red_approvals: Number | None
    overdue_batches: Number | None
    open_failures: Number | None
    outstanding: Fen | None
    overdue_items: Number | None
    data_on: Day | None
    silent: Flag
    series: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CountyDrawn:
    """A county's morning, as people read it: what nobody knows is a dash, the last 30 days a plot."""

    county: str
    overdue_approvals: str
    red_approvals: str
    overdue_batches: str
    open_failures: str
    outstanding: Fen | None
    overdue_items: str
    data_on: str
    series: str


@dataclass(frozen=True)
class _Morning:
    as_of: Day
    post: str
    post_name: str
    place: str | None
    since: Day
    changed_at: Moment | None
    looked_at: Moment | None
    newest_seq: Number
    figures: tuple[FigureShown, ...]


@dataclass(frozen=True)
class HomeShown(_Morning):
    """The morning as one object."""

    counties: tuple[CountyShown, ...]
    series: tuple[int, ...]


@dataclass(frozen=True)
class HomeDrawn(_Morning):
    """The morning as people read it."""

    counties: tuple[CountyDrawn, ...]


@command("home", lists=True)
def show_home(shared: Shared, silent: bool = flag("silent")) -> None:
    """Show the figures of the morning, or with --silent the counties whose data has fallen silent."""
    if shared.where is not None and not silent:
        raise WrongUsage("where_no_list")
    desk = open_desk(shared)
    with asking(desk, ("view", "home"), {"silent": silent}) as (connection, viewer):
        found = question.figures(connection, viewer, desk.as_of)
    if silent:
        rows = [_county(line) for line in found.counties if line.silent]
        emit(table_of(CountyShown, rows), desk, "home")
        return
    drawn = shared.format in READ_BY_PEOPLE and not shared.columns
    row = (drawn_home if drawn else shown_home)(found)
    emit(table_of(type(row), [row], single=True), desk, "home")


def shown_home(found: Home) -> HomeShown:
    """The morning as programs read it."""
    return HomeShown(**_morning(found), counties=tuple(map(_county, found.counties)), series=found.series)


def drawn_home(found: Home) -> HomeDrawn:
    """The morning as people read it."""
    return HomeDrawn(**_morning(found), counties=tuple(map(_drawn, found.counties)))


def _morning(found: Home) -> dict[str, Any]:
    figures = tuple(
        FigureShown(each.figure, each.count, each.amount, str(each.opens)) for each in found.figures
    )
    facts = {name: getattr(found, name) for name in FACTS}
    return {**facts, "figures": figures}


def _county(line: CountyLine) -> CountyShown:
    return CountyShown(
        line.county_code,
        line.county,
        line.overdue_approvals,
        line.red_approvals,
        line.overdue_batches,
        line.open_failures,
        line.outstanding,
        line.overdue_items,
        line.data_on,
        line.silent,
        line.series,
    )


def _drawn(line: CountyLine) -> CountyDrawn:
    return CountyDrawn(
        line.county or line.county_code or UNKNOWN,
        _told(line.overdue_approvals),
        _told(line.red_approvals),
        _told(line.overdue_batches),
        _told(line.open_failures),
        line.outstanding,
        _told(line.overdue_items),
        _told(line.data_on),
        plotted(line.series),
    )


def _told(value: object) -> str:
    return UNKNOWN if value is None else str(value)
