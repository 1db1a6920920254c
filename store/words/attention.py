"""Words of attention, and of what changed."""

WORDS = {
    "command.attention": ("列出本岗位跟踪的对象", "List what this post follows"),
    "command.attention.of": ("列出对某一对象的全部关注", "List all attention that something was given"),
    "command.attention.mark": ("留下关注记录", "Leave a note of attention on something"),
    "command.attention.follow": ("跟踪某一对象", "Follow something"),
    "command.attention.unfollow": ("不再跟踪某一对象", "Follow something no longer"),
    "command.changes": ("列出上次查看以来的变化", "List what changed since the last look"),
    "command.changes.looked": ("记为已查看", "Say that all changes so far were looked at"),
    "option.note": ("关注内容", "what was noticed"),
    "option.subject_kind": (
        "对象类别：case、batch、failure、payment 或 item（默认自动识别）",
        "what the number is: case, batch, failure, payment or item (default: found out)",
    ),
    "option.every_attention": ("包括关注记录和已取消的跟踪", "marks and past follows too"),
    "option.changes_since": ("从哪一天起（默认上次查看）", "from this day on (default: the last look)"),
    "option.seq": ("查看到第几条留痕（默认最新）", "looked at up to this event (default: the newest)"),
    "field.note": ("关注内容", "Note"),
    "field.follows": ("跟踪中", "Followed"),
    "field.followed": ("跟踪", "Followed"),
    "enum.verb.attention.mark": ("留下关注", "attention given"),
    "enum.verb.attention.follow": ("开始跟踪", "followed"),
    "enum.verb.attention.unfollow": ("不再跟踪", "followed no longer"),
    "error.attention_note": ("请用 --note 写明关注内容。", "Say what was noticed: --note TEXT."),
    "error.attention_followed": ("本岗位已在跟踪 {no}。", "This post follows {no} already."),
    "error.attention_not_followed": ("本岗位没有跟踪 {no}。", "This post does not follow {no}."),
}
