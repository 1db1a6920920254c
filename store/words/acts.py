"""Words of what is done from the screen, and of its fields."""

WORDS = {
    "command.failed.matches": (
        "列出疑似补发但未注明原明细的发放（同人、同项目、同期、同额）",
        "Payments that look like a reissue which came without its original",
    ),
    "field.result": ("银行结果", "Bank's answer"),
    "field.settled_on": ("结果日期", "Answered on"),
    "enum.result.success": ("成功", "success"),
    "enum.result.failure": ("失败", "failure"),
    "enum.result.bounced": ("退票", "bounced"),
    "enum.result.pending": ("处理中", "pending"),
    "field.match_no": ("疑似补发明细", "Looks like its reissue"),
    "field.match_batch_no": ("疑似补发批次", "Batch of that"),
}
