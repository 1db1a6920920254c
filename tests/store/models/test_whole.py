"""Columns read at once say just what the careful readers say of each text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.arrays import Texts
from store.models import whole
from store.models.feed import Field, FieldKind
from store.models.values import BadValue, reader

WRITTEN = {
    FieldKind.CITIZEN_ID: ("510824198301173396", "51100219990131001X", "990101194310110029"),
    FieldKind.CARD_NO: ("6228480402564890018", "6222020903001483077", "629999110100402755"),
    FieldKind.MONEY: ("396.85", "1", "0.00", "12.5", "123456789012.34", "0", "00.10"),
    FieldKind.REGION: ("51", "5110", "511002", "511002001", "511002001002"),
    FieldKind.INT: ("0", "12", "123456789"),
    FieldKind.DATE: ("2025-07-02", "2024-02-29", "2023-02-29", "1900-02-29", "0001-01-01"),
    FieldKind.DATETIME: ("2025-07-02 09:30:00", "2025-07-02T09:30", "2025-07-02", "2025-07-02 24:00:00"),
    FieldKind.TEXT: ("ZF0001", "曾洪", "a b", "李𬱖", "阿木·拉则"),
}
STRAY = "0123456789.-: xXT,￥０９　\t\u00a0曾/"


@st.composite
def written(draw: st.DrawFn, kind: FieldKind) -> str:
    """A text of a kind, as it should be or a little off."""
    text = draw(st.sampled_from(WRITTEN[kind]))
    for _ in range(draw(st.integers(0, 2))):
        at, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        text = text[:at] + draw(st.text(STRAY, max_size=2)) + text[min(end, at + 1) :]
    return text


def careful(spec: Field, text: str) -> object:
    """What the careful reader says; None for nothing and for what it refuses."""
    try:
        return reader(spec)(text) if text.strip() else None
    except BadValue:
        return None


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("name", ["code", "name", "reason"])
def test_what_is_plain_says_what_the_careful_reader_says(kind: FieldKind, name: str) -> None:
    spec = Field(name, "", kind)

    @given(st.lists(written(kind), min_size=1, max_size=40))
    def holds(texts: list[str]) -> None:
        column = Texts.of(texts)
        assert isinstance(column, Texts)
        read = whole.numbers(spec, column)
        if read is not None:
            values, plain = read[0].tolist(), read[1]
        else:
            kept = whole.texts(spec, column)
            assert kept is not None
            values, plain = texts, kept
        for text, value, sure in zip(texts, values, plain.tolist(), strict=True):
            if sure:
                assert value == careful(spec, text), text

    holds()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.CITIZEN_ID, "51100219990131001X", 51100219990131001),
        (FieldKind.CITIZEN_ID, "51100219990231001X", None),
        (FieldKind.CITIZEN_ID, "510824198301173396", 51082419830117339),
        (FieldKind.MONEY, "396.85", 39685),
        (FieldKind.MONEY, "12", 1200),
        (FieldKind.REGION, "511002001", 51100200100009),
        (FieldKind.DATE, "1970-01-02", 1),
        (FieldKind.DATETIME, "1970-01-02 00:01", 86460),
        (FieldKind.DATETIME, "1970-01-02T00:00:07", 86407),
        (FieldKind.INT, "0042", 42),
    ],
)
def test_plain_texts_are_read_at_once(kind: FieldKind, text: str, value: int | None) -> None:
    column = Texts.of([text, "?"])
    assert isinstance(column, Texts)
    read = whole.numbers(Field("any", "", kind), column)
    assert read is not None
    values, plain = read
    assert plain.tolist() == [value is not None, False]
    assert value is None or values[0] == value
