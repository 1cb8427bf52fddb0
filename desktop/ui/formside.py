"""Beside a form: who may have been entered already, how far one is, what can be printed of it, the keys."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.selections import forms_about
from desktop.store.work import Row
from desktop.ui.alike import AlikeCard
from desktop.ui.editors import Binding
from desktop.ui.icons import IconMark
from desktop.ui.kit.bars import Bar
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.session import Session

WIDTH = 312
KEYS = (("Enter", "下一项（按纸表顺序）"), ("Shift+Enter", "上一项"), ("Ctrl+D", "照抄上一条"), ("F8", "下一处错误"), ("Alt+↓", "打开下拉"))


class FormSide(Scrolled):
    """The panel at the right of a form; it scrolls when its letters need more height than the window has."""

    print_wanted = Signal(str)  # a form, for the saved record

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.session, self.record = session, record
        inner = QWidget(self.viewport())
        self._column = QVBoxLayout(inner)
        self.alike = AlikeCard(record.unit, inner)
        self.how_far = Card(_("填写进度"), "list-check", parent=inner)
        self._count, self._bar = Label("", "caption", "text2", parent=self.how_far), Bar(tone="ok", parent=self.how_far)
        self.how_far.add_to_head(self._count)
        self.how_far.add(self._bar)
        self._groups: dict[str, tuple[IconMark, Label]] = {}
        for group in record.groups():
            mark, how = IconMark("circle-dashed", "text2", parent=self.how_far), Label("", "caption", "text2", parent=self.how_far)
            line = QHBoxLayout()
            line.addWidget(mark)
            line.addWidget(Label(_(group), parent=self.how_far), 1)
            line.addWidget(how)
            self.how_far.add(line)
            self._groups[group] = (mark, how)
        self.papers = PapersCard(session, record, inner)
        self.papers.chosen.connect(self.print_wanted)
        keys = QVBoxLayout()
        for key, what in KEYS:
            line = QHBoxLayout()
            line.addWidget(Label(key, "caption", bold=True, parent=inner), 2)
            line.addWidget(Label(_(what), "caption", "text2", parent=inner), 3)
            keys.addLayout(line)
        for piece in (self.alike, self.how_far, self.papers):
            self._column.addWidget(piece)
        self._column.addLayout(keys)
        self._column.addStretch(1)
        self.hold(inner)
        follow(self, self._restyle)

    def show_progress(self, bindings: Mapping[str, Binding], row: Row | None, here: str = "") -> None:
        """How many of the required fields are filled, group by group; `here` is the field that has the keys."""
        required = filled = 0
        for group, specs in self.record.groups().items():
            must = [spec for spec in specs if spec.required]
            have = [spec for spec in must if bindings[spec.key].field.value()]
            wrong = [spec for spec in specs if bindings[spec.key].field.tone == "err"]
            required, filled = required + len(must), filled + len(have)
            left = len(must) - len(have)
            if wrong:
                self._say(group, "alert-octagon", "err", _("有 {n} 处要改").format(n=len(wrong)))
            elif any(spec.key == here for spec in specs):
                self._say(group, "edit", "act", _("正在填"))
            elif left:
                self._say(group, "circle-dashed", "text2", _("差 {n} 项").format(n=left))
            else:
                self._say(group, "circle-check", "ok", _("可以"))
        self._count.setText(_("必填 {n} / {all}").format(n=filled, all=required))
        self._bar.show_share(filled / required if required else 1.0, "ok")
        self.papers.show_saved(row is not None)

    def _say(self, group: str, picture: str, ink: str, words: str) -> None:
        mark, how = self._groups[group]
        mark.show_icon(picture, ink)
        how.setText(words)
        how.set_ink(ink)

    def _restyle(self) -> None:
        here = look()
        self.setFixedWidth(here.u(WIDTH))
        self._column.setContentsMargins(here.u(4), here.u(4), here.u(12), here.u(10))
        self._column.setSpacing(here.u(10))


class PapersCard(Card):
    """保存后可打印: the forms that can be made of this record; each opens once it is saved."""

    chosen = Signal(str)

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(_("保存后可打印"), "printer", parent=parent)
        self._names: list[tuple[QWidget, LinkButton]] = []
        papers = forms_about(record) if session.desk.may("paper.print") else []
        for paper in papers:
            line, plain = QHBoxLayout(), QWidget(self)
            inside = QHBoxLayout(plain)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(look().u(6))
            inside.addWidget(IconMark("printer", "text2", parent=plain))
            inside.addWidget(Label(_(paper.title), parent=plain))
            inside.addStretch(1)
            link = LinkButton(_(paper.title), "printer", parent=self)
            link.clicked.connect(partial(self.chosen.emit, paper.key))
            line.addWidget(plain, 1)
            line.addWidget(link)
            line.addStretch(1)
            line.addWidget(Label(_(paper.note) if paper.note else "", "caption", "text2", parent=self))
            self.add(line)
            self._names.append((plain, link))
        self.setVisible(bool(papers))
        self.show_saved(False)

    def show_saved(self, saved: bool) -> None:
        """The record stands in the ledger, or it is still being typed."""
        self.set_title(_("可打印") if saved else _("保存后可打印"))
        for plain, link in self._names:
            plain.setVisible(not saved)
            link.setVisible(saved)
