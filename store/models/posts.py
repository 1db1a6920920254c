"""Posts: who may look and act, and within what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Boolean, Column, Integer, Table

from store.models.columns import Moment, Region, Text, metadata

POST_KINDS = ("discipline", "finance", "audit", "regulator", "department")

post = Table(
    "post",
    metadata,
    Column("post_id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("region_code", Region),
    Column("department", Text),
    Column("everything", Boolean, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
)

post_programme = Table(
    "post_programme",
    metadata,
    Column("post_id", Integer, primary_key=True, autoincrement=False),
    Column("programme_code", Text, primary_key=True),
)

post_login = Table(
    "post_login",
    metadata,
    Column("post_id", Integer, primary_key=True, autoincrement=False),
    Column("login", Text, primary_key=True),
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post and its scope; one without region, department and programme sees nothing."""

    code: str
    name: str
    kind: str
    region: str | None = None
    department: str | None = None
    programmes: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: a post, the operating-system user behind it, and whether personal data was revealed."""

    post: Post
    login: str
    reveal: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and when: `now` is the clock, `as_of` the day the act is dated."""

    post: Post
    login: str
    now: datetime
    as_of: date

    @property
    def at(self) -> datetime:
        """The moment the act is dated: its day, at the clock's time of day."""
        return datetime.combine(self.as_of, self.now.time().replace(microsecond=0))

    @property
    def viewer(self) -> Viewer:
        """The same post, looking."""
        return Viewer(self.post, self.login)
