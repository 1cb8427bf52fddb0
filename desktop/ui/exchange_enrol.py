"""入网: an office that the district does not know yet is led there, a step at a time: the request, its fingerprint on paper, the welcome.

The fingerprint is typed from the printed sheet, eight groups of five digits: clicking would only prove that the stick agrees with
itself.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.codes import DISTRICT, office_name
from desktop.model.days import show_day
from desktop.model.digest import only_digits
from desktop.model.language import _
from desktop.office import papers
from desktop.office.desk import Desk
from desktop.reports.enrolment import FingerprintFacts, fingerprint_sheet
from desktop.reports.sheet import Paper
from desktop.sync import offices
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import Label, set_property
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage

GROUPS, DIGITS = 8, 5


class _Group(LineEdit):
    """Five digits; what is pasted goes on into the groups after it."""

    spilled = Signal(str)
    left_empty = Signal()

    def __init__(self, nth: int) -> None:
        super().__init__()
        self.setAccessibleName(_("指纹第 {n} 组").format(n=nth))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textEdited.connect(self._typed)
        follow(self, self._widen)

    def _typed(self, text: str) -> None:
        digits = only_digits(text)
        if len(digits) >= DIGITS:
            self.setText(digits[:DIGITS])
            self.spilled.emit(digits[DIGITS:])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.left_empty.emit()
            return
        super().keyPressEvent(event)

    def _widen(self) -> None:
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * DIGITS) + look().u(34))


class FingerprintEdit(QWidget):
    """Eight groups of five digits, typed from paper."""

    finished = Signal()  # Enter in the last group

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.groups = [_Group(nth) for nth in range(1, GROUPS + 1)]
        for nth, group in enumerate(self.groups):
            self._flow.addWidget(group)
            group.spilled.connect(lambda rest, nth=nth: self._go_on(nth, rest))
            group.left_empty.connect(lambda nth=nth: self.groups[max(0, nth - 1)].setFocus())
            group.returnPressed.connect(lambda nth=nth: self.finished.emit() if nth == GROUPS - 1 else self.groups[nth + 1].setFocus())
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self.groups[0])

    def value(self) -> str:
        """What was typed, the groups apart."""
        return " ".join(group.value() for group in self.groups)

    def clear(self) -> None:
        """Nothing is typed."""
        for group in self.groups:
            group.set_value("")

    def show_short(self) -> bool:
        """The groups that are not five digits are marked, the first has the keys; whether there are any."""
        wrong = [group for group in self.groups if not (only_digits(group.value()).isdigit() and len(only_digits(group.value())) == DIGITS)]
        for group in self.groups:
            set_property(group, "tone", "err" if group in wrong else "")
        if wrong:
            wrong[0].setFocus()
        return bool(wrong)

    def _go_on(self, nth: int, rest: str) -> None:
        if nth + 1 < GROUPS:
            following = self.groups[nth + 1]
            following.setFocus()
            if rest:
                following.setText(rest)
                following.textEdited.emit(rest)


class EnrolView(QWidget):
    """What leads from nothing to the first batch."""

    request_wanted = Signal()
    sheet_wanted = Signal()
    welcome_wanted = Signal()
    typed = Signal(str)  # the district's fingerprint

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        outer.addWidget(Scrolled(inner))
        self._column = QVBoxLayout(inner)
        head = QHBoxLayout()
        head.addStretch(1)
        head.addWidget(IconMark("usb", "brand_text", 34))
        head.addWidget(Label(_("区里还不认识这台电脑"), "section"))
        head.addStretch(1)
        self._column.addLayout(head)
        words = Label(_("写第一批之前，要和区里互认一次钥匙。以后的 U 盘就不用再问是谁写的。"), "caption", "text2", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(words)
        self.request = Button(_("写入网申请到 U 盘"), "usb", "primary")
        self.sheet = Button(_("打印指纹页"), "printer")
        self.welcome = Button(_("读入入网通知"), "table-import")
        self.digits = Label("")
        self.digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        first = self._step(1, _("写入网申请"), _("申请里只有本社区的名称、代码和公钥，没有居民信息。"), self.request)
        second = self._step(2, _("打印指纹页，和 U 盘一起带到区里"), _("区里照纸上的八组数字录入，对得上才收。"), self.sheet)
        second.add(self.digits)
        third = self._step(3, _("带回入网通知，读入"), _("照区里给的指纹页，一组一组录入，不要照屏幕念。"), self.welcome)
        self.fingerprint, self.accept = FingerprintEdit(), Button(_("核对并收下"), "check", "act")
        self.file = Label("", ink="text2", wrap=True)
        self._typing = QWidget()
        typing = QVBoxLayout(self._typing)
        typing.setContentsMargins(0, 0, 0, 0)
        typing.addWidget(self.file)
        typing.addWidget(self.fingerprint)
        typing.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignLeft)
        third.add(self._typing)
        self._typing.hide()
        for card in (first, second, third):
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.request.clicked.connect(self.request_wanted)
        self.sheet.clicked.connect(self.sheet_wanted)
        self.welcome.clicked.connect(self.welcome_wanted)
        self.accept.clicked.connect(self.submit)
        self.fingerprint.finished.connect(self.submit)
        self.setFocusProxy(self.request)
        follow(self, self._restyle)

    def _step(self, nth: int, title: str, words: str, deed: Button) -> Card:
        card = Card(f"{nth}　{title}")
        card.add(Label(words, "caption", "text2", wrap=True))
        row = QHBoxLayout()
        row.addWidget(deed)
        row.addStretch(1)
        card.add(row)
        return card

    def show_own(self, fingerprint: str, *, may: bool) -> None:
        """Our own fingerprint; the deeds only for somebody who may exchange keys."""
        self.digits.setText(_("本机指纹：{digits}").format(digits=fingerprint) if fingerprint else "")
        self.digits.setVisible(bool(fingerprint))
        for deed in (self.request, self.sheet, self.welcome):
            deed.setEnabled(may)

    def ask_fingerprint(self, name: str) -> None:
        """The district's fingerprint is typed for this file."""
        self.file.setText(name)
        self._typing.show()
        self.fingerprint.clear()
        self.fingerprint.setFocus()

    def submit(self) -> None:
        """All groups are there: compare."""
        if not self.fingerprint.show_short():
            self.typed.emit(self.fingerprint.value())

    def _restyle(self) -> None:
        here = look()
        side = here.u(16) if here.is_narrow_size else here.u(150)
        self._column.setContentsMargins(side, here.u(12), side, here.u(12))
        self._column.setSpacing(here.u(10))


