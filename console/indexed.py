"""The part of a filter that an index serves: a list is narrowed by its own options before it is read.

Only what is certain is taken: a condition that every row must fulfil, on the county or the programme, which
one county or programme alone fulfils. The filter is tested on every row all the same, so that the narrower
list can leave nothing out and put nothing in.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from console import lists
from console.places import Place
from console.plans import ListPlan
from console.seat import Seat
from store.conditions import Tree, row_test
from store.conditions.tree import And, Compared
from store.models.posts import Viewer
from store.tables import Column, Kind


def must_hold(tree: Tree) -> tuple[Compared, ...]:
    """The comparisons that every row must fulfil."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return tuple(part for part in parts if isinstance(part, Compared))


def is_served(place: Place, tree: Tree) -> bool:
    """Whether an option of the list may serve a part of the filter."""
    taken = {name for name, _ in place.options}
    served = lists.view(place.view).narrows if place.view in lists.names() else {}
    return any(served.get(part.name) not in (None, *taken) for part in must_hold(tree))


def narrowed(connection: Connection, seat: Seat, place: Place, plan: ListPlan, tree: Tree) -> ListPlan:
    """The same list with the options that the filter implies; the list itself where it implies none."""
    if not is_served(place, tree):
        return plan
    view = lists.view(place.view)
    options = dict(place.options)
    for part in must_hold(tree):
        option = view.narrows.get(part.name)
        if option is None or option in options:
            continue
        code = _only(part, _known(connection, seat.viewer, option, part.name))
        if code is not None:
            options[option] = code
    return plan if view.plan is None or len(options) == len(place.options) else view.plan(options, seat.lang)


def _known(connection: Connection, viewer: Viewer, option: str, column: str) -> Iterable[tuple[str, str]]:
    """Every code that an option takes, with what the column shows for it."""
    from store.queries import places, programmes

    found = places.counties(connection, viewer) if option == "county" else programmes.names(connection)
    return [(code, code if column.endswith("_code") else name) for code, name in found.items()]


def _only(part: Compared, known: Iterable[tuple[str, str]]) -> str | None:
    """The one code whose rows pass; None where there are several, or rows pass that have none."""
    test = row_test(part, (Column(part.name, Kind.TEXT),))
    if test((None,)):
        return None
    codes = [code for code, shown in known if test((shown,))]
    return codes[0] if len(codes) == 1 else None
