"""Give an item to a unit and a person, with a day; or give it anew."""

from __future__ import annotations

from console.acts._fields import WHY, codes, text_of, unit_of, units
from console.acts._items import step_act
from console.forms import Field, FieldKind, Option
from console.subjects import Subject
from store.models.rectification import TYPES, Step


def _due(subject: Subject) -> Option | None:
    due = subject.fact("due_on")
    return Option(due.isoformat(), "") if due else None


ACT = step_act(
    Step.ASSIGN,
    "A",
    20,
    (
        Field("unit", FieldKind.CHOICE, default=unit_of, options=units),
        text_of("responsible"),
        text_of("leader"),
        Field("due_on", FieldKind.DAY, default=_due),
        Field("measures", FieldKind.LINES, default=lambda subject: subject.fact("measures")),
        Field(
            "type",
            FieldKind.CHOICE,
            default=lambda subject: subject.fact("type"),
            options=codes("type", tuple(TYPES)),
        ),
        WHY,
    ),
)
