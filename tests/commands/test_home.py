"""`home`, `brief` and `show` on the command line: what people and programs get, and that nobody is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from wcwidth import wcswidth

from commands.home import plotted
from tests.running import InProcess
from tests.worlds import unmasked

DAY = ("--as-of", "2025-10-20")


def test_home_is_one_object_with_a_command_for_each_figure(golden: InProcess) -> None:
    home = golden("home", *DAY, "--format", "json", check=0).json()
    assert list(home)[:6] == ["as_of", "post", "post_name", "place", "since", "changed_at"]
    figures = {each["figure"]: each for each in home["figures"]}
    assert figures["failures_open"] == {
        "figure": "failures_open",
        "count": 5,
        "amount": "2150.00",
        "opens": "failed",
    }
    assert figures["approvals_red"]["opens"] == "overdue --grade red"
    assert [len(line["series"]) for line in home["counties"]] == [30, 30]
    assert figures["changes"]["opens"] == "changes"
    assert figures["changes"]["count"] == len(golden("changes", *DAY, "--format", "json", check=0).json())
    silent = golden("home", "--silent", *DAY, "--format", "json", check=0).json()
    assert [line["county_code"] for line in silent] == ["511002"]
    assert golden("home", "--silent", *DAY, "--check").code == 3


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_home_is_read_by_people(golden: InProcess, lang: str) -> None:
    for format in ("table", "markdown"):
        text = golden("home", *DAY, "--lang", lang, "--format", format, check=0).text
        assert "—" in text and "511002" not in text and "市中区" in text
    assert "field." not in text and "enum." not in text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_brief_is_one_page(golden: InProcess, lang: str, tmp_path: Path) -> None:
    # more counties than there is room for
    units = [f"U{n},单位{n},finance,5134{n:02d}" for n in range(21, 60)]
    file = tmp_path / "units.csv"
    file.write_text("\n".join(["unit_code,name,kind,region_code", *units]), encoding="utf-8")
    golden("import", str(file), *DAY, check=0)
    page = golden("brief", *DAY, "--lang", lang, check=0).text
    lines = page.splitlines()
    assert len(lines) <= 60 and max(map(wcswidth, lines)) <= 80
    assert "C12 " in page and "P105 " in page and "2025-10-20" in lines[0]
    assert unmasked(page) == []
    written = tmp_path / "brief.md"
    golden("brief", *DAY, "--lang", lang, "--format", "markdown", "--output", str(written), check=0)
    assert written.read_text("utf-8").splitlines()[5:] == lines[5:]  # but for when the store last changed


def test_the_brief_for_programs_is_home_with_the_worst(golden: InProcess) -> None:
    brief = golden("brief", *DAY, "--format", "json", check=0)
    told = brief.json()
    assert [row["case_no"] for row in told["worst_approvals"]] == [
        row["case_no"] for row in golden("overdue", *DAY, "--format", "json", check=0).json()[:5]
    ]
    assert [row["payment_no"] for row in told["worst_failures"]] == [
        row["payment_no"] for row in golden("failed", *DAY, "--format", "json", check=0).json()[:5]
    ]
    assert unmasked(brief.text) == []


def test_an_empty_store_has_a_morning_too(supervise: InProcess) -> None:
    home = supervise("home", "--format", "json", check=0).json()
    assert {each["count"] for each in home["figures"]} == {0} and home["counties"] == []
    assert supervise("brief", "--lang", "zh", check=0).text.count("- 无") == 3
    assert supervise("progress", "--format", "json", check=0).json() == []
    assert supervise("show", "P1").code == 1


def test_show_leaves_out_for_people_what_a_record_has_not(golden: InProcess) -> None:
    text = golden("show", "B1", *DAY, "--lang", "en", check=0).text
    assert "Citizen ID" not in text and "Timeline" in text
    told = golden("show", "B1", *DAY, "--format", "json", check=0).json()
    assert told["person_id"] is None and list(told)[:2] == ["kind", "no"] and list(told)[-1] == "timeline"
    assert list(told["timeline"][0]) == ["at", "what", "who", "detail", "amount", "ref", "late"]
    assert (
        golden("show", "B1", "--columns", "no,status", *DAY, "--format", "csv", check=0).text.count("\n") == 2
    )


def test_failures_that_moved_are_listed_from_a_day_on(golden: InProcess) -> None:
    def numbers(*asked: str) -> list[str]:
        rows = golden("failed", *asked, "--format", "json", check=0).json()
        return [row["payment_no"] for row in rows]

    # P109 bounced on 10-09, P103 and P104 were cleared on 10-13
    assert numbers("--new", "--since", "2025-10-01", *DAY) == ["P109"]
    assert set(numbers("--cleared", "--since", "2025-10-13", *DAY)) == {"P103", "P104"}
    assert numbers("--cleared", "--since", "2025-10-14", *DAY) == []
    assert numbers("--new", *DAY) == []
    assert golden("failed", "--new", "--cleared").code == golden("failed", "--new", "--daily").code == 2


def test_a_plot_is_as_long_as_its_series() -> None:
    assert plotted((0, 1, 5, 10)) == "_.+@"
    assert plotted((0, 0)) == "__" and plotted(()) == ""
