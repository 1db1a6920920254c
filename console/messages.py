"""What the console's parts tell each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from console.answers import Answer, Loaded, Receipt
from console.orders import Go, Tell
from console.places import Place
from console.widgets.rows import PagedSource
from store.errors import SuperviseError

if TYPE_CHECKING:
    from console.scanning import Progress, Reading
    from console.views.home_view import Morning


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
    """The rows that a view asked for are here; `took` says that new ones were taken in."""

    def __init__(self, answer: Answer, took: bool = False) -> None:
        super().__init__()
        self.answer = answer
        self.took = took


class ReadOn(Message, bubble=False):
    """A reading of many rows begins, or is so far."""

    def __init__(self, reading: Reading, progress: Progress) -> None:
        super().__init__()
        self.reading = reading
        self.progress = progress


class MorningCame(Message, bubble=False):
    """The figures of the morning are here."""

    def __init__(self, morning: Morning) -> None:
        super().__init__()
        self.morning = morning


class RowsCounted(Message, bubble=False):
    """The rows of a list that come by the page were counted."""

    def __init__(self, source: PagedSource, count: int) -> None:
        super().__init__()
        self.source = source
        self.count = count


class ReceiptCame(Message, bubble=False):
    """The receipt of one row is here."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


class Commanded(Message, bubble=False):
    """A line was typed after `:`, or stands behind a figure that was chosen."""

    def __init__(self, line: str, typed: bool = True) -> None:
        super().__init__()
        self.line = line
        self.typed = typed


class Opened(Message, bubble=False):
    """A view that was asked for can be opened: its first answer is here."""

    def __init__(self, go: Go, loaded: Loaded) -> None:
        super().__init__()
        self.go = go
        self.loaded = loaded


class Told(Message, bubble=False):
    """What was asked of a number is here."""

    def __init__(self, tell: Tell, receipt: Receipt) -> None:
        super().__init__()
        self.tell = tell
        self.receipt = receipt


class Refused(Message, bubble=False):
    """What was typed cannot be done; the error has the sentence."""

    def __init__(self, line: str, error: SuperviseError) -> None:
        super().__init__()
        self.line = line
        self.error = error


class Measured(Message, bubble=False):
    """The terminal has told how many cells it takes for a character of ambiguous width."""

    def __init__(self, cells: int) -> None:
        super().__init__()
        self.cells = cells


class WentTo(Message):
    """A row leads to another view."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class WentBack(Message):
    """The user goes back beyond a view's first screen."""
