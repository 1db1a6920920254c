"""Standard reasons of failed payments: code, name, cause, and the usual cure; and the bank wordings known so far.

Reasons and causes are the contract's; cures follow what paying offices write, and an office may change all of it.
"""

from __future__ import annotations

# (code, Chinese name, cause, usual cure)
REASONS = (
    ("account_not_found", "账号不存在", "entry_error", "核对账号并重新录入"),
    ("name_mismatch", "户名不符", "entry_error", "核对姓名和生僻字后更正"),
    ("data_format", "数据格式错误", "entry_error", "按格式重新生成"),
    ("account_closed", "已销户", "base_data", "办理账户变更"),
    ("card_inactive", "卡未激活", "base_data", "到柜面或上门激活"),
    ("card_lost", "已挂失", "base_data", "补换卡后变更账号"),
    ("account_dormant", "长期不动户", "base_data", "重新启用；先核实是否健在、卡由谁持有"),
    ("id_expired", "证件过期", "base_data", "更新证件资料"),
    ("person_dead", "已死亡", "base_data", "停发并核实，按规定处理"),
    ("account_frozen", "账户冻结", "account", "改用本人其他账户，经审批"),
    ("account_restricted", "账户功能受限", "account", "由银行解除限制"),
    ("limit_exceeded", "超账户限额", "account", "升级账户类别或分次发放"),
    ("bank_system", "银行系统故障", "bank", "先查证结果，不明时不得重发"),
    ("other", "其他", "backend_data", "由代发银行补充说明"),
)

CAUSES = ("entry_error", "base_data", "account", "bank", "backend_data")

WORDINGS = {
    "account_not_found": (
        "账号不存在 账户不存在 无此账号 无此账户 账号错误 帐号不存在 帐号错误 账号有误 卡号不存在 卡号错误 无此卡号 "
        "账号位数错误 收款账号不存在 收款人账号不存在 账号或户名不存在 客户账号不存在 查无此账户 查无此账号 账户信息不存在"
    ),
    "name_mismatch": (
        "户名不符 户名与账号不符 账号户名不符 户名账号不符 账号与户名不符 姓名不符 户名错误 户名有误 收款人户名不符 "
        "账户名不符 客户姓名不符 姓名与账号不符 户名不一致 姓名不一致 账户户名不符 户名与账户不符 证件号与账户不符 "
        "姓名或账号不符 账号、户名不符 户名不匹配"
    ),
    "data_format": (
        "数据格式错误 格式错误 数据有误 报文格式错误 文件格式错误 数据格式不正确 字段格式错误 金额格式错误 账号格式错误 "
        "证件号格式错误 数据校验失败 开户行行号错误 行号错误 开户行错误"
    ),
    "account_closed": (
        "已销户 账户已销户 账号已注销 账户已注销 卡已注销 账户销户 销户 此账户已销户 客户已销户 卡片已注销 "
        "社保卡已注销 该账户已销户 账户状态销户 账户已关闭 卡已销户 卡已换 已换卡"
    ),
    "card_inactive": (
        "卡未激活 社保卡未激活 金融账户未激活 未激活 账户未激活 社保卡金融功能未激活 社保卡金融账户未激活 卡片未激活 "
        "账户未启用 卡未启用 未启用 卡封存 社保卡未领取"
    ),
    "card_lost": "已挂失 卡已挂失 账户挂失 账户已挂失 卡挂失 挂失 卡片已挂失 口头挂失 书面挂失 账户状态挂失",
    "account_dormant": (
        "长期不动户 睡眠户 久悬户 久悬 账户久悬 不动户 长期未使用 账户为睡眠户 账户已转久悬 转久悬 休眠户 账户休眠"
    ),
    "id_expired": (
        "证件过期 身份证过期 证件已过期 身份证已过期 证件失效 身份证件过期 客户证件过期 证件有效期已过 证件到期"
    ),
    "person_dead": "已死亡 客户已死亡 死亡 人员死亡 账户所有人已死亡 持卡人死亡 持卡人已死亡 客户死亡",
    "account_frozen": (
        "账户冻结 账户已冻结 已冻结 冻结 司法冻结 账户被冻结 卡已冻结 账户状态冻结 账号冻结 有权机关冻结"
    ),
    "account_restricted": (
        "账户功能受限 止付 账户止付 已止付 只收不付 不收不付 账户受限 账户限制 账户被限制 账户状态异常 账户异常 "
        "状态异常 账户控制 暂停非柜面业务 账户已控制 收付控制 账户状态不正常"
    ),
    "limit_exceeded": (
        "超账户限额 超限额 超出限额 超过限额 二类户超限 三类户超限 二类账户超限额 账户余额超限 超过账户限额 "
        "Ⅱ类户超限额 Ⅲ类户超限额 超过日累计限额 超年累计限额"
    ),
    "bank_system": (
        "银行系统故障 系统故障 系统繁忙 系统繁忙请稍后再试 系统超时 交易超时 通信超时 通讯超时 系统异常 系统错误 "
        "网络异常 通讯故障 处理超时 系统维护 主机超时 代发账户余额不足"
    ),
    "other": "其他 其他原因 其它 其它原因 未知原因 原因不明",
}


def wordings() -> dict[str, str]:
    """Every known wording and its reason."""
    return {text: reason for reason, texts in WORDINGS.items() for text in texts.split()}
