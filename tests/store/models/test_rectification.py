"""The states of a rectification item, and the steps that lead from one to another."""

from __future__ import annotations

from datetime import date

from store.models.rectification import ItemState, Status, Step, after, lawful, state_of, state_text

LAWFUL = {
    (None, "open"): "registered",
    ("registered", "assign"): "assigned",
    ("registered", "extend"): "registered",
    ("registered", "transfer"): "registered",
    ("registered", "withdraw"): "withdrawn",
    ("registered", "merge"): "merged",
    ("assigned", "assign"): "assigned",
    ("assigned", "progress"): "rectifying",
    ("assigned", "extend"): "assigned",
    ("assigned", "transfer"): "assigned",
    ("assigned", "withdraw"): "withdrawn",
    ("assigned", "merge"): "merged",
    ("rectifying", "assign"): "rectifying",
    ("rectifying", "progress"): "rectifying",
    ("rectifying", "submit"): "submitted",
    ("rectifying", "extend"): "rectifying",
    ("rectifying", "transfer"): "rectifying",
    ("rectifying", "withdraw"): "withdrawn",
    ("rectifying", "merge"): "merged",
    ("submitted", "return"): "rectifying",
    ("submitted", "close"): "closed",
    ("submitted", "transfer"): "submitted",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "merge"): "merged",
    ("closed", "reopen"): "rectifying",
}


def test_these_moves_are_lawful_and_no_others() -> None:
    statuses: list[Status | None] = [None, *Status]
    found = {(s, step): after(s, step) for s in statuses for step in Step if after(s, step) is not None}
    assert found == LAWFUL
    assert all(after(s, step) is not None for s in statuses for step in lawful(s))


def test_a_state_is_kept_whole_and_read_back() -> None:
    state = ItemState(
        Status.CLOSED,
        unit_code="U1",
        responsible="张三",
        due_on=date(2025, 10, 20),
        first_due_on=date(2025, 10, 9),
        recovered=12_345,
        extensions=1,
        submitted_by="P1",
        closed_by="P2",
        closed_on=date(2025, 10, 11),
    )
    assert state_of(state_text(state)) == state
    assert state_of(state_text(ItemState(Status.REGISTERED))) == ItemState(Status.REGISTERED)
