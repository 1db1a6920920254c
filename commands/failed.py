"""`supervise failed`: failed payments, their boards, and what is done about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection

from commands import bulk as on_many
from commands.desk import acting, asking, day, open_desk
from commands.options import Shared, argument, command, flag, option
from commands.output import emit, ready
from store.errors import WrongUsage
from store.models.posts import Viewer
from store.queries import ageing as question
from store.queries import boards, failed, matches, weekly
from store.queries.filters import Filters
from store.services import failures as service
from store.tables import Table, table_of

Board = Callable[[Connection, Viewer, date, Filters, bool], Table]


def _daily(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool) -> Table:
    return table_of(boards.DailyRow, boards.daily(connection, viewer, as_of, filters))


def _weekly(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool) -> Table:
    row_class = weekly.WeeklyUnitRow if by_unit else weekly.WeeklyRow
    return table_of(row_class, weekly.weekly(connection, viewer, as_of, filters, by_unit))


def _ageing(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool) -> Table:
    return table_of(question.AgeRow, question.ages(connection, viewer, as_of, filters, by_unit))


def _rate(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool) -> Table:
    return table_of(question.RateRow, question.rates(connection, viewer, as_of, filters, by_unit))


BOARDS: dict[str, Board] = {"daily": _daily, "weekly": _weekly, "ageing": _ageing, "rate": _rate}


def _board(chosen: list[str], by: str | None) -> str | None:
    """The one board that is asked for, None for the list; WrongUsage where the options contradict."""
    board = chosen[0] if chosen else None
    if len(chosen) > 1 or by not in (None, "unit") or (by and board in (None, "daily")):
        raise WrongUsage("failed_boards")
    return board


@command("failed", lists=True)
def list_failed(
    shared: Shared,
    everything: bool = flag("all"),
    daily: bool = flag("daily"),
    weekly: bool = flag("weekly"),
    ageing: bool = flag("ageing"),
    rate: bool = flag("rate"),
    new: bool = flag("new"),
    cleared: bool = flag("cleared"),
    by: str | None = option("by"),
    without_feedback: bool = flag("without-feedback"),
    county: str | None = option("county"),
    region: str | None = option("region"),
    programme: str | None = option("programme", help_key="of_programme"),
    reason: str | None = option("reason"),
    since: str | None = option("since"),
) -> None:
    """List open failures, or one of their boards."""
    chosen = [name for name, asked in zip(BOARDS, (daily, weekly, ageing, rate), strict=True) if asked]
    board = _board(chosen, by)
    moved = "new" if new else "cleared" if cleared else None
    if (new and cleared) or (moved and (board or everything)):
        raise WrongUsage("failed_moved")
    if board and (reason is not None or without_feedback):
        raise WrongUsage("failed_narrowed")
    desk = open_desk(shared)
    filters = Filters(
        county,
        region,
        programme,
        reason=reason,
        since=day(since) if since else None,
        without_feedback=without_feedback,
        everything=everything,
        moved=moved,
    )
    with asking(desk, ("view", "failed"), filters.asked()) as (connection, viewer):
        asked = (connection, viewer, desk.as_of, filters)
        if board:
            table = BOARDS[board](*asked, by == "unit")
        else:
            table = table_of(failed.FailedRow, failed.listed(*asked))
    emit(table, desk, "failed")


@command("failed matches", lists=True)
def list_matches(shared: Shared, no: str | None = argument("no", default=None)) -> None:
    """List payments that look like the reissue of an open failure, and name no original."""
    desk = open_desk(shared)
    with asking(desk, ("view", "failed matches"), {"no": no}) as (connection, viewer):
        rows = matches.proposed(connection, viewer, desk.as_of, no)
    emit(table_of(matches.MatchRow, rows), desk, "failed")


@command("failed feedback")
def give_feedback(
    shared: Shared,
    no: str = argument("no"),
    text: str = option("text", ...),
    unit: str | None = option("unit"),
    expected: str | None = option("expected"),
) -> None:
    """Record what a unit says of a failed payment."""
    desk = open_desk(shared)
    ready(desk, service.FeedbackGiven)
    with acting(desk) as (connection, actor):
        said = service.Feedback(text, unit, day(expected) if expected else None)
        made = service.feedback(connection, actor, no, said)
    emit(table_of(service.FeedbackGiven, [made], single=True), desk, "failed feedback")


@command("failed refund")
def record_refund(
    shared: Shared,
    no: str = argument("no"),
    voucher: str = option("voucher", ...),
) -> None:
    """Record that all that is outstanding went back to the treasury."""
    desk = open_desk(shared)
    ready(desk, service.RefundRecorded)
    with acting(desk) as (connection, actor):
        made = service.refund(connection, actor, no, voucher, shared.why)
    emit(table_of(service.RefundRecorded, [made], single=True), desk, "failed refund")


@command("failed link")
def link_reissue(
    shared: Shared,
    no: str = argument("no"),
    to: str = option("to", ..., help_key="to_payment"),
) -> None:
    """Say that a payment reissues another, which its file did not say."""
    desk = open_desk(shared)
    ready(desk, service.LinkMade)
    with acting(desk) as (connection, actor):
        made = service.link(connection, actor, no, to, shared.why)
    emit(table_of(service.LinkMade, [made], single=True), desk, "failed link")


bulk = on_many.give_feedback
