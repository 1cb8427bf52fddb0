"""What opens under an item that failed: the danger that was found there. Enter keeps it, Esc puts it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.errors import Refusal
from desktop.model.inspection import Danger
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.store.work import Row
from desktop.ui.attachments import FilesCard
from desktop.ui.editors import Binding, binding
from desktop.ui.enclosing import Waiting
from desktop.ui.icons import IconMark
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.bars import Tinted
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import Label
from desktop.ui.kit.ticks import RadioButton
from desktop.ui.look import follow, look
from desktop.ui.session import Session

AT_ONCE, IN_TIME, REFERRED = "当场改", "限期改", "上报移交"


class OneOf(QWidget):
    """A few words side by side of which one holds; the arrows go from one to the next."""

    changed = Signal(str)

    def __init__(self, label: str, words: Sequence[str], chosen: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(Label(label, "caption", "text2"))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RadioButton] = {}
        for word in words:
            button = RadioButton(_(word))
            button.setAccessibleName(f"{label} {_(word)}")
            button.setChecked(word == chosen)
            button.toggled.connect(lambda on, word=word: self.changed.emit(word) if on else None)
            self.buttons[word] = button
            self._group.addButton(button)
            self._row.addWidget(button)
        follow(self, self._restyle)

    def value(self) -> str:
        """The word that holds."""
        return next(word for word, button in self.buttons.items() if button.isChecked())

    def _restyle(self) -> None:
        self._row.setSpacing(look().u(5))


@dataclass(frozen=True)
class DangerStart:
    """What the form begins with: the danger that stands already, or what is likely for a new one; over it what was typed before."""

    row: Row | None
    kind: str
    found_on: str
    due_on: str
    keeper: str
    typed: Mapping[str, Value] = field(default_factory=dict)

    def value(self, key: str) -> Value:
        """What a field shows."""
        if key in self.typed or self.row is None:
            return self.typed.get(key, {"due_on": self.due_on, "level": "一般", "handling": IN_TIME}.get(key))
        kept: Value = self.row[key]
        return kept


class DangerForm(Tinted):
    """隐患 under its item: level, handling, where and what, by when, who."""

    kept = Signal(object)
    given_up = Signal()
    deleted = Signal()
    grew = Signal()  # it asks more, or less: whoever holds it brings it into sight
    photos_wanted = Signal()  # those that hang there, or more

    def __init__(self, session: Session, start: DangerStart) -> None:
        super().__init__("err")
        self._start, row = start, start.row
        self._column, ways = QVBoxLayout(self), QWidget()
        self._head, self._grid, self._foot, self._ways = FlowLayout(), QGridLayout(), QHBoxLayout(), FlowLayout(ways)
        self._foot.addWidget(ways, 1)
        self.waiting = Waiting()
        self.card: FilesCard | None = None
        number = f" {str(row['serial']).rpartition('-')[2]}" if row is not None else ""
        title = Label(_("隐患{number} · {kind}").format(number=number, kind=_(start.kind or "其他")), ink="err")
        title.set_bold(True)
        self.level = OneOf(_("等级"), ("一般", "重大"), str(start.value("level")))
        self.handling = OneOf(_("处理"), (AT_ONCE, IN_TIME, REFERRED), str(start.value("handling")))
        name = QWidget()
        self._name = QHBoxLayout(name)
        self._name.setContentsMargins(0, 0, 0, 0)
        self._name.addWidget(IconMark("alert-octagon", "err"))
        self._name.addWidget(title)
        for piece in (name, self.level, self.handling):
            self._head.addWidget(piece)
        self.bindings: dict[str, Binding] = {}
        for key, must in (("situation", True), ("due_on", True), ("responsible", False), ("departments", True)):
            self.bindings[key] = bound = binding(Danger.fields()[key], session, required=must)
            bound.show(start.value(key))
        who = self.bindings["responsible"].field.editor
        if isinstance(who, LineEdit) and start.keeper:
            who.setPlaceholderText(_("负责人 {name}").format(name=start.keeper))
        self._fixed = LabelledField(_("怎么改的"), LineEdit(300, _("如“已换新”")))
        self._fixed.set_value(str(start.typed.get("done_text") or ""))
        self._refers = bool(start.typed.get("departments"))
        self.bindings["due_on"].field.changed.connect(self._say_term)
        self.bindings["departments"].field.changed.connect(self._say_referral)
        self._assemble()
        self.handling.changed.connect(self._arrange)
        self._enters = [EnterMoves(self, [editor]) for editor in self._editors()]
        for enter in self._enters:
            enter.save.connect(self.submit)
        self._arrange()
        follow(self, self._restyle_form)

    def _assemble(self) -> None:
        self._column.addLayout(self._head)
        self._column.addLayout(self._grid)
        for at, (key, stretch) in enumerate((("situation", 5), ("due_on", 3), ("responsible", 2))):
            self._grid.addWidget(self.bindings[key].field, 0, at)
            self._grid.setColumnStretch(at, stretch)
        self._grid.addWidget(self.bindings["departments"].field, 1, 0, 1, 3)
        self._grid.addWidget(self._fixed, 1, 0, 1, 3)
        self._notice, notice_mark = Label(_("出《整改通知书》两份"), "caption", "text2"), IconMark("file-text", "text2", 16)
        self._notice_pieces = (notice_mark, self._notice)
        self.photos, self.refer = LinkButton(_("照片（可不拍）"), "camera"), LinkButton(_("移送"), "share")
        self.drop = LinkButton(_("删去这处隐患"), "trash")
        for piece in (notice_mark, self._notice, self.photos, self.refer, self.drop):
            self._ways.addWidget(piece)
        self.ok, self.no = Button(_("记下隐患"), kind="act", shortcut="↵"), Button(_("先不写"), shortcut="Esc")
        for button in (self.no, self.ok):
            self._foot.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self.waiting)
        self._column.addLayout(self._foot)
        self.drop.setHidden(self._start.row is None)  # only now: shown before it has its place it would be a window
        self.ok.clicked.connect(self.submit)
        self.no.clicked.connect(self.given_up)
        self.drop.clicked.connect(self.deleted)
        self.photos.clicked.connect(self.photos_wanted)
        self.refer.clicked.connect(self._ask_departments)
        self.waiting.changed.connect(self.grew)

    def show_photos(self, many: int) -> None:
        """How many pictures hang on the danger already."""
        self.photos.set_label(_("照片 {n}").format(n=many) if many else _("照片（可不拍）"))

    def hold(self, card: FilesCard) -> None:
        """The list of the danger's pictures, under what is asked."""
        self.card = card
        self._column.addWidget(card)
        card.closed.connect(self.take_focus)
        self.grew.emit()

    def _editors(self) -> list[QWidget]:
        return [*(self.bindings[key].field.editor for key in ("situation", "due_on", "responsible", "departments")), self._fixed.editor]

    def _arrange(self, _word: str = "") -> None:
        """A limit only where it is fixed in time, a department only where it is referred, how it was fixed only at once."""
        handling, departments = self.handling.value(), self.bindings["departments"].field
        self.bindings["due_on"].field.setVisible(handling == IN_TIME)
        departments.set_required(handling == REFERRED)
        departments.setVisible(handling == REFERRED or (handling == IN_TIME and self._refers))
        self._fixed.setVisible(handling == AT_ONCE and self._start.row is None)
        for piece in self._notice_pieces:
            piece.setVisible(handling == IN_TIME)
        self.refer.setVisible(handling == IN_TIME)
        self._grid.setColumnStretch(1, 3 if handling == IN_TIME else 0)
        self._say_term()
        self._say_referral()
        self.grew.emit()

    def _ask_departments(self) -> None:
        """Who else has to know, though the danger is fixed in time here; once more, and the question is folded up."""
        departments = self.bindings["departments"].field
        self._refers = departments.isHidden()
        self._arrange()
        (departments if self._refers else self.refer).setFocus()

    def _say_referral(self) -> None:
        """移送：科工信、供电 on the link that asks for it."""
        told = self.bindings["departments"].field.value() or []
        self.refer.set_label(_("移送：{departments}").format(departments="、".join(map(str, told))) if told else _("移送"))

    def _say_term(self) -> None:
        """（7 天） beside the day by which it is fixed."""
        until = self.bindings["due_on"].field
        day = str(until.value() or "")
        left = days.between(self._start.found_on, day) if days.is_day(day) else -1
        until.set_note(_("{n} 天").format(n=left) if left >= 0 else "")

    @property
    def is_touched(self) -> bool:
        """Something is typed that is not kept."""
        before = self._start.row["situation"] if self._start.row is not None else ""
        return bool(self.bindings["situation"].field.value() != before or self.waiting.files)

    def show_mistakes(self, refusal: Refusal) -> None:
        """Why the deed came to nothing, each reason under its field."""
        for mistake in refusal.mistakes:
            if mistake.field in self.bindings:
                self.bindings[mistake.field].field.show_word(mistake.why, "err")

    def take_focus(self) -> None:
        """The keys go into 部位和情况."""
        self.bindings["situation"].field.setFocus()

    def submit(self) -> None:
        """Read everything; the first field that cannot be read has the keys and says why."""
        values: dict[str, Value] = {"level": self.level.value(), "handling": self.handling.value(), "due_on": None}
        for key, bound in self.bindings.items():
            if bound.field.isHidden() and not (key == "departments" and self.handling.value() == IN_TIME):
                continue  # what is not asked is not told; departments are only folded up
            why = bound.field.check()
            try:
                values[key] = bound.read()
            except Refusal as refusal:
                why = why or refusal.what
            if why:
                bound.field.show_word(why, "err")
                bound.field.setFocus()
                return
        if not self._fixed.isHidden() and self._fixed.value():
            values["done_text"] = self._fixed.value()
        self.kept.emit(values)

    def _restyle_form(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(46), here.u(10), here.u(14), here.u(10))
        self._column.setSpacing(here.u(6))
        self._head.setSpacing(here.u(12))
        self._name.setSpacing(here.u(8))
        for nth in range(self._head.count()):  # the flow stands its pieces on one upper edge
            piece = self._head.itemAt(nth)
            if piece is not None and (widget := piece.widget()) is not None:
                widget.setMinimumHeight(max(here.u(24), self.fontMetrics().height()))
        self._grid.setHorizontalSpacing(here.u(10))
        self._grid.setVerticalSpacing(here.u(4))
        self._foot.setSpacing(here.u(8))
        self._ways.setSpacing(here.u(6))
        self._ways.setContentsMargins(0, here.u(3), 0, 0)
