"""One question of a record on the screen, and what is chosen in it: 1 ours, 2 theirs, the last number a third value."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.decisions import label_of, value_words
from desktop.sync.asking import Claim, Question
from desktop.sync.deciding import Choice, Side, chosen_values
from desktop.ui.conflict_cards import BaseCard, ThirdLine, ValueCard
from desktop.ui.editors import Binding, binding
from desktop.ui.icons import IconMark
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.session import Session


class QuestionView(QWidget):
    """`changed` when something is chosen or typed, `entered` when the hand came to this question, `done` by Enter in the last field."""

    changed = Signal()
    entered = Signal()
    typing = Signal(QWidget)
    done = Signal()

    def __init__(self, session: Session, record: type[Record], question: Question, office: str, place: str) -> None:
        super().__init__()
        self.session, self.record, self.question, self.office = session, record, question, office
        self.is_current, self._nth = False, 0
        self._column, self._head, self._fields = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._badge = Badge("", "warn")
        for piece in (Label(self.label, "section"), Label(place, "caption", "text2")):
            self._head.addWidget(piece)
        self._head.addStretch(1)
        self._head.addWidget(self._badge)
        self._base, self._arrow = self._base_card(), IconMark("arrow-right", "text2", 18)
        self._cards.addWidget(self._base, 3)
        self._cards.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignCenter)
        self.cards = [self._ours(), *(self._theirs(nth, claim) for nth, claim in enumerate(question.claims, 2))]
        for nth, card in enumerate(self.cards, 1):
            card.chosen.connect(lambda nth=nth: self.choose(nth))
            self._cards.addWidget(card, 5)
        self.third = ThirdLine(str(len(self.cards) + 1))
        self.third.chosen.connect(lambda: self.choose(len(self.cards) + 1))
        self.bindings = self._editors()
        self._column.addLayout(self._head)
        self._column.addLayout(self._cards)
        self._column.addWidget(self.third, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(self._fields)
        self.third.setVisible(bool(self.bindings))  # not before it has its place: it would be a window of its own
        self._moves = EnterMoves(self, [bound.field.editor for bound in self.bindings.values()])
        self._moves.save.connect(self.done)
        self._show()
        follow(self, self._restyle)

    @property
    def label(self) -> str:
        """What it is about, in words."""
        return "、".join(label_of(self.record, name) for name in self.question.names)

    # what was chosen

    @property
    def is_chosen(self) -> bool:
        """Something was."""
        return bool(self._nth)

    @property
    def is_typed(self) -> bool:
        """A third value is being typed."""
        return self._nth == len(self.cards) + 1

    def choose(self, nth: int) -> None:
        """The nth of the cards, counted from 1, or the third way after the last of them."""
        if not 1 <= nth <= len(self.cards) + bool(self.bindings):
            return
        self.entered.emit()
        if nth <= len(self.cards) and not self.cards[nth - 1].isEnabled():
            return
        self._nth = nth
        self._show()
        if self.is_typed:
            first, *_others = self.bindings.values()
            first.field.setFocus()
            self.typing.emit(first.field)
        self.changed.emit()

    def step(self, by: int) -> None:
        """The card beside the chosen one."""
        near = self._nth + by if self._nth else 1
        while 1 <= near <= len(self.cards) and not self.cards[near - 1].isEnabled():
            near += by
        if 1 <= near <= len(self.cards):
            self.choose(near)

    def choice(self) -> Choice:
        """What was chosen; Refusal when what was typed cannot be read."""
        if self.is_typed:
            return Choice(Side.THIRD, typed={name: bound.read(self._own(name)) for name, bound in self.bindings.items()})
        if self._nth > 1:
            return Choice(Side.THEIRS, self.question.claims[self._nth - 2].stamp)
        return Choice(Side.OURS)

    def result(self) -> str:
        """What will stand there, in words; nothing as long as nobody chose."""
        if not self._nth:
            return ""
        try:
            return self._words(chosen_values(self.record, self.question, self.choice()))
        except Refusal:
            return ""

    def show_mistakes(self, refusal: Refusal) -> None:
        """What a rule says against a typed value stands under its field."""
        for mistake in refusal.mistakes:
            if mistake.field in self.bindings:
                self.bindings[mistake.field].field.show_word(mistake.why, "err")

    def set_current(self, current: bool) -> None:
        """The digits are for this question."""
        self.is_current = current
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """The cards stand under one another."""
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._arrow.setVisible(not narrow)

    # how it looks

    def _own(self, name: str) -> Value:
        return self.question.ours[name]

    def _words(self, values: Mapping[str, Value]) -> str:
        return "，".join(value_words(self.session.desk, self.record, name, values[name]) for name in self.question.names)

    def _base_card(self) -> BaseCard:
        question = self.question
        if not question.base:
            return BaseCard(_("原来"), _("本机没有记下"))
        return BaseCard(_("原来（{day}）").format(day=self.session.day_words(question.base_on)), self._words(question.base))

    def _ours(self) -> ValueCard:
        question = self.question
        when = f"{self.session.day_words(question.at[:10])} {question.at[11:16]}"
        return ValueCard("1", _("本社区现在的"), self._words(question.ours), [f"{self.session.name_of(question.who)}　{when}"])

    def _theirs(self, nth: int, claim: Claim) -> ValueCard:
        sent = (
            _("第 {n} 批报出，{day}").format(n=claim.batch, day=self.session.day_words(claim.batch_on))
            if claim.batch
            else _("恢复以前报出，本机已没有那一批")
        )
        warning = _("只有遮盖的值或本社区没有的记录，不能照用：问清楚后另填") if claim.lacking else ""
        card = ValueCard(str(nth), _("{office}收到的").format(office=self.office), self._words(claim.values), [sent], warning=warning)
        card.setEnabled(not claim.lacking)
        return card

    def _editors(self) -> dict[str, Binding]:
        """An editor for each field, where all of them can be typed by the person here."""
        fields, made = self.record.fields(), dict[str, Binding]()
        if not all(name in fields and fields[name].written and self.session.desk.sees(fields[name]) for name in self.question.names):
            return made
        for name in self.question.names:
            made[name] = bound = binding(fields[name], self.session)
            bound.show(self._own(name))
            bound.field.changed.connect(self.changed)
            bound.field.hide()
            self._fields.addWidget(bound.field)
        return made

    def _show(self) -> None:
        for nth, card in enumerate(self.cards, 1):
            card.set_on(nth == self._nth)
        self.third.set_on(self.is_typed)
        for bound in self.bindings.values():
            bound.field.setVisible(self.is_typed)
        if not self._nth:
            self._badge.show_badge(("warn", "alert-triangle", _("请选一个")))
        else:
            word = _("另填") if self.is_typed else _("本社区的") if self._nth == 1 else _("{office}的").format(office=self.office)
            self._badge.show_badge(("ok", "circle-check", _("已选：{what}").format(what=word)))

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(16), here.u(10), here.u(16), here.u(8))
        for layout in (self._column, self._head, self._cards, self._fields):
            layout.setSpacing(here.u(8))
        self._fields.setContentsMargins(here.u(28), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        if self.is_current:
            painter.fillRect(QRect(0, here.u(8), here.u(3), self.height() - here.u(16)), here.colour("act"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), here.colour("line"))
        painter.end()
