"""Where an opinion stands and what comes next: the stepper, the strip under it, and the words of both.

Everything is read from the flow and the journal; which step is due when, and why an opinion left the road, is said in words.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.flow import Move
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.office.desk import Desk
from desktop.office.due import due_day
from desktop.office.opinions import StepFacts
from desktop.store.work import Row
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import Action, ActionBar
from desktop.ui.kit.facts import Fact
from desktop.ui.kit.stepper import NextStepStrip, Step, Stepper
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look
from desktop.ui.moving import MoveCard, move_actions
from desktop.ui.rows import state_badge
from desktop.ui.session import Session

GROUND = {"不采纳": "verdict_reason", "撤回": "verdict_reason"}  # the field that says why it left the road
SOON, NEARLY_USED = 7, 0.8  # a term is near its end in days, or in its share


def short_day(day: str, today: str) -> str:
    """12月3日 within this year, with the year otherwise."""
    words = days.show_day(day)
    return words.partition("年")[2] if day[:4] == today[:4] else words


def due_words(since: str, due: str, today: str) -> tuple[str, float, str]:
    """The term in words, the share of it that is used, and its tone."""
    left, whole = days.between(today, due), max(1, days.between(since, due))
    share = days.between(since, today) / whole
    day = short_day(due, today)
    if left < 0:
        return _("期限 {day}，已逾期 {n} 天").format(day=day, n=-left), 1.0, "err"
    if left == 0:
        return _("期限 {day}，今天到期").format(day=day), share, "warn"
    tone = "warn" if left <= SOON or share >= NEARLY_USED else "wait"
    return _("期限 {day}，还有 {n} 天").format(day=day, n=left), share, tone


def steps_in_words(steps: Sequence[StepFacts], row: Row, due: str | None, today: str) -> tuple[list[Step], int]:
    """The stepper's steps and which of them is now."""
    states = [step.state for step in steps]
    now = states.index(row["state"])
    shown = []
    for nth, step in enumerate(steps):
        day = step.on[5:] if step.on[:4] == today[:4] else step.on
        below = f"{day} {step.said or step.who}".strip()
        if nth == now and not Opinion.flow.is_done(step.state):
            below = _("第 {n} 天").format(n=days.between(row["heard_on"], today))
        elif nth == now + 1 and due:
            below = _("期限 {day}").format(day=due[5:] if due[:4] == today[:4] else due)
        elif nth < now and not step.on:
            below = _("未经过")
        shown.append(Step(_(step.state), below))
    return shown, len(steps) if row["state"] == Opinion.flow.states[-1] else now


def content_facts(row: Row, names: dict[str, str], revealed: set[str], desk: Desk) -> list[Fact]:
    """What was said, by whom and where; who spoke is masked until somebody asks who may."""
    fields, today = Opinion.fields(), desk.today

    def fact(key: str, tail: str = "") -> Fact:
        spec, hide = fields[key], fields[key].sensitive and bool(row[key]) and key not in revealed
        words = names.get(row[key] or "", "") if key in Opinion.links() else spec.mask(row[key]) if hide else spec.kind.show(row[key])
        return Fact(_(spec.label), f"{words or _('未填')}{tail}", key, hide and desk.sees(spec))

    where = _("（{where}）").format(where=row["said_where"]) if row["said_where"] else ""
    said_by = fact("said_by", where) if row["said_by"] else Fact(_("提出人"), _("匿名") + where)
    heard = fact("heard_by", f" · {short_day(row['heard_on'], today)}")
    facts = [said_by, fact("topic"), fact("channel"), fact("place"), heard, fact("phone")]
    return facts + [fact(key) for key in ("campaign", "proposal") if row[key]]


def handling_facts(row: Row, names: dict[str, str], handed: StepFacts | None, today: str) -> list[Fact]:
    """Who has it in hand, since when, until when."""
    when = f"{short_day(handed.on, today)} {handed.who}" if handed is not None and handed.on else _("还没有")
    facts = [
        Fact(_("承办单位"), names.get(row["handling_unit"] or "", "") or _("还没有，研判后按“交办”")), Fact(_("交办"), when),
        Fact(_("承办人"), row["handler"] or _("未填")),
        Fact(_("办理期限"), short_day(row["due_on"], today) if row["due_on"] else _("未定")),
    ]  # fmt: skip
    told = ("extended_because", "result", "closed_on", "replied_by", "replied_on", "satisfied")
    fields = {key: Opinion.fields()[key] for key in told if row[key]}
    return facts + [Fact(_(spec.label), spec.kind.show(row[key]), key) for key, spec in fields.items()]


