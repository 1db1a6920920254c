"""Payments to people who stand on a list that was shared: deaths, payroll, prison, companies and the like."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from store.models.intake import source_file
from store.models.payments import list_entry, payment, person_payment
from store.models.reference import programme
from store.queries.finding import Asked, codes_hold, payments, standing


def on_list(asked: Asked, kind: str, *where: Any, **sides: Any) -> Select[Any]:
    """The payments to people on a list of a kind, with the earliest entry that fits.

    `where` are conditions on an entry and its payment; `sides` are more columns, aggregates of the entries.
    """
    entry = list_entry.c
    known = func.coalesce(entry.data_as_of, source_file.c.arrived_on)
    first = asked.days.c.first_on
    query = (
        payments(
            asked,
            first.label("left_first_on"),
            func.min(entry.effective_on).label("right_effective_on"),
            func.max(entry.source).label("right_source"),
            *(value.label(name) for name, value in sides.items()),
            func.max(known).label("data_as_of"),
        )
        .join(list_entry, and_(entry.kind == kind, entry.person_id == payment.c.person_id))
        .outerjoin(source_file, source_file.c.file_id == entry.file_id)
        .where(*where)
        .group_by(*(column.element if hasattr(column, "element") else column for column in standing()), first)
    )
    if asked.after is None:
        query = query.where(payment.c.payment_id.in_(_paid_to_listed(asked, kind)))
    return query


def _paid_to_listed(asked: Asked, kind: str) -> Select[Any]:
    """The payments of everybody on the list: few, so that they are looked up and not looked through."""
    link = person_payment
    return (
        select(link.c.payment_id)
        .join(list_entry, list_entry.c.person_id == link.c.person_id)
        .where(list_entry.c.kind == kind, link.c.span.in_(asked.spans))
    )


def in_period(asked: Asked) -> Any:
    """That an entry of a list holds on a day of the period."""
    entry, days = list_entry.c, asked.days.c
    return and_(
        entry.effective_on <= days.last_on, or_(entry.ended_on.is_(None), entry.ended_on >= days.first_on)
    )


def excluded(kind: str) -> Any:
    """That a programme keeps people of a list out."""
    return codes_hold(programme.c.excludes, kind)
