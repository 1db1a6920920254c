"""Whatever is filtered: what is printed is read as the same, and rows pass as plain Python has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.conditions import bound, parse, printed, row_test
from store.conditions.tree import (
    DENIED,
    And,
    Compared,
    Not,
    Or,
    Sign,
    Span,
    Text,
    Tree,
    Unknown,
    Words,
    either,
    every,
    text_of,
)
from store.errors import WrongUsage
from store.tables import Code, Day, Fen, Flag, Number, columns_of, values_of


@dataclass(frozen=True)
class Row:
    """A row with columns of the main kinds."""

    title: str | None
    grade: Code
    overdue_days: Number | None
    amount: Fen | None
    due_on: Day | None
    without_feedback: Flag


COLUMNS = columns_of(Row)
FIRST = date(2025, 1, 1)
TEXTS = st.text(st.sampled_from('ab1白马 "\\且或非,=(.)~-到'), min_size=1, max_size=6)
KEPT = TEXTS.filter(str.strip)


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


ROWS = st.builds(
    Row,
    optional(TEXTS),
    st.sampled_from(["red", "orange", "yellow"]),
    optional(st.integers(-3, 6)),
    optional(st.integers(-300, 600)),
    optional(st.integers(0, 80).map(lambda days: FIRST + timedelta(days=days))),
    st.booleans(),
)
ORDERED = [Sign.IS, Sign.IS_NOT, Sign.MORE, Sign.LESS, Sign.AT_LEAST, Sign.AT_MOST]


def written(key: str, value: Any) -> Text:
    if key == "amount":
        return text_of(f"{value / 100:.2f}".removesuffix(".00"))
    return text_of(value.isoformat() if isinstance(value, date) else str(value))


def ordered(key: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    texts = values.map(lambda value: written(key, value))
    single = st.builds(lambda sign, text: Compared(key, sign, (text,)), st.sampled_from(ORDERED), texts)
    pairs = st.tuples(values, values).map(sorted)
    spans = st.builds(
        lambda pair, left, right: Span(
            written(key, pair[0]) if left else None, written(key, pair[1]) if right or not left else None
        ),
        pairs,
        st.booleans(),
        st.booleans(),
    )
    many = st.lists(texts | spans | st.just(Unknown()), min_size=1, max_size=3)
    lists = st.builds(
        lambda sign, found: Compared(key, sign, tuple(found)), st.sampled_from([Sign.IS, Sign.IS_NOT]), many
    )
    return single | lists


HOLDING = [Sign.IS, Sign.IS_NOT, Sign.HOLDS, Sign.HOLDS_NOT, Sign.WHOLE, Sign.NOT_WHOLE]
LEAVES: st.SearchStrategy[Tree] = st.one_of(
    st.builds(lambda texts: Words(tuple(map(text_of, texts))), st.lists(KEPT, min_size=1, max_size=2)),
    st.builds(lambda sign, text: Compared("title", sign, (text_of(text),)), st.sampled_from(HOLDING), KEPT),
    st.builds(
        lambda sign, code: Compared("grade", sign, (Text(code),)),
        st.sampled_from(ORDERED),
        st.sampled_from(["red", "orange", "yellow"]),
    ),
    st.builds(
        lambda yes: Compared("without_feedback", Sign.IS, (Text("yes" if yes else "no"),)), st.booleans()
    ),
    ordered("overdue_days", st.integers(-3, 6)),
    ordered("amount", st.integers(-300, 600)),
    ordered("due_on", st.integers(0, 80).map(lambda days: FIRST + timedelta(days=days))),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    LEAVES,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: every(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: either(tuple(parts)))
    ),
    max_leaves=6,
)


@given(TREES)
def test_what_is_printed_is_read_as_the_same(tree: Tree) -> None:
    assert parse(printed(tree)) == tree
    assert bound(tree, COLUMNS) == tree


ANY = '超时等级白马红且或非不到为空大于包含><=!~()（），、,.…1205-&|; "“\\'


@given(st.text(st.sampled_from(ANY), max_size=30))
def test_any_text_is_a_filter_that_reads_back_or_a_sentence(text: str) -> None:
    try:
        tree = parse(text)
    except WrongUsage as error:
        assert error.sentence("zh") and error.sentence("en")
    else:
        assert parse(printed(tree)) == tree


@given(TREES, TREES, ROWS)
def test_de_morgan(left: Tree, right: Tree, row: Row) -> None:
    values = values_of(row)

    def holds(tree: Tree) -> bool:
        return row_test(tree, COLUMNS)(values)

    assert holds(Not(And((left, right)))) == holds(Or((Not(left), Not(right))))
    assert holds(Not(Or((left, right)))) == holds(And((Not(left), Not(right))))
    assert holds(Not(Not(left))) == holds(left)


LEVELS = {"yellow": 1, "orange": 2, "red": 3}
WORDS = {"yellow": "黄", "orange": "橙", "red": "红"}


def plain(tree: Tree, row: Row) -> bool:
    """The same question, asked plainly."""
    if isinstance(tree, And):
        return all(plain(part, row) for part in tree.parts)
    if isinstance(tree, Or):
        return any(plain(part, row) for part in tree.parts)
    if isinstance(tree, Not):
        return not plain(tree.part, row)
    if isinstance(tree, Words):
        shown = [row.title or "", row.grade, WORDS[row.grade]]
        if row.overdue_days is not None:
            shown.append(str(row.overdue_days))
        if row.amount is not None:
            shown.append(f"{row.amount / 100:.2f}")
        if row.due_on is not None:
            shown.append(row.due_on.isoformat())
        return any(text.text.casefold() in each for text in tree.texts for each in shown)
    if tree.sign in DENIED:
        return not plain(Compared(tree.name, DENIED[tree.sign], tree.values), row)
    value = getattr(row, tree.name)
    return any(_fits(tree, value, wanted) for wanted in tree.values)


def _read(name: str, text: Text) -> Any:
    read: dict[str, Callable[[str], Any]] = {
        "overdue_days": int,
        "amount": lambda yuan: round(float(yuan) * 100),
        "due_on": date.fromisoformat,
        "grade": LEVELS.__getitem__,
        "without_feedback": lambda word: word == "yes",
        "title": str,
    }
    return read[name](text.text)


def _fits(tree: Compared, value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Unknown):
        return value is None
    if value is None:
        return False
    value = LEVELS[value] if tree.name == "grade" else value
    if isinstance(wanted, Span):
        low = _read(tree.name, wanted.low) if wanted.low else value
        high = _read(tree.name, wanted.high) if wanted.high else value
        return bool(low <= value <= high)
    asked = _read(tree.name, wanted)
    if tree.name == "title":
        return value == asked if tree.sign is Sign.WHOLE else asked in value
    return {
        Sign.IS: value == asked,
        Sign.MORE: value > asked,
        Sign.LESS: value < asked,
        Sign.AT_LEAST: value >= asked,
        Sign.AT_MOST: value <= asked,
    }[tree.sign]


@given(TREES, ROWS)
def test_rows_pass_as_plain_python_has_it(tree: Tree, row: Row) -> None:
    assert row_test(tree, COLUMNS)(values_of(row)) == plain(tree, row)
