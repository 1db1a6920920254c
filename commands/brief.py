"""`supervise brief`: the day on one page, to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from commands.desk import asking, open_desk
from commands.home import HomeShown, shown_home
from commands.options import Shared, command
from commands.output import emit, emit_text
from store.queries.failed import FailedRow
from store.queries.overdue import OverdueApproval
from store.reports import brief as report
from store.tables import table_of

PAGES = ("table", "markdown")


@dataclass(frozen=True)
class BriefShown(HomeShown):
    """What the page tells, as one object."""

    worst_approvals: tuple[OverdueApproval, ...]
    worst_failures: tuple[FailedRow, ...]


@command("brief")
def print_brief(shared: Shared) -> None:
    """Print the day on one page; a machine's format gives the same as one object."""
    desk = open_desk(shared)
    with asking(desk, ("view", "brief"), {}) as (connection, viewer):
        told = report.brief(connection, viewer, desk.as_of)
    if shared.format in PAGES:
        emit_text("\n".join(report.page(told, desk.lang)) + "\n", desk, "brief")
        return
    row = BriefShown(
        **vars(shown_home(told.home)),
        worst_approvals=told.worst_approvals,
        worst_failures=told.worst_failures,
    )
    emit(table_of(BriefShown, [row], single=True), desk, "brief")
