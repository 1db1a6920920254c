"""Makes the screens of places, keeps them, and asks beforehand whether what was ordered can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from console.answers import load
from console.messages import Opened, Refused, StoreChanged, Told
from console.orders import Go, Tell
from console.places import Place
from console.receipts import everything, explained
from console.views.home_view import HomeView
from console.views.list_view import ListView
from console.views.page import Page
from store.faults import as_told

if TYPE_CHECKING:
    from console.app import Console


HOME = "home"


class Opening:
    """The views of one console, each the mode of its place's line."""

    def __init__(self, app: Console) -> None:
        self.app = app
        self._views: dict[str, ListView | HomeView] = {}

    def has(self, place: Place) -> bool:
        """Whether the place was opened already."""
        return place.line in self._views or place.view == HOME

    def view(self, place: Place) -> ListView | HomeView:
        """The screen of a place, made where there is none yet."""
        made = self._views.get(place.line)
        if made is None:
            made = self._views[place.line] = self._made(place)
            self.app.add_mode(place.line, lambda: made)
        return made

    def _made(self, place: Place) -> ListView | HomeView:
        if place.view == HOME:
            return HomeView(self.app.seat, place)
        return ListView(self.app.plan_of(place), self.app.seat, place, self.app.settings)

    def lists(self) -> Iterator[ListView]:
        """Every list that was opened."""
        yield from (view for view in self._views.values() if isinstance(view, ListView))

    def pages(self) -> Iterator[Page]:
        """Every page that is there: the views, and what is open over them."""
        seen: set[int] = set()
        for page in (*self._views.values(), *self.app.screen_stack):
            if isinstance(page, Page) and page.is_mounted and id(page) not in seen:
                seen.add(id(page))
                yield page

    def asked(self, line: str, order: Go | Tell) -> Opened | Told | Refused:
        """What the store answers to an order, outside the thread of the screen."""
        try:
            if isinstance(order, Tell):
                find = explained if order.receipt else everything
                return Told(order, find(self.app.seat, None, order.no))
            seat = replace(self.app.seat, day=order.day) if order.day else self.app.seat
            loaded = load(seat, self.app.plan_of(order.place))
            if order.where is not None:
                from store.conditions import understood

                understood(order.where, loaded.table.columns)
            return Opened(order, loaded)
        except Exception as error:
            return Refused(line, as_told(error))

    def look_at(self, day: date | None) -> None:
        """Look at another day everywhere; None follows the clock."""
        self.app.seat = replace(self.app.seat, day=day)
        for page in (*self._views.values(), *self.app.screen_stack):
            if isinstance(page, Page):
                page.another_day(self.app.seat)
        self.app.post_message(StoreChanged())

    def choose(self, go: Go) -> None:
        """Filter, sort and show columns as the order said."""
        view = self.view(go.place)
        if isinstance(view, ListView):
            view.choose(go.where, go.sort, go.columns)
