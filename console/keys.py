"""The keys of the console: what each does, how it is written, and its twins under an input method.

The same key means the same everywhere; bindings, the key bar, the help and what `:` runs are all made from
these lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Key:
    """Keys that do one thing: `keys` to the terminal, `shown` to a person, `word` in the catalogue.

    `bar` is the word on the key bar, for the keys that stand there; `name` what `:` calls the action.
    """

    keys: str
    action: str
    shown: str
    word: str
    bar: str | None = None
    name: str = ""


TABLE_KEYS = (
    Key("down,j", "move(1)", "↓ j", "console.key.down"),
    Key("up,k", "move(-1)", "↑ k", "console.key.up"),
    Key("pagedown,ctrl+f", "turn(1)", "PgDn Ctrl+F", "console.key.page_down"),
    Key("pageup,ctrl+b", "turn(-1)", "PgUp Ctrl+B", "console.key.page_up"),
    Key("home,g", "first", "Home g", "console.key.first", name="first"),
    Key("end,G", "last", "End G", "console.key.last", name="last"),
    Key("right,l", "shift(1)", "→ l", "console.key.right"),
    Key("left,h", "shift(-1)", "← h", "console.key.left"),
    Key("enter", "choose", "Enter", "console.key.open", name="open"),
)

DETAIL_KEYS = TABLE_KEYS[:6]

BACK = Key("f3,escape,backspace", "back", "F3 Esc Backspace", "console.key.back", "console.bar.back", "back")

LIST_KEYS = (
    Key(
        "f2,slash,fullwidth_solidus,ideographic_comma",
        "filter",
        "F2 /",
        "console.key.filter",
        "console.bar.filter",
        "filter",
    ),
    BACK,
    Key("f4,w", "columns", "F4 w", "console.key.columns", "console.bar.columns", "columns"),
    Key("f5,ctrl+r", "again", "F5 Ctrl+R", "console.key.again", "console.bar.again", "refresh"),
    Key("f6,s", "sort", "F6 s", "console.key.sort", "console.bar.sort", "sort"),
    Key("f7,space,ideographic_space", "mark", "F7 Space", "console.key.mark", "console.bar.mark", "mark"),
    Key("f8,e", "export", "F8 e", "console.key.export", "console.bar.export", "export"),
    Key("m", "mark_all", "m", "console.key.mark_all", name="mark-all"),
    Key("u", "unmark", "u", "console.key.unmark", name="unmark"),
    Key("n", "next_new", "n", "console.key.next_new", name="new"),
    Key("p", "freeze", "p", "console.key.freeze", name="freeze"),
    Key("f,ｆ", "filters", "f", "console.key.filters", name="filters"),
    Key("c,ｃ", "command_line", "c", "console.key.command_line", name="cmd"),
    Key("b,ｂ", "payments('batch')", "b", "console.key.payments_batch", name="of-batch"),
    Key("i,ｉ", "payments('person')", "i", "console.key.payments_person", name="of-person"),
    Key("tab", "pane", "Tab", "console.key.pane", name="detail"),
)

HOME_KEYS = tuple(key for key in LIST_KEYS if key.action in ("back", "again", "freeze"))

APP_KEYS = (
    Key(
        "f1,question_mark,fullwidth_question_mark",
        "explain_keys",
        "F1 ?",
        "console.key.help",
        "console.bar.help",
        "help",
    ),
    Key(
        "f9,colon,fullwidth_colon,semicolon,fullwidth_semicolon",
        "command",
        "F9 :",
        "console.key.command",
        "console.bar.command",
    ),
    Key("f10,ctrl+q", "leave", "F10 Ctrl+Q", "console.key.leave", "console.bar.leave", "quit"),
    Key("minus,fullwidth_hyphen_minus,em_dash", "last_view", "-", "console.key.last_view", name="last-view"),
    Key(
        "left_square_bracket,fullwidth_left_square_bracket,left_black_lenticular_bracket",
        "walk(-1)",
        "[",
        "console.key.older",
        name="older",
    ),
    Key(
        "right_square_bracket,fullwidth_right_square_bracket,right_black_lenticular_bracket",
        "walk(1)",
        "]",
        "console.key.newer",
        name="newer",
    ),
    Key("v,ｖ", "looked", "v", "console.key.looked", name="looked"),
    Key("ctrl+l", "repaint", "Ctrl+L", "console.key.repaint", name="repaint"),
    Key("ctrl+c", "say_how_to_leave", "", ""),
)


def _view(digit: str, line: str, word: str) -> Key:
    twin = chr(ord(digit) + 0xFEE0)
    return Key(f"{digit},{twin}", f"open('{line}')", digit, word)


VIEW_KEYS = (
    _view("0", "home", "console.view.home"),
    _view("1", "overdue", "console.view.overdue"),
    _view("2", "failed", "console.view.failed"),
    _view("3", "ledger", "console.view.ledger"),
    _view("4", "failed --daily", "console.view.failed.daily"),
    _view("5", "failed --weekly", "console.view.failed.weekly"),
    _view("6", "progress", "console.view.progress"),
    _view("7", "rejects", "console.view.rejects"),
    _view("8", "imports", "console.view.imports"),
    _view("9", "audit", "console.view.audit"),
)

DETAIL_PAGE_KEYS = (Key("tab", "back", "Tab", ""), BACK)


def _act(letter: str, name: str) -> Key:
    twin = chr(ord(letter) + 0xFEE0)
    called = "register" if name == "open" else name.replace("_", "-")  # `:open` opens the row
    return Key(f"{letter},{twin}", f"act('{name}')", letter, f"act.{name}", name=called)


# a capital letter acts, a small one moves
ACT_KEYS = (
    Key("a,ａ,f12", "act", "a F12", "act.choose", name="act"),
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


COLUMN_KEYS = (
    Key("f7,space,ideographic_space", "switch", "Space", "console.key.toggle"),
    Key("J,shift+down", "carry(1)", "J", "console.key.carry_down"),
    Key("K,shift+up", "carry(-1)", "K", "console.key.carry_up"),
    Key("u", "usual", "u", "console.key.usual"),
    Key("enter,f4,w", "take", "Enter", "console.key.take"),
    Key("f3,escape,backspace", "back", "F3 Esc", "console.key.leave_it"),
)


FILTER_KEYS = (
    Key("enter", "choose", "Enter", "console.key.filters_take"),
    Key("s,ｓ,f2", "save", "F2 s", "console.key.filters_save", "console.bar.save"),
    BACK,
    Key("r,ｒ,f4", "rename", "F4 r", "console.key.filters_rename", "console.bar.rename"),
    Key("d,ｄ,f8,delete", "delete", "F8 d", "console.key.filters_delete", "console.bar.delete"),
)


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """The keys as Textual wants them; what they are called stands in the catalogue, not here."""
    return [Binding(key.keys, key.action, "", show=False) for key in keys]
