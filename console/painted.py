"""An app whose terminal is written to by the painter: what Textual would paint again is compared first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from rich.color import ColorSystem
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES

from console.messages import Measured
from console.painter import Painter
from console.shown import settle
from console.terminal import Terminal
from console.themes import variables

# without a theme of few colours as many as Textual finds
DEPTHS = {"mono": None, "16": ColorSystem.STANDARD, "contrast": ColorSystem.STANDARD}
Piece = tuple[int, int, Iterable[Segment]]


class PaintedApp(App[int]):
    """An app that sends over the wire only what changed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.painter = Painter()
        self.terminal: Terminal | None = None

    def set_look(self, name: str) -> None:
        """Draw the parts of the screen as a theme says."""
        plain = BUILTIN_THEMES["ansi-dark"]
        look = variables(name)
        self.register_theme(replace(plain, name=f"supervise-{name}", variables=plain.variables | look))
        self.theme = f"supervise-{name}"

    def on_measured(self, message: Measured) -> None:
        """The terminal has told how wide it draws what is of ambiguous width."""
        if self.terminal is not None:
            self.terminal = replace(self.terminal, ambiguous=message.cells, measured_by="terminal")
        self.draw_ambiguous(message.cells)

    def draw_ambiguous(self, cells: int) -> None:
        """Let characters of ambiguous width take so many cells, and paint all anew where that is news."""
        wide = cells == 2
        if wide != self.painter.wide:
            self.painter.wide = wide
            settle(wide)
            self.painter.forget()
            self.refresh(layout=True)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        driver = self._driver
        shown = self._running and not self._closed and not self.is_headless and not self._batch_count
        if driver is None or not shown or not isinstance(renderable, CompositorUpdate):
            super()._display(screen, renderable)
            return
        try:
            kind = self.terminal
            if kind is not None:
                self.painter.colours = DEPTHS.get(kind.theme, self.console._color_system)
            size = (self.size.width, self.size.height)
            written = self.painter.paint(size, list(_pieces(renderable)))
            if written or self.cursor_position != self._previous_cursor_position:
                x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
                self._previous_cursor_position = self.cursor_position
                driver.write(f"{written}\x1b[{y + 1};{x + 1}H")
                driver.flush()
        except Exception as error:
            self._handle_exception(error)
        finally:
            self.post_display_hook()


def _pieces(update: CompositorUpdate) -> Iterator[Piece]:
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for y in dict.fromkeys(y for y, _, _ in update.spans):
            for x, chop in update.chops[y].items():
                if chop is not None:
                    yield y, x, chop
