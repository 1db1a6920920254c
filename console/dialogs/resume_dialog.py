"""Names what was kept when the line dropped: Enter takes it up again, Esc leaves it."""

from __future__ import annotations

from console.dialogs.confirm_dialog import ConfirmDialog
from console.dialogs.dialog import LEAVE, dialog_bindings
from console.keys import Key

TAKE_UP = Key("enter", "go", "Enter", "dialogs.key.take_up", "dialogs.key.take_up")
LEAVE_IT = Key("escape,f3", "back", "Esc F3", "dialogs.key.leave_it", "dialogs.key.leave_it")


class ResumeDialog(ConfirmDialog):
    """What was kept, scrollable."""

    BINDINGS = dialog_bindings(TAKE_UP, LEAVE_IT)
    bar = (TAKE_UP, LEAVE_IT, LEAVE)
