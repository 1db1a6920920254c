"""A filter as a tree of frozen conditions, and the tree as text again, in words that no language owns.

A tree tests rows; it is never text that is evaluated. Where a condition stood in the text is kept beside it
for sentences, and makes no difference between trees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from store.conditions.tokens import is_one_word


class Sign(StrEnum):
    """How a column is compared; `=` on a text finds it within, `==` takes the whole value."""

    IS = "="
    IS_NOT = "!="
    WHOLE = "=="
    NOT_WHOLE = "!=="
    HOLDS = "~"
    HOLDS_NOT = "!~"
    MORE = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


# what each of these denies: `!=` is exactly `not =`, on what is not known too
DENIED = {Sign.IS_NOT: Sign.IS, Sign.NOT_WHOLE: Sign.WHOLE, Sign.HOLDS_NOT: Sign.HOLDS}
ORDERING = frozenset({Sign.MORE, Sign.LESS, Sign.AT_LEAST, Sign.AT_MOST})


@dataclass(frozen=True, slots=True)
class Text:
    """A value as it was written; one that was quoted is never taken for a list, a range or nothing."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From one value to another, both within it; None where it is open."""

    low: Text | None
    high: Text | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known."""


Value = Text | Span | Unknown


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of which one of the shown values must hold one."""

    texts: tuple[Text, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compared:
    """A column compared with one of several values."""

    name: str
    sign: Sign
    values: tuple[Value, ...]
    at: int = field(default=0, compare=False)
    value_at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """That a condition does not hold."""

    part: Tree


@dataclass(frozen=True, slots=True)
class And:
    """That every one of these holds; of none: always."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """That one of these holds."""

    parts: tuple[Tree, ...]


Tree = Words | Compared | Not | And | Or
EVERYTHING = And(())


def every(parts: tuple[Tree, ...]) -> Tree:
    """That all parts hold, without conjunctions within conjunctions."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: tuple[Tree, ...]) -> Tree:
    """That one part holds, without alternatives within alternatives."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def mapped(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """The tree with each of its conditions changed."""
    match tree:
        case Not(part):
            return Not(mapped(part, change))
        case And(parts):
            return every(tuple(mapped(part, change) for part in parts))
        case Or(parts):
            return either(tuple(mapped(part, change) for part in parts))
    return change(tree)


def text_of(text: str) -> Text:
    """A text as a value, quoted where it would be read as something else."""
    return Text(text, not is_one_word(text))


def printed(tree: Tree) -> str:
    """The text of a tree, which is read as the same tree."""
    match tree:
        case Words(texts):
            return ", ".join(map(_text, texts))
        case Compared(name, sign, values):
            return f"{_name(name)}{sign}{', '.join(map(_value, values))}"
        case Not(part):
            return f"not {_within(part, (And, Or))}"
        case And(parts):
            return " and ".join(_within(part, (Or,)) for part in parts)
        case Or(parts):
            return " or ".join(map(printed, parts))


def _within(tree: Tree, grouped: tuple[type, ...]) -> str:
    return f"({printed(tree)})" if isinstance(tree, grouped) else printed(tree)


def _name(name: str) -> str:
    return name if is_one_word(name) else _quoted(name)


def _value(value: Value) -> str:
    if isinstance(value, Unknown):
        return "-"
    if isinstance(value, Span):
        return f"{_text(value.low) if value.low else ''}..{_text(value.high) if value.high else ''}"
    return _text(value)


def _text(value: Text) -> str:
    return _quoted(value.text) if value.quoted else value.text


def _quoted(text: str) -> str:
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
