"""Small worlds that rules look at: lines of feeds with what nobody cares about filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.builders import card_no, citizen_id, write
from tests.running import InProcess

DAY = "2025-09-30"
PROGRAMME = {"programme_code": "A", "name": "项目A", "unit_kind": "civil_affairs", "cycle": "monthly"}
UNIT = {"unit_code": "U1", "name": "乡镇一", "kind": "town", "region_code": "511025"}
REGIONS = ({"region_code": "511025", "name": "资中县"}, {"region_code": "511002", "name": "市中区"})


@dataclass
class World:
    """Lines by feed, put in one import; `hits` is what the rules say of all that is there."""

    supervise: InProcess
    folder: Path
    feeds: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)
    drops: int = 0

    def add(self, feed: str, **line: object) -> None:
        """A line of a feed as it is."""
        self.feeds.setdefault(feed, []).append(line)

    def programme(self, code: str, **more: object) -> None:
        """A monthly programme."""
        self.add("programmes", **{**PROGRAMME, "programme_code": code, "name": f"项目{code}", **more})

    def person(self, number: int, name: str = "何小明", **more: object) -> None:
        """A person of Zizhong."""
        line = {"person_id": citizen_id(number), "name": name, "region_code": "511025001", **more}
        self.add("people", **line)

    def batch(self, no: str, period: str = "2025-08", programme: str = "A", **more: object) -> None:
        """A batch that was made and sent in the month after its period."""
        line = {"batch_no": no, "programme_code": programme, "period": period, "region_code": "511025"}
        days = {"created_on": "2025-09-01", "submitted_on": "2025-09-02"}
        self.add("batches", **{**line, "unit_code": "U1", **days, **more})

    def payment(self, no: str, batch: str, person: int | str, **more: object) -> None:
        """A payment of 100 yuan to a person, by number or by the ID as it came."""
        own = citizen_id(person) if isinstance(person, int) else person
        card = card_no(person) if isinstance(person, int) else card_no(9999)
        line = {"payment_no": no, "batch_no": batch, "person_id": own, "name": "何小明", "card_no": card}
        self.add("payments", **{**line, "amount": "100.00", "region_code": "511025001", **more})

    def returned(
        self, no: str, result: str = "success", at: str = "2025-09-03 10:00", **more: object
    ) -> None:
        """What the bank answered."""
        self.add("returns", payment_no=no, result=result, settled_at=at, **more)

    def taken(self, day: str = DAY) -> None:
        """Take in what was added since the last time."""
        self.drops += 1
        folder = self.folder / f"drop-{self.drops}"
        for feed, lines in self.feeds.items():
            write(folder, feed, lines)
        self.feeds.clear()
        ran = self.supervise("import", str(folder), "--as-of", day, "--format", "json")
        assert ran.code in (0, 3), str(ran)
        ran = self.supervise("rules", "run", "--new", "--as-of", day)
        assert ran.code in (0, 1), str(ran)

    def hits(self, *rules: str, day: str = DAY, status: str = "open") -> dict[str, list[str]]:
        """The subjects of the open hits, by rule; of the rules named alone where any are."""
        options = ("--as-of", day, "--status", status, "--reveal", "--why", "试", "--format", "json")
        rows = self.supervise("warnings", *options, check=0).json()
        found: dict[str, list[str]] = {rule: [] for rule in rules}
        for row in rows:
            if not rules or row["rule"] in rules:
                found.setdefault(row["rule"], []).append(row["subject_no"])
        return {rule: sorted(subjects) for rule, subjects in found.items()}

    def facts(self, rule: str, day: str = DAY) -> dict[str, object]:
        """Both sides of the one hit of a rule, as they are."""
        own = ("--as-of", day, "--format", "json", "--reveal", "--why", "试")
        (row,) = self.supervise("warnings", "--rule", rule, *own, check=0).json()
        shown = self.supervise("warnings", "show", row["hit_no"], *own, check=0).json()
        facts: dict[str, object] = shown["facts"]
        return facts


@pytest.fixture
def world(supervise: InProcess, tmp_path: Path) -> World:
    """A world of two counties, one unit and programme A."""
    made = World(supervise, tmp_path)
    for region in REGIONS:
        made.add("regions", **region)
    made.add("units", **UNIT)
    made.programme("A")
    return made
