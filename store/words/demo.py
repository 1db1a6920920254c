"""What the demonstration says, and the help of loading reference data."""

WORDS = {
    "command.demo": ("建一个演示库并打开监督台", "Make a demonstration store and open the console on it"),
    "command.seed": ("装入随程序附带的参考数据", "Load reference data that ships with the program"),
    "command.seed.regions": (
        "装入全国区划（至乡镇）和内江的村",
        "Load the regions of China to the towns, and Neijiang's villages",
    ),
    "command.seed.programmes": ("装入三十多个真实补贴项目", "Load some thirty real programmes"),
    "command.seed.deadlines": ("装入各环节的常用时限", "Load the usual limits of the stages"),
    "option.size": (
        "规模：small、medium、large，或发放笔数",
        "small, medium, large, or a number of payments",
    ),
    "option.no_console": ("只建库，不打开监督台", "make the store only"),
    "option.live": (
        "演示数据不断变化：每几秒到一个小文件，直到退出",
        "let the day go on: a small file arrives every few seconds until you leave",
    ),
    "option.seed": ("随机种子（相同则演示相同）", "seed of the chances: the same gives the same"),
    "option.day": ("演示哪一天（默认今天）", "the day that goes on (default: today)"),
    "demo.going_on": (
        "{day} 正在进行，按 Ctrl-C 结束。",
        "{day} goes on; Ctrl-C ends it.",
    ),
    "demo.stopped": (
        "演示的变化中途停止，原因见程序日志。",
        "The day did not go on to the end; the program's log says why.",
    ),
    "demo.making": ("正在生成演示数据，约需半分钟……", "Making the demonstration data, about half a minute …"),
    "demo.ready": ("演示库在 {store}", "The demonstration store is {store}"),
    "error.demo_other_store": (
        "{store} 是真实数据的库，不能用作演示。请去掉 --store 和 SUPERVISE_STORE，或另写一个路径。",
        "{store} holds real data and is no demonstration. Leave --store and SUPERVISE_STORE out, or name another path.",
    ),
    "error.demo_size": (
        "规模 {size} 无法识别，可选：{sizes}，或一个不小于 5000 的数字。",
        "{size} is no size; there are: {sizes}, or a number from 5000 on.",
    ),
}
