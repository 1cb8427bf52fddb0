"""The pages around the founding: the ways in, the recovery sheet, what comes after; and the way of whoever has a backup."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.model.language import _
from desktop.ui.firststeps import FirstStep
from desktop.ui.frontdoor import PickCard, PickList
from desktop.ui.recoverysheet import RecoverySheet
from desktop.ui.restoring import RestorePanel


class WaysStep(FirstStep):
    """The very first question: four ways in."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _("从哪里开始")
        self.words = _("第一次用，可以先在演练社区里放手试，再建自己的账本。")
        self.ways = PickList(
            [
                PickCard("rehearsal", _("演练社区"), _("滨海社区，填好一年的事，人都是编的，随便改"), picture="player-play"),
                PickCard("community", _("新建本社区"), _("一本空的账，设好管理员，再从旧表导入"), picture="home-heart"),
                PickCard("tier", _("区、镇街"), _("收各社区的 U 盘，看谁报了、报齐没有"), picture="building-community"),
                PickCard("restore", _("从备份恢复"), _("换了电脑，或账本坏了：用备份接着做"), picture="rotate"),
                PickCard("open", _("打开已有的账本"), _("账本已在这台电脑的某个文件夹里"), picture="folder"),
            ]
        )
        self.ways.chosen.connect(self.taken)
        self.column.addWidget(self.ways)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        next(iter(self.ways.cards.values())).setFocus()


class SheetStep(FirstStep):
    """恢复单: ends only when the key was typed back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _("恢复单")
        self.words = _("打印一张，锁进柜子。再照纸上输一遍，确认纸在、字清楚。")
        self.sheet = RecoverySheet()
        self.column.addWidget(self.sheet)

    def take_focus(self) -> None:
        self.sheet.print.setFocus()

    def check(self) -> bool:
        return self.sheet.check()

    def said(self) -> str:
        return _("已核对") if self.sheet.is_right else ""


class DoneStep(FirstStep):
    """从旧表搬进来: now, or later from the list of people."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _("账本建好了")
        self.words = _("可以现在就把旧的电子表格搬进来，也可以以后再做：人员列表右上角“从 Excel 导入”。")
        self.choice = PickList(
            [
                PickCard("workbench", _("先进去看看"), _("从工作台开始"), picture="layout-dashboard"),
                PickCard("import", _("现在导入旧表"), _("选一张人员名册，先看结果，确认后才写入"), picture="table-import"),
            ]
        )
        self.choice.choose("workbench")
        self.choice.taken.connect(lambda _key: self.go_on.emit())
        self.column.addWidget(self.choice)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self.choice.setFocus()


class RestoreStep(FirstStep):
    """The backup, and who opens it; the button stands in the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _("从备份恢复")
        self.words = _("先核对备份是完整的，再放到选好的位置。")
        self.panel = RestorePanel(Path(), with_head=False)
        self.column.addWidget(self.panel)
