"""Sentences for what could not be done."""

WORDS = {
    "error.file_missing": ("找不到文件 {path}，请核对路径。", "There is no file {path}; check the path."),
    "error.file_unreadable": (
        "无权读取 {path}，请检查文件权限。",
        "{path} may not be read; check its permissions.",
    ),
    "error.store_url": (
        "库地址 {url} 无法识别：请写文件路径，或 postgresql+psycopg://… 这样的地址。",
        "{url} is no store: give the path of a file, or a URL such as postgresql+psycopg://…",
    ),
    "error.store_missing": (
        "{store} 处没有库。请核对 --store；要新建，请先运行 supervise import 或 supervise demo。",
        "There is no store at {store}. Check --store; `supervise import` or `supervise demo` makes one.",
    ),
    "error.store_folder": (
        "无法在 {store} 建库：文件夹不存在或不可写。请换一个路径。",
        "No store can be made at {store}: its folder does not exist or may not be written. Choose another path.",
    ),
    "error.store_locked": (
        "库 {store} 正被另一个进程占用，等待已超时。请稍后再试。",
        "The store {store} is held by another process and waiting took too long. Try again in a moment.",
    ),
    "error.disk_full": (
        "磁盘已满，未写入 {store}，此前已提交的内容完好。请腾出空间后重新运行。",
        "The disk is full: nothing more was written to {store}, and what was committed before is whole. "
        "Free some space and run it again.",
    ),
    "error.store_read_only": (
        "库 {store} 只能读取，无法写入。请检查文件和文件夹的权限。",
        "The store {store} can only be read. Check the permissions of the file and its folder.",
    ),
    "error.store_unopened": (
        "无法打开库 {store}：路径不对，或没有权限。请核对 --store。",
        "The store {store} cannot be opened: the path is wrong or may not be entered. Check --store.",
    ),
    "error.store_damaged": (
        "{store} 不是库文件，或已损坏。请核对路径，或从备份恢复。",
        "{store} is not a store, or it is damaged. Check the path, or restore a backup.",
    ),
    "error.store_io": (
        "读写库 {store} 时磁盘出错。请检查磁盘后再试。",
        "The disk failed while the store {store} was read or written. Check the disk and try again.",
    ),
    "error.store_newer": (
        "库 {store} 由更新版本的 supervise 建立（{found}）。请先升级 supervise。",
        "The store {store} was made by a newer supervise ({found}). Upgrade supervise first.",
    ),
    "error.store_alien": (
        "{store} 是数据库，但不是 supervise 的库。请核对 --store。",
        "{store} is a database, but not a store of supervise. Check --store.",
    ),
    "error.server_lost": (
        "与数据库 {store} 的连接中断。请稍后再试。",
        "The connection to {store} was lost. Try again in a moment.",
    ),
    "error.server_unreached": (
        "无法连接数据库 {store}：请检查地址、账号和服务状态。",
        "{store} cannot be reached: check the address, the account and whether the server runs.",
    ),
    "error.no_post": (
        "请用 --post 指明岗位。可选：{posts}",
        "Name the post with --post. There are: {posts}",
    ),
    "error.post_unknown": (
        "没有岗位 {post}。可选：{posts}",
        "There is no post {post}. There are: {posts}",
    ),
    "error.post_bound": (
        "岗位 {post} 只限其绑定的用户使用，当前用户是 {login}。可选：{posts}",
        "The post {post} may be taken only by the users bound to it, and you are {login}. There are: {posts}",
    ),
    "error.post_exists": ("岗位 {post} 已存在。", "There is a post {post} already."),
    "error.post_owner_only": (
        "只有能看到全部数据的岗位可以做这件事；当前岗位是 {post}。",
        "Only a post that sees everything may do this; yours is {post}.",
    ),
    "error.post_kind": (
        "岗位类别 {kind} 无法识别，可选：{kinds}。",
        "{kind} is no kind of post; there are: {kinds}.",
    ),
    "error.post_department": (
        "主管部门 {department} 无法识别，可选：{kinds}。",
        "{department} is no department; there are: {kinds}.",
    ),
    "error.region_shape": (
        "区划代码 {region} 不对：应为 2、4、6、9 或 12 位数字。",
        "{region} is no region code: it has 2, 4, 6, 9 or 12 digits.",
    ),
    "error.county_unknown": (
        "在本岗位范围内找不到 {county}。请写区划代码或名称，如 511025、资中县。",
        "There is no {county} within this post's scope. Give a code or a name, such as 511025 or 资中县.",
    ),
    "error.county_ambiguous": (
        "{county} 有多处同名，请写代码：{places}",
        "{county} stands for several places; give the code: {places}",
    ),
    "error.programme_unknown": ("没有项目 {programme}。", "There is no programme {programme}."),
    "error.bad_day": (
        "{text} 不是日期，请写成 2025-09-30 这样。",
        "{text} is no date; write it like 2025-09-30.",
    ),
    "error.act_day": (
        "{day} 不能作为办理日期：不得早于上一步（{last}），也不得晚于今天（{today}）。",
        "An act cannot be dated {day}: not before the last step ({last}), nor after today ({today}).",
    ),
    "error.not_found": (
        "本岗位范围内没有编号 {no}。",
        "There is no {no} within this post's scope.",
    ),
    "error.reveal_why": (
        "--reveal 须同时用 --why 写明理由。",
        "--reveal needs its reason: --why TEXT.",
    ),
}
