"""内容 of an opinion: what was said, by whom and where, which others said the same, and the papers it came on."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.store.work import Row
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.facts import Facts
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look
from desktop.ui.opinion_head import content_facts

NUMBERED = 6  # merged opinions that are named; the others stand behind the count


class MergedLine(QWidget):
    """合并: how many others say the same, each number a way to it."""

    opened = Signal(str)
    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row, self._words = QHBoxLayout(self), QWidget()
        self._flow = FlowLayout(self._words)
        self._name = Label(_("合并"), "caption", "text2")
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._name, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self._pieces: list[QWidget] = []
        self.numbers: dict[str, LinkButton] = {}
        self.hide()
        follow(self, self._restyle)

    def show_merged(self, rows: Sequence[Row]) -> None:
        """These went into the opinion that is shown; none takes no room."""
        for piece in self._pieces:
            self._flow.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        self._pieces, self.numbers = [], {}
        self.setVisible(bool(rows))
        if not rows:
            return
        every = LinkButton(_("另有 {n} 条").format(n=len(rows)))
        every.clicked.connect(self.all_wanted)
        for row in rows[:NUMBERED]:
            number = LinkButton(str(row["serial"] or "").rpartition("-")[2])
            number.setAccessibleName(_("打开意见 {number} {title}").format(number=number.label, title=row["title"]))
            number.clicked.connect(partial(self._open, row["id"]))
            self.numbers[row["id"]] = number
        more = _("等，已并入本条") if len(rows) > NUMBERED else _("已并入本条")
        self._pieces = [every, Label(_("说的是同一件事：")), *self.numbers.values(), Label(more)]
        for piece in self._pieces:
            self._flow.addWidget(piece)
            piece.show()

    def _open(self, key: str, *_checked: object) -> None:
        self.opened.emit(key)

    def _restyle(self) -> None:
        here = look()
        self._row.setSpacing(here.u(5))  # a link has room of its own at its left
        self._flow.setSpacing(here.u(2))
        self._name.setMinimumWidth(here.u(54))
        self._name.setMinimumHeight(here.u(24))


class ContentCard(Card):
    """内容, with 原始记录 in its head."""

    def __init__(self) -> None:
        super().__init__(_("内容"), "message-report")
        self.papers = LinkButton(_("原始记录"), "paperclip")
        self.add_to_head(self.papers)
        self.text, self.facts, self.merged = Label("", wrap=True), Facts(columns=2), MergedLine()
        for piece in (self.text, Rule(), self.facts, self.merged):
            self.add(piece)

    def show_opinion(self, row: Row, names: dict[str, str], revealed: set[str], desk: Desk) -> None:
        """What was said; what is masked stays so until somebody who may asks for it."""
        self.text.setText(row["text"])
        self.facts.show_facts(content_facts(row, names, revealed, desk))

    def show_papers(self, many: int, *, may_add: bool) -> None:
        """How many files hang on the opinion; none, and no right to add one, is no link."""
        self.papers.set_label(_("原始记录 {n}").format(n=many) if many else _("原始记录"))
        self.papers.setVisible(bool(many) or may_add)
