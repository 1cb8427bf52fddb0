"""可能已经登记过: who may be in the ledger already, before he is entered twice; the two beside each other when somebody asks."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.kinds import Value
from desktop.model.kinds.records import Link
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.entering import Alike
from desktop.store.work import Row
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import ButtonFlow, Card, Scrolled
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look
from desktop.ui.session import Session

SHOWN_MOST = 3
WIDTH, HEIGHT = 640, 460


class AlikeCard(Card):
    """The records that look like the one that is typed, each with a way to compare and a way to say that it is another."""

    compare = Signal(str)
    not_same = Signal(str)

    def __init__(self, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(_("可能已经登记过"), "users", tone="warn", parent=parent)
        self._unit = unit
        self._count = Badge("", parent=self)
        self.add_to_head(self._count)
        self._boxes: list[QWidget] = []
        self.hide()

    def show_found(self, found: Sequence[Alike]) -> None:
        """These may be the same one; without any the card is not there."""
        for old in self._boxes:
            old.hide()
            old.deleteLater()
        self._boxes = []
        self.setVisible(bool(found))
        if found:
            self._count.show_badge(("warn", "alert-triangle", _("{n} {unit}相近").format(n=len(found), unit=_(self._unit))))
        for one in found[:SHOWN_MOST]:
            self._add(one)

    def _add(self, one: Alike) -> None:
        why = Label(_("{why}。请先看一眼，再决定。").format(why=one.why), "caption", "text2", wrap=True)
        box, inside = QFrame(), QVBoxLayout()
        box.setObjectName("inset")
        box.setLayout(inside)
        pad = look().u(8)
        inside.setContentsMargins(pad, pad, pad, pad)
        inside.setSpacing(look().u(2))
        head = QHBoxLayout()
        head.setSpacing(look().u(8))
        head.addWidget(Label(one.title, bold=True))
        head.addWidget(Label(one.about, "caption", "text2"), 1)
        inside.addLayout(head)
        for line in one.lines:
            inside.addWidget(Label(line, "caption", "text2", wrap=True))
        compare, other = Button(_("打开比对"), "git-compare"), Button(_("不是同一人"))
        for button in (compare, other):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys in the field that is being typed
        compare.clicked.connect(lambda: self.compare.emit(one.id))
        other.clicked.connect(lambda: self.not_same.emit(one.id))
        for piece in (why, box, ButtonFlow((compare, other))):
            self.add(piece)
            self._boxes.append(piece)


class Comparison(QDialog):
    """What is typed beside what stands in the ledger. It only asks: whoever it is, the form keeps what was typed."""

    OPEN, NOT_SAME = 2, 3

    def __init__(self, over: QWidget, session: Session, record: type[Record], typed: Mapping[str, Value], kept: Row) -> None:
        super().__init__(over)
        self._over = over
        self.setWindowTitle(_("比对：{name}").format(name=record.called(kept, masked=True)))
        self._session = session
        column = QVBoxLayout(self)
        pad = look().u(16)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look().u(10))
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for at, head in enumerate(("", _("正在填的"), _("已登记的"), "")):
            self._grid.addWidget(Label(head, "caption", "text2", bold=True), 0, at)
        for key, spec in record.fields().items():
            if spec.on_form and session.desk.sees(spec) and (typed.get(key) is not None or kept[key] is not None):
                self._add_line(record, key, typed.get(key), kept[key])
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        column.addWidget(Scrolled(table), 1)
        column.addWidget(Rule())
        row = QHBoxLayout()
        back = Button(_("接着填"), shortcut="Esc")
        other, open_it = Button(_("不是同一人")), Button(_("是同一人，打开已登记的"), "arrow-right", "act")
        back.clicked.connect(self.reject)
        other.clicked.connect(lambda: self.done(self.NOT_SAME))
        open_it.clicked.connect(lambda: self.done(self.OPEN))
        row.addStretch(1)
        for button in (back, other, open_it):
            row.addWidget(button)
        column.addLayout(row)
        back.setFocus()
        follow(self, self._restyle)

    def _add_line(self, record: type[Record], key: str, typed: Value, kept: Value) -> None:
        spec, at = record.fields()[key], self._grid.rowCount()

        def shown(value: Value) -> str:
            if isinstance(spec.kind, Link):
                return self._session.title_of(spec.kind.to, str(value) if value else None)
            return spec.kind.show(value) if value is not None else ""

        stored = spec.mask(kept) if spec.sensitive and kept != typed else shown(kept)
        differs = typed is not None and kept is not None and typed != kept
        self._grid.addWidget(Label(_(spec.label), "caption", "text2"), at, 0)
        self._grid.addWidget(Label(shown(typed), wrap=True, bold=differs), at, 1)
        self._grid.addWidget(Label(stored, wrap=True, bold=differs), at, 2)
        mark = Badge(_("不同"), "warn", "alert-triangle") if differs else Badge(_("相同"), "ok", "check") if typed == kept else None
        if mark is not None:
            self._grid.addWidget(mark, at, 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        here = look()
        self.resize(min(here.u(WIDTH), self._over.width()), min(here.u(HEIGHT), self._over.height()))
        self._grid.setHorizontalSpacing(here.u(12))
        self._grid.setVerticalSpacing(here.u(6))
