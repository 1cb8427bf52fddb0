"""Beside a run: what was found and what finishing will do at the right, the counts above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.inspection import Danger
from desktop.model.language import _
from desktop.office.facts.inspections import NoticeFacts
from desktop.office.inspections import FAIL, NOT_HERE, PASS
from desktop.store.work import Row
from desktop.ui.icons import IconMark
from desktop.ui.inspection_danger import AT_ONCE, IN_TIME
from desktop.ui.inspection_marks import Marks
from desktop.ui.kit.badges import Badge, KeyCap
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.charts import StackedBar
from desktop.ui.kit.text import Clickable, ElidedLabel, Label
from desktop.ui.look import follow, look

SIDE_WIDTH = 252
NOTICE_COPIES = NoticeFacts.copies  # one notice for all that a run found


def people(many: int) -> str:
    """两人, 3 人: as it is said."""
    return _("两人") if many == 2 else _("{n} 人").format(n=many)


class RunHead(QWidget):
    """Which item of how many, the marks so far as a bar, and the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._at = Label("")
        self._at.set_bold(True)
        self._bar = StackedBar([])
        self._row.addWidget(self._at)
        self._row.addWidget(self._bar, 1)
        self.counts = {mark: Label("", "caption", ink) for mark, ink in ((PASS, "ok"), (FAIL, "err"), (NOT_HERE, "text2"), ("", "text2"))}
        for label in self.counts.values():
            self._row.addWidget(label)
        follow(self, self._restyle)

    def show_marks(self, marks: Marks, number: int, of: int) -> None:
        """The counts as they are shown, not yet as they are written."""
        self._at.setText(_("第 {n} 项，共 {of} 项").format(n=number, of=of))
        words = {PASS: _("合格"), FAIL: _("不合格"), NOT_HERE: _("不适用"), "": _("未查")}
        for mark, label in self.counts.items():
            label.setText(f"{words[mark]} {marks.count(mark)}")
        said = "，".join(label.text() for label in self.counts.values())
        parts: list[tuple[int | str, float]] = [(3, marks.count(PASS)), ("err", marks.count(FAIL)), (0, marks.count(NOT_HERE))]
        self._bar.show_parts([*parts, ("grid", marks.count(""))], said)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(10), here.u(14), here.u(10))
        self._row.setSpacing(here.u(12))


@dataclass(frozen=True)
class Ending:
    """What finishing will do, and why it cannot be done yet."""

    run: str
    inspectors: int
    dangers: Sequence[Row]
    photos: Mapping[str, int]  # how many hang on a danger, and on the run, by their ids
    why_not: str
    is_open: bool


