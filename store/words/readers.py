"""Sentences for files that cannot be opened as what they are."""

WORDS = {
    "error.file_damaged": (
        "文件 {path} 已损坏或加了密码，无法读取，请重新导出后再导入。",
        "{path} is damaged or locked with a password; export it again.",
    ),
    "error.file_nested": (
        "{path} 是压缩包里的压缩包，请先解压再导入。",
        "{path} is an archive inside an archive; unpack it first.",
    ),
    "error.file_too_big": (
        "表格 {path} 过大，请拆分或另存为 CSV 后再导入。",
        "The spreadsheet {path} is too big; split it or save it as CSV.",
    ),
}
