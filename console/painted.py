"""An app whose terminal is written to by the painter: what Textual would paint again is compared first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen

from console.painter import Painter

Piece = tuple[int, int, Iterable[Segment]]


class PaintedApp(App[int]):
    """An app that sends over the wire only what changed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.painter = Painter()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        driver = self._driver
        shown = self._running and not self._closed and not self.is_headless and not self._batch_count
        if driver is None or not shown or not isinstance(renderable, CompositorUpdate):
            super()._display(screen, renderable)
            return
        try:
            kind = getattr(driver, "kind", None)
            self.painter.colours = None if kind and not kind.colours else self.console._color_system
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
