"""What one types after `:`: a view with its options, a number to explain or tell all of, a day, an action."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from console import lists
from console.actions import Action, named_actions
from console.lists._narrowing import day
from console.places import Option, Place, place
from console.plans import View
from store import pinyin
from store.errors import WrongUsage
from store.labels import word as word_of
from store.words import knows, say

NUMBERS = ("show", "explain")
DAY = "as-of"
CHOSEN = ("where", "sort", "columns")  # what any list may be asked for beside its own options
HOME = View("home", (Option("silent", switch=True),))
FOLLOW = ("today", "now", "今天", "今日")
_PLAIN = str.maketrans({"　": " ", "－": "-", "＝": "=", "，": ",", "：": ":", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Go:
    """Open a view; `day` is the day to look at from now on, None: the one there is.

    `sort` is a column's key, `where` a filter, `columns` the keys of what is to be shown; None: as it was.
    """

    place: Place
    day: date | None = None
    sort: str | None = None
    where: str | None = None
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Open everything on a number, or with `receipt` how its deadline came about."""

    no: str
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class OnDay:
    """Look at another day; None follows the clock."""

    day: date | None


@dataclass(frozen=True, slots=True)
class Run:
    """Run an action."""

    action: Action


Order = Go | Tell | OnDay | Run


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole line that what was typed may become, and what its last word means."""

    line: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Head:
    """A first word: its name, what else it is called, and its word in the language."""

    name: str
    called: tuple[str, ...]
    meaning: str

    def is_called(self, typed: str) -> bool:
        """Whether it is called exactly so, in any language or by its initials."""
        return typed == self.name or any(typed == each.casefold() for each in self.called) or self._is(typed)

    def begins(self, typed: str) -> bool:
        """Whether one of its names begins so."""
        names = (self.name, *self.called)
        return any(each.casefold().startswith(typed) or pinyin.begins(each, typed) for each in names)

    def _is(self, typed: str) -> bool:
        return any(not each.isascii() and pinyin.initials(each) == typed for each in self.called)


def heads(lang: str) -> Iterator[Head]:
    """Every first word there is: views, numbers, the day, actions."""
    for name in views():
        yield Head(
            name, _called(f"console.view.{name}", f"console.alias.{name}"), say(f"console.view.{name}", lang)
        )
    for name in (*NUMBERS, DAY):
        word = f"console.order.{name.replace('-', '_')}"
        yield Head(name, _called(word, f"console.alias.{name}"), say(word, lang))
    for action in named_actions():
        yield Head(action.name, _called(action.word), say(action.word, lang))


def views() -> tuple[str, ...]:
    """The names of all views."""
    return (HOME.name, *lists.names())


def view_of(name: str) -> View:
    """A view by its name."""
    return HOME if name == HOME.name else lists.view(name)


def _called(*words: str) -> tuple[str, ...]:
    found = []
    for word in words:
        if knows(word):
            found += [each for lang in ("zh", "en") for each in say(word, lang).split("/")]
    return tuple(each.strip() for each in found)


def understood(text: str, lang: str) -> Order:
    """What a line orders; WrongUsage with a sentence where it cannot be understood."""
    words = split(text)
    if not words:
        raise WrongUsage("console_empty")
    head, rest = _head(words[0], lang), words[1:]
    if head.name in ("ledger", "failed") and rest[:1] == ["show"]:
        head, rest = Head("show", (), ""), rest[1:]
    if head.name in NUMBERS:
        if len(rest) != 1:
            raise WrongUsage("console_number", command=head.name)
        return Tell(rest[0], head.name == "explain")
    if head.name == DAY:
        return OnDay(None if not rest or rest[0] in FOLLOW else day(rest[0]))
    if head.name in views():
        return _go(view_of(head.name), rest, lang)
    if rest:
        raise WrongUsage("console_too_much", command=head.name, text=" ".join(rest))
    return Run(next(action for action in named_actions() if action.name == head.name))


def split(text: str) -> list[str]:
    """The words of a line; full-width signs are taken for their twins."""
    line = text.translate(_PLAIN).strip().lstrip(":").strip().removeprefix("supervise ")
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def _head(typed: str, lang: str) -> Head:
    known, wanted = list(heads(lang)), typed.casefold()
    exact = [head for head in known if head.is_called(wanted)]
    found = exact[:1] or [head for head in known if head.begins(wanted)]
    if len(found) != 1:
        key = "console_ambiguous" if found else "console_unknown"
        names = ", ".join(f"{head.name} {head.meaning}" for head in found[:6])
        raise WrongUsage(key, text=typed, names=names)
    return found[0]


def _go(view: View, words: Sequence[str], lang: str) -> Go:
    options: dict[str, str] = {}
    shared: dict[str, str] = {}
    left = list(words)
    while left:
        word = left.pop(0)
        if not word.startswith("--"):
            if view.bare is None or view.bare in options:
                raise WrongUsage("console_too_much", command=view.name, text=word)
            options[view.bare] = word
            continue
        name, equals, value = word[2:].partition("=")
        if name in (DAY, *CHOSEN):
            shared[name] = value if equals else _value(view, name, left)
            continue
        option = next((each for each in view.options if each.name == name), None)
        if option is None:
            known = ", ".join(f"--{each.name}" for each in view.options) or "-"
            raise WrongUsage("console_option", command=view.name, option=name, options=known)
        if not option.switch and not equals:
            value = _value(view, name, left)
        if name == "since":
            day(value)  # what is no day is said now
        options[name] = "" if option.switch else _choice(option, value)
    day_asked = day(shared[DAY]) if DAY in shared else None
    options = {name: value for name, value in options.items() if (name, value) != ("kind", "approvals")}
    if view.plan is not None:
        view.plan(options, lang)  # what contradicts itself is said now
    if "where" in shared:
        from store.conditions import parse

        parse(shared["where"])  # so is what is no filter
    columns = tuple(key.strip() for key in shared["columns"].split(",")) if "columns" in shared else None
    return Go(place(view.name, options), day_asked, shared.get("sort"), shared.get("where"), columns)


def _value(view: View, name: str, left: list[str]) -> str:
    if not left or left[0].startswith("--"):
        raise WrongUsage("console_value", command=view.name, option=name)
    return left.pop(0)


def _choice(option: Option, value: str) -> str:
    """A choice as its code; its Chinese or English word is taken too."""
    if not option.choices or value in option.choices:
        return value
    for code in option.choices:
        if value in (choice_word(option.name, code, "zh"), choice_word(option.name, code, "en")):
            return code
    raise WrongUsage("bad_choice", option=option.name, value=value, choices=", ".join(option.choices))


def choice_word(option: str, code: str, lang: str) -> str:
    """What a person calls a choice."""
    key = f"console.choice.{option}.{code}"
    return say(key, lang) if knows(key) else word_of(option, code, lang)


def candidates(text: str, lang: str) -> list[Candidate]:
    """What a line may become with its last word completed, in the order in which it is offered."""
    line = text.translate(_PLAIN)
    before, _, last = line.rpartition(" ")
    words = split(before) if before else []
    if not words:
        typed = last.lstrip(":").casefold()
        return [Candidate(head.name, head.meaning) for head in heads(lang) if head.begins(typed)]
    try:
        head = _head(words[0], lang)
    except WrongUsage:
        return []
    if head.name not in views():
        return []
    view = view_of(head.name)
    option = next((each for each in view.options if words[-1] == f"--{each.name}" and not each.switch), None)
    if option is not None:
        found = [(code, choice_word(option.name, code, lang)) for code in option.choices]
    else:
        free = [each for each in view.options if f"--{each.name}" not in words]
        found = [(f"--{each.name}", option_word(each.name, lang)) for each in free]
        found += [(f"--{name}", option_word(name, lang)) for name in (*_choosable(view), DAY)]
    return [
        Candidate(f"{before} {word}", meaning)
        for word, meaning in found
        if word.startswith(last) or (last and not last.startswith("-") and _begins(meaning, last))
    ]


def _choosable(view: View) -> tuple[str, ...]:
    return CHOSEN if view.plan is not None else ()


def _begins(meaning: str, typed: str) -> bool:
    return meaning.startswith(typed) or pinyin.begins(meaning, typed)


def option_word(name: str, lang: str) -> str:
    """What an option is called."""
    return say(f"console.option.{name.replace('-', '_')}", lang)
