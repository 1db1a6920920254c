"""What every screen has around it: where one is on top, one line of status, the bar of keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from console.keys import APP_KEYS, Key
from console.orders import choice_word
from console.seat import Seat
from console.widgets.bars import KeyBar
from store.queries.standing import Standing
from store.words import say

if TYPE_CHECKING:
    from console.views.asking_view import AskingView


def path(seat: Seat, standing: Standing | None, *steps: str) -> str:
    """Where one is: the console, the view, the place as far as it is known, and what was opened."""
    place = None
    if standing is not None:
        place = standing.place or (say("console.everything", seat.lang) if seat.post.everything else None)
    words = [say("console.title", seat.lang), *steps[:1], *([place] if place else []), *steps[1:]]
    return " > ".join(words)


def steps(view: AskingView) -> list[str]:
    """What a list was narrowed by, in words."""
    place, lang = view.place, view.seat.lang
    said = {name for name, value in place.options if not value or name in ("kind", "by")}
    return [choice_word(name, value, lang) for name, value in place.options if name not in said]


def facts(seat: Seat, standing: Standing | None, count: str) -> str:
    """Whether one may write, the day that is asked for, when the data last changed, and how many rows."""
    words = []
    if not seat.may_act:
        words.append(say("console.read_only", seat.lang))
    if seat.day is not None and seat.day != seat.clock().date():
        words.append(say("console.as_of", seat.lang, day=seat.day.isoformat()))
    if standing is not None:
        words.append(_changed(seat, standing.changed_at))
    if count:
        words.append(count)
    return "  ".join(words)


def _changed(seat: Seat, at: datetime | None) -> str:
    if at is None:
        return say("console.changed_never", seat.lang)
    now = seat.clock()
    form = "%H:%M" if at.date() == now.date() else "%m-%d %H:%M" if at.year == now.year else "%Y-%m-%d"
    return say("console.changed_at", seat.lang, at=at.strftime(form))


def counted(lang: str, shown: int, every: int | None) -> str:
    """How many rows are shown, and of how many where a filter hides some."""
    if every is None:
        return say("console.count", lang, count=f"{shown:,}")
    return say("console.count_of", lang, count=f"{shown:,}", all=f"{every:,}")


def key_bar(seat: Seat, own: Sequence[Key]) -> KeyBar:
    """The function keys of a page, in their order; the same key means the same everywhere."""
    keys = sorted(
        (key for key in (*APP_KEYS, *own) if key.bar), key=lambda key: int(key.shown.split()[0][1:])
    )
    own_keys = [(seat.keyboard.of(key).shown.split()[0], say(key.bar, seat.lang)) for key in keys if key.bar]
    return KeyBar(own_keys, id="keys")
