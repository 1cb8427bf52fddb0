"""The right side of the conflict desk: a record with its questions and what will hold once it is decided; or what was decided."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.kinds.identity import Phone
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.decisions import DecidedField, Decision, label_of, value_words
from desktop.store.page import link_titles
from desktop.store.work import Row
from desktop.sync.asking import Contested
from desktop.sync.deciding import REASON_MOST, Choice
from desktop.ui.conflict_cards import ValueCard
from desktop.ui.conflict_question import QuestionView
from desktop.ui.icons import IconMark
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.rows import words_below
from desktop.ui.session import Session

REASON_WIDTH = 300


class _Sheet(QWidget):
    """Head and scrolled body, which both sheets have."""

    open_wanted = Signal(str, str)  # type, id

    def __init__(self, kind: str, record: str, title: str, below: str, beside: str = "") -> None:
        super().__init__()
        self.narrow = False
        self._column = QVBoxLayout(self)
        self.head = QWidget()
        self._head, self._names = QHBoxLayout(self.head), QVBoxLayout()
        self._title_row = FlowLayout()
        for piece in (Label(title or _("已清除的记录"), "title", wrap=True), *([Label(beside, ink="text2")] if beside else [])):
            self._title_row.addWidget(piece)
        self._names.addLayout(self._title_row)
        self._names.addWidget(Label(below, ink="text2", wrap=True))
        self._head.addLayout(self._names, 1)
        self.open = LinkButton(_("打开这条{what}").format(what=_(record_type(kind).label)), "file-text")
        self.open.clicked.connect(lambda: self.open_wanted.emit(kind, record))
        self._head.addWidget(self.open)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.scrolled = Scrolled(inner)
        self._column.addWidget(self.head)
        self._column.addWidget(self.scrolled, 1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        follow(self, self._restyle_head)

    def set_narrow(self, narrow: bool) -> None:
        """Less room: what stands still beside the scrolled part goes into it."""
        self.narrow = narrow
        (self.body if narrow else self._column).insertWidget(0, self.head)

    def _restyle_head(self) -> None:
        here = look()
        self._head.setContentsMargins(here.u(16), here.u(10), here.u(12), here.u(8))
        self._names.setSpacing(here.u(2))
        self._title_row.setSpacing(here.u(10))


class RecordSheet(_Sheet):
    """A record with questions. `decide_wanted` when Enter has nowhere left to go."""

    changed = Signal()
    decide_wanted = Signal()
    number_wanted = Signal(str)  # the field whose whole number is to be shown

    def __init__(self, session: Session, contested: Contested) -> None:
        many = len(contested.questions)
        words = _("本社区和{office}各有一份，下面 {n} 处不一样；选定以后随下一批上报。").format(office=contested.office, n=many)
        record, desk = record_type(contested.kind), session.desk
        row = desk.get(record, contested.record)
        with desk.books.read() as conn:
            beside = words_below(record, row, link_titles(conn, desk.community, record, [row]))
        super().__init__(contested.kind, contested.record, contested.title, words, beside)
        self.contested = contested
        self.phone = LinkButton("", "phone")
        self._show_phone(session, record, row)
        self.questions = [
            QuestionView(session, record, question, contested.office, _("{n} 处待选 · 第 {at} 处").format(n=many, at=at))
            for at, question in enumerate(contested.questions, 1)
        ]
        for view in self.questions:
            view.changed.connect(self._changed)
            view.typing.connect(self._bring_into_sight)
            view.entered.connect(lambda view=view: self.go_to(view))
            view.done.connect(self.go_on)
            self.body.addWidget(view)
        self.body.addStretch(1)
        self._foot = QFrame()
        self._foot.setObjectName("strip")
        self._row, self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot), QVBoxLayout()
        self._title = QHBoxLayout()
        self._title.addWidget(IconMark("file-text"))
        self._title.addWidget(Label(_("定下后"), "section"), 1)
        self.sentence = Label("", wrap=True)
        self._words.addLayout(self._title)
        self._words.addWidget(self.sentence)
        self._words.addStretch(1)
        self.reason = LabelledField(_("依据（可不填，会留痕）"), LineEdit(REASON_MOST, _("例如：本人报到登记表、电话核对")))
        self.reason.changed.connect(self.changed)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self.reason)
        self._column.addWidget(self._foot)
        self._moves = EnterMoves(self, [self.reason.editor])
        self._moves.save.connect(self.go_on)
        self.current = self.questions[0]
        self.current.set_current(True)
        self._changed()
        follow(self, self._restyle)

    def _show_phone(self, session: Session, record: type[Record], row: Row) -> None:
        """Whom one may call to learn which value is right; the number stays masked until it is wanted."""
        found = next(((key, spec) for key, spec in record.fields().items() if isinstance(spec.kind, Phone) and row[key]), None)
        self.phone.setVisible(found is not None and session.desk.sees(found[1]))
        if found is not None:
            self.show_number(found[1].kind.mask(row[found[0]]))
            self.phone.clicked.connect(lambda: self.number_wanted.emit(found[0]))
        self._head.insertWidget(1, self.phone)

    def show_number(self, number: str) -> None:
        """The number on the link, masked or whole."""
        self.phone.set_label(_("打电话问：{number}").format(number=number))

    # what was chosen

    @property
    def is_ready(self) -> bool:
        """Every question has an answer."""
        return all(view.is_chosen for view in self.questions)

    @property
    def is_typed(self) -> bool:
        """Something was written that would be lost."""
        return bool(self.reason.value()) or any(view.is_typed for view in self.questions)

    def choices(self) -> list[Choice]:
        """One for each question; Refusal when something typed cannot be read."""
        return [view.choice() for view in self.questions]

    def choose(self, nth: int) -> None:
        """In the current question."""
        self.current.choose(nth)

    def go_on(self) -> None:
        """To the next question without an answer; when there is none, the decision."""
        at = self.questions.index(self.current)
        following = [*self.questions[at + 1 :], *self.questions[: at + 1]]
        nearest = next((view for view in following if not view.is_chosen), None)
        if nearest is None:
            self.decide_wanted.emit()
        else:
            self.go_to(nearest)

    def go_to(self, view: QuestionView) -> None:
        """The digits are for this question from now on."""
        self.current = view
        for one in self.questions:
            one.set_current(one is view)
        self.scrolled.ensureWidgetVisible(view, 0, look().u(20))

    def show_mistakes(self, refusal: Refusal) -> None:
        """What a rule says against typed values."""
        for view in self.questions:
            view.show_mistakes(refusal)

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        for view in self.questions:
            view.set_narrow(narrow)
        (self.body if narrow else self._column).addWidget(self._foot)
        self._restyle()

    def _bring_into_sight(self, field: QWidget) -> None:
        QTimer.singleShot(0, field, lambda: self.scrolled.ensureWidgetVisible(field, 0, look().u(20)))  # once it has its place

    def _changed(self) -> None:
        said = []
        for view in self.questions:
            result = view.result()
            words = _("{field}记为“{value}”") if result else _("{field}还没选")
            said.append(words.format(field=view.label, value=result))
        follows = _("两边原来的写法都留在历史里，随下一批报{office}。").format(office=self.contested.office)
        self.sentence.setText(_("{title}的{what}。{follows}").format(title=self.contested.title, what="，".join(said), follows=follows))
        self.changed.emit()

    def _restyle(self) -> None:
        here = look()
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if self.narrow else QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(here.u(16), here.u(10), here.u(16), here.u(10))
        self._row.setSpacing(here.u(16))
        self._words.setSpacing(here.u(6))
        self._title.setSpacing(here.u(8))
        self.reason.setFixedWidth(16_777_215 if self.narrow else here.u(REASON_WIDTH))
        if self.narrow:
            self.reason.setMinimumWidth(0)


class DecidedSheet(_Sheet):
    """What was decided: both values, the one that holds, who chose it and why."""

    def __init__(self, session: Session, decision: Decision) -> None:
        when = f"{session.day_words(decision.at[:10])} {decision.at[11:16]}"
        words = _("{who} {when} 定下").format(who=session.name_of(decision.who), when=when)
        why = _("依据：{reason}").format(reason=decision.reason) if decision.reason else _("没有写依据")
        super().__init__(decision.kind, decision.record, decision.title, f"{words} · {why}")
        self._rows: list[QBoxLayout] = []
        for field in decision.fields:
            self.body.addWidget(self._field(session, decision.kind, field))
        self.body.addStretch(1)

    def _field(self, session: Session, kind: str, field: DecidedField) -> QWidget:
        record, piece = record_type(kind), QWidget()
        column, row = QVBoxLayout(piece), QBoxLayout(QBoxLayout.Direction.LeftToRight)

        def card(title: str, value: Value, holds: bool) -> ValueCard:
            made = ValueCard("", title, value_words(session.desk, record, field.name, value), [])
            made.setEnabled(False)
            made.set_on(holds)
            return made

        cards = [card(_("本社区原来的"), field.ours, field.side == "ours")]
        cards += [card(_("对方的"), other, field.side == "theirs" and other == field.chosen) for other in field.others]
        cards += [card(_("另填的"), field.chosen, True)] if field.side == "third" else []
        for one in cards:
            row.addWidget(one, 1)
        column.addWidget(Label(label_of(record, field.name), "section"))
        column.addLayout(row)
        column.setContentsMargins(look().u(16), look().u(8), look().u(16), look().u(8))
        self._rows.append(row)
        return piece

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
