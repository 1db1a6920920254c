"""Writes rows of a list into a file: through the store, recorded, with a manifest, and never over another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.answers import Answer, Choice
from console.places import Place
from console.seat import Seat
from console.widgets.rows import Row
from store.database import writing
from store.errors import NotDone, WrongUsage
from store.models.posts import Actor
from store.pulse import still_there
from store.tables import Table

FORMATS = {".csv": "csv", ".xlsx": "xlsx", ".md": "markdown", ".json": "json"}


@dataclass(frozen=True)
class Wanted:
    """What is to be written: the place and choice that the rows came from, and the marked ones among them."""

    place: Place
    choice: Choice
    answer: Answer
    marked: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The marked rows, else those that are shown."""
        return self.marked or tuple(self.answer.rows)

    def table(self) -> Table:
        """The rows with every column, or with those that were chosen."""
        table = Table(self.answer.loaded.table.columns, self.rows)
        return table if self.choice.columns is None else table.only(self.choice.columns)


@dataclass(frozen=True)
class Written:
    """A file that was written."""

    path: str
    rows: int


def path_of(text: str) -> Path:
    """The path that was typed; WrongUsage where its ending names no format."""
    path = Path(text.strip()).expanduser()
    if path.suffix.lower() not in FORMATS:
        raise WrongUsage("export_format", formats=" ".join(FORMATS))
    return path


def suggested(place: Place, as_of: date) -> str:
    """A file name for the rows of a place that stands for nothing yet."""
    words = [place.view, *(value or name for name, value in place.options)]
    stem = "-".join([*("".join(c for c in word if c.isalnum() or c in "-_") for word in words), f"{as_of}"])
    for number in range(1, 100):
        name = f"{stem}.xlsx" if number == 1 else f"{stem}-{number}.xlsx"
        if not Path(name).exists():
            return name
    return f"{stem}.xlsx"


def write(seat: Seat, wanted: Wanted, path: Path, over: bool) -> Written:
    """Write the rows; NotDone where a file stands there already and is not to be replaced."""
    from store.services.exports import Asked, export

    if path.exists() and not over:
        raise NotDone("export_exists", path=str(path))
    still_there(seat.store)
    shaping = {"filter": wanted.choice.filter, "sort": wanted.choice.sort}
    filters: dict[str, object] = {name: value or True for name, value in wanted.place.options}
    filters |= {name: value for name, value in shaping.items() if value}
    if wanted.marked:
        filters["marked"] = len(wanted.marked)
    asked = Asked(wanted.place.view, FORMATS[path.suffix.lower()], seat.lang, filters)
    actor = Actor(seat.post, seat.login, seat.clock(), seat.as_of)
    made = export(lambda: writing(seat.store), actor, [wanted.table()], asked, path)
    return Written(str(Path(made.file).absolute()), made.rows)
