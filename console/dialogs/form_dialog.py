"""A form: its fields one below the other, errors in their places, what was typed kept at every pause."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus, Resize
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from console.dialogs.choice_dialog import Choice, ChoiceDialog
from console.dialogs.dialog import BACK, GO, LEAVE, Dialog, dialog_bindings
from console.forms import FieldKind
from console.keys import Key
from console.widgets.bars import Bar
from console.widgets.choice_line import ChoiceLine
from console.widgets.detail import Detail
from console.widgets.form_line import FormLine, line_editor, lines_editor
from console.widgets.sheets import Part
from store.cells import width

KEEP_S = 0.4
PATIENCE_S = 0.1
WIDE = 120
NEXT = Key("tab,down", "next", "Tab", "dialogs.key.next", "dialogs.key.next")
PREVIOUS = Key("shift+tab,up", "previous", "Shift+Tab", "")
WIDEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as it is shown: `text` stands in it at first, `shown` is the word for a chosen code."""

    name: str
    label: str
    kind: FieldKind
    required: bool
    text: str
    shown: str
    hint: str


@dataclass(frozen=True)
class Refused:
    """What was filled in cannot be recorded so: sentences by field, and one for the whole."""

    fields: Mapping[str, str]
    sentence: str = ""


@dataclass(frozen=True)
class Asked:
    """What a form asks of whoever opened it; it knows no store itself.

    `go` takes the texts and returns what was done, Refused, or None where the question was not confirmed.
    `choices` finds what may be chosen in a field, `echo` what a text was read as, `keep` keeps a draft.
    """

    go: Callable[[Mapping[str, str]], Awaitable[object]]
    choices: Callable[[str], Awaitable[Sequence[Choice]]]
    echo: Callable[[str, str], str]
    keep: Callable[[Mapping[str, str]], None]