class OpinionHead(QWidget):
    """The stepper and the strip of one opinion."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.stepper, self.strip = Stepper(), NextStepStrip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stepper)
        column.addWidget(self.strip)
        self.over = Over()
        column.addWidget(self.over)
        self.over.chosen.connect(self.chosen)
        self.strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # its buttons must not widen the window
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # what is long below scrolls and squeezes nothing here
        self.strip.hide()
        self.over.hide()
        self._first = self._due = ""
        self.strip.chosen.connect(self.chosen)

    def show_opinion(self, desk: Desk, row: Row, names: dict[str, str], steps: Sequence[StepFacts]) -> None:
        """Where this opinion stands today and what the person here may do next."""
        today, clock = desk.today, Opinion.flow.due_in(row["state"])
        due = due_day(desk, Opinion, row["state"], dict(row))
        self.stepper.show_steps(*steps_in_words(steps, row, due, today))
        since = row["heard_on"] if clock is None or clock.field else row[clock.since]
        self._due, share, tone = due_words(since or today, due, today) if due else ("", 0.0, "wait")
        self.strip.show_due(self._due, share, tone)
        actions = [] if row["ended_on"] else move_actions(desk, Opinion, row["state"])
        actions = [replace(one, keep=len(actions) - nth) for nth, one in enumerate(actions)]
        first = actions[0] if actions and actions[0].kind == "primary" else None
        self._first = first.key if first else ""
        if row["state"] == "已合并":
            actions.insert(0, Action("same_as", _("看并入的那条"), "arrow-right"))
        self.strip.hide()
        self.over.hide()
        if first is None:
            self.over.show_end(row, names, actions)
            self.over.show()
        else:
            self.strip.show_step(_(Opinion.flow.move(first.key).to), _asked_words(first.key), actions)
            self.strip.show()
            self._fit()

    @property
    def due(self) -> str:
        """The term in words, as it is shown."""
        return self._due

    def next_move(self) -> None:
        """F9: the primary of the strip, when there is one."""
        self.strip.deeds.choose(self._first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Side exits that do not fit beside the term go into ⋯."""
        deeds = self.strip.deeds
        others = self.strip.sizeHint().width() - deeds.sizeHint().width()
        deeds.fit(self.width() - others)


def _asked_words(deed: str) -> str:
    """One small line: what the next step asks."""
    labels = [_(Opinion.fields()[name].label) for name, must in Opinion.flow.move(deed).asked.items() if must]
    return _("要填{fields}").format(fields="、".join(labels)) if labels else _("不用填，按 F9 就办")


class Over(QFrame):
    """In place of the strip where the person here has no next step: what became of it, why, and the ways on."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._row = QHBoxLayout(self)
        self._mark, self._state, self._why = IconMark("ban", "text2"), Label(""), ElidedLabel("", ink="text2")
        self._state.set_bold(True)
        self.deeds = ActionBar()
        self.deeds.chosen.connect(self.chosen)
        for piece in (self._mark, self._state):
            self._row.addWidget(piece)
        self._row.addWidget(self._why, 1)
        self._row.addWidget(self.deeds)
        follow(self, self._restyle)

    def show_end(self, row: Row, names: dict[str, str], actions: Sequence[Action]) -> None:
        """This opinion is closed, or waits for somebody with the right."""
        tone, picture, word = state_badge(Opinion.flow, row["state"])
        self._mark.show_icon(picture or "clock", tone)
        self._state.setText(word)
        self._why.setText(self._ground(row, names))
        self.deeds.set_actions(actions)

    @property
    def words(self) -> str:
        """What became of it and why."""
        return f"{self._state.text()} {self._why.text()}"

    def _ground(self, row: Row, names: dict[str, str]) -> str:
        if row["state"] == "已合并":
            return _("并入 {title}").format(title=names.get(row["same_as"] or "", ""))
        if row["state"] in GROUND:
            return str(row[GROUND[row["state"]]] or "")
        return _("不再有要办的") if Opinion.flow.is_done(row["state"]) else _("下一步由有权限的同事办")

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(8), here.u(16), here.u(8))
        self._row.setSpacing(here.u(10))
        self.setMinimumHeight(here.u(56))


class MovePlace(QWidget):
    """Where a move asks what it needs, above everything else on the page; empty it takes no room."""

    wanted = Signal(object, object)  # the move, its values
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.card: MoveCard | None = None
        self.hide()

    def open(self, row: Row, step: Move) -> None:
        """The card of this move, with the keys in its first field; a move that asks nothing is wanted at once."""
        self.close_card()
        if not step.asked:
            self.wanted.emit(step, {})
            return
        self.card = MoveCard(self._session, Opinion, row, step, self._likely(step.deed, row))
        self.card.wanted.connect(lambda values: self.wanted.emit(step, values))
        self.card.given_up.connect(self.close_card)
        self._column.addWidget(self.card)
        self.show()
        self.card.take_focus()

    def _likely(self, deed: str, row: Row) -> dict[str, Value]:
        """The day that a move most likely means."""
        desk = self._session.desk
        if deed == "extend" and row["due_on"]:
            return {"due_on": days.after(row["due_on"], desk.number("opinion.extend_days"))}
        return {"due_on": desk.due("opinion.close_days", desk.today)} if deed == "reopen" else {}

    def close_card(self) -> None:
        """Nothing is asked any more."""
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None
            self.hide()
            self.closed.emit()
