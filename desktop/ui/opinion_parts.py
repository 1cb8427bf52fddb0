"""The pieces of the opinion page: the projects that come of it, its diary, its two columns.

They show plain rows and tell what was wanted by signals; the page asks the office and runs the deeds.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.model.opinion import Handling, LivelihoodProject, Opinion
from desktop.office.opinions import ProjectLine
from desktop.store.work import Row
from desktop.ui.icons import IconMark
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.bars import Bar
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.facts import Happening, Timeline
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.kit.text import Clickable, ElidedLabel, Label
from desktop.ui.look import follow, look
from desktop.ui.opinion_head import short_day
from desktop.ui.rows import state_badge
from desktop.ui.session import Session

STEP_ICONS = {"登记": "message-plus", "办理": "tool"} | {move.label: move.icon for move in Opinion.flow.moves}
DONE_STEPS = ("填办结", "当场解决", "销号")


class ProjectInset(Clickable):
    """One project: its name and state, how far it is, who leads it; a press opens it."""

    opened = Signal(str)

    def __init__(self, line: ProjectLine, lead: str, today: str) -> None:
        super().__init__()
        self.setObjectName("inset")
        row = line.row
        self._id = row["id"]
        title = LivelihoodProject.called(row)
        self.setAccessibleName(_("打开民生实事 {title}").format(title=title))
        self._column, self._head, self._foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        name = ElidedLabel(title)
        name.set_bold(True)
        tone, picture, word = state_badge(LivelihoodProject.flow, row["state"])
        self._head.addWidget(IconMark("home-heart", "ok"))
        self._head.addWidget(name, 1)
        self._head.addWidget(Badge(word, tone, picture))
        bar = Bar((row["progress"] or 0) / 100, "ok")
        self._foot.addWidget(bar, 1)
        ends = _("计划 {day}完成").format(day=short_day(row["ends_on"], today)) if row["ends_on"] else _("未定完成日期")
        self._foot.addWidget(Label(f"{row['progress'] or 0}%　{ends}", "caption", "text2"))
        by = [_("牵头 {unit}").format(unit=lead) if lead else "", _("配合 {unit}").format(unit=row["partners"]) if row["partners"] else ""]
        self._foot.addWidget(ElidedLabel("　".join(one for one in by if one), "caption", "text2"), 2)
        self._column.addLayout(self._head)
        self._column.addLayout(self._foot)
        follow(self, self._restyle)

    def pressed(self) -> None:
        self.opened.emit(self._id)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(8), here.u(12), here.u(8))
        self._column.setSpacing(here.u(6))
        for row in (self._head, self._foot):
            row.setSpacing(here.u(8))


class OneQuestion(QWidget):
    """One field and its deed in a line, opened under a card's head; Enter does it, Esc puts it away."""

    answered = Signal(str)
    given_up = Signal()

    def __init__(self, editor: LineEdit, deed: str, picture: str, name: str) -> None:
        super().__init__()
        self.editor = editor
        self.editor.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.yes, self.no = Button(deed, picture, "act"), Button(_("取消"), shortcut="Esc")
        for piece, stretch in ((editor, 1), (self.yes, 0), (self.no, 0)):
            self._row.addWidget(piece, stretch)
        self.yes.clicked.connect(self._answer)
        self.no.clicked.connect(self.given_up)
        self._enter = EnterMoves(self, [editor])
        self._enter.save.connect(self._answer)
        self.setFocusProxy(editor)
        follow(self, self._restyle)

    def _answer(self) -> None:
        if self.editor.value():
            self.answered.emit(self.editor.value())
        else:
            self.editor.setFocus()

    def _restyle(self) -> None:
        self._row.setSpacing(look().u(8))


