"""Which place a code or a name means, within a post's scope."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from store.database import Store, reading, writing
from store.errors import WrongUsage
from store.models.posts import Post, Viewer
from store.models.reference import region
from store.queries.places import names, resolve
from store.services.opening import open_store

STORED = {
    "11": "北京市",
    "1101": "市辖区",
    "110101": "东城区",
    "51": "四川省",
    "5110": "内江市",
    "511002": "市中区",
    "511002001": "城东街道",
    "511011": "东兴区",
    "511025": "资中县",
    "511025100": "资中镇",
    "5111": "乐山市",
    "511102": "市中区",
    "4604": "儋州市",
    "460400": "儋州市",
    "511025101": "水南镇",
    "511025101000": "水南镇本级",
    "450681": "东兴市",
}
ALL = Post("all", "全部", "audit", everything=True)
CITY = Post("city", "内江", "audit", "5110")
FARM = Post("farm", "农业", "department", None, "agriculture")
COUNTY_FARM = Post("cf", "农业", "department", "511025", "agriculture")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "s.db", True, "tester", datetime(2025, 10, 1))
    with writing(made) as connection:
        connection.execute(insert(region), [{"region_code": c, "name": n} for c, n in STORED.items()])
    return made


@pytest.mark.parametrize(
    ("post", "text", "county_only", "code"),
    [
        (ALL, "511025", True, "511025"),
        (ALL, "５１１０２５", True, "511025"),
        (ALL, "511025000000", True, "511025"),
        (ALL, "511025000", True, "511025"),
        (ALL, "511025101000", False, "511025101000"),
        (ALL, "511025102000", False, "511025102"),
        (ALL, "511099", True, "511099"),
        (ALL, "51", False, "51"),
        (ALL, "资中县", True, "511025"),
        (ALL, "资中", True, "511025"),
        (ALL, "内江市市中区", True, "511002"),
        (ALL, "四川省内江市市中区", True, "511002"),
        (ALL, "四川省市中区", True, None),
        (ALL, "北京市东城区", True, "110101"),
        (ALL, "北京市市辖区东城区", True, "110101"),
        (ALL, "内江市资中", True, "511025"),
        (ALL, "乐山市资中", True, None),
        (ALL, "儋州市", True, "460400"),
        (ALL, "儋州", False, None),
        (ALL, "市中区", True, None),
        (ALL, "东兴", True, None),
        (ALL, "资中", False, None),
        (ALL, "资中镇", False, "511025100"),
        (ALL, "内江", False, "5110"),
        (CITY, "市中区", True, "511002"),
        (CITY, "东兴", True, "511011"),
        (CITY, "511102", True, None),
        (CITY, "51", False, None),
        (CITY, "5110", False, "5110"),
        (CITY, "5110", True, None),
        (CITY, "511025100", True, None),
        (FARM, "资中县", True, "511025"),
        (COUNTY_FARM, "资中县", True, "511025"),
        (COUNTY_FARM, "东兴区", True, None),
        (Post("none", "无", "audit"), "511025", True, None),
        (ALL, "", True, None),
        (ALL, "51102", False, None),
        (ALL, "%", False, None),
        (ALL, "县", False, None),
    ],
)
def test_a_text_means_one_place_or_none(
    store: Store, post: Post, text: str, county_only: bool, code: str | None
) -> None:
    with reading(store) as connection:
        if code is not None:
            assert resolve(connection, Viewer(post, "tester"), text, county_only) == code
        else:
            with pytest.raises(WrongUsage):
                resolve(connection, Viewer(post, "tester"), text, county_only)


def test_several_places_are_named(store: Store) -> None:
    with reading(store) as connection, pytest.raises(WrongUsage) as caught:
        resolve(connection, Viewer(ALL, "tester"), "市中区", county_only=True)
    assert caught.value.key == "county_ambiguous"
    assert caught.value.values["places"] == "511002 内江市市中区, 511102 乐山市市中区"


def test_names_are_those_that_are_stored(store: Store) -> None:
    with reading(store) as connection:
        assert names(connection, ["511002", "4604", "460400", "999999"]) == {
            "511002": "市中区",
            "4604": "儋州市",
            "460400": "儋州市",
        }
        assert names(connection, []) == {}
