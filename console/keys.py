"""The keys of the console: what each does, how it is written, and its twins under an input method.

The same key means the same everywhere; bindings, the key bar, the help and what `:` runs are all made from
these lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import _character_to_key, key_to_character

# what an input method sends for a key, beside the same sign in full width
TWINS = {"/": "、", "[": "【", "]": "】", "-": "—", ",": "，", ".": "。", "<": "《", ">": "》", "\\": "、"}
FULL_WIDTH = 0xFEE0


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

    @property
    def id(self) -> str | None:
        """What a person's settings call the action; None where its keys are not theirs to choose."""
        own = self.word.split(".", 2)[-1].replace(".", "-").replace("_", "-")
        return (self.name or own) if self.word and self.keys else None

    @property
    def every(self) -> tuple[str, ...]:
        """All its keys as Textual calls them, with those that an input method sends for them."""
        return with_twins(self.keys.split(","))


def with_twins(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys as Textual calls them, each with its twins under an input method."""
    found: list[str] = []
    for key in keys:
        character = key if len(key) == 1 else key_to_character(key)
        if character == " ":
            found += ["space", "ideographic_space"]
        elif character is not None and "!" <= character <= "~":
            twins = (character, chr(ord(character) + FULL_WIDTH), *TWINS.get(character, ()))
            found += map(_character_to_key, twins)
        elif key:
            found.append(key)
    return tuple(dict.fromkeys(found))


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
        "f2,/",
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
    Key("f7,space", "mark", "F7 Space", "console.key.mark", "console.bar.mark", "mark"),
    Key("f8,e", "export", "F8 e", "console.key.export", "console.bar.export", "export"),
    Key("m", "mark_all", "m", "console.key.mark_all", name="mark-all"),
    Key("u", "unmark", "u", "console.key.unmark", name="unmark"),
    Key("n", "next_new", "n", "console.key.next_new", name="new"),
    Key("p", "freeze", "p", "console.key.freeze", name="freeze"),
    Key("f", "filters", "f", "console.key.filters", name="filters"),
    Key("c", "command_line", "c", "console.key.command_line", name="cmd"),
    Key("b", "payments('batch')", "b", "console.key.payments_batch", name="of-batch"),
    Key("i", "payments('person')", "i", "console.key.payments_person", name="of-person"),
    Key("tab", "pane", "Tab", "console.key.pane", name="detail"),
)

HOME_KEYS = tuple(key for key in LIST_KEYS if key.action in ("back", "again", "freeze"))

APP_KEYS = (
    Key(
        "f1,?",
        "explain_keys",
        "F1 ?",
        "console.key.help",
        "console.bar.help",
        "help",
    ),
    Key(
        "f9,:,;",
        "command",
        "F9 :",
        "console.key.command",
        "console.bar.command",
    ),
    Key("f10,ctrl+q", "leave", "F10 Ctrl+Q", "console.key.leave", "console.bar.leave", "quit"),
    Key("-", "last_view", "-", "console.key.last_view", name="last-view"),
    Key(
        "[",
        "walk(-1)",
        "[",
        "console.key.older",
        name="older",
    ),
    Key(
        "]",
        "walk(1)",
        "]",
        "console.key.newer",
        name="newer",
    ),
    Key("v", "looked", "v", "console.key.looked", name="looked"),
    Key("ctrl+l", "repaint", "Ctrl+L", "console.key.repaint", name="repaint"),
    Key("", "check_terminal", "", "console.key.check", name="check"),
    Key("ctrl+c", "say_how_to_leave", "", ""),
)


def _view(digit: str, line: str, word: str) -> Key:
    return Key(digit, f"open('{line}')", digit, word)


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


# an act whose name is that of something else already: `:open` opens the row, `:progress` the view
ACT_NAMES = {"open": "register", "progress": "record-progress", "mark": "note", "follow": "follow-row"}


def _act(letter: str, name: str) -> Key:
    called = ACT_NAMES.get(name, name.replace("_", "-"))
    return Key(letter, f"act('{name}')", letter, f"act.{name}", name=called)


# a capital letter acts, a small one moves
ACT_KEYS = (
    Key("a,f12", "act", "a F12", "act.choose", name="act"),
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
    Key("f7,space", "switch", "Space", "console.key.toggle"),
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
    return [Binding(",".join(key.every), key.action, "", show=False, id=key.id) for key in keys if key.keys]
