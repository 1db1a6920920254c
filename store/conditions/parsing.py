"""Reads the text of a filter as a tree: alternatives of conjunctions of conditions, by recursive descent."""

from __future__ import annotations

from store.conditions.tokens import TO, Mark, Token, tokens
from store.conditions.tree import (
    EVERYTHING,
    ORDERING,
    Compared,
    Not,
    Sign,
    Span,
    Text,
    Tree,
    Unknown,
    Value,
    Words,
    either,
    every,
)
from store.errors import WrongUsage

DEEPEST = 50
SHOWN = 30
VALUES = (Mark.WORD, Mark.QUOTED)
NOT_KNOWN = frozenset({"-", "—"})


def parse(text: str) -> Tree:
    """The tree of a text, every row's for an empty one; WrongUsage that says where it cannot be read."""
    found = tokens(text)
    if len(found) == 1:
        return EVERYTHING
    reader = _Reader(found)
    tree = reader.alternatives()
    if reader.now.mark is Mark.CLOSE:
        raise WrongUsage("filter_close", at=reader.now.at)
    return tree


class _Reader:
    """The tokens, and how far they are read."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.place = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def ahead(self, by: int = 1) -> Token:
        return self.tokens[min(self.place + by, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.now
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def here(self) -> dict[str, object]:
        """Where the reader stands, for a sentence."""
        return {"at": self.now.at, "text": self.now.text[:SHOWN]}

    def alternatives(self) -> Tree:
        parts = [self.conjunction()]
        while self.now.mark is Mark.OR:
            self.take()
            parts.append(self.conjunction())
        return either(tuple(parts))

    def conjunction(self) -> Tree:
        parts = [self.denied()]
        while True:
            if self._joins():
                self.take()
            elif self.now.mark in (Mark.END, Mark.OR, Mark.CLOSE):
                return every(tuple(parts))
            parts.append(self.denied())

    def _joins(self) -> bool:
        # a comma before another comparison joins it, as Chinese writes; else it goes on a list
        return self.now.mark in (Mark.AND, Mark.COMMA)

    def denied(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise WrongUsage("filter_deep", at=self.now.at, most=DEEPEST)
        try:
            if self.now.mark is Mark.NOT:
                self.take()
                return Not(self.denied())
            return self.group() if self.now.mark is Mark.OPEN else self.condition()
        finally:
            self.depth -= 1

    def group(self) -> Tree:
        opened = self.take()
        tree = self.alternatives()
        if self.now.mark is not Mark.CLOSE:
            raise WrongUsage("filter_open", at=opened.at)
        self.take()
        return tree

    def condition(self) -> Tree:
        token = self.now
        if token.mark is Mark.END:
            raise WrongUsage("filter_ends", at=token.at)
        if token.mark is Mark.SIGN:
            raise WrongUsage("filter_no_field", **self.here())
        if token.mark not in VALUES:
            raise WrongUsage("filter_term", **self.here())
        self.take()
        mark = self.now.mark
        if mark is Mark.SIGN:
            return self.comparison(token)
        if mark is Mark.BETWEEN:
            self.take()
            return self.between(token)
        if mark in (Mark.NOTHING, Mark.SOMETHING):
            self.take()
            sign = Sign.IS if mark is Mark.NOTHING else Sign.IS_NOT
            return Compared(token.text, sign, (Unknown(),), token.at, token.at)
        if self._is_span():
            value_at = self.now.at
            return Compared(token.text, Sign.IS, (self.value(token),), token.at, value_at)
        return self.words(token)

    def _is_span(self) -> bool:
        """Whether a range follows a word that is its field: `超时 10..20`, `超时 10 到 20`."""
        if self.now.mark is Mark.RANGE:
            return not self.now.glued
        if self.now.mark not in VALUES:
            return False
        return self.ahead().mark is Mark.RANGE or (self.ahead().text in TO and self.ahead(2).mark in VALUES)

    def words(self, first: Token) -> Tree:
        if self.now.mark is Mark.RANGE:
            raise WrongUsage("filter_range_field", at=first.at, text=first.text[:SHOWN])
        texts = [_text(first)]
        while self._goes_on():
            self.take()
            texts.append(_text(self.take()))
        return Words(tuple(texts), first.at)

    def _goes_on(self) -> bool:
        """Whether a comma goes on with a list: what follows it is a value, and no comparison of its own."""
        if self.now.mark is not Mark.COMMA or self.ahead().mark not in (*VALUES, Mark.RANGE):
            return False
        return self.ahead(2).mark not in (Mark.SIGN, Mark.BETWEEN, Mark.NOTHING, Mark.SOMETHING)

    def comparison(self, name: Token) -> Tree:
        sign = Sign(self.take().text)
        value_at = self.now.at
        values = [self.value(name)]
        while self._goes_on():
            self.take()
            values.append(self.value(name))
        if sign in ORDERING and (len(values) > 1 or not isinstance(values[0], Text)):
            raise WrongUsage("filter_one", field=name.text[:SHOWN], sign=sign.value, at=value_at)
        return Compared(name.text, sign, tuple(values), name.at, value_at)

    def value(self, name: Token) -> Value:
        low = None if self.now.mark is Mark.RANGE else self.single(name)
        if self._goes_to():
            joint = self.take()
            # `10..` is open where nothing follows at once
            is_open = joint.mark is Mark.RANGE and (joint.glued or low is None) and not self.now.glued
            high = None if is_open or self.now.mark not in VALUES else self.single(name)
            if low is None and high is None:
                raise WrongUsage("filter_value", field=name.text[:SHOWN], at=self.now.at)
            return Span(low, high)
        assert low is not None
        return Unknown() if not low.quoted and low.text in NOT_KNOWN else low

    def _goes_to(self) -> bool:
        if self.now.mark is Mark.RANGE:
            return True
        return self.now.text in ("~", *TO) and self.ahead().mark in VALUES

    def single(self, name: Token) -> Text:
        if self.now.mark not in VALUES:
            raise WrongUsage("filter_value", field=name.text[:SHOWN], at=self.now.at)
        return _text(self.take())

    def between(self, name: Token) -> Tree:
        value_at = self.now.at
        low = self.single(name)
        if self.now.mark is not Mark.AND and self.now.text not in (*TO, "..", "和", "与"):
            raise WrongUsage("filter_between", field=name.text[:SHOWN], at=self.now.at)
        self.take()
        high = self.single(name)
        if self.now.text == "之间":
            self.take()
        return Compared(name.text, Sign.IS, (Span(low, high),), name.at, value_at)


def _text(token: Token) -> Text:
    return Text(token.text, token.mark is Mark.QUOTED)
