"""Beside a form: who may have been entered already, how far one is, what can be printed afterwards, the keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.entering import Alike
from desktop.store.work import Row
from desktop.ui.editors import Binding
from desktop.ui.kit.bars import Bar
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.session import Session

WIDTH = 300
KEYS = (("Enter", "下一项（按纸表顺序）"), ("Shift+Enter", "上一项"), ("Ctrl+D", "照抄上一条"), ("F8", "下一处错误"), ("Alt+↓", "打开下拉"))


class FormSide(QWidget):
    """The panel at the right of a form."""

    opened = Signal(str)

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.record = session, record
        self._column = QVBoxLayout(self)
        self.alike = Card(_("可能已经登记过"), "users", tone="warn", parent=self)
        self.how_far = Card(_("填写进度"), "list-check", parent=self)
        self._count, self._bar = Label("", "caption", "text2", parent=self.how_far), Bar(tone="ok", parent=self.how_far)
        self.how_far.add_to_head(self._count)
        self.how_far.add(self._bar)
        self._groups: dict[str, Label] = {}
        for group in record.groups():
            how = Label("", "caption", "text2", parent=self.how_far)
            line = QHBoxLayout()
            line.addWidget(Label(_(group), parent=self.how_far), 1)
            line.addWidget(how)
            self.how_far.add(line)
            self._groups[group] = how
        keys = QVBoxLayout()
        for key, what in KEYS:
            line = QHBoxLayout()
            line.addWidget(Label(key, "caption", bold=True, parent=self), 2)
            line.addWidget(Label(_(what), "caption", "text2", parent=self), 3)
            keys.addLayout(line)
        for piece in (self.alike, self.how_far):
            self._column.addWidget(piece)
        self._column.addLayout(keys)
        self._column.addStretch(1)
        self._alike: list[QWidget] = []
        self.alike.hide()
        follow(self, self._restyle)

    def show_progress(self, bindings: Mapping[str, Binding], row: Row | None) -> None:
        """How many of the required fields are filled, group by group."""
        required = filled = 0
        for group, specs in self.record.groups().items():
            must = [spec for spec in specs if spec.required]
            have = [spec for spec in must if bindings[spec.key].field.value()]
            wrong = [spec for spec in specs if bindings[spec.key].field.tone == "err"]
            required, filled = required + len(must), filled + len(have)
            word = self._groups[group]
            left = len(must) - len(have)
            if wrong:
                word.setText(_("有 {n} 处要改").format(n=len(wrong)))
                word.set_ink("err")
            else:
                word.setText(_("差 {n} 项").format(n=left) if left else _("可以"))
                word.set_ink("text2" if left else "ok")
        self._count.setText(_("必填 {n} / {all}").format(n=filled, all=required))
        self._bar.show_share(filled / required if required else 1.0, "ok")

    def show_alike(self, found: Sequence[Alike]) -> None:
        """Records that may be the same one; each can be opened."""
        for old in self._alike:
            old.hide()
            old.deleteLater()
        self._alike = []
        self.alike.setVisible(bool(found))
        for one in found[:3]:
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            title = Label(one.title)
            title.set_bold(True)
            column.addWidget(title)
            column.addWidget(Label(one.why, "caption", "text2", wrap=True))
            open_it = Button(_("打开比对"), "arrow-right")
            open_it.clicked.connect(lambda _checked=False, key=one.id: self.opened.emit(key))
            line = QHBoxLayout()
            line.addWidget(open_it)
            line.addStretch(1)
            column.addLayout(line)
            self.alike.add(box)
            self._alike.append(box)

    def _restyle(self) -> None:
        here = look()
        self.setFixedWidth(here.u(WIDTH))
        self._column.setContentsMargins(here.u(4), here.u(4), here.u(16), here.u(10))
        self._column.setSpacing(here.u(10))