def own_sheet(desk: Desk) -> Paper:
    """指纹页 of this desk, for the district to type from."""
    to = f"{office_name(DISTRICT)[0]}（{DISTRICT}）"
    facts = FingerprintFacts(papers.office(desk), to, offices.our_card(desk).fingerprint, show_day(desk.today), papers.print_mark(desk))
    return fingerprint_sheet(facts)


class Enrolling(QObject):
    """What the buttons of the view do, on behalf of the exchange page."""

    enrolled = Signal()

    def __init__(self, page: OfficePage, view: EnrolView, with_stick: Callable[[Callable[[Path], object]], object]) -> None:
        super().__init__(page)
        self._page, self._view, self._with_stick = page, view, with_stick
        self._file = ""
        view.request_wanted.connect(lambda: with_stick(self._request))
        view.sheet_wanted.connect(self._print)
        view.typed.connect(self._accept)

    def ask_fingerprint(self, path: str) -> None:
        """This 入网通知 was chosen; now the district's fingerprint is typed."""
        self._file = path
        self._view.ask_fingerprint(Path(path).name)

    def _request(self, stick: Path) -> None:
        desk = self._page.desk

        def written(path: Path) -> None:
            words = _("{name} 已读回核对，可以拔出。再打印指纹页，一起带到区里").format(name=path.name)
            self._page.reload()
            self._page.say("ok", words, _("打印指纹页"), self._print)

        self._page.do(_("写入网申请"), lambda: offices.request_enrolment(desk, stick, to=DISTRICT), written)

    def _print(self) -> None:
        desk, window = self._page.desk, self._page.window()
        shell: Any = window  # the window knows its pages by key
        shell.go("print", make=lambda: own_sheet(desk), title=_("入网指纹页"))

    def _accept(self, typed: str) -> None:
        desk, path = self._page.desk, Path(self._file)

        def accepted(cards: list[Any]) -> None:
            self.enrolled.emit()
            names = "、".join(card.name for card in cards)
            self._page.say("ok", _("指纹对上了，已和{names}互认。现在可以写第一批").format(names=names))

        self._page.do(_("核对指纹"), lambda: offices.accept_welcome(desk, path, typed), accepted)
