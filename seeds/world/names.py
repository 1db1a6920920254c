"""Names of people who do not exist."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
SURNAMES: tuple[str, ...] = (*_SINGLE, "欧阳", "司马", "上官")
_MALE = tuple("国建志明德华文光永世成忠福贵富荣昌兴松柏强勇军伟平海涛波刚辉鹏飞龙斌杰超峰林宏安良才玉山")
_FEMALE = tuple("桂秀玉素淑英兰珍芳琼华群芬莲梅琴菊香凤美丽红艳霞燕敏静娟蓉碧清云月春惠会容先仕洪贤")
# Names with a separator, and characters that many a bank's system cannot hold.
PECULIAR = (
    "阿木·拉则",
    "吉克·阿呷",
    "沙马·日哈",
    "扎西·次仁",
    "格桑·卓玛",
    "洛绒·泽仁",
    "阿依古丽·买买提",
    "艾力·吐尔逊",
    "阿卜杜热合曼·玉素甫江",
    "李𬱖",
    "王㛃",
    "陈𬭎",
    "刘䶮",
    "张𠅤芳",
)


def people_names(
    rng: np.random.Generator, surname_of: npt.NDArray[np.int64], male: npt.NDArray[np.bool_]
) -> list[str]:
    """A name for each person, from the number of the surname and the sex; one in four hundred is peculiar."""
    count = len(surname_of)
    first = rng.integers(0, 1 << 20, count).tolist()
    second = rng.integers(0, 1 << 20, count).tolist()
    short = (rng.random(count) < 0.22).tolist()
    names = [
        SURNAMES[s % len(SURNAMES)]
        + (given := _MALE if m else _FEMALE)[a % len(given)]
        + ("" if short_name else given[b % len(given)])
        for s, m, a, b, short_name in zip(
            surname_of.tolist(), male.tolist(), first, second, short, strict=True
        )
    ]
    for n, place in enumerate(np.flatnonzero(rng.random(count) < 1 / 400).tolist()):
        names[place] = PECULIAR[n % len(PECULIAR)]
    # Every peculiar name is there however small the world.
    for n, name in enumerate(PECULIAR):
        names[(n + 1) * count // (len(PECULIAR) + 2)] = name
    return names


def one_name(rng: random.Random) -> str:
    """The name of an official or an outsider."""
    given = _MALE if rng.random() < 0.6 else _FEMALE
    return rng.choice(SURNAMES) + rng.choice(given) + (rng.choice(given) if rng.random() < 0.7 else "")
