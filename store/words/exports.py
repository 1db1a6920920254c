"""Words of exports."""

WORDS = {
    "error.output_no_file": (
        "{path} 不是普通文件，无法写入。请换一个位置。",
        "{path} is no ordinary file and cannot be written. Choose another place.",
    ),
}
