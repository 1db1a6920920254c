"""How a folder of modules becomes a registry, without importing it to list its names."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """The modules of `package` (dotted name), sorted, without importing any of them."""
    folders = import_module(package).__path__
    found = {name[:-3] for folder in folders for name in os.listdir(folder) if name.endswith(".py")}
    return tuple(sorted(name for name in found if not name.startswith("_")))


def load(package: str, name: str) -> ModuleType:
    """Import one module of `package`."""
    return import_module(f"{package}.{name}")


def modules(package: str) -> list[ModuleType]:
    """Import every module of `package`, in the order of their names."""
    return [load(package, name) for name in names(package)]
