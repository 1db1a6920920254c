"""The entry: prints the help of all commands by itself, runs a command, and turns errors into a sentence."""

from __future__ import annotations

import gc
import os
import sys

from commands.language import help_language, help_of
from store import discovery
from store.errors import SuperviseError
from store.words import say

NOT_COMMANDS = frozenset(
    {"watching", "app", "bulk", "care", "columnar", "language", "options", "desk", "output", "root"}
)


def first_words() -> list[str]:
    """The first words of all commands: the modules of this folder, none of them imported."""
    return [word_of(name) for name in discovery.names("commands") if name not in NOT_COMMANDS]


def word_of(module: str) -> str:
    """The first word that a module of this folder is for."""
    return module.strip("_").replace("_", "-")


def help_page() -> str:
    """The help of all commands: neither Typer nor a store is needed for it."""
    lang = help_language()
    options = {
        "--version": say("option.version", lang),
        "--lang <str>": say("option.lang", lang),
        "--help": say("help.show_this_message_and_exit", lang),
    }
    usage = f"{say('help.usage', lang)} supervise [OPTIONS] COMMAND [ARGS]..."
    lines = [usage, "", f"  {say('command', lang)}", *_listed("help.options", options)]
    return "\n".join([*lines, *_listed("help.commands", _helps(sorted(first_words())))])


def group_page(word: str, commands: list[str]) -> str:
    """The help of a word that only stands before others."""
    lang = help_language()
    usage = f"{say('help.usage', lang)} supervise {word} COMMAND [OPTIONS] [ARGS]..."
    return "\n".join([usage, "", f"  {help_of(word)}", *_listed("help.commands", _helps(commands))])


def _helps(commands: list[str]) -> dict[str, str]:
    return {words: help_of(words).split("\n", 1)[0] for words in commands}


def _listed(title: str, texts: dict[str, str]) -> list[str]:
    width = max(map(len, texts)) + 2
    lines = [f"  {word:<{width}}{text}" for word, text in texts.items()]
    return ["", say(title, help_language()), *lines]


def _wants_help_alone() -> bool:
    """Whether the words ask for the help of all commands, in whatever language, and for nothing else."""
    words = " ".join(sys.argv[1:])
    for lang in ("zh", "en"):
        words = words.replace(f"--lang {lang}", "").replace(f"--lang={lang}", "")
    return words.split() == ["--help"]


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Run the command line; every error leaves as one sentence on standard error and an exit code."""
    _use_utf8()
    gc.disable()  # what is imported stays: to look for garbage in it takes a tenth of a short answer's time
    try:
        if _wants_help_alone():
            sys.stdout.write(f"{help_page()}\n")
            sys.exit(0)
        from commands.root import run

        sys.exit(run())
    except SuperviseError as error:
        tell(error.sentence(help_language()))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        from store.faults import keep

        tell(say("error.fault", help_language(), number=keep(error)))
        sys.exit(1)
    finally:
        gc.enable()


def tell(sentence: str) -> None:
    """A word to the person, on standard error."""
    from store.safe import safe

    sys.stderr.write(f"supervise: {safe(sentence)}\n")
