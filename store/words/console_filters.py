"""Words of the filters of the console: those that are saved, the reading of many rows, the command line."""

WORDS = {
    "console.key.filters": ("存好的筛选", "saved filters"),
    "console.key.command_line": ("得到这些行的命令行", "command line for these rows"),
    "console.will_read": (
        "要读 {all} 行才知道哪些符合，Esc 停止",
        "{all} rows have to be read to know which fit, Esc stops",
    ),
    "console.reading": (
        "已读 {read} / {all} 行，符合 {found}，Esc 停止",
        "{read} of {all} rows read, {found} fit, Esc stops",
    ),
    "console.reading_stopped": ("已停止，仍是原来的各行。", "Stopped; the rows are as they were."),
    "console.read_only_so_far": (
        "只读了 {read} / {all} 行，F5 从头读完",
        "only {read} of {all} rows were read, F5 reads all",
    ),
    "console.read_before": ("读过之后数据有变，F5 重读", "the store has changed since, F5 reads again"),
    "console.reads_much": (
        "这个筛选没有索引可用，要读 {all} 行，可随时按 Esc 停止。再按 Enter 开始，Esc 不筛选。",
        "No index serves this filter: {all} rows are to be read, Esc stops at any time. "
        "Enter again begins, Esc leaves it.",
    ),
    "console.command_line": ("命令行", "Command line"),
    "console.command_line.copy": (
        "在命令行里运行，得到同样的各行。请用终端选取复制。",
        "Run in a shell it gives the same rows. Select it in the terminal to copy it.",
    ),
    "console.command_line.unsaid": (
        "只有屏幕上有“{columns}”，命令没有照它排序或列出。",
        "Only the screen has {columns}: the command does not sort by or list it.",
    ),
    "console.option.where": ("筛选", "filter"),
    "console.option.sort": ("排序", "sort by"),
    "console.option.columns": ("栏目", "columns"),
    "console.filters": ("存好的筛选", "Saved filters"),
    "console.filters.name": ("名称", "Name"),
    "console.filters.text": ("筛选", "Filter"),
    "console.filters.nothing": (
        "还没有存过。先用 / 筛选，再到这里按 s 存下来。",
        "None yet. Filter with / first, then press s here.",
    ),
    "console.filters.save": ("存为：", "Save as: "),
    "console.filters.rename": ("改名为：", "New name: "),
    "console.filters.save_hint": (
        "给 {filter} 起个名字；同名的会被换掉",
        "A name for {filter}; one of this name is replaced",
    ),
    "console.filters.rename_hint": ("{name} 的新名字", "The new name of {name}"),
    "console.filters.no_filter": ("现在没有筛选可存。", "There is no filter now to save."),
    "console.filters.no_name": ("请写一个名字。", "Give it a name."),
    "console.filters.taken": ("已有 {name}，请换一个名字。", "{name} is there already; choose another name."),
    "console.filters.saved": ("已存为 {name}。", "Saved as {name}."),
    "console.filters.renamed": ("已改名为 {name}。", "It is {name} now."),
    "console.filters.deleted": ("已删去 {name}：{filter}", "{name} is gone: {filter}"),
    "console.bar.save": ("存", "Save"),
    "console.bar.rename": ("改名", "Rename"),
    "console.bar.delete": ("删去", "Delete"),
    "console.key.filters_take": ("用它筛选", "use it"),
    "console.key.filters_save": ("存下现在的", "save the one now"),
    "console.key.filters_rename": ("改名", "rename"),
    "console.key.filters_delete": ("删去", "delete"),
}
