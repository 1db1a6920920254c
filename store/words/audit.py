"""Words of the trace."""

WORDS = {
    "command.audit": ("查看操作留痕", "Show the trace of what was done"),
    "command.audit.verify": (
        "核验操作留痕是否完整（有问题时退出码为 3）",
        "Check that the trace is whole (exit 3 when it is not)",
    ),
    "option.against": (
        "与另处记下的“序号:哈希”核对",
        "hold the trace to a SEQ:HASH that was noted elsewhere",
    ),
    "option.verb": ("只看这一种操作", "this kind of act only"),
    "option.subject": ("只看这一个对象", "this subject only"),
    "field.seq": ("序号", "No."),
    "field.login": ("系统用户", "Login"),
    "field.verb": ("操作", "Act"),
    "field.subject_kind": ("对象类别", "Subject kind"),
    "field.subject": ("对象", "Subject"),
    "field.detail": ("详情", "Detail"),
    "field.hash": ("哈希", "Hash"),
    "field.head": ("末条（序号:哈希）", "Head (SEQ:HASH)"),
    "field.findings": ("发现的问题", "Findings"),
    "field.finding": ("问题", "Finding"),
    "enum.verb.store_made": ("建库", "store made"),
    "enum.verb.post_add": ("新增岗位", "post added"),
    "enum.verb.reveal": ("查看完整个人信息", "personal data revealed"),
    "enum.verb.export": ("导出", "exported"),
    "enum.finding.altered": ("被改动", "altered"),
    "enum.finding.missing": ("缺失", "missing"),
    "enum.finding.cut": ("末尾被截断", "tail cut off"),
    "enum.finding.beyond": ("末尾多出", "beyond the end"),
    "enum.finding.head": ("末尾记录不符", "end differs"),
    "enum.finding.against": ("与另处记录不符", "differs from the note"),
    "audit.altered": (
        "第 {seq} 条与其哈希不符：它或它前面的哈希被改动过。",
        "Event {seq} does not fit its hash: it, or the hash before it, was changed.",
    ),
    "audit.missing": ("从第 {seq} 条起缺失。", "Events are missing from {seq} on."),
    "audit.cut": (
        "末尾被截断，从第 {seq} 条起缺失。",
        "The tail is cut off: events are missing from {seq} on.",
    ),
    "audit.beyond": (
        "从第 {seq} 条起，超出了记录的末尾。",
        "Events from {seq} on lie beyond the recorded end.",
    ),
    "audit.head": (
        "记录的末尾（第 {seq} 条）不在或与之不符。",
        "The recorded end ({seq}) is gone or names another hash.",
    ),
    "audit.against": (
        "第 {seq} 条与另处记下的哈希不符，或已不在。",
        "Event {seq} is gone, or is not the one that was noted elsewhere.",
    ),
    "error.bad_mark": (
        "{text} 应写成“序号:哈希”，哈希为 64 位。",
        "{text} is no SEQ:HASH; the hash has 64 digits.",
    ),
}
