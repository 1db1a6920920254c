"""Names and numbers of people as a viewer may see them: masked, unless they were revealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from store import identity
from store.models.posts import Viewer
from store.models.reference import odd_identity, person

MOST = 900


@dataclass(frozen=True)
class People:
    """IDs and names of the people that an answer mentions, ready to be shown to its viewer."""

    viewer: Viewer
    odd: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def number(self, person_id: int | None) -> str | None:
        """A citizen ID as it is shown; one that came wrong keeps its text."""
        if person_id is None:
            return None
        text = self.odd[person_id] if person_id < 0 else identity.unpack_id(person_id)
        return text if self.viewer.reveal else identity.mask_id(text)

    def name(self, person_id: int | None) -> str | None:
        """The name that `people` has for an ID, None where it has none."""
        return self.shown(self.names.get(person_id)) if person_id is not None else None

    def shown(self, name: str | None) -> str | None:
        """A beneficiary's name as it is shown."""
        return name if name is None or self.viewer.reveal else identity.mask_name(name)

    def text(self, text: str | None) -> str | None:
        """A free text as it is shown: people type numbers into it."""
        return text if text is None or self.viewer.reveal else identity.mask_within(text)

    def card(self, card_no: str | None) -> str | None:
        """A card number as it is shown."""
        return card_no if card_no is None or self.viewer.reveal else identity.mask_card(card_no)

    def phone(self, phone: str | None) -> str | None:
        """A phone number as it is shown."""
        return phone if phone is None or self.viewer.reveal else identity.mask_phone(phone)


def people_of(connection: Connection, viewer: Viewer, ids: Collection[int], names: bool = True) -> People:
    """What is needed to show the people with these ids."""
    odd: dict[int, str] = {}
    known: dict[int, str] = {}
    wrong = sorted({-each for each in ids if each is not None and each < 0})
    for start in range(0, len(wrong), MOST):
        some = wrong[start : start + MOST]
        query = select(odd_identity).where(odd_identity.c.odd_id.in_(some))
        odd |= {-row.odd_id: row.text for row in connection.execute(query)}
    right = sorted({each for each in ids if each is not None and each > 0}) if names else []
    for start in range(0, len(right), MOST):
        some = right[start : start + MOST]
        found = select(person.c.person_id, person.c.name).where(person.c.person_id.in_(some))
        known |= {row.person_id: row.name for row in connection.execute(found)}
    return People(viewer, odd, known)
