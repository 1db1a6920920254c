"""Figures laid out on a page: each can be stood on and opened, and the cursor goes from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from console.keys import TABLE_KEYS, bindings
from store.cells import cut, width

CURSOR, CHANGED, PLAIN = ">", "*", " "
LEAD = 1
MARKED_S = 3.0
DOWN = 100  # a line further down is as far as so many cells to the side


@dataclass(frozen=True, slots=True)
class Cell:
    """A text at a place of the page; one with `opens` can be stood on, and has a cell before it for signs.

    `key` knows the cell when the page is laid out anew.
    """

    x: int
    y: int
    text: str
    key: str = ""
    opens: str = ""
    tone: str | None = None
    title: bool = False


class Board(Widget, can_focus=True):
    """Cells on lines, as many lines as it takes; it knows no store."""

    BINDINGS = bindings(key for key in TABLE_KEYS if key.action != "shift")
    ALLOW_SELECT = False
    COMPONENT_CLASSES = {
        f"board--{part}" for part in ("title", "cursor", "changed", "red", "orange", "yellow", "upcoming")
    }

    class Chosen(Message):
        """Enter was pressed on a cell."""

        def __init__(self, opens: str) -> None:
            super().__init__()
            self.opens = opens

    class Highlighted(Message):
        """The cursor stands on another cell."""

        def __init__(self, cell: Cell | None) -> None:
            super().__init__()
            self.cell = cell

    class Resized(Message):
        """The cells are to be laid out anew."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        self._cells: Sequence[Cell] = ()
        self._lines: dict[int, list[Cell]] = {}
        self._at: Cell | None = None
        self._changed: set[str] = set()

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        return self._at

    def shown(self, cells: Sequence[Cell]) -> None:
        """Show these cells; the cursor stays on its own, and those whose text is another one are marked."""
        before = {cell.key: cell.text for cell in self._cells if cell.key}
        changed = {c.key for c in cells if c.key in before and before[c.key].strip() != c.text.strip()}
        self._cells = cells
        self._lines = {}
        for cell in cells:
            self._lines.setdefault(cell.y, []).append(cell)
        free = [cell for cell in cells if cell.opens]
        key = self._at.key if self._at else ""
        self._stand(next((cell for cell in free if cell.key == key), free[0] if free else None))
        if changed:
            self._changed |= changed
            self.set_timer(MARKED_S, lambda: self._unmark(changed))
        self.refresh()

    def _unmark(self, changed: set[str]) -> None:
        self._changed -= changed
        self.refresh()

    def _stand(self, cell: Cell | None) -> None:
        if cell != self._at:
            self._at = cell
            self.post_message(self.Highlighted(cell))
        if cell is not None:
            first = min((each.y for each in self._cells if each.opens), default=0)
            last = max((each.y for each in self._cells), default=0)
            top = 0 if cell.y == first else min(self.top, cell.y)
            height = max(1, self.size.height)
            self.top = max(top, cell.y - height + 1) if last >= height else 0
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        room, plain = self.size.width, self.rich_style
        segments: list[Segment] = []
        taken = 0
        for cell in sorted(self._lines.get(y + self.top, ()), key=lambda cell: cell.x):
            begin = cell.x - (LEAD if cell.opens else 0)
            if begin < taken or begin >= room:
                continue
            segments.append(Segment(" " * (begin - taken), plain))
            style = plain
            if cell is self._at:
                style = self._style("cursor")
            elif cell.key in self._changed:
                style = self._style("changed")
            elif cell.title:
                style = self._style("title")
            elif cell.tone:
                style = self._style(cell.tone)
            sign = CURSOR if cell is self._at else CHANGED if cell.key in self._changed else PLAIN
            text = cut(cell.text, room - cell.x)
            if cell.opens:
                segments.append(Segment(sign, style if sign != PLAIN else plain))
            segments.append(Segment(text, style))
            taken = cell.x + width(text)
        return Strip(segments).adjust_cell_length(room, plain)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"board--{part}")

    def on_resize(self, event: Resize) -> None:
        """Whoever gave the cells lays them out anew."""
        self.post_message(self.Resized())

    def _near(self, ahead: Sequence[Cell]) -> None:
        here = self._at
        if here is not None and ahead:
            self._stand(min(ahead, key=lambda cell: abs(cell.y - here.y) * DOWN + abs(cell.x - here.x)))

    def action_move(self, step: int) -> None:
        """To the nearest figure below, or above."""
        here = self._at
        if here is not None:
            self._near([c for c in self._cells if c.opens and (c.y - here.y) * step > 0])

    def action_shift(self, step: int) -> None:
        """To the next figure on the line, and on from line to line."""
        free = sorted((cell for cell in self._cells if cell.opens), key=lambda cell: (cell.y, cell.x))
        if self._at in free:
            at = free.index(self._at) + step
            self._stand(free[min(max(0, at), len(free) - 1)])

    def action_turn(self, pages: int) -> None:
        """By so many screens."""
        here = self._at
        if here is not None:
            aim = here.y + pages * max(1, self.size.height - 1)
            free = [cell for cell in self._cells if cell.opens]
            self._stand(min(free, key=lambda cell: abs(cell.y - aim) * DOWN + abs(cell.x - here.x)))

    def action_first(self) -> None:
        """To the first figure."""
        free = [cell for cell in self._cells if cell.opens]
        self._stand(free[0] if free else None)

    def action_last(self) -> None:
        """To the last figure."""
        free = [cell for cell in self._cells if cell.opens]
        self._stand(free[-1] if free else None)

    def action_choose(self) -> None:
        """Open the figure's rows."""
        if self._at is not None:
            self.post_message(self.Chosen(self._at.opens))
