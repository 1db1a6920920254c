"""Lines that were kept because they did not land, or landed doubtful, by the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from console.plans import Pages
from store.models.posts import Viewer
from store.queries.paging import Key, Span
from store.tables import Table, table_of


def pages(of: str, lang: str, since: date | None = None) -> Pages:
    """The pages of kept lines."""

    def page(connection: Connection, viewer: Viewer, as_of: date, span: Span) -> tuple[Table, Sequence[Key]]:
        from store.queries import intake

        lines = intake.Lines(of, since, as_of if since else None)
        found = intake.page(connection, viewer, lang, lines, span)
        return table_of(intake.HeldLine if of == "held" else intake.KeptLine, found.rows), found.keys

    def count(connection: Connection, viewer: Viewer, as_of: date) -> int:
        from store.queries import intake

        return intake.count(connection, viewer, intake.Lines(of, since, as_of if since else None))

    return Pages(page, count)
