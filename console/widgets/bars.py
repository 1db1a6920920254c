"""The lines around a view: one of text with a left and a right end, and the bar of keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from console.shown import safe
from console.widgets.columns import fitted
from console.widgets.sheets import wrapped
from store.cells import cut, width

GAP = 2
MOST_LINES = 3
ALWAYS = 3


class Bar(Widget):
    """Plain text on one line with two ends, the left one cut where both do not fit; on more it is wrapped."""

    ALLOW_SELECT = False

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ends = ("", "")

    def says(self, left: str, right: str = "") -> None:
        """Show these ends; a line that says so already is not painted again."""
        ends = (left, right)
        if ends != self._ends:
            self._ends = ends
            self.refresh()

    def lines_wanted(self, room: int) -> int:
        """How many lines the left end would take alone."""
        return min(MOST_LINES, len(wrapped(safe(self._ends[0]), max(1, room - 2))))

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        room = self.size.width
        left, right = map(safe, self._ends)
        if self.size.height > 1:
            pieces = wrapped(left, max(1, room - 2))
            left, right = pieces[y] if y < len(pieces) else "", ""
        right = cut(right, max(0, room - 2))
        space = max(0, room - 2 - width(right) - (GAP if right else 0))
        text = f" {fitted(left, space)}{' ' * GAP if right else ''}{right} "
        return Strip([Segment(fitted(text, room), self.rich_style)], room)


class KeyBar(Widget):
    """The keys and what they do, as many as fit; the first and the last two, help and ways out, always."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"key-bar--key", "key-bar--word"}

    def __init__(self, keys: Sequence[tuple[str, str]], id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys = keys

    def render_line(self, y: int) -> Strip:
        """The line."""
        room = self.size.width
        key_style = self.get_component_rich_style("key-bar--key")
        word_style = self.get_component_rich_style("key-bar--word")
        segments: list[Segment] = []
        left = room
        for key, word in self._fitting(room):
            cells = width(key) + width(word) + 1
            segments += [Segment(key, key_style), Segment(word, word_style), Segment(" ", self.rich_style)]
            left -= cells
        return Strip([*segments, Segment(" " * left, self.rich_style)]).adjust_cell_length(
            room, self.rich_style
        )

    def _fitting(self, room: int) -> list[tuple[str, str]]:
        kept = list(self.keys)
        while len(kept) > ALWAYS and sum(width(key) + width(word) + 1 for key, word in kept) > room + 1:
            del kept[-ALWAYS]
        return kept
