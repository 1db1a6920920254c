"""A warning rule: what it is called, what it judges, its parameters, and the codes of its hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SEVERITIES = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}
ACTIONS = {
    "notice": "提示",
    "review": "复核",
    "hold": "拦截",
    "suspend": "中止",
    "recover": "追回",
    "urge": "催办",
    "transfer": "移送",
    "guide": "引导",
}
KINDS = {"PRE": "pre_review", "WRN": "warning"}
SUBJECT_KINDS = (
    *("payment", "case", "batch", "failure", "person", "card", "household", "programme"),
    *("unit", "account", "notice", "item", "list", "region"),
)
VERDICTS = {"true": "属实", "partly": "部分属实", "false": "不属实"}
CLASSES = {
    "entry_error": "手工录入失误",
    "base_data": "基础数据不准",
    "backend_data": "后台数据不全",
    "violation": "违规",
}
UNITS = ("fen", "percent", "day", "workday", "month", "count", "year")
ENABLED = "enabled"
SHIPPED = 1  # the version of a rule that nobody changed


class HitStatus(StrEnum):
    """Where a hit stands: seen, no longer seen, or sorted by a person."""

    OPEN = "open"
    GONE = "gone"
    CLOSED = "closed"


class HitStep(StrEnum):
    """What happens to a hit."""

    APPEARED = "appeared"
    GONE = "gone"
    RETURNED = "returned"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a rule goes by: its unit, default and range, and what it is called in both languages."""

    name: str
    default: int
    least: int
    most: int
    unit: str
    zh: str
    en: str

    def called(self, lang: str) -> str:
        """Its name in a language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule file says of its rule.

    `feeds` are those whose files make it look at everything again. A rule `of_payments` is asked, where
    nothing but payments came, of what these concern alone. One with neither runs when it is told to.
    """

    severity: str
    action: str
    subject_kind: str
    feeds: tuple[str, ...]
    of_payments: bool = False
    parameters: tuple[Parameter, ...] = ()

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of a name."""
        return next((each for each in self.parameters if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Page:
    """The manual page of a rule: its title, and its sections by their keys, each (Chinese, English)."""

    title: tuple[str, str]
    sections: Mapping[str, tuple[str, str]]


# the sections of a page: how each begins in a docstring, Chinese and English
SECTIONS = {
    "looks_for": ("查什么", "Looks for"),
    "basis": ("依据", "Basis"),
    "to_do": ("怎么办", "What to do"),
    "quiet": ("不报", "Quiet"),
    "false_alarms": ("误报", "False alarms"),
}


def page_of(docstring: str) -> Page:
    """The page that a docstring holds: `title | title`, then a paragraph a language in sections.

    ValueError where a section is missing in either language.
    """
    first, _, rest = docstring.strip().partition("\n")
    zh, bar, en = (part.strip() for part in first.partition(" | "))
    if not (zh and bar and en):
        raise ValueError("title")
    said = _sections(rest)
    sections = {}
    for key, heads in SECTIONS.items():
        for head in heads:
            if not said.get(head):
                raise ValueError(head)
        sections[key] = (said[heads[0]], said[heads[1]])
    return Page((zh, en), sections)


def _sections(text: str) -> dict[str, str]:
    """What stands below each heading, in one line each."""
    pairs = [pair for both in SECTIONS.values() for pair in zip(both, "：:", strict=True)]
    heads = {f"{head}{colon}": head for head, colon in pairs}
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        begun = next((mark for mark in heads if line.startswith(mark)), None)
        if begun is not None:
            current = found.setdefault(heads[begun], [])
        current.append(line.removeprefix(begun or ""))
    return {head: _joined(" ".join(lines)) for head, lines in found.items()}


def _joined(line: str) -> str:
    """A paragraph in one line; Chinese text has no space where its lines were broken."""
    words = line.split()
    if not words:
        return ""
    said = words[0]
    for word in words[1:]:
        apart = said[-1].isascii() or word[0].isascii()
        said += f" {word}" if apart else word
    return said
