"""The options that every command shares, as one frozen value, and what adds them.

A command is a function marked with `@command("its words")`; its first parameter takes the shared options, the
others are its own. Help comes from the catalogue: `command.<words>` and `option.<name>`.
"""

from __future__ import annotations

import gc
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import ModuleType
from typing import Any

import typer

from commands.language import help_language, help_of, locale_language
from store.words import say


@dataclass(frozen=True, slots=True)
class Shared:
    """What every command takes."""

    store: str | None = None
    post: str | None = None
    as_of: str | None = None
    format: str = "table"
    output: Path | None = None
    limit: int | None = None
    where: str | None = None
    sort: str | None = None
    columns: str | None = None
    lang: str | None = None
    check: bool = False
    bom: bool = False
    reveal: bool = False
    why: str | None = None
    asked: Mapping[str, object] = field(default_factory=dict)  # the command's own options, as they were given

    @property
    def language(self) -> str:
        """zh or en: as asked, else by the locale."""
        return self.lang or locale_language()


def option(name: str, default: Any = None, help_key: str | None = None, **more: Any) -> Any:
    """An option of a command, with its help from the catalogue (`option.<name>` unless `help_key` says)."""
    key = f"option.{help_key or name.replace('-', '_')}"
    return typer.Option(default, f"--{name}", help=say(key, help_language()), show_default=False, **more)


def flag(name: str) -> Any:
    """A switch of a command."""
    return option(name, False)


def argument(name: str, **more: Any) -> Any:
    """An argument of a command."""
    help_text = say(f"argument.{name.lower()}", help_language())
    return typer.Argument(metavar=name.upper(), help=help_text, show_default=False, **more)


_TYPES: dict[str, Any] = {
    "output": Path | None,
    "limit": int | None,
    "check": bool,
    "bom": bool,
    "reveal": bool,
    "format": str,
}


_NAMES = tuple(each.name for each in fields(Shared) if each.name != "asked")


def _shared_parameters(lists: bool) -> list[inspect.Parameter]:
    made = []
    for each in fields(Shared):
        if each.name not in _NAMES or (each.name == "where" and not lists):
            continue
        more: dict[str, Any] = {}
        if each.name == "store":
            more["envvar"] = "SUPERVISE_STORE"
        if each.name == "post":
            more["envvar"] = "SUPERVISE_POST"
        if each.name == "limit":
            more["min"] = 0
        made.append(
            inspect.Parameter(
                each.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=option(each.name.replace("_", "-"), each.default, **more),
                annotation=_TYPES.get(each.name, str | None),
            )
        )
    return made


@dataclass(frozen=True)
class Command:
    """A command: its words, and the function that Typer is given."""

    words: str
    callback: Callable[..., None]


def command(words: str, lists: bool = False) -> Callable[[Callable[..., None]], Command]:
    """Marks a function as the command `words`, and adds the shared options to its own.

    One that `lists` takes --where too; an act never does, so that none is done before a filter is refused.
    """

    def decorate(function: Callable[..., None]) -> Command:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        names = {each.name for each in own}
        added = [each for each in _shared_parameters(lists) if each.name not in names]

        def run(**given: Any) -> None:
            asked = {_typed(each): _plain(given[each.name]) for each in own if given[each.name]}
            _collect_garbage_again()
            shared = Shared(**{name: given[name] for name in _NAMES if name in given}, asked=asked)
            if shared.where is not None:
                _read(shared.where)
            function(shared, **{name: given[name] for name in names})

        parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
        run.__signature__ = inspect.Signature([*parameters, *added])  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in [*parameters, *added]}
        run.__name__ = function.__name__
        run.__doc__ = help_of(words)
        return Command(words, run)

    return decorate


def _read(where: str) -> None:
    """What is no filter is refused before anything is asked of the store."""
    from store.conditions import parse

    parse(where)


def _collect_garbage_again() -> None:
    """The entry stopped it for what is imported, which from here on is never looked at again."""
    if not gc.get_freeze_count():
        gc.freeze()
    gc.enable()


def _typed(parameter: inspect.Parameter) -> str:
    """How an option or argument is typed, without its dashes."""
    declared = getattr(parameter.default, "param_decls", None)
    return str(declared[0]).lstrip("-") if declared else parameter.name


def _plain(value: object) -> object:
    """A value as it can be written down."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int | float) else str(value)


def commands_in(module: ModuleType) -> dict[str, Command]:
    """The commands that a module holds, by their words."""
    return {each.words: each for each in vars(module).values() if isinstance(each, Command)}
