"""Posts, and which of them an operating-system user may take."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from store.errors import WrongUsage
from store.models.posts import Post, Viewer, post, post_login, post_programme
from store.tables import Code, Flag


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as it is listed."""

    code: str
    name: str
    kind: Code
    region_code: str | None
    department: Code | None
    programmes: tuple[str, ...]
    logins: tuple[str, ...]
    everything: Flag


def all_posts(connection: Connection) -> list[Post]:
    """Every post, by code, whoever asks: the choice of a post comes before any scope."""
    programmes: dict[int, list[str]] = {}
    for row in connection.execute(select(post_programme).order_by(post_programme.c.programme_code)):
        programmes.setdefault(row.post_id, []).append(row.programme_code)
    logins: dict[int, list[str]] = {}
    for row in connection.execute(select(post_login).order_by(post_login.c.login)):
        logins.setdefault(row.post_id, []).append(row.login)
    return [
        Post(
            row.code,
            row.name,
            row.kind,
            row.region_code,
            row.department,
            tuple(programmes.get(row.post_id, ())),
            tuple(logins.get(row.post_id, ())),
            row.everything,
        )
        for row in connection.execute(select(post).order_by(post.c.code))
    ]


def take(connection: Connection, code: str | None, login: str) -> Post:
    """The post that `login` works at: the one named, else the one bound to the login, else the only one.

    Raises WrongUsage with the list of posts where none, several, or one bound to others is meant.
    """
    posts = all_posts(connection)
    listed = ", ".join(f"{each.code} {each.name}" for each in posts)
    if code is not None:
        found = next((each for each in posts if each.code == code), None)
        if found is None:
            raise WrongUsage("post_unknown", post=code, posts=listed)
        if found.logins and login not in found.logins:
            raise WrongUsage("post_bound", post=code, login=login, posts=listed)
        return found
    bound = [each for each in posts if login in each.logins]
    if len(bound) == 1:
        return bound[0]
    if not bound and len(posts) == 1 and not posts[0].logins:
        return posts[0]
    raise WrongUsage("no_post", posts=listed)


def _contains(outer: Post, inner: Post) -> bool:
    if outer.everything or outer.code == inner.code:
        return True
    if inner.everything or not (outer.region and inner.region):
        return False
    return inner.region.startswith(outer.region)


def listed(connection: Connection, viewer: Viewer) -> list[PostRow]:
    """The posts that a viewer may know of: its own, and those within its region."""
    return [
        PostRow(
            each.code,
            each.name,
            each.kind,
            each.region,
            each.department,
            each.programmes,
            each.logins,
            each.everything,
        )
        for each in all_posts(connection)
        if _contains(viewer.post, each)
    ]
