"""The text of a filter cut into words and signs, as Chinese and English keyboards have them.

Places are counted in characters of the text as it was typed, from 1, so that a sentence can point at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from store.errors import WrongUsage
from store.plain import plain

LONGEST = 4000


class Mark(Enum):
    """What a token is."""

    WORD = auto()
    QUOTED = auto()
    SIGN = auto()
    RANGE = auto()
    COMMA = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()
    BETWEEN = auto()
    NOTHING = auto()
    SOMETHING = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, where it begins, and whether it stands right behind the one before."""

    mark: Mark
    text: str
    at: int
    glued: bool


# every sign has one character here, so places stay what they are
_TWINS = str.maketrans("＝＞＜！～（）　，、；｜＆．＂＇－", "=><!~() ,,;|&.\"'-")
_SIGNS = {
    "!==": "!==", "==": "==", "!=": "!=", "<>": "!=", ">=": ">=", "=>": ">=", "<=": "<=", "=<": "<=",
    "!~": "!~", "=": "=", ">": ">", "<": "<", "~": "~", "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "≠": "!=",
}  # fmt: skip
_SIGN = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))
_JOINTS = {"&&": Mark.AND, "&": Mark.AND, ";": Mark.AND, "||": Mark.OR, "!": Mark.NOT, "|": Mark.COMMA}
_JOINTS |= {",": Mark.COMMA, "(": Mark.OPEN, ")": Mark.CLOSE}
_JOINT = re.compile(r"&&?|\|\|?|[;!,()]")
_RANGE = re.compile(r"\.{2,}")
_QUOTES = {'"': '"', "'": "'", "“": "“”", "”": "“”", "‘": "‘’", "’": "‘’", "「": "」", "『": "』"}
_STOP = re.compile(r"[\s=<>~≥≧≤≦≠&;|,()\"“”「」『』]|![=~]|\.{2,}")
_NO_PARENTHESES = str.maketrans("", "", "()")
_INNER = re.compile(r"\([^\s=<>~≥≧≤≦≠&;|,()\"“”「」『』!]*\)")
_THOUSANDS = re.compile(r"[￥¥+-]?\d{1,3}(?:,\d{3})+(?!\d|,\d)")

_WORDS = {
    Mark.AND: ("and", "且", "并且", "而且"),
    Mark.OR: ("or", "或", "或者"),
    Mark.NOT: ("not", "非", "不"),
    Mark.BETWEEN: ("between", "介于"),
    Mark.NOTHING: ("为空",),
    Mark.SOMETHING: ("不为空", "非空"),
}
MARKS = {word: mark for mark, words in _WORDS.items() for word in words}
SIGN_WORDS = {
    "大于等于": ">=", "不小于": ">=", "不低于": ">=", "小于等于": "<=", "不大于": "<=", "不超过": "<=",
    "不等于": "!=", "大于": ">", "小于": "<", "等于": "=", "不包含": "!~", "包含": "~", "含": "~",
    "不含": "!~", "contains": "~",
}  # fmt: skip
TO = frozenset({"到", "至", "to"})
_WRITTEN = [word for word in (*SIGN_WORDS, "为空", "不为空") if len(word) > 1 and not word.isascii()]
_GLUED_SIGN = re.compile("|".join(sorted(_WRITTEN, key=len, reverse=True)))
_GLUED_JOINT = re.compile("并且|而且|或者|且|或")
_GLUED_TO = re.compile(r"([-+￥¥]?\d[\d.,:/年月日-]*[百千万亿元天]?)(?:到|至)([-+￥¥]?\d.*)")
_OWN = re.compile(r"[\w*.:/%+#@￥¥-]+")


def tokens(text: str) -> list[Token]:
    """The tokens of a text, END last; WrongUsage where it is too long or a quote is not closed."""
    if len(text) > LONGEST:
        raise WrongUsage("filter_long", count=len(text), most=LONGEST)
    found: list[Token] = []
    flat = text.translate(_TWINS)
    place, end = 0, 0
    while place < len(flat):
        if flat[place].isspace():
            place += 1
            continue
        for token in _next(text, flat, place, found[-1] if found else None, place == end):
            found.append(token)
        place = end = _after(text, flat, place)
    return [*found, Token(Mark.END, "", len(text) + 1, False)]


def is_one_word(text: str) -> bool:
    """Whether a text is read as this one word as it stands, wherever it stands."""
    if _OWN.fullmatch(text) is None or text == "-" or text.casefold() in TO or text != plain(text):
        return False
    if text.casefold() in MARKS or text.casefold() in SIGN_WORDS or _RANGE.search(text):
        return False
    return not (_GLUED_SIGN.search(text) or _GLUED_JOINT.search(text) or _GLUED_TO.fullmatch(text))


