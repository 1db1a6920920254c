"""Files as they really come: titles, Chinese headers, odd encodings, and lines that cannot land."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np

from seeds.world.people import HEAD
from seeds.world.scene import Scene
from seeds.world.units import account, bank, bureau
from store.identity import is_card_no
from store.money import yuan

PAYMENTS, FUNDS, RETURNS = "90-untidy-payments.csv", "91-untidy-funds.csv", "92-untidy-returns.tsv"
COUNTY = "511024"


def _someone(scene: Scene, count: int) -> list[int]:
    people = scene.people
    heads = np.flatnonzero((people.role == HEAD) & (people.age >= 18) & (people.county == 2)).tolist()
    return scene.chance.one("untidy").sample(heads, count)


def write_untidy(scene: Scene, folder: Path) -> list[Path]:
    """Three files, and in the batches the one that the first of them belongs to."""
    return [_payments(scene, folder), _funds(scene, folder), _returns(scene, folder)]


def _payments(scene: Scene, folder: Path) -> Path:
    """A town's own sheet: seven good lines, four doubtful ones, the rest rejected or held."""
    today, people = scene.today, scene.people
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    stem = f"{month:%Y%m}9MZ13{COUNTY}"
    rows: list[list[str]] = []
    for n, person in enumerate(_someone(scene, 16), 1):
        rows.append(
            [
                f"{stem}{n:06d}",
                "PC" + stem,
                people.ids[person],
                people.names[person],
                scene.wallet.numbers[person],
                f"{800 + 100 * n}.00",
                scene.homes[person],
                "",
                "正常",
            ]
        )
    ids, cards = 2, 4
    rows[7][ids] = rows[7][ids][:17] + ("1" if rows[7][ids][17] != "1" else "2")
    rows[8][cards] = rows[8][cards][:-1] + str((int(rows[8][cards][-1]) + 3) % 10)
    rows[9][ids] = "9.90103E+17"
    lost = rows[10][cards][:15] + "0" * (len(rows[10][cards]) - 15)
    rows[10][cards] = lost if not is_card_no(lost) else lost[:13] + str((int(lost[13]) + 1) % 10) + lost[14:]
    rows[11][3] = ""
    rows[12][5] = "1,200.005"
    rows[13][6] = "511"
    rows[14][0], rows[14][5] = rows[0][0], "999.00"
    rows[15][1] = "PC2099019MZ13511024"

    landing = rows[:11]
    fen = sum(int(row[5].split(".")[0].replace(",", "")) * 100 for row in landing)
    sent = scene.days.after(today, -2)
    scene.output.row(
        "batches",
        "PC" + stem,
        "MZ13",
        f"{month:%Y-%m}",
        COUNTY,
        bureau("civil_affairs", COUNTY),
        bank(COUNTY, 0),
        scene.days.after(today, 2),
        sent,
        len(landing),
        yuan(fen),
        None,
        account(COUNTY, 0),
        scene.days.after(sent, -3),
        scene.days.after(sent, -1),
    )
    header = ["流水号", "批次号", "证件号码", "享受人姓名", "银行账号", "实发金额", "区划代码", "原流水号"]
    text = [
        "威远县临时救助金发放明细表" + "," * 9,
        f"填报单位：威远县民政局,,,,,,,填报日期：{sent:%Y年%m月%d日},,",
        ",".join([*header, "发放性质", "备注"]),
        *(",".join(f'"{cell}"' if "," in cell else cell for cell in [*row, ""]) for row in rows),
        f"合计,,,,,{yuan(fen)},,,,",
    ]
    return _write(folder / PAYMENTS, "\r\n".join(text) + "\r\n", "gb18030")


def _funds(scene: Scene, folder: Path) -> Path:
    """Five entries, of which one stands."""
    today = scene.today
    year = today.year
    day = f"{today:%Y年%m月%d日}"
    text = [
        "凭证号,类型,项目编码,区划代码,金额,日期,年度",
        f"ZB{year}BC01,指标,MZ13,{COUNTY},50000.00,{day},{year}",
        f"ZB{year}BC02,指标,ZZ99,{COUNTY},120000.00,{day},{year}",
        f"ZB{year}BC03,用款计划,MZ13,{COUNTY},8000.00,{year}-13-40,{year}",
        f"ZB{year}BC04,调剂,MZ13,{COUNTY},8000.00,{day},{year}",
        f"ZB{year}BC05,指标,MZ13,{COUNTY},八千元,{day},{year}",
    ]
    return _write(folder / FUNDS, "\n".join(text) + "\n", "utf-8-sig")


def _returns(scene: Scene, folder: Path) -> Path:
    """A bank's answers to payments that nobody has sent in yet, and two that say nothing."""
    day = scene.days.after(scene.today, -1)
    stem = f"{day:%Y%m}8MZ13511083"
    text = [
        "流水号\t结果\t失败原因\t处理时间",
        f"{stem}000001\t成功\t\t{day} 10:12",
        f"{stem}000002\t失败\t户名不符\t{day} 10:12",
        f"{stem}000003\t成功\t\t{day} 10:13",
        f"{stem}000004\t不明\t\t{day} 10:13",
        f"{stem}000005\t成功\t\t",
    ]
    return _write(folder / RETURNS, "\n".join(text) + "\n", "utf-16")


def _write(path: Path, text: str, encoding: str) -> Path:
    path.write_bytes(text.encode(encoding))
    return path
