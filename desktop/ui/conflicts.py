"""冲突台: where somebody chooses between what this ledger has and what the office above holds of it.

1 2 3 choose, Enter goes to the next question and decides after the last, ↑↓ go from record to record, Esc leaves it for later. Nothing
is written before 就这样定; a decision rides in the next batch and can be printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.errors import Refusal, Said
from desktop.model.language import _
from desktop.office import decisions, records
from desktop.office.decisions import Decision, label_of
from desktop.office.desk import Desk
from desktop.sync.asking import Contested, contested_records
from desktop.sync.deciding import decide
from desktop.ui.conflict_list import ConflictList, Entry
from desktop.ui.conflict_sheet import DecidedSheet, RecordSheet
from desktop.ui.keys import ENTER, PageKey
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import EmptyPage
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session

LIST_WIDTH = 226
DECIDED_SHOWN = 20
DECIDED_KEY = "decided:"


@dataclass(frozen=True)
class Seen:
    """What is open and what was decided last."""

    contested: tuple[Contested, ...]
    decided: tuple[Decision, ...]


def look_around(desk: Desk) -> Seen:
    """Read away from the screen."""
    return Seen(tuple(contested_records(desk)), tuple(decisions.recent(desk, DECIDED_SHOWN)))


def key_of(one: Contested) -> str:
    """How the list names a record."""
    return f"{one.kind}:{one.record}"


class ConflictsPage(OfficePage):
    """The conflict desk of a community."""

    concerns = tuple(record.__tablename__ for record in RECORD_TYPES)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.seen: Seen | None = None
        self._wanted = ""
        self.sheets: dict[str, RecordSheet | DecidedSheet] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list, self.pages = ConflictList(), QStackedWidget()
        go = Action("exchange", _("去上报与接收"), "send", "primary", run=lambda: self.go("exchange"))
        work = Action("workbench", _("回工作台"), kind="link", run=lambda: self.go("workbench"))
        backups = Action("settings", _("看备份与恢复"), kind="link", run=lambda: self.go("settings"))
        said = _("恢复过备份或两台电脑都改过同一处时，区里的回执会把两个值送回来，在这里选一个")
        self.empty = EmptyPage("git-compare", _("没有要选的"), said, (go, work, backups))
        self._assemble()
        self.list.chosen.connect(self._show_record)
        self.take_in_keys([
            PageKey("1", _("用本社区的")), PageKey("2", _("用对方的")), PageKey("3", _("另填一个")),
            PageKey("Return", _("下一处；都选好了就定下")), PageKey("Down", _("下一条")), PageKey("Up", _("上一条")),
        ])  # fmt: skip
        self.bind_keys([
            PageKey("Ctrl+Return", _("定下"), self.decide, ("Ctrl+Enter",)), PageKey("Ctrl+P", _("打印处理单"), self._print)
        ])  # fmt: skip
        self.set_narrow(look().is_narrow_size)
        follow(self, self._restyle)

    def _assemble(self) -> None:
        column = self.column()
        self._left, self._desk = QFrame(), QWidget()
        self._left.setObjectName("panel")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.list)
        right = QFrame()
        right.setObjectName("panel")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.pages)
        both = QHBoxLayout(self._desk)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(1)
        both.addWidget(self._left)
        both.addWidget(right, 1)
        self.whole = QStackedWidget()
        self.whole.addWidget(self._desk)
        self.whole.addWidget(self.empty)
        column.addWidget(self.whole, 1)

    # what the shell asks

    def title(self) -> str:
        return _("冲突台")

    def crumbs(self) -> Sequence[str]:
        return [_("上报与接收")]

    def badges(self) -> Sequence[BadgeData]:
        many = len(self.seen.contested) if self.seen is not None else 0
        return [("warn", "alert-triangle", _("还有 {n} 件").format(n=many))] if many else []

    def head_note(self) -> str:
        return _("两边各改了同一处，要人选一个") if isinstance(self.sheet(), RecordSheet) else ""

    def header_actions(self) -> Sequence[Action]:
        sheet = self.sheet()
        if isinstance(sheet, DecidedSheet):
            return [Action("print", _("打印决定单"), "printer", "primary", "Ctrl+P", run=self._print, keep=9)]
        if sheet is None:
            return []
        may = self.desk.may("conflict.decide") and self.desk.may(f"{sheet.contested.kind}.correct")
        why = _("权限不够") if not may else _("还有没选的") if not sheet.is_ready else ""
        beside = [Action("next", _("下一条"), "chevron-down", run=lambda: self._move(1), keep=2)]
        return [
            *(beside if self.narrow and self.list.count() > 1 else []),
            Action("later", _("先放着"), shortcut="Esc", run=lambda: self.go("exchange"), keep=3),
            Action("decide", _("就这样定"), "check", "primary", "Ctrl+↵", self.decide, not why, 9, why),
        ]

    def status(self) -> Sequence[str]:
        if not isinstance(self.sheet(), RecordSheet):
            return ()
        return [_("← → 选边"), _("1 2 3 直接选"), _("Enter 下一处"), _("↑ ↓ 换一条"), _("选的人和依据会留痕")]

    def dirty(self) -> bool:
        return any(isinstance(sheet, RecordSheet) and sheet.is_typed for sheet in self.sheets.values())

    def arrive(self, **arguments: object) -> None:
        kind, record = arguments.get("kind"), arguments.get("id")
        self._wanted = f"{kind}:{record}" if kind and record else ""

    def reload(self) -> None:
        desk = self.desk
        self.ask(_("正在清点"), lambda: look_around(desk), self._show)

    def take_focus(self) -> None:
        (self._home() if self.whole.currentWidget() is self._desk else self.empty.buttons["exchange"]).setFocus()

    def _home(self) -> QWidget:
        """What has the keys when nothing is typed: the list, or the page itself where the list has no room."""
        return self if self.narrow else self.list

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        for sheet in self.sheets.values():
            sheet.set_narrow(narrow)
        self._restyle()

    # what it shows

    def sheet(self) -> RecordSheet | DecidedSheet | None:
        """The record in sight."""
        return self.sheets.get(self.list.key()) if self.whole.currentWidget() is self._desk else None

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        open_ = {key_of(one): one for one in seen.contested}
        for key, sheet in list(self.sheets.items()):
            if not isinstance(sheet, RecordSheet) or open_.get(key) != sheet.contested:
                self.pages.removeWidget(sheet)
                sheet.deleteLater()
                del self.sheets[key]
        was_empty, wanted = self.whole.currentWidget() is self.empty, self._wanted or self.list.key()
        self.whole.setCurrentWidget(self._desk if seen.contested or seen.decided else self.empty)
        self.list.show_entries(self._entries(seen), wanted)
        if self._wanted and self._wanted not in open_:
            self.say("act", _("区里还没说另一个值是什么，等下一份回执再选"))
        self._wanted = ""
        if was_empty is not (self.whole.currentWidget() is self.empty) and self.isVisible():
            self.take_focus()
        self._renew()

    def _entries(self, seen: Seen) -> list[Entry]:
        made = [Entry("", _("要选的"))] if seen.contested else []
        for one in seen.contested:
            what = _("{n} 处不同").format(n=len(one.questions))
            made.append(Entry(key_of(one), one.title, f"{_(record_type(one.kind).label)} · {what}", _("待选"), "warn", "git-compare"))
        made += [Entry("", _("已定的"))] if seen.decided else []
        sides = {"ours": _("用了本社区的"), "theirs": _("用了对方的"), "third": _("另填")}
        for done in seen.decided:
            first = done.fields[0]
            below = f"{label_of(record_type(done.kind), first.name)} · {sides[first.side]}"
            made.append(Entry(f"{DECIDED_KEY}{done.id}", done.title or _("已清除的记录"), below, _("已定"), "ok", "circle-check"))
        return made

    def _show_record(self, key: str) -> None:
        if self.seen is None or not key:
            return
        if key not in self.sheets:
            self.sheets[key] = made = self._made(key, self.seen)
            made.set_narrow(self.narrow)
            made.open_wanted.connect(lambda kind, record: self.go(f"table:{kind}", id=record))
            self.pages.addWidget(made)
        self.pages.setCurrentWidget(self.sheets[key])
        self._renew()

    def _made(self, key: str, seen: Seen) -> RecordSheet | DecidedSheet:
        if key.startswith(DECIDED_KEY):
            return DecidedSheet(self.session, next(one for one in seen.decided if one.id == key.removeprefix(DECIDED_KEY)))
        sheet = RecordSheet(self.session, next(one for one in seen.contested if key_of(one) == key))
        sheet.changed.connect(self._renew)
        sheet.decide_wanted.connect(self.decide)
        sheet.number_wanted.connect(partial(self._unmask, sheet))
        return sheet

    def _unmask(self, sheet: RecordSheet, field: str) -> None:
        desk, one = self.desk, sheet.contested
        self.do(_("显示"), lambda: records.unmask(desk, record_type(one.kind), one.record, field), sheet.show_number)

    def _renew(self) -> None:
        self.head_changed.emit()
        self.status_changed.emit()

    def _move(self, by: int) -> None:
        """To the record above or below, also where the list has no room."""
        at = self.list.currentRow() + by
        while 0 <= at < self.list.count() and not self.list.item(at).flags():
            at += by
        self.list.setCurrentRow(at if 0 <= at < self.list.count() else self.list.currentRow())

    # what it does

    def decide(self) -> None:
        """What was chosen holds, if everything is chosen."""
        sheet = self.sheet()
        if not isinstance(sheet, RecordSheet) or not sheet.is_ready:
            return
        try:
            choices = sheet.choices()
        except Refusal as refusal:
            self.show_error(refusal)
            return
        desk, contested, reason = self.desk, sheet.contested, str(sheet.reason.value())
        self.do(_("定下"), lambda: decide(desk, contested, choices, reason=reason), lambda _r: self._decided(contested))

    def _decided(self, contested: Contested) -> None:
        self.reload()
        self.say("ok", _("已定下，随下一批报{office}").format(office=contested.office), _("打印决定单"), partial(self._print_of, contested),
                 lead=f"{contested.title}：")  # fmt: skip
        self.take_focus()

    def _print_of(self, contested: Contested) -> None:
        done = next((one for one in decisions.recent(self.desk, DECIDED_SHOWN) if one.record == contested.record), None)
        if done is not None:
            self.go("print", paper="decision", ids=(done.id,))

    def _print(self) -> None:
        key = self.list.key()
        if key.startswith(DECIDED_KEY):
            self.go("print", paper="decision", ids=(key.removeprefix(DECIDED_KEY),))

    def show_error(self, error: Said) -> None:
        super().show_error(error)
        sheet = self.sheet()
        if isinstance(sheet, RecordSheet) and isinstance(error, Refusal):
            sheet.show_mistakes(error)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sheet, typed = self.sheet(), event.text()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif not isinstance(sheet, RecordSheet):
            super().keyPressEvent(event)
        elif typed.isdigit() and typed.isascii():
            sheet.choose(int(typed))
        elif event.key() in ENTER:
            sheet.go_on()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            sheet.current.step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() == Qt.Key.Key_Escape and not self._home().hasFocus():
            self._home().setFocus()  # out of a field first; the next Esc leaves the page
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        """The list beside the record; where letters are large the record alone, and ↑↓ go on to the next."""
        self._left.setVisible(not self.narrow)
        self._left.setFixedWidth(look().u(LIST_WIDTH))
