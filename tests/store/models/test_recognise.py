"""A sheet is known by its header, and only when one feed fits it better than any other."""

from __future__ import annotations

import pytest

from store import discovery
from store.models.feed import Feed
from store.models.recognise import Heading, find, is_total, number_places, numbers_in_total, plain

FEEDS: list[Feed] = [module.FEED for module in discovery.modules("store.feeds")]
BY_NAME = {feed.name: feed for feed in FEEDS}


def heading_of(*rows: list[str], lines: list[int] | None = None, **options: object) -> Heading | None:
    return find(rows, lines or list(range(1, len(rows) + 1)), FEEDS, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
@pytest.mark.parametrize("form", ["names", "chinese", "mixed", "aliases", "upside_down"])
def test_every_feed_is_known_by_its_complete_header(feed: Feed, form: str) -> None:
    header = {
        "names": [field.name for field in feed.fields],
        "chinese": [field.header for field in feed.fields],
        "mixed": [field.name if at % 2 else field.header for at, field in enumerate(feed.fields)],
        "aliases": [(*field.aliases, field.header)[0] for field in feed.fields],
        "upside_down": [field.name.upper() for field in reversed(feed.fields)],
    }[form]
    heading = heading_of(header)
    assert heading is not None
    assert heading.feed is feed
    assert heading.ignored == ()
    assert set(heading.places) == set(feed.by_name)
    assert heading.width == len(feed.fields)


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
@pytest.mark.parametrize("chinese", [False, True])
def test_every_feed_is_known_by_its_required_fields_alone(feed: Feed, chinese: bool) -> None:
    header = [field.header if chinese else field.name for field in feed.fields if field.required]
    heading = heading_of(header)
    assert heading is not None
    assert heading.feed is feed


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_a_feed_that_lacks_a_required_field_is_not_that_feed(feed: Feed) -> None:
    for missing in feed.required:
        heading = heading_of([field.name for field in feed.fields if field.name != missing])
        assert heading is None or heading.feed is not feed


def test_a_header_that_two_feeds_fit_alike_is_neither_unless_it_is_named() -> None:
    payments = [field.name for field in BY_NAME["payments"].fields if field.required]
    both = [*payments, "household_no", "relation", "group_name", "phone"]
    assert heading_of(both) is None
    people = heading_of(both, wanted="people")
    assert people is not None
    assert (people.feed.name, len(people.places)) == ("people", 7)
    more = heading_of([*both, "case_no"])
    assert more is not None
    assert more.feed.name == "payments"


def test_most_columns_have_to_fit_unless_the_feed_is_named() -> None:
    half = ["region_code", "name", "colour", "weight"]
    assert heading_of(half) is None
    named = heading_of(half, wanted="regions")
    assert named is not None
    assert named.ignored == ("colour", "weight")
    most = heading_of(["region_code", "name", "colour", ""])
    assert most is not None
    assert (most.feed.name, most.ignored, most.width) == ("regions", ("colour",), 3)


def test_a_named_feed_still_wants_its_required_fields() -> None:
    assert heading_of(["region_code", "colour"], wanted="regions") is None
    assert heading_of(["region_code", "name"], wanted="no_such_feed") is None


def test_titles_above_the_header_are_skipped() -> None:
    heading = heading_of(["区划一览表", ""], ["填报单位：资中县财政局", ""], ["区划代码", "区划名称"])
    assert heading is not None
    assert (heading.feed.name, heading.index) == ("regions", 2)


def test_a_header_counts_up_to_the_tenth_line_of_the_file() -> None:
    rows = (["表"], ["region_code", "name"])
    tenth = heading_of(*rows, lines=[1, 10])
    assert tenth is not None
    assert tenth.index == 1
    assert heading_of(*rows, lines=[1, 11]) is None


def test_headers_are_compared_without_width_case_spaces_and_marks() -> None:
    heading = heading_of(["\ufeff区划\n代码", " ＮＡＭＥ　"])
    assert heading is not None
    assert heading.places == {"region_code": 0, "name": 1}


def test_a_column_that_is_named_twice_is_the_first() -> None:
    heading = heading_of(["region_code", "name", "区划名称"])
    assert heading is not None
    assert heading.places == {"region_code": 0, "name": 1}
    assert heading.ignored == ("区划名称",)


def test_columns_that_nobody_foresaw_are_renamed_first() -> None:
    renames = {"行政 区划": "region_code", "名": "区划名称", "name": "nothing"}
    heading = heading_of(["行政区划", "name", "名"], renames=renames)
    assert heading is not None
    assert heading.places == {"region_code": 0, "name": 2}
    assert heading.ignored == ("name",)


def test_nothing_is_no_feed() -> None:
    assert heading_of() is None
    assert heading_of(["颜色", "重量"], ["红", "12"]) is None


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        (["合计", "", "25"], True),
        (["", "合 计：", "25"], True),
        (["总计:"], True),
        (["共计"], True),
        (["Total", "1"], True),
        (["小计", "1"], False),
        (["B1", "合计"], False),
        (["合计人数", "1"], False),
        (["", " "], False),
        ([], False),
    ],
)
def test_a_total_is_known_by_its_first_filled_cell(cells: list[str], total: bool) -> None:
    assert is_total(cells) is total


def test_the_numbers_of_a_total_are_those_it_gives() -> None:
    heading = heading_of(["笔数", "批次号", "项目编码", "期次", "区划代码", "单位代码", "金额"])
    assert heading is not None
    places = number_places(heading)
    assert places == {"count": 0, "amount": 6}
    assert numbers_in_total(["", "合计", "", "", "", "", " 10,225.00 "], places) == {"amount": "10,225.00"}
    assert numbers_in_total(["合计"], places) == {}
    assert numbers_in_total(["合计", "", "", "", "", "", "1", "2"], places) == {"amount": "1"}


def test_plain_leaves_words_alone() -> None:
    assert plain("社保卡号") == "社保卡号"
