"""`supervise reasons`: the standard reasons, the wordings that nobody has mapped, and mapping one."""

from __future__ import annotations

from commands.desk import acting, asking, open_desk
from commands.options import Shared, argument, command, flag, option
from commands.output import emit, ready
from store.queries import reasons as question
from store.services import reasons as service
from store.tables import table_of


@command("reasons", lists=True)
def list_reasons(
    shared: Shared, unmapped: bool = flag("unmapped"), wordings: bool = flag("wordings")
) -> None:
    """List the standard reasons, or with --unmapped the wordings that map to nothing."""
    desk = open_desk(shared)
    with asking(desk, ("view", "reasons"), {}) as (connection, viewer):
        if unmapped or wordings:
            rows = question.wordings(connection, viewer, desk.as_of, unmapped_only=unmapped)
            table = table_of(question.WordingRow, rows)
        else:
            table = table_of(question.ReasonRow, question.reasons(connection, viewer, desk.as_of))
    emit(table, desk, "reasons")


@command("reasons map")
def map_wording(shared: Shared, text: str = argument("text"), code: str = argument("code")) -> None:
    """Map a bank's wording to a standard reason; it holds for the past as well."""
    desk = open_desk(shared)
    ready(desk, service.Mapped)
    with acting(desk) as (connection, actor):
        made = service.map_wording(connection, actor, text, code)
    emit(table_of(service.Mapped, [made], single=True), desk, "reasons map")


@command("reasons add")
def add_reason(
    shared: Shared,
    code: str = argument("code"),
    name: str = option("name", ...),
    cause: str = option("cause", ...),
    cure: str | None = option("cure"),
    due_days: int | None = option("due-days", min=1),
) -> None:
    """Add a standard reason, or change one."""
    desk = open_desk(shared)
    ready(desk, question.ReasonRow)
    with acting(desk) as (connection, actor):
        service.put_reason(connection, actor, service.Reason(code, name, cause, cure, due_days))
    with asking(desk, ("view", "reasons"), {}) as (connection, viewer):
        rows = [row for row in question.reasons(connection, viewer, desk.as_of) if row.reason == code]
    emit(table_of(question.ReasonRow, rows, single=True), desk, "reasons add")
