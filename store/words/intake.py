"""What an import says."""

WORDS = {
    "import.waits": (
        "另一个导入正在进行，本次导入排队等候。",
        "Another import is running: this one waits for its turn.",
    ),
    "import.ignored": ("{file}：未用到的列：{columns}。", "{file}: columns that are not used: {columns}."),
    "import.wrong_columns": (
        "{file}：表头对不上任何一种数据（或同时对上几种），未导入。可用 --feed 指明，或用 --map 对应列名。",
        "{file}: its header fits no feed, or several alike; it was not taken in. Name it with --feed, "
        "or its columns with --map.",
    ),
    "import.bad_encoding": (
        "{file}：无法按任何编码读取，未导入。请另存为 UTF-8 或 GB18030 后重试。",
        "{file}: no encoding reads it; it was not taken in. Save it as UTF-8 or GB18030 and try again.",
    ),
    "import.empty": ("{file}：文件是空的，没有数据。", "{file}: the file is empty."),
    "import.known": (
        "{file}：此文件此前已完整导入，内容未变，跳过。",
        "{file}: these very bytes were taken in whole before; skipped.",
    ),
    "import.total_differs": (
        "{file}：合计行的 {field} 为 {said}，各行相加为 {summed}，请核对。",
        "{file}: the total line says {said} for {field}, the lines sum up to {summed}; check it.",
    ),
}

