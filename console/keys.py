"""The keys of the console: what each does, how it is written, and its twins under an input method.

The same key means the same everywhere; bindings, the key bar and the help are all made from these lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Key:
    """Keys that do one thing: `keys` to the terminal, `shown` to a person, `word` in the catalogue.

    `bar` is the word on the key bar, for the keys that stand there.
    """

    keys: str
    action: str
    shown: str
    word: str
    bar: str | None = None


TABLE_KEYS = (
    Key("down,j", "move(1)", "↓ j", "console.key.down"),
    Key("up,k", "move(-1)", "↑ k", "console.key.up"),
    Key("pagedown,ctrl+f", "turn(1)", "PgDn Ctrl+F", "console.key.page_down"),
    Key("pageup,ctrl+b", "turn(-1)", "PgUp Ctrl+B", "console.key.page_up"),
    Key("home,g", "first", "Home g", "console.key.first"),
    Key("end,G", "last", "End G", "console.key.last"),
    Key("right,l", "shift(1)", "→ l", "console.key.right"),
    Key("left,h", "shift(-1)", "← h", "console.key.left"),
    Key("enter", "choose", "Enter", "console.key.open"),
)

DETAIL_KEYS = TABLE_KEYS[:6]

LIST_KEYS = (
    Key(
        "f2,slash,fullwidth_solidus,ideographic_comma",
        "filter",
        "F2 /",
        "console.key.filter",
        "console.bar.filter",
    ),
    Key("f3,escape,backspace", "back", "F3 Esc Backspace", "console.key.back", "console.bar.back"),
    Key("f5,ctrl+r", "again", "F5 Ctrl+R", "console.key.again", "console.bar.again"),
    Key("n", "next_new", "n", "console.key.next_new"),
    Key("tab", "pane", "Tab", "console.key.pane", "console.bar.pane"),
)

APP_KEYS = (
    Key(
        "f1,question_mark,fullwidth_question_mark",
        "explain_keys",
        "F1 ?",
        "console.key.help",
        "console.bar.help",
    ),
    Key("f10,ctrl+q", "leave", "F10 Ctrl+Q", "console.key.leave", "console.bar.leave"),
    Key("ctrl+l", "repaint", "Ctrl+L", "console.key.repaint"),
    Key("ctrl+c", "say_how_to_leave", "", ""),
)

VIEW_KEYS = (
    Key("1,１", "view('overdue')", "1", "console.key.overdue", "console.bar.overdue"),
    Key("2,２", "view('failed')", "2", "console.key.failed", "console.bar.failed"),
    Key("3,３", "view('ledger')", "3", "console.key.ledger", "console.bar.ledger"),
)


def _act(letter: str, name: str) -> Key:
    twin = chr(ord(letter) + 0xFEE0)
    return Key(f"{letter},{twin}", f"act('{name}')", letter, f"act.{name}")


# a capital letter acts, a small one moves
ACT_KEYS = (
    Key("a,ａ,f12", "act", "a F12", "act.choose"),
    _act("O", "open"),
    _act("A", "assign"),
    _act("P", "progress"),
    _act("S", "submit"),
    _act("C", "close"),
    _act("B", "return"),
    _act("X", "extend"),
    _act("T", "transfer"),
    _act("R", "reopen"),
    _act("W", "withdraw"),
    _act("M", "merge"),
    _act("F", "feedback"),
    _act("U", "refund"),
    _act("L", "link"),
    _act("E", "map_reason"),
    _act("K", "mark"),
    _act("J", "follow"),
    _act("D", "unfollow"),
)

BACK_KEYS = (Key("f3,escape,backspace,tab", "back", "F3 Esc Backspace", "console.key.back"),)

HELP_KEYS = (
    Key("f3,escape,backspace,f1,question_mark,fullwidth_question_mark,enter", "back", "F3", ""),
    Key("tab", "back", "", ""),
)


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """The keys as Textual wants them; what they are called stands in the catalogue, not here."""
    return [Binding(key.keys, key.action, "", show=False) for key in keys]
