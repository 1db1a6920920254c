"""The reference files have the shape of their feeds, and agree with one another."""

import csv
import gzip
import importlib
from datetime import date
from pathlib import Path

import pytest

from seeds.reference import KINDS, reference_file
from seeds.world.periods import Period, pay_day, periods
from seeds.world.programmes import read_limits, read_programmes
from store.models.feed import Feed
from store.models.wordlists import IDENTITIES, LIST_KINDS, STAGES, UNIT_KINDS


def rows(kind: str) -> list[dict[str, str]]:
    path = reference_file(kind)
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(content.decode("utf-8").splitlines()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_has_the_fields_of_its_feed_and_every_required_one(kind: str) -> None:
    feed: Feed = importlib.import_module(f"store.feeds.{kind}").FEED
    found = rows(kind)
    assert set(found[0]) <= set(feed.by_name)
    assert feed.required <= set(found[0])
    assert all(row[field] for row in found for field in feed.required)
    keys = [tuple(row.get(key, "") for key in feed.keys) for row in found]
    assert len(keys) == len(set(keys))


def test_only_the_kinds_that_are_shipped_have_a_file() -> None:
    assert KINDS == ("regions", "programmes", "deadlines")
    with pytest.raises(KeyError):
        reference_file("people")


def test_regions_reach_down_to_towns_everywhere_and_to_villages_in_neijiang() -> None:
    names = {row["region_code"]: row["name"] for row in rows("regions")}
    assert {len(code) for code in names} == {2, 4, 6, 9, 12}
    assert [names[code] for code in ("51", "5110", "511002", "511011", "511024", "511025", "511083")] == [
        "四川省",
        "内江市",
        "市中区",
        "东兴区",
        "威远县",
        "资中县",
        "隆昌市",
    ]
    assert {code[:4] for code in names if len(code) == 12} == {"5110"}
    assert {code[: {4: 2, 6: 4, 9: 6, 12: 9}[len(code)]] for code in names if len(code) > 2} <= set(names)


def test_the_source_of_the_regions_is_named_and_its_licence_is_beside_it() -> None:
    folder = reference_file("regions").parent
    assert "china-division 2.7.0" in (folder / "SOURCES.md").read_text(encoding="utf-8")
    assert "DO WHAT THE FUCK YOU WANT" in (folder / "regions.LICENSE").read_text(encoding="utf-8")


def test_programmes_use_the_codes_of_the_feed() -> None:
    for row in rows("programmes"):
        assert row["unit_kind"] in UNIT_KINDS
        assert set(filter(None, row["identities"].split(";"))) <= set(IDENTITIES)
        assert set(filter(None, row["excludes"].split(";"))) <= set(LIST_KINDS)


def test_every_stage_has_a_limit_for_every_programme() -> None:
    limits = read_limits()
    assert {stage for code, stage in limits if code == "*"} == set(STAGES)
    assert {code for code, _ in limits} - {"*"} <= set(read_programmes())
    assert limits["*", "county_approval"] == (8, "workday")
    assert limits["NY09", "appropriation"] == (15, "workday")


def period(cycle: str, text: str) -> Period:
    year = date(int(text[:4]), 1, 1)
    return next(each for each in periods(cycle, year, year) if each.text == text)


@pytest.mark.parametrize(
    ("pay_by", "cycle", "text", "day"),
    [
        ("day:10", "monthly", "2026-02", date(2026, 2, 10)),
        ("day:31", "monthly", "2026-02", date(2026, 2, 28)),
        ("day:15+1m", "monthly", "2026-12", date(2027, 1, 15)),
        ("day:15+1m", "quarterly", "2026Q3", date(2026, 10, 15)),
        ("day:31", "half_yearly", "2026H1", date(2026, 6, 30)),
        ("day:31", "yearly", "2026", date(2026, 12, 31)),
        ("term:05-31,11-30", "termly", "2026T2", date(2026, 11, 30)),
        ("window:04-01..06-30", "yearly", "2026", date(2026, 6, 30)),
        ("window:11-01..01-31", "yearly", "2026", date(2027, 1, 31)),
        ("", "on_demand", "2026-05", None),
    ],
)
def test_a_period_is_paid_by_the_day_that_its_programme_names(
    pay_by: str, cycle: str, text: str, day: date | None
) -> None:
    assert pay_day(pay_by, period(cycle, text)) == day


def test_every_pay_by_day_can_be_read() -> None:
    for programme in read_programmes().values():
        for each in periods(programme.cycle, date(2026, 1, 1), date(2026, 1, 1)):
            assert (pay_day(programme.pay_by, each) is None) == (programme.pay_by == "")


def test_files_are_small_enough_to_ship() -> None:
    assert sum(Path(reference_file(kind)).stat().st_size for kind in KINDS) < 500_000
