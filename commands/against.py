"""`supervise against`: a list of people against all payments after each one's day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from commands.columnar import AT, whole_store
from commands.desk import asking, day, open_desk
from commands.options import Shared, argument, command, option
from commands.output import emit
from store.errors import NotDone, WrongUsage
from store.identity import digits, is_citizen_id, pack_id
from store.models.values import parse_date
from store.models.wordlists import LIST_KINDS
from store.queries import against as question
from store.queries.filters import Filters
from store.tables import table_of

HEADERS = ("person_id", "id", "身份证号", "证件号码")


@command("against", lists=True)
def compare_list(
    shared: Shared,
    list_: str = argument("list"),
    effective: str | None = option("effective"),
    programme: str | None = option("programme", help_key="of_programme"),
    county: str | None = option("county"),
    region: str | None = option("region"),
    at: Path | None = option("at", envvar=AT),
) -> None:
    """List the payments to people of a list after the day from which the list counts for them."""
    people = _people(list_, day(effective) if effective else None)
    desk = open_desk(shared)
    filters = Filters(county, region, programme)
    with (
        asking(desk, ("view", "against"), {**filters.asked(), "list": list_}) as (connection, viewer),
        whole_store(desk, connection, at) as whole,
    ):
        rows = question.compared(connection, viewer, desk.as_of, filters, people, whole)
    emit(table_of(question.AgainstRow, rows), desk, "against")


def _people(text: str, effective: date | None) -> question.People:
    if text in LIST_KINDS:
        return question.People(kind=text)
    path = Path(text)
    if not path.exists():
        raise WrongUsage("list_unknown", text=text, kinds=", ".join(LIST_KINDS))
    return question.People(days=_read(path, effective))


def _read(path: Path, effective: date | None) -> dict[int, date]:
    """People with their day, of lines `ID,day` below a header or none; of several the earliest day."""
    found: dict[int, date] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for line, row in enumerate(csv.reader(lines), start=1):
                cells = [digits(cell).upper() for cell in row]
                if not any(cells) or (line == 1 and cells[0].lower() in HEADERS):
                    continue
                since = _day(cells[1]) if len(cells) > 1 and cells[1] else effective
                if since is None or not is_citizen_id(cells[0]):
                    raise NotDone("list_line", path=str(path), line=line)
                person = pack_id(cells[0])
                found[person] = min(since, found.get(person, since))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NotDone("file_unreadable", path=str(path)) from error
    return found


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