class FoundDanger(Clickable):
    """One danger of this run; a press goes to its item."""

    opened = Signal(str)
    files_wanted = Signal(str)  # the danger

    def __init__(self, row: Row, number: int, words: str, photos: int) -> None:
        super().__init__()
        self._item = row["item"] or ""
        self._row, self._column, self._foot = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        self._row.addWidget(IconMark("alert-octagon", "err", 16), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(ElidedLabel(f"{number}　{row['situation']}" if number else row["situation"]))
        self._foot.addWidget(ElidedLabel(words, "caption", "ok" if row["handling"] == AT_ONCE else "err"), 0 if photos else 1)
        if photos:
            self.photos = LinkButton(_("照片 {n}").format(n=photos), small=True)
            self.photos.clicked.connect(lambda: self.files_wanted.emit(row["id"]))
            self._foot.addWidget(self.photos)
            self._foot.addStretch(1)
        self._column.addLayout(self._foot)
        self._row.addLayout(self._column, 1)
        self.setAccessibleName(f"{number} {row['situation']} {words}")
        follow(self, self._restyle)

    def pressed(self) -> None:
        self.opened.emit(self._item)

    def _restyle(self) -> None:
        self._row.setContentsMargins(0, look().u(2), 0, look().u(2))
        self._row.setSpacing(look().u(8))
        self._column.setSpacing(0)
        self._foot.setSpacing(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(look().colour("act"), look().tokens.focus))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            painter.end()


class SidePanel(QWidget):
    """本次隐患, 完成时会做, and the keys."""

    item_wanted = Signal(str)
    files_wanted = Signal(str)  # of a danger, or of the run

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self.found, self.ending = Card(_("本次隐患"), "flame", gap=4), Card(_("完成时会做"), "checklist", gap=4)
        self._many = Badge("", "err", "alert-octagon")
        self.found.add_to_head(self._many)
        self._pieces: list[QWidget] = []
        self._shown: Ending | None = None
        self._column.addWidget(self.found)
        self._column.addWidget(self.ending)
        self.legend = QWidget()
        self._keys = QGridLayout(self.legend)
        self._keys.setContentsMargins(0, 0, 0, 0)
        title = Label(_("不用鼠标"), "caption")
        title.set_bold(True)
        self._keys.addWidget(title, 0, 0, 1, 2)
        legend = (
            ("1 2 3", _("记结果，跳到下一项")), ("↑ ↓", _("上一项、下一项")), ("N", _("写说明")), ("P", _("加照片")),
            ("↵", _("看、改这一项的隐患")), ("G", _("本段其余全合格")), ("Ctrl+↵", _("完成检查")),
        )  # fmt: skip
        for nth, (keys, words) in enumerate(legend, 1):
            self._keys.addWidget(KeyCap(keys), nth, 0)
            self._keys.addWidget(Label(words, "caption", "text2"), nth, 1)
        self._keys.setColumnStretch(1, 1)
        self._column.addWidget(self.legend)
        self._column.addStretch(1)
        follow(self, self._restyle)

    def show_ending(self, ending: Ending, numbers: dict[str, int], day_words: dict[str, str]) -> None:
        """The dangers of this run with the numbers of their items, and what finishing will do."""
        if ending == self._shown:
            return  # a mark changes little here, and the clerk is typing
        self._shown = ending
        for piece in self._pieces:
            piece.hide()
            piece.deleteLater()
        self._pieces = []
        self._many.show_badge(("err", "alert-octagon", _("{n} 处").format(n=len(ending.dangers))))
        self._many.setVisible(bool(ending.dangers))
        self.ending.set_title(_("完成时会做") if ending.is_open else _("已完成"))
        self.legend.setVisible(ending.is_open)
        for row in ending.dangers:
            when = day_words.get(row["due_on"] or "", "")
            to = Danger.fields()["departments"].kind.show(row["departments"])
            rest = _("{day}复查").format(day=when) if when else row["done_text"] or to
            words = " · ".join(part for part in (_(row["handling"]), rest) if part)
            entry = FoundDanger(row, numbers.get(row["item"] or "", 0), words, ending.photos.get(row["id"], 0))
            entry.opened.connect(self.item_wanted)
            entry.files_wanted.connect(self.files_wanted)
            self._put(self.found, entry)
        if not ending.dangers:
            self._put(self.found, Label(_("还没有"), "caption", "text2"))
        if many := ending.photos.get(ending.run, 0):
            link = LinkButton(_("本次检查的照片 {n}").format(n=many), "photo", small=True)
            link.clicked.connect(lambda: self.files_wanted.emit(ending.run))
            self._put(self.found, link)
            self.found.body.setAlignment(link, Qt.AlignmentFlag.AlignLeft)
        for picture, words in self._will_do(ending, day_words):
            self._put(self.ending, _Line(picture, words))
        if ending.is_open and ending.why_not:
            self._put(self.ending, Label(ending.why_not, "caption", "warn", wrap=True))

    def _will_do(self, ending: Ending, day_words: dict[str, str]) -> list[tuple[str, str]]:
        if not ending.is_open:
            return [("printer", _("检查记录可以打印签字"))]
        timed = [row for row in ending.dangers if row["handling"] == IN_TIME]
        lines = [("file-text", _("检查记录 1 份，{people}签字").format(people=people(ending.inspectors)))]
        if timed:
            lines.append(("file-text", _("整改通知书 {n} 份").format(n=NOTICE_COPIES)))
            lines += [("calendar", _("{day} 排复查").format(day=day_words[day])) for day in sorted({str(row["due_on"]) for row in timed})]
        if ending.dangers:
            lines.append(("checklist", _("隐患台账 +{n}").format(n=len(ending.dangers))))
        return lines

    def _put(self, card: Card, piece: QWidget) -> None:
        card.add(piece)
        self._pieces.append(piece)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(12), here.u(16), here.u(12))
        self._column.setSpacing(here.u(10))
        self._keys.setHorizontalSpacing(here.u(8))
        self._keys.setVerticalSpacing(here.u(5))
        self._keys.setColumnMinimumWidth(0, here.u(58))


class _Line(QWidget):
    """An icon and a few words."""

    def __init__(self, picture: str, words: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark(picture, "text2", 16))
        self._row.addWidget(Label(words), 1)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look().u(8))
