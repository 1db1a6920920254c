"""`supervise check-terminal`: what this terminal is, in words that can be read out over the telephone."""

from __future__ import annotations

import typer

from commands.options import Shared, command
from commands.output import SOMETHING_TO_LOOK_AT, print_text
from store.errors import WrongUsage


@command("check-terminal")
def check_terminal(shared: Shared) -> None:
    """Look at the terminal; no store is needed. With --check what is amiss makes the exit code 3."""
    from console.checkup import listed, this_terminal

    if shared.lang not in (None, "zh", "en"):
        raise WrongUsage("bad_lang", lang=shared.lang)
    told = this_terminal(shared.language)
    lines = [f"{label}: {text}" for label, text in told.facts]
    for title, sentences in listed(told, shared.language):
        lines += [f"{title}: {each}" for each in sentences]
    print_text(lines, told.encoding)
    if shared.check and told.amiss:
        raise typer.Exit(SOMETHING_TO_LOOK_AT)
