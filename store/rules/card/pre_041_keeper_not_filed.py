"""代持代管未备案 | A card kept without an agreement

查什么：有代管人的卡没有代管协议日期。
依据：线上代管代持电子档案。
怎么办：补签协议并上传电子档案，或把卡交还本人。
不报：已注销的卡；本人自己保管的卡。
误报：协议已签而档案未录入。

Looks for: a card with a keeper and no day of an agreement.
Basis: cards that others keep are on file.
What to do: have the agreement signed and filed, or the card given back.
Quiet: closed cards; cards that their owners keep.
False alarms: agreements that were signed and not entered yet.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.reference import card
from store.models.rule import Rule
from store.queries.cards import kept
from store.queries.finding import Asked

RULE = Rule("orange", "hold", "card", feeds=("cards",))


def found(asked: Asked) -> Select[Any]:
    """The cards that somebody keeps without an agreement."""
    return kept().where(card.c.status != "closed", card.c.keeper_agreed_on.is_(None))
