"""Writes to the terminal only what changed: the picture it shows is kept cell by cell and compared.

Textual paints whole regions again. Here each painted region is held against what the terminal shows already,
and only the runs of cells that differ are written, with as few moves and styles as they need. After a resize,
a resume or at the user's wish the terminal is cleared and everything is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from wcwidth import wcwidth

from console.shown import is_ambiguous
from store.safe import safe

Cell = tuple[str, str]  # the character with what combines with it, and the codes of its style
BLANK: Cell = (" ", "")
REST = ""  # the second cell of a wide character
BRIDGE = 6  # to write so many cells again is shorter than to move over them
CLEAR = "\x1b[m\x1b[H\x1b[2J"
PLAIN = "\x1b[m"
TO_END = "\x1b[K"
NO_CODES = "0"
# what stands for a character of two cells where there is room for one
LOOKALIKES = dict(zip("·…—–‘’“”×÷→←↑↓①②③④⑤⑥⑦⑧⑨", ".~--''\"\"x/><^v123456789", strict=True))


class Painter:
    """What a terminal shows, and what to write that it shows something else."""

    def __init__(self, colours: ColorSystem | None = ColorSystem.STANDARD) -> None:
        self.colours = colours
        self.wide = False  # whether the terminal takes two cells for a character of ambiguous width
        self._size = (0, 0)
        self._frame: list[list[Cell]] = []

    def forget(self) -> None:
        """Take nothing for granted of what the terminal shows."""
        self._size = (0, 0)

    def paint(self, size: tuple[int, int], pieces: Iterable[tuple[int, int, Iterable[Segment]]]) -> str:
        """What to write that `pieces` (line, column, segments) stand on a terminal of this `size`."""
        out = []
        if size != self._size:
            width, height = self._size = size
            self._frame = [[BLANK] * width for _ in range(height)]
            out.append(CLEAR)
        lines: dict[int, list[Cell]] = {}
        for y, x, segments in pieces:
            if 0 <= y < size[1]:
                line = lines.setdefault(y, self._frame[y].copy())
                self._put(line, x, segments)
        pen = _Pen()
        for y in sorted(lines):
            self._difference(pen, y, self._on_screen(self._frame[y]), self._on_screen(lines[y]))
            self._frame[y] = lines[y]
        return "".join([*out, *pen.ended()])

    def _put(self, line: list[Cell], x: int, segments: Iterable[Segment]) -> None:
        width = len(line)
        for text, style, control in segments:
            if control:
                continue
            codes = _codes(style, self.colours) if style is not None else ""
            for each in text:
                character, cells = _shown(each)
                if cells == 0:
                    if 0 < x <= width and line[x - 1][0] != REST:
                        line[x - 1] = (line[x - 1][0] + character, line[x - 1][1])
                elif 0 <= x <= width - cells:
                    _split(line, x)
                    _split(line, x + cells)
                    line[x] = (character, codes)
                    if cells == 2:
                        line[x + 1] = (REST, codes)
                elif 0 <= x < width:
                    _split(line, x)
                    line[x] = (" ", codes)  # half a wide character is none
                x += cells

    def _on_screen(self, line: list[Cell]) -> list[Cell]:
        """A line as it is written: what is of ambiguous width covers a space behind it, or gives way."""
        if not self.wide:
            return line
        shown = line
        for x, (text, codes) in enumerate(line):
            if is_ambiguous(text):
                shown = line.copy() if shown is line else shown
                if x + 1 < len(line) and line[x + 1][0] == " ":
                    shown[x + 1] = (REST, codes)
                else:
                    shown[x] = (LOOKALIKES.get(text, "?"), codes)
        return shown

    def _difference(self, pen: _Pen, y: int, before: Sequence[Cell], now: Sequence[Cell]) -> None:
        if before == now:
            return
        width = len(now)
        end = width
        while end and now[end - 1] == BLANK:
            end -= 1
        # where more than a move's worth of old text gives way to nothing, the rest of the line is erased
        erases = sum(1 for x in range(end, width) if before[x] != BLANK) > len(TO_END)
        for first, last in _runs(before, now, end if erases else width):
            pen.move(first, y)
            for x in range(first, last):
                if now[x][0] != REST:
                    pen.write(now[x], 2 if x + 1 < width and now[x + 1][0] == REST else 1)
        if erases:
            pen.move(end, y)
            pen.erase()


class _Pen:
    """Where the terminal's cursor is and what style it writes in, as far as it is known."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._at: tuple[int, int] | None = None
        self._codes = ""

    def move(self, x: int, y: int) -> None:
        if self._at == (x, y):
            return
        if self._at is not None and self._at[1] == y and x > self._at[0]:
            step = x - self._at[0]
            self.out.append("\x1b[C" if step == 1 else f"\x1b[{step}C")
        else:
            self.out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        self._at = (x, y)

    def write(self, cell: Cell, cells: int) -> None:
        text, codes = cell
        self.style(codes)
        self.out.append(text)
        if self._at is not None:
            x, y = self._at
            self._at = (x + cells, y)
            if len(text) > 1 or is_ambiguous(text):
                # terminals do not agree how far such a character goes: say where the next one stands
                self._at = None
                self.move(x + cells, y)

    def style(self, codes: str) -> None:
        if codes != self._codes:
            # a style adds to the one before: to take something away all is taken away first
            known = f"{self._codes};"
            if not codes:
                self.out.append(PLAIN)
            elif not self._codes:
                self.out.append(f"\x1b[{codes}m")
            elif codes.startswith(known):
                self.out.append(f"\x1b[{codes.removeprefix(known)}m")
            else:
                self.out.append(f"\x1b[{NO_CODES};{codes}m")
            self._codes = codes

    def erase(self) -> None:
        self.style("")
        self.out.append(TO_END)

    def ended(self) -> list[str]:
        self.style("")
        return self.out