class ProjectsCard(Card):
    """关联的民生实事: what came of the opinion; links an existing project or begins one."""

    opened = Signal(str)
    sources_opened = Signal(str)
    link_wanted = Signal(str)
    project_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(_("关联的民生实事"), "home-heart")
        self._session = session
        self._pieces: list[QWidget] = []
        self._name = ""
        self.picker = ReferencePicker(session.search_for("livelihood_project"), _("输入实事的名称、编号或拼音"))
        self.linking = OneQuestion(self.picker, _("关联"), "link", _("要关联的民生实事"))
        self.naming = OneQuestion(LineEdit(80), _("立项"), "plus", _("新民生实事的名称"))
        self.linking.answered.connect(self.link_wanted)
        self.naming.answered.connect(self.project_wanted)
        self.link, self.begin = LinkButton(_("关联已有"), "link"), LinkButton(_("由此立项"), "plus")
        for button, question, deed in ((self.link, self.linking, "project.link"), (self.begin, self.naming, "project.from_opinion")):
            button.clicked.connect(lambda _checked=False, question=question: self._ask(question))
            if not session.desk.may(deed):  # never shown before it has a parent: that would be a window of its own for a moment
                button.hide()
            question.given_up.connect(self.close_questions)
            question.hide()
            self.add_to_head(button)
            self.add(question)

    @property
    def is_asking(self) -> bool:
        """One of the two questions is open."""
        return not (self.linking.isHidden() and self.naming.isHidden())

    def close_questions(self) -> None:
        """Both questions are put away."""
        self.linking.hide()
        self.naming.hide()
        self.picker.set_value("")

    def _ask(self, question: OneQuestion) -> None:
        self.close_questions()
        if question is self.naming:
            self.naming.editor.set_value(self._name)
        question.show()
        question.setFocus()

    def show_projects(self, lines: Sequence[ProjectLine], title: str) -> None:
        """These projects; none is said in words."""
        self._name = title
        for piece in self._pieces:
            piece.hide()
            piece.deleteLater()
        self._pieces = []
        for line in lines:
            inset = ProjectInset(line, self._session.title_of("organisation", line.row["lead"]), self._session.desk.today)
            inset.opened.connect(self.opened)
            many = LinkButton(_("本实事共有 {n} 条来源意见").format(n=line.sources), small=True)
            many.clicked.connect(lambda _checked=False, key=line.row["id"]: self.sources_opened.emit(key))
            self._pieces += [inset, many]
        if not lines:
            self._pieces.append(Label(_("还没有。这件事已在办的，关联已有的实事；要新做一件，由此立项。"), "caption", "text2", wrap=True))
        for piece in self._pieces:
            self.add(piece)
            if isinstance(piece, LinkButton):
                self.body.setAlignment(piece, Qt.AlignmentFlag.AlignLeft)


