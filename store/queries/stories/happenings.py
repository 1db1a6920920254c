"""What a timeline is made of: its rows, what a story is asked with, and how rows come into order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from sqlalchemy import Connection

from store.models.columns import end_of
from store.models.posts import Viewer
from store.queries.people import People
from store.tables import Code, Digits, Fen, Flag, Moment
from store.words import say


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: `ref` names the record it happened to, where that is another one.

    `amount` is fen. `late` is set where it arrived on a later day than it happened. What happened on a day
    without a time stands at its midnight.
    """

    at: Moment
    what: Code
    who: str | None = None
    detail: str | None = None
    amount: Fen | None = None
    ref: Digits | None = None
    late: Flag = False


@dataclass(frozen=True)
class Asked:
    """What a story is asked with; `hidden` gathers personal texts, and what is shown in their place."""

    connection: Connection
    viewer: Viewer
    as_of: date
    lang: str
    hidden: dict[str, str] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        """The last moment that is told of."""
        return end_of(self.as_of)

    def say(self, key: str, /, **values: object) -> str:
        """A text of the catalogue in the reader's language."""
        return say(key, self.lang, **values)

    def hide(
        self, people: People, person_id: int | None, *texts: str | None, card: str | None = None
    ) -> None:
        """Remember a person's names, number and card: free text that holds one is masked as well."""
        if self.viewer.reveal:
            return
        for text in texts:
            if text and len(text) > 1:
                self.hidden[text] = people.shown(text) or ""
        if card:
            self.hidden[card] = people.card(card) or ""
        if person_id is not None:
            whole = replace(people, viewer=replace(self.viewer, reveal=True))
            self.hidden[whole.number(person_id) or ""] = people.number(person_id) or ""

    def masked(self, text: str | None) -> str | None:
        """A free text without the personal texts that are hidden, nor any ID, card or phone."""
        text = People(self.viewer).text(text)
        for whole in sorted(self.hidden, key=len, reverse=True):
            text = text.replace(whole, self.hidden[whole]) if text and whole else text
        return text


def in_order(asked: Asked, found: Iterable[Happening]) -> tuple[Happening, ...]:
    """The happenings up to the end of the day that is asked for; those of one moment as they were found."""
    told = [replace(each, detail=asked.masked(each.detail)) for each in found if each.at <= asked.end]
    return tuple(sorted(told, key=lambda each: each.at))


def at_midnight(day: date) -> datetime:
    """A day as the moment it begins."""
    return datetime.combine(day, time())


def is_late(happened: datetime | date, arrived: date | None) -> bool:
    """Whether something arrived on a later day than it happened; what was made here never did."""
    day = happened.date() if isinstance(happened, datetime) else happened
    return arrived is not None and arrived > day


def joined(*parts: str | None, by: str = " ") -> str | None:
    """The parts that there are, as one text."""
    return by.join(part for part in parts if part) or None
