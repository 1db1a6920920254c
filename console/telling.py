"""How acts are told before and after: what a page shows that asks, and the sentence when it is done."""

from __future__ import annotations

from collections.abc import Sequence

from console.act_plans import ActPlan, Change, Done
from console.doing import Planned
from console.forms import Field, FieldKind
from console.seat import Seat
from console.shown import safe
from console.subjects import Subject
from console.widgets.sheets import Part
from console.wording import shower
from store import money
from store.labels import label, word
from store.tables import Column
from store.words import say

NAMED = 3
ARROW = " -> "


def word_of(act: ActPlan, lang: str) -> str:
    """What an act is called."""
    return say(f"act.{act.name}", lang)


def about(subjects: Sequence[Subject], lang: str) -> str:
    """The rows that an act is about, in one line."""
    if len(subjects) == 1:
        (subject,) = subjects
        return safe("  ".join(part for part in (subject.no, subject.title) if part))
    return say("act.of_many", lang, count=len(subjects), numbers=numbers([s.no for s in subjects]))


def numbers(given: Sequence[str]) -> str:
    """A few numbers, and whether there are more."""
    return ", ".join(given[:NAMED]) + (" …" if len(given) > NAMED else "")


def record(seat: Seat, planned: Planned) -> list[Part]:
    """Everything that will be recorded, and what will not."""
    lang, actor = seat.lang, planned.actor
    many = len(planned.subjects) > 1
    pairs = [
        (say("act.act", lang), word_of(planned.act, lang)),
        (say("act.post", lang), f"{actor.post.code} {actor.post.name}".strip()),
        (say("act.login", lang), actor.login),
        (say("act.day", lang), actor.as_of.isoformat()),
    ]
    if many:
        pairs.append((say("act.count", lang), say("act.items", lang, count=len(planned.made))))
        pairs.append((say("act.skips", lang), say("act.items", lang, count=len(planned.skipped))))
    else:
        ((subject, done),) = planned.made
        pairs.append((say("act.subject", lang), about([subject], lang)))
        if done.new:
            pairs.append((label("item_no", lang), say("act.number_later", lang)))
    parts = [Part("", tuple(pairs))]
    if not many:
        changes = tuple((label(each.key, lang), _change(each, lang)) for each in planned.made[0][1].changes)
        parts.append(Part(say("act.changes", lang), changes))
    told = _given(planned, lang, many)
    if told:
        parts.append(Part(say("act.changes" if many else "act.said", lang), told))
    if planned.given.files:
        parts.append(_evidence(planned, lang))
    if many:
        parts += _rows(planned, lang)
    return parts


def _change(change: Change, lang: str) -> str:
    show = shower(Column(change.key, change.kind), lang)
    after = show(change.after) or say("act.empty", lang)
    return after if change.before is None else f"{show(change.before)}{ARROW}{after}"


def _given(planned: Planned, lang: str, many: bool) -> tuple[tuple[str, str], ...]:
    """What was said with it: of one row what no change tells already, of many everything."""
    changed = {value for each in planned.made[0][1].changes for value in (each.after,)} if not many else set()
    pairs = []
    for field in planned.act.fields:
        value = planned.given.values.get(field.name)
        if value is None or value in changed or field.kind is FieldKind.FILES:
            continue
        pairs.append((label(field.name, lang), _said(field, value, lang)))
    return tuple(pairs)


def _said(field: Field, value: object, lang: str) -> str:
    if field.kind is FieldKind.MONEY and isinstance(value, int):
        return money.grouped(value)
    return word(field.name, str(value), lang) if field.kind is FieldKind.CHOICE else safe(str(value))


def _evidence(planned: Planned, lang: str) -> Part:
    pairs = []
    for file in planned.given.files:
        size = say("act.bytes", lang, count=f"{len(file.content):,}")
        pairs += [(safe(file.name), size), ("SHA-256", file.sha256)]
    return Part(label("evidence", lang), tuple(pairs))


def _rows(planned: Planned, lang: str) -> list[Part]:
    parts = []
    if planned.skipped:
        pairs = tuple((each.subject.no, each.error.sentence(lang)) for each in planned.skipped)
        parts.append(Part(say("act.skipped", lang, count=len(pairs)), pairs))
    pairs = tuple((subject.no, _row(subject, done, lang)) for subject, done in planned.made)
    return [*parts, Part(say("act.will", lang, count=len(pairs)), pairs)]


def _row(subject: Subject, done: Done, lang: str) -> str:
    changes = [f"{label(each.key, lang)} {_change(each, lang)}" for each in done.changes if each.before]
    return safe("  ".join([subject.title, *changes[:2]]))


def recorded(planned: Planned, lang: str) -> str:
    """The sentence when it is done: the number of what was recorded, and what was skipped after all."""
    act = word_of(planned.act, lang)
    given = [done.no for _, done in planned.made]
    if len(planned.subjects) == 1:
        return say("act.recorded", lang, act=act, no=given[0])
    skipped = [each.subject.no for each in planned.skipped]
    if skipped:
        told = {"act": act, "count": len(given), "skipped": len(skipped), "numbers": numbers(skipped)}
        return say("act.recorded_skipped", lang, **told)
    return say("act.recorded_many", lang, act=act, count=len(given), numbers=numbers(given))
