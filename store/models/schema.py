"""Every table of the store, gathered on one metadata."""

from __future__ import annotations

from store.models import (
    attention,
    claims,
    failures,
    figures,
    intake,
    ledger,
    payments,
    posts,
    reference,
    trace,
)
from store.models.columns import metadata

__all__ = ["metadata"]

MODULES = (attention, claims, failures, figures, intake, ledger, payments, posts, reference, trace)
