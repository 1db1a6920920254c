"""`supervise posts`: the posts, and making one."""

from __future__ import annotations

from commands.desk import acting, asking, open_desk
from commands.options import Shared, argument, command, option
from commands.output import emit, ready
from store.models.posts import Post
from store.queries import posts as question
from store.services import posts as service
from store.tables import table_of


@command("posts", lists=True)
def list_posts(shared: Shared) -> None:
    """List the posts that this one may know of."""
    desk = open_desk(shared, create=True)
    with asking(desk, ("view", "posts"), {}) as (connection, viewer):
        rows = question.listed(connection, viewer)
    emit(table_of(question.PostRow, rows), desk, "posts")


@command("posts add")
def add_post(
    shared: Shared,
    code: str = argument("code"),
    name: str = option("name", ...),
    kind: str = option("kind", ...),
    region: str | None = option("region"),
    department: str | None = option("department"),
    programme: list[str] = option("programme", []),
    login: list[str] = option("login", []),
) -> None:
    """Add a post."""
    desk = open_desk(shared, create=True)
    ready(desk, question.PostRow)
    with acting(desk) as (connection, actor):
        made = Post(code, name, kind, region, department, tuple(programme), tuple(login))
        service.add(connection, actor, made)
    with asking(desk, ("post", code), {}) as (connection, viewer):
        rows = [row for row in question.listed(connection, viewer) if row.code == code]
    emit(table_of(question.PostRow, rows, single=True), desk, "posts")
