"""Words of the outgoing formats that no column has."""

WORDS = {
    "output.nothing": ("没有符合条件的记录。", "There is nothing to show."),
    "output.field": ("项目", "Field"),
    "output.value": ("内容", "Value"),
    "output.yes": ("是", "yes"),
    "output.no": ("否", "no"),
    "output.separator": ("、", ", "),
    "output.colon": ("：", ": "),
    "output.sheet": ("数据", "Data"),
}
