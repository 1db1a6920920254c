"""How fast the command line starts and answers: `python tests/benchmarks/command_line.py`.

`overdue --format json` stands beside `sqlite-utils query` on the same rows, in an environment of its own (in
a temporary folder, unless `--peer` names its interpreter), and `--help` beside `python -c pass`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.builders import citizen_id, write, write_reference  # noqa: E402

DAY = date(2025, 9, 30)
COUNTY = "511002"
LATE, IN_TIME = 2000, 8000
Words = Sequence[str | Path]
RUN = "from commands.app import main; main()"
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "HOME": "/"}


def write_cases(folder: Path) -> None:
    """Cases of a county: some are late in the township's review, the others were through it in time."""
    write_reference(folder, [COUNTY, "511025"])
    limits = [{"programme_code": "*", "stage": "town_review", "limit": 7, "limit_unit": "workday"}]
    write(folder, "deadlines", [{**each, "valid_from": "2020-01-01"} for each in limits], "03-deadlines")
    cases, stages, people = [], [], []
    for number in range(LATE + IN_TIME):
        entered = DAY - timedelta(days=30 + number % 60)
        left = "" if number < LATE else f"{entered + timedelta(days=1)} 10:00"
        no, person = f"SB{number:08d}", citizen_id(number)
        people.append(
            {"person_id": person, "name": f"张小{chr(0x4E00 + number % 5000)}", "region_code": COUNTY}
        )
        cases.append(
            {
                "case_no": no,
                "programme_code": "ABC"[number % 3],
                "period": "202509",
                "person_id": person,
                "region_code": f"{COUNTY}{100 + number % 20}",
                "amount": f"{100 + number}.50",
                "applied_on": entered,
            }
        )
        visit = {"case_no": no, "stage": "town_review", "entered_at": f"{entered} 09:00", "left_at": left}
        stages.append({**visit, "unit_code": f"U{1 + number % 2}", "operator": "罗强"})
    for number, (feed, rows) in enumerate({"people": people, "cases": cases, "stages": stages}.items(), 4):
        write(folder, feed, rows, f"{number:02d}-{feed}")


def run(command: Words, **more: object) -> bytes:
    """What a command prints; CalledProcessError where it fails."""
    made = subprocess.run(command, check=True, env=ENVIRONMENT, stdout=subprocess.PIPE, **more)  # type: ignore[call-overload]
    return bytes(made.stdout)


def once(command: Words) -> tuple[float, float]:
    """Milliseconds that a command takes, by the clock and by the processor."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return (time.perf_counter() - start) * 1000, (used.ru_utime + used.ru_stime) * 1000


def beside(title: str, ours: Words, peers: Words, runs: int, reach: float) -> None:
    """Print what two commands take that are run in turn: medians and quickest, and the ratios."""
    once(ours), once(peers)
    pairs = [(once(ours), once(peers)) for _ in range(runs)]
    for place, name in enumerate(("clock", "processor")):
        us, them = [pair[0][place] for pair in pairs], [pair[1][place] for pair in pairs]
        print(
            f"{title:<28}{name:<10} {median(us):7.0f} ms beside {median(them):6.0f} ms: "
            f"{median(us) / median(them):5.2f}x   quickest {min(us):6.0f} beside {min(them):6.0f}: "
            f"{min(us) / min(them):5.2f}x   (reach {reach}x)"
        )


def peer_in(folder: Path) -> Path:
    """A clean environment with sqlite-utils alone, its bytecode compiled."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "sqlite-utils"], check=True)
    subprocess.run([python, "-m", "compileall", "-q", folder / "lib"], check=False)
    return python


def main() -> None:
    """Make the store and the peer, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--peer", type=Path, help="an interpreter beside which sqlite-utils stands")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        peer = asked.peer or peer_in(folder / "peer")
        write_cases(folder / "files")
        supervise: list[str | Path] = [sys.executable, "-c", RUN]
        store = folder / "store.db"
        run([*supervise, "import", folder / "files", "--store", store, "--as-of", str(DAY)])
        overdue: list[str | Path] = [*supervise, "overdue", "--county", COUNTY, "--store", store]
        overdue += ["--as-of", str(DAY), "--format", "json"]
        rows = run(overdue)
        sqlite_utils = peer.parent / "sqlite-utils"
        run([sqlite_utils, "insert", folder / "rows.db", "rows", "-"], input=rows)
        query = [sqlite_utils, "query", folder / "rows.db", "select * from rows"]
        print(f"{rows.count(b'case_no')} rows, {len(rows) >> 10} KiB, {asked.runs} runs each, in turn")
        beside("overdue --format json", overdue, query, asked.runs, 2.5)
        beside("--help", [*supervise, "--help"], [sys.executable, "-c", "pass"], asked.runs, 8)


if __name__ == "__main__":
    main()
