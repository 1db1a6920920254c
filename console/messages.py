"""What the console's parts tell each other."""

from __future__ import annotations

from textual.message import Message

from console.answers import Answer, Receipt
from store.errors import SuperviseError


class StoreChanged(Message, bubble=False):
    """Someone committed to the store; of a burst only the last counts."""

    def can_replace(self, message: Message) -> bool:
        """A later change says all that an earlier one said."""
        return isinstance(message, StoreChanged)


class StoreTroubled(Message, bubble=False):
    """The store cannot be asked at the moment; the error has the sentence."""

    def __init__(self, error: SuperviseError) -> None:
        super().__init__()
        self.error = error


class Answered(Message, bubble=False):
    """The rows that a view asked for are here."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class ReceiptCame(Message, bubble=False):
    """The receipt of one row is here."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


class WentBack(Message):
    """The user goes back beyond a view's first screen."""
