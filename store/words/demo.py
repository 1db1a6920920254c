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