WORDS |= {
    "reject.missing": ("必填项“{field}”为空，请补填。", "{field} is required and empty; fill it in."),
    "reject.bad_citizen_id": (
        "“{field}”{value} 不是有效的18位身份证号（校验位或出生日期不对），请核对证件。",
        "{field} {value} is no valid citizen ID (its check character or birth date is wrong); check the card.",
    ),
    "reject.bad_card_no": (
        "“{field}”{value} 不是有效的卡号（应为16至19位且通过校验），请核对卡面。",
        "{field} {value} is no valid card number (16 to 19 digits that pass their check); look at the card.",
    ),
    "reject.bad_money": (
        "“{field}”{value} 不是有效金额：应大于零，最多两位小数，不作四舍五入。",
        "{field} {value} is no valid amount: above zero with at most two decimals; nothing is rounded.",
    ),
    "reject.bad_date": (
        "“{field}”{value} 不是有效日期，请写成 2025-09-30 这样。",
        "{field} {value} is no valid date; write it like 2025-09-30.",
    ),
    "reject.bad_date.pay_by": (
        "“{field}”{value} 无法识别，请写成 day:10、day:15+1m、term:06-20,12-20 或 window:07-01..09-30。",
        "{field} {value} cannot be read; write day:10, day:15+1m, term:06-20,12-20 or window:07-01..09-30.",
    ),
    "reject.bad_enum": (
        "“{field}”{value} 不在可选值之中，请按数据规范填写。",
        "{field} {value} is none of its values; write one that the feed allows.",
    ),
    "reject.bad_region": (
        "“{field}”{value} 不是区划代码：应为2、4、6、9或12位数字。",
        "{field} {value} is no region code: it has 2, 4, 6, 9 or 12 digits.",
    ),
    "reject.bad_number": ("“{field}”{value} 不是有效数字。", "{field} {value} is no valid number."),
    "reject.bad_period": (
        "“{field}”{value} 不是有效期次，请写成 2025、2025H1、2025Q2、2025-07 或 2025T1。",
        "{field} {value} is no valid period; write 2025, 2025H1, 2025Q2, 2025-07 or 2025T1.",
    ),
    "reject.destroyed_by_spreadsheet": (
        "“{field}”{value} 已被电子表格改坏，请从原始系统重新导出，并将该列设为文本。",
        "{field} {value} was destroyed by a spreadsheet; export it again with the column set to text.",
    ),
    "reject.unknown_programme": (
        "库中没有项目“{value}”，请先导入项目，再运行 supervise rejects retry。",
        "There is no programme {value}; import it, then run `supervise rejects retry`.",
    ),
    "reject.unknown_unit": (
        "库中没有单位“{value}”，请先导入单位，再运行 supervise rejects retry。",
        "There is no unit {value}; import it, then run `supervise rejects retry`.",
    ),
    "reject.conflict": (
        "编号已存在且内容不同，保留了原有记录；请与数据来源核对哪一条正确。",
        "Its key is stored already with other values, which stay; ask the source which of the two is right.",
    ),
    "reject.duplicate_line": (
        "同一文件内编号重复且内容不同，以先出现的一行为准；请核对。",
        "Its key stands twice in the file with other values; the first line counts. Check it.",
    ),
    "reject.wrong_columns": (
        "列数或表头与数据规范不符，请检查分隔符、引号和表头。",
        "Its columns do not fit; check separators, quotes and the header.",
    ),
    "reject.bad_encoding": (
        "含无法识别的字节，请以 UTF-8 或 GB18030 重新导出。",
        "It holds bytes that do not decode; export it again as UTF-8 or GB18030.",
    ),
    "enum.state.taking": ("导入中", "being taken in"),
    "enum.state.done": ("已完成", "done"),
    "command.import": ("导入数据文件或文件夹", "Take feeds in: files and folders"),
    "command.rejects": ("列出被退回的行", "List the lines that were rejected"),
    "command.rejects.retry": ("重试被退回的行", "Try rejected lines again"),
    "command.doubtful": ("列出证号或卡号有疑点的行", "List the lines that landed with a doubtful ID or card"),
    "command.payments": ("列出一个批次或一个人的发放", "List the payments of a batch or of a person"),
    "option.batch": ("批次号", "number of the batch"),
    "option.person": (
        "此人的发放流水号、申报编号或身份证号",
        "the number of a payment or a case of the person, or the ID",
    ),
    "field.settled_at": ("入账时间", "Settled at"),
    "error.payments_of": (
        "请用 --batch 指明批次，或用 --person 指明人，二者选一。",
        "Name a batch with --batch or a person with --person, one of them.",
    ),
    "command.held": ("列出等待上级记录的行", "List the lines that wait for a parent"),
    "command.imports": ("列出已导入的文件", "List the files that were taken in"),
    "argument.paths": ("文件或文件夹", "files and folders"),
    "option.feed": ("指明数据种类", "the feed that the files are"),
    "option.map": ("列名对照表（每行：列名,字段）", "a file that names columns (column,field on each line)"),
    "option.dry_run": ("只检查，不写入", "check only, write nothing"),
    "option.watch": ("持续导入放入此文件夹的文件", "keep taking what is dropped into this folder"),
    "import.progress": (
        "{file}  {rows} 行  {rate} 行/秒{left}",
        "{file}  {rows} lines  {rate} a second{left}",
    ),
    "import.left": ("  约剩 {seconds} 秒", "  about {seconds} s left"),
    "import.watching": ("正在守候 {folder}，Ctrl-C 结束。", "Watching {folder}; Ctrl-C ends it."),
    "import.moved": ("{file} → {place}", "{file} → {place}"),
    "import.dry": ("只作检查，未写入任何内容。", "Checked only: nothing was written."),
    "error.import_paths": (
        "请写明要导入的文件或文件夹，或用 --watch FOLDER。",
        "Name the files or folders to take in, or --watch FOLDER.",
    ),
    "error.watch_alone": (
        "--watch 不能与文件路径或 --dry-run 同时使用。",
        "--watch stands alone: without paths, and without --dry-run.",
    ),
    "error.feed_unknown": (
        "没有 {feed} 这种数据，可选：{feeds}。",
        "{feed} is no feed; there are: {feeds}.",
    ),
    "error.map_line": (
        "{path} 第 {line} 行无法识别，应为“列名,字段”。",
        "{path}, line {line}, is not `column,field`.",
    ),
    "error.file_is_store": (
        "{path} 是库本身的文件，不能导入；请把数据文件与库分开存放。",
        "{path} is the store's own file and is not taken in; keep drops apart from the store.",
    ),
    "error.output_store": (
        "{path} 是库本身的文件，不能覆盖。请换一个文件名。",
        "{path} is the store's own file and is not written over. Choose another name.",
    ),
    "error.watch_folder": ("{path} 不是文件夹。", "{path} is no folder."),
}
