"""Lists by the page are the lists as a whole, whichever way one goes through them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from store.database import Store, reading
from store.models.posts import Post, Viewer
from store.queries import audit, failed, intake
from store.queries.filters import Filters
from store.queries.paging import Page, Span

OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽")
COUNTY = Viewer(Post("county", "县", "discipline", "511025"), "何丽")


def through(page: Callable[[Span], Page[Any]], size: int) -> tuple[list[Any], list[Any]]:
    """All rows by pages of a size, from the first on, and from the last back."""
    forwards: list[Any] = []
    span = Span(size)
    while (found := page(span)).rows:
        forwards += found.rows
        span = Span(size, after=found.keys[-1])
    backwards: list[Any] = []
    span = Span(size, last=True)
    while (found := page(span)).rows:
        backwards[:0] = found.rows
        span = Span(size, before=found.keys[0])
    return forwards, backwards


@pytest.mark.parametrize("viewer", [OWNER, COUNTY], ids=["owner", "county"])
def test_kept_lines(golden_store: Store, viewer: Viewer) -> None:
    with reading(golden_store) as connection:
        wholes: dict[str, list[Any]] = {
            "rejects": intake.rejects(connection, viewer, "zh"),
            "doubtful": intake.doubtfuls(connection, viewer, "zh"),
            "held": list(intake.helds(connection, viewer)),
        }
        assert wholes["rejects"] or viewer is COUNTY
        for of, whole in wholes.items():
            lines = intake.Lines(of)
            found = through(lambda span, lines=lines: intake.page(connection, viewer, lines, span), 3)
            assert found == (whole, whole)
            assert intake.count(connection, viewer, lines) == len(whole)


@pytest.mark.parametrize("viewer", [OWNER, COUNTY], ids=["owner", "county"])
def test_failures(golden_store: Store, viewer: Viewer) -> None:
    with reading(golden_store) as connection:
        for as_of in (date(2025, 9, 30), date(2025, 10, 20)):
            for asked in (Filters(everything=True), Filters(), Filters(county="511025")):

                def page(span: Span, day: date = as_of, filters: Filters = asked) -> Page[failed.FailedRow]:
                    return failed.page(connection, viewer, day, filters, span)

                whole = failed.listed(connection, viewer, as_of, asked)
                assert whole
                assert through(page, 2) == (whole, whole)
                assert failed.count(connection, viewer, as_of, asked) == len(whole)


@pytest.mark.parametrize("viewer", [OWNER, COUNTY], ids=["owner", "county"])
def test_the_trace_and_the_files_come_last_first(golden_store: Store, viewer: Viewer) -> None:
    with reading(golden_store) as connection:
        for filters in (audit.Filters(), audit.Filters(date(2025, 10, 9)), audit.Filters(verb="import")):
            events = audit.listed(connection, viewer, filters)[::-1]
            found = through(lambda span, asked=filters: audit.page(connection, viewer, asked, span), 3)
            assert found == (events, events)
            assert audit.count(connection, viewer, filters) == len(events)
            assert audit.count(connection, viewer, filters, most=2) == min(2, len(events))
        for days in ((None, None), (date(2025, 10, 1), date(2025, 10, 9))):
            files = intake.imports(connection, viewer, *days)[::-1]
            assert bool(files) == (viewer is OWNER)
            found = through(lambda span, of=days: intake.imports_page(connection, viewer, *of, span), 2)
            assert found == (files, files)
            assert intake.imports_count(connection, viewer, *days) == len(files)