def _split(line: list[Cell], x: int) -> None:
    """Cut a wide character in two where another text begins or ends within it."""
    if 0 < x < len(line) and line[x][0] == REST:
        line[x - 1] = (" ", line[x - 1][1])
        line[x] = (" ", line[x][1])


def _runs(before: Sequence[Cell], now: Sequence[Cell], end: int) -> Iterator[tuple[int, int]]:
    """The runs of cells that are to be written: those that differ, with the short bridges between them."""
    first = last = None
    for x in range(end):
        if before[x] == now[x]:
            continue
        begin = x - 1 if now[x][0] == REST else x
        if first is None or last is None:
            first = begin
        elif begin - last > BRIDGE or _changes_style(now, last, begin):
            yield first, last
            first = begin
        last = x + 1
        if last < len(now) and now[last][0] == REST:
            last += 1
    if first is not None and last is not None:
        yield first, last


def _changes_style(now: Sequence[Cell], first: int, last: int) -> bool:
    return any(cell[1] != now[last][1] for cell in now[first:last])


@lru_cache(maxsize=4096)
def _codes(style: Style, colours: ColorSystem | None) -> str:
    """The codes of a style, without those that say what holds without them."""
    if colours is None:
        style, colours = style.without_color, ColorSystem.STANDARD
    codes = iter(style._make_ansi_codes(colours).split(";"))
    kept: list[str] = []
    for code in codes:
        if code in ("38", "48"):  # a colour by its number, or by its red, green and blue
            kind = next(codes)
            kept += [code, kind, *islice(codes, 1 if kind == "5" else 3)]
        elif code not in ("", "39", "49"):
            kept.append(code)
    return ";".join(kept)


@lru_cache(maxsize=65536)
def _shown(character: str) -> tuple[str, int]:
    """What is written for a character, and the cells that it takes: nothing harmful gets through here."""
    text = character if " " <= character <= "~" else safe(character)
    return text, sum(max(0, wcwidth(each)) for each in text)
