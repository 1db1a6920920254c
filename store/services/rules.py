"""Changes warning rules: each change of a parameter is a version, for a programme, a place, from a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from store.choices import clean
from store.database import lock_trace
from store.errors import NotDone, WrongUsage
from store.models.posts import Actor
from store.models.reference import programme
from store.models.rule import ENABLED, Parameter
from store.models.rules import rule_version
from store.rules._known import named
from store.services import trace
from store.services.screening import version_of
from store.tables import Day, Digits, Number

SWITCH = Parameter(ENABLED, 1, 0, 1, "count", "启用", "enabled")
SWITCHED = {"true": 1, "yes": 1, "是": 1, "false": 0, "no": 0, "否": 0}


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter to be set, as it is typed; for a programme, a place (its code), from a day, or for all."""

    parameter: str
    value: str
    programme: str | None = None
    region: str | None = None
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """The version that a change made."""

    rule: Digits
    version: Number
    parameter: str
    value: Number
    programme_code: str | None
    region_code: Digits | None
    from_on: Day | None
    why: str


def typed(text: str) -> tuple[str, str]:
    """Name and value of `NAME=VALUE`; WrongUsage for another text."""
    name, equals, value = text.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise WrongUsage("rule_setting", text=text)
    return name.strip(), value.strip()


def put(connection: Connection, actor: Actor, code: str, change: Change, why: str | None) -> ChangedRow:
    """Set a parameter of a rule; only a post that sees everything may, and it says why."""
    said = clean(why)
    if said is None:
        raise WrongUsage("rule_why")
    if not actor.post.everything:
        raise NotDone("post_owner_only", post=actor.post.code)
    known = named(code)
    if known.rule is None:
        raise NotDone("rule_broken", rule=known.code, fault=known.fault)
    parameter = SWITCH if change.parameter == ENABLED else known.rule.parameter(change.parameter)
    if parameter is None:
        names = ", ".join((*(each.name for each in known.rule.parameters), ENABLED))
        raise WrongUsage("rule_parameter", rule=known.code, parameter=change.parameter, parameters=names)
    value = _value(parameter, change.value)
    if change.programme is not None:
        query = select(programme.c.name).where(programme.c.programme_code == change.programme)
        if connection.scalar(query) is None:
            raise WrongUsage("programme_unknown", programme=change.programme)
    lock_trace(connection)
    version = version_of(connection, known.code) + 1
    row = ChangedRow(
        known.code, version, parameter.name, value, change.programme, change.region, change.from_on, said
    )
    own = {name: getattr(row, name) for name in ChangedRow.__slots__}
    values = {**own, "at": actor.at, "post": actor.post.code, "login": actor.login}
    connection.execute(insert(rule_version).values(**values))
    detail = {name: value for name, value in own.items() if name != "rule" and value is not None}
    trace.record(connection, actor, "rules.set", ("rule", known.code), detail, change.region)
    return row


def _value(parameter: Parameter, text: str) -> int:
    """The number that is typed for a parameter; WrongUsage where it is none, or out of range."""
    found = SWITCHED.get(text.lower()) if parameter is SWITCH else None
    if found is None:
        try:
            found = int(text)
        except ValueError:
            found = parameter.least - 1
    if not parameter.least <= found <= parameter.most:
        raise WrongUsage(
            "rule_range",
            parameter=parameter.name,
            value=text,
            least=parameter.least,
            most=parameter.most,
            unit=parameter.unit,
        )
    return found