def _next(text: str, flat: str, place: int, before: Token | None, glued: bool) -> Iterator[Token]:
    stop, at = _after(text, flat, place), place + 1
    if flat[place] in _QUOTES:
        yield Token(Mark.QUOTED, _unquoted(text[place + 1 : stop - 1]), at, glued)
    elif match := _SIGN.match(flat, place):
        yield Token(Mark.SIGN, _SIGNS[match[0]], at, glued)
    elif match := _JOINT.match(flat, place):
        yield Token(_JOINTS.get(match[0], Mark.OR), match[0], at, glued)
    elif _RANGE.match(flat, place):
        yield Token(Mark.RANGE, "..", at, glued)
    else:
        behind = flat[stop:].lstrip()[:1]
        compared = bool(behind) and (_SIGN.match(behind) is not None or flat[stop:].lstrip()[:2] in _SIGNS)
        yield from _words(text[place:stop], at, glued, before, compared, behind == "(")


def _after(text: str, flat: str, place: int) -> int:
    """Where the token that begins at a place ends."""
    if flat[place] in _QUOTES:
        return _closed(text, flat, place)
    for sign in (_SIGN, _JOINT, _RANGE):
        if match := sign.match(flat, place):
            return match.end()
    if match := _THOUSANDS.match(text, place):
        place = match.end()
    while place < len(flat):
        if _STOP.match(flat, place) is None:
            place += 1
        elif (inner := _INNER.match(flat, place)) and not _is_joint_before(flat, place):
            place = inner.end()  # `财政局(国库)` is one word
        else:
            break
    return place


def _is_joint_before(flat: str, place: int) -> bool:
    """Whether a word that ends here joins conditions, so that a parenthesis behind it is none of its own."""
    word = re.split(r"[\s()]", flat[:place])[-1].casefold()
    return word in MARKS or word.endswith(("且", "或", "并且", "或者", "非"))


def _closed(text: str, flat: str, place: int) -> int:
    closing = _QUOTES[flat[place]]
    at = place + 1
    while at < len(flat):
        if flat[at] == "\\":
            at += 1
        elif flat[at] in closing:
            return at + 1
        at += 1
    raise WrongUsage("filter_quote", at=place + 1, sign=text[place])


def _unquoted(inner: str) -> str:
    return re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL)


def _words(
    raw: str, at: int, glued: bool, before: Token | None, compared: bool, opens: bool
) -> Iterator[Token]:
    """A run of characters as words: Chinese joins words and signs without spaces between them.

    `compared` tells that a sign stands behind it, `opens` that a parenthesis does.
    """
    is_value = before is not None and (before.mark is Mark.SIGN or (before.mark is Mark.RANGE and glued))
    known = None if is_value else _known(raw, at, glued)
    if known is not None:
        yield known
        return
    joints = list(_GLUED_JOINT.finditer(raw))
    begin = 0
    for number, joint in enumerate(joints):
        is_last = number + 1 == len(joints)
        part = raw[joint.end() :] if is_last else raw[joint.end() : joints[number + 1].start()]
        ends_here = is_last and (opens if not part else compared)
        if not (ends_here or _sign_within(part)) or (joint.start() == begin and before is None):
            continue
        if joint.start() > begin:
            yield from _word(raw[begin : joint.start()], at + begin, glued and not begin, is_value, False)
        made = _known(joint[0], at + joint.start(), True)
        assert made is not None
        yield made
        begin, is_value, before = joint.end(), False, made
    if begin < len(raw):
        yield from _word(raw[begin:], at + begin, glued or begin > 0, is_value, compared)


def _word(raw: str, at: int, glued: bool, is_value: bool, compared: bool) -> Iterator[Token]:
    """A word, or what Chinese writes as one: `非等级`, `超时大于10`, `10到20`."""
    while raw and not is_value:
        if known := _known(raw, at, glued):
            yield known
            return
        sign = _sign_within(raw)
        if raw[0] in "非不" and len(raw) > 1 and (compared or sign):
            yield Token(Mark.NOT, raw[0], at, glued)
            raw, at, glued = raw[1:], at + 1, True
            continue
        if sign is None:
            break
        yield Token(Mark.WORD, _as_word(raw[: sign.start()]), at, glued)
        made = _known(sign[0], at + sign.start(), True)
        assert made is not None
        yield made
        # nothing follows 为空 but another condition
        raw, at, glued, is_value = raw[sign.end() :], at + sign.end(), True, made.mark is Mark.SIGN
    if not raw:
        return
    if span := _GLUED_TO.fullmatch(raw):
        yield Token(Mark.WORD, _as_word(span[1]), at, glued)
        yield Token(Mark.RANGE, "..", at + span.end(1), True)
        raw, at, glued = span[2], at + span.start(2), True
    yield Token(Mark.WORD, _as_word(raw), at, glued)


def _as_word(raw: str) -> str:
    """The word in ordinary letters and digits, unless that would make signs of one letter (`…`, `㈠`)."""
    word = plain(raw)
    return raw if _STOP.search(word.translate(_NO_PARENTHESES)) else word


def _sign_within(raw: str) -> re.Match[str] | None:
    return next((match for match in _GLUED_SIGN.finditer(raw) if match.start()), None)


def _known(raw: str, at: int, glued: bool) -> Token | None:
    word = plain(raw).casefold()
    if word in MARKS:
        return Token(MARKS[word], word, at, glued)
    return Token(Mark.SIGN, SIGN_WORDS[word], at, glued) if word in SIGN_WORDS else None
