"""What a hostile text may not do to a terminal, and what an honest one keeps."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.safe import _ODD, replaced, safe

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}

HONEST = [
    "",
    "何*明 511002********1234",
    "阿布都·克力木",
    "四川省万源市太平镇（二〇二五年）“第三季度”——①…",
    "㐂𠀀𡃁𬬭𰻞",
    "ئۇيغۇر ئاپتونوم رايونى ۋە ھەققىدە",
    "བོད་ལྗོངས། བསྒྲུབས་རྒྱུ",
    "ᠮᠣᠩᠭᠣᠯ",
    "ꆈꌠꁱꂷ",
    "e\u0301\u0302\u0303 ẹ́",
    "\ue000\ue814",
    "ガ゛か\u3099",
    "한국어 ＝１２３",
    "[/] [red]x[/red] [@click=app.quit]x[/] [link=http://x]y[/link]",
    "<b>|`*_\\${x} %s {0}",
]
HOSTILE = {
    "\x1b[31mred": "␛[31mred",
    "\x1b]52;c;aGk=\x07": "␛]52;c;aGk=␇",
    "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\": "␛]8;;http://evil␛\\click␛]8;;␛\\",
    "\x9b2J\x9d0;x\x9c": "�2J�0;x�",
    "a\x00b\x7fc\x08": "a␀b␡c␈",
    "一\n二\r\n三\r四\u2028五\u2029六\x85七": "一⏎二⏎三␍四⏎五⏎六�七",
    "一\t二\x0b\x0c": "一 二␋␌",
    "\u202e4321\u202c \u2066x\u2069 \u061c\u200e\u200f": "�4321� �x� ���",
    "张\u200b三\ufeff\u2060\xad": "张�三���",
    "张\u200d三\u200c葛\U000e0100\ufe0f\u034f": "张三葛",
    "\ud800x\udfff": "�x�",
    "\ufffe\uffff\U0010ffff\ufdd0": "����",
    "x\u3164\u115f\u1160\uffa0\U000e0041": "x�����",
    "Z" + "\u0310" * 50 + "a": "Z" + "\u0310" * 3 + "a",
    "Z" + "\u0310\u200d" * 50: "Z" + "\u0310" * 3,
    "ཀ" + "\u0f71" * 9 + "ཁ": "ཀ" + "\u0f71" * 3 + "ཁ",
    "ᄀ" + "\u1161" * 9: "ᄀ" + "\u1161" * 3,
    "\u20dd" * 5: "\u20dd" * 3,
}


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_stays_the_very_same_object(text: str) -> None:
    assert safe(text) is text


@pytest.mark.parametrize(("text", "shown"), HOSTILE.items())
def test_hostile_text_becomes_visible(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_ten_thousand_characters_stay_whole() -> None:
    assert len(safe("何" * 10_000)) == 10_000
    assert safe("\x1b何" * 10_000) == "␛何" * 10_000


def test_no_character_of_a_harmful_category_gets_through() -> None:
    through = [c for c in EVERY if unicodedata.category(c) in HARMFUL and c in safe(f"x{c}x")]
    assert through == []


def test_no_mark_hides_among_the_plain_letters() -> None:
    plain = [c for c in EVERY if _ODD.search(c) is None]
    assert {unicodedata.category(c) for c in plain}.isdisjoint(HARMFUL | {"Mn", "Mc", "Me"})
    assert "何" in plain and "𠀀" in plain and "ئ" in plain


def test_assigned_letters_digits_and_signs_stay() -> None:
    fillers = "\u115f\u1160\u3164\uffa0"
    kinds = {
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Nd",
        "Nl",
        "No",
        "Pd",
        "Po",
        "Ps",
        "Pe",
        "Sc",
        "Sk",
        "Sm",
        "So",
        "Zs",
    }
    changed = [c for c in EVERY if unicodedata.category(c) in kinds and safe(c) is not c]
    assert "".join(changed) == fillers


@given(st.text(st.characters(exclude_categories=[])))
def test_safe_text_is_safe_already(text: str) -> None:
    shown = safe(text)
    assert safe(shown) is shown
    shown.encode("utf-8")
    assert not any(unicodedata.category(c) in HARMFUL for c in shown)


def test_what_is_hidden_can_be_written_otherwise() -> None:
    assert replaced("何\u202e\x1b\u200d明", lambda c: f"<{ord(c):x}>") == "何<202e><1b><200d>明"
    text = "何明"
    assert replaced(text, lambda c: "") is text
