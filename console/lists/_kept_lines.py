"""Lines that were kept because they did not land, or landed doubtful, by the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from console.lists import _pages
from console.plans import Pages
from store.models.posts import Viewer

if TYPE_CHECKING:
    from store.queries.intake import Lines


def pages(of: str, lang: str, since: date | None = None) -> Pages:
    """The pages of kept lines."""

    def asked(connection: Connection, viewer: Viewer, as_of: date) -> tuple[Lines]:
        from store.queries.intake import Lines

        return (Lines(of, since, as_of if since else None, lang),)

    return _pages.pages("intake", "HeldLine" if of == "held" else "KeptLine", asked)
