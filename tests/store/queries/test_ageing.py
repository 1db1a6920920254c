"""How old open failures are and what share was paid again, over the contract's small world."""

from __future__ import annotations

import pytest

from tests.golden import CASES
from tests.running import InProcess


@pytest.fixture
def world(supervise: InProcess) -> InProcess:
    """The small world, as it is after all its drops."""
    for drop, day in (("1-september", "09-30"), ("2-national-day", "10-09"), ("3-october", "10-20")):
        supervise("import", drop, "--as-of", f"2025-{day}", cwd=CASES)
    return supervise


def test_the_rate_names_both_its_numbers_and_counts_refunds_apart(world: InProcess) -> None:
    rows = world("failed", "--rate", "--as-of", "2025-10-20", "--format", "json", check=0).json()
    assert [row["county_code"] for row in rows] == ["511002", "511025", None]
    total = rows[-1]
    assert (total["failure_count"], total["open_count"]) == (10, 5)
    assert (total["reissued_count"], total["both_count"], total["refunded_count"]) == (3, 1, 1)
    assert (total["to_reissue_count"], total["reissue_rate"]) == (8, 0.375)


def test_ages_sum_up_to_what_is_open_and_name_the_oldest(world: InProcess) -> None:
    rows = world("failed", "--ageing", "--as-of", "2025-10-20", "--format", "json", check=0).json()
    open_now = world("failed", "--as-of", "2025-10-20", "--format", "json", check=0).json()
    total = rows[-1]
    bands = [value for key, value in total.items() if key.endswith("_days_count")]
    assert sum(bands) == total["open_count"] == len(open_now) == 5
    assert total["up_to_30_days_count"] == 2  # P303 of 09-25 and P105 of 09-26
    assert (total["oldest_on"], total["oldest_days"]) == ("2025-09-10", 40)
    assert sum(row["open_count"] for row in rows[:-1]) == 5


def test_units_stand_oldest_and_worst_first(world: InProcess) -> None:
    ages = world(
        "failed", "--ageing", "--by", "unit", "--as-of", "2025-10-20", "--format", "json", check=0
    ).json()
    assert [row["unit_code"] for row in ages] == ["MZ25", "MZ02", None]
    rates = world(
        "failed", "--rate", "--by", "unit", "--as-of", "2025-10-20", "--format", "json", check=0
    ).json()
    assert [row["unit_code"] for row in rates] == ["MZ02", "MZ25", None]


def test_boards_exclude_each_other(world: InProcess) -> None:
    assert world("failed", "--rate", "--daily").code == 2
    assert world("failed", "--daily", "--by", "unit").code == 2
