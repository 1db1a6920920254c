"""Keeps what is open when the line drops, and takes it up again at the next start."""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING

from console import drafts, session
from console.dialogs.form_dialog import FormDialog
from console.dialogs.resume_dialog import ResumeDialog
from console.orders import Go, understood
from console.seat import Seat
from console.session import KeptView, Session
from console.views.list_view import ListView
from console.widgets.sheets import Part
from store.errors import SuperviseError
from store.labels import label
from store.words import say

if TYPE_CHECKING:
    from console.app import Console

MOST_DRAFTS = 5
LAST_WORDS_S = 3.0  # how long the end may take when the line is gone
FORM = "%Y-%m-%d %H:%M"


def end_kept(app: Console, number: int) -> None:
    """Keep what is open, and end, whatever may still hang on the line."""
    end = Timer(LAST_WORDS_S, os._exit, (128 + number,))
    end.daemon = True
    end.start()
    with suppress(Exception):
        keep(app)
    app.exit(128 + number)


def offer(app: Console, kept: Session) -> None:
    """Name what was kept: Enter takes it up, Esc leaves it."""
    lang = app.seat.lang

    def answered(answer: object) -> None:
        session.drop(app.seat)
        if answer is not None:
            take(app, kept)

    title = f"{say('console.title', lang)} > {say('resume.title', lang)}"
    app.push_screen(ResumeDialog(title, told(kept, app.seat), say("resume.question", lang), lang), answered)


def keep(app: Console) -> None:
    """Keep the place, filters, orders, marks and what was typed; nothing where there is nothing to keep."""
    for screen in app.screen_stack:
        if isinstance(screen, FormDialog):
            screen.keep_now()
    seat = app.seat
    views = tuple(_kept(view) for view in app.opening.lists())
    here = app.trail.here
    line = here.line if here is not None else ""
    chosen = any(each.filter or each.marks for each in views) or drafts.listed(seat)
    if line in ("", app.FIRST.line) and not chosen:
        session.drop(seat)
        return
    day = seat.day.isoformat() if seat.day is not None and seat.day != app.began_on else ""
    session.keep(seat, Session(seat.clock(), line, day, views))


def _kept(view: ListView) -> KeptView:
    row = view.row_key
    return KeptView(
        view.place.line,
        view.choice.filter,
        view.choice.sort,
        "" if row is None else session.key_text(row),
        tuple(session.key_text(key) for key in view.marks),
    )


def told(kept: Session, seat: Seat) -> list[Part]:
    """What was kept, as the dialog shows it."""
    lang = seat.lang
    pairs = [(say("resume.at", lang), kept.at.strftime(FORM)), (say("resume.place", lang), f":{kept.line}")]
    if kept.day:
        pairs.append((say("console.order.as_of", lang), kept.day))
    parts = [Part("", tuple(pairs))]
    for view in kept.views:
        said = _said(view, lang)
        if said:
            parts.append(Part(f":{view.line}", said))
    found = drafts.listed(seat)[:MOST_DRAFTS]
    if found:
        rows = tuple(
            (say(f"act.{each.act}", lang), f"{' '.join(each.subjects[:3])}  {each.at.strftime(FORM)}")
            for each in found
        )
        parts.append(Part(say("resume.drafts", lang), rows))
    return parts


def _said(view: KeptView, lang: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    if view.filter:
        pairs.append((say("resume.filter", lang), view.filter))
    if view.sort:
        sign = "v " if view.sort.startswith("-") else "^ "
        pairs.append((say("resume.sort", lang), sign + label(view.sort.removeprefix("-"), lang)))
    if view.marks:
        pairs.append((say("resume.marks", lang), f"{len(view.marks):,}"))
    return tuple(pairs)


def take(app: Console, kept: Session) -> None:
    """Take up again what was kept; a view that is no more is passed over."""
    if kept.day:
        app.order_line(f"as-of {kept.day}")
    for each in kept.views:
        go = _place(each.line, app.seat.lang)
        view = app.opening.view(go.place) if go is not None else None
        if isinstance(view, ListView):
            view.take_up(each.filter, each.sort, each.row, frozenset(each.marks))
    if kept.line:
        app.order_line(kept.line)


def _place(line: str, lang: str) -> Go | None:
    try:
        order = understood(line, lang)
    except SuperviseError:
        return None
    return order if isinstance(order, Go) else None
