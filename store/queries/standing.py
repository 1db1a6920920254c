"""What stands above every view: the post's place, and when the store last changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from store.models.posts import Viewer
from store.models.reference import region
from store.models.trace import event
from store.tables import Moment


@dataclass(frozen=True, slots=True)
class Standing:
    """The place that a post is bound to, as far as it has one, and the moment of the last change."""

    place: str | None
    changed_at: Moment | None


def told(connection: Connection, viewer: Viewer) -> Standing:
    """Where the viewer stands, and when anything was last recorded."""
    last: datetime | None = connection.scalar(select(event.c.at).order_by(event.c.seq.desc()).limit(1))
    code = viewer.post.region
    if code is None:
        return Standing(None, last)
    name = connection.scalar(select(region.c.name).where(region.c.region_code == code))
    return Standing(name or code, last)
