"""What the painter writes, told to a terminal emulator, is what a terminal shows that was painted whole."""

from __future__ import annotations

from collections.abc import Sequence

import pyte
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from wcwidth import wcwidth

from console.painter import Painter
from console.shown import is_ambiguous, safe, settle

STYLES = [
    None,
    Style(),
    Style(bold=True),
    Style(reverse=True),
    Style(bold=True, color="red"),
    Style(color="red", bgcolor="blue"),
    Style(underline=True, color="yellow"),
]
Piece = tuple[int, int, list[Segment]]

letters = st.text(alphabet="ab 　中文字·—…é", min_size=0, max_size=12)
segments = st.lists(st.builds(Segment, letters, st.sampled_from(STYLES)), max_size=4)


@st.composite
def screens(draw: st.DrawFn) -> tuple[tuple[int, int], list[list[Piece]]]:
    """A size, and for each of some updates the pieces that are painted."""
    size = draw(st.sampled_from([(12, 3), (20, 4), (7, 2)]))
    piece = st.tuples(st.integers(0, size[1] - 1), st.integers(0, size[0] - 1), segments)
    return size, draw(st.lists(st.lists(piece, max_size=6), min_size=1, max_size=8))


class Emulator:
    """A terminal; where an ambiguous character stands it goes one cell further, or two."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.screen = pyte.Screen(*size)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self.stream = pyte.Stream(self.screen)

    def cells(self) -> list[list[tuple[object, ...]]]:
        """Every cell: its text and how it looks."""
        return [
            [
                (c.data, c.fg, c.bg, c.bold, c.reverse, c.underscore)
                for c in (self.screen.buffer[y][x] for x in range(self.screen.columns))
            ]
            for y in range(self.screen.lines)
        ]


@settings(max_examples=120, deadline=None)
@given(screens())
def test_what_is_written_is_what_a_whole_picture_shows(
    drawn: tuple[tuple[int, int], list[list[Piece]]],
) -> None:
    size, updates = drawn
    step_by_step = Emulator(size)
    painter = Painter(ColorSystem.STANDARD)
    painted: list[Piece] = []
    for update in updates:
        step_by_step.stream.feed(painter.paint(size, update))
        painted += update
    whole = Emulator(size)
    whole.stream.feed(Painter(ColorSystem.STANDARD).paint(size, painted))
    assert step_by_step.cells() == whole.cells()
    assert painter.paint(size, [(y, 0, _as_segments(painter, y)) for y in range(size[1])]) == ""


def _as_segments(painter: Painter, y: int) -> Sequence[Segment]:
    # what stands there already, painted again
    styles = {"": Style(), **{s._make_ansi_codes(ColorSystem.STANDARD): s for s in STYLES if s}}
    return [Segment(text, styles[codes]) for text, codes in painter._frame[y] if text]


@settings(max_examples=60, deadline=None)
@given(screens())
def test_after_all_is_forgotten_the_whole_picture_is_written(
    drawn: tuple[tuple[int, int], list[list[Piece]]],
) -> None:
    size, updates = drawn
    painter = Painter(ColorSystem.STANDARD)
    for update in updates:
        painter.paint(size, update)
    lines = [(y, 0, _as_segments(painter, y)) for y in range(size[1])]
    shown = Emulator(size)
    shown.stream.feed("garbage\x1b[31mleft by somebody else")
    before = [list(line) for line in painter._frame]
    painter.forget()
    shown.stream.feed(painter.paint(size, lines))
    assert painter._frame == before
    whole = Emulator(size)
    whole.stream.feed(Painter(ColorSystem.STANDARD).paint(size, lines))
    assert shown.cells() == whole.cells()


def test_hostile_text_writes_no_escape() -> None:
    hostile = "\x1b]0;title\x07\x9b31m\x00\n\t\x7f\u202e中"
    written = Painter(None).paint((40, 2), [(0, 0, [Segment(hostile)])])
    for sign in ("\x1b]", "\x9b", "\x07", "\x00", "\n", "\t", "\x7f"):
        assert sign not in written


def test_colours_are_left_out_where_there_are_none() -> None:
    written = Painter(None).paint((10, 1), [(0, 0, [Segment("ab", Style(bold=True, color="red"))])])
    assert "31" not in written and "\x1b[1m" in written


class WideEmulator(Emulator):
    """A terminal that goes two cells further where a character of ambiguous width stands."""

    def __init__(self, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(size)
        monkeypatch.setattr("pyte.screens.wcwidth", lambda each: 2 if is_ambiguous(each) else wcwidth(each))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=screens())
def test_where_ambiguous_characters_take_two_cells_nothing_behind_them_moves(
    monkeypatch: pytest.MonkeyPatch, drawn: tuple[tuple[int, int], list[list[Piece]]]
) -> None:
    size, updates = drawn
    painter, plain = Painter(ColorSystem.STANDARD), Painter(ColorSystem.STANDARD)
    painter.wide = True
    shown = WideEmulator(size, monkeypatch)
    for update in updates:
        shown.stream.feed(painter.paint(size, update))
        plain.paint(size, update)
    for y, line in enumerate(plain._frame):
        for x, (text, _) in enumerate(line):
            cell = shown.screen.buffer[y][x].data
            if is_ambiguous(text):
                covers = x + 1 < size[0] and line[x + 1][0] == " "
                assert cell == text if covers else cell.isascii()
            elif not (x and is_ambiguous(line[x - 1][0]) and text == " "):
                assert cell == text


def test_a_character_of_two_cells_covers_the_room_behind_it_or_gives_way() -> None:
    painter = Painter(None)
    painter.wide = True
    settle(True)
    try:
        text = safe("徐·明“好”—")
        assert (text, safe(text)) == ("徐· 明“ 好” — ", text)
    finally:
        settle(False)
    assert "徐·\x1b[1;5H明“" in painter.paint((20, 1), [(0, 0, [Segment(text)])])
    assert painter.paint((20, 1), [(0, 0, [Segment("徐·明" + " " * 15)])]).startswith("\x1b[1;3H.明")
