"""Hits and rules as a reader sees them: with the titles and pages of the rules in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from store.errors import WrongUsage
from store.models.posts import Viewer
from store.models.rule import ENABLED, SECTIONS, SHIPPED, Parameter
from store.models.rules import rule_version, screening
from store.queries import hits
from store.queries.finding import Setting, settings_of
from store.queries.hits import HitRow, HitShown, Wanted
from store.rules import _known
from store.rules._known import Known
from store.tables import Code, Day, Digits, Flag, Moment, Number
from store.words import say


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule; `parameters` are as they hold everywhere, `needs` says why it is not at work."""

    code: Digits
    kind: Code
    group: Code
    title: str
    severity: Code | None
    action: Code | None
    enabled: Flag
    version: Number | None
    subject_kind: Code | None
    parameters: dict[str, object]
    needs: str | None


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter: what it is called, what it is now where nothing more exact holds, and its range."""

    parameter: str
    called: str
    value: Number
    default: Number
    least: Number
    most: Number
    unit: Code


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a rule: what was set, for whom, from when, by whom and why."""

    version: Number
    parameter: str
    value: Number
    programme_code: str | None
    region_code: Digits | None
    from_on: Day | None
    at: Moment
    post: str
    login: str
    why: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """The manual page of a rule, and how it went when it ran last."""

    code: Digits
    kind: Code
    group: Code
    title: str
    severity: Code
    action: Code
    enabled: Flag
    version: Number
    subject_kind: Code
    parameters: tuple[ParameterRow, ...]
    looks_for: str
    basis: str
    to_do: str
    quiet: str
    false_alarms: str
    last_run: Moment | None
    found: Number | None


def titles(lang: str) -> dict[str, str]:
    """The titles of all rules by their codes."""
    return {each.code: each.title(lang) for each in _known.every()}


def listed(connection: Connection, viewer: Viewer, as_of: date, wanted: Wanted, lang: str) -> list[HitRow]:
    """The hits in scope as of a day, the most severe first."""
    return hits.listed(connection, viewer, as_of, wanted, titles(lang))


def shown(connection: Connection, viewer: Viewer, as_of: date, hit_no: str, lang: str) -> HitShown:
    """One hit with both sides."""
    return hits.shown(connection, viewer, as_of, hit_no, titles(lang))


def rules(connection: Connection, as_of: date, lang: str, everything: bool = False) -> list[RuleRow]:
    """The rules, broken ones among them; `everything` adds those of the catalogue that lack data."""
    rows = [_row(connection, each, as_of, lang) for each in _known.every()]
    if everything:
        rows += [
            RuleRow(
                each.code,
                "pre_review" if each.code.startswith("PRE") else "warning",
                each.group,
                each.title_en if lang == "en" else each.title_zh,
                each.severity,
                each.action,
                False,
                None,
                None,
                {},
                say(f"rule.needs.{each.needs}", lang),
            )
            for each in _known.lacking()
        ]
    return sorted(rows, key=lambda row: row.code)


def _row(connection: Connection, known: Known, as_of: date, lang: str) -> RuleRow:
    rule = known.rule
    settings = settings_of(connection, known.code, as_of)
    known_parameters = rule.parameters if rule else ()
    values: dict[str, object] = {
        each.name: _everywhere(settings, each.name, each.default) for each in known_parameters
    }
    fault = None if rule else say("rule.broken", lang, fault=known.fault)
    return RuleRow(
        known.code,
        known.kind,
        known.group,
        known.title(lang),
        rule.severity if rule else None,
        rule.action if rule else None,
        bool(rule) and _everywhere(settings, ENABLED, 1) == 1,
        _version(settings),
        rule.subject_kind if rule else None,
        values,
        fault or _last_fault(connection, known.code, lang),
    )


def _last_fault(connection: Connection, code: str, lang: str) -> str | None:
    """What a rule said that broke when it ran last."""
    query = select(screening.c.fault).where(screening.c.rule == code)
    fault = connection.scalar(query.order_by(screening.c.screening_id.desc()).limit(1))
    return say("rule.broken", lang, fault=fault) if fault else None


def _everywhere(settings: tuple[Setting, ...], name: str, default: int) -> int:
    own = [each for each in settings if each.parameter == name and each.weight[:2] == (False, 0)]
    return max(own, key=lambda each: each.version).value if own else default


def _version(settings: tuple[Setting, ...]) -> int:
    return max((each.version for each in settings), default=SHIPPED)


def page(connection: Connection, code: str, as_of: date, lang: str) -> RulePage:
    """The manual page of a rule; WrongUsage where there is none."""
    known = _known.named(code)
    row = _row(connection, known, as_of, lang)
    if known.rule is None or known.page is None or row.severity is None or row.action is None:
        raise WrongUsage("rule_broken", rule=known.code, fault=known.fault)
    last = connection.execute(
        select(screening.c.at, screening.c.found)
        .where(screening.c.rule == known.code, screening.c.fault.is_(None))
        .order_by(screening.c.screening_id.desc())
        .limit(1)
    ).one_or_none()
    told: dict[str, Any] = {key: known.page.sections[key][lang == "en"] for key in SECTIONS}
    return RulePage(
        row.code,
        row.kind,
        row.group,
        row.title,
        row.severity,
        row.action,
        row.enabled,
        _version(settings_of(connection, known.code, as_of)),
        known.rule.subject_kind,
        tuple(_parameter(each, row.parameters, lang) for each in known.rule.parameters),
        **told,
        last_run=last.at if last else None,
        found=last.found if last else None,
    )


def _parameter(known: Parameter, values: dict[str, object], lang: str) -> ParameterRow:
    value = int(str(values[known.name]))
    return ParameterRow(
        known.name, known.called(lang), value, known.default, known.least, known.most, known.unit
    )


def history(connection: Connection, code: str) -> list[VersionRow]:
    """What was ever set of a rule, the latest last; WrongUsage where there is no such rule."""
    v = rule_version.c
    query = select(
        v.version,
        v.parameter,
        v.value,
        v.programme_code,
        v.region_code,
        v.from_on,
        v.at,
        v.post,
        v.login,
        v.why,
    ).where(v.rule == _known.named(code).code)
    return [VersionRow(*tuple(row)) for row in connection.execute(query.order_by(v.version))]
