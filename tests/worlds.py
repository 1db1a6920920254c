"""The contract's small world as a store that tests may ask and act on."""

from __future__ import annotations

from tests.golden import CASES, cases
from tests.running import InProcess

DAYS = ("2025-09-30", "2025-10-09", "2025-10-20")
NAMES = ("何晓明", "李秀英", "王强", "张桂芳", "阿依古丽·买买提", "张桂芬", "赵德福")
NUMBERS = (
    "511025195803121019",
    "511025194911022224",
    "511025199007213172",
    "511025196301304581",
    "511002198505055219",
    "6217990000002293799",
    "6230960000004188665",
    "6217990000001097035",
    "6217230000006781641",
)


def brought(supervise: InProcess) -> InProcess:
    """The three drops of the contract, each imported as of its day."""
    for case in cases():
        if case.command == "import":
            supervise(*case.argv, cwd=CASES, check=case.code)
    return supervise


def unmasked(text: str) -> list[str]:
    """The personal texts of the small world that stand in a text as they are."""
    return [each for each in (*NAMES, *NUMBERS) if each in text]
