"""The line on which one types: a filter, a command, a file's name; below it a hint, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from console.widgets.bars import Bar
from store.cells import width

MOST_LINES = 3  # of what is wrong with a text
NOTHING: Callable[[str], Sequence[tuple[str, str]]] = lambda text: ()  # noqa: E731


@dataclass(frozen=True)
class Task:
    """What is typed for: `name` tells the answers apart, `word` stands before the text.

    `offers` gives for a text what it may become, each with its meaning; else `hint` is said.
    """

    name: str
    word: str
    text: str = ""
    hint: str = ""
    offers: Callable[[str], Sequence[tuple[str, str]]] = NOTHING
    history: list[str] = field(default_factory=list)


class TypedLine(Input):
    """A line whose Tab completes and whose Up and Down go through what was typed before."""

    BINDINGS = [
        Binding("tab", "complete(1)", "", show=False),
        Binding("shift+tab", "complete(-1)", "", show=False),
        Binding("up", "recall(-1)", "", show=False),
        Binding("down", "recall(1)", "", show=False),
        Binding("escape,f3", "leave", "", show=False),
    ]

    @property
    def prompt(self) -> Prompt:
        """The prompt around the line."""
        found = self.parent.parent if self.parent else None
        assert isinstance(found, Prompt)
        return found

    def action_complete(self, step: int) -> None:
        """Take the next offer, or the one before."""
        self.prompt.complete(step)

    def action_recall(self, step: int) -> None:
        """Take what was typed before, or the row below in a list that follows the line."""
        self.prompt.recall(step)

    def action_leave(self) -> None:
        """Leave the line; what was typed is kept for the next time."""
        self.prompt.leave()


class Prompt(Vertical):
    """A line of input and a hint, over the status line and the bar of keys."""

    class Given(Message):
        """Enter was pressed."""

        def __init__(self, task: str, text: str) -> None:
            super().__init__()
            self.task = task
            self.text = text

    class Typed(Message):
        """The text is another one now."""

        def __init__(self, task: str, text: str) -> None:
            super().__init__()
            self.task = task
            self.text = text

    class Moved(Message):
        """Up or Down was pressed, and there is nothing to recall."""

        def __init__(self, task: str, step: int) -> None:
            super().__init__()
            self.task = task
            self.step = step

    class Left(Message):
        """The line was left without an answer."""

        def __init__(self, task: str) -> None:
            super().__init__()
            self.task = task

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.doing: Task | None = None
        self.kept: dict[str, str] = {}
        self._recalled: int | None = None
        self._offered: list[str] = []
        self._taken = -1
        self._set = ""

    def compose(self) -> ComposeResult:
        """The word and the line, the hint."""
        with Horizontal(id="prompt-line"):
            yield Bar(id="prompt-word")
            yield TypedLine(compact=True, select_on_focus=False, id="prompt-text")
        yield Bar(id="prompt-hint")

    @property
    def line(self) -> TypedLine:
        """The line of input."""
        return self.query_one(TypedLine)

    @property
    def hint(self) -> Bar:
        """The line below it."""
        return self.query_one("#prompt-hint", Bar)

    def ask(self, task: Task) -> None:
        """Open for a task; a text that was left stands there again, and gives way to what is typed."""
        self.doing = task
        self._recalled = None
        self._offered, self._taken = [], -1
        word = self.query_one("#prompt-word", Bar)
        word.says(task.word)
        word.styles.width = width(task.word) + 2
        self.display = True
        left = self.kept.pop(task.name, None)
        self._put(task.text if left is None else left)
        if left:
            self.line.select_all()
        self.line.cursor_blink = False
        self.screen.set_focus(self.line)  # at once: the next key is for the line

    def fails(self, sentence: str) -> None:
        """Say what is wrong with the text, which stays."""
        self.hint.add_class("wrong")
        self.hint.says(sentence)
        self._room(min(MOST_LINES, self.hint.lines_wanted(self.app.size.width)))

    def _room(self, lines: int) -> None:
        """Give the hint so many lines."""
        self.hint.styles.height = lines
        self.styles.height = 1 + lines

    def close(self) -> None:
        """The text was taken."""
        self.doing = None
        self.display = False

    def leave(self) -> None:
        """Close without an answer."""
        if self.doing is not None:
            self.kept[self.doing.name] = self.line.value
            self.post_message(self.Left(self.doing.name))
            self.close()

    def complete(self, step: int) -> None:
        """Put the next offer into the line; an only one gets a space behind it."""
        if self.doing is None:
            return
        if not self._offered:
            self._offered = [text for text, _ in self.doing.offers(self.line.value)]
            self._taken = -1 if step > 0 else 0
        if self._offered:
            self._taken = (self._taken + step) % len(self._offered)
            only = len(self._offered) == 1
            self._put(self._offered[self._taken] + (" " if only else ""), keep_offers=not only)

    def recall(self, step: int) -> None:
        """Put what was typed before into the line."""
        if self.doing is None:
            return
        history = self.doing.history
        if not history:
            self.post_message(self.Moved(self.doing.name, step))
            return
        at = len(history) if self._recalled is None else self._recalled
        at = min(max(0, at + step), len(history))
        self._recalled = at
        self._put(history[at] if at < len(history) else "")

    def _put(self, text: str, keep_offers: bool = False) -> None:
        if not keep_offers:
            self._offered = []
        self._set = text
        self.line.value = text
        self.line.cursor_position = len(text)
        self._hints(text)

    def _hints(self, text: str) -> None:
        if self.doing is None:
            return
        self.hint.remove_class("wrong")
        self._room(1)
        offers = self.doing.offers(text)
        said = "  ".join(f"{line.rpartition(' ')[2]} {meaning}" for line, meaning in offers)
        self.hint.says(said or self.doing.hint)

    def on_input_changed(self, message: Input.Changed) -> None:
        """The hint follows the text."""
        message.stop()
        if self.doing is None or message.value == self._set:
            return
        self._set = message.value
        self._offered = []
        self._hints(message.value)
        self.post_message(self.Typed(self.doing.name, message.value))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Hand the text over; it stays until it was taken."""
        message.stop()
        if self.doing is not None:
            self.post_message(self.Given(self.doing.name, message.value))
