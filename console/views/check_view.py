"""The page that says what the terminal is."""

from __future__ import annotations

from console.checkup import checkup, listed
from console.seat import Seat
from console.settings import Settings
from console.terminal import Terminal
from console.views.detail_view import DetailView
from console.widgets.sheets import Part


def check_page(
    seat: Seat, terminal: Terminal, settings: Settings, size: tuple[int, int]
) -> tuple[DetailView, list[Part]]:
    """The page and what it tells."""
    told = checkup(terminal, settings, seat.lang, size)
    parts = [Part("", told.facts)]
    for title, (first, *others) in listed(told, seat.lang):
        parts.append(Part("", ((title, first), *(("", each) for each in others))))
    return DetailView(seat, "console.view.check", terminal.term, asks=False), parts
