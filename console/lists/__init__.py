"""The lists that the console shows, one a file: its question, which the commands ask too, and its columns.

The folder is the registry: a file of this folder is a view by the name of its file, which `:` opens.
"""

from __future__ import annotations

from functools import cache

from console.plans import View
from store import discovery


def names() -> tuple[str, ...]:
    """The names of all lists; none of them is imported."""
    return discovery.names(__name__)


@cache
def view(name: str) -> View:
    """The list of this name."""
    found: View = discovery.load(__name__, name).VIEW
    return found
