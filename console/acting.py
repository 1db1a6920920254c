"""Leads an act from the key to the record: what is lawful, the form, the page that asks, and the word after.

Everything that asks the store runs aside; the dialogs know no store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App

from console import doing, drafts, telling
from console.act_plans import ActPlan, Look
from console.acts import acts
from console.aside import aside
from console.forms import Field, FieldKind, NotFilled, Option, day_of
from console.seat import Seat
from console.shown import safe
from console.subjects import Subject
from console.views.stage import Stage
from console.wording import parts_of
from store.errors import SuperviseError
from store.faults import as_told
from store.labels import label, word
from store.words import say
from store.workdays import Calendar

GONE = frozenset({"item_changed", "step_not_allowed", "not_found"})


@dataclass(frozen=True)
class Flow:
    """One act being led."""

    app: App[Any]
    seat: Seat
    stage: Stage

    def word(self, key: str, **values: object) -> str:
        """A word of the acts."""
        return say(f"act.{key}", self.seat.lang, **values)

    async def run(self, name: str = "") -> None:
        """Lead an act by its name, or whichever is chosen from those that are lawful."""
        try:
            sentence = await self._led(name)
        except Exception as error:
            sentence = as_told(error).sentence(self.seat.lang)
        self.stage.tells(sentence)

    async def _led(self, name: str) -> str:
        subjects = tuple(self.stage.subjects())
        if not self.seat.may_act:
            return self.word("read_only")
        if not subjects:
            return self.word("no_row")
        wanted = [act for act in acts() if name in ("", act.name)]
        looks = await aside(partial(doing.look, self.seat, wanted, subjects))
        if name:
            act = wanted[0]
        else:
            chosen = await self._choose(wanted, looks, subjects)
            if chosen is None:
                return ""
            act = chosen
        refused = looks[act.name].refused
        if len(refused) == len(subjects):
            return refused[subjects[0].no].sentence(self.seat.lang)
        if len(subjects) > 1 and not act.many:
            return self.word("one_only", act=telling.word_of(act, self.seat.lang))
        return await self._fill(act, subjects, looks[act.name])

    async def _choose(
        self, wanted: Sequence[ActPlan], looks: Mapping[str, Look], subjects: Sequence[Subject]
    ) -> ActPlan | None:
        from console.dialogs.choice_dialog import Choice, ChoiceDialog

        choices = []
        for act in wanted:
            refused = len(looks[act.name].refused)
            if refused == len(subjects) or (len(subjects) > 1 and not act.many):
                continue
            note = self.word("some", may=len(subjects) - refused, not_=refused) if refused else ""
            key = self.seat.keyboard.character(act.name, act.key)
            choices.append(Choice(act.name, telling.word_of(act, self.seat.lang), note, key))
        if not choices:
            self.stage.tells(self.word("none"))
            return None
        title = f"{say('console.title', self.seat.lang)} > {self.word('choose')}"
        dialog = ChoiceDialog(title, telling.about(subjects, self.seat.lang), choices, self.seat.lang)
        chosen = await self.app.push_screen_wait(dialog)
        return next((act for act in wanted if chosen and act.name == chosen.code), None)

    async def _fill(self, act: ActPlan, subjects: Sequence[Subject], look: Look) -> str:
        from console.dialogs.form_dialog import Asked, FormDialog

        lang, named = self.seat.lang, [subject.no for subject in subjects]
        days = await aside(partial(doing.calendar, self.seat))
        texts = await self._draft(act, subjects)
        dialog = FormDialog(
            f"{say('console.title', lang)} > {telling.word_of(act, lang)}",
            telling.about(subjects, lang),
            [self._field(field, subjects[0], texts, len(subjects) > 1) for field in act.fields],
            self._facts(subjects),
            Asked(
                partial(self._go, act, subjects, look, days),
                partial(self._choices, act, subjects[0]),
                partial(self._echo, act, days),
                partial(self._keep, act, named),
            ),
            lang,
            self.word("draft_taken") if texts else "",
        )
        answer = await self.app.push_screen_wait(dialog)
        if isinstance(answer, doing.Planned):
            drafts.drop(self.seat, act.name, named)
            self.stage.done([subject.no for subject, _ in answer.made])
            return telling.recorded(answer, lang)
        if isinstance(answer, SuperviseError):
            return answer.sentence(lang) + self.word("draft_kept")
        return self.word("draft_kept") if drafts.kept(self.seat, act.name, named) else ""

    def _keep(self, act: ActPlan, named: Sequence[str], texts: Mapping[str, str]) -> None:
        if any(text.strip() for text in texts.values()):
            drafts.keep(self.seat, act.name, named, texts)
        else:
            drafts.drop(self.seat, act.name, named)

    async def _draft(self, act: ActPlan, subjects: Sequence[Subject]) -> Mapping[str, str]:
        """The texts of a draft that is there and wanted."""
        from console.dialogs.choice_dialog import Choice, ChoiceDialog

        named = [subject.no for subject in subjects]
        draft = drafts.kept(self.seat, act.name, named)
        if draft is None:
            return {}
        lang = self.seat.lang
        texts = "  ".join(text.replace("\n", " ") for text in draft.texts.values() if text)
        at = draft.at.strftime("%Y-%m-%d %H:%M")
        choices = [
            Choice("take", self.word("draft_take", at=at), texts, "1"),
            Choice("leave", self.word("draft_leave"), "", "2"),
        ]
        title = f"{say('console.title', lang)} > {telling.word_of(act, lang)}"
        told = telling.about(subjects, lang)
        chosen = await self.app.push_screen_wait(ChoiceDialog(title, told, choices, lang))
        return draft.texts if chosen is not None and chosen.code == "take" else {}

    def _field(self, field: Field, subject: Subject, texts: Mapping[str, str], many: bool) -> Any:
        from console.dialogs.form_dialog import FormField

        lang = self.seat.lang
        # what the first of many rows has is not what all of them have
        first = field.first(subject) if field.shared or not many else Option("", "")
        # what comes from a row may hold what no terminal should be sent; lines are kept
        text = "\n".join(safe(line) for line in texts.get(field.name, first.code).splitlines())
        shown = first.word if text == first.code and first.word != first.code else ""
        if field.kind is FieldKind.CHOICE and text and not shown:
            known = word(field.name, text, lang)
            shown = known if known != text else text
        hint = say(f"dialogs.hint.{field.kind}", lang)
        return FormField(field.name, label(field.name, lang), field.kind, field.required, text, shown, hint)

    def _facts(self, subjects: Sequence[Subject]) -> Any:
        lang = self.seat.lang
        if len(subjects) > 1:
            from console.widgets.sheets import Part

            return [Part("", tuple((safe(subject.no), safe(subject.title)) for subject in subjects))]
        (subject,) = subjects
        known = [column for column in subject.columns if subject.fact(column.key) is not None]
        return parts_of(known, [subject.fact(column.key) for column in known], lang)

    async def _choices(self, act: ActPlan, subject: Subject, name: str) -> Any:
        from console.dialogs.choice_dialog import Choice

        found = await aside(partial(doing.options, self.seat, act, name, subject))
        return [Choice(option.code, option.word) for option in found]

    def _echo(self, act: ActPlan, days: Calendar, name: str, text: str) -> str:
        """What a day was read as, where it does not stand there as it is."""
        field = next(field for field in act.fields if field.name == name)
        if field.kind is not FieldKind.DAY or not text.strip():
            return ""
        try:
            day = day_of(text, self.seat.as_of, days)
        except SuperviseError:
            return ""
        return f"= {day.isoformat()} {say(f'act.weekday.{day.weekday()}', self.seat.lang)}"

    async def _go(
        self,
        act: ActPlan,
        subjects: Sequence[Subject],
        look: Look,
        days: Calendar,
        texts: Mapping[str, str],
    ) -> object:
        """Read, rehearse, ask, record: Planned when it was recorded, None where it was not confirmed."""
        from console.dialogs.confirm_dialog import ConfirmDialog
        from console.dialogs.form_dialog import Refused

        lang = self.seat.lang
        try:
            told = await aside(partial(doing.given, self.seat, act, texts, days, look.versions))
            planned = await aside(partial(doing.plan, self.seat, act, subjects, told))
        except NotFilled as wrong:
            return Refused({name: error.sentence(lang) for name, error in wrong.errors.items()})
        except SuperviseError as error:
            return error if error.key in GONE else Refused({}, error.sentence(lang))
        title = f"{say('console.title', lang)} > {telling.word_of(act, lang)} > {self.word('check')}"
        dialog = ConfirmDialog(title, telling.record(self.seat, planned), self.word("question"), lang)
        if await self.app.push_screen_wait(dialog) is None:
            return None
        try:
            return await aside(partial(doing.carry_out, self.seat, planned))
        except SuperviseError as error:
            return error if error.key in GONE else Refused({}, error.sentence(lang))


def begin(app: App[Any], seat: Seat, name: str = "") -> None:
    """Lead an act from the view that is looked at; while one is led no other begins."""
    stage = next((screen for screen in reversed(app.screen_stack) if isinstance(screen, Stage)), None)
    if stage is None:
        return
    flow = Flow(app, seat, stage)
    if not any(worker.group == "act" and not worker.is_finished for worker in app.workers):
        app.run_worker(flow.run(name), group="act", exit_on_error=False)
