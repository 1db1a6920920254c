"""`supervise store`: care of the store itself."""

from __future__ import annotations

import typer

from commands import care, columnar
from commands.desk import asking, open_desk
from commands.options import Shared, command, flag
from commands.output import emit, say_aside
from store.database import writing
from store.errors import NotDone
from store.models.derived import Difference
from store.services import checking
from store.tables import table_of
from store.words import say

DIFFERS = 1


@command("store check")
def check(shared: Shared, repair: bool = flag("repair")) -> None:
    """Recompute what is derived from the raw rows; exit 1 where something differs and was not mended."""
    desk = open_desk(shared)
    if not desk.post.everything:
        raise NotDone("check_whole_store", post=desk.post.code)
    with asking(desk, ("view", "store"), {}) as (connection, _viewer):
        found = checking.check(connection)
    mended = checking.repair(lambda: writing(desk.store), desk.actor, found) if repair and found else ()
    emit(table_of(Difference, found), desk, "store check")
    for what in dict.fromkeys(each.derived for each in found):
        done = "check.mended" if what in mended else "check.differs"
        count = sum(each.derived == what for each in found)
        say_aside(say(done, desk.lang, what=say(f"enum.derived.{what}", desk.lang), count=count))
    if not found:
        say_aside(say("check.clean", desk.lang))
    if any(each.derived not in mended for each in found):
        raise typer.Exit(DIFFERS)


info, backup, restore, compact = care.show_info, care.make_backup, care.restore_backup, care.pack
move, distribute = care.move_store, care.distribute_store
columns = columnar.keep_columns
