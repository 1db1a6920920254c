"""Words of deadlines, failures and their boards."""

WORDS = {
    "why.weekend": ("周末", "weekend"),
    "why.holiday": ("节假日：{name}", "holiday: {name}"),
    "why.paused": ("暂停计时", "the clock was stopped"),
    "why.rolled": ("满期，顺延到下一个工作日", "the limit has run out; it is due on the next working day"),
    "command.overdue": (
        "列出超时的审批、发放、失败和整改",
        "List what is late: approvals, payments, failures, items",
    ),
    "command.failed": (
        "列出发放失败，或日销号、周反馈表",
        "List failed payments, the daily board or the weekly sheet",
    ),
    "command.failed.feedback": ("登记责任单位的反馈", "Record what a unit says of a failed payment"),
    "command.failed.refund": ("登记退回国库", "Record that what is outstanding went back to the treasury"),
    "command.failed.link": ("将一笔发放认作另一笔的复发", "Say that a payment reissues another"),
    "command.explain": ("逐日说明期限怎么算出来的", "Show a deadline day by day"),
    "option.upcoming": ("也列出临期的", "what is due soon as well"),
    "option.finished_late": ("改列超时办结的", "stages that were finished late instead"),
    "option.since": ("从哪一天起", "from this day on"),
    "option.stage": ("环节", "the stage"),
    "option.grade": ("等级：upcoming、yellow、orange 或 red", "the grade: upcoming, yellow, orange or red"),
    "option.daily": ("日销号表", "the daily board"),
    "option.weekly": ("周反馈表", "the weekly sheet"),
    "option.by": ("周反馈表细分到 unit（单位）", "`unit`: the weekly sheet by unit too"),
    "option.without_feedback": ("只列未反馈的", "only those without feedback"),
    "option.reason": ("标准原因", "the standard reason"),
    "option.text": ("反馈内容", "what is said"),
    "option.expected": ("预计办结日期", "the day it is expected to be over"),
    "option.voucher": ("退款凭证号", "number of the refund voucher"),
    "option.to_payment": ("原流水号", "the payment that it pays again"),
    "error.failed_boards": (
        "--daily 与 --weekly 不能同时用；--by 只能是 unit，且须与 --weekly 同用。",
        "--daily and --weekly exclude each other; --by is `unit` and goes with --weekly.",
    ),
    "error.bad_choice": (
        "--{option} 没有 {value} 这一项，可选：{choices}。",
        "--{option} has no {value}; there are: {choices}.",
    ),
    "error.feedback_text": ("请写明反馈内容。", "Say what the unit says."),
    "error.refund_voucher": ("请写明退款凭证号。", "Name the refund voucher."),
    "error.not_failed": (
        "{no} 截至该日没有失败，无需处理。",
        "{no} had not failed by that day; there is nothing to do.",
    ),
    "error.nothing_outstanding": ("{no} 已无未到账金额。", "Nothing is outstanding of {no}."),
    "error.voucher_used": (
        "凭证 {voucher} 已登记过，请核对凭证号。",
        "The voucher {voucher} stands in the store already; check its number.",
    ),
    "error.link_has_original": ("{no} 已有原流水号。", "{no} has its original already."),
    "error.link_circle": (
        "{no} 不能认作 {to} 的复发：会形成循环。",
        "{no} cannot reissue {to}: they would go round in a circle.",
    ),
    "error.link_other_person": (
        "{no} 与 {to} 的享受人不是同一人，不能关联。",
        "{no} and {to} are of two different people and cannot be linked.",
    ),
}
