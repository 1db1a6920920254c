"""How the files of the made-up world are written: lines of text, joined in large pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

# The order is that of the life of a payment; the number is what a folder listing sorts by.
FILES: dict[str, tuple[str, str]] = {
    "regions": ("01-regions.csv", "region_code,name"),
    "units": ("02-units.csv", "unit_code,name,kind,region_code,parent_code,leader,contact,phone"),
    "programmes": ("03-programmes.csv", ""),
    "standards": (
        "04-standards.csv",
        "programme_code,region_code,valid_from,valid_to,amount,measure,policy_no",
    ),
    "deadlines": ("05-deadlines.csv", ""),
    "people": (
        "06-people.csv",
        "person_id,name,household_no,is_head,relation,region_code,group_name,phone,status,status_on,"
        "identities,guardian_id",
    ),
    "cards": (
        "07-cards.csv",
        "card_no,person_id,bank_code,status,issued_on,keeper_id,keeper_relation,keeper_agreed_on,"
        "keeper_valid_to,keeper_file_no",
    ),
    "lists": (
        "08-lists.csv",
        "kind,person_id,name,effective_on,ended_on,detail,ref_no,related_id,relation,data_as_of,source,value",
    ),
    "cases": (
        "09-cases.csv",
        "case_no,programme_code,period,person_id,region_code,amount,quantity,applied_on",
    ),
    "stages": (
        "10-stages.csv",
        "case_no,stage,entered_at,left_at,unit_code,operator,operator_id,outcome,opinion",
    ),
    "pauses": ("11-pauses.csv", "case_no,paused_at,resumed_at,reason"),
    "notices": (
        "12-notices.csv",
        "programme_code,period,region_code,posted_on,ended_on,place,objections,round,people_count,photos",
    ),
    "batches": (
        "13-batches.csv",
        "batch_no,programme_code,period,region_code,unit_code,bank_code,pay_by,submitted_on,count,amount,"
        "voucher_no,account_no,created_on,approved_on",
    ),
    "payments": (
        "14-payments.csv",
        "payment_no,batch_no,person_id,name,card_no,amount,region_code,reissue_of,case_no,payee_id,"
        "payee_name,payee_relation,nature",
    ),
    "returns": ("15-returns.csv", "payment_no,result,reason,settled_at,bank_serial"),
    "feedback": ("16-feedback.csv", "payment_no,given_at,unit_code,content,expected_on"),
    "funds": (
        "17-funds.csv",
        "entry_no,kind,programme_code,region_code,amount,on_date,account_no,parent_no,doc_no,budget_year,"
        "batch_no,payment_no",
    ),
    "balances": ("18-balances.csv", "account_no,on_date,balance,bank_code,region_code"),
    "messages": ("19-messages.csv", "payment_no,phone,sent_at,status"),
    "complaints": (
        "20-complaints.csv",
        "complaint_no,received_at,channel,region_code,programme_code,person_id,content,replied_at,kind,"
        "unit_code,due_on,reply,satisfied",
    ),
}


@dataclass(frozen=True)
class Output:
    """The open files of a world, by feed."""

    folder: Path
    files: dict[str, TextIO] = field(default_factory=dict)

    def lines(self, feed: str, lines: Sequence[str]) -> None:
        """Write lines that are already joined by commas."""
        if lines:
            self.files[feed].write("\n".join(lines) + "\n")

    def row(self, feed: str, *values: object) -> None:
        """Write one line; None is an empty cell, and no value may hold a comma."""
        self.files[feed].write(joined(values) + "\n")

    def whole(self, feed: str, content: bytes) -> None:
        """Write a whole file, header and all, as it came."""
        (self.folder / FILES[feed][0]).write_bytes(content)

    def paths(self) -> list[Path]:
        """The paths of all files in order."""
        return [self.folder / name for name, _ in FILES.values()]


def joined(values: Iterable[object]) -> str:
    """The values as one line, without its end."""
    return ",".join("" if value is None else str(value) for value in values)


@contextmanager
def opened(folder: Path) -> Iterator[Output]:
    """Open every file that is written line by line, with its header, and close them all."""
    output = Output(folder)
    try:
        for feed, (name, header) in FILES.items():
            if header:
                # 1 MiB: the large files are written a batch at a time
                path = folder / name
                output.files[feed] = open(path, "w", encoding="utf-8", newline="", buffering=1 << 20)  # noqa: SIM115
                output.files[feed].write(header + "\n")
        yield output
    finally:
        for handle in output.files.values():
            handle.close()
