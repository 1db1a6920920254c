"""What is said of a filter that cannot be understood: what is wrong, where, and what to write instead."""

WORDS = {
    "error.where_no_list": (
        "这里只有一张表的数字，没有各行可筛选；区县列表请用 --silent。",
        "These are the figures of one page, no rows to filter; --silent lists counties.",
    ),
    "error.filter_long": (
        "筛选有 {count} 个字，最多 {most} 个：请分几步筛选。",
        "The filter has {count} characters, {most} are the most: filter in several steps.",
    ),
    "error.filter_deep": (
        "第 {at} 个字处括号或“非”套了 {most} 层以上：请写得浅一些。",
        "At character {at} more than {most} parentheses or nots stand within each other: write it flatter.",
    ),
    "error.filter_quote": (
        "第 {at} 个字的引号 {sign} 没有收尾：请补上后引号。",
        "The quote {sign} at character {at} is not closed: close it.",
    ),
    "error.filter_open": (
        "第 {at} 个字的左括号没有对应的右括号：请补上 )。",
        "The parenthesis at character {at} is not closed: add a ).",
    ),
    "error.filter_close": (
        "第 {at} 个字的右括号多出来了：请删去，或在前面补上 (。",
        "The ) at character {at} closes nothing: take it away, or add a ( before it.",
    ),
    "error.filter_ends": (
        "第 {at} 个字处还缺一个条件：请写完，或删去最后的连接词。",
        "A condition is missing at character {at}: write it, or take the last joining word away.",
    ),
    "error.filter_term": (
        "第 {at} 个字处的 {text} 看不懂：这里应是一个词或“栏目>值”；要找它本身请加引号。",
        "{text} at character {at} is not understood: a word or field>value belongs here; quote it to find it.",
    ),
    "error.filter_no_field": (
        "第 {at} 个字的 {text} 前面没有栏目：请写成 栏目{text}值，如 超时>10。",
        "No field stands before {text} at character {at}: write field{text}value, such as overdue>10.",
    ),
    "error.filter_value": (
        "第 {at} 个字处 {field} 后面要有内容，如 {field}>10。",
        "{field} needs a value at character {at}, such as {field}>10.",
    ),
    "error.filter_one": (
        "第 {at} 个字处 {field}{sign} 后面只能是一个值；几个值请用 = 。",
        "{field}{sign} takes one value, at character {at}; = takes several.",
    ),
    "error.filter_between": (
        "第 {at} 个字处 {field} 的范围缺了后一半：请写成 {field}=10..20。",
        "The range of {field} has no second half at character {at}: write {field}=10..20.",
    ),
    "error.filter_range_field": (
        "第 {at} 个字的范围 {text}.. 前面没有栏目：请写成 栏目={text}..；要找它本身请加引号。",
        "No field stands before the range {text}.. at character {at}: write field={text}.., or quote it.",
    ),
    "error.filter_range": (
        "第 {at} 个字的范围 {low}..{high} 里什么也没有：小的写在前面。",
        "The range {low}..{high} at character {at} holds nothing: write the smaller one first.",
    ),
    "error.filter_no_range": (
        "{field} 没有大小，不能用范围（第 {at} 个字）：请用 = 列出各值。",
        "{field} has no order, so no range (character {at}): name the values after =.",
    ),
    "error.filter_no_order": (
        "{field} 没有大小，不能用 {text}（第 {at} 个字）：请用 = 或 !=。",
        "{field} has no order, so no {text} (character {at}): use = or !=.",
    ),
    "error.filter_field": (
        "没有 {field} 这一栏（第 {at} 个字），可用：{fields}",
        "There is no field {field} (character {at}); there are: {fields}",
    ),
    "error.filter_fields": (
        "{field} 可以是几栏（第 {at} 个字），请写全：{fields}",
        "{field} may be several fields (character {at}), write one of: {fields}",
    ),
    "error.filter_code": (
        "{field} 没有 {text}（第 {at} 个字），可写：{codes}",
        "{field} is never {text} (character {at}); it may be: {codes}",
    ),
    "error.filter_codes": (
        "{field} 的 {text} 可以是几个（第 {at} 个字），请写全：{codes}",
        "{text} may be several of {field} (character {at}), write one of: {codes}",
    ),
    "error.filter_not_number": (
        "{field} 是数，不能与 {text} 比较（第 {at} 个字）：请写 10、1.5万 或 80%。",
        "{field} is a number and cannot be compared with {text} (character {at}): write 10, 1500 or 80%.",
    ),
    "error.filter_not_money": (
        "{field} 是金额，不能与 {text} 比较（第 {at} 个字）：请写 500、1234.50 或 5万。",
        "{field} is in yuan and cannot be compared with {text} (character {at}): write 500, 1234.50 or 5万.",
    ),
    "error.filter_not_day": (
        "{field} 是日期，不能与 {text} 比较（第 {at} 个字）：请写 2025-06-30、2025-06 或 2025。",
        "{field} is a day and cannot be compared with {text} (character {at}): write 2025-06-30, 2025-06 or 2025.",
    ),
    "error.filter_not_moment": (
        '{field} 是时间，不能与 {text} 比较（第 {at} 个字）：请写 2025-06-30、2025-06 或 "2025-06-30 14:30"。',
        "{field} is a time and cannot be compared with {text} (character {at}): "
        'write 2025-06-30, 2025-06 or "2025-06-30 14:30".',
    ),
    "error.filter_not_flag": (
        "{field} 只有是和否，没有 {text}（第 {at} 个字）：请写 是 或 否。",
        "{field} is yes or no, not {text} (character {at}): write yes or no.",
    ),
}