class DiaryCard(Card):
    """办理经过: a line to write and all that was written, the newest first."""

    noted = Signal(str, str, str)  # text, by, on

    def __init__(self, session: Session) -> None:
        super().__init__(_("办理经过"), "history")
        self._session = session
        self._count = Label("", "caption", "text2")
        self.add_to_head(self._count)
        self.note = LineEdit(1000, _("写一条办理经过，Ctrl+↵ 记下"))
        self.note.setAccessibleName(_("办理经过"))
        self.keep = Button(_("记下"), kind="act")
        self.late = LinkButton(_("补记：换日期或经办"), "calendar", small=True)
        day = Handling.fields()["done_on"].kind
        today = session.desk.today
        self.on = DateEdit(lambda typed: str(day.parse(typed, today) or ""), day.show, today, _("日期，不填是今天"))
        self.by = LineEdit(40, _("经办，不填是本人"))
        self.on.setAccessibleName(_("办理日期"))
        self.by.setAccessibleName(_("经办"))
        self._line, self._more = QHBoxLayout(), QHBoxLayout()
        for row, pieces in ((self._line, (self.note, self.keep)), (self._more, (self.on, self.by))):
            for piece in pieces:
                row.addWidget(piece)
            self.add(row)
        self.add(self.late)
        self.body.setAlignment(self.late, Qt.AlignmentFlag.AlignLeft)
        self.timeline = Timeline()
        self.scrolled = Scrolled(self.timeline)
        self.add(self.scrolled, 1)
        self._enter = EnterMoves(self, [self.note])
        self._enter.save.connect(self._write_down)
        self._enter_late = EnterMoves(self, [self.on, self.by])
        self._enter_late.save.connect(self._write_down)
        self.keep.clicked.connect(self._write_down)
        self.late.clicked.connect(lambda: self._show_late(shown=self.on.isHidden()))
        self._show_late(shown=False)
        follow(self, self._restyle_lines)

    def set_narrow(self, narrow: bool) -> None:
        """Under other cards the diary stands whole; beside them it scrolls by itself."""
        if narrow and self.scrolled.widget() is not None:
            self.scrolled.takeWidget()
            self.timeline.setAutoFillBackground(False)  # the scroll area had it paint the window's ground
            self.scrolled.hide()
            self.add(self.timeline)
            self.timeline.show()
        elif not narrow and self.scrolled.widget() is None:
            self.body.removeWidget(self.timeline)
            self.scrolled.setWidget(self.timeline)
            self.scrolled.show()

    def set_writable(self, may: bool) -> None:
        """Somebody who only reads has no line to write."""
        for piece in (self.note, self.keep, self.late):
            piece.setVisible(may)

    def _show_late(self, *, shown: bool) -> None:
        for piece in (self.on, self.by):
            piece.set_value("")
            piece.setVisible(shown)
        if shown:
            self.on.setFocus()

    def _write_down(self) -> None:
        why = self.note.mistake() or self.on.mistake()
        if self.note.value() and not why:
            self.noted.emit(self.note.value(), self.by.value(), self.on.value())
        else:
            (self.on if self.on.mistake() else self.note).setFocus()

    def written(self) -> None:
        """The line is in the diary; the next may begin."""
        self.note.set_value("")
        self._show_late(shown=False)
        self.note.setFocus()

    def show_lines(self, lines: Sequence[Row]) -> None:
        """The diary as it stands."""
        self._count.setText(_("{n} 条").format(n=len(lines)))
        happenings = [self._happening(line) for line in lines]
        self.timeline.show_happenings([("", happenings)])

    def _happening(self, line: Row) -> Happening:
        noted = line["step"] == "办理"
        by = line["done_by"] or ""
        title = by or _("办理") if noted else f"{by} {_(line['step'])}".strip()
        tone = "ok" if line["step"] in DONE_STEPS else "act" if noted else "text2"
        picture = STEP_ICONS.get(line["step"], "tool")
        text = line["text"] if line["text"] != line["step"] else ""
        return Happening(title, self._session.day_words(line["done_on"]), icon=picture, tone=tone, body=text)

    def _restyle_lines(self) -> None:
        self.timeline.setContentsMargins(0, 0, look().u(12), 0)  # the scroll bar stands beside the days
        for row in (self._line, self._more):
            row.setSpacing(look().u(8))


class Columns(QFrame):
    """Left and right on a wide window, each scrolled by itself; one column under another on a narrow one."""

    def __init__(self, left: Sequence[QWidget], right: DiaryCard) -> None:
        super().__init__()
        self._right = right
        self._row = QHBoxLayout(self)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        for piece in left:
            self.column.addWidget(piece)
        self.column.addStretch(1)
        self.scrolled = Scrolled(inner)
        self._row.addWidget(self.scrolled, 5)
        self._row.addWidget(right, 3)
        follow(self, self._restyle)

    def set_narrow(self, narrow: bool) -> None:
        """The right part moves under the left one, or back; whole it stands only where it may be as high as it likes."""
        if narrow:
            self.column.insertWidget(self.column.count() - 1, self._right)
            self._right.set_narrow(True)
        else:
            self._right.set_narrow(False)
            self._row.addWidget(self._right, 3)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(10), here.u(16), here.u(10))
        self._row.setSpacing(here.u(10))
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(here.u(10))
