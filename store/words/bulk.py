"""Words of acts on many rows at once."""

WORDS = {
    "command.ledger.bulk": (
        "对多个整改项办理同一步骤（open 为逐个来源登记）；有跳过的退出码为 3",
        "Take one step with many items (open: one item from each origin); exit 3 when some were skipped",
    ),
    "command.failed.bulk": (
        "对多笔发放失败登记同一反馈；有跳过的退出码为 3",
        "Record the same feedback on many failed payments; exit 3 when some were skipped",
    ),
    "argument.step": ("步骤，如 extend 或 延期", "the step, such as extend"),
    "argument.act": ("办理事项：feedback", "the act: feedback"),
    "option.numbers": (
        "编号清单文件，每行一个；- 为标准输入",
        "a file of numbers, one a line; - is standard input",
    ),
    "option.where_status": ("办理此状态的全部整改项", "all items of this status"),
    "option.where_overdue": ("办理逾期的整改项", "overdue items only"),
    "option.dry_run_bulk": (
        "只列出将办理和将跳过的，不办理",
        "only list what would be done and what skipped",
    ),
    "field.done": ("办理", "Done"),
    "field.made": ("整改项", "Item made"),
    "error.bulk_which": (
        "请用 --numbers 给出编号，或用 --where-status、--county、--overdue 选定，二者取一。",
        "Name the rows with --numbers, or choose them with --where-status, --county or --overdue, not both.",
    ),
    "error.bulk_numbers": (
        "登记须用 --numbers 给出来源编号，并用 --source 写明来源。",
        "To open items, give the origins with --numbers and their kind with --source.",
    ),
    "error.bulk_twice": (
        "{no} 与 {first} 是同一对象，只办理一次。",
        "{no} is the same as {first}: it is done once.",
    ),
    "error.bulk_has_item": (
        "{no} 已有办理中的整改项 {item}。",
        "{no} has an item under way: {item}.",
    ),
    "bulk.would": (
        "将办理 {count} 项，跳过 {skipped} 项；未作任何改动。",
        "{count} would be done, {skipped} skipped; nothing was changed.",
    ),
    "bulk.did": ("已办理 {count} 项，跳过 {skipped} 项。", "{count} done, {skipped} skipped."),
    "enum.subject_kind.case": ("审批件", "case"),
    "enum.subject_kind.batch": ("批次", "batch"),
    "enum.subject_kind.payment": ("发放明细", "payment"),
    "enum.subject_kind.failure": ("发放失败", "failed payment"),
    "enum.subject_kind.failures": ("多笔发放失败", "failed payments"),
    "enum.subject_kind.item": ("整改项", "item"),
    "enum.subject_kind.items": ("多个整改项", "items"),
    "enum.subject_kind.file": ("文件", "file"),
    "enum.subject_kind.view": ("视图", "view"),
    "enum.subject_kind.post": ("岗位", "post"),
    "enum.subject_kind.reason": ("原因", "reason"),
    "enum.subject_kind.wording": ("银行说法", "wording"),
    "enum.subject_kind.setting": ("设置", "setting"),
    "enum.subject_kind.year": ("年份", "year"),
    "enum.subject_kind.store": ("库", "store"),
}
