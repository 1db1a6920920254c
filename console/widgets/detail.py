"""The detail of one row: beside the list, below it, or on a screen of its own."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.events import Resize
from textual.strip import Strip
from textual.widget import Widget

from console.keys import DETAIL_KEYS, bindings
from console.widgets.columns import fitted
from console.widgets.sheets import Line, Part, flowed, stacked
from store.cells import width


class Detail(Widget):
    """Parts as lines; below the list they flow under a rule, elsewhere each value has a line of its own."""

    BINDINGS = bindings(DETAIL_KEYS)
    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"detail--title", "detail--rule"}

    def __init__(self, title: str, nothing: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.title = title
        self.nothing = nothing
        self.place = "full"
        self.top = 0
        self._parts: Sequence[Part] = ()
        self._lines: list[Line] = []

    def shown(self, parts: Sequence[Part], keep_place: bool = False) -> None:
        """Show these parts, from the top unless the place is to be kept."""
        if parts == self._parts:
            return
        self._parts = parts
        self.top = self.top if keep_place else 0
        self._lay_out()

    def placed(self, place: str) -> None:
        """Say where the detail stands: `below`, `side` or `full`."""
        self.place = place
        self._lay_out()

    def _lay_out(self) -> None:
        room = max(1, self.size.width - (2 if self.place == "side" else 1))
        lay = flowed if self.place == "below" else stacked
        self._lines = lay(self._parts, room) if self._parts else [Line(self.nothing)]
        self._scroll(self.top)

    def _scroll(self, top: int) -> None:
        height = self.size.height - (1 if self.place == "below" else 0)
        self.top = min(max(0, top), max(0, len(self._lines) - max(1, height)))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        room = self.size.width
        rule = self.get_component_rich_style("detail--rule")
        if self.place == "below":
            if y == 0:
                tail = f" {self.title}"
                return Strip([Segment("-" * (room - width(tail)) + tail, rule)], room)
            y -= 1
        place = y + self.top
        line = self._lines[place] if place < len(self._lines) else Line("")
        style = self.get_component_rich_style("detail--title") if line.is_title else self.rich_style
        lead = "| " if self.place == "side" else " "
        text = fitted(line.text, max(0, room - len(lead)))
        return Strip([Segment(lead, rule), Segment(text, style)], room)

    def on_resize(self, event: Resize) -> None:
        """The lines are laid out anew."""
        self._lay_out()

    def action_move(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._scroll(self.top + lines)

    def action_turn(self, pages: int) -> None:
        """Scroll by so many screens."""
        self._scroll(self.top + pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """To the first line."""
        self._scroll(0)

    def action_last(self) -> None:
        """To the last line."""
        self._scroll(len(self._lines))
