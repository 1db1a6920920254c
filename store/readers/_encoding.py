"""Which encoding a text is in, and its text with a mark where bytes do not decode."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass

from store.readers._sheet import NoEncoding
from store.readers._source import Source

# A lone surrogate: no decoder gives one of itself, so it stands for nothing but bytes that do not decode.
MARK = "\udcff"
MARKING = "supervise-mark"
HEAD = 1 << 16
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROLS = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r\x1a"}
SEPARATORS = frozenset("\n,\t;|")


def choose(source: Source) -> str:
    """The encoding of `source`: its BOM, else what fits best; NoEncoding if nothing does.

    UTF-8 fits if most lines beyond ASCII decode, then GB18030 likewise; where neither does, the one with
    fewer bad lines, if these are at most half.
    """
    head = source.head(HEAD)
    sure = next((encoding for bom, encoding in BOMS if head.startswith(bom)), None) or bare_utf16(head)
    if sure and plausible(head, sure) and (decodes(source, sure) or tally(source, sure).tolerable):
        return sure
    counts: dict[str, Tally] = {}
    for encoding in ("utf-8", "gb18030"):
        if not plausible(head, encoding):
            continue
        if decodes(source, encoding):
            return encoding
        counts[encoding] = tally(source, encoding)
        if counts[encoding].convincing:
            return encoding
    tolerable = [encoding for encoding, counted in counts.items() if counted.tolerable]
    if not tolerable:
        raise NoEncoding
    return min(tolerable, key=lambda encoding: counts[encoding].bad)


def decoded(source: Source, encoding: str) -> Iterator[str]:
    """The text of `source` piece by piece: newlines as \\n, no BOM, MARK for what does not decode."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(MARKING), translate=True)
    first = True
    for piece in source.pieces():
        text = decoder.decode(piece)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        yield text
    yield decoder.decode(b"", final=True)


def bare_utf16(head: bytes) -> str | None:
    """UTF-16 without a BOM, where ASCII between the Chinese shows it: zeros nearly all on one side."""
    if len(head) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd * 10 > len(head) and even * 4 < odd:
        return "utf-16-le"
    if even * 10 > len(head) and odd * 4 < even:
        return "utf-16-be"
    return None


def plausible(head: bytes, encoding: str) -> bool:
    """Whether the first bytes, so decoded, look like a text at all and not like an image or a program."""
    text = head.decode(encoding, MARKING).removeprefix("\ufeff")
    controls = len(text) - len(text.translate(CONTROLS))
    if encoding.startswith("utf-16") and text and SEPARATORS.isdisjoint(text):
        return False  # nearly all pairs of bytes are characters of UTF-16, but a table has separators
    return controls * 5 <= len(text)


def decodes(source: Source, encoding: str) -> bool:
    """Whether every byte decodes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in source.pieces():
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def tally(source: Source, encoding: str) -> Tally:
    """How well `encoding` fits, line by line; stops where it plainly does not."""
    lines = wide = bad = 0
    for text in decoded(source, encoding):
        for line in text.split("\n"):
            if line and not line.isspace():
                lines += 1
                if not line.isascii():
                    wide += 1
                    bad += MARK in line
        if bad > 100 and bad * 2 > lines:
            break
    return Tally(lines, wide, bad)


@dataclass(frozen=True)
class Tally:
    """Lines of a text: all, those with more than ASCII, and those that do not decode."""

    lines: int
    wide: int
    bad: int

    @property
    def convincing(self) -> bool:
        """Most lines that could go wrong do not."""
        return self.bad * 2 < self.wide

    @property
    def tolerable(self) -> bool:
        """At most half of all lines are bad."""
        return self.bad * 2 <= self.lines


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MARK, error.end


codecs.register_error(MARKING, _mark)