class FormDialog(Dialog[object]):
    """Fields to fill in; the answer is what was done with them, None where the form was left."""

    BINDINGS = dialog_bindings(GO, NEXT, PREVIOUS, BACK)
    DEFAULT_CSS = """
    FormDialog #form { height: 1fr; width: 100%; layout: horizontal; }
    FormDialog #fields { height: 100%; width: 1fr; max-width: 110; scrollbar-size: 0 0; }
    FormDialog #facts { height: 100%; width: 44; display: none; }
    FormDialog.wide #facts { display: block; }
    """

    def __init__(
        self,
        title: str,
        told: str,
        fields: Sequence[FormField],
        facts: Sequence[Part],
        asked: Asked,
        lang: str,
        word: str = "",
    ) -> None:
        super().__init__(lang)
        self.title_words = title
        self.told = told
        self.fields = fields
        self.facts = facts
        self.asked = asked
        self._word = word
        self._busy = False
        self._dirty = False
        self._latest: Mapping[str, str] = {}  # at the end the fields are gone before the form is
        self._keeping: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, what it is about, the fields, the facts of the row where there is room, hint, keys."""
        top = Bar()
        top.add_class("dialog-line", "dialog-top")
        top.says(self.title_words)
        yield top
        about = Bar()
        about.add_class("dialog-line")
        about.says(self.told)
        yield about
        labels = [field.label + (" *" if field.required else "") for field in self.fields]
        room = min(WIDEST_LABEL, max(width(label) for label in labels)) + 3
        with Horizontal(id="form"):
            with VerticalScroll(id="fields", can_focus=False):
                for field, label in zip(self.fields, labels, strict=True):
                    yield FormLine(field.name, label, room, self._editor(field))
            yield Detail("", "", id="facts")
        status = Bar(id="form-status")
        status.add_class("dialog-line")
        yield status
        yield self.key_bar(NEXT, GO, BACK, LEAVE)

    def _editor(self, field: FormField) -> Widget:
        id = f"field-{field.name}"
        match field.kind:
            case FieldKind.CHOICE:
                return ChoiceLine(field.text, field.shown, self.word("choose"), id)
            case FieldKind.LINES:
                return lines_editor(field.text, id)
            case FieldKind.FILES:
                return lines_editor(field.text, id, 2)
            case _:
                return line_editor(field.text, id)

    def on_mount(self) -> None:
        """The first field that is wanted and empty has the keys."""
        facts = self.query_one("#facts", Detail)
        facts.placed("side")
        facts.shown(self.facts)
        empty = [field.name for field in self.fields if field.required and not field.text]
        self._focus(empty[0] if empty else self.fields[0].name)
        self.call_after_refresh(self._hint)

    def on_resize(self, event: Resize) -> None:
        """The facts stand at the side where there is room."""
        self.set_class(self.app.size.width >= WIDE, "wide")

    def on_unmount(self) -> None:
        """What was typed last is kept too, whatever ends the form."""
        self._keep()

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {line.field: line.text for line in self.query(FormLine)}

    # Typing

    def on_input_changed(self, message: Input.Changed) -> None:
        """Something was typed."""
        self._changed(message.input)

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Something was typed."""
        self._changed(message.text_area)

    def on_choice_line_changed(self, message: ChoiceLine.Changed) -> None:
        """Something was chosen."""
        self._changed(self.focused)

    def _changed(self, editor: Widget | None) -> None:
        line = self._line(editor)
        field = next((field for field in self.fields if line and field.name == line.field), None)
        if line is None or field is None or (line.text == field.text and not self._dirty):
            return  # the editors say so of what they begin with, too
        self._dirty = True
        self._latest = self.texts
        line.blame("")
        self._word = ""
        self._hint()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_S, self._keep)

    def keep_now(self) -> None:
        """Keep what stands in the fields at once: the line has dropped."""
        if self._dirty:
            self._latest = self.texts
        self._keep()

    def _keep(self) -> None:
        self._keeping = None
        if self._dirty:
            self._dirty = False
            self.asked.keep(self._latest)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes to the next field; in the last one it goes on."""
        if self._line(message.input) is self.query(FormLine).last():
            self.action_go()
        else:
            self.action_next()

    def on_choice_line_asked(self, message: ChoiceLine.Asked) -> None:
        """Show what may be chosen."""
        self.run_worker(self._choose(message.line), group="choose", exclusive=True)

    async def _choose(self, editor: ChoiceLine) -> None:
        line = self._line(editor)
        if line is None:
            return
        try:
            choices = await self.asked.choices(line.field)
        except Exception as error:
            self._refuse(Refused({}, self._sentence(error)))
            return
        if not choices:
            self._says(self.word("nothing_to_choose"))
            return
        dialog = ChoiceDialog(line.label.removesuffix(" *"), self.told, choices, self.lang, editor.text)
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is not None:
            word = chosen.word if chosen.code in chosen.word else f"{chosen.code} {chosen.word}"
            editor.chosen(chosen.code, word)
            self.action_next()

    # Going on

    def action_go(self) -> None:
        """Check what was filled in, and go on with it; once at a time."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._go(), group="go")

    async def _go(self) -> None:
        self._keep()
        for line in self.query(FormLine):
            line.blame("")
        waiting = self.set_timer(PATIENCE_S, lambda: self._says(self.word("checking")))
        try:
            answer = await self.asked.go(self.texts)
        except Exception as error:
            answer = Refused({}, self._sentence(error))
        finally:
            waiting.stop()
            self._busy = False
        if isinstance(answer, Refused):
            self._refuse(answer)
        elif answer is not None:
            self._dirty = False
            self.dismiss(answer)
        else:
            self._word = ""
            self._hint()

    def _sentence(self, error: Exception) -> str:
        from store.faults import as_told

        return as_told(error).sentence(self.lang)

    def _refuse(self, refused: Refused) -> None:
        lines = {line.field: line for line in self.query(FormLine)}
        wrong = [name for name in lines if name in refused.fields]
        for name in wrong:
            lines[name].blame(refused.fields[name])
        if wrong:
            self._focus(wrong[0])
        self._says(refused.sentence or (self.word("wrong", count=len(wrong)) if wrong else ""))

    def action_next(self) -> None:
        """To the next field, from the last to the first."""
        self._step(1)

    def action_previous(self) -> None:
        """To the field before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        lines = list(self.query(FormLine))
        here = self._line(self.focused)
        place = lines.index(here) if here in lines else -by
        self._focus(lines[(place + by) % len(lines)].field)

    def _focus(self, name: str) -> None:
        # at once, not when its turn comes: what was typed ahead goes where it was meant to
        self.set_focus(self.query_one(f"#field-{name}"))
        self.query_one(f"#line-{name}").scroll_visible(animate=False)

    def _line(self, editor: Widget | None) -> FormLine | None:
        node = editor
        while node is not None and not isinstance(node, FormLine):
            node = node.parent if isinstance(node.parent, Widget) else None
        return node

    # What is said

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The hint is that of the field one stands in."""
        self._hint()

    def _hint(self) -> None:
        line = self._line(self.focused)
        if line is None:
            return
        place = next(p for p, field in enumerate(self.fields) if field.name == line.field)
        read = self.asked.echo(line.field, line.text)
        words = self._word or "  ".join(part for part in (read, self.fields[place].hint) if part)
        self._status(words, f"{place + 1}/{len(self.fields)}")

    def _says(self, word: str) -> None:
        self._word = word
        self._hint()

    def _status(self, left: str, right: str) -> None:
        bar = self.query_one("#form-status", Bar)
        bar.says(left, right)
        lines = bar.lines_wanted(max(20, self.app.size.width - width(right) - 3))
        bar.styles.height = lines
        if lines > 1:
            bar.says(left)

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C ends nothing here."""
        self._says(self.word("how_to_leave"))
