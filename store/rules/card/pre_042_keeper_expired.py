"""代持代管档案过期 | A card kept after the agreement ended

查什么：有代管人的卡，代管到期日早于当日。
依据：线上代管代持电子档案。
怎么办：续签协议或把卡交还本人。
不报：到期当日不报；没有到期日的；已注销的卡。
误报：已续签而档案未更新。

Looks for: a card with a keeper whose agreement ended before the day.
Basis: cards that others keep are on file.
What to do: renew the agreement, or have the card given back.
Quiet: the last day itself; agreements without an end; closed cards.
False alarms: agreements that were renewed and not entered yet.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.reference import card
from store.models.rule import Rule
from store.queries.cards import kept
from store.queries.finding import Asked

RULE = Rule("yellow", "notice", "card", feeds=("cards",))


def found(asked: Asked) -> Select[Any]:
    """The cards whose keeper may keep them no longer."""
    return kept().where(card.c.status != "closed", card.c.keeper_valid_to < asked.as_of)
