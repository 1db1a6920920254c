"""The language of filters by examples: what the README shows, and what a test holds it to."""

from __future__ import annotations

from dataclasses import dataclass

from store.words import LANGUAGES, say


@dataclass(frozen=True, slots=True)
class Example:
    """Ways to write the same, or its like, in Chinese and in English; `name` says what it finds."""

    name: str
    zh: tuple[str, ...]
    en: tuple[str, ...]

    def written(self, lang: str) -> tuple[str, ...]:
        """The ways of one language."""
        return (self.zh, self.en)[LANGUAGES.index(lang)]

    def meaning(self, lang: str) -> str:
        """What it finds."""
        return say(f"filter.{self.name}", lang)


EXAMPLES = (
    Example("words", ("白马 低保",), ("白马 低保",)),
    Example("any_word", ("白马, 永安",), ("白马, 永安",)),
    Example("quoted", ('"白马 镇"', '责任单位="a=b"'), ('"白马 镇"', 'unit="a=b"')),
    Example("text", ("责任单位=民政局", "批次号=B1"), ("unit=民政局", "batch=B1")),
    Example("whole", ("责任单位==资中县民政局",), ("unit==资中县民政局",)),
    Example("holds", ("责任单位~民政", "责任单位!~民政"), ("unit~民政", "unit!~民政")),
    Example("several", ("等级=红,橙", "等级=红、橙"), ("grade=red,orange", "grade=red, orange")),
    Example("ranked", ("等级>=橙", "环节<县定"), ("grade>=orange", 'stage<"county approval"')),
    Example("number", ("超时>10", "超时大于10"), ("overdue>10", "overdue_days>10")),
    Example("range", ("超时=10..20", "超时 10 到 20"), ("overdue=10..20", "overdue between 10 and 20")),
    Example("half_range", ("超时=10..", "超时=..20"), ("overdue=10..", "overdue=..20")),
    Example("money", ("金额>=1.5万", "金额=1,234.50"), ("amount>=15000", "amount=1,234.50")),
    Example("day", ("到达时间=2025-06", "应办结>=2025年6月30日"), ("entered=2025-06", "due>=2025-06-30")),
    Example("period", ("应办结=2025Q2", "应办结=2025"), ("due=2025Q2", "due=2025")),
    Example("unknown", ("应办结=-", "应办结 不为空"), ("due=-", "due!=-")),
    Example("flag", ("未反馈=是",), ("no_feedback=yes",)),
    Example("and", ("超时>10 且 镇审", "超时>10 镇审"), ("overdue>10 and 镇审", "overdue>10 && 镇审")),
    Example("or", ("超时>10 或 (镇审 且 等级=红)",), ("overdue>10 or (镇审 and grade=red)",)),
    Example("not", ("非 镇审", "等级!=红"), ("not 镇审", "grade!=red")),
)


def table(lang: str) -> str:
    """The examples as a table of Markdown."""
    head = f"| {say('filter.written', lang)} | {say('filter.finds', lang)} |"
    rows = (
        f"| {say('filter.or_else', lang).join(f'`{text}`' for text in example.written(lang))} "
        f"| {example.meaning(lang)} |"
        for example in EXAMPLES
    )
    return "\n".join([head, "| --- | --- |", *rows])
