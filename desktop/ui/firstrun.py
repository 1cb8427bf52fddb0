"""第一次使用: rehearse with an invented community, found one's own ledger, or bring one back from a backup. Picture 09, left."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.firstpages import DoneStep, RestoreStep, SheetStep, WaysStep
from desktop.ui.firststeps import AdminStep, FirstStep, OfficeStep
from desktop.ui.frontdoor import FrontFoot, SideSteps, fit_screen, size_keys
from desktop.ui.frontwork import FrontWork
from desktop.ui.icons import Logo, logo_icon
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Scrolled, ask
from desktop.ui.kit.stepper import Step
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look
from desktop.ui.placestep import PlaceStep
from desktop.ui.work import Report

WIDTH, HEIGHT, SIDE = 854, 568, 252
NARROW = 700
Rehearse = Callable[[Report], Any]
TIERS = {"community": ("社区",), "tier": ("镇街", "区")}


class FirstRun(QWidget):
    """`opened(desk, page)` when a ledger stands and somebody sits at it; `ledger_chosen(folder)` when one is to be signed in to."""

    opened = Signal(object, str)
    founded = Signal(object)  # the folder: the ledger stands, its paper is not proved yet
    ledger_chosen = Signal(object)
    left = Signal()

    def __init__(self, *, rehearse: Rehearse, first: Path | None = None, found: Callable[..., Any] | None = None,
                 look_for: Callable[..., Any] | None = None) -> None:  # fmt: skip
        super().__init__()
        self.setWindowTitle(_("连心 · 第一次使用"))
        self.setWindowIcon(logo_icon())
        self._rehearse, self._found = rehearse, found
        self._desk: Any = None
        self.way, self.at = "", 0
        self.ways, self.place = WaysStep(), PlaceStep(first, look_for) if look_for else PlaceStep(first)
        self.office, self.admin = OfficeStep(("社区",)), AdminStep()
        self.sheet, self.done, self.restore = SheetStep(), DoneStep(), RestoreStep()
        self._pages: dict[FirstStep, Scrolled] = {}
        self.steps: list[FirstStep] = [self.ways]
        self.front, self.stack = FrontWork(), QStackedWidget()
        self._title, self._words = Label("", "title"), Label("", ink="text2", wrap=True)
        self.back, self.next = Button(_("上一步"), "arrow-left"), Button(_("下一步"), "arrow-right", "primary", "Enter")
        self._assemble()
        for step in (self.ways, self.office, self.place, self.admin, self.sheet, self.done, self.restore):
            self._add(step)
        self.ways.taken.connect(self.take_way)
        self.restore.panel.restored.connect(lambda _words: self.ledger_chosen.emit(self.place.folder()))
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.front.busy.connect(self._set_busy)
        size_keys(self)
        follow(self, self._restyle)
        self._show()

    def _add(self, step: FirstStep) -> None:
        self._pages[step] = Scrolled(step)
        self.stack.addWidget(self._pages[step])
        step.go_on.connect(self.go_on)

    def _assemble(self) -> None:
        self.side, self._left = QFrame(), QVBoxLayout()
        self.side.setObjectName("navigation")
        self.side.setLayout(self._left)
        self._mark, self.side_steps = Label(_("连心")), SideSteps()
        self._seal, self._said = Logo(54), Label(_("社区的人、事、诺，一本账"), ink="text2", wrap=True)
        self._promise = Label(_("不联网，不上传，不装数据库"), "caption", "text2", wrap=True)
        self._left.addWidget(self._seal)
        self._left.addWidget(self._mark)
        self._left.addWidget(self._said)
        self._left.addSpacing(look().u(12))
        self._left.addWidget(self.side_steps)
        self._left.addStretch(1)
        self._left.addWidget(self._promise)
        self.side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)  # the questions say how high the window is
        self._right, foot = QVBoxLayout(), QHBoxLayout()
        self._head = QVBoxLayout()
        for piece in (self._title, self._words, self.front):
            self._head.addWidget(piece)
        self._right.addLayout(self._head)
        self._body = QVBoxLayout()
        self._body.addWidget(self.stack)
        self._right.addLayout(self._body, 1)
        self._right.addWidget(Rule())
        self.foot = FrontFoot()
        foot.addWidget(self.foot, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        self._foot = foot
        self._right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(self._right, 1)

    # the way

    @property
    def step(self) -> FirstStep:
        """The page in sight."""
        return self.steps[self.at]

    def take_way(self, way: str) -> None:
        """One of the five cards."""
        self.way = way
        if way == "rehearsal":
            self.front.run(_("准备演练社区"), self._rehearse, lambda desk: self._enter(desk, "workbench"))
        elif way == "open":
            path = QFileDialog.getExistingDirectory(self, _("账本在哪个文件夹"))
            if path:
                self.choose_ledger(Path(path))
        else:
            self.steps = [self.ways, self.place, self.restore] if way == "restore" else self._founding(TIERS[way])
            self.at = 1
            self._show()

    def _founding(self, tiers: Sequence[str]) -> list[FirstStep]:
        old = self._pages.pop(self.office)
        self.stack.removeWidget(old)
        old.deleteLater()
        self.office = OfficeStep(tiers)
        self._add(self.office)
        return [self.ways, self.office, self.place, self.admin, self.sheet, self.done]

    def choose_ledger(self, folder: Path) -> None:
        """A folder that should hold a ledger."""
        if (folder / "ledger.db").exists() or (folder / "keyring.json").exists():
            self.ledger_chosen.emit(folder)
        else:
            self.front.say("err", _("这个文件夹里没有账本，请选放着 ledger.db 的文件夹"))

    def go_on(self) -> None:
        """Enter: to the next question when this one is answered."""
        if self.front.work.is_busy or self.step is self.ways or not self.step.check():
            return
        if self.step is self.admin and self._desk is None:
            self._found_it()
        elif self.step is self.done:
            self._enter(self._desk, self.done.choice.value())
        elif self.step is not self.restore:
            self.at += 1
            self._show()

    def go_back(self) -> None:
        """To the question before; what was founded stays founded."""
        if self.at and self._desk is None and not self.front.work.is_busy:
            self.at -= 1
            self._show()

    def _found_it(self) -> None:
        from desktop.office.opening import Founding, found

        tier, code, name = self.office.answer()
        folder = self.place.folder()
        assert folder is not None
        admin = self.admin
        wish = Founding(
            code, tier, name, folder, self.place.backups(), str(admin.name.value()), str(admin.login.value()),
            str(admin.post.value()), str(admin.password.value()),
        )  # fmt: skip
        make = self._found or found
        self.front.run(_("建账本"), lambda _report: make(wish), self._stands)

    def _stands(self, made: tuple[Any, str]) -> None:
        self._desk, key = made
        self.founded.emit(self._desk.books.ledger.folder)
        for field in (self.admin.password, self.admin.again):
            field.set_value("")
        self.sheet.sheet.show_key(key, self._desk)
        self.at += 1
        self._show()

    def _enter(self, desk: Any, page: str) -> None:
        self._desk = None  # from here on it is the office window's to close
        self.opened.emit(desk, page)

    # what is seen

    def _show(self) -> None:
        step = self.step
        if step is self.restore:
            self.restore.panel.begin(None, self.place.folder())
        self._title.setText(step.title)
        self._words.setText(step.words)
        self.front.say("act", "")
        self.stack.setCurrentWidget(self._pages[step])
        self.back.setVisible(self.at > 0)
        self.back.setEnabled(self._desk is None)
        self.next.setVisible(step is not self.ways and step is not self.restore)
        self.next.set_label(_("进入连心") if step is self.done else _("建账本") if step is self.admin else _("下一步"))
        self._show_side()
        self._fit_side()
        step.take_focus()

    def _show_side(self) -> None:
        self.side_steps.setVisible(len(self.steps) > 1)
        if len(self.steps) > 1:
            names = [self._side_step(nth, step) for nth, step in enumerate(self.steps[1:], 1)]
            self.side_steps.show_steps(names, self.at - 1)

    def _side_step(self, nth: int, step: FirstStep) -> Step:
        later = {id(self.sheet): _("打印后锁进柜子"), id(self.done): _("可以以后再做")}.get(id(step), "")
        name = _("从旧表搬进来") if step is self.done else step.title
        return Step(name, step.said() if nth < self.at else _("正在填") if nth == self.at else later)

    def _set_busy(self, busy: bool) -> None:
        for piece in (self.stack, self.back, self.next):
            piece.setDisabled(busy)
        if not busy:
            self.step.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.front.work.is_busy:
            event.ignore()
            return
        if self._desk is not None and not self.sheet.sheet.is_right:
            follows = _("账本已经建好，但恢复单没有核对。忘了口令就再也打不开；下次登录后可以换一张新的。")
            if not ask(self, _("恢复单还没核对，要退出吗？"), follows, _("退出"), refuse=_("回去核对"), danger=True):
                event.ignore()
                return
        if self._desk is not None:
            self._desk.books.ledger.close()
            self._desk = None
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_side()

    def _fit_side(self) -> None:
        """The steps stand in any case; with large letters on a low screen what adorns them goes, the seal last."""
        self.side.setVisible(self.width() >= look().u(NARROW))
        adorning = (self._promise, self._said, self._seal)
        for piece in adorning:
            piece.show()
        for piece in adorning:
            if self._left.sizeHint().height() <= self.height():
                return
            piece.hide()

    def _restyle(self) -> None:
        here = look()
        self.side.setFixedWidth(here.u(SIDE))
        self._mark.setFont(here.wordmark(32))
        self._left.setContentsMargins(here.u(24), here.u(22), here.u(16), here.u(18))
        self._left.setSpacing(here.u(10))
        self._head.setContentsMargins(here.u(26), here.u(22), here.u(26), here.u(10))
        self._head.setSpacing(here.u(8))
        self._body.setContentsMargins(here.u(26), 0, here.u(20), here.u(8))
        self._foot.setContentsMargins(here.u(20), here.u(11), here.u(20), here.u(11))
        self._foot.setSpacing(here.u(8))
        fit_screen(self, WIDTH, HEIGHT)
        self._fit_side()
