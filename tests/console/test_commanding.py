"""The command line of a list gives exactly the rows that the list shows, for every list."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections import Counter
from typing import Any

import pytest

from console import lists
from console.answers import Choice, answer, load
from console.commanding import CommandLine, command_line
from console.places import Place, place
from console.seat import Seat
from store.conditions import parse
from store.database import Store
from store.tables import Table
from store.writers import _facts
from tests.console.scenes import CLOCK, DAY
from tests.console.staging import actor_at
from tests.running import InProcess

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
# of each list some places, each with filters; a list that is not named here is shown as it opens
SHOWN: dict[str, list[tuple[dict[str, str], str, str]]] = {
    "overdue": [
        ({}, "超时>10 且 (区县=资中 或 等级=橙,红)", "-overdue_days"),
        ({"county": "资中"}, "村 或 镇", ""),
        ({"kind": "payments"}, "未到账金额>=100", "unpaid_amount"),
        ({"kind": "failures", "upcoming": ""}, "尾号", ""),
        ({"kind": "rectification"}, "", ""),
        ({"kind": "all"}, "编号~1 且 类别!=整改", "-no"),
        ({"kind": "all"}, "编号!=P103 或 编号=-", ""),
        ({"kind": "all", "county": "511025"}, "编号>P103", ""),
        ({"finished-late": ""}, "办结时间>=2025-08", ""),
    ],
    "failed": [
        ({}, "未反馈=是", "-outstanding"),
        ({"all": ""}, "状态=已到账 或 未到账>=0.05万", ""),
        ({"all": ""}, "", "name"),
        ({"daily": ""}, "新增>0", ""),
        ({"daily": ""}, "区县=全部", ""),
        ({"daily": ""}, "全 期末>0", ""),
        ({"daily": "", "county": "资中"}, "区县!=全部", ""),
        ({"weekly": "", "by": "unit"}, "期末>0", ""),
        ({"ageing": ""}, "open_count>0 或 区县~部", ""),
        ({"rate": ""}, "非 区县=-", ""),
    ],
    "ledger": [({"all": ""}, "类别=超时", "")],
    "payments": [({"batch": "B1"}, "金额>0", "-amount"), ({"person": "P103"}, "", "")],
    "rejects": [({}, "行>3", ""), ({}, "line 或 行 或 csv", "")],
    "imports": [({}, "退回>0 或 csv", "rows")],
    "audit": [({}, "import 或 库", "")],
    "progress": [({"by": "programme"}, "case_count>0 或 低保", "")],
    "reasons": [({}, "原因类别=手工录入失误", ""), ({"wordings": ""}, "银行原话!=-", "")],
}
VIEWS = [(name, *shown) for name in lists.names() for shown in SHOWN.get(name, [({}, "", "")])]


def words_of(lines: list[str]) -> list[str]:
    """The words that a shell reads."""
    script = "set -- " + "\n".join(lines) + "\nprintf '%s\\0' \"$@\""
    ran = subprocess.run(["sh", "-c", script], capture_output=True, check=True)
    return ran.stdout.decode("utf-8").split("\0")[:-1]


def told(table: Table) -> list[dict[str, Any]]:
    """Rows as JSON has them, without what is not known: lists of several kinds have it for others."""
    keys = table.keys()
    rows = [dict(zip(keys, row, strict=True)) for row in _facts.rows_of(table)]
    return [{key: value for key, value in row.items() if value is not None and key != "no"} for row in rows]


def without_names(row: dict[str, Any]) -> str:
    """A row without the name that the screen gives the whole scope."""
    left = {k: v for k, v in row.items() if v is not None and (k != "county" or "county_code" in row)}
    return json.dumps(left, ensure_ascii=False, sort_keys=True)


@SQLITE
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_line_of_every_list_gives_its_rows(
    golden: InProcess, golden_store: Store, lang: str
) -> None:
    actor = actor_at(golden_store)
    seat = Seat(golden_store, actor.post, actor.login, lang, DAY, lambda: CLOCK)
    empty, differing = [], []
    for name, options, text, sort in VIEWS:
        where = place(name, options)
        make = lists.view(name).plan
        assert make is not None
        plan = make(dict(where.options), lang)
        choice = Choice(text if lang == "zh" else text.replace("全部", "all"), sort)
        loaded = load(seat, plan, whole=True)
        shown = answer(plan, loaded, choice, lang, None)
        line = command_line(seat, where, plan, loaded.table.columns, choice)
        found = golden(*words_of(line.folded(60))[1:], "--format", "json", check=0).json()
        wanted = told(Table(loaded.table.columns, shown.rows))
        if Counter(map(without_names, wanted)) != Counter(map(without_names, found)):
            differing.append((line.text, len(wanted), len(found)))
        if sort and sort not in ("-no",):
            key = sort.removeprefix("-")
            if [row.get(key) for row in wanted] != [row.get(key) for row in found]:
                differing.append((line.text, sort))
        if not wanted and text:
            empty.append(line.text)
    assert differing == []
    assert len(empty) < 4, empty


def test_a_long_line_is_folded_so_that_a_shell_reads_the_same() -> None:
    where = " and ".join(f'(title="a b {n}" or overdue_days=1..{n}) and county!=资中, 威远' for n in range(9))
    line = CommandLine(("supervise overdue", f"--where {shlex.quote(where)}", "--as-of 2025-10-20"))
    folded = line.folded(60)
    assert len(folded) > 5 and max(map(len, folded)) <= 62
    before, after = shlex.split(line.text), words_of(folded)
    assert [before[:3], before[4:]] == [after[:3], after[4:]]
    assert parse(before[3]) == parse(after[3]) == parse(where)


@SQLITE
def test_another_store_post_and_order_of_the_screen_alone(golden: InProcess, golden_store: Store) -> None:
    actor = actor_at(golden_store)
    seat = Seat(golden_store, actor.post, "someone else", "zh", None, lambda: CLOCK)
    make = lists.view("overdue").plan
    assert make is not None
    plan = make({"kind": "all"}, "zh")
    columns = load(seat, plan).table.columns
    choice = Choice("", "no", ("no", "grade"))
    line = command_line(seat, Place("overdue", (("kind", "all"),)), plan, columns, choice)
    assert line.unsaid == ("no",)
    store = shlex.quote(str(golden_store.path))
    assert line.text == f"supervise overdue --kind all --columns grade --post owner --store {store}"
