"""Words of the questions over the whole store, and of the columnar copy that answers them."""

WORDS = {
    "command.store.columns": (
        "建立或更新列式副本",
        "Make the columnar copy beside the store, or bring it up to date",
    ),
    "command.totals": (
        "按项目、县、期次和状态，从原始记录汇总笔数与金额",
        "Sum up payments and yuan by programme, county, period and state, from the raw rows",
    ),
    "command.duplicates": (
        "查同一人在同一项目同一期次的重复发放（补发链只算一笔）",
        "List people listed or credited more than once in a programme and period (a chain of reissues is one)",
    ),
    "command.against": (
        "用名单（文件或名单类别）比对生效日之后的全部发放",
        "Compare a list of people (a file, or a kind of list) with all payments after each one's day",
    ),
    "argument.list": (
        "名单类别（如 death），或每行“身份证号,生效日期”的文件",
        "a kind of list (such as death), or a file of lines `ID,day`",
    ),
    "option.rebuild": ("从头重建副本", "make the copy anew from nothing"),
    "option.verify": (
        "逐块与库中记录核对（有不一致时退出码为 1）",
        "compare every block with the store's own rows (exit 1 when one differs)",
    ),
    "option.at": (
        "副本的位置（默认在库文件旁；PostgreSQL 在用户数据目录）",
        "where the copy stands (default: beside the store; for PostgreSQL the user's data folder)",
    ),
    "option.credited": ("只列到账两次以上的", "only those credited more than once"),
    "option.effective": (
        "文件中没有日期的人从哪天起算",
        "the day of people for whom the file has none",
    ),
    "field.payments": ("发放笔数", "Payments"),
    "field.return_rows": ("回盘条数", "Returns"),
    "field.written": ("写入行数", "Rows written"),
    "field.anew": ("从头建立", "Made anew"),
    "field.part": ("部分", "Part"),
    "field.store_digest": ("库的摘要", "Digest of the store"),
    "field.block": ("块", "Block"),
    "field.blocks": ("块数", "Blocks"),
    "field.copy_rows": ("副本行数", "Rows of the copy"),
    "field.copy_digest": ("副本摘要", "Digest of the copy"),
    "field.listed_count": ("列入笔数", "Listed"),
    "field.listed_amount": ("列入金额", "Listed yuan"),
    "field.supplement_count": ("补发笔数", "Supplements"),
    "field.first_no": ("首笔", "First payment"),
    "field.first_batch_no": ("首笔批次", "Its batch"),
    "field.first_county": ("首笔县", "Its county"),
    "field.last_no": ("末笔", "Last payment"),
    "field.last_batch_no": ("末笔批次", "Batch of the last"),
    "field.last_county": ("末笔县", "County of the last"),
    "field.paid_on": ("发放日", "Paid on"),
    "field.effective_on": ("生效日期", "Effective on"),
    "field.days_after": ("之后天数", "Days after"),
    "columns.progress": ("已写 {rows} 行", "{rows} rows written"),
    "columns.absent": (
        "没有列式副本，由库本身回答。supervise store columns 可建立副本，大库会快得多。",
        "There is no columnar copy: the store answered itself. supervise store columns makes one, which is much "
        "faster on a large store.",
    ),
    "columns.package": (
        "没有安装 DuckDB，由库本身回答。请运行 pip install 'supervise[columns]'。",
        "DuckDB is not installed: the store answered itself. Run pip install 'supervise[columns]'.",
    ),
    "columns.locked": (
        "另一进程正在使用列式副本，由库本身回答。",
        "Another process has the columnar copy at hand: the store answered itself.",
    ),
    "columns.unreadable": (
        "列式副本无法读取，由库本身回答。supervise store columns --rebuild 可重建。",
        "The columnar copy cannot be read: the store answered itself. supervise store columns --rebuild makes it "
        "anew.",
    ),
    "columns.other": (
        "列式副本不是这个库的，由库本身回答。supervise store columns 可重建。",
        "The columnar copy is not of this store: the store answered itself. supervise store columns makes it anew.",
    ),
    "columns.ahead": (
        "列式副本比所读的库更新，由库本身回答；若库是恢复过的，请运行 supervise store columns。",
        "The columnar copy is of a later state: the store answered itself. If the store was restored, run "
        "supervise store columns.",
    ),
    "columns.brought_up": (
        "列式副本落后于库，已更新。",
        "The columnar copy was behind the store and has been brought up to date.",
    ),
    "columns.same": (
        "副本与库逐块一致。",
        "The copy has the very rows of the store, block by block.",
    ),
    "columns.behind": (
        "副本落后于库：supervise store columns 可更新。",
        "The copy is behind the store: supervise store columns brings it up to date.",
    ),
    "columns.differs": (
        "{count} 块不一致：supervise store columns --rebuild 可重建。",
        "{count} blocks differ: supervise store columns --rebuild makes the copy anew.",
    ),
    "error.columns_package": (
        "列式副本要用 DuckDB。请运行 pip install 'supervise[columns]'。",
        "The columnar copy needs DuckDB. Run pip install 'supervise[columns]'.",
    ),
    "error.columns_absent": (
        "{path} 处没有列式副本。请先运行 supervise store columns。",
        "There is no columnar copy at {path}. Run supervise store columns first.",
    ),
    "error.columns_locked": (
        "另一进程正在使用列式副本 {path}，请稍后再试。",
        "Another process has the columnar copy {path} at hand. Try again later.",
    ),
    "error.columns_unreadable": (
        "{path} 无法作为列式副本读取。supervise store columns --rebuild 可重建。",
        "{path} cannot be read as a columnar copy. supervise store columns --rebuild makes it anew.",
    ),
    "error.columns_alien": (
        "{path} 不是列式副本，不会覆盖。请换一个位置。",
        "{path} is no columnar copy and is not written over. Choose another place.",
    ),
    "error.columns_folder": (
        "{path} 所在的文件夹不存在。",
        "There is no folder for {path}.",
    ),
    "error.columns_failed": (
        "列式副本 {path} 出错，没有完成（{reason}）。",
        "The columnar copy {path} failed and did not finish ({reason}).",
    ),
    "error.columns_either": (
        "--rebuild 与 --verify 只能用一个。",
        "Use either --rebuild or --verify.",
    ),
    "error.list_line": (
        "{path} 第 {line} 行不是“身份证号,生效日期”（没有日期时用 --effective 给出）。",
        "Line {line} of {path} is not `ID,day` (--effective gives the day where the file has none).",
    ),
    "error.list_unknown": (
        "{text} 既不是文件，也不是名单类别。类别有：{kinds}。",
        "{text} is neither a file nor a kind of list. The kinds are: {kinds}.",
    ),
}
