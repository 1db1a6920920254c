"""What every screen is: a line on top, its body, a status line, the bar of keys, and a line to type on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Paste
from textual.screen import Screen
from textual.widget import Widget

from console.actions import LIST_ACTIONS, Action
from console.keys import LIST_KEYS, Key
from console.messages import Commanded
from console.orders import candidates
from console.seat import Seat
from console.views.frame import key_bar
from console.widgets.bars import Bar
from console.widgets.prompt import Prompt, Task
from store.words import say

COMMAND = "command"


class Page(Screen[str | None], inherit_bindings=False):
    """A screen of the console; `body` gives what stands between the lines."""

    actions: tuple[Action, ...] = LIST_ACTIONS
    bar_keys: tuple[Key, ...] = LIST_KEYS

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat

    def compose(self) -> ComposeResult:
        """Top line, body, status line, keys, and the line to type on."""
        yield Bar(id="top")
        yield from self.body()
        yield Bar(id="status")
        yield key_bar(self.seat, self.bar_keys)
        yield Prompt(id="prompt")

    def body(self) -> ComposeResult:
        """What the page shows."""
        yield from ()

    @property
    def main(self) -> Widget:
        """What has the keys while nothing is typed."""
        raise NotImplementedError

    @property
    def is_ready(self) -> bool:
        """Whether what was asked for last stands here, so that a key meant for it finds it."""
        return True

    @property
    def newest_seen(self) -> int | None:
        """The newest event of the changes that stand here; None where no changes are told."""
        return None

    @property
    def prompt(self) -> Prompt:
        """The line to type on."""
        return self.query_one("#prompt", Prompt)

    def on_mount(self) -> None:
        """The body has the keys, unless something is typed from the start."""
        if self.prompt.doing is None:
            self.main.focus()

    def word(self, key: str, **values: object) -> str:
        """A word of the console."""
        return say(f"console.{key}", self.seat.lang, **values)

    def key_of(self, name: str) -> str:
        """The key that a sentence names for an action."""
        return self.seat.keyboard.first(name)

    def another_day(self, seat: Seat) -> None:
        """Look at another day."""
        self.seat = seat

    def says(self, sentence: str) -> None:
        """Say something in the status line."""
        self.query_one("#status", Bar).says(sentence)

    def on_paste(self, event: Paste) -> None:
        """A text that is pasted where nothing is typed does nothing: it is no keys."""
        event.stop()
        self.says(self.word("pasted"))

    # What is typed

    def type(self, task: Task) -> None:
        """Open the line to type on."""
        for bar in ("#status", "#keys"):
            self.query_one(bar).display = False
        self.prompt.ask(task)

    def taken(self) -> None:
        """What was typed was taken: the line closes."""
        self.prompt.close()
        self._typed()

    def _typed(self) -> None:
        for bar in ("#status", "#keys"):
            self.query_one(bar).display = True
        self.set_focus(self.main)

    # A message reaches the handlers of every class of a page, so there is one, and methods to be overridden.

    def on_prompt_left(self, message: Prompt.Left) -> None:
        """The line was left."""
        self._typed()
        self.left(message.task)

    def on_prompt_given(self, message: Prompt.Given) -> None:
        """Something was typed."""
        self.given(message.task, message.text)

    def left(self, task: str) -> None:
        """Nothing was typed for a task."""

    def given(self, task: str, text: str) -> None:
        """Hand on what was typed."""
        if task == COMMAND:
            self.app.post_message(Commanded(text))

    def ask_command(self, history: list[str], text: str = "") -> None:
        """Type a command."""

        def offers(typed: str) -> list[tuple[str, str]]:
            return [(each.line, each.meaning) for each in candidates(typed, self.seat.lang)]

        self.type(Task(COMMAND, ":", text, self.word("hint.command"), offers, history))

    def wrong(self, sentence: str) -> None:
        """Say what is wrong with what was typed, or in the status line where nothing is typed."""
        if self.prompt.doing is not None:
            self.prompt.fails(sentence)
        else:
            self.says(sentence)
