"""A person's own settings of terminal and keys: what can be had is, what cannot is said and left out."""

from __future__ import annotations

import asyncio
import re
import tomllib
from pathlib import Path

import pytest

from console.keyboard import CHANGEABLE, keyboard
from console.keys import ACT_KEYS, Key
from console.orders import heads
from console.settings import Settings
from console.wishes import AMBIGUOUS, ENCODINGS, THEMES, wishes
from store.database import Store
from tests.console.scenes import console, lines, opened, order, shows

ROOT = Path(__file__).parents[2]
SQLITE = pytest.mark.parametrize("database", ["sqlite"])
WRITTEN = """# 我的设置
theme = "mono"  # 机房的旧终端
encoding = "GB18030"
ambiguous = 2

# 改键
[keys]
filter = ["F2", "%"]
last = "z"
sort = "w"
columns = "s"
"""


def keys_of(key: Key) -> set[str]:
    return set(key.every)


def test_no_two_actions_share_a_key_and_each_has_a_name_of_its_own() -> None:
    seen: dict[str, str] = {}
    for key in CHANGEABLE:
        for each in key.every:
            assert seen.setdefault(each, key.action) == key.action, each
    ids = [key.id for key in CHANGEABLE]
    assert len(ids) == len(set(ids))


def test_every_letter_key_has_a_twin_for_an_input_method_and_a_way_without_letters() -> None:
    known = {head.name for head in heads("zh")}
    alone = []
    for key in CHANGEABLE:
        characters = [each for each in key.keys.split(",") if len(each) == 1]
        for each in characters:
            if not any("\uff01" <= twin <= "\uff5e" or "fullwidth" in twin for twin in key.every):
                alone.append((key.id, each, "no full-width twin"))
        line = key.action.removeprefix("open('").removesuffix("')").split(" ")[0]
        other = len(characters) < len(key.keys.split(","))
        if characters and not (other or key.name in known or line in known):
            alone.append((key.id, key.keys, "neither another key nor a command"))
    assert alone == []


def test_what_the_command_line_of_an_act_is_called_opens_that_act(tmp_path: Path) -> None:
    from console.orders import Run, understood

    for key in ACT_KEYS:
        found = understood(key.name, "zh")
        assert isinstance(found, Run) and found.action.run == key.action, key.name


def test_wishes_are_read() -> None:
    found = wishes(tomllib.loads(WRITTEN))
    assert found.faults == ()
    assert (found.encoding, found.ambiguous, found.theme) == ("gb18030", 2, "mono")
    assert found.keyboard.keys["filter"] == ("f2", "percent_sign", "fullwidth_percent_sign")
    assert found.keyboard.keys["sort"] == ("w", "ｗ")
    assert found.keyboard.shown["filter"] == "F2 %"


@pytest.mark.parametrize(
    ("text", "names", "says"),
    [
        ('encoding = "latin-7"', ["encoding", "latin-7"], "auto utf-8 gb18030 gbk gb2312"),
        ("ambiguous = 3", ["ambiguous", "3"], "auto 1 2"),
        ("ambiguous = true", ["ambiguous", "True"], "auto 1 2"),
        ('theme = "pink"', ["theme", "pink"], "auto mono 16 256 contrast"),
        ('themes = "mono"', ["themes"], "ambiguous encoding keys theme"),
        ("keys = 3", ["keys"], "[keys]"),
        ("keys.nothing = 'x'", ["keys.nothing"], "filter"),
        ("keys.filter = 3", ["keys.filter", "3"], "F2"),
        ("keys.filter = []", ["keys.filter"], ""),
        ("keys.filter = 'alt+x'", ["keys.filter", "alt+x"], "F1-F12"),
        ("keys.filter = 'ctrl+c'", ["keys.filter", "ctrl+c"], "F1-F12"),
        ("keys.filter = 's'", ["keys.filter", "s"], "sort"),
        ("keys.filter = '3'", ["keys.filter", "3"], "ledger"),
    ],
)
def test_a_wish_that_cannot_be_had_is_said_with_what_can_and_the_rest_is_taken(
    text: str, names: list[str], says: str
) -> None:
    found = wishes(tomllib.loads(f"{text}\n[view.x]\n"), ("view",))
    (fault,) = found.faults
    for lang in ("zh", "en"):
        sentence = fault.sentence(lang)
        assert all(name in sentence for name in (*names, says)), sentence
    assert not found.keyboard.keys and not found.encoding and found.ambiguous is None and not found.theme


def test_of_two_wishes_for_one_key_the_first_is_had() -> None:
    board, faults = keyboard({"filter": "%", "sort": "%"})
    assert set(board.keys) == {"filter"}
    assert [fault.values["name"] for fault in faults] == ["keys.sort"]


def test_what_a_person_wrote_stays_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "console.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    Settings(path).keep("failed", "-amount", ("amount",))
    Settings(path).leave_at("failed --daily")
    Settings(path).keep("overdue", "due_on", None)
    text = path.read_text("utf-8")
    for line in WRITTEN.splitlines():
        assert line in text
    again = Settings(path)
    assert again.wishes == wishes(tomllib.loads(WRITTEN))
    assert (again.last, again.of("failed").columns, again.of("overdue").sort) == (
        "failed --daily",
        ("amount",),
        "due_on",
    )


def test_a_slip_of_the_pen_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "console.toml"
    path.write_text(WRITTEN + "\nfilter = [[[", encoding="utf-8")
    Settings(path).keep("failed", "-amount", None)
    assert path.with_name("console.toml.damaged").read_text("utf-8").startswith(WRITTEN)
    assert Settings(path).of("failed").sort == "-amount"


@SQLITE
def test_remapped_keys_do_it_and_stand_in_help_bar_and_sentences(golden_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "console.toml"
    path.write_text('[keys]\nfilter = ["%"]\nfreeze = "Q"\nquit = ["ctrl+x"]\nfirst="s"\n', "utf-8")

    async def scene() -> None:
        async with console(golden_store, settings=path) as pilot:
            await shows(pilot, "keys.first")  # `s` sorts
            await order(pilot, "overdue")
            await opened(pilot, "overdue")
            assert lines(pilot)[-1].startswith("F1帮助 %筛选") and "Ctrl+X退出" in lines(pilot)[-1]
            await pilot.press("Q")
            await shows(pilot, "按 Q 恢复")
            await pilot.press("p")
            await shows(pilot, "按 Q 恢复")  # what was its key is none any more
            await pilot.press("％")
            await pilot.press(*"town", "enter")
            await shows(pilot, "筛选：town")
            await pilot.press("?", *"sx")
            await shows(pilot, "%  ")
            await pilot.press("escape", "ctrl+c")
            await shows(pilot, "退出请按 Ctrl+X")
            await pilot.press("ctrl+x")
            assert pilot.app.return_code == 0

    asyncio.run(scene())


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_action_with_its_keys_and_every_choice(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    (block,) = (each for each in re.findall(r"```text\n(.*?)```", text, re.S) if "mark-all" in each)
    told = [each.strip() for each in block.replace("\n", " ").split(" | ")]
    assert told == [f"{key.id} {key.shown}" for key in CHANGEABLE]
    (example,) = (each for each in re.findall(r"```toml\n(.*?)```", text, re.S) if "ambiguous" in each)
    assert wishes(tomllib.loads(example)).faults == ()
    for choices in (ENCODINGS, THEMES, AMBIGUOUS):
        assert " ".join(choices) in example
