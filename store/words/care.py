"""Words of the care of a store as a whole."""

WORDS = {
    "command.store.info": (
        "查看库的状况：大小、行数、慢在哪里",
        "Show how the store is: sizes, rows, and what makes it slow",
    ),
    "command.store.backup": (
        "在线备份整个库到一个文件（带清单），其他人可照常写入",
        "Copy the whole store into one file with a manifest, while others write",
    ),
    "command.store.restore": (
        "用备份在 --store 处新建库，逐表核对",
        "Make a new store at --store from a backup, compared table by table",
    ),
    "command.store.compact": (
        "整理库，收回空间并更新统计",
        "Pack the store: space given back, statistics anew",
    ),
    "command.store.move": (
        "把整个库搬到另一个数据库（SQLite 与 PostgreSQL 互搬），逐表核对",
        "Take the whole store to another database (SQLite or PostgreSQL), compared table by table",
    ),
    "command.store.distribute": (
        "把大表按所属县分布到 Citus 集群，参照表复制到各节点",
        "Spread the big tables over a Citus cluster by home, reference tables to every node",
    ),
    "field.statement": ("语句", "Statement"),
    "store.distributed": ("{store} 已分布到集群。", "{store} is spread over the cluster."),
    "enum.verb.store_distribute": ("分布到集群", "spread over a cluster"),
    "error.distribute_sqlite": (
        "{store} 是 SQLite 文件，不能分布。请先用 supervise store move 搬到 PostgreSQL。",
        "{store} is an SQLite file and cannot be spread. Take it to PostgreSQL first: supervise store move.",
    ),
    "error.distribute_no_citus": (
        "数据库 {store} 没有 Citus 扩展，不能分布。请在协调节点安装 Citus 并运行 CREATE EXTENSION citus。",
        "The database {store} has no Citus extension and cannot be spread. Install Citus on the coordinator and run "
        "CREATE EXTENSION citus.",
    ),
    "error.distribute_no_workers": (
        "{store} 的集群没有工作节点。请先用 citus_add_node 加入节点。",
        "The cluster of {store} has no workers. Add them first with citus_add_node.",
    ),
    "argument.to": ("新库的路径或地址", "path or URL of the new store"),
    "field.database": ("数据库", "Database"),
    "field.store": ("库", "Store"),
    "field.schema": ("库结构版本", "Schema"),
    "field.read_only": ("只读", "Read-only"),
    "field.log_bytes": ("日志字节", "Log bytes"),
    "field.last_import": ("最近导入", "Last import"),
    "field.last_backup": ("最近备份", "Last backup"),
    "field.last_repair": ("最近修复", "Last repair"),
    "field.concerns": ("需要注意", "Concerns"),
    "field.concern": ("问题", "Concern"),
    "field.about": ("涉及", "About"),
    "field.tables": ("各表", "Tables"),
    "field.table": ("表", "Table"),
    "field.exactness": ("计数方式", "Exactness"),
    "field.manifest": ("清单", "Manifest"),
    "field.method": ("方式", "Method"),
    "field.trace": ("留痕末端", "End of the trace"),
    "field.event": ("留痕序号", "Event"),
    "field.digest": ("摘要", "Digest"),
    "field.bytes_before": ("整理前字节", "Bytes before"),
    "field.bytes_after": ("整理后字节", "Bytes after"),
    "field.won": ("收回字节", "Won"),
    "enum.database.sqlite": ("SQLite 文件", "SQLite file"),
    "enum.database.postgresql": ("PostgreSQL", "PostgreSQL"),
    "enum.exactness.exact": ("准确", "exact"),
    "enum.exactness.about": ("约", "about"),
    "enum.exactness.at_least": ("至少", "at least"),
    "enum.method.pages": ("按页复制", "pages"),
    "enum.method.rows": ("逐表复制", "rows"),
    "enum.concern.log_large": ("日志过大", "large log"),
    "enum.concern.statistics_missing": ("没有统计", "no statistics"),
    "enum.concern.space_loose": ("空间松散", "loose space"),
    "enum.concern.index_missing": ("缺索引", "missing index"),
    "enum.concern.import_unfinished": ("导入未完", "unfinished import"),
    "enum.concern.never_backed_up": ("从未备份", "never backed up"),
    "concern.log_large": (
        "日志已有 {about}：有进程一直在读，检查点做不完。关掉长时间打开的进程，再运行 supervise store compact。",
        "The log has grown to {about}: somebody reads all the time, so it cannot be merged. Close what has long "
        "been open, then run supervise store compact.",
    ),
    "concern.statistics_missing": (
        "数据库没有这些大表的统计，可能选错索引：{about}。请运行 supervise store compact。",
        "The database has no statistics of these large tables and may choose wrong indexes: {about}. Run "
        "supervise store compact.",
    ),
    "concern.space_loose": (
        "五分之一以上的空间是空的（{about}）。supervise store compact 可以收回。",
        "More than a fifth of the space is empty ({about}). supervise store compact gives it back.",
    ),
    "concern.index_missing": (
        "缺少索引 {about}，相关查询会变慢。请从备份恢复，或用 supervise store move 搬到新库。",
        "The index {about} is missing: questions that need it are slow. Restore a backup, or take the store to a "
        "new one with supervise store move.",
    ),
    "concern.import_unfinished": (
        "文件 {about} 尚未导完。再次运行同一条 supervise import 即可接着导。",
        "The file {about} was not taken in whole. Run the same supervise import again to go on.",
    ),
    "concern.never_backed_up": (
        "从未备份过{about}。请运行 supervise store backup FILE。",
        "It was never backed up{about}. Run supervise store backup FILE.",
    ),
    "store.restored": (
        "已恢复到 {store}：共 {rows} 行，逐表一致。",
        "Restored to {store}: {rows} rows, every table the same.",
    ),
    "store.moved": (
        "已搬到 {store}：共 {rows} 行，逐表一致。",
        "Taken to {store}: {rows} rows, every table the same.",
    ),
    "store.read_only": ("库 {store} 以只读方式打开。", "The store {store} is opened read-only."),
    "enum.verb.store_backup": ("备份", "backup"),
    "enum.verb.store_restore": ("从备份恢复", "restored from a backup"),
    "enum.verb.store_compact": ("整理库", "store packed"),
    "enum.verb.store_move": ("库搬迁", "store moved"),
    "error.whole_store_only": (
        "岗位 {post} 只看得到一部分数据，对整个库的操作要由看得到全部数据的岗位来做。",
        "Post {post} sees only a part; what concerns the whole store is done by a post that sees everything.",
    ),
    "error.store_taken": (
        "{store} 处已有库或文件，不会覆盖。请换一个位置。",
        "There is something at {store} already, and it is not written over. Choose another place.",
    ),
    "error.backup_taken": (
        "{path} 或它的清单已存在，不会覆盖。请换一个文件名。",
        "{path} or its manifest exists already and is not written over. Choose another name.",
    ),
    "error.backup_altered": (
        "{path} 与清单中的 SHA-256 不符：文件被改动或不完整。",
        "{path} is not the file whose SHA-256 its manifest has: it was changed, or is not whole.",
    ),
    "error.backup_manifest": ("清单 {path} 无法读取。", "The manifest {path} cannot be read."),
    "error.backup_broken": (
        "{path} 中的操作留痕不完整，不予恢复。",
        "The trace in {path} is broken: it is not restored.",
    ),
    "error.backup_schema": (
        "{path} 的库结构是 {found}，本程序是 {known}。请先用 supervise posts --store 升级它的一份副本，再恢复副本。",
        "{path} has the schema {found}, this program {known}. Bring a copy of it up to date with "
        "supervise posts --store, and restore that.",
    ),
    "error.copy_differs": (
        "表 {table} 两边不一致（{here} 行与 {there} 行），已全部撤销。",
        "The table {table} is not the same on both sides ({here} and {there} rows): nothing was kept.",
    ),
    "error.move_same": ("{store} 就是现在的库。", "{store} is the store itself."),
    "error.store_log_left": (
        "库 {store} 所在位置只读，旁边却有尚未合并的日志（-wal）。请在可写的位置打开一次，或连同 -wal 一起复制。",
        "The store {store} stands where nothing may be written, with a log (-wal) that was not merged. Open it once "
        "where it may be written, or copy both.",
    ),
}
