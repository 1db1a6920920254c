"""The pages of a list, from a question that is answered by the page and counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from console.plans import Pages
from store.discovery import load
from store.models.posts import Viewer
from store.queries.paging import Key, Span
from store.tables import Table, table_of

QUERIES = "store.queries"
Asked = Callable[[Connection, Viewer, date], tuple[Any, ...]]


def pages(query: str, row: str, asked: Asked, of: str = "") -> Pages:
    """The pages of a query's rows: by its `page` and `count`, or those of a part of it (`imports_page`).

    `asked` is what both of them are given beside the connection and who asks. The query is imported when it
    is asked.
    """
    before = f"{of}_" if of else ""

    def page(connection: Connection, viewer: Viewer, as_of: date, span: Span) -> tuple[Table, Sequence[Key]]:
        module = load(QUERIES, query)
        ask = getattr(module, f"{before}page")
        found = ask(connection, viewer, *asked(connection, viewer, as_of), span)
        return table_of(getattr(module, row), found.rows), found.keys

    def count(connection: Connection, viewer: Viewer, as_of: date, most: int | None) -> int:
        ask = getattr(load(QUERIES, query), f"{before}count")
        return int(ask(connection, viewer, *asked(connection, viewer, as_of), most=most))

    return Pages(page, count)
