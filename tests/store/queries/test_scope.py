"""What a post may see, by enumeration: every kind and scope of post against every kind of row."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from store.database import Store, reading, writing
from store.models.claims import claim
from store.models.columns import pack_region, region_span, unpack_region
from store.models.payments import balance
from store.models.posts import POST_KINDS, Post, Viewer
from store.models.reference import programme
from store.queries.scope import within

# 4604 is a city whose towns stand right under it, 460400 the county that pads to the same digits
REGIONS = (
    *("51", "5110", "511002", "511002100", "511025", "511025116", "511025116201", "5111", "511100", "52"),
    *("46", "4604", "460400", "460400100", "4605"),
)
PROGRAMMES = {"A01": "civil_affairs", "A02": "civil_affairs", "B01": "agriculture", "E01": "education"}
ROWS = [(region, code) for region in REGIONS for code in (*PROGRAMMES, None)]

SCOPES = [
    (region, department, programmes)
    for region in (None, "51", "5110", "511025", "511025116", "4604", "460400")
    for department in (None, "civil_affairs", "agriculture", "water")
    for programmes in ((), ("A01",), ("A02", "B01"), ("Z99",))
]


def is_in(post: Post, region: str, code: str | None, with_programme: bool) -> bool:
    """In plain words: everything, or region and department and programmes, each where it is set."""
    if post.everything:
        return True
    if not post.region and not post.department and not post.programmes:
        return False
    if post.region and not region.startswith(post.region):
        return False
    if (post.department or post.programmes) and (not with_programme or code is None):
        return False
    if post.department and PROGRAMMES[code or ""] != post.department:
        return False
    return not post.programmes or code in post.programmes


def posts() -> list[Post]:
    """Every kind of post with every scope, and one that sees everything whatever else it is bound to."""
    made = [Post("owner", "全部", "discipline", everything=True)]
    made.append(Post("owner-bound", "全部", "finance", "511025", "agriculture", ("A01",), everything=True))
    for kind in POST_KINDS:
        for region, department, programmes in SCOPES:
            made.append(
                Post(f"{kind}-{region}-{department}-{programmes}", "岗", kind, region, department, programmes)
            )
    return made


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a case for every region and programme, and a balance for every region."""
    with writing(store) as connection:
        ids = {}
        for number, (code, kind) in enumerate(PROGRAMMES.items(), 1):
            ids[code] = number
            values = {"programme_id": number, "programme_code": code, "name": code, "unit_kind": kind}
            connection.execute(insert(programme).values(**values, cycle="monthly"))
        for number, (region, code) in enumerate(ROWS):
            connection.execute(
                insert(claim).values(
                    claim_id=number,
                    case_no=f"{region} {code}",
                    home=0,
                    programme_id=ids.get(code or "", 99),
                    period="2025",
                    person_id=1,
                    region_code=region,
                    applied_on=date(2025, 9, 1),
                )
            )
        for region in REGIONS:
            connection.execute(
                insert(balance).values(
                    account_no=region, on_date=date(2025, 9, 1), balance=1, region_code=region
                )
            )
    return store


def test_every_post_sees_the_rows_of_its_scope_and_no_other(filled: Store) -> None:
    wrong = []
    known = select(programme.c.programme_code).where(programme.c.programme_id == claim.c.programme_id)
    with reading(filled) as connection:
        for post in posts():
            viewer = Viewer(post, "何丽")
            by_id = select(claim.c.case_no).where(within(viewer, claim.c.region_code, claim.c.programme_id))
            by_code = select(claim.c.case_no).where(
                within(viewer, claim.c.region_code, code=known.scalar_subquery())
            )
            expected = {f"{region} {code}" for region, code in ROWS if is_in(post, region, code, True)}
            for name, asked in (("id", by_id), ("code", by_code)):
                got = set(connection.scalars(asked))
                if got != expected:
                    wrong.append((post.code, name, sorted(got ^ expected)))
    assert wrong == []


def test_rows_without_a_programme_are_for_posts_that_are_bound_to_none(filled: Store) -> None:
    wrong = []
    with reading(filled) as connection:
        for post in posts():
            asked = select(balance.c.account_no).where(within(Viewer(post, "何丽"), balance.c.region_code))
            got = set(connection.scalars(asked))
            expected = {region for region in REGIONS if is_in(post, region, None, False)}
            if got != expected:
                wrong.append((post.code, sorted(got ^ expected)))
    assert wrong == []


def test_an_empty_scope_sees_nothing_whatever_the_kind(filled: Store) -> None:
    with reading(filled) as connection:
        for kind in POST_KINDS:
            viewer = Viewer(Post(kind, "空", kind), "何丽")
            asked = select(claim.c.case_no).where(within(viewer, claim.c.region_code, claim.c.programme_id))
            assert connection.execute(asked).all() == []


lengths = st.sampled_from([2, 4, 6, 9, 12])
codes = st.builds(lambda number, length: f"{number:012d}"[:length], st.integers(10**11, 10**12 - 1), lengths)
related = st.builds(lambda code, length: code.ljust(12, "0")[:length], codes, lengths)


@given(codes)
def test_a_region_is_packed_and_unpacked(code: str) -> None:
    assert unpack_region(pack_region(code)) == code


@given(codes, codes | related, lengths)
def test_a_place_holds_what_begins_with_its_code(outer: str, other: str, length: int) -> None:
    for inner in (other, outer[:length], outer.ljust(12, "0")[:length]):
        start, stop = region_span(outer)
        assert (start <= pack_region(inner) < stop) is inner.startswith(outer), (outer, inner)
