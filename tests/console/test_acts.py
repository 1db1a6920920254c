"""Acts from the screen: opened, assigned, worked on, submitted, closed by another; and what is refused."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.app import Console
from console.seat import Seat
from console.widgets.form_line import FormLine
from store.database import Store, reading, writing
from store.identity import id_check
from store.models.posts import Actor, Post
from store.models.rectification import Step
from store.queries import attention, items
from store.services import imports, ledger, posts
from store.services.imported import Wanted
from store.services.ledger import Act
from store.services.registration import Opening, open_item
from store.words import say
from tests.console.staging import NOW, actor_at, screen, until

SIZE = (80, 24)
PERSON = "51100219700101001"
JUDGE = Post("D51", "市纪委监督岗", "discipline", "5110")
FILES = {
    "regions.csv": "region_code,name\n5110,内江市\n511002,市中区\n511002001,白马镇\n",
    "units.csv": "unit_code,name,kind,region_code\nTOWN,白马镇人民政府,town,511002001\n",
    "programmes.csv": "programme_code,name,unit_kind,cycle\nA01,低保,civil_affairs,monthly\n",
    "deadlines.csv": "programme_code,stage,limit,limit_unit\n*,town_review,10,workday\n",
    "cases.csv": "case_no,programme_code,period,person_id,region_code,applied_on,amount\n"
    "SB001,A01,2025-07,{id},511002001,2025-06-30,600\n",
    "stages.csv": "case_no,stage,entered_at,unit_code\nSB001,town_review,2025-07-02 09:00,TOWN\n",
}


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Drafts go to a folder of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield tmp_path / "state"


@pytest.fixture
def owner(store: Store) -> Actor:
    return actor_at(store)


def shows(app: Any, *texts: str) -> bool:
    lines = screen(app)
    return all(any(text in line for line in lines) for text in texts)


def overdue_case(store: Store, owner: Actor, folder: Path) -> None:
    """A case whose stage has been overdue for long, and the unit it sits with."""
    for name, text in FILES.items():
        (folder / name).write_text(text.replace("{id}", PERSON + id_check(PERSON)), encoding="utf-8")
    paths = [str(folder / name) for name in FILES]
    imports.run(lambda: writing(store), owner, paths, Wanted())


def judge(store: Store, owner: Actor) -> Actor:
    """A second post, of the city's discipline."""
    with writing(store) as connection:
        posts.add(connection, owner, JUDGE)
    return replace(owner, post=JUDGE)


def registered(store: Store, owner: Actor, *dues: date) -> list[str]:
    """Items of the ledger, one for each due day."""
    with writing(store) as connection:
        return [
            open_item(
                connection,
                owner,
                Opening(f"白马镇低保审批超期{n}", "late", "meeting", region="511002", due_on=due),
            )
            for n, due in enumerate(dues)
        ]


def take(store: Store, actor: Actor, no: str, *acts: Act) -> None:
    """Take steps with an item, as another process would."""
    with writing(store) as connection:
        for act in acts:
            ledger.step(connection, actor, no, act)


def item(store: Store, actor: Actor, no: str) -> Any:
    with reading(store) as connection:
        return items.shown(connection, actor.viewer, NOW.date(), no)


@asynccontextmanager
async def console(
    store: Store, actor: Actor, lang: str = "zh", size: tuple[int, int] = SIZE, read_only: bool = False
) -> AsyncIterator[Any]:
    app = Console(Seat(store, actor.post, actor.login, lang, None, lambda: NOW, read_only))
    async with app.run_test(size=size) as pilot:
        yield pilot


async def shown(pilot: Any, *texts: str) -> None:
    await until(pilot, lambda: shows(pilot.app, *texts), 20)


async def fill(pilot: Any, **texts: str) -> None:
    """Type texts into the fields of the form, in place of what stands there."""
    for name, text in texts.items():
        editor = pilot.app.screen.query_one(f"#field-{name}")
        editor.focus()
        await pilot.pause()
        if hasattr(editor, "load_text"):
            editor.load_text("")
            editor.insert(text)
        else:
            editor.value = ""
            await pilot.press(*text) if text.isalnum() else editor.insert(text, 0)
        await pilot.pause()


