"""Makes posts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from store.errors import NotDone, WrongUsage
from store.models import posts as tables
from store.models.posts import POST_KINDS, Actor, Post
from store.models.reference import programme
from store.models.wordlists import UNIT_KINDS
from store.queries.posts import all_posts
from store.services import trace


def add(connection: Connection, actor: Actor, made: Post) -> Post:
    """Add a post; only a post that sees everything may."""
    if not actor.post.everything:
        raise NotDone("post_owner_only", post=actor.post.code)
    if made.kind not in POST_KINDS:
        raise WrongUsage("post_kind", kind=made.kind, kinds=", ".join(POST_KINDS))
    if made.department is not None and made.department not in UNIT_KINDS:
        raise WrongUsage("post_department", department=made.department, kinds=", ".join(UNIT_KINDS))
    if made.region is not None and not (made.region.isdigit() and len(made.region) in (2, 4, 6, 9, 12)):
        raise WrongUsage("region_shape", region=made.region)
    if any(each.code == made.code for each in all_posts(connection)):
        raise NotDone("post_exists", post=made.code)
    _known_programmes(connection, made.programmes)
    insert_post(connection, actor, made)
    detail = {"name": made.name, "kind": made.kind, "region": made.region, "logins": made.logins}
    trace.record(connection, actor, "post_add", ("post", made.code), detail, made.region)
    return made


def _known_programmes(connection: Connection, codes: Sequence[str]) -> None:
    named = select(programme.c.programme_code).where(programme.c.programme_code.in_(codes))
    known = set(connection.scalars(named))
    for code in codes:
        if code not in known:
            raise NotDone("programme_unknown", programme=code)


def insert_post(connection: Connection, actor: Actor, made: Post) -> None:
    """Write a post and what it is bound to."""
    post_id = connection.execute(
        insert(tables.post)
        .values(
            code=made.code,
            name=made.name,
            kind=made.kind,
            region_code=made.region,
            department=made.department,
            everything=made.everything,
            created_at=actor.now,
        )
        .returning(tables.post.c.post_id)
    ).scalar_one()
    for code in made.programmes:
        connection.execute(insert(tables.post_programme).values(post_id=post_id, programme_code=code))
    for login in made.logins:
        connection.execute(insert(tables.post_login).values(post_id=post_id, login=login))
