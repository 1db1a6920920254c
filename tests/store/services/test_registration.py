"""What an item takes from the case, payment, batch, failure or complaint that it came from."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from store.database import Store, writing
from store.errors import NotFound, WrongUsage
from store.models.claims import claim, complaint, stage_visit
from store.models.failures import OPEN, failure, failure_payment
from store.models.payments import batch, payment
from store.models.posts import Actor, Post
from store.models.reference import programme, unit
from store.queries.items import shown
from store.services.opening import open_store
from store.services.registration import Opening, open_item

NOW = datetime(2025, 10, 20, 9, 0)
DAY = date(2025, 10, 9)
CITY = Post("C", "内江", "discipline", "5110")
ELSEWHERE = Post("E", "乐山", "discipline", "5111")
OTHER_PROGRAMME = Post("P", "别的项目", "audit", "5110", None, ("A02",))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "s.db", True, "tester", NOW)
    rows: list[tuple[Any, dict[str, Any]]] = [
        *(
            (unit, {"unit_id": n, "unit_code": code, "name": code, "kind": "town", "region_code": "511002"})
            for n, code in ((1, "VILLAGE"), (2, "TOWN"), (3, "PAYER"))
        ),
        *(
            (
                programme,
                {"programme_id": n, "programme_code": code, "name": code, "unit_kind": k, "cycle": "year"},
            )
            for n, code, k in ((1, "A01", "civil_affairs"), (2, "A02", "agriculture"))
        ),
        (
            claim,
            {
                "claim_id": 1,
                "case_no": "C01",
                "home": 511002,
                "programme_id": 1,
                "period": "2025",
                "person_id": 1,
                "region_code": "511002001",
                "amount": 60_000,
                "applied_on": date(2025, 9, 1),
            },
        ),
        *(
            (
                stage_visit,
                {
                    "claim_id": 1,
                    "stage": stage,
                    "entered_at": entered,
                    "left_at": left,
                    "unit_id": unit_id,
                    "home": 511002,
                    "region_code": "511002001",
                    "programme_id": 1,
                },
            )
            for stage, entered, left, unit_id in (
                ("village_review", datetime(2025, 9, 1, 9), datetime(2025, 9, 20, 9), 1),
                ("town_review", datetime(2025, 9, 20, 9), None, 2),
                ("county_approval", datetime(2025, 10, 15, 9), None, 3),
            )
        ),
        (
            batch,
            {
                "batch_id": 1,
                "batch_no": "B1",
                "programme_id": 1,
                "period": "2025",
                "region_code": "511002",
                "unit_id": 3,
                "amount": 250_000,
            },
        ),
        *(
            (
                payment,
                {
                    "payment_id": n,
                    "home": 511002,
                    "payment_no": f"P{n}",
                    "batch_id": 1,
                    "person_id": 1,
                    "name": "何小明",
                    "card_no": "6217000000000000",
                    "amount": amount,
                    "region_code": "511002001",
                },
            )
            for n, amount in ((1, 30_000), (2, 29_000), (3, 10_000))
        ),
        (
            failure,
            {
                "failure_id": 1,
                "payment_no": "P1",
                "batch_id": 1,
                "programme_id": 1,
                "unit_id": 3,
                "region_code": "511002001",
                "county": 511002,
                "amount": 30_000,
                "opened_on": date(2025, 9, 26),
                "outstanding": 30_000,
                "moved_on": date(2025, 9, 26),
                "attempts": 1,
                "span": OPEN,
            },
        ),
        *((failure_payment, {"payment_id": n, "failure_id": 1, "since": date(2025, 9, 26)}) for n in (1, 2)),
        (
            complaint,
            {
                "complaint_no": "T1",
                "received_at": datetime(2025, 9, 1),
                "region_code": "511002",
                "programme_code": "A01",
                "unit_code": "TOWN",
                "content": "未收到",
            },
        ),
    ]
    with writing(made) as connection:
        for table, values in rows:
            connection.execute(insert(table).values(**values))
    return made


def taken_from(store: Store, post: Post = CITY, **more: Any) -> tuple[Any, ...]:
    with writing(store) as connection:
        actor = Actor(post, "tester", NOW, DAY)
        no = open_item(connection, actor, Opening("补贴未到户", "late", **more))
        found = shown(connection, actor.viewer, DAY, no)
    return (found.source_ref, found.region_code, found.programme_code, found.unit_code, found.amount)


@pytest.mark.parametrize(
    ("source", "ref", "taken"),
    [
        ("case", "C01", ("C01", "511002001", "A01", "TOWN", 60_000)),
        ("payment", "P3", ("P3", "511002001", "A01", "PAYER", 10_000)),
        ("batch", "B1", ("B1", "511002", "A01", "PAYER", 250_000)),
        ("failure", "P1", ("P1", "511002001", "A01", "PAYER", 30_000)),
        ("failure", "P2", ("P1", "511002001", "A01", "PAYER", 30_000)),
        ("complaint", "T1", ("T1", "511002", "A01", "TOWN", None)),
    ],
)
def test_what_is_not_said_comes_from_the_origin(
    store: Store, source: str, ref: str, taken: tuple[Any, ...]
) -> None:
    assert taken_from(store, source=source, source_ref=ref) == taken


def test_what_is_said_stands_before_the_origin(store: Store) -> None:
    said = {"region": "511002", "programme": "A02", "unit": "VILLAGE", "amount": 0}
    assert taken_from(store, source="case", source_ref="C01", **said) == (
        "C01",
        "511002",
        "A02",
        "VILLAGE",
        0,
    )


@pytest.mark.parametrize(
    ("source", "ref"), [("case", "C02"), ("payment", "P9"), ("batch", "B9"), ("failure", "P3")]
)
def test_an_origin_that_is_not_stored_is_refused(store: Store, source: str, ref: str) -> None:
    with pytest.raises(NotFound):
        taken_from(store, source=source, source_ref=ref, region="511002")


@pytest.mark.parametrize(
    ("source", "ref"), [("case", "C01"), ("payment", "P1"), ("batch", "B1"), ("failure", "P1")]
)
def test_an_origin_beyond_the_scope_is_not_there(store: Store, source: str, ref: str) -> None:
    for post, region in ((ELSEWHERE, "5111"), (OTHER_PROGRAMME, "511002")):
        with pytest.raises(NotFound):
            taken_from(store, post, source=source, source_ref=ref, region=region, programme="A02")


@pytest.mark.parametrize("source", ["other", "call", "warning", "meeting", "audit", "complaint", None])
def test_of_other_sources_the_number_is_free_text(store: Store, source: str | None) -> None:
    told = taken_from(store, source=source, source_ref="第 7 号", region="511025")
    assert told == ("第 7 号", "511025", None, None, None)


def test_without_an_origin_a_region_has_to_be_said(store: Store) -> None:
    with pytest.raises(WrongUsage, match="--region"):
        taken_from(store, source="audit", source_ref="2025-3")
