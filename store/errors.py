"""The few errors an officer can meet; each is a sentence of the catalogue and an exit code."""

from __future__ import annotations

from store.words import say


class SuperviseError(Exception):
    """Something an officer has to be told; `key` names its sentence in the catalogue."""

    exit_code = 1

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def sentence(self, lang: str) -> str:
        """The error as one clear sentence in `lang` (zh or en)."""
        return say(f"error.{self.key}", lang, **self.values)

    def __str__(self) -> str:
        return self.sentence("en")


class NotDone(SuperviseError):
    """It could not be done; nothing was changed (exit 1)."""


class NotFound(NotDone):
    """What was named does not exist, or not within the post's scope (exit 1)."""


class WrongUsage(SuperviseError):
    """The command was put wrongly (exit 2)."""

    exit_code = 2
