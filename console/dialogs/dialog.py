"""What every dialog is: a page over the views that knows its own keys, none of theirs."""

from __future__ import annotations

from typing import TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from console.keys import Key, bindings
from console.widgets.bars import KeyBar
from store.words import say

T = TypeVar("T")

BACK = Key("escape,f3", "back", "Esc F3", "dialogs.key.back", "dialogs.key.back")
GO = Key("ctrl+s", "go", "Ctrl+S", "dialogs.key.go", "dialogs.key.go")
LEAVE = Key("f10,ctrl+q", "app.leave", "F10", "dialogs.key.leave", "dialogs.key.leave")
SILENT = (
    Key("ctrl+l", "app.repaint", "", ""),
    Key("ctrl+c", "say_how_to_leave", "", ""),
)


class Dialog(ModalScreen[T], inherit_bindings=False):
    """A dialog that takes the whole screen; it ends with an answer, or with None."""

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    Dialog { layout: vertical; background: $text-ground; color: $text-color; overflow: hidden; }
    Dialog .dialog-line { height: 1; width: 100%; }
    Dialog .dialog-body { height: 1fr; width: 100%; max-width: 110; }
    """

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang

    def word(self, key: str, **values: object) -> str:
        """A word of the dialogs."""
        return say(f"dialogs.{key}", self.lang, **values)

    def key_bar(self, *keys: Key) -> KeyBar:
        """The keys of this dialog."""
        bar = KeyBar([(key.shown.split()[0], say(key.bar, self.lang)) for key in keys if key.bar])
        bar.add_class("dialog-line")
        return bar

    def action_back(self) -> None:
        """End without an answer."""
        self.dismiss(None)


def dialog_bindings(*keys: Key) -> list[BindingType]:
    """A dialog's keys, with those that every dialog has."""
    return bindings((*keys, LEAVE, *SILENT))
