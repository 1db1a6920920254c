"""How the people of the made-up world are written down, household by household."""

from __future__ import annotations

from datetime import date

from seeds.world.people import NEVER, STATUSES, TAGS, People
from seeds.world.writing import Output

_RELATIONS = (("户主", "户主"), ("配偶", "配偶"), ("儿子", "女儿"), ("孙子", "孙女"))
_GROUPS = "一二三四五六七八"


def _tags(people: People) -> list[str]:
    """The tags of each person, joined; people with the same tags share one string."""
    packed = sum((people.tags[tag].astype(int) << n for n, tag in enumerate(TAGS)), start=people.village * 0)
    text = [";".join(tag for n, tag in enumerate(TAGS) if bits >> n & 1) for bits in range(1 << len(TAGS))]
    return [text[bits] for bits in packed.tolist()]


def write_people(people: People, output: Output) -> None:
    """Write everybody."""
    numbers = [f"H{village}" for village in people.villages]
    lines: list[str] = []
    columns = zip(
        people.ids,
        people.names,
        people.household.tolist(),
        people.role.tolist(),
        people.male.tolist(),
        people.village.tolist(),
        people.phones,
        people.status.tolist(),
        people.status_on.tolist(),
        _tags(people),
        people.guarded.tolist(),
        people.head.tolist(),
        strict=True,
    )
    for number, name, household, role, male, village, phone, status, since, tags, guarded, head in columns:
        lines.append(
            f"{number},{name},{numbers[village]}{household:06d},{'no' if role else 'yes'},"
            f"{_RELATIONS[role][not male]},{people.villages[village]},{_GROUPS[household % 8]}组,{phone},"
            f"{STATUSES[status]},{date.fromordinal(since) if since < NEVER else ''},{tags},"
            f"{people.ids[head] if guarded else ''}"
        )
    output.lines("people", lines)
