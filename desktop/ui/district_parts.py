"""The pieces of the district's page: the figures over the board, the legend, and the strip about the chosen community."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.office.district import SOURCES, Seen, Standing
from desktop.office.figures import front_line_sum
from desktop.ui.board import STATES, words_of
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.charts import StackedBar
from desktop.ui.kit.figures import NumberBox
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look

FRONT = (("2", "机关党员"), ("3", "镇街干部"), ("4", "两委干部"), ("5", "基层干部"))
COLOURS = (3, 2, 4, 5, 1)  # of the sources, in their order
SHARES = (36, 17, 38, 18)  # how wide the four cards are


class DistrictFigures(QWidget):
    """Four cards with the figures of the year so far."""

    opened = Signal(str)  # the key of a figure

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[str, NumberBox] = {}
        self.notes: dict[str, Label] = {}
        self._gaps: list[QBoxLayout] = []
        front, opinions, projects, reported = self._cards = [Card(gap=2) for _nth in range(4)]
        front.add(self._head("users", _("下沉一线（人）"), "sum"))
        row = QHBoxLayout()
        for key, word in FRONT:
            row.addWidget(self._number(key, _(word)), 1)
        front.add(row)
        opinions.add(self._head("message-report", _("意见建议")))
        opinions.add(self._number("6", _("意见建议"), unit=_("条")))
        projects.add(self._head("home-heart", _("民生实事")))
        self.sources = StackedBar([])
        line = QHBoxLayout()
        line.addWidget(self._number("8", _("民生实事"), unit=_("件")))
        line.addWidget(self.sources, 1)
        self._gaps.append(line)
        projects.add(line)
        reported.add(self._head("building-community", _("收到批次")))
        reported.add(self._number("reported", _("收到批次"), unit=_("个社区")))
        for key, card in (("6", opinions), ("8", projects), ("reported", reported)):
            self.notes[key] = ElidedLabel("", "caption", "text2")
            card.add(self.notes[key])
        follow(self, self._restyle)

    def _head(self, picture: str, words: str, key: str = "") -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(IconMark(picture, "text2", 16))
        row.addWidget(ElidedLabel(words, ink="text2"), 1)
        if key:
            self.notes[key] = Label("", "caption")
            self.notes[key].set_bold(True)
            row.addWidget(self.notes[key])
        self._gaps.append(row)
        return row

    def _number(self, key: str, name: str, unit: str = "") -> NumberBox:
        self.boxes[key] = NumberBox(name, unit=unit, below=not unit)
        self.boxes[key].clicked.connect(partial(self.opened.emit, key))
        return self.boxes[key]

    def show_seen(self, seen: Seen) -> None:
        """The figures of now."""
        found = seen.figures
        for key in ("2", "3", "4", "5", "6", "8"):
            self.boxes[key].show_number(str(found[key].value))
        together = front_line_sum(list(found.values()))
        self.notes["sum"].setText(_("合计 {sum}　去重后 {distinct} 人").format(sum=together, distinct=found["2-5"].value))
        note = _("办结 {closed}　逾期 {late}").format(closed=found["7"].value, late=found["7.overdue"].value)
        self.notes["6"].setText(note)
        words = " ".join(f"{_(key.removeprefix('8.'))} {found[key].value}" for key in SOURCES)
        self.sources.show_parts([(colour, float(found[key].value)) for key, colour in zip(SOURCES, COLOURS, strict=True)], words)
        self.notes["8"].setText(_("来源：{words}").format(words=words))
        standings = [one for town in seen.towns for one in town.standings]
        self.boxes["reported"].show_number(f"{sum(one.newest is not None for one in standings)} / {len(standings)}")
        self.notes["reported"].setText(_("缺批 {n} 个社区").format(n=sum(bool(one.unseen) for one in standings)))

    def set_narrow(self, narrow: bool) -> None:
        """Two beside each other instead of four."""
        self._narrow = narrow
        self._restyle()

    def _restyle(self) -> None:
        here = look()
        self._grid.setSpacing(here.u(10))
        for row in self._gaps:
            row.setSpacing(here.u(6))
        across = 2 if self._narrow else len(self._cards)
        for nth, card in enumerate(self._cards):
            self._grid.addWidget(card, nth // across, nth % across)
        for nth, share in enumerate(SHARES):
            self._grid.setColumnStretch(nth, share if nth < across else 0)


class Legend(QWidget):
    """What the signs on the board mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._pairs: list[QHBoxLayout] = []
        for state, (tone, picture) in STATES.items():
            pair = QHBoxLayout()
            pair.addWidget(IconMark(picture, tone, 14))
            pair.addWidget(Label(_(state), "caption", "text2"))
            self._row.addLayout(pair)
            self._pairs.append(pair)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self._row.setSpacing(look().u(12))
        for pair in self._pairs:
            pair.setSpacing(look().u(4))


class StandingStrip(Card):
    """The community that the keys stand on: what is missing, and the two deeds for it."""

    def __init__(self, receipt: Callable[[str], object], remind: Callable[[str], object]) -> None:
        super().__init__(gap=2)
        self._code = ""
        self._line = QHBoxLayout()
        words, self._top = QVBoxLayout(), QHBoxLayout()
        self._sign, self._name = IconMark("info-circle", "text2"), ElidedLabel("", "section")
        self._said = Label("", ink="text2", wrap=True)
        self._top.addWidget(self._sign)
        self._top.addWidget(self._name, 1)
        words.setSpacing(0)
        words.addLayout(self._top)
        words.addWidget(self._said)
        self._line.addLayout(words, 1)
        self.remind, self.receipt = Button(_("打印批次清单"), "printer"), Button(_("写回执到 U 盘"), "usb")
        self.remind.clicked.connect(lambda: remind(self._code))
        self.receipt.clicked.connect(lambda: receipt(self._code))
        for button in (self.remind, self.receipt):
            self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(self._line)
        follow(self, self._restyle_strip)

    def show_standing(self, one: Standing) -> None:
        """This community now."""
        self._code = one.community.code
        tone, picture = STATES[one.state]
        self._sign.show_icon(picture, tone)
        self._name.setText(f"{one.community.town} · {one.community.short_name}　{_(one.state)}")
        parts = []
        if one.newest is not None:
            parts.append(_("到第 {n} 批，{day} 读入").format(n=one.newest, day=one.merged_on or ""))
        if one.unseen:
            parts.append(_("缺第 {n} 批").format(n="、".join(map(str, one.unseen))))
        gaps = "、".join(f"{_(gap.label)} {gap.count}" for gap in one.completeness.gaps[:3])
        if one.newest is None:
            parts.append(_("还没有收到过批次"))
        else:
            parts.append(_("完整度 {share}%").format(share=int(one.share * 100)) + (_("：差 {gaps}").format(gaps=gaps) if gaps else ""))
        self._said.setText("　".join(parts))
        self.receipt.setEnabled(one.newest is not None)
        self.setAccessibleName(words_of(one))

    def _restyle_strip(self) -> None:
        self._top.setSpacing(look().u(8))
        self._line.setSpacing(look().u(8))
