"""Words of the calendar and the settings."""

WORDS = {
    "enum.verb.calendar.load": ("装入年历", "calendar loaded"),
    "enum.verb.settings.set": ("修改设置", "setting changed"),
    "command.calendar": (
        "列出已知年份，或某年的节假日和调休",
        "List the known years, or the special days of one",
    ),
    "command.calendar.load": (
        "装入本单位的年历，并列出应办结日因此变动的申报",
        "Load a year file, and list the cases whose due day it moves",
    ),
    "command.settings": ("列出设置", "List the settings"),
    "command.settings.set": ("修改设置", "Change a setting"),
    "option.year": ("年份", "the year"),
    "argument.file": ("文件", "the file"),
    "argument.key": ("设置项", "the setting"),
    "argument.value": ("数值", "the number"),
    "field.year": ("年份", "Year"),
    "field.working": ("上班", "Worked"),
    "field.after": ("变为", "After"),
    "field.default": ("默认", "Default"),
    "field.changed": ("已改", "Changed"),
    "error.calendar_line": (
        "{path} 第 {line} 行无法识别，应为“日期,休或班,名称”。",
        "{path}, line {line}, is not `date,holiday|workday,name`.",
    ),
    "error.calendar_years": (
        "{path} 应只含一个年份的日子，现有：{years}。",
        "{path} must hold the days of one year; it has: {years}.",
    ),
    "error.setting_unknown": (
        "没有设置项 {key}，可选：{keys}。",
        "There is no setting {key}; there are: {keys}.",
    ),
    "error.setting_value": (
        "{key} 不能设为 {value}：应为正数，且黄、橙、红依次增大。",
        "{key} cannot be {value}: it is above zero, and yellow, orange and red ascend.",
    ),
}
