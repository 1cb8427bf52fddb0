"""The next batch as it would be written now, counted by type, and what to do with the stick once it is written."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.model.language import _
from desktop.sync.sending import Contents
from desktop.ui.exchange_words import label_of
from desktop.ui.keys import tab_through
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Clickable, ElidedLabel, Label
from desktop.ui.look import look


class _Kind(Clickable):
    """One type of the next batch with its counts; a press shows its records."""

    clicked = Signal(str)

    def __init__(self, kind: str, new: int, old: int) -> None:
        super().__init__()
        self.kind = kind
        row = QHBoxLayout(self)
        row.setContentsMargins(look().u(2), 0, look().u(2), 0)
        parts = [_("新 {n}").format(n=new)] if new else []
        parts += [_("改 {n}").format(n=old)] if old else []
        count, words = Label(str(new + old)), Label(" · ".join(parts), "caption", "text2")
        words.setFixedWidth(look().u(92))
        row.addWidget(ElidedLabel(label_of(kind)), 1)
        row.addWidget(count)
        row.addWidget(words)
        self.setAccessibleName(f"{label_of(kind)} {new + old}")

    def pressed(self) -> None:
        self.clicked.emit(self.kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus() or self.underMouse():
            painter.fillRect(self.rect(), look().colour("act_soft" if self.hasFocus() else "hover"))
        painter.end()


class NextCard(Card):
    """What the next batch holds, counted by type."""

    open_wanted = Signal(str)  # a type, or nothing for all
    zero_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("下一批"), gap=4, parent=parent)
        self._badge = Badge("", "act")
        self.all = LinkButton(_("逐条看"))
        self.all.clicked.connect(lambda: self.open_wanted.emit(""))
        self.add_to_head(self._badge)
        self.add_to_head(self.all)
        self.kinds: dict[str, _Kind] = {}
        self._pieces: list[QWidget] = []

    def show_contents(self, contents: Contents, unanswered: Sequence[int]) -> None:
        """The next batch as it would be written now; what no receipt has answered goes along once more."""
        self.set_title(_("第 {n} 批 · 待写").format(n=contents.number))
        self._badge.show_badge(("act", "", _("{n} 条").format(n=f"{contents.total:,}")))
        self.all.setVisible(bool(contents.total))
        for piece in self._pieces:
            self.body.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        self.kinds = {kind: _Kind(kind, new, old) for kind, (new, old) in contents.counts.items()}
        self._pieces = list(self.kinds.values())
        for row in self.kinds.values():
            row.clicked.connect(self.open_wanted)
        if contents.total:
            words = _("加密给区里，丢了也打不开；证件号和电话只传遮蔽过的")
            if unanswered:
                again = _("第 {n} 批还没有回执，其中的内容会再带一遍。").format(n="、".join(map(str, unanswered[:3])))
                words = f"{again}{words}"
            self._pieces.append(Label(words, "caption", "text2", wrap=True))
        else:
            zero = LinkButton(_("登记零报告"))
            zero.clicked.connect(self.zero_wanted)
            self._pieces += [Label(_("没有新内容要上报。这个月确实无事，就登记一条零报告"), "caption", "text2", wrap=True), zero]
        for piece in self._pieces:
            self.add(piece)
        tab_through(self.all, self._pieces)


class StepsCard(Card):
    """What to do with the stick once it is written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("写盘后这样交"), gap=6, parent=parent)
        grid = QGridLayout()
        steps = (_("写完自动读回核对"), _("打印移交登记表，一式两份"), _("双方签字，记“已交接”"))
        for nth, words in enumerate(steps, 1):
            grid.addWidget(Badge(str(nth), "wait"), nth, 0)
            grid.addWidget(Label(words, wrap=True), nth, 1)
        grid.setColumnStretch(1, 1)
        self.add(grid)
