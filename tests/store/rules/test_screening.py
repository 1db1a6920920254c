"""Screening itself: hits that stay, go and come back, broken rules, versions, verdicts and scope."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from store.models.rule import ACTIONS, SECTIONS, SEVERITIES, UNITS
from store.rules import _known
from store.words import knows
from tests.builders import card_no, citizen_id
from tests.running import InProcess
from tests.store.rules.conftest import World

KEYS = (
    *("hit_no", "rule", "title", "severity", "action", "subject_kind", "subject_no", "programme_code"),
    *("programme", "period", "region_code", "county", "person_id", "name", "amount", "at_risk"),
    *("first_seen", "last_seen", "status", "verdict", "class", "held", "item_no"),
)
RULE_KEYS = (
    *("code", "kind", "group", "title", "severity", "action", "enabled", "version", "subject_kind"),
    "parameters",
)


@pytest.mark.parametrize("known", _known.every(), ids=lambda known: known.code)
def test_every_rule_loads_with_a_whole_page_and_lawful_parameters(known: _known.Known) -> None:
    assert known.fault is None
    assert known.rule is not None and known.page is not None
    assert set(known.page.sections) == set(SECTIONS)
    for each in known.rule.parameters:
        assert each.least <= each.default <= each.most and each.unit in UNITS
        assert each.zh.strip() and each.en.strip()


def dead(world: World) -> None:
    """One dead person who is paid."""
    world.batch("B1")
    world.person(1, status="dead", status_on="2025-01-01")
    world.payment("P1", "B1", 1)
    world.taken()


def rows(world: World, *options: str, day: str = "2025-09-30") -> list[dict[str, object]]:
    ran = world.supervise("warnings", *options, "--as-of", day, "--format", "json", check=0)
    found: list[dict[str, object]] = ran.json()
    return found


def test_a_hit_keeps_its_number_when_it_goes_and_comes_back(world: World) -> None:
    dead(world)
    (first,) = rows(world, "--rule", "PRE-007")
    assert tuple(first) == KEYS
    assert (first["hit_no"], first["title"]) == ("W2025-000001", "The person is dead by the population data")
    world.supervise("rules", "run", "PRE-007", "--as-of", "2025-10-01", check=0)
    (again,) = rows(world, "--rule", "PRE-007", day="2025-10-01")
    assert str(again["last_seen"])[:10] == "2025-10-01" and again["first_seen"] == first["first_seen"]
    world.person(1, status="normal")
    world.taken("2025-10-02")
    world.person(1, status="dead", status_on="2025-02-01")
    (gone,) = rows(world, "--rule", "PRE-007", day="2025-10-02")
    assert (gone["hit_no"], gone["status"]) == (first["hit_no"], "gone")
    world.taken("2025-10-03")
    (back,) = rows(world, "--rule", "PRE-007", day="2025-10-03")
    assert (back["hit_no"], back["status"], back["first_seen"]) == (
        first["hit_no"],
        "open",
        first["first_seen"],
    )
    past = [rows(world, "--rule", "PRE-007", day=day) for day in ("2025-09-29", "2025-09-30", "2025-10-02")]
    assert [[row["status"] for row in each] for each in past] == [[], ["open"], ["gone"]]
    shown = world.supervise("warnings", "show", "w2025-000001", "--as-of", "2025-10-03", "--format", "json")
    assert [step["step"] for step in shown.json()["steps"]] == ["appeared", "gone", "returned"]
    world.supervise("audit", "verify", check=0)


def test_the_same_file_again_finds_nothing_new(world: World) -> None:
    dead(world)
    before = rows(world)
    world.supervise("import", str(world.folder / "drop-1"), "--as-of", "2025-09-30", check=0)
    world.supervise("rules", "run", "--as-of", "2025-09-30", check=0)
    again = rows(world)
    assert [row["hit_no"] for row in again] == [row["hit_no"] for row in before]


def test_a_broken_rule_says_so_and_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _known.every()

    def breaks(asked: object) -> object:
        raise AttributeError("nothing to divide by")

    fine = next(each for each in whole if each.code == "PRE-007")
    broken = replace(fine, code="PRE-000", found=breaks)
    unread = _known.Known("PRE-999", "identity", fault="SyntaxError: here")
    monkeypatch.setattr(_known, "every", lambda: (broken, fine, unread))
    world.batch("B1")
    world.person(1, status="dead", status_on="2025-01-01")
    world.payment("P1", "B1", 1)
    world.taken()
    assert [row["rule"] for row in rows(world)] == ["PRE-007"]
    ran = world.supervise("rules", "run", "--as-of", "2025-09-30", "--format", "json", check=1)
    assert [(row["rule"], row["found"], row["fault"]) for row in ran.json()] == [
        ("PRE-000", 0, "AttributeError: nothing to divide by"),
        ("PRE-007", 1, None),
        ("PRE-999", 0, "SyntaxError: here"),
    ]
    assert "PRE-000" in ran.stderr and "PRE-999" in ran.stderr
    listed = world.supervise("rules", "--format", "json", check=0).json()
    assert [row["code"] for row in listed if row["needs"]] == ["PRE-000", "PRE-999"]


def test_a_folder_of_rules_is_the_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "made_up_rules" / "identity"
    folder.mkdir(parents=True)
    (folder / "pre_901_empty.py").write_text('"""没有 | Nothing"""\n', encoding="utf-8")
    (folder / "pre_902_wrong.py").write_text("def (", encoding="utf-8")
    (folder / "_private.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = _known.every(tmp_path / "made_up_rules", "made_up_rules")
    assert [(each.code, each.group, bool(each.fault)) for each in found] == [
        ("PRE-901", "identity", True),
        ("PRE-902", "identity", True),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("PRE-036", "cards=2"), 2),
        (("PRE-036", "cards=0", "--why", "x"), 2),
        (("PRE-036", "cards=10", "--why", "x"), 2),
        (("PRE-036", "cards=two", "--why", "x"), 2),
        (("PRE-036", "days=2", "--why", "x"), 2),
        (("PRE-036", "cards", "--why", "x"), 2),
        (("PRE-036", "enabled=2", "--why", "x"), 2),
        (("PRE-000", "cards=2", "--why", "x"), 2),
        (("PRE-036", "cards=2", "--programme", "X", "--why", "x"), 2),
        (("PRE-036", "cards=2", "--county", "neverland", "--why", "x"), 2),
        (("PRE-036", "cards=2", "--from", "soon", "--why", "x"), 2),
    ],
)
def test_what_may_not_be_set_is_refused_and_nothing_is_changed(
    supervise: InProcess, words: tuple[str, ...], code: int
) -> None:
    ran = supervise("rules", "set", *words)
    assert (ran.code, ran.stdout) == (code, b"") and ran.stderr.strip(), str(ran)
    if words[0] != "PRE-000":
        assert supervise("rules", "history", "PRE-036", "--format", "json", check=0).json() == []


def test_parameters_by_place_and_day_and_the_versions_they_make(world: World) -> None:
    for number, place in ((1, "511025001"), (2, "511002001")):
        for card in (1, 2):
            own = {"card_no": card_no(10 * number + card), "person_id": citizen_id(number)}
            world.add("cards", **own, status="normal")
        world.person(number, region_code=place)
    world.taken()
    both = sorted((citizen_id(1), citizen_id(2)))
    assert world.hits("PRE-036") == {"PRE-036": both}
    put = ("rules", "set", "PRE-036", "cards=2", "--why", "试点")
    made = world.supervise(*put, "--county", "511025", "--from", "2025-10-01", "--format", "json").json()
    assert (made["version"], made["region_code"], made["from_on"]) == (2, "511025", "2025-10-01")
    for day, people in (("2025-09-30", both), ("2025-10-01", [citizen_id(2)])):
        world.supervise("rules", "run", "PRE-036", "--as-of", day, check=0)
        assert world.hits("PRE-036", day=day) == {"PRE-036": people}
    world.supervise("rules", "set", "PRE-036", "enabled=false", "--why", "停用", check=0)
    world.supervise("rules", "run", "PRE-036", "--as-of", "2026-11-30")
    ran = world.supervise("rules", "history", "PRE-036", "--format", "json", check=0).json()
    assert [(row["version"], row["parameter"], row["value"], row["why"]) for row in ran] == [
        (2, "cards", 2, "试点"),
        (3, "enabled", 0, "停用"),
    ]
    page = world.supervise("rules", "explain", "pre-036", "--format", "json", check=0).json()
    assert (page["enabled"], page["version"]) == (False, 3)
    assert page["parameters"][0]["default"] == 1


def test_rules_are_listed_and_those_that_lack_data_say_which(supervise: InProcess) -> None:
    own = supervise("rules", "list", "--format", "json", check=0).json()
    assert tuple(own[0])[: len(RULE_KEYS)] == RULE_KEYS
    assert [row["code"] for row in own] == [each.code for each in _known.every()]
    every = supervise("rules", "list", "--all", "--format", "json", check=0).json()
    lacking = [row for row in every if row not in own]
    assert lacking and all(row["needs"] and not row["enabled"] for row in lacking)
    assert not {row["code"] for row in lacking} & {row["code"] for row in own}


def test_a_verdict_closes_a_hit_and_an_item_comes_from_it(world: World) -> None:
    dead(world)
    no = str(rows(world, "--rule", "PRE-007")[0]["hit_no"])
    act = ("warnings", "verdict", no, "--as-of", "2025-10-01", "--format", "json")
    for words in ((), ("--verdict", "true"), ("--verdict", "true", "--why", "x"), ("--verdict", "maybe")):
        assert world.supervise(*act, *words).code == 2
    said = ("--verdict", "属实", "--class", "violation", "--why", "已核实")
    judged = world.supervise(*act, *said, check=0).json()
    assert (judged["status"], judged["verdict"], judged["class"]) == ("closed", "true", "violation")
    world.supervise("rules", "run", "PRE-007", "--as-of", "2025-10-02", check=0)
    assert [row["status"] for row in rows(world, "--verdict", "true", day="2025-10-02")] == ["closed"]
    assert rows(world, "--status", "closed", day="2025-09-30") == []
    opening = ("ledger", "open", "--title", "死亡冒领", "--category", "false_claim", "--source", "warning")
    item = world.supervise(*opening, "--source-ref", no, "--format", "json", check=0).json()
    assert (item["region_code"], item["amount"]) == ("511025001", "100.00")
    (row,) = rows(world, "--rule", "PRE-007", day="2025-10-02")
    assert row["item_no"] == item["item_no"]
    assert world.supervise("warnings", "verdict", "W2025-999999", *said).code == 1


def test_a_post_sees_the_hits_of_its_place_and_people_are_masked(world: World) -> None:
    dead(world)
    add = ("posts", "add", "x", "--name", "市中区", "--kind", "audit", "--region", "511002")
    world.supervise(*add, check=0)
    world.supervise("posts", "add", "y", "--name", "资中", "--kind", "audit", "--region", "511025", check=0)
    assert rows(world, "--post", "x") == []
    (row,) = rows(world, "--post", "y", "--rule", "PRE-007")
    own = ("--rule", "PRE-007", "--as-of", "2025-09-30", "--lang", "zh")
    assert "待核实" in world.supervise("warnings", *own, check=0).text
    assert row["person_id"] == "511025********" + citizen_id(1)[-4:] and row["name"] == "何*明"
    own = ("--post", "x", "--as-of", "2025-09-30")
    assert world.supervise("warnings", "show", str(row["hit_no"]), *own).code == 1
    said = ("--verdict", "false", "--why", "x")
    assert world.supervise("warnings", "verdict", str(row["hit_no"]), *own, *said).code == 1
    card = {"card_no": card_no(1), "person_id": citizen_id(1), "status": "normal"}
    world.add("cards", **card, keeper_id=citizen_id(2))
    world.taken()
    (kept,) = rows(world, "--rule", "PRE-041", "--post", "y")
    assert kept["subject_no"] == "*" * 15 + card_no(1)[-4:]
    shown = world.supervise("warnings", "show", str(kept["hit_no"]), "--as-of", "2025-09-30")
    assert citizen_id(1) not in shown.text and citizen_id(2) not in shown.text


def test_every_rule_of_the_catalogue_says_what_it_lacks() -> None:
    for each in _known.lacking():
        assert knows(f"rule.needs.{each.needs}") and knows(f"enum.group.{each.group}"), each.code
        assert each.severity in SEVERITIES and each.action in ACTIONS, each.code
        assert each.title_zh.strip() and each.title_en.strip(), each.code


def test_every_side_of_a_comparison_has_its_label() -> None:
    root = Path(_known.__file__).parents[1]
    texts = [path.read_text("utf-8") for path in (*root.glob("rules/*/*.py"), *root.glob("queries/*.py"))]
    sides = {name for text in texts for name in re.findall(r"\b(?:left|right)_(\w+)\b\"?[)=]", text)}
    assert "card_no" in sides and len(sides) > 40
    assert [name for name in sorted(sides) if not knows(f"field.{name}")] == []
