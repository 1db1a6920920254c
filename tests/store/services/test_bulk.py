"""Acts on many rows: each is done whole or skipped with its reason, and all of it is one event."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update

from store.database import Store, reading, writing
from store.errors import NotDone, WrongUsage
from store.models.ledger import item, item_step, step_evidence
from store.models.posts import Actor, Post, Viewer
from store.models.rectification import Step
from store.models.trace import act_subject, digest_of, event
from store.queries import audit
from store.services import bulk, posts
from store.services.bulk import Outcome, Plan
from store.services.failures import Feedback
from store.services.ledger import Act, step
from store.services.registration import Opening, open_item

DAY = date(2025, 9, 30)
NOW = datetime(2025, 9, 30, 9, 0)
OWNER = Post("owner", "tester", "discipline", logins=("tester",), everything=True)
FINANCE = Post("F", "财政", "finance", "511002")
DISCIPLINE = Post("D", "纪委", "discipline", "5110")
COUNTY = Post("Z", "资中", "finance", "511025")


def at(post: Post, now: datetime = NOW) -> Actor:
    return Actor(post, "tester", now, now.date())


@pytest.fixture
def ledger(store: Store) -> Store:
    """Four items: 1 and 2 registered and due, 3 assigned and rectifying, 4 in another county."""
    with writing(store) as connection:
        for each in (FINANCE, DISCIPLINE, COUNTY):
            posts.add(connection, at(OWNER), each)
        for number, region in enumerate(("511002", "511002100", "511002", "511025"), 1):
            opening = Opening(f"问题 {number}", "late", region=region, due_on=date(2025, 10, 9))
            open_item(connection, at(OWNER), opening)
        for taken in (Step.ASSIGN, Step.PROGRESS):
            step(connection, at(FINANCE), "2025-0003", Act(taken))
    return store


NOS = ("2025-0001", "2025-0002", "2025-0003", "2025-0004")
LATER = Act(Step.EXTEND, "农忙", due_on=date(2025, 11, 1))


def told(found: Plan | Outcome) -> list[tuple[str, str | None]]:
    return [(row.no, row.refusal.key if row.refusal else None) for row in found.rows]


def events(connection: Connection) -> list[Any]:
    return list(connection.execute(select(event).order_by(event.c.seq)))


def test_a_plan_says_what_is_skipped_and_why_and_changes_nothing(ledger: Store) -> None:
    with reading(ledger) as connection:  # on a connection that may not write
        found = bulk.plan(connection, at(FINANCE), (*NOS, "2025-0009"), Act(Step.SUBMIT))
    assert told(found) == [
        ("2025-0001", "step_not_allowed"),
        ("2025-0002", "step_not_allowed"),
        ("2025-0003", None),
        ("2025-0004", "not_found"),
        ("2025-0009", "not_found"),
    ]
    assert found.count == 1 and [row.no for row in found.skipped] == [*NOS[:2], NOS[3], "2025-0009"]
    sentences = [row.refusal.sentence(lang) for row in found.skipped if row.refusal for lang in ("zh", "en")]
    assert "2025-0001" in sentences[0] and all(sentences)


def test_many_items_take_a_step_with_one_event(ledger: Store) -> None:
    with writing(ledger) as connection:
        before = len(events(connection))
        found = bulk.carry_out(connection, at(FINANCE), bulk.plan(connection, at(FINANCE), NOS, LATER))
        assert told(found) == [(no, "not_found" if no == NOS[3] else None) for no in NOS]
        last = events(connection)[before:]
        assert [(row.seq, row.verb, row.subject_kind, row.region_code) for row in last] == [
            (found.seq, "ledger.extend", "items", "511002")
        ]
        detail = json.loads(last[0].detail)
        assert (detail["count"], detail["digest"], detail["why"]) == (3, digest_of(NOS[:3]), "农忙")
        rows = connection.execute(
            select(item.c.item_no, item.c.due_on, item.c.extensions).order_by("item_no")
        )
        assert [tuple(row) for row in rows] == [
            *((no, date(2025, 11, 1), 1) for no in NOS[:3]),
            (NOS[3], date(2025, 10, 9), 0),
        ]
        steps = select(func.count()).where(item_step.c.step == Step.EXTEND, item_step.c.why == "农忙")
        assert connection.scalar(steps) == 3
        assert audit.verify(connection) == []


def test_what_changed_between_plan_and_doing_is_skipped(ledger: Store) -> None:
    with reading(ledger) as connection:
        planned = bulk.plan(connection, at(OWNER), NOS, LATER)
    assert planned.count == 4
    with writing(ledger) as connection:
        step(connection, at(OWNER), NOS[0], Act(Step.WITHDRAW, "误登"))  # may no longer be extended
        step(connection, at(OWNER), NOS[1], Act(Step.ASSIGN))  # still may, but is not what was seen
    with writing(ledger) as connection:
        found = bulk.carry_out(connection, at(OWNER), planned)
    assert told(found) == [
        (NOS[0], "step_not_allowed"),
        (NOS[1], "item_changed"),
        (NOS[2], None),
        (NOS[3], None),
    ]


def test_what_was_to_be_skipped_stays_skipped(ledger: Store) -> None:
    with reading(ledger) as connection:
        planned = bulk.plan(connection, at(OWNER), NOS[:1], Act(Step.SUBMIT))
    with writing(ledger) as connection:
        for taken in (Step.ASSIGN, Step.PROGRESS):
            step(connection, at(OWNER), NOS[0], Act(taken))
        before = len(events(connection))
        found = bulk.carry_out(connection, at(OWNER), planned)
        assert (told(found), found.seq) == ([(NOS[0], "step_not_allowed")], None)
        assert len(events(connection)) == before, "where nothing was done nothing is traced"


def test_many_are_merged_into_one_but_not_it_into_itself(ledger: Store) -> None:
    with writing(ledger) as connection:
        act = Act(Step.MERGE, "同一问题", into="2025-0002")
        found = bulk.carry_out(connection, at(OWNER), bulk.plan(connection, at(OWNER), NOS, act))
        assert told(found) == [(no, "merge_itself" if no == NOS[1] else None) for no in NOS]
        merged = connection.scalars(select(item.c.item_no).where(item.c.merged_into == NOS[1]))
        assert sorted(merged) == [NOS[0], NOS[2], NOS[3]]


def test_who_submitted_closes_none_of_many(ledger: Store) -> None:
    with writing(ledger) as connection:
        step(connection, at(FINANCE), NOS[2], Act(Step.SUBMIT))
        for post, key in ((FINANCE, "same_post"), (DISCIPLINE, None)):
            found = bulk.plan(connection, at(post), NOS[2:3], Act(Step.CLOSE))
            assert told(found) == [(NOS[2], key)]


def test_evidence_is_kept_once_for_all(ledger: Store, tmp_path: Path) -> None:
    file = tmp_path / "会议纪要.pdf"
    file.write_bytes(b"minutes")
    with writing(ledger) as connection:
        act = Act(Step.ASSIGN, evidence=(file,))
        bulk.carry_out(connection, at(OWNER), bulk.plan(connection, at(OWNER), NOS, act))
        hashes = list(connection.scalars(select(step_evidence.c.sha256)))
    assert len(hashes) == 4 and len(set(hashes)) == 1
    with reading(ledger) as connection, pytest.raises(NotDone, match="nothing"):
        bulk.plan(connection, at(OWNER), NOS, Act(Step.ASSIGN, evidence=(tmp_path / "nothing.pdf",)))


def test_an_act_put_wrongly_is_refused_as_a_whole(ledger: Store) -> None:
    wrong = (Act(Step.EXTEND, due_on=DAY), Act(Step.EXTEND, "x"), Opening("t", None), Feedback(" "))
    with reading(ledger) as connection:
        for act in wrong:
            with pytest.raises(WrongUsage):
                bulk.plan(connection, at(OWNER), NOS, act)


def test_an_item_is_opened_from_each_origin(ledger: Store) -> None:
    opening = Opening("入户核查", "conduct", source="visit", region="511002")
    with writing(ledger) as connection:
        found = bulk.carry_out(
            connection, at(OWNER), bulk.plan(connection, at(OWNER), ["走访1", "走访２", "走访1"], opening)
        )
        assert [(row.no, row.made) for row in found.rows] == [("走访1", "2025-0005"), ("走访2", "2025-0006")]
        rows = connection.execute(select(item.c.source_ref, item.c.status).where(item.c.source == "visit"))
        assert [tuple(row) for row in rows] == [("走访1", "registered"), ("走访2", "registered")]
        again = bulk.plan(connection, at(OWNER), ["走访1", "走访3"], opening)
        assert told(again) == [("走访1", "bulk_has_item"), ("走访3", None)]
        step(connection, at(OWNER), "2025-0005", Act(Step.WITHDRAW, "误登"))
        assert bulk.plan(connection, at(OWNER), ["走访1"], opening).count == 1
        unknown = bulk.plan(connection, at(OWNER), ["C1"], Opening("t", "late", source="case"))
        assert told(unknown) == [("C1", "not_found")]
        last = events(connection)[-2]
        assert (last.verb, json.loads(last.detail)["count"]) == ("ledger.open", 2)


def test_an_act_on_many_is_known_to_those_whose_places_it_concerned(ledger: Store) -> None:
    with writing(ledger) as connection:
        planned = bulk.plan(connection, at(OWNER), (NOS[0], NOS[3]), LATER)
        seq = bulk.carry_out(connection, at(OWNER), planned).seq
        for post, knows in ((FINANCE, True), (COUNTY, True), (Post("X", "东兴", "audit", "511011"), False)):
            found = audit.listed(connection, Viewer(post, "x"), audit.Filters(verb="ledger.extend"))
            assert [row.seq for row in found] == ([seq] if knows else []), post.code
        by_item = audit.listed(connection, Viewer(OWNER, "x"), audit.Filters(subject=NOS[3]))
        assert [row.verb for row in by_item] == ["ledger.open", "ledger.extend"]


@pytest.mark.parametrize("tamper", ["out", "in", "other"])
def test_whom_an_act_concerned_cannot_be_changed_unseen(ledger: Store, tamper: str) -> None:
    with writing(ledger) as connection:
        seq = bulk.carry_out(connection, at(OWNER), bulk.plan(connection, at(OWNER), NOS, LATER)).seq
        assert audit.verify(connection) == []
        mine = act_subject.c.subject == NOS[0]
        if tamper == "out":
            connection.execute(delete(act_subject).where(mine))
        elif tamper == "in":
            connection.execute(insert(act_subject).values(seq=seq, subject="2025-0099", subject_kind="item"))
        else:
            connection.execute(update(act_subject).where(mine).values(seq=1))
        wrong = [(1, "altered")] if tamper == "other" else []
        found = [(each.seq, each.finding) for each in audit.verify(connection)]
        assert found == [*wrong, (seq, "altered")]
