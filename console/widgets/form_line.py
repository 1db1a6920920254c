"""One field of a form: its label, what is typed or chosen, and under it what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, TextArea

from console.widgets.bars import Bar
from console.widgets.choice_line import ChoiceLine

LINES = 3


class FormLine(Vertical):
    """A label of a given width, the editor, and a line for its error that is there only when needed."""

    DEFAULT_CSS = """
    FormLine { height: auto; width: 100%; }
    FormLine > Horizontal { height: auto; width: 100%; }
    FormLine .form-label { height: 1; }
    FormLine .form-edge { height: 1; width: 3; }
    FormLine .form-error { height: auto; display: none; text-style: bold; }
    FormLine.wrong .form-error { display: block; }
    FormLine:focus-within .form-label { text-style: bold reverse; }
    FormLine Input, FormLine TextArea { background: $text-ground; color: $text-color; width: 1fr; }
    FormLine Input { height: 1; border: none; padding: 0; }
    FormLine Input:focus { background-tint: transparent; }
    FormLine TextArea { border: none; padding: 0; scrollbar-size: 0 0; }
    FormLine TextArea > .text-area--cursor-line { background: $text-ground; }
    """

    def __init__(self, name: str, label: str, width: int, editor: Widget) -> None:
        super().__init__(id=f"line-{name}")
        self.field = name
        self.label = label
        self.label_width = width
        self.editor = editor

    def compose(self) -> ComposeResult:
        """Label and editor side by side, the error below."""
        with Horizontal():
            label = Bar()
            label.add_class("form-label")
            label.styles.width = self.label_width
            label.says(self.label)
            yield label
            yield self._edge("[")
            yield self.editor
            yield self._edge("]")
        error = Bar()
        error.add_class("form-error")
        yield error

    def _edge(self, sign: str) -> Bar:
        edge = Bar()
        edge.add_class("form-edge")
        edge.says(sign)
        return edge

    @property
    def text(self) -> str:
        """What is typed or chosen."""
        return text_of(self.editor)

    def blame(self, sentence: str) -> None:
        """Show what is wrong; an empty sentence takes it away."""
        error = self.query_one(".form-error", Bar)
        error.says(sentence)
        error.styles.height = error.lines_wanted(max(20, self.size.width))
        self.set_class(bool(sentence), "wrong")


def line_editor(text: str, id: str) -> Input:
    """An editor of one line whose caret does not blink."""
    editor = Input(text, compact=True, select_on_focus=False, id=id)
    editor.cursor_blink = False
    return editor


def lines_editor(text: str, id: str, lines: int = LINES) -> TextArea:
    """An editor of several lines; Tab leaves it, Enter begins a line."""
    editor = TextArea(text, soft_wrap=True, compact=True, highlight_cursor_line=False, id=id)
    editor.cursor_blink = False
    editor.styles.height = lines
    return editor


def text_of(editor: Widget) -> str:
    """What stands in an editor."""
    if isinstance(editor, Input):
        return editor.value
    if isinstance(editor, TextArea):
        return editor.text
    assert isinstance(editor, ChoiceLine)
    return editor.text
