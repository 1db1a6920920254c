"""A person's settings in a TOML file: of each view its columns, order and saved filters; the view open last.

The file is written whole beside its place and then put there. One that cannot be read is said and left alone
until something new is kept.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any


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
            found = tomllib.loads(path.read_text("utf-8"))
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
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(self._toml(), encoding="utf-8")
            partial.replace(path)
        except OSError:
            with suppress(OSError):
                partial.unlink(missing_ok=True)

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
