"""Why banks send money back, in the words of the contract and in words of their own."""

from __future__ import annotations

import random

# Weight, then wordings: the first is the standard one.
WORDINGS: dict[str, tuple[float, tuple[str, ...]]] = {
    "account_not_found": (0.11, ("账号不存在", "无此账户", "查无此户[E0012]", "收款账号有误")),
    "name_mismatch": (
        0.17,
        (
            "户名不符",
            "账号户名不一致",
            "收款人姓名与开户名不符",
            "户名含生僻字，校验不通过",
            "姓名间隔点不一致",
        ),
    ),
    "data_format": (0.03, ("数据格式错误", "账号位数有误", "明细行格式校验失败")),
    "account_closed": (0.16, ("已销户", "账户已注销", "该账户状态：销户", "卡已换发，旧卡注销")),
    "card_inactive": (0.12, ("卡未激活", "社保卡金融功能未启用", "未激活，请到柜台办理")),
    "card_lost": (0.07, ("已挂失", "卡片口头挂失", "挂失止付")),
    "account_dormant": (0.10, ("长期不动户", "久悬户", "账户已转久悬未取专户")),
    "id_expired": (0.05, ("证件过期", "身份证件有效期已过，暂停非柜面业务")),
    "person_dead": (0.03, ("已死亡", "客户已故")),
    "account_frozen": (0.03, ("账户冻结", "司法冻结")),
    "account_restricted": (0.05, ("账户功能受限", "只收不付", "不收不付")),
    "limit_exceeded": (0.02, ("超账户限额", "Ⅱ类户年累计超限")),
    "bank_system": (0.02, ("银行系统故障", "通讯超时，请核实")),
    "other": (0.04, ("其他", "交易失败9999", "RJCT-AC03", "详见附件", "请联系网点", "")),
}
CURED_BY_NEW_CARD = frozenset({"account_not_found", "account_closed", "card_lost", "account_dormant"})
STATUS_LEFT = {
    "account_closed": "closed",
    "card_inactive": "inactive",
    "card_lost": "lost",
    "account_frozen": "frozen",
}
_CODES = tuple(WORDINGS)
_WEIGHTS = tuple(weight for weight, _ in WORDINGS.values())


def pick(stream: random.Random) -> str:
    """A standard reason, as often as it happens."""
    return stream.choices(_CODES, _WEIGHTS)[0]


def worded(stream: random.Random, code: str) -> str:
    """A bank's words for a reason: every second time the standard ones."""
    words = WORDINGS[code][1]
    return words[0] if stream.random() < 0.5 else stream.choice(words)
