"""Who answers a question over the whole store: a copy that is in step, else the store itself, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, FromClause, Select

from store.columnar import file, filling, steps
from store.columnar.steps import Step
from store.database import Store
from store.dialects import pairs


class Answers(Protocol):
    """What runs a statement over the tables of the store: the store, or its copy."""

    def rows(self, query: Select[Any]) -> Sequence[Sequence[Any]]:
        """The rows of a statement."""

    def people(self, ids: Sequence[int], days: Sequence[int]) -> FromClause:
        """People with a day each, as a table to join: person_id, effective_on."""


@dataclass(frozen=True)
class Itself:
    """The store, answering for itself."""

    connection: Connection

    def rows(self, query: Select[Any]) -> Sequence[Sequence[Any]]:
        """The rows of a statement."""
        return self.connection.execute(query).all()

    def people(self, ids: Sequence[int], days: Sequence[int]) -> FromClause:
        """People with a day each, as a table to join: person_id, effective_on."""
        return pairs(self.connection, ("person_id", ids), ("effective_on", days))


@dataclass(frozen=True)
class Asked:
    """Who answers, and the word for it where there is something to say."""

    answers: Answers
    word: str | None = None


@contextmanager
def answering(store: Store, connection: Connection, named: Path | None = None) -> Iterator[Asked]:
    """Who answers for the state of the store that `connection` reads.

    A copy that is behind is brought up to date first; one that is not this store's, or that another process
    has at hand, is left alone.
    """
    with ExitStack() as held:
        yield _chosen(held, store, connection, file.place(store, named))


def _chosen(held: ExitStack, store: Store, connection: Connection, path: Path) -> Asked:
    itself = Itself(connection)
    if not path.exists():
        return Asked(itself, "columns.absent")
    if not file.is_installed():
        return Asked(itself, "columns.package")
    try:
        with ExitStack() as attempt:
            copy = attempt.enter_context(file.opened(path))
            found = steps.step(connection, copy)
            if found is Step.IN_STEP:
                held.push(attempt.pop_all())
                return Asked(copy)
        if found is Step.BEHIND:
            with ExitStack() as attempt:
                copy = attempt.enter_context(file.opened(path, file.mode_of(store)))
                # between the two somebody else may have written it
                found = steps.step(connection, copy)
                if found in (Step.BEHIND, Step.IN_STEP):
                    filling.fill(connection, copy)
                    held.push(attempt.pop_all())
                    return Asked(copy, "columns.brought_up")
        return Asked(itself, f"columns.{found}")
    except file.Locked:
        return Asked(itself, "columns.locked")
    except file.Unreadable:
        return Asked(itself, "columns.unreadable")
