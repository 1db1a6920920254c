"""The whole command line as Typer runs it: finds the command that the words name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from commands.app import first_words, group_page, help_page, tell, word_of
from commands.language import help_language, help_of
from commands.options import commands_in
from store import discovery
from store.errors import WrongUsage
from store.words import say


def _module_of(word: str) -> Any:
    name = next(name for name in discovery.names("commands") if word_of(name) == word)
    return discovery.load("commands", name)


def _in_words(help_text: str) -> str:
    """Typer's own words in a help, in the language."""
    lang = help_language()
    for mark in ("Usage:", "Options:", "Commands:", "Arguments:", "Show this message and exit."):
        help_text = help_text.replace(mark, say(f"help.{mark.strip(':.').replace(' ', '_').lower()}", lang))
    return help_text


@dataclass(frozen=True)
class _AsTyped:
    """How the value of an option is taken: a text as it stands; for all others Typer asks its pydantic."""

    ask_typer: Callable[[], Any]

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """What the command is given for what was typed."""
        single = param.nargs == 1 and not getattr(param, "multiple", False)
        if single and (value is None or (isinstance(value, str) and param.type_descriptor.annotation is str)):
            return value
        return self.ask_typer().coerce(value, param=param, ctx=ctx)


def _light(params: list[Any]) -> list[Any]:
    """Options that load pydantic only for values that need it: it takes as long as a short answer."""
    for param in params:
        ask = param.get_runtime_param
        if not isinstance(ask, partial):
            param.get_runtime_param = partial(_AsTyped, ask)
    return params


class Leaf(TyperCommand):
    """A command whose help speaks the reader's language."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options and arguments, with --help."""
        return _light(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help of the command."""
        return _in_words(super().get_help(ctx))


class Root(TyperGroup):
    """All commands; only the module of the one that is run is imported."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, with --help."""
        return _light(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help of all commands."""
        return help_page()

    def list_commands(self, ctx: Any) -> list[str]:
        """The first words, sorted."""
        return sorted(first_words())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A stand-in that has the help alone; `resolve_command` makes the real one."""
        return TyperCommand(name=cmd_name, help=help_of(cmd_name)) if cmd_name in first_words() else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first one or two words name, and the words that are left."""
        if args[0] not in first_words():
            raise WrongUsage("command_unknown", command=args[0], commands=", ".join(self.list_commands(ctx)))
        found = commands_in(_module_of(args[0]))
        two = " ".join(args[:2])
        if two in found:
            return two, _typer_command(two, found), args[2:]
        if args[0] not in found:
            if args[1:] == ["--help"]:
                typer.echo(group_page(args[0], list(found)))
                raise typer.Exit
            subs = ", ".join(words.split()[1] for words in found)
            ctx.fail(say("usage.subcommand", help_language(), command=args[0], subs=subs))
        late = next((word for word in args[1:] if f"{args[0]} {word}" in found), None)
        if late is not None and args[1].startswith("-"):
            ctx.fail(say("usage.options_after", help_language(), command=f"{args[0]} {late}"))
        return args[0], _typer_command(args[0], found), args[1:]


def _typer_command(words: str, found: dict[str, Any]) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    subs = [f"{each:<28}{help_of(each).splitlines()[0]}" for each in found if each.startswith(f"{words} ")]
    epilog = "\b\n" + "\n".join(subs) if subs else None
    app.command(name=words, cls=Leaf, help=help_of(words), epilog=epilog)(found[words].callback)
    return typer.main.get_command(app)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"supervise {version('supervise')}")
        except PackageNotFoundError:
            typer.echo("supervise")  # run from a tree that is not installed
        raise typer.Exit


def root_command() -> Any:
    """The whole command line as one Typer command."""
    app = typer.Typer(
        cls=Root,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
    )
    version_help, lang_help = (say(f"option.{name}", help_language()) for name in ("version", "lang"))

    @app.callback(help=say("command", help_language()))
    def _root(
        version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help=version_help),
        lang: str | None = typer.Option(None, "--lang", help=lang_help),
    ) -> None:
        if lang is not None:  # it only chooses the language of this help
            raise WrongUsage("options_first")

    return typer.main.get_command(app)


def run() -> int:
    """Run the command that the words name, and return the exit code; wrong words are told as a sentence."""
    try:
        return int(root_command().main(prog_name="supervise", standalone_mode=False) or 0)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
            sys.stderr.write(f"{error.message}\n")
        else:
            tell(misuse(error, help_language()))
        return error.exit_code
    except typer.Abort:
        return 130


def misuse(error: Any, lang: str) -> str:
    """What Typer says of a wrong command line, in the language where the kind of error is known."""
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "supervise"
    parameter = getattr(error, "param", None)
    name = parameter.opts[0] if parameter is not None and parameter.opts[0].startswith("-") else ""
    known = {
        "NoSuchOption": {"option": getattr(error, "option_name", "")},
        "MissingParameter": {
            "name": name if name.startswith("-") else (parameter and parameter.metavar) or name
        },
        "BadParameter": {"name": name, "message": error.message},
        "BadOptionUsage": {"option": getattr(error, "option_name", "")},
    }
    if kind in known:
        return say(f"usage.{kind}", lang, path=path, **known[kind])
    return say("usage.other", lang, path=path, message=error.format_message())
