"""Words of the care of a store."""

WORDS = {
    "command.store": (
        "库的体检、备份、迁移与分析副本",
        "Look after the store: its condition, backups, moves, copies",
    ),
    "enum.subject_kind.derived": ("派生数据", "derived data"),
    "command.store.check": (
        "从原始记录重算所有派生数据，列出不一致之处（有不一致时退出码为 1）",
        "Recompute everything derived from the raw rows and name what differs (exit 1 when something does)",
    ),
    "option.repair": ("把不一致的派生数据重新生成并留痕", "make what differs anew, and trace it"),
    "field.derived": ("派生数据", "Derived"),
    "field.stored": ("库中", "Stored"),
    "field.recomputed": ("重算", "Recomputed"),
    "enum.derived.trace": ("操作留痕", "trace"),
    "enum.derived.person_payment": ("人员与发放的关联", "link from people to payments"),
    "enum.derived.failures": ("发放失败", "failures"),
    "enum.derived.batch_day": ("批次逐日情况", "days of batches"),
    "enum.derived.batch_county": ("批次分县现状", "batches as they stand, by county"),
    "enum.derived.batch_now": ("批次现状", "batches as they stand"),
    "enum.derived.claim_sum": ("申报审批合计", "sums of cases"),
    "enum.derived.stay_sum": ("未办结环节合计", "sums of open stays"),
    "enum.derived.failure_sum": ("日跟踪合计", "sums of failures"),
    "enum.derived.feedback_sum": ("周反馈合计", "sums of feedback"),
    "enum.derived.arrival": ("数据到达日", "days of arrival"),
    "enum.derived.file_counts": ("文件行数", "counts of files"),
    "enum.verb.store_repair": ("派生数据重新生成", "derived data made anew"),
    "check.clean": ("派生数据与原始记录一致。", "Everything derived agrees with the raw rows."),
    "check.differs": ("{what}：{count} 处不一致。", "{what}: {count} differences."),
    "check.mended": ("{what}：{count} 处不一致，已重新生成。", "{what}: {count} differences, made anew."),
    "error.check_whole_store": (
        "岗位 {post} 只看得到一部分数据，整库核对要由看得到全部数据的岗位来做。",
        "Post {post} sees only a part; the whole store is checked by a post that sees everything.",
    ),
}
