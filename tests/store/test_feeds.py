"""Every feed and field is what the contract's list says, and nothing else."""

from __future__ import annotations

import pytest

from store import discovery
from store.models.feed import Feed
from tests.golden import fields

FEEDS = tuple(fields())


def feed(name: str) -> Feed:
    """A feed of the program."""
    found = discovery.load("store.feeds", name).FEED
    assert isinstance(found, Feed)
    return found


def test_the_feeds_are_those_of_the_contract() -> None:
    assert set(discovery.names("store.feeds")) == set(FEEDS)


@pytest.mark.parametrize("name", FEEDS)
def test_fields_stand_in_the_order_of_the_contract(name: str) -> None:
    assert [each.name for each in feed(name).fields] == list(fields()[name])
    assert feed(name).name == name


@pytest.mark.parametrize("name", FEEDS)
def test_a_field_is_as_the_contract_says(name: str) -> None:
    wrong = []
    for each in feed(name).fields:
        line = fields()[name][each.name]
        aliases = [alias.strip() for alias in (line["aliases"] or "").split(";") if alias.strip()]
        said = (line["header_zh"], line["type"], line["required"] == "yes", line["key"] == "yes", aliases)
        is_so = (each.header, str(each.kind), each.required, each.key, list(each.aliases))
        if said != is_so:
            wrong.append(f"{each.name}: {said} and {is_so}")
    assert wrong == []


@pytest.mark.parametrize("name", FEEDS)
def test_an_enum_takes_the_codes_and_words_of_the_contract(name: str) -> None:
    wrong = []
    for each in feed(name).fields:
        meaning = (fields()[name][each.name]["meaning"] or "").split("; ")[0]
        if each.kind != "enum" or " | " not in meaning:
            continue
        said = dict(part.strip().split(" ", 1) for part in meaning.split(" | ") if " " in part.strip())
        said = {code: word.partition(" (")[0] for code, word in said.items()}
        if said != dict(each.words):
            wrong.append(f"{each.name}: {said} and {dict(each.words)}")
    assert wrong == []


@pytest.mark.parametrize("name", FEEDS)
def test_every_enum_has_words(name: str) -> None:
    assert [each.name for each in feed(name).fields if each.kind == "enum" and not each.words] == []


@pytest.mark.parametrize("name", FEEDS)
def test_no_header_means_two_fields(name: str) -> None:
    known: dict[str, str] = {}
    for each in feed(name).fields:
        for header in (each.name, each.header, *each.aliases):
            assert known.setdefault(header, each.name) == each.name
