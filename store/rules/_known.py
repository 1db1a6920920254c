"""The rules that there are: every file of the folders, those that do not load among them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Select

from store.errors import WrongUsage
from store.models.rule import KINDS, Page, Rule, page_of
from store.queries.finding import Asked

FOLDER = Path(__file__).parent
CATALOGUE = FOLDER / "catalogue.tsv"


@dataclass(frozen=True)
class Known:
    """A rule by its code; one that does not load has a fault, and no rule, page or statement."""

    code: str
    group: str
    rule: Rule | None = None
    page: Page | None = None
    found: Callable[[Asked], Select[Any]] | None = None
    fault: str | None = None

    @property
    def kind(self) -> str:
        """Whether it looks before the bank pays, or watches what is going on."""
        return KINDS.get(self.code[:3], "warning")

    def title(self, lang: str) -> str:
        """What it is called; its code where it does not load."""
        return self.page.title[lang == "en"] if self.page else self.code


@dataclass(frozen=True, slots=True)
class Lacking:
    """A rule of the catalogue that is not at work; `needs` names the data that no feed brings, if any."""

    code: str
    group: str
    title_zh: str
    title_en: str
    severity: str
    action: str
    needs: str


@cache
def every(folder: Path = FOLDER, package: str = __name__.rpartition(".")[0]) -> tuple[Known, ...]:
    """All rules by their codes."""
    found = []
    for path in folder.glob("*/[a-z]*.py"):
        found.append(_loaded(path, f"{package}.{path.parent.name}.{path.stem}"))
    return tuple(sorted(found, key=lambda each: each.code))


def _loaded(path: Path, name: str) -> Known:
    code, group = "-".join(path.stem.split("_")[:2]).upper(), path.parent.name
    try:
        module = import_module(name)
        rule: Rule = module.RULE
        return Known(code, group, rule, page_of(module.__doc__ or ""), module.found)
    except Exception as error:  # whatever is wrong with one file, the others go on
        return Known(code, group, fault=f"{type(error).__name__}: {error}")


def known(code: str) -> Known | None:
    """The rule of a code, as it may be typed."""
    wanted = code.strip().upper()
    return next((each for each in every() if each.code == wanted), None)


def named(code: str) -> Known:
    """The rule of a code; WrongUsage with the list of codes where there is none."""
    found = known(code)
    if found is None:
        raise WrongUsage("rule_unknown", rule=code, rules=", ".join(each.code for each in every()))
    return found


@cache
def lacking() -> tuple[Lacking, ...]:
    """The rules of the catalogue that are not at work."""
    made = {each.code for each in every()}
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return tuple(Lacking(**row) for row in rows if row["code"] not in made)
