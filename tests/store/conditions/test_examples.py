"""The examples that teach the filter language: each is understood, and the same in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from store.conditions import printed, understood
from store.conditions.examples import EXAMPLES, Example
from store.conditions.tokens import MARKS
from store.tables import Code, Day, Digits, Fen, Flag, Moment, Number, columns_of


@dataclass(frozen=True)
class Row:
    """A row with the columns of the examples."""

    batch_no: Digits
    unit: str
    stage: Code
    entered_at: Moment
    due_on: Day
    overdue_days: Number
    grade: Code
    amount: Fen
    without_feedback: Flag


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_means_something_in_both_languages(example: Example) -> None:
    assert example.meaning("zh") != example.meaning("en")
    columns = columns_of(Row)
    for lang in ("zh", "en"):
        for text in example.written(lang):
            tree = understood(text, columns)
            assert understood(printed(tree), columns) == tree
    # what both have in the same place means the same, where they say the same
    first = [understood(example.written(lang)[0], columns) for lang in ("zh", "en")]
    assert first[0] == first[1]


def test_every_joining_word_is_shown() -> None:
    shown = " ".join(text for example in EXAMPLES for text in (*example.zh, *example.en))
    joined = {MARKS[word] for word in MARKS if f" {word} " in f" {shown} "}
    assert joined == set(MARKS.values()) - {MARKS["为空"]}
