"""The day on one page: the figures, the counties, and the worst cases and failures, in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from wcwidth import wcswidth, wcwidth

from store.labels import word
from store.models.posts import Viewer
from store.money import grouped
from store.queries import failed, overdue
from store.queries.failed import FailedRow
from store.queries.filters import Filters
from store.queries.home import CountyLine, Home, figures
from store.queries.overdue import OverdueApproval
from store.safe import safe
from store.words import say

WIDTH, LINES = 80, 60
WORST = 5
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a page tells: the morning, the approvals most overdue, and the failures open longest."""

    home: Home
    worst_approvals: tuple[OverdueApproval, ...]
    worst_failures: tuple[FailedRow, ...]


def brief(connection: Connection, viewer: Viewer, as_of: date) -> Brief:
    """The brief of a day, for the post that asks."""
    late = overdue.approvals(connection, viewer, as_of, Filters())
    waiting = failed.listed(connection, viewer, as_of, Filters())
    home = figures(connection, viewer, as_of)
    return Brief(home, tuple(late[:WORST]), tuple(waiting[:WORST]))


def page(told: Brief, lang: str) -> list[str]:
    """The page: at most 60 lines of at most 80 columns of a terminal."""
    home = told.home
    lines = [f"# {say('brief.title', lang, day=home.as_of)}", ""]
    post = " ".join(part for part in (home.post, home.post_name, home.place) if part)
    changed = home.changed_at.isoformat(" ", "minutes") if home.changed_at else UNKNOWN
    lines += [
        f"- {say('brief.post', lang, post=post)}",
        f"- {say('brief.changed_at', lang, at=changed)}",
        f"- {say('brief.since', lang, day=home.since)}",
        *("", f"## {say('brief.figures', lang)}", ""),
        *_figures(home, lang),
    ]
    approvals = [_approval(row, lang) for row in told.worst_approvals]
    failures = [_failure(row, lang) for row in told.worst_failures]
    worst = [*_part("worst_approvals", approvals, lang), *_part("worst_failures", failures, lang)]
    room = LINES - len(lines) - len(worst) - 3
    lines += ["", f"## {say('brief.counties', lang)}", "", *_counties(home.counties, room, lang), *worst]
    return [_cut(safe(line), WIDTH).rstrip() for line in lines]


def _figures(home: Home, lang: str) -> Iterator[str]:
    for each in home.figures:
        count = UNKNOWN if each.count is None else f"{each.count:,}"
        amount = "" if each.amount is None else grouped(each.amount)
        yield f"- {_padded(word('figure', each.figure, lang), 38)}{count:>10}{amount:>20}"


def _counties(counties: Sequence[CountyLine], room: int, lang: str) -> Iterator[str]:
    shown = counties if len(counties) <= room else counties[: room - 1]
    for line in shown:
        counts = (
            line.overdue_approvals,
            line.red_approvals,
            line.overdue_batches,
            line.open_failures,
            line.overdue_items,
        )
        told = "".join(f"{UNKNOWN if count is None else count:>8}" for count in counts)
        name = _padded(line.county or line.county_code or UNKNOWN, 20)
        yield f"- {name}{told}  {line.data_on or UNKNOWN}"
    if len(shown) < len(counties):
        yield f"- {say('brief.more', lang, count=len(counties) - len(shown))}"
    if not counties:
        yield f"- {say('brief.nothing', lang)}"


def _part(name: str, lines: list[str], lang: str) -> list[str]:
    return ["", f"## {say(f'field.{name}', lang)}", "", *(lines or [f"- {say('brief.nothing', lang)}"])]


def _approval(row: OverdueApproval, lang: str) -> str:
    grade = word("grade", row.grade or "", lang)
    stage = word("stage", row.stage, lang)
    told = (row.case_no, grade, row.overdue_days, stage, row.county, row.name, row.unit)
    return _line(*told)


def _failure(row: FailedRow, lang: str) -> str:
    reason = word("reason", row.reason, lang) if row.reason else say("story.unmapped", lang)
    told = (row.payment_no, row.age_days, grouped(row.outstanding), reason, row.county, row.name, row.unit)
    return _line(*told)


def _line(*parts: object) -> str:
    return "- " + " ".join(str(part) for part in parts if part is not None)


def _padded(text: str, cells: int) -> str:
    shown = _cut(safe(text), cells - 1)
    return shown + " " * (cells - max(wcswidth(shown), 0))


def _cut(text: str, cells: int) -> str:
    """As much of a text as fits into so many cells of a terminal."""
    used = 0
    for place, character in enumerate(text):
        used += max(wcwidth(character), 0)
        if used > cells:
            return text[:place]
    return text
