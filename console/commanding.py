"""The command line that gives exactly the rows of a list: in keys and codes that no language owns."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from console.answers import Choice
from console.places import Place
from console.plans import ListPlan
from console.seat import Seat
from store.conditions import printed, understood
from store.conditions.tree import mapped
from store.database import reading, store_at
from store.errors import SuperviseError, WrongUsage
from store.tables import Column

INDENT = "  "
MORE = " \\"


@dataclass(frozen=True)
class CommandLine:
    """The words of a command in groups that stay together, each quoted for a shell.

    `unsaid` are columns that only the screen has, by which a command can neither sort nor list.
    """

    groups: tuple[str, ...]
    unsaid: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The command on one line."""
        return " ".join(self.groups)

    def folded(self, room: int) -> list[str]:
        """The command in lines of at most `room` cells where it can be, which a shell reads as one."""
        if len(self.text.encode("gb18030", "replace")) <= room:
            return [self.text]
        lines: list[str] = []
        for group in self.groups:
            pieces = _pieces(group, room - len(INDENT + MORE))
            lines += [*pieces[:-1], pieces[-1] + MORE]  # within quotes a line simply goes on
        first, *others = [*lines[:-1], lines[-1].removesuffix(MORE)]
        return [first, *(INDENT + line for line in others)]


def command_line(
    seat: Seat, place: Place, plan: ListPlan, columns: Sequence[Column], choice: Choice
) -> CommandLine:
    """What one types in a shell for the rows that a list shows."""
    with reading(seat.store) as connection:
        options = _options(connection, seat, place)
        post = None if _is_usual(connection, seat) else seat.post.code
    groups = [f"supervise {place.view}"]
    groups += [_option(name, value) for name, value in options]
    if choice.filter.strip():
        tree = understood(choice.filter, columns)
        said = printed(mapped(tree, plan.commanded) if plan.commanded is not None else tree)
        groups.append(_option("where", said))
    sort = choice.sort.removeprefix("-")
    if sort and sort not in plan.only_here:
        groups.append(_option("sort", choice.sort))
    shown = choice.columns or ()
    if wanted := [key for key in shown if key not in plan.only_here]:
        groups.append(_option("columns", ",".join(wanted)))
    if seat.day is not None:
        groups.append(_option("as-of", seat.day.isoformat()))
    if plan.worded:
        groups.append(_option("lang", seat.lang))
    if post is not None:
        groups.append(_option("post", post))
    if seat.store.url != store_at(os.environ.get("SUPERVISE_STORE") or None).url:
        groups.append(_option("store", seat.store.shown))
    unsaid = tuple(dict.fromkeys(key for key in (sort, *shown) if key in plan.only_here))
    return CommandLine(tuple(groups), unsaid)


def _option(name: str, value: str) -> str:
    if not value:
        return f"--{name}"
    # a value that begins with a sign would be taken for an option
    return f"--{name}={shlex.quote(value)}" if value.startswith("-") else f"--{name} {shlex.quote(value)}"


def _options(connection: Connection, seat: Seat, place: Place) -> list[tuple[str, str]]:
    """The options of a place, a county and a region by their codes.

    A view takes a town's name for a county's too; a command does not.
    """
    from store.queries.places import resolve

    said = []
    for name, value in place.options:
        if name == "county":
            try:
                value = resolve(connection, seat.viewer, value, county_only=True)
            except WrongUsage as error:
                if error.key != "county_unknown":
                    raise
                name, value = "region", resolve(connection, seat.viewer, value)
        elif name == "region":
            value = resolve(connection, seat.viewer, value)
        said.append((name, value))
    return said


def _is_usual(connection: Connection, seat: Seat) -> bool:
    """Whether a command that names no post takes the same one."""
    from store.queries.posts import take

    try:
        usual = take(connection, os.environ.get("SUPERVISE_POST") or None, seat.login)
    except SuperviseError:
        return False
    return usual.code == seat.post.code


def _pieces(group: str, room: int) -> list[str]:
    """A group that is too long for a line, broken between the conditions of its filter."""
    if len(group.encode("gb18030", "replace")) <= room or not group.startswith("--where '"):
        return [group]
    pieces, line, is_quoted = [], "", False
    for word in group.split(" "):
        if line and not is_quoted and len(f"{line} {word}".encode("gb18030", "replace")) > room:
            pieces.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
        is_quoted ^= (word.count('"') - word.count('\\"')) % 2 == 1
    return [*pieces, line]
