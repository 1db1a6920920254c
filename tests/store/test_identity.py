"""IDs and cards: what is valid, what a spreadsheet destroyed, and what is left to see."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import identity

births = st.dates(date(1900, 1, 1), date(2030, 12, 31))
places = st.integers(110000, 659999)
orders = st.integers(0, 999)


def _check(first17: str) -> str:
    """GB 11643 by ISO 7064 MOD 11-2, step by step."""
    rest = 0
    for digit in first17:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11]


def _luhn(text: str) -> bool:
    doubled = [int(d) * (2 if (len(text) - place) % 2 == 0 else 1) for place, d in enumerate(text)]
    return sum(sum(map(int, str(d))) for d in doubled) % 10 == 0


def _id(place: int, born: date, order: int) -> str:
    first17 = f"{place}{born:%Y%m%d}{order:03d}"
    return first17 + _check(first17)


@given(places, births, orders)
def test_a_citizen_id_is_valid_with_its_own_check_alone(place: int, born: date, order: int) -> None:
    valid = _id(place, born, order)
    assert [last for last in "0123456789X" if identity.is_citizen_id(valid[:17] + last)] == [valid[17]]
    assert identity.birth_date(valid) == born
    assert identity.unpack_id(identity.pack_id(valid)) == valid


@given(places, births, orders, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_found(place: int, born: date, order: int, at: int, by: int) -> None:
    valid = _id(place, born, order)
    wrong = valid[:at] + str((int(valid[at]) + by) % 10) + valid[at + 1 :]
    assert not identity.is_citizen_id(wrong)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("511025195803121019", True),
        ("511025196301304581", True),
        ("511025196301304582", False),
        ("51102519630130458", False),
        ("5110251963013045810", False),
        ("51102519580312101９", False),
        ("511025195803121019\n", False),
        ("", False),
    ],
)
def test_citizen_ids_of_the_cases(text: str, valid: bool) -> None:
    assert identity.is_citizen_id(text) is valid


@pytest.mark.parametrize("born", ["20230229", "20231301", "20230431", "20230100", "00000101"])
def test_a_birth_date_that_never_was_makes_no_id(born: str) -> None:
    first17 = f"511025{born}101"
    assert not identity.is_citizen_id(first17 + _check(first17))


def test_a_small_x_is_not_normal_form() -> None:
    born = next(d for o in range(999) if (d := _id(511025, date(1958, 3, 12), o)).endswith("X"))
    assert identity.is_citizen_id(born)
    assert not identity.is_citizen_id(born.lower()), "reading a value makes it upper case first"


@given(st.text("0123456789", min_size=14, max_size=21))
def test_a_card_has_16_to_19_digits_and_passes_luhn(text: str) -> None:
    assert identity.luhn(text) is _luhn(text)
    assert identity.is_card_no(text) is (16 <= len(text) <= 19 and _luhn(text))


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("6217990000001097035", True),
        ("6217990000002293799", True),
        ("6217990398924687316", True),
        ("6230960000004188665", True),
        ("6230960000004188668", False),
        ("６217990000001097035", False),
        ("", False),
    ],
)
def test_cards_of_the_cases(text: str, valid: bool) -> None:
    assert identity.is_card_no(text) is valid


@pytest.mark.parametrize(
    ("text", "is_destroyed"),
    [
        ("5.11002E+17", True),
        ("5.11002e+17", True),
        ("6E18", True),
        ("511002195803121000", True),
        ("511002195803120000", True),
        ("6217990000001090000", True),
        ("6217990000001097030", False),
        ("511002195803121", False),
        ("621799000000109", False),
        ("6217990000001090001", False),
        ("E+17", False),
        ("5.11E", False),
        ("", False),
    ],
)
def test_what_a_spreadsheet_destroys_is_known(text: str, is_destroyed: bool) -> None:
    assert identity.destroyed(text) is is_destroyed


@pytest.mark.parametrize(
    ("mask", "text", "masked"),
    [
        (identity.mask_name, "何晓明", "何*明"),
        (identity.mask_name, "何明", "何*"),
        (identity.mask_name, "何", "*"),
        (identity.mask_name, "", ""),
        (identity.mask_name, "阿依古丽·买买提", "阿******提"),
        (identity.mask_name, "𠮷田明", "𠮷*明"),
        (identity.mask_id, "511002195803121234", "511002********1234"),
        (identity.mask_id, "5.11002E+17", "5.1100*E+17"),
        (identity.mask_id, "51100212345", "511002*2345"),
        (identity.mask_id, "5110021234", "**********"),
        (identity.mask_id, "5", "*"),
        (identity.mask_card, "6217990000001095726", "***************5726"),
        (identity.mask_card, "57261", "*7261"),
        (identity.mask_card, "5726", "****"),
        (identity.mask_phone, "13812345678", "138****5678"),
        (identity.mask_phone, "12345678", "123*5678"),
        (identity.mask_phone, "1234567", "*******"),
    ],
)
def test_masks(mask, text: str, masked: str) -> None:  # type: ignore[no-untyped-def]
    assert mask(text) == masked


@given(st.text(max_size=30))
def test_a_mask_keeps_the_length_and_hides_something(text: str) -> None:
    for mask, kept in ((identity.mask_id, 10), (identity.mask_card, 4), (identity.mask_phone, 7)):
        masked = mask(text)
        assert len(masked) == len(text)
        shown = len(text) - max(1, len(text) - kept) if len(text) > kept else 0
        assert sum(a == b != "*" for a, b in zip(text, masked, strict=True)) <= shown
    masked = identity.mask_name(text)
    assert len(masked) == len(text)
    assert "*" in masked or not text
