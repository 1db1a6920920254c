"""A field whose value is chosen from a list: it shows the word, and asks for the list."""

from __future__ import annotations

from rich.segment import Segment
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from console.shown import safe
from console.widgets.columns import fitted


class ChoiceLine(Widget, can_focus=True):
    """One line with what is chosen; Enter or a space asks for the list, Delete takes the choice away."""

    BINDINGS = [
        Binding("enter,space,f4", "ask", "", show=False),
        Binding("delete,backspace", "clear", "", show=False),
    ]
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ChoiceLine { height: 1; width: 1fr; }
    ChoiceLine:focus { text-style: reverse; }
    """

    class Asked(Message):
        """The list is wanted."""

        def __init__(self, line: ChoiceLine) -> None:
            super().__init__()
            self.line = line

    class Changed(Message):
        """Something else is chosen now."""

    def __init__(self, code: str, shown: str, nothing: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = code
        self.shown = shown
        self.nothing = nothing

    def chosen(self, code: str, shown: str) -> None:
        """Take a choice."""
        if (code, shown) != (self.text, self.shown):
            self.text, self.shown = code, shown
            self.refresh()
            self.post_message(self.Changed())

    def render_line(self, y: int) -> Strip:
        """The line."""
        room = self.size.width
        shown = safe(self.shown or self.text) if self.text else self.nothing
        return Strip([Segment(fitted(shown, room), self.rich_style)], room)

    def action_ask(self) -> None:
        """Ask for the list."""
        self.post_message(self.Asked(self))

    def action_clear(self) -> None:
        """Choose nothing."""
        self.chosen("", "")
