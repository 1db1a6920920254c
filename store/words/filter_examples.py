"""What the examples of the filter language find."""

WORDS = {
    "filter.written": ("写法", "written"),
    "filter.finds": ("找到的行", "rows that it finds"),
    "filter.or_else": ("、", ", "),
    "filter.words": ("同一行里两个词都出现", "both words stand in the row"),
    "filter.any_word": ("出现其中一个词", "one of the words stands in it"),
    "filter.quoted": ("带空格或符号的内容，放在引号里", "texts with spaces or signs, in quotes"),
    "filter.text": (
        "文字里含有它；编号、代码要整个相同",
        "a text holds it; a number or code is the same as a whole",
    ),
    "filter.whole": ("整个值就是它", "the whole value is it"),
    "filter.holds": ("任何一栏：含有、不含有", "of any column: holds it, does not"),
    "filter.several": ("是其中一个", "is one of them"),
    "filter.ranked": ("等级和环节有先后", "grades and stages have an order"),
    "filter.number": ("`>` `>=` `<` `<=` 比较大小", "`>` `>=` `<` `<=` compare"),
    "filter.range": ("从几到几，两头都算", "from one to the other, both within"),
    "filter.half_range": ("几以上、几以下", "from it on, up to it"),
    "filter.money": ("元，可写百、千、万、亿", "yuan; 百, 千, 万 and 亿 multiply"),
    "filter.day": ("某月的每一天、某天及以后", "every day of the month, the day and later"),
    "filter.period": ("某季、某半年（`2025H1`）、某年", "a quarter, a half (`2025H1`), a year"),
    "filter.unknown": ("没有值、有值", "not known, known"),
    "filter.flag": ("是、否", "yes or no"),
    "filter.and": ("两个条件都符合；空格就是“且”", "both hold; a space is `and`"),
    "filter.or": ("符合一个即可；括号分组", "one of them holds; parentheses group"),
    "filter.not": ("不符合的，值不明的也算", "does not hold, also where nothing is known"),
}
