"""Spoils one line in so many, each in another way: wrong, doubtful, held, twice, odd but right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.benchmarks.books.forms import BROKEN

Spoil = Callable[[list[str]], list[str]]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _cell(at: int, change: Callable[[str], str]) -> Spoil:
    def spoil(cells: list[str]) -> list[str]:
        return [change(cell) if place == at else cell for place, cell in enumerate(cells)]

    return spoil


def _last_digit(text: str) -> str:
    return text[:-1] + str((int(text[-1]) + 1) % 10) if text[-1].isdigit() else text[:-1] + "0"


# payment_no 0, batch_no 1, person_id 2, name 3, card_no 4, amount 5, region_code 6
PAYMENTS: tuple[Spoil, ...] = (
    _cell(2, _last_digit),
    _cell(4, _last_digit),
    _cell(5, lambda text: f"{text}5"),
    _cell(5, lambda text: f"￥{text}"),
    _cell(3, lambda text: ""),
    _cell(6, lambda text: text[:7]),
    _cell(2, lambda text: f"{text[:6]}19991331{text[14:]}"),
    _cell(0, lambda text: text.translate(FULL_WIDTH)),
    _cell(1, lambda text: f"{text}-?"),
    _cell(3, lambda text: f"{text}{BROKEN}"),
    _cell(5, lambda text: f'"1,{text.zfill(6)}"'),
    lambda cells: [*cells, "?"],
    _cell(4, lambda text: "6.23E+17"),
    _cell(2, lambda text: f" {text} "),
)
# payment_no 0, result 1, reason 2, settled_at 3, bank_serial 4
RETURNS: tuple[Spoil, ...] = (
    _cell(1, lambda text: "不明"),
    _cell(3, lambda text: text.replace("-", "/")),
    _cell(
        3,
        lambda text: text.replace("-", "."),
    ),
    _cell(1, lambda text: {"success": "成功", "failure": "失败"}.get(text, text)),
    _cell(0, lambda text: f"{text}-?"),
    _cell(2, lambda text: f"{text}{BROKEN}"),
    _cell(0, lambda text: ""),
    lambda cells: [*cells, "?"],
    _cell(3, lambda text: text[:16]),
)
SPOILS = {"payments": PAYMENTS, "returns": RETURNS}


def spoil(lines: list[str], feed: str, one_in: int, rng: np.random.Generator) -> None:
    """Spoil one line in so many where it stands; now and then a line says what another said before it."""
    ways = SPOILS[feed]
    some = rng.choice(len(lines), len(lines) // one_in, replace=False)
    for turn, place in enumerate(some.tolist()):
        way = turn % (len(ways) + 1)
        if way < len(ways):
            lines[place] = ",".join(ways[way](lines[place].split(",")))
        else:
            number = lines[place - 1].partition(",")[0]
            lines[place] = f"{number},{lines[place].partition(',')[2]}"