async def record(pilot: Any, lang: str = "zh") -> None:
    """Go on to the page that asks, and record."""
    await pilot.press("ctrl+s")
    await shown(pilot, say("act.question", lang)[:12])
    await pilot.press("y")


async def in_ledger(pilot: Any, lang: str, *texts: str) -> None:
    await pilot.press("3")
    await shown(pilot, say("console.view.ledger", lang), *texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_an_overdue_case_to_its_closing_by_another_post(
    store: Store, owner: Actor, tmp_path: Path, lang: str
) -> None:
    overdue_case(store, owner, tmp_path)
    other = judge(store, owner)
    photo = tmp_path / "整改 照片.txt"
    photo.write_text("已整改", encoding="utf-8")

    def done(act: str) -> str:
        return say("act.recorded", lang, act=say(f"act.{act}", lang), no="2025-0001")

    async def first() -> None:
        async with console(store, owner, lang) as pilot:
            await pilot.press("1")
            await shown(pilot, "SB001")
            await pilot.press("a")
            await shown(pilot, say("act.open", lang))
            await pilot.press("O")
            await shown(pilot, "SB001", say("field.title", lang), "白马镇人民政府")
            await fill(pilot, responsible="李华", due_on="＋10")
            await shown(pilot, "= 2025-10-21")
            await pilot.press("ctrl+s")
            await shown(pilot, say("act.number_later", lang), "SB001", "2025-10-21", "owner")
            await pilot.press("y")
            await shown(pilot, done("open"))
            await in_ledger(pilot, lang, "2025-0001")
            await pilot.press("A")
            await shown(pilot, say("field.measures", lang))
            await fill(pilot, measures="限期补审\n逐户核对")
            await record(pilot, lang)
            await shown(pilot, done("assign"))
            await pilot.press("P")
            await shown(pilot, say("field.recovered", lang))
            await fill(pilot, why="已补审", evidence=f'"{photo}"')
            await pilot.press("ctrl+s")
            await shown(pilot, photo.name, item_hash(photo)[:40], "9")
            await pilot.press("y")
            await shown(pilot, done("progress"))
            await pilot.press("S")
            await shown(pilot, say("field.evidence", lang))
            await record(pilot, lang)
            await shown(pilot, done("submit"))
            await pilot.press("C")
            await shown(pilot, "owner", "2025-0001")  # who submits never closes: said before any form
            assert not pilot.app.screen.query(FormLine)

    async def second() -> None:
        async with console(store, other, lang) as pilot:
            await in_ledger(pilot, lang, "2025-0001")
            await pilot.press("C")
            await shown(pilot, say("field.why", lang))
            await fill(pilot, why="属实")
            await record(pilot, lang)
            await shown(pilot, done("close"))

    run(first())
    run(second())
    made = item(store, owner, "2025-0001")
    assert [(step.step, step.post) for step in made.steps] == [
        ("open", "owner"),
        ("assign", "owner"),
        ("progress", "owner"),
        ("submit", "owner"),
        ("close", "D51"),
    ]
    assert (made.source, made.source_ref, made.unit_code) == ("case", "SB001", "TOWN")
    assert (made.responsible, made.due_on) == ("李华", date(2025, 10, 21))
    assert made.measures == "限期补审\n逐户核对"
    (file,) = made.steps[2].evidence
    assert (file.name, file.bytes, file.intact) == (photo.name, 9, True)


def item_hash(path: Path) -> str:
    from hashlib import sha256

    return sha256(path.read_bytes()).hexdigest()


def test_a_stale_close_comes_back_as_a_sentence_and_its_draft_is_offered_again(
    store: Store, owner: Actor, state_folder: Path
) -> None:
    other = judge(store, owner)
    (no,) = registered(store, owner, date(2025, 10, 10))
    take(store, owner, no, Act(Step.ASSIGN), Act(Step.PROGRESS), Act(Step.SUBMIT))

    async def scene() -> None:
        async with console(store, other) as pilot:
            await in_ledger(pilot, "zh", no)
            await pilot.press("C")
            await shown(pilot, "理由")
            await fill(pilot, why="材料齐全")
            await pilot.press("ctrl+s")
            await shown(pilot, "按 y 记录")
            take(store, owner, no, Act(Step.RETURN, "材料不全"))
            await pilot.press("y")
            await shown(pilot, f"{no} 刚被他人办理", "草稿已保留", "整改中")
            (kept,) = (state_folder / "supervise" / "drafts").iterdir()
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
            take(store, owner, no, Act(Step.SUBMIT))
            await shown(pilot, "申请销号")
            await pilot.press("C")
            await shown(pilot, "取用 2025-09-30 14:32 的草稿")
            await pilot.press("1")
            await shown(pilot, "材料齐全")
            await record(pilot)
            await shown(pilot, f"已记录：销号 {no}。")
            assert not list((state_folder / "supervise" / "drafts").iterdir())

    run(scene())
    assert item(store, owner, no).status == "closed"


def test_twenty_marked_items_are_extended_at_once_and_those_skipped_are_named(
    store: Store, owner: Actor
) -> None:
    numbers = registered(store, owner, *[date(2025, 10, 10)] * 17, *[date(2026, 1, 9)] * 2, date(2025, 11, 1))
    last = numbers[-1]
    take(store, owner, last, Act(Step.ASSIGN), Act(Step.PROGRESS), Act(Step.SUBMIT))

    async def scene() -> None:
        async with console(store, owner) as pilot:
            await in_ledger(pilot, "zh", "20 件")
            await pilot.press("m", "a")
            await shown(pilot, "20 项：", "19 项可办，1 项跳过")
            await pilot.press("X")
            await shown(pilot, "应办结 *")
            await fill(pilot, due_on="2025-12-01", why="汛期停工")
            await pilot.press("ctrl+s")
            await shown(pilot, "17 项", "3 项", numbers[17], numbers[18], "只能延到 2026-01-09 之后", last)
            await pilot.press("y")
            await shown(pilot, f"已记录：延期 17 项；跳过 3 项：{numbers[17]}", f"#{numbers[17]}")

    run(scene())
    due = [item(store, owner, no).due_on for no in numbers]
    assert due == [date(2025, 12, 1)] * 17 + [date(2026, 1, 9)] * 2 + [date(2025, 11, 1)]


def test_what_is_wrong_stands_under_its_field_and_nothing_is_recorded(
    store: Store, owner: Actor, tmp_path: Path
) -> None:
    (no,) = registered(store, owner, date(2025, 10, 10))
    large = tmp_path / "large.bin"
    with large.open("wb") as out:
        out.truncate(20 * 1024 * 1024 + 1)

    async def scene() -> None:
        async with console(store, owner, size=(60, 15)) as pilot:
            await in_ledger(pilot, "zh", no)
            await pilot.press("X", "ctrl+s")
            await shown(pilot, "请填写应办结。", "请填写理由。", "有 2 处需要修改。")
            await fill(pilot, due_on="下周", why="汛期")
            await pilot.press("ctrl+s")
            await shown(pilot, "下周 不是日期")
            await fill(pilot, due_on="2025-10-01")
            await pilot.press("ctrl+s")
            await shown(pilot, "只能延到 2025-10-10 之后")
            await fill(pilot, due_on="２０２５－１２－０１", evidence=str(large))
            await pilot.press("ctrl+s")
            await shown(pilot, "超过 20 MiB")
            await fill(pilot, evidence=str(tmp_path / "没有.pdf"))
            await pilot.press("ctrl+s")
            await shown(pilot, "没有.pdf")
            assert not shows(pilot.app, "按 y 记录")
            await fill(pilot, evidence="")
            await record(pilot)
            await shown(pilot, f"已记录：延期 {no}。")

    run(scene())
    assert [step.step for step in item(store, owner, no).steps] == ["open", "extend"]


def test_what_was_shown_is_what_is_kept_whatever_becomes_of_the_file(
    store: Store, owner: Actor, tmp_path: Path
) -> None:
    (no,) = registered(store, owner, date(2025, 10, 10))
    take(store, owner, no, Act(Step.ASSIGN))
    proof = tmp_path / "proof.txt"
    proof.write_text("one")

    async def scene() -> None:
        async with console(store, owner) as pilot:
            await in_ledger(pilot, "zh", no)
            await pilot.press("P")
            await shown(pilot, "证明材料")
            await fill(pilot, evidence=str(proof))
            await pilot.press("ctrl+s")
            await shown(pilot, item_hash(proof)[:40])
            proof.unlink()
            await pilot.press("y")
            await shown(pilot, f"已记录：记录整改进展 {no}。")

    run(scene())
    (file,) = item(store, owner, no).steps[-1].evidence
    assert (file.bytes, file.intact) == (3, True)


def test_left_forms_keep_their_draft_also_when_the_console_is_left(
    store: Store, owner: Actor, state_folder: Path
) -> None:
    first, second = registered(store, owner, date(2025, 10, 10), date(2025, 10, 10))

    async def scene(keys: Sequence[str]) -> None:
        async with console(store, owner) as pilot:
            await in_ledger(pilot, "zh", first)
            await pilot.press(*keys, "W")
            await shown(pilot, "理由")
            await fill(pilot, why="误登，重复")
            await pilot.press("f10")

    run(scene([]))
    run(scene(["j"]))
    assert len(list((state_folder / "supervise" / "drafts").iterdir())) == 2
    assert {item(store, owner, no).status for no in (first, second)} == {"registered"}


def test_read_only_hides_the_acts_and_says_so(store: Store, owner: Actor) -> None:
    (no,) = registered(store, owner, date(2025, 10, 10))

    async def scene() -> None:
        async with console(store, owner, read_only=True) as pilot:
            await in_ledger(pilot, "zh", no, "只读")
            await pilot.press("a")
            await shown(pilot, "只读，不能办理。")
            await pilot.press("A")
            await shown(pilot, "只读，不能办理。")
            await pilot.press("f1")
            await shown(pilot, "按键")
            assert not shows(pilot.app, "a F12")

    run(scene())


def test_hostile_text_in_a_form_stays_text(store: Store, owner: Actor) -> None:
    (no,) = registered(store, owner, date(2025, 10, 10))

    async def scene() -> None:
        async with console(store, owner) as pilot:
            await in_ledger(pilot, "zh", no)
            await pilot.press("W")
            await shown(pilot, "理由")
            await fill(pilot, why="[/] [@click=app.quit]x[/] \u202egnp")
            await pilot.press("ctrl+s")
            await shown(pilot, "[/] [@click=app.quit]x[/] �gnp")

    run(scene())


def test_the_acts_of_a_row_are_those_that_are_lawful(
    store: Store, owner: Actor, seat_at: Callable[..., Seat]
) -> None:
    (no,) = registered(store, owner, date(2025, 10, 10))

    async def scene() -> None:
        async with console(store, owner) as pilot:
            await in_ledger(pilot, "zh", no)
            await pilot.press("ａ")
            await shown(pilot, "交办")
            listed = [line.split()[-1] for line in screen(pilot.app) if line[2:3].isupper()]
            assert listed == ["交办", "延期", "移送纪检监察岗位", "撤销", "并案", "留下关注", "跟踪"]
            await pilot.press("escape", "S")
            await shown(pilot, f"{no} 现为已登记，不能申请销号")

    run(scene())


def test_a_row_is_marked_followed_and_let_go(store: Store, owner: Actor) -> None:
    (no,) = registered(store, owner, date(2025, 10, 10))

    async def scene() -> None:
        async with console(store, owner) as pilot:
            await in_ledger(pilot, "zh", no)
            await pilot.press("K")
            await shown(pilot, "留下关注")
            await fill(pilot, note="下周再看")
            await record(pilot)
            await shown(pilot, f"已记录：留下关注 {no}。")
            await pilot.press("D")
            await shown(pilot, f"本岗位没有跟踪 {no}。")
            await pilot.press("J")
            await shown(pilot, "关注内容")
            await record(pilot)
            await shown(pilot, f"已记录：跟踪 {no}。")
            await pilot.press("J")
            await shown(pilot, f"本岗位已在跟踪 {no}。")
            await pilot.press("s")
            await until(pilot, lambda: not shows(pilot.app, "本岗位已在跟踪"))

    run(scene())
    with reading(store) as connection:
        rows = attention.listed(connection, owner.viewer, NOW.date(), everything=True)
    assert {(row.subject, row.note, row.follows) for row in rows} == {
        (no, "下周再看", False),
        (no, None, True),
    }
