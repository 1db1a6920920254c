"""Help of the command line, and what it says of its own use."""

WORDS = {
    "command": (
        "一卡通补贴发放监督台：看超时、盯失败、管整改。",
        "The console of the oversight post over one-card subsidy payments.",
    ),
    "option.store": ("库的路径或地址", "path or URL of the store"),
    "option.post": ("以哪个岗位查看或办理", "the post to look and act as"),
    "option.as_of": ("以哪一天为准（默认今天）", "the day to answer for (default: today)"),
    "option.format": ("table、json、csv、markdown 或 xlsx", "table, json, csv, markdown or xlsx"),
    "option.output": ("写入文件", "write to a file"),
    "option.limit": ("最多几行", "at most so many rows"),
    "option.where": (
        "只要符合筛选的行，写法同监督台的 /，如 '超时>10 且 等级=红,橙'",
        "rows that pass a filter only, as after / in the console: 'overdue>10 and grade=red,orange'",
    ),
    "option.sort": ("按哪一栏排序，-栏名 为倒序", "sort by a field, -field for descending"),
    "option.columns": ("只要哪几栏，用逗号分开", "these columns only, separated by commas"),
    "option.lang": ("语言：zh 或 en", "language: zh or en"),
    "option.check": ("有内容时退出码为 3", "exit 3 when a row was printed"),
    "option.bom": ("CSV 加 BOM，供电子表格打开", "begin CSV with a BOM, for spreadsheets"),
    "option.reveal": (
        "显示完整的个人信息（须写明理由，并留痕）",
        "show personal data whole (needs --why, is recorded)",
    ),
    "option.why": ("理由", "the reason"),
    "option.version": ("显示版本", "show the version"),
    "help.usage": ("用法：", "Usage:"),
    "help.options": ("选项：", "Options:"),
    "help.commands": ("命令：", "Commands:"),
    "help.arguments": ("参数：", "Arguments:"),
    "help.show_this_message_and_exit": ("显示本帮助。", "Show this message and exit."),
    "option.of_programme": ("项目编码", "code of a programme"),
    "usage.NoSuchOption": (
        "没有选项 {option}，请看 {path} --help。",
        "there is no option {option}; see {path} --help.",
    ),
    "usage.MissingParameter": (
        "缺少 {name}，请看 {path} --help。",
        "{name} is missing; see {path} --help.",
    ),
    "usage.BadParameter": (
        "{name} 的值不对：{message} 请看 {path} --help。",
        "{name} is wrong: {message} See {path} --help.",
    ),
    "usage.BadOptionUsage": (
        "选项 {option} 用法不对，请看 {path} --help。",
        "the option {option} is used wrongly; see {path} --help.",
    ),
    "usage.other": ("{message} 请看 {path} --help。", "{message} See {path} --help."),
    "error.options_first": (
        "选项要写在全部命令词之后，如 supervise overdue --lang zh。",
        "Options stand after all words of the command, as in supervise overdue --lang zh.",
    ),
    "error.command_unknown": (
        "没有命令 {command}，可选：{commands}。",
        "There is no command {command}; there are: {commands}.",
    ),
    "usage.subcommand": (
        "supervise {command} 后面要写明做什么：{subs}",
        "say what to do after `supervise {command}`: {subs}",
    ),
    "usage.options_after": (
        "选项要写在全部命令词之后：supervise {command} … --选项",
        "options stand after all words of the command: supervise {command} … --option",
    ),
    "error.bad_lang": (
        "语言 {lang} 无法识别，请写 zh 或 en。",
        "{lang} is no language here; write zh or en.",
    ),
    "error.bad_format": (
        "格式 {format} 无法识别，可选：{formats}。",
        "{format} is no format; there are: {formats}.",
    ),
    "error.bad_column": (
        "没有 {column} 这一栏，可选：{columns}。",
        "There is no column {column}; there are: {columns}.",
    ),
    "error.binary_to_terminal": (
        "{format} 是二进制文件，请用 --output FILE 写入文件。",
        "{format} is no text: write it to a file with --output FILE.",
    ),
    "error.output_unwritable": (
        "无法写入 {path}（{reason}）。请换一个位置。",
        "{path} cannot be written ({reason}). Choose another place.",
    ),
    "error.fault": (
        "程序出错，没有完成。请把此编号告知维护人员：{number}",
        "The program failed and did not finish. Tell those who maintain it this number: {number}",
    ),
    "command.posts": ("列出岗位", "List the posts"),
    "command.posts.add": ("新增岗位", "Add a post"),
    "argument.code": ("代码", "the code"),
    "option.name": ("名称", "the name"),
    "option.kind": ("类别", "the kind"),
    "option.region": ("区划代码或名称", "code or name of a region"),
    "option.department": ("主管部门类别", "kind of the department"),
    "option.programme": ("项目编码（可重复）", "programme code (may be repeated)"),
    "option.login": (
        "可使用该岗位的系统用户（可重复）",
        "system user who may take the post (may be repeated)",
    ),
}
