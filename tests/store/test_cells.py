"""Widths in terminal cells, and texts cut by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cells import cut, width
from store.safe import safe


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("何*明", 5),
        ("阿布都·克力木", 13),
        ("𠀀", 2),
        ("e\u0301", 1),
        ("a\x1bb", 2),
        ("￥", 2),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("太平镇", 6, "太平镇"),
        ("太平镇", 5, "太平…"),
        ("太平镇", 4, "太…"),
        ("太平镇", 2, "…"),
        ("太平镇", 1, "…"),
        ("太平镇", 0, ""),
        ("太平镇", -3, ""),
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("", 0, ""),
    ],
)
def test_cut(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


@given(st.text(), st.integers(0, 30))
def test_a_cut_text_fits_and_a_text_that_fits_is_not_cut(text: str, cells: int) -> None:
    text = safe(text)
    shown = cut(text, cells)
    assert width(shown) <= cells
    assert (shown == text) == (width(text) <= cells)
