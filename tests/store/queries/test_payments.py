"""The payments of a batch or a person: the same rows by the page, forwards and backwards, as in one piece."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from store.database import Store, reading
from store.errors import NotFound, WrongUsage
from store.models.payments import batch
from store.models.posts import Post, Viewer
from store.queries import payments
from store.queries.paging import Span
from store.queries.payments import Of

AS_OF = date(2025, 10, 20)
OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽")


def test_pages_forwards_and_backwards_are_the_whole(golden_store: Store) -> None:
    with reading(golden_store) as connection:
        for no in connection.scalars(select(batch.c.batch_no)).all():
            whole = payments.listed(connection, OWNER, AS_OF, Of(no))
            assert payments.count(connection, OWNER, AS_OF, Of(no)) == len(whole)
            forwards, span = [], Span(2)
            while (page := payments.page(connection, OWNER, AS_OF, Of(no), span)).rows:
                forwards += page.rows
                span = Span(2, after=page.keys[-1])
            backwards, span = [], Span(2, last=True)
            while (page := payments.page(connection, OWNER, AS_OF, Of(no), span)).rows:
                backwards[:0] = page.rows
                span = Span(2, before=page.keys[0])
            assert forwards == backwards == whole


def test_a_payment_stands_as_the_bank_last_said_by_the_day(golden_store: Store) -> None:
    with reading(golden_store) as connection:

        def status(no: str, day: date) -> tuple[str, str | None]:
            rows = payments.listed(connection, OWNER, day, Of(person=no))
            (row,) = [row for row in rows if row.payment_no == no]
            return row.status, row.reason

        assert {row.batch_no for row in payments.listed(connection, OWNER, AS_OF, Of("B2"))} == {"B2"}
        before, after = status("P105", date(2025, 9, 11)), status("P105", AS_OF)
        assert before != after and after[0] in ("failure", "bounced")


def test_what_is_not_there_or_not_said_is_refused(golden_store: Store) -> None:
    nobody = Viewer(Post("post", "岗", "audit", "52"), "何丽")
    with reading(golden_store) as connection:
        for viewer, of in ((OWNER, Of("none")), (OWNER, Of(person="none")), (nobody, Of("B2"))):
            with pytest.raises(NotFound):
                payments.listed(connection, viewer, AS_OF, of)
        for of in (Of(), Of("B2", "P105")):
            with pytest.raises(WrongUsage):
                payments.listed(connection, OWNER, AS_OF, of)
