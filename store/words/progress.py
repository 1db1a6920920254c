"""Words of how far each payment round is."""

_STATES = {
    "case": ("申报", "Cases"),
    "declare": ("户报", "Declaration"),
    "village_review": ("村评", "Village review"),
    "town_review": ("镇审", "Town review"),
    "notice": ("公示", "Publicity"),
    "county_approval": ("县定", "County approval"),
    "city_supervision": ("市管", "City supervision"),
    "appropriation": ("拨付", "Appropriation"),
    "disbursement": ("代发", "Disbursement"),
    "between": ("环节之间", "Between stages"),
    "refused": ("不予批准", "Refused"),
    "approved": ("已审定待列批", "Approved, not batched"),
    "batched": ("已列批", "Batched"),
    "payment": ("发放", "Payments"),
    "not_sent": ("未送银行", "Not sent"),
    "no_return": ("无回盘", "No return"),
    "credited": ("已到账", "Credited"),
    "failed": ("失败", "Failed"),
    "refunded": ("已退库", "Refunded"),
}
_ELSEWHERE = {"field.not_sent_count", "field.no_return_count", "field.failed_count", "field.refunded_count"}

WORDS = {
    "command.progress": (
        "各项目各期次的审批发放进度",
        "Show how far each payment round is, by programme, period and place",
    ),
    "option.period": ("期次，如 2025-09、2025Q3", "the period, such as 2025-09 or 2025Q3"),
    "option.by_place": (
        "细分到 programme（项目）、county（区县，默认）或 town（乡镇）",
        "programme, county (the default) or town",
    ),
    "error.bad_period": (
        "{text} 不是期次，请写成 2025、2025H1、2025Q3、2025-09 或 2025T1 这样。",
        "{text} is no period; write it like 2025, 2025H1, 2025Q3, 2025-09 or 2025T1.",
    ),
    "field.town_code": ("乡镇代码", "Town code"),
    "field.town": ("乡镇", "Town"),
    **{
        key: text
        for name, (zh, en) in _STATES.items()
        for key, text in (
            (f"field.{name}_count", (zh, en)),
            (f"field.{name}_amount", (f"{zh}金额", f"{en}: amount")),
        )
        if key not in _ELSEWHERE
    },
}
