"""What is said of a person's own settings of the console."""

WORDS = {
    "error.wish_choice": (
        "个人设置 {name} 的值 {value} 不能用，可以用：{choices}。按 {default} 处理。",
        "The setting {name} cannot be {value}; it can be {choices}. {default} is used.",
    ),
    "error.wish_unknown": (
        "个人设置里没有 {name} 这一项；有：{names}。",
        "There is no setting {name}; there are {names}.",
    ),
    "error.wish_table": (
        "个人设置 {name} 应当是一节，写作 [{name}]。",
        "The setting {name} is a section of its own: [{name}].",
    ),
    "error.wish_action": (
        "个人设置 {name}：没有这个操作。可以改键的操作：{actions}。",
        "The setting {name} names no action. Keys can be chosen for {actions}.",
    ),
    "error.wish_keys": (
        '个人设置 {name} 的值 {value} 不能用，应当是一个键或几个键，如 "F2" 或 ["F2", "/"]。仍用原来的键。',
        'The setting {name} cannot be {value}; it is a key or several, such as "F2" or ["F2", "/"]. '
        "The usual keys stay.",
    ),
    "error.wish_key": (
        "个人设置 {name} 的值 {value} 不是能用的键；可以用一个字符，或 {keys}。仍用原来的键。",
        "The setting {name} cannot be {value}: a key is one character, or one of {keys}. The usual keys stay.",
    ),
    "error.wish_no_key": (
        "个人设置 {name} 去掉了这个操作的最后一个键，没有采用。至少留一个键。",
        "The setting {name} would leave the action without a key and is not used. Leave it one at least.",
    ),
    "error.wish_clash": (
        "个人设置 {name} 的键 {value} 已经用于 {action}，没有采用。请换一个键，或先给 {action} 换键。",
        "The setting {name} is not used: its key {value} belongs to {action}. "
        "Choose another, or another for {action}.",
    ),
    "console.settings_more": (
        "{sentence}（另有 {count} 处，输入 :check 查看）",
        "{sentence} ({count} more: type :check)",
    ),
}
