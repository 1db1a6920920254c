"""A person's settings in a TOML file: what they wish of keys and terminal, and what the console keeps itself.

Of each view it keeps columns, order and saved filters, and which view was open last. What a person wrote
stays as they wrote it, with their remarks. The file is written whole beside its place and then put there. One
that cannot be read is said and left alone until something new is kept.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from console.wishes import Wishes, wishes

OWN = ("last", "view")  # what the console keeps itself: lines and sections of these names are written anew
_SECTION = re.compile(r"\s*\[+\s*([\w-]+)")
_LINE = re.compile(r"\s*([\w-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a view; `columns` None: its own; `filters` each with its name."""

    sort: str = ""
    columns: tuple[str, ...] | None = None
    filters: tuple[tuple[str, str], ...] = ()


def settings_path() -> Path:
    """Where a person's settings are."""
    from platformdirs import user_config_path

    return user_config_path("supervise", appauthor=False) / "console.toml"


class Settings:
    """The settings of one person; without a path nothing is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.views: dict[str, Kept] = {}
        self.last = ""
        self.trouble = ""
        self.wishes = Wishes()
        self._others = ""
        self._told: dict[str, Any] = {}
        if path is not None:
            self._read(path)

    def of(self, view: str) -> Kept:
        """What is kept of a view."""
        return self.views.get(view, Kept())

    def keep(self, view: str, sort: str, columns: tuple[str, ...] | None) -> None:
        """Keep the choices of a view."""
        self.views[view] = replace(self.of(view), sort=sort, columns=columns)
        self._write()

    def keep_filters(self, view: str, filters: Mapping[str, str]) -> None:
        """Keep the filters of a view under their names."""
        self.views[view] = replace(self.of(view), filters=tuple(filters.items()))
        self._write()

    def leave_at(self, line: str) -> None:
        """Keep which view is open."""
        if line != self.last:
            self.last = line
            if not self.trouble:  # where one has been is no reason to write over a damaged file
                self._write()

    def _read(self, path: Path) -> None:
        try:
            text = path.read_text("utf-8-sig")
            found = tomllib.loads(text)
            self.wishes, self._others = wishes(found, OWN), others(text)
            self._told = _without_own(found)
            self.last = _text(found.get("last", ""))
            views = found.get("view", {})
            self.views = {name: _kept(each) for name, each in views.items()}
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError, AttributeError):
            self.views, self.last = {}, ""
            self.trouble = str(path)

    def _write(self) -> None:
        path = self.path
        if path is None:
            return
        text = self._text()
        if _without_own(tomllib.loads(text)) != self._told:
            return  # rather nothing is kept than what a person wrote is lost
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if self.trouble:  # a slip of the pen is no reason to lose what was written
                path.replace(path.with_name(f"{path.name}.damaged"))
                self.trouble = ""
            partial.write_text(text, encoding="utf-8")
            partial.replace(path)
        except OSError:
            with suppress(OSError):
                partial.unlink(missing_ok=True)

    def _text(self) -> str:
        """What a person wrote, and below it what is kept; what is in no section stands before all of them."""
        head, _, tail = self._others.partition("\n[")
        if head.lstrip().startswith("["):
            head, tail = "", self._others.lstrip()[1:]
        parts = [head.strip("\n"), self._toml(), f"[{tail}" if tail else ""]
        return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"

    def _toml(self) -> str:
        lines = [f"last = {_quoted(self.last)}"]
        for name, kept in sorted(self.views.items()):
            lines += ["", f"[view.{_quoted(name)}]", f"sort = {_quoted(kept.sort)}"]
            if kept.columns is not None:
                lines.append(f"columns = [{', '.join(map(_quoted, kept.columns))}]")
            if kept.filters:
                pairs = (f"{_quoted(called)} = {_quoted(text)}" for called, text in kept.filters)
                lines.append(f"filters = {{ {', '.join(pairs)} }}")
        return "\n".join(lines) + "\n"


def others(text: str) -> str:
    """The text of a settings file without what the console keeps itself."""
    kept, section = [], ""
    for line in text.splitlines():
        begun, named = _SECTION.match(line), _LINE.match(line)
        if begun:
            section = begun[1]
        own = section or (named[1] if named else "")
        if own not in OWN:
            kept.append(line)
    return "\n".join(kept)


def _without_own(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in OWN}


def _quoted(text: str) -> str:
    # a JSON text is a TOML text as well
    return json.dumps(text, ensure_ascii=False)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _kept(found: Mapping[str, Any]) -> Kept:
    columns, filters = found.get("columns"), found.get("filters", {})
    named = tuple((name, _text(text)) for name, text in filters.items())
    return Kept(_text(found.get("sort", "")), None if columns is None else tuple(map(_text, columns)), named)
