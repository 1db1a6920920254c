"""The contract's rules for incoming lines, once more: slow, line by line, in plain dictionaries.

It shares nothing with the program but the contract, so that each finds out where the other departs from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

COUNTS = ("rows", "landed", "unchanged", "updated", "held", "rejected", "doubtful", "freed")
ROMAN = str.maketrans("０１２３４５６７８９", "0123456789")
WORDS = {
    "success": "success",
    "成功": "success",
    "failure": "failure",
    "失败": "failure",
    "bounced": "bounced",
    "village_review": "village_review",
    "村评": "village_review",
    "town_review": "town_review",
    "finance": "finance",
    "财政": "finance",
    "monthly": "monthly",
    "按月": "monthly",
}
DOUBTFUL = {"bad_citizen_id", "bad_card_no", "destroyed_by_spreadsheet"}


@dataclass(frozen=True)
class Rules:
    """What the contract says of a feed: its fields in order with their kinds, its key, and the rest."""

    kinds: Mapping[str, str]
    key: tuple[str, ...]
    required: frozenset[str]
    later: str  # updates, conflict, fills
    waits: tuple[tuple[str, str], ...] = ()  # (field, feed)
    unknown: tuple[tuple[str, str], ...] = ()  # (field, feed)
    fills: frozenset[str] = frozenset()
    repeats: bool = False
    doubts: bool = False
    empty: Mapping[str, Any] = field(default_factory=dict)

    def empty_of(self, key: tuple[Any, ...]) -> dict[str, Any]:
        """The parts of a key, an empty one as the value it stands for."""
        return dict(zip(self.key, key, strict=True))


def _rules(spec: str, later: str, waits: str = "", unknown: str = "", fills: str = "", **more: Any) -> Rules:
    """`spec` lists `field:kind`, a key marked with `*` and a required field with `!`."""
    kinds, key, required = {}, [], set()
    for word in spec.split():
        name, kind = word.rstrip("*!").split(":")
        kinds[name] = kind
        if "*" in word:
            key.append(name)
        if "!" in word:
            required.add(name)

    def pairs(text: str) -> tuple[tuple[str, str], ...]:
        return tuple((word.split(">")[0], word.split(">")[1]) for word in text.split())

    return Rules(
        kinds,
        tuple(key),
        frozenset(required),
        later,
        pairs(waits),
        pairs(unknown),
        frozenset(fills.split()),
        **more,
    )


FEEDS = {
    "regions": _rules("region_code:place*! name:text!", "updates"),
    "units": _rules(
        "unit_code:text*! name:text! kind:enum! region_code:region! parent_code:text phone:text",
        "updates",
        unknown="parent_code>units",
    ),
    "programmes": _rules(
        "programme_code:text*! name:text! unit_kind:enum! cycle:enum! notice_days:int", "updates"
    ),
    "people": _rules("person_id:id*! name:text! region_code:region! phone:text", "updates"),
    "cases": _rules(
        "case_no:text*! programme_code:text! period:text! person_id:id! region_code:region! "
        "amount:money applied_on:day!",
        "updates",
        unknown="programme_code>programmes",
        doubts=True,
    ),
    "stages": _rules(
        "case_no:text*! stage:enum*! entered_at:moment*! left_at:moment unit_code:text! operator:text",
        "updates",
        waits="case_no>cases",
        unknown="unit_code>units",
        repeats=True,
    ),
    "notices": _rules(
        "programme_code:text*! period:text*! region_code:region*! posted_on:day! place:text round:int*",
        "updates",
        unknown="programme_code>programmes",
        empty={"round": 1},
    ),
    "batches": _rules(
        "batch_no:text*! programme_code:text! period:text! region_code:region! unit_code:text! "
        "submitted_on:day amount:money",
        "fills",
        waits="programme_code>programmes",
        unknown="unit_code>units",
        fills="submitted_on amount",
    ),
    "payments": _rules(
        "payment_no:text*! batch_no:text! person_id:id! name:text! card_no:card! amount:money! "
        "region_code:region! reissue_of:text",
        "conflict",
        waits="batch_no>batches reissue_of>payments",
        doubts=True,
    ),
    "returns": _rules(
        "payment_no:text*! result:enum*! reason:text settled_at:moment*! bank_serial:text",
        "conflict",
        waits="payment_no>payments",
    ),
    "feedback": _rules(
        "payment_no:text*! given_at:moment*! unit_code:text content:text!",
        "conflict",
        waits="payment_no>payments",
        unknown="unit_code>units",
    ),
}
FIRST = ("regions", "units", "programmes")


@dataclass(frozen=True)
class Drop:
    """A file of a drop: its name, its feed, its columns, and its lines (the first is line 2)."""

    name: str
    feed: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass
class Line:
    """A line on its way: where it stands, its texts, and what they mean."""

    file: str
    number: int
    feed: str
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    doubt: tuple[str, str, str] | None = None  # field, code, value

    @property
    def key(self) -> tuple[Any, ...]:
        rules = FEEDS[self.feed]
        return tuple(
            rules.empty.get(name) if self.values.get(name) is None else self.values[name]
            for name in rules.key
        )


@dataclass
class Reference:
    """A store as the contract has it."""

    stored: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = field(
        default_factory=lambda: {feed: {} for feed in FEEDS}
    )
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    rejects: dict[tuple[str, int], tuple[str, str, str | None, str | None]] = field(default_factory=dict)
    kept: dict[tuple[str, int], Line] = field(default_factory=dict)
    held: list[tuple[Line, str, str]] = field(default_factory=list)
    doubtful: set[tuple[str, int, str, str]] = field(default_factory=set)
    history: Counter[tuple[str, tuple[Any, ...]]] = field(default_factory=Counter)
    taken: dict[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    said: dict[tuple[str, str, tuple[Any, ...]], list[tuple[int, dict[str, Any]]]] = field(
        default_factory=dict
    )
    beside: set[str] = field(default_factory=set)  # units that may land of the file being taken
    means: dict[str, str] = field(default_factory=dict)  # regions of the file being taken
    valid_ids: frozenset[str] = frozenset()
    valid_cards: frozenset[str] = frozenset()

    # --- an import ---

    def take(self, drops: Sequence[Drop]) -> dict[str, Counter[str]]:
        """Take files in, and say what an import reports of each."""
        known: dict[str, int] = {}
        fresh: list[Drop] = []
        for drop in drops:
            same = (drop.feed, drop.columns, drop.lines)
            if same in self.taken:
                known[drop.name] = len(drop.lines)
                continue
            self.taken[same] = drop.name
            self.files.append(drop.name)
            self.counts[drop.name] = Counter()
            fresh.append(drop)
        now = {drop.name for drop in fresh}
        order = sorted(fresh, key=lambda drop: FIRST.index(drop.feed) if drop.feed in FIRST else len(FIRST))
        for drop in order:
            lines = [
                Line(drop.name, number, drop.feed, dict(zip(drop.columns, cells, strict=True)))
                for number, cells in enumerate(drop.lines, start=2)
            ]
            if drop.feed == "regions":
                self._name_places(lines)
            if drop.feed == "units":
                self.beside = self._units_beside(lines)
            for line in lines:
                self.counts[drop.name]["rows"] += 1
                self._take_line(line, now)
            self.beside, self.means = set(), {}
            if drop.feed == "units":
                self._units_again(now)
        found = {name: Counter({"rows": rows, "unchanged": rows}) for name, rows in known.items()}
        return {**found, **{name: self.counts[name] for name in now}}

    def _name_places(self, lines: list[Line]) -> None:
        """What the codes of a list of regions stand for, the shortest first."""
        self.means = {}
        names = {key[0]: row["values"]["name"] for key, row in self.stored["regions"].items()}
        own = set(names)
        said: dict[str, str] = {}
        for line in lines:
            if not self._read(line):
                said.setdefault(line.texts["region_code"].strip().translate(ROMAN), line.values["name"])
        for size in (2, 4, 6, 9, 12):
            for code in (each for each in said if len(each) == size):
                place = code
                shorter = [code[:n] for n in (9, 6) if n < size and not code[n:].strip("0")]
                if shorter and code not in own:
                    near = [
                        self.means.get(each, each) for each in shorter if each in self.means or each in names
                    ]
                    if not near:
                        place = shorter[-1]
                    elif names[near[0]] == said[code]:
                        place = near[0]
                self.means[code] = place
                names[place] = said[code]

    def _units_beside(self, lines: list[Line]) -> set[str]:
        """The units of a file whose parents are stored, or are such units themselves."""
        found: set[str] = set()
        known = {key[0] for key in self.stored["units"]}
        for _ in lines:
            for line in lines:
                parent = line.texts.get("parent_code", "").strip()
                if not self._read(line) and (not parent or parent in known | found):
                    found.add(line.values["unit_code"])
        return found

    def _units_again(self, now: set[str]) -> None:
        """Units that stand below one which a later line of the same import brought."""
        going = True
        while going:
            going = False
            for place in sorted(self.rejects, key=lambda at: (self.files.index(at[0]), at[1])):
                feed, code, _, _ = self.rejects[place]
                if feed != "units" or code != "unknown_unit" or place[0] not in now:
                    continue
                line = self.kept[place]
                if (line.values["parent_code"],) in self.stored["units"]:
                    del self.rejects[place]
                    self.counts[place[0]]["rejected"] -= 1
                    self._judge(line, now)
                    going = True

    # --- a line ---

    def _take_line(self, line: Line, now: set[str]) -> None:
        faults = self._read(line)
        if faults:
            if FEEDS[line.feed].doubts and all(code in DOUBTFUL for _, code, _ in faults):
                line.doubt = faults[0]
            else:
                self._reject(line, faults[0][1], faults[0][0], faults[0][2])
                self.counts[line.file]["rejected"] += 1
                return
        self._judge(line, now)

    def _judge(self, line: Line, now: set[str], trigger: str | None = None) -> None:
        """What becomes of a line; `trigger` is the file whose line freed it."""
        outcome = self._outcome(line)
        counts = self.counts[line.file]
        counts[outcome] += 1
        if outcome in ("landed", "updated"):
            if line.doubt:
                self.doubtful.add((line.file, line.number, line.doubt[0], line.doubt[1]))
                counts["doubtful"] += 1
            if trigger is not None and line.file not in now:
                self.counts[trigger]["freed"] += 1
        if outcome != "rejected":
            self.said.setdefault((line.file, line.feed, line.key), []).append((line.number, line.values))
        if outcome == "landed":
            self._land(line)
            if trigger is None:
                self._free(line, now)

    def _outcome(self, line: Line) -> str:
        rules = FEEDS[line.feed]
        stored = self.stored[line.feed].get(line.key)
        outside = {name: value for name, value in line.values.items() if name not in rules.key}
        if stored is not None and all(stored["values"].get(name) == value for name, value in outside.items()):
            return "unchanged"
        said = self.said.get((line.file, line.feed, line.key), [])
        if not rules.repeats and any(at != line.number and values != line.values for at, values in said):
            return self._reject(line, "duplicate_line")
        for name, feed in rules.unknown:
            value = line.values.get(name)
            beside = line.feed == "units" and value in self.beside
            if value is not None and not beside and (value,) not in self.stored[feed]:
                return self._reject(line, f"unknown_{feed[:-1]}", name, value)
        for name, feed in rules.waits:
            value = line.values.get(name)
            itself = feed == line.feed and value == line.key[0]
            if value is not None and not itself and (value,) not in self.stored[feed]:
                self.held.append((line, feed, value))
                return "held"
        if "reissue_of" in line.values and line.values["reissue_of"] == line.values["payment_no"]:
            return self._reject(line, "conflict")
        if stored is None:
            return "landed"
        if rules.later == "updates" and self.files.index(stored["file"]) > self.files.index(line.file):
            return "unchanged"
        changed = {name for name, value in outside.items() if stored["values"].get(name) != value}
        filling = all(name in rules.fills and stored["values"].get(name) is None for name in changed)
        if rules.later == "updates" or (rules.later == "fills" and filling):
            self.history[(line.feed, line.key)] += 1
            stored["values"].update(outside)
            stored["file"] = line.file
            return "updated"
        return self._reject(line, "conflict")

    def _land(self, line: Line) -> None:
        kinds = FEEDS[line.feed].kinds
        values = {name: line.values.get(name) for name in kinds}
        self.stored[line.feed][line.key] = {"values": values, "file": line.file}

    def _free(self, landed: Line, now: set[str]) -> None:
        """Let lines land that waited for one that has landed, then those that waited for these."""
        wave = [(landed.feed, landed.key[0])]
        while wave:
            rows = [row for row in self.held if (row[1], row[2]) in wave]
            rows.sort(key=lambda row: (row[0].feed, self.files.index(row[0].file), row[0].number))
            self.held = [row for row in self.held if all(row is not each for each in rows)]
            wave = []
            for line, _, _ in rows:
                self.counts[line.file]["held"] -= 1
                self.said[(line.file, line.feed, line.key)].remove((line.number, line.values))
                before = self.counts[line.file]["landed"]
                self._judge(line, now, landed.file)
                if self.counts[line.file]["landed"] > before:
                    wave.append((line.feed, line.key[0]))

    def _reject(self, line: Line, code: str, name: str | None = None, value: str | None = None) -> str:
        self.rejects[(line.file, line.number)] = (line.feed, code, name, value)
        self.kept[(line.file, line.number)] = line
        return "rejected"

    # --- values ---

    def _read(self, line: Line) -> list[tuple[str, str, str]]:
        rules = FEEDS[line.feed]
        faults = []
        for name, kind in rules.kinds.items():
            if name not in line.texts:
                continue
            text = line.texts[name].strip()
            if not text:
                line.values[name] = None
                if name in rules.required:
                    faults.append((name, "missing", ""))
                continue
            try:
                line.values[name] = self._value(kind, text)
            except ValueError as error:
                faults.append((name, str(error), text))
                line.values[name] = text
        return faults

    def _value(self, kind: str, text: str) -> Any:
        plain = text.translate(ROMAN)
        if kind == "text":
            return plain
        if kind == "enum":
            if plain not in WORDS:
                raise ValueError("bad_enum")
            return WORDS[plain]
        if kind == "int":
            if not plain.isdigit():
                raise ValueError("bad_number")
            return int(plain)
        if kind == "money":
            if re.fullmatch(r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]{1,2})?", plain) is None:
                raise ValueError("bad_money")
            amount = Decimal(plain.replace(",", "")) * 100
            if not amount:
                raise ValueError("bad_money")
            return int(amount)
        if kind == "id":
            if plain.upper() in self.valid_ids:
                return plain.upper()
            raise ValueError("destroyed_by_spreadsheet" if "E+" in plain else "bad_citizen_id")
        if kind == "card":
            if plain in self.valid_cards:
                return plain
            raise ValueError("destroyed_by_spreadsheet" if "E+" in plain else "bad_card_no")
        if kind == "day":
            return self._day(plain)
        if kind == "moment":
            head, _, tail = plain.replace("T", " ").partition(" ")
            clock = tail or "00:00"
            return f"{self._day(head)} {clock}{':00' if clock.count(':') == 1 else ''}"
        return self._region(plain, kind == "place")

    def _day(self, text: str) -> str:
        parts = text.replace("/", "-").replace("年", "-").replace("月", "-").rstrip("日").split("-")
        if len(parts) == 1 and len(text) == 8:
            parts = [text[:4], text[4:6], text[6:]]
        if len(parts) != 3 or not all(part.isdigit() for part in parts):
            raise ValueError("bad_date")
        return f"{int(parts[0])}-{int(parts[1]):02d}-{int(parts[2]):02d}"

    def _region(self, code: str, itself: bool) -> str:
        if not code.isdigit() or len(code) not in (2, 4, 6, 9, 12):
            raise ValueError("bad_region")
        if itself:
            return self.means.get(code, code)
        regions = {key[0] for key in self.stored["regions"]}
        shorter = [code[:size] for size in (9, 6) if size < len(code) and not code[size:].strip("0")]
        if not shorter or code in regions:
            return code
        return next((form for form in shorter if form in regions), shorter[-1])


def sums(rows: Iterable[Counter[str]]) -> Counter[str]:
    """The figures of several files together."""
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row)
    return total
