"""Sentences for what could not be done."""

WORDS = {
    "error.file_missing": ("找不到文件 {path}，请核对路径。", "There is no file {path}; check the path."),
    "error.file_unreadable": (
        "无权读取 {path}，请检查文件权限。",
        "{path} may not be read; check its permissions.",
    ),
}
